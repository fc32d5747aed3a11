"""Who says how grave it is: the words, the answers, a person's correction, or a customer whose plan gives them the last word."""

from __future__ import annotations

import pytest

from dialogs.scene import Scene
from dialogs.values import Draft, State, Turn
from handoff.case import Decider
from handoff.effects import OpenCase
from tests.dialogs.cards.scenes import scene
from tests.dialogs.turns import certain, press, read, say, unclear

SLOW, MORE = "mail is slow", "and now it is even slower"
DOUBTFUL = certain(SLOW, "exchange", A=0.4, B=0.6)
PLAIN = certain(SLOW, "exchange")
GRAVER = certain(f"{SLOW}\n{MORE}", "exchange", A=1.0)


def drafted(turn: Turn) -> Draft:
    assert turn.state.draft is not None
    return turn.state.draft


def decided(turn: Turn) -> tuple[str | None, str]:
    return drafted(turn).severity, drafted(turn).severity_by


def opened(in_: Scene, turn: Turn, **values: str) -> tuple[str, Decider]:
    """What the case says that is opened from a card with these values in its lists."""
    result = press(in_, "open", turn.state, token=drafted(turn).token, **values)
    [case] = [effect.case for effect in result.effects if isinstance(effect, OpenCase)]
    return str(case.severity), case.severity_by


def answered(in_: Scene, *answers: str) -> Turn:
    """The proposal after the questions have been answered with these."""
    turn = say(in_, SLOW, State(), DOUBTFUL)
    for answer in answers:
        turn = say(in_, answer, turn.state, unclear(answer))
    return turn


def test_without_a_doubt_nothing_is_asked_and_the_words_decide() -> None:
    turn = say(scene(), SLOW, State(), PLAIN)

    assert turn.state.asked == "proposal"
    assert opened(scene(), turn) == ("B", Decider.CLASSIFIER)


def test_in_doubt_the_questions_are_asked_and_the_answers_decide() -> None:
    asked = say(scene(), SLOW, State(), DOUBTFUL)
    proposed = answered(scene(), "several people", "no, it is blocked")

    assert "Who is affected?" in read(asked)
    assert proposed.state.asked == "proposal"
    assert opened(scene(), proposed) == ("A", Decider.ANSWERS)


@pytest.mark.parametrize("typed", ["C", "severity c", "gravité C"])
def test_a_severity_that_a_person_types_stands_over_the_answers(typed: str) -> None:
    proposed = answered(scene(), "several people", "no, it is blocked")

    corrected = say(scene(), typed, proposed.state, unclear(typed))

    assert decided(proposed) == ("A", Decider.ANSWERS)
    assert decided(corrected) == ("C", Decider.PERSON)
    assert corrected.state.asked == "proposal"
    assert opened(scene(), corrected) == ("C", Decider.PERSON)


def test_more_words_do_not_overrule_a_severity_set_by_hand() -> None:
    corrected = say(scene(), "C", say(scene(), SLOW, State(), PLAIN).state, unclear("C"))

    grown = say(scene(), MORE, corrected.state, unclear(MORE), GRAVER)

    assert decided(grown) == ("C", Decider.PERSON)
    assert drafted(grown).text == f"{SLOW}\n{MORE}"


def test_more_words_that_raise_a_doubt_ask_nothing_of_who_has_set_it_by_hand() -> None:
    corrected = say(scene(), "C", say(scene(), SLOW, State(), PLAIN).state, unclear("C"))
    doubt = certain(f"{SLOW}\n{MORE}", "exchange", A=0.4, B=0.6)

    grown = say(scene(), MORE, corrected.state, unclear(MORE), doubt)

    assert grown.state.asked == "proposal"
    assert decided(grown) == ("C", Decider.PERSON)


def test_the_list_on_the_card_sets_it_by_hand_as_well() -> None:
    proposed = say(scene(), SLOW, State(), PLAIN)

    assert opened(scene(), proposed, severity="A") == ("A", Decider.PERSON)


def test_leaving_the_list_as_it_was_decides_nothing() -> None:
    assert opened(scene(), say(scene(), SLOW, State(), PLAIN), severity="B") == ("B", Decider.CLASSIFIER)


@pytest.mark.parametrize("severity", ["", "Z", "a"])
def test_a_level_that_does_not_exist_changes_nothing(severity: str) -> None:
    assert opened(scene(), say(scene(), SLOW, State(), PLAIN), severity=severity) == ("B", Decider.CLASSIFIER)


def test_on_the_advanced_plan_nothing_is_asked_and_the_customer_is_told_that_it_is_theirs_to_set() -> None:
    in_ = scene(plan="advanced")
    turn = say(in_, SLOW, State(), DOUBTFUL)

    assert turn.state.asked == "proposal"
    assert in_.say("proposal-yours") in read(turn)
    assert "Who is affected?" not in read(turn)


@pytest.mark.parametrize("severity", ["A", "C"])
def test_on_the_advanced_plan_what_the_customer_sets_is_recorded_as_theirs(severity: str) -> None:
    in_ = scene(plan="advanced")

    assert opened(in_, say(in_, SLOW, State(), PLAIN), severity=severity) == (severity, Decider.CUSTOMER)
    typed = say(in_, severity, say(in_, SLOW, State(), PLAIN).state, unclear(severity))
    assert opened(in_, typed) == (severity, Decider.CUSTOMER)
