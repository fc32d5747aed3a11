"""One case put on the table: as it stands, as it has become, or as unknown to whoever may not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.agents import agents_card
from dialogs.cards.case import case_card
from dialogs.cards.note import note_card
from dialogs.cards.pieces import Piece
from dialogs.cards.survey import survey_card
from dialogs.scene import Scene
from dialogs.values import Message, State, Turn
from handoff.authority import may
from handoff.case import Case
from handoff.effects import ChangeCase
from handoff.life import Change, Event
from handoff.rulebook import Status


def show(state: State, scene: Scene, news: str = "", problem: str = "") -> Turn:
    """The case that was found, as this person may see it."""
    case = visible(scene)
    if case is None:
        return unknown(state, scene)
    return Turn(replace(state, case=case.number), (_card(case, scene, scene.found.events, news, problem),))


def changed(state: State, change: Change, scene: Scene, key: str) -> Turn:
    """The case after what this person did, and the survey where they have just said that it is solved."""
    case, effect = change.case, ChangeCase(change, key)
    events = (*scene.found.events, change.event)
    news = scene.say("news", number=case.number, what=scene.say(f"event-{change.event.verb}"))
    messages = (_card(case, scene, events, news),)
    if change.event.verb == "confirm" and scene.person.id == case.requester.id:
        survey = survey_card(case, scene)
        messages = (Message(scene.say("survey-title", number=case.number), survey, replaces=True),)
    return Turn(replace(state, case="" if case.status is Status.CLOSED else case.number), messages, (effect,))


def unknown(state: State, scene: Scene) -> Turn:
    """No such case, or none that this person may see: the same words for both, or they would tell which numbers exist."""
    text = scene.say("case-unknown")
    return Turn(state, (Message(text, note_card(text), replaces=True),))


def visible(scene: Scene) -> Case | None:
    """The case that was found, if this person may see it."""
    case = scene.found.case
    seen = case is not None and may(scene.rules, scene.person, scene.tenant.id, "view", case.subject)
    return case if seen else None


def _card(case: Case, scene: Scene, events: tuple[Event, ...], news: str = "", problem: str = "") -> Message:
    title = problem or news or scene.say("case-named", number=case.number)
    return Message(title, card_of(case, scene, events, news, problem), replaces=True, case=case.number)


def card_of(case: Case, scene: Scene, events: Sequence[Event] = (), news: str = "", problem: str = "") -> Piece:
    """The card that shows a case to the person of the scene: who works for support has all that they may do on it."""
    if scene.person.agent and case.with_support:
        return agents_card(case, scene, events, scene.found.agents, news, problem)
    return case_card(case, scene, events, news, problem)
