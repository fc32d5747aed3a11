"""Somebody who types and presses at random, on any card they have ever seen; with a classifier that may believe anything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from dialogs.lookup import wanted
from dialogs.scene import Scene
from dialogs.step import step
from dialogs.values import Incoming, Message, Reading, State, Turn
from handoff.case import number_from
from handoff.people import Person, Role
from tests.dialogs.cards.scenes import knowledge, scene
from tests.dialogs.lives import ADA, CAST, CONTOSO, NIA, PAT, SAM, SUPPORT, UGO
from tests.dialogs.turns import CATEGORIES
from tests.fakes import cards
from tests.players import Shelf, all_read, pressed

COMMANDS = sorted(knowledge().commands.phrases)
ANSWERS = ["B", "gravité A", "1", "everyone", "tout le monde", "Exchange Online and mail", "", "😀", "T-222-2222"]
PROBLEMS = [
    "Outlook is broken",
    "plus rien ne marche",
    "it started on Monday",
    "nobody can work",
    "nobody can open the site and the wifi is slow and I want an invoice",
]
FABRIKAM = replace(CONTOSO, id="fabrikam", name="Fabrikam", plan="advanced")
PEOPLE = [UGO, ADA, PAT, SAM, replace(ADA, agent=True), replace(ADA, name="")]


class Walk:
    """One person of any role, in a world of two organisations, where Ugo has a few cases already."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.person: Person = self.random.choice(PEOPLE)
        self.home = replace(CONTOSO, plan=self.random.choice(["business", "enterprise_e3", "advanced"]))
        self.others = (self.home, FABRIKAM) if self.person is PAT else ()
        self.shelf = Shelf({one.id: one for one in (self.home, FABRIKAM, SUPPORT)}, (ADA,), agents=(SAM, NIA))
        for place, stage in enumerate((CAST.fresh, CAST.request, CAST.acknowledged, CAST.resolved, CAST.closed)):
            case = stage(number=number_from(1000 + place)).case
            self.shelf.cases[case.number] = case
        self.state = State()
        self.seen: list[Message] = []
        self.now = scene().now
        self.turns = 0

    def go_on(self) -> tuple[Incoming, Turn]:
        """Do one thing more, whatever it is, and remember what came of it."""
        self.turns += 1
        self.now += self.random.choice([timedelta(minutes=1), timedelta(minutes=1), timedelta(days=6)])
        incoming = self.deed()
        turn = self.take(incoming)
        self.state = State.from_json(json.loads(json.dumps(turn.state.to_json())))
        self.seen += [message for message in turn.messages if message.card]
        for effect in turn.effects:
            self.shelf.keep(effect)
        return incoming, turn

    def take(self, incoming: Incoming) -> Turn:
        """What a step would make of this, without remembering it."""
        read = all_read(self.state, incoming, knowledge().joints, self.reading)
        return step(self.state, incoming, read, self.scene(incoming))

    def deed(self) -> Incoming:
        """Press a button of a card, mostly of the latest ones, or write."""
        if self.seen and self.random.random() < 0.6:
            card = self.random.choice(self.seen[self.random.choice([-1, -3, -9]) :]).card or {}
            buttons = [button["title"] for button in cards.buttons(card) if "data" in button]
            if buttons:
                return pressed(card, self.random.choice(buttons), self.inputs(card))
        texts = self.random.choice([COMMANDS, ANSWERS, PROBLEMS, PROBLEMS, sorted(self.shelf.cases) or PROBLEMS])
        return Incoming("message", text=self.random.choice(texts), locale=self.random.choice(["", "fr-FR", "de-DE"]))

    def inputs(self, card: Any) -> dict[str, str]:
        """Something in some of the fields: what is offered, what is not, and what is much too long."""
        filled = {}
        for name, field in cards.fields(card).items():
            offered = [choice["value"] for choice in field.get("choices", ())] or ["a few words"]
            if self.random.random() < 0.5:
                strange = self.random.choice(["nonsense", "", "x" * 5000])
                filled[name] = strange if self.random.random() < 0.1 else self.random.choice(offered)
            if name in ("opens", "closes", "zone", "country") and self.random.random() < 0.9:
                filled.pop(name, None)
        return filled

    def scene(self, incoming: Incoming) -> Scene:
        """What is at hand: a partner acts for the organisation they have chosen."""
        chosen = {one.id: one for one in self.others}.get(self.state.acting_for, self.home)
        at_home = Role.END_USER if self.person is PAT else self.person.role
        person = replace(self.person, role=at_home if chosen is self.home else Role.PARTNER)
        asked = wanted(incoming, knowledge().commands)
        return replace(
            scene(),
            person=person,
            tenant=chosen,
            now=self.now,
            token=f"token{self.turns}",
            number=number_from(self.turns),
            opened=self.shelf.opened(person, incoming.token),
            found=self.shelf.found(asked, person, chosen, incoming.token),
            organisations=self.others,
        )

    def reading(self, text: str) -> Reading:
        """A reading that may believe anything, as a bad classifier would."""
        random = self.random
        favourite, confidence = random.choice(CATEGORIES), random.choice([0.2, 0.5, 0.95, 0.95])
        rest = (1 - confidence) / (len(CATEGORIES) - 1)
        grave, calm = random.choice([(0.9, 0.0), (0.3, 0.1), (0.05, 0.05), (0.0, 0.9)])
        return Reading(
            text=text,
            categories={one: confidence if one == favourite else rest for one in CATEGORIES},
            severities={"A": grave, "B": 1 - grave - calm, "C": calm},
            clarity=random.choice([0.1, 0.9, 0.9]),
            words=("word",),
            cues=random.choice([{}, {"many": "nobody"}, {"many": "nobody", "outage": "down"}]),
            language=random.choice(["en", "fr", ""]),
            model="test",
        )
