"""The cards around a conversation of two people: that it begins, and how to end it."""

from __future__ import annotations

from dialogs.cards.case import told
from dialogs.cards.files import get_files
from dialogs.cards.pieces import Piece, card, heading, paragraph, press, quote, small
from dialogs.scene import Scene
from dialogs.values import Message
from handoff.bridge import Bridge
from handoff.case import Case
from handoff.people import Person

SAID = 10  # of what was said before, as much as one reads before saying hello


def connected_card(text: str, bridge: Bridge, person: Person, case: Case, scene: Scene) -> Piece:
    """They are connected: with whom, how to end it; and for whoever has the case what was said so far."""
    say = scene.say
    knows = person.id == bridge.requester.id
    before = [] if knows else told([event for event in scene.found.events if event.words][-SAID:], scene)
    problem = [quote(case.description, 2_000)] if case.description and not knows else []
    return card(
        paragraph(text),
        *problem,
        *before,
        small(say("talk-how-to-end")),
        actions=[*([] if knows else get_files(case, scene)), _end(bridge, scene)],
    )


def help_with_talking(bridge: Bridge, scene: Scene) -> Message:
    """What one can do while talking with somebody: end it, above all."""
    text = scene.say("talk-help-title", number=bridge.case)
    body = card(heading(text), paragraph(scene.say("talk-how-to-end")), actions=[_end(bridge, scene)])
    return Message(text, body)


def _end(bridge: Bridge, scene: Scene) -> Piece:
    return press(scene.say("button-end-talk"), "end_talk", scene.token, {"case": bridge.case})
