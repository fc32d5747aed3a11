"""One step at a time: what was written or pressed, with readings made by whoever tests, and what a person reads afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.scene import Scene
from dialogs.step import step
from dialogs.values import Incoming, Message, Reading, State, Turn
from handoff.effects import ChangeCase, Effect, OpenCase
from tests.dialogs.cards.scenes import knowledge
from tests.fakes import cards
from tests.players import all_read, said

CATEGORIES = list(knowledge().rules.categories)
NOTHING_YET = State()


def certain(text: str, category: str, *, cues: Mapping[str, str] | None = None, **levels: float) -> Reading:
    """A reading without a doubt about the category; B unless other levels are given."""
    severities = {"A": 0.0, "B": 0.0, "C": 0.0, **(levels or {"B": 1.0})}
    return Reading(
        text, {one: float(one == category) for one in CATEGORIES}, severities, 1.0, (), cues or {}, "", "test"
    )


def unclear(text: str) -> Reading:
    """A text that says too little to have a label."""
    even = dict.fromkeys(CATEGORIES, 1 / len(CATEGORIES))
    return Reading(text, even, {"A": 0.0, "B": 1.0, "C": 0.0}, 0.0, (), {}, "", "test")


def take(in_: Scene, incoming: Incoming, state: State, *readings: Reading) -> Turn:
    """One step; a text without a reading of its own is unclear."""
    known = {one.text: one for one in readings}
    read = all_read(state, incoming, in_.knowledge.joints, lambda text: known.get(text) or unclear(text))
    return step(state, incoming, read, in_)


def say(in_: Scene, text: str, state: State = NOTHING_YET, *readings: Reading) -> Turn:
    """Somebody writes."""
    return take(in_, Incoming("message", text=text, locale=in_.language), state, *readings)


def press(
    in_: Scene, verb: str, state: State = NOTHING_YET, *readings: Reading, token: str = "pressed", **values: str
) -> Turn:
    """Somebody presses a button."""
    incoming = Incoming("action", verb=verb, token=token, values=values, locale=in_.language)
    return take(in_, incoming, state, *readings)


def read(turn: Turn) -> str:
    """All that a person reads after a step."""
    return "\n".join(said(message) for message in turn.messages)


def verbs(of: Turn | Message) -> list[str]:
    """What may be pressed on the last card, in order."""
    message = of.messages[-1] if isinstance(of, Turn) else of
    return [button["verb"] for button in cards.buttons(message.card or {}) if "verb" in button]


def fields(turn: Turn) -> dict[str, Any]:
    """What stands in the fields of the last card."""
    return {name: field.get("value", "") for name, field in cards.fields(turn.messages[-1].card or {}).items()}


def only(turn: Turn) -> Effect:
    """The one thing that happened."""
    [effect] = turn.effects
    return effect


def change(turn: Turn) -> ChangeCase:
    """The one thing that happened, to a case."""
    effect = only(turn)
    assert isinstance(effect, ChangeCase), effect
    return effect


def opening(turn: Turn) -> OpenCase:
    """The one thing that happened: a case was opened."""
    effect = only(turn)
    assert isinstance(effect, OpenCase), effect
    return effect
