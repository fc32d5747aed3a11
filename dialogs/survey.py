"""What the requester thought of a resolution, once for each."""

from __future__ import annotations

from dialogs.cards.note import note_card
from dialogs.cards.survey import RATINGS, survey_card
from dialogs.scene import Scene
from dialogs.values import Incoming, Message, State, Turn
from handoff.authority import may
from handoff.effects import RecordSurvey

LONGEST = 4_000


def rate(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """Take the answer; a second one for the same resolution is thanked for and changes nothing."""
    case = scene.found.case
    if case is None or not may(scene.rules, scene.person, scene.tenant.id, "rate", case.subject):
        return _told(state, scene.say("case-unknown"))
    rating, round_ = incoming.values.get("rating", ""), incoming.values.get("round", "")
    if scene.found.rated or round_ != str(case.round):
        return _told(state, scene.say("survey-already"))
    if rating not in RATINGS:
        card = survey_card(case, scene, scene.say("survey-missing"))
        return Turn(state, (Message(scene.say("survey-missing"), card, replaces=True),))
    words = incoming.values.get("words", "").strip()[:LONGEST]
    turn = _told(state, scene.say("survey-thanks"))
    return Turn(turn.state, turn.messages, (RecordSurvey(case.number, case.round, int(rating), words),))


def _told(state: State, text: str) -> Turn:
    return Turn(state, (Message(text, note_card(text), replaces=True),))
