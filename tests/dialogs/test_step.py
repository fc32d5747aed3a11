"""Whatever people do, in whatever order: the bot answers, leaves a way on, opens nothing unasked, and remembers plain JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import read_knowledge
from bot.settings import ROOT
from dialogs.scene import Knowledge, Scene
from dialogs.step import step
from dialogs.understand import texts_to_judge
from dialogs.values import Draft, Incoming, Message, Reading, State, Turn
from handoff.case import number_from
from handoff.effects import OpenCase
from handoff.people import Person, Tenant
from tests.fakes import cards
from tests.players import pressed

KNOWLEDGE = read_knowledge(ROOT / "data", {"act": 0.8, "confirm": 0.3, "clarity": 0.5})
CATEGORIES = list(KNOWLEDGE.rules.categories)
TYPED = [
    "help",
    "aide",
    "cancel",
    "annuler",
    "start over",
    "recommencer",
    "yes",
    "oui",
    "no",
    "non",
    "thanks",
    "merci",
    "hello",
    "bonjour",
]
TYPED += [
    "talk to a person",
    "english",
    "français",
    "B",
    "gravité A",
    "1",
    "everyone",
    "tout le monde",
    "Exchange Online and mail",
    "",
    "😀",
    "?",
]
FREE = ["Outlook is broken", "plus rien ne marche", "it started on Monday", "nobody can work"]


def reading(text: str, random: Random) -> Reading:
    """A reading that may believe anything, as a bad classifier would."""
    favourite, confidence = random.choice(CATEGORIES), random.choice([0.2, 0.5, 0.95])
    rest = (1 - confidence) / (len(CATEGORIES) - 1)
    grave, calm = random.choice([(0.9, 0.0), (0.3, 0.1), (0.05, 0.05), (0.0, 0.9)])
    return Reading(
        text=text,
        categories={one: confidence if one == favourite else rest for one in CATEGORIES},
        severities={"A": grave, "B": 1 - grave - calm, "C": calm},
        clarity=random.choice([0.1, 0.9]),
        words=("word",),
        cues=random.choice([{}, {"many": "nobody"}, {"many": "nobody", "outage": "down"}]),
        language=random.choice(["en", "fr", ""]),
        model="test",
    )


class Walk:
    """Somebody who types and presses at random, on any card they have ever seen."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.state = State()
        self.seen: list[Message] = []
        self.opened: dict[str, str] = {}
        self.turns = 0

    def go_on(self) -> tuple[Incoming, Turn]:
        self.turns += 1
        incoming = self.deed()
        readings = tuple(
            reading(text, self.random) for text in texts_to_judge(self.state, incoming, knowledge().joints)
        )
        turn = step(self.state, incoming, readings, self.scene(incoming.token))
        self.state = State.from_json(json.loads(json.dumps(turn.state.to_json())))
        self.seen += [message for message in turn.messages if message.card]
        for effect in turn.effects:
            if isinstance(effect, OpenCase):
                assert effect.case.key not in self.opened, "one card opened two cases"
                self.opened[effect.case.key] = effect.case.number
        return incoming, turn

    def deed(self) -> Incoming:
        if self.seen and self.random.random() < 0.5:
            card = self.random.choice(self.seen[-3:]).card or {}
            buttons = [button["title"] for button in cards.buttons(card) if "data" in button]
            if buttons:
                return pressed(card, self.random.choice(buttons), self.inputs(card))
        return Incoming(
            "message", text=self.random.choice(TYPED + FREE * 4), locale=self.random.choice(["", "fr-FR", "de-DE"])
        )

    def inputs(self, card: object) -> dict[str, str]:
        choices = {"category": [*CATEGORIES, "nonsense"], "severity": ["A", "B", "C", "Z"]}
        fields = [name for name in cards.fields(card) if self.random.random() < 0.5]  # type: ignore[arg-type]
        return {name: self.random.choice(choices[name]) for name in fields}

    def scene(self, token: str) -> Scene:
        now = datetime(2026, 3, 1, tzinfo=UTC)
        person, tenant = Person("a", "Ann"), Tenant("t", "business")
        return Scene(
            KNOWLEDGE, person, tenant, now, f"token{self.turns}", number_from(self.turns), self.opened.get(token, "")
        )


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_is_done_is_answered_and_nothing_opens_twice(seed: int) -> None:
    walk = Walk(seed)
    for _ in range(25):
        incoming, turn = walk.go_on()
        assert turn.messages, f"no answer to {incoming}"
        assert all(message.text or message.card for message in turn.messages)
        asked = incoming.verb in ("open", "person", "wrong") or incoming.kind == "message"
        assert asked or not turn.effects or incoming.verb == "choose"


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from(["cancel", "annuler", "start over", "recommencer", "help", "aide", "talk to a person"]),
)
def test_the_ways_out_work_at_every_step(seed: int, command: str) -> None:
    walk = Walk(seed)
    for _ in range(walk.random.randrange(8)):
        walk.go_on()

    turn = step(walk.state, Incoming("message", text=command), (), walk.scene(""))

    assert turn.messages
    if command in ("cancel", "annuler", "start over", "recommencer"):
        assert turn.state.draft is None
    if command == "talk to a person":
        assert turn.effects or turn.state.waiting


def test_a_state_of_another_version_starts_anew() -> None:
    assert State.from_json({**State("fr", "proposal", draft=Draft("x")).to_json(), "v": 99}) == State()


def scene_of(knowledge: Knowledge = KNOWLEDGE) -> Scene:
    return Scene(
        knowledge,
        Person("a", "Ann"),
        Tenant("t", "enterprise_e3"),
        datetime(2026, 3, 1, tzinfo=UTC),
        "fresh",
        "T-222-2222",
    )


def certain(text: str, category: str, **levels: float) -> Reading:
    severities = {"A": 0.0, "B": 0.0, "C": 0.0, **levels}
    return Reading(text, {one: float(one == category) for one in CATEGORIES}, severities, 1.0, (), {}, "en", "test")


def test_more_words_about_the_same_problem_are_weighed_again() -> None:
    mild = step(
        State(), Incoming("message", text="mail is slow"), (certain("mail is slow", "exchange", B=1.0),), scene_of()
    )
    both = "mail is slow\nnow nobody in the company gets any"
    readings = (certain("now nobody in the company gets any", "exchange", A=1.0), certain(both, "exchange", A=1.0))

    grave = step(mild.state, Incoming("message", text="now nobody in the company gets any"), readings, scene_of())

    assert mild.state.draft is not None
    assert grave.state.draft is not None
    assert (mild.state.draft.severity, grave.state.draft.severity) == ("B", "A")
    assert grave.state.draft.text == both


@pytest.mark.parametrize(("locale", "language"), [("fr-FR", "fr"), ("en-GB", "en"), ("de-DE", "en"), ("", "en")])
def test_the_client_s_language_answers_until_a_text_tells(locale: str, language: str) -> None:
    assert step(State(), Incoming("arrival", locale=locale), (), scene_of()).state.language == language


def test_a_card_that_is_shown_again_keeps_its_token() -> None:
    proposal = step(
        State(), Incoming("message", text="mail is slow"), (certain("mail is slow", "exchange", B=1.0),), scene_of()
    )

    helped = step(proposal.state, Incoming("message", text="help"), (), scene_of())

    assert helped.state == proposal.state


def test_an_answer_that_is_offered_is_no_command() -> None:
    doubtful = certain("mail is slow", "exchange", A=0.4, B=0.6)
    asked = step(State("fr"), Incoming("message", text="mail is slow"), (doubtful,), scene_of())

    said = certain("une personne", "exchange", B=1.0)
    answered = step(asked.state, Incoming("message", text="une personne"), (said, said), scene_of())

    assert asked.state.asked == "people"
    assert answered.effects == ()
    assert answered.state.draft is not None
    assert answered.state.draft.answers == {"people": "one"}
