"""What is put on the table next: for a draft the right card, after an aside the card that was there, after a case the next problem."""

from __future__ import annotations

from dataclasses import replace

from dialogs import organisation, redirect, several, triage
from dialogs.draft import labels
from dialogs.scene import Scene
from dialogs.values import Draft, State, Turn


def present(state: State, draft: Draft, scene: Scene) -> Turn:
    """Put what is known on the table: the choice of a category, the way out, a question, or the proposal."""
    if draft.category is None:
        return triage.list_all(state, draft, scene)
    if scene.rules.in_scope(draft.category):
        return triage.go_on(state, draft, scene)
    turn = redirect.send_away(state, draft, scene)
    return replace(turn, effects=labels(draft, scene))


def again(state: State, said: Turn, scene: Scene) -> Turn:
    """Say something aside, then put what was on the table back there, so that nobody is left without a next step."""
    back = _back(state, scene)
    if back is None:
        return said
    kept = tuple(replace(message, replaces=False) for message in back.messages)
    return Turn(back.state, said.messages + kept, said.effects)


def _back(state: State, scene: Scene) -> Turn | None:
    draft = state.draft
    if state.asked == "tenant" and scene.organisations:
        return organisation.choose(state, state.said, scene)
    if state.asked == "whose" and state.said:
        return several.ask_whose(state, state.case, state.said, scene)
    if draft is None or state.asked == "detail":
        return None
    scene = replace(scene, token=draft.token)  # the card that is on the screen already stays as good as its copy
    if state.asked == "several":
        return several.offer(state, draft, state.later, scene)
    if state.asked == "category":
        return triage.ask_which(state, draft, scene)
    return present(state, draft, scene)


def then_next(before: State, turn: Turn, scene: Scene) -> Turn:
    """After one problem of several is dealt with, the next one; `before` is the state in which it was on the table."""
    if turn.state.draft is not None or not before.later or before.asked == "several":
        return turn
    return each(replace(turn.state, later=before.later), turn, scene)


def each(state: State, turn: Turn, scene: Scene) -> Turn:
    """Present the first of the problems in `state.later`, after what `turn` says; the others wait for theirs.

    What is not ours to solve needs no answer: its way out is shown, and the next problem follows.
    """
    first, *others = state.later
    shown = present(replace(state, later=tuple(others)), first, scene)
    after = replace(scene, token=f"{scene.token}-{len(others)}")  # the way out is contradicted by itself
    kept = tuple(replace(message, replaces=not turn.messages and message.replaces) for message in shown.messages)
    turn = Turn(shown.state, turn.messages + kept, turn.effects + shown.effects)
    if shown.state.asked == "redirect" and others:
        return each(replace(shown.state, draft=None, asked=""), turn, after)
    return turn


def key(state: State) -> str:
    """The token of the card on the table."""
    return state.draft.token if state.draft else ""
