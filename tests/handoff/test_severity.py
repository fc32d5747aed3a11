"""The severity: the cheapest level, the questions that would still change it, and what answers make of it."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.rulebook import Severity
from handoff.severity import cheapest, next_question, plausible, settle
from tests.handoff.books import rules

A, B, C = Severity

# What the rule book says it costs to say one level where another is true, written down a second time.
COSTS = {(A, B): 3, (A, C): 60, (B, A): 1, (B, C): 1, (C, A): 2, (C, B): 1}

DECIDED = {
    ("one", "blocked"): B,
    ("one", "impaired"): B,
    ("one", "workaround"): C,
    ("several", "blocked"): A,
    ("several", "impaired"): B,
    ("several", "workaround"): B,
    ("everyone", "blocked"): A,
    ("everyone", "impaired"): B,
    ("everyone", "workaround"): B,
}

ANSWERS = {question.id: question.answers for question in rules().questions.values()}
LEVELS = [frozenset(some) for size in (1, 2, 3) for some in combinations(Severity, size)]

probabilities = st.tuples(*[st.floats(0.001, 1)] * 3).map(lambda three: believed(*(one / sum(three) for one in three)))
levels = st.sampled_from(LEVELS)
answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(given) for name, given in ANSWERS.items()})


def believed(a: float, b: float, c: float) -> dict[str, float]:
    return {"A": a, "B": b, "C": c}


@pytest.mark.parametrize(("pair", "cost"), COSTS.items())
def test_a_mistake_costs_what_the_rule_book_says(pair: tuple[Severity, Severity], cost: float) -> None:
    assert rules().costs[pair] == cost


@pytest.mark.parametrize(
    ("probability", "level"),
    [
        (believed(1, 0, 0), A),
        (believed(0, 1, 0), B),
        (believed(0, 0, 1), C),
        (believed(0.3, 0.6, 0.1), A),  # B is likelier, but to miss an A costs three times as much
        (believed(0.1, 0.2, 0.7), B),  # C is likelier, but to call an A non-critical costs twenty times as much
        (believed(0.01, 0.2, 0.79), C),
    ],
)
def test_the_cheapest_level_is_proposed_and_not_the_likeliest(probability: dict[str, float], level: Severity) -> None:
    assert cheapest(rules(), probability) is level


@given(probabilities)
def test_no_level_is_cheaper_than_the_cheapest(probability: dict[str, float]) -> None:
    expected = {said: sum(probability[true] * COSTS.get((true, said), 0) for true in Severity) for said in Severity}
    assert expected[cheapest(rules(), probability)] <= min(expected.values()) + 1e-9


@pytest.mark.parametrize(
    ("probability", "level"),
    [(believed(0.6, 0.3, 0.1), A), (believed(0.1, 0.7, 0.2), B), (believed(0.01, 0.2, 0.79), C)],
)
def test_a_level_that_is_probable_enough_is_not_asked_about(probability: dict[str, float], level: Severity) -> None:
    assert plausible(rules(), probability) == {level}


def test_a_critical_case_is_asked_about_at_a_fifth() -> None:
    assert A in plausible(rules(), believed(0.2, 0.6, 0.2))
    assert A not in plausible(rules(), believed(0.19, 0.61, 0.2))


def test_between_high_and_non_critical_nobody_is_asked() -> None:
    assert len(plausible(rules(), believed(0.05, 0.5, 0.45))) == 1


def test_who_and_what_are_asked_while_critical_is_open() -> None:
    assert next_question(rules(), frozenset({A, B}), {}) == "people"
    assert next_question(rules(), frozenset({A, B}), {"people": "several"}) == "work"


def test_one_person_is_not_asked_what_can_only_be_high() -> None:
    assert next_question(rules(), frozenset({A, B}), {"people": "one"}) is None


@given(levels, answers)
def test_a_question_already_answered_is_not_asked_again(some: frozenset[Severity], given_: dict[str, str]) -> None:
    assert next_question(rules(), some, given_) not in given_


@given(levels, answers)
def test_every_question_asked_can_change_the_severity(some: frozenset[Severity], given_: dict[str, str]) -> None:
    if next_question(rules(), some, given_) is not None:
        ends = {settle(rules(), some, whole, B) for whole in _completions(given_)}
        assert len(ends) > 1


@given(levels, answers)
def test_what_is_left_unasked_leaves_no_plausible_level_open(some: frozenset[Severity], given_: dict[str, str]) -> None:
    if next_question(rules(), some, given_) is None:
        ends = {settle(rules(), some, whole, B) for whole in _completions(given_)}
        assert len(ends & some) <= 1


@given(levels, st.data())
def test_no_question_stays_open_for_ever(some: frozenset[Severity], data: st.DataObject) -> None:
    given_: dict[str, str] = {}
    for _ in ANSWERS:
        question = next_question(rules(), some, given_)
        if question is None:
            break
        given_[question] = data.draw(st.sampled_from(ANSWERS[question]))
    assert next_question(rules(), some, given_) is None


@pytest.mark.parametrize(("said", "level"), DECIDED.items(), ids="-".join)
@pytest.mark.parametrize("some", LEVELS, ids="".join)
@pytest.mark.parametrize("guess", Severity)
def test_what_people_say_outranks_every_guess(
    said: tuple[str, str], level: Severity, some: frozenset[Severity], guess: Severity
) -> None:
    assert settle(rules(), some, dict(zip(("people", "work"), said, strict=True)), guess) is level


def test_the_answers_decide_in_every_combination() -> None:
    assert set(DECIDED) == set(product(ANSWERS["people"], ANSWERS["work"]))


@pytest.mark.parametrize("guess", Severity)
def test_without_answers_the_guess_stands_while_several_levels_are_open(guess: Severity) -> None:
    assert settle(rules(), frozenset(Severity), {}, guess) is guess


@given(levels, answers, st.sampled_from(Severity))
def test_no_severity_comes_from_nowhere(some: frozenset[Severity], given_: dict[str, str], guess: Severity) -> None:
    decided = {DECIDED[whole["people"], whole["work"]] for whole in _completions(given_)}
    assert settle(rules(), some, given_, guess) in decided | {guess}


def _completions(given_: dict[str, str]) -> list[dict[str, str]]:
    """Every way to answer what is not answered yet."""
    wholes = [dict(zip(ANSWERS, whole, strict=True)) for whole in product(*ANSWERS.values())]
    return [whole for whole in wholes if given_.items() <= whole.items()]
