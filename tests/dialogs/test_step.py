"""Whatever people do, in whatever order: the bot answers, leaves a way on, does nothing unasked, and remembers plain JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.cases import DEEDS
from dialogs.values import Draft, Incoming, Reading, State
from handoff.effects import ChangeCase, DescribeTenant, OpenCase, RecordLabel, RecordSelfHelp, RecordSurvey
from tests.dialogs.cards.scenes import scene
from tests.dialogs.turns import CATEGORIES, certain, press, say, take, unclear
from tests.dialogs.walk import Walk
from tests.fakes import cards

WRITTEN = "written"
MAKES = {  # which buttons, or written words, may make what happen
    OpenCase: {"open", "person", "wrong", "follow_up", WRITTEN},
    ChangeCase: {*DEEDS, "submit", "add", "talk", WRITTEN},
    DescribeTenant: {"save_organisation"},
    RecordSurvey: {"rate"},
    RecordLabel: {"open", "wrong", "choose", "each", "one", "helped", "person", "cancel", WRITTEN},
    RecordSelfHelp: {"helped", WRITTEN},
}
WAYS_OUT = ["cancel", "annuler", "start over", "recommencer", "help", "aide", "talk to a person"]
SLOW = "mail is slow"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_is_done_is_answered_and_nothing_happens_unasked(seed: int) -> None:
    walk = Walk(seed)
    for _ in range(25):
        incoming, turn = walk.go_on()
        assert turn.messages, f"no answer to {incoming}"
        assert all(message.text or message.card for message in turn.messages)
        assert all(len((message.card or {}).get("actions", ())) <= 6 for message in turn.messages)
        deed = incoming.verb if incoming.kind == "action" else WRITTEN
        assert all(deed in MAKES[type(effect)] for effect in turn.effects), (deed, turn.effects)


def test_a_walk_goes_everywhere() -> None:
    met: Counter[str] = Counter()
    for seed in range(200):
        walk = Walk(seed)
        for _ in range(25):
            incoming, turn = walk.go_on()
            met.update(type(effect).__name__ for effect in turn.effects)
            met.update(effect.change.event.verb for effect in turn.effects if isinstance(effect, ChangeCase))
            met.update([incoming.verb, turn.state.asked])
    assert {one.__name__ for one in MAKES} <= met.keys()
    assert {"several", "whose", "tenant", "proposal", "redirect", "category", "detail"} <= met.keys()
    assert {*DEEDS, "submit", "rate", "packet", "escalate", "helped", "each", "one", "save_organisation"} <= met.keys()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(WAYS_OUT))
def test_the_ways_out_work_at_every_step(seed: int, command: str) -> None:
    walk = Walk(seed)
    for _ in range(walk.random.randrange(8)):
        walk.go_on()

    turn = walk.take(Incoming("message", text=command))

    assert turn.messages
    if command in ("cancel", "annuler") and not walk.state.later:
        assert turn.state.draft is None
    if command in ("start over", "recommencer"):
        assert (turn.state.draft, turn.state.later) == (None, ())
    if command == "talk to a person":
        assert turn.effects or turn.state.waiting


def test_a_state_of_another_version_starts_anew() -> None:
    assert State.from_json({**State("fr", "proposal", draft=Draft("x")).to_json(), "v": 99}) == State()


def test_more_words_about_the_same_problem_are_weighed_again() -> None:
    more = "now nobody in the company gets any"
    mild = say(scene(), SLOW, State(), certain(SLOW, "exchange"))
    both = f"{SLOW}\n{more}"

    grave = say(scene(), more, mild.state, certain(more, "exchange", A=1.0), certain(both, "exchange", A=1.0))

    assert mild.state.draft is not None
    assert grave.state.draft is not None
    assert (mild.state.draft.severity, grave.state.draft.severity) == ("B", "A")
    assert grave.state.draft.text == both


@pytest.mark.parametrize(("locale", "language"), [("fr-FR", "fr"), ("en-GB", "en"), ("de-DE", "en"), ("", "en")])
def test_the_client_s_language_answers_until_a_text_tells(locale: str, language: str) -> None:
    assert take(scene(), Incoming("arrival", locale=locale), State()).state.language == language


@pytest.mark.parametrize("command", ["help", "thanks", "hello", "my cases"])
def test_a_card_that_is_shown_again_keeps_its_token(command: str) -> None:
    proposal = say(scene(), SLOW, State(), certain(SLOW, "exchange"))

    aside = say(replace(scene(), token="fresh"), command, proposal.state)

    assert aside.state == proposal.state


def test_an_answer_that_is_offered_is_no_command() -> None:
    asked = say(scene("fr"), SLOW, State("fr"), certain(SLOW, "exchange", A=0.4, B=0.6))

    answered = say(scene("fr"), "une personne", asked.state, unclear("une personne"))

    assert asked.state.asked == "people"
    assert answered.effects == ()
    assert answered.state.draft is not None
    assert answered.state.draft.answers == {"people": "one"}


def test_a_button_of_an_older_card_changes_nothing() -> None:
    first = say(scene(), SLOW, State(), certain(SLOW, "exchange"))
    again = say(replace(scene(), token="newer"), "it is slow", first.state, certain(f"{SLOW}\nit is slow", "exchange"))

    old = press(scene(), "open", again.state, token="token-2", category="exchange", severity="A")

    assert old.effects == ()
    assert old.state.draft == again.state.draft


def unsure(text: str, choices: tuple[str, ...]) -> Reading:
    """A reading that believes a little in each of these."""
    rest = {one: 0.2 / len(CATEGORIES) for one in CATEGORIES}
    believed = rest | {one: rest[one] + 0.4 for one in choices[:2]}
    severities = {"A": 0.0, "B": 1.0, "C": 0.0}
    return Reading(text, believed, severities, 1.0, (), {}, "en", "test", choices=choices)


def test_the_buttons_on_the_card_are_the_choices_that_hold_the_right_one() -> None:
    choices = ("exchange", "identity", "network", "billing")
    turn = say(scene(), "mail", State(), unsure("mail", choices))
    assert turn.state.asked == "category"
    offered = [button["data"].get("category") for button in cards.buttons(turn.messages[-1].card or {})]
    assert tuple(one for one in offered if one) == choices


def test_where_too_many_would_be_needed_the_whole_list_is_offered_at_once() -> None:
    turn = say(scene(), "mail", State(), unsure("mail", tuple(CATEGORIES[:6])))
    assert turn.state.asked == "category"
    assert "category" in cards.fields(turn.messages[-1].card or {})
