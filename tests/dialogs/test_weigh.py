"""What may be proposed: on each side of each line, and never below critical unasked where many are cut off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.values import Reading
from dialogs.weigh import Decision, Proposal, Thresholds, weigh
from handoff.rulebook import Severity
from tests.dialogs.cards.scenes import knowledge

LINES = Thresholds(act=0.8, confirm=0.3, clarity=0.5)
HIGH = {"A": 0.02, "B": 0.9, "C": 0.08}

categories = list(knowledge().rules.categories)


def reading(confidence: float = 0.9, **changes: Any) -> Reading:
    rest = (1 - confidence) / 2
    given_ = {
        "text": "mail",
        "categories": {"identity": rest, "exchange": confidence, "network": rest},
        "severities": HIGH,
        "clarity": 0.99,
        "words": (),
        "cues": {},
        "language": "en",
        "model": "m",
    }
    return Reading(**{**given_, **changes})


def weighed(confidence: float = 0.9, **changes: Any) -> Proposal:
    return weigh(reading(confidence, **changes), LINES, knowledge().rules)


@pytest.mark.parametrize(
    ("confidence", "clarity", "decision"),
    [
        (1.0, 1.0, Decision.ACT),
        (0.8, 0.5, Decision.ACT),
        (0.799, 1.0, Decision.CONFIRM),
        (0.4, 1.0, Decision.CONFIRM),
        (0.8, 0.499, Decision.ASK),
        (0.4, 0.499, Decision.ASK),
        (1.0, 0.0, Decision.ASK),
    ],
)
def test_each_line_divides_acting_from_confirming_from_asking(
    confidence: float, clarity: float, decision: Decision
) -> None:
    assert weighed(confidence, clarity=clarity).decision is decision


@pytest.mark.parametrize(("confidence", "decision"), [(0.3, Decision.CONFIRM), (0.299, Decision.ASK)])
def test_below_the_lower_line_a_choice_is_not_offered(confidence: float, decision: Decision) -> None:
    spread = dict.fromkeys(categories, (1 - confidence) / 18) | {"exchange": confidence}
    assert weighed(categories=spread).decision is decision


def test_where_no_line_could_be_drawn_nothing_is_acted_on() -> None:
    never = Thresholds(act=1.0, confirm=1.0, clarity=0.5)
    assert weigh(reading(0.999), never, knowledge().rules).decision is Decision.ASK


def test_the_likeliest_category_is_proposed_with_the_next_ones_beside_it() -> None:
    proposal = weighed(0.6, categories={"identity": 0.1, "exchange": 0.6, "network": 0.26, "billing": 0.04})
    assert (proposal.category, proposal.confidence) == ("exchange", 0.6)
    assert proposal.alternatives == (("exchange", 0.6), ("network", 0.26), ("identity", 0.1))


@pytest.mark.parametrize("severities", [HIGH, {"A": 0.0, "B": 0.0, "C": 1.0}, {"A": 0.1, "B": 0.2, "C": 0.7}])
def test_an_outage_for_many_is_never_settled_below_critical_unasked(severities: dict[str, float]) -> None:
    proposal = weighed(severities=severities, cues={"outage": "down", "many": "nobody"})
    assert Severity.A in proposal.levels


@pytest.mark.parametrize("cues", [{}, {"outage": "down"}, {"many": "nobody"}, {"outage": "down", "one": "my laptop"}])
def test_an_outage_for_one_and_a_nuisance_for_many_settle_as_the_probabilities_say(cues: dict[str, str]) -> None:
    assert weighed(cues=cues).levels == {Severity.B}


def test_trouble_of_the_only_administrator_is_asked_about_before_it_is_settled() -> None:
    assert weighed(severities=HIGH, cues={"lockout": "only admin"}).levels == {Severity.A, Severity.B}


def test_a_request_of_the_only_administrator_is_a_request() -> None:
    asked = {"A": 0.01, "B": 0.09, "C": 0.9}
    assert weighed(severities=asked, cues={"lockout": "only admin", "question": "how do I"}).levels == {Severity.C}


@pytest.mark.parametrize("cue", ["outage", "time", "money"])
def test_nothing_is_non_critical_where_a_service_is_down_or_time_or_money_runs_out(cue: str) -> None:
    calm = {"A": 0.0, "B": 0.1, "C": 0.9}
    assert weighed(severities=calm).severity is Severity.C
    assert weighed(severities=calm, cues={cue: "x"}).severity is Severity.B


@given(
    st.tuples(*[st.floats(0.001, 1)] * 3),
    st.dictionaries(st.sampled_from(["many", "one", "outage", "time", "money", "calm", "question"]), st.just("x")),
)
def test_what_is_said_only_ever_raises_the_severity(three: tuple[float, ...], cues: dict[str, str]) -> None:
    severities = dict(zip("ABC", (one / sum(three) for one in three), strict=True))
    unsaid, said = weighed(severities=severities), weighed(severities=severities, cues=cues)
    assert said.severity <= unsaid.severity
    assert min(said.levels) <= min(unsaid.levels)


@given(st.tuples(*[st.floats(0.001, 1)] * 3), st.booleans())
def test_the_proposed_severity_is_among_the_levels_that_are_still_open(three: tuple[float, ...], outage: bool) -> None:
    severities = dict(zip("ABC", (one / sum(three) for one in three), strict=True))
    proposal = weighed(severities=severities, cues={"outage": "x", "many": "y"} if outage else {})
    assert proposal.severity in proposal.levels


@given(st.lists(st.floats(0.001, 1), min_size=19, max_size=19), st.floats(0, 1))
def test_whatever_is_believed_something_legal_is_proposed(weights: list[float], clarity: float) -> None:
    believed = dict(zip(categories, (one / sum(weights) for one in weights), strict=True))
    proposal = weighed(categories=believed, clarity=clarity)
    shares = [share for _, share in proposal.alternatives]
    assert proposal.confidence == max(believed.values())
    assert believed[proposal.category] == proposal.confidence
    assert shares == sorted(shares, reverse=True)
    assert len(shares) == 3
    assert 2 <= len(proposal.choices) <= 5
    assert proposal.choices[0] == proposal.category


@pytest.mark.parametrize(("outlier", "decision"), [(2.9, Decision.ACT), (3.0, Decision.ACT), (3.1, Decision.CONFIRM)])
def test_what_is_foreign_to_all_that_was_learned_is_not_acted_on(outlier: float, decision: Decision) -> None:
    lines = replace(LINES, outlier=3.0)
    assert weigh(reading(0.99, outlier=outlier), lines, knowledge().rules).decision is decision


def test_the_buttons_are_those_that_hold_the_right_one_as_often_as_promised() -> None:
    promised = ("exchange", "network", "identity", "billing")
    assert weighed(0.5, choices=promised).choices == promised


def test_one_button_is_no_choice_so_the_next_likeliest_stands_beside_it() -> None:
    assert weighed(0.5, choices=("exchange",)).choices == ("exchange", "identity")


def test_where_more_than_five_would_be_needed_there_are_no_buttons() -> None:
    assert weighed(0.5, choices=tuple(categories[:6])).choices == ()


def test_a_model_without_its_encoder_is_weighed_by_its_own_lines() -> None:
    assert weighed(0.85).decision is Decision.ACT
    assert weighed(0.85, lines={"act": 0.9}).decision is Decision.CONFIRM
