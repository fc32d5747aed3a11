"""What the buttons of a case do: each verb with the move that it makes, in a personal chat and in a channel of support alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.cards.agents import AGENT
from dialogs.scene import Scene
from handoff import hands, life
from handoff.case import Case
from handoff.moves import Change
from handoff.people import Person

Deed = Callable[[Scene, Case, Mapping[str, str]], Change]

DEEDS: Mapping[str, Deed] = {
    "take": lambda scene, case, _: life.take(scene.actor, case),
    "comment": lambda scene, case, values: life.comment(scene.actor, case, values.get("words", "")),
    "ask": lambda scene, case, values: life.ask(scene.actor, case, values.get("words", "")),
    "acknowledge": lambda scene, case, _: life.acknowledge(scene.actor, case),
    "recategorise": lambda scene, case, values: life.recategorise(scene.actor, case, values.get("category", "")),
    "grade": lambda scene, case, values: life.grade(scene.actor, case, values.get("severity", "")),
    "resolve": lambda scene, case, values: life.resolve(scene.actor, case, values.get("words", "")),
    "confirm": lambda scene, case, _: life.confirm(scene.actor, case),
    "dispute": lambda scene, case, values: life.dispute(scene.actor, case, values.get("words", "")),
    "reopen": lambda scene, case, values: life.reopen(scene.actor, case, values.get("words", "")),
    "assign": lambda scene, case, values: hands.assign(scene.actor, case, chosen(values.get(AGENT, ""), scene)),
    "release": lambda scene, case, _: hands.release(scene.actor, case),
    "hand_back": lambda scene, case, values: hands.hand_back(scene.actor, case, values.get("words", "")),
}


def chosen(id_: str, scene: Scene) -> Person | None:
    """The support agent whom a list names; somebody who is none for an id that nobody knows, None for no choice at all."""
    known = next((one for one in scene.found.agents if one.id == id_), None)
    return known or (Person(id_, "") if id_ else None)
