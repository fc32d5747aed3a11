"""Buttons: those of the card on the table, and those that go on working for as long as a case lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import cases, organisation, passing, person, requests, sharing, survey, talk, triage, understand, welcome
from dialogs.cards.shared import SHARED
from dialogs.deeds import DEEDS
from dialogs.draft import corrected
from dialogs.lookup import LISTS
from dialogs.scene import Scene, forget
from dialogs.shown import show
from dialogs.table import again, each, present, then_next
from dialogs.understand import Readings
from dialogs.values import Draft, Incoming, Message, State, Turn
from handoff.people import Role


def pressed(state: State, incoming: Incoming, readings: Readings, scene: Scene) -> Turn:
    """A button was pressed: of a case, of the conversation itself, or of the draft on the table."""
    standing = _standing(state, incoming, readings, scene).get(incoming.verb)
    if standing:
        return standing()
    if scene.opened:
        return Turn(state, (Message(scene.say("already-opened", number=scene.opened)),))
    draft = state.draft
    if draft is None or draft.token != incoming.token:
        if incoming.verb in ("person", "wrong"):
            return person.hand_over(state, scene, incoming.token)
        return _old(state, scene)
    deed = _of_the_draft(state, draft, incoming, scene).get(incoming.verb)
    return deed() if deed else _old(state, scene)


def claiming(incoming: Incoming, scene: Scene) -> Incoming:
    """The same button as one that takes the case on."""
    case = scene.found.case
    return replace(incoming, verb="acknowledge" if case is not None and case.with_support else "take")


def _standing(state: State, incoming: Incoming, readings: Readings, scene: Scene) -> Mapping[str, Callable[[], Turn]]:
    """Buttons that work whatever is on the table: the case, or the choice, is named on them."""
    return {
        "case": lambda: show(state, scene),
        passing.GET: lambda: passing.get(state, scene),
        **dict.fromkeys(passing.CONSENTS, lambda: passing.answered(state, incoming, scene)),
        SHARED: lambda: sharing.view(state, incoming, scene),
        **dict.fromkeys(DEEDS, lambda: talk.connecting(cases.do(state, incoming, scene), scene)),
        "talk": lambda: talk.connect(state, scene, cases.do(state, claiming(incoming, scene), scene)),
        "end_talk": lambda: talk.nobody_there(state, scene),
        **{
            verb: lambda: cases.listing(state, LISTS[incoming.verb], scene)
            for verb in ("my_cases", "queue", "requests")
        },
        "escalate": lambda: requests.form(state, scene),
        "submit": lambda: requests.send(state, incoming, scene),
        "packet": lambda: requests.text(state, scene),
        "follow_up": lambda: requests.follow_up(state, incoming, scene),
        "rate": lambda: survey.rate(state, incoming, scene),
        "organisation": lambda: organisation.form(state, scene),
        "save_organisation": lambda: organisation.save(state, incoming, scene),
        "leave": lambda: _leave(state, scene),
        "act_for": lambda: _act_for(state, incoming, readings, scene),
        "add": lambda: _add(state, incoming, scene),
        "new_problem": lambda: _new_problem(state, readings, scene),
    }


def _of_the_draft(state: State, draft: Draft, incoming: Incoming, scene: Scene) -> Mapping[str, Callable[[], Turn]]:
    """Buttons of the card on the table; an older card's change nothing."""
    values = incoming.values
    return {
        "open": lambda: then_next(state, _open(state, corrected(draft, values, scene), scene), scene),
        "answer": lambda: understand.answer(state, draft, values.get("question", ""), values.get("answer", ""), scene),
        "choose": lambda: understand.choose(state, draft, values.get("category", ""), scene),
        "other": lambda: triage.list_all(state, draft, scene),
        "wrong": lambda: then_next(state, person.hand_over(state, scene, draft.token, wrong=True), scene),
        "person": lambda: then_next(state, person.hand_over(state, scene, draft.token), scene),
        "helped": lambda: then_next(state, triage.solved_alone(state, draft, scene), scene),
        "each": lambda: each(replace(state, draft=None, asked="", misses=0), Turn(state), scene),
        "one": lambda: present(replace(state, later=(), misses=0), draft, scene),
        "cancel": lambda: then_next(state, welcome.cancel(state, scene), scene),
    }


def _open(state: State, draft: Draft, scene: Scene) -> Turn:
    """Open the case, unless the corrected category is not ours to solve, or was never chosen."""
    if draft.category is not None and state.asked == "proposal" and scene.rules.in_scope(draft.category):
        return triage.open_it(state, draft, scene)
    return present(state, draft, scene)


def _old(state: State, scene: Scene) -> Turn:
    return again(state, Turn(state, (welcome.note(scene.say("card-is-old")),)), scene)


def _leave(state: State, scene: Scene) -> Turn:
    """The card goes, and the question that was on it."""
    state = replace(state, asked="", said="") if state.asked == "whose" else state
    return Turn(state, (welcome.note(scene.say("nothing-changed")),))


def _act_for(state: State, incoming: Incoming, readings: Readings, scene: Scene) -> Turn:
    """A partner has chosen an organisation; what they had said before is taken up for it."""
    tenant = organisation.chosen(incoming, scene)
    if tenant is None:
        return _old(state, scene)
    turn = organisation.speaks_for(state, tenant, scene)
    if not state.said or state.said not in readings:
        return turn
    role = scene.person.role if tenant.id == scene.tenant.id else Role.PARTNER
    there = replace(scene, tenant=tenant, person=replace(scene.person, role=role), unanswered="")
    then = understand.written(turn.state, state.said, readings, there)
    return Turn(then.state, turn.messages + tuple(replace(one, replaces=False) for one in then.messages), then.effects)


def _add(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """What was said belongs to the case."""
    if not state.said:
        return show(state, scene)
    comment = replace(incoming, verb="comment", values={**incoming.values, "words": state.said})
    return cases.do(replace(state, asked="", said=""), comment, scene)


def _new_problem(state: State, readings: Readings, scene: Scene) -> Turn:
    """What was said is a new problem."""
    if not state.said or state.said not in readings:
        return _old(state, scene)
    return understand.written(forget(state), state.said, readings, replace(scene, unanswered=""))
