"""Several problems in one message are several cases (ruling 15): offered, and taken one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.several import several_card, whose_card
from dialogs.draft import draft_from
from dialogs.labelled import labelled
from dialogs.scene import Scene, forget
from dialogs.values import Draft, Message, Reading, State, Turn
from dialogs.weigh import Decision, weigh

ONE = 0.98  # what a message so surely about one thing says beside it is how and since when
SURE = 0.85  # a part says less than a message, and offering two cases for one problem costs a tap
MOST = 3  # cases out of one message


def surely_one(reading: Reading) -> bool:
    """Whether a message is so surely about one thing that a mere pause in it is no turn to another."""
    return max(reading.categories.values(), default=0.0) >= ONE


def problems(parts: Sequence[Reading], scene: Scene) -> tuple[Draft, ...]:
    """The problems that a message holds, when it holds more than one: parts that are clear alone, each about something else.

    A part that says how, when or for whom is clear about nothing; two parts about the same thing are one problem.
    """
    drafts: dict[str, Draft] = {}
    for reading in parts:
        proposal = weigh(reading, scene.knowledge.thresholds, scene.rules)
        route = scene.rules.route_of(proposal.category)
        leads_somewhere = route.opens_a_case or bool(route.resources)  # else it is what people say around a problem
        clear = proposal.decision is Decision.ACT and proposal.confidence >= SURE
        if leads_somewhere and clear and proposal.category not in drafts:
            drafts[proposal.category] = draft_from(reading, proposal, reading.text, {})
    return tuple(drafts.values())[:MOST] if len(drafts) > 1 else ()


def offer(state: State, whole: Draft, drafts: Sequence[Draft], scene: Scene) -> Turn:
    """Ask whether these are several problems or one."""
    draft = replace(whole, token=scene.token)
    title = scene.say("several-title", count=len(drafts))
    message = Message(title, several_card(drafts, scene), replaces=True, proposed=labelled(draft, scene))
    return Turn(replace(forget(state), asked="several", draft=draft, later=tuple(drafts)), (message,))


def ask_whose(state: State, number: str, said: str, scene: Scene) -> Turn:
    """Ask whether what was written belongs to the case on the table."""
    card = whose_card(number, said, scene)
    message = Message(scene.say("whose-title", number=number), card, replaces=True)
    return Turn(replace(forget(state), asked="whose", case=number, said=said), (message,))
