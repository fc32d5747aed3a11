"""The lines are those of least cost on messages not learned from; where a promise cannot be kept there, nothing is promised."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.decisions import Costs
from classifier.thresholds import ENOUGH, Lines, Unseen, conformal_share, draw_lines, line_of_least_cost

COSTS = Costs()


@st.composite
def messages(draw: st.DrawFn) -> Unseen:
    """Messages of a model that is right about as often as it says, or more, or less often."""
    size, labels = draw(st.integers(ENOUGH, 200)), draw(st.integers(2, 8))
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    logits = dice.normal(size=(size, labels)) * draw(st.floats(0.1, 5))
    believed = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    skill = draw(st.floats(0, 1))
    lucky = dice.random(size) < skill
    true = np.where(lucky, believed.argmax(axis=1), dice.integers(0, labels, size))
    return Unseen(believed, true, dice.random(size), dice.normal(size=size))


def cost(line: float, sure: np.ndarray, right: np.ndarray) -> float:
    """What these messages cost with a line drawn there."""
    acted = np.where(right, 0.0, COSTS.wrong)
    return float(np.where(sure >= line, acted, COSTS.asking).sum())


@given(messages(), st.floats(0, 1))
def test_no_other_line_is_cheaper(unseen: Unseen, other: float) -> None:
    sure, right = unseen.believed.max(axis=1), unseen.believed.argmax(axis=1) == unseen.true
    line = line_of_least_cost(sure, right, COSTS.wrong, COSTS.asking)
    if (sure >= other).sum() >= ENOUGH:
        assert cost(line, sure, right) <= cost(other, sure, right) + 1e-6


@given(messages())
def test_the_lines_are_in_order_and_keep_what_they_promise(unseen: Unseen) -> None:
    lines = draw_lines(unseen, COSTS)
    assert 0 <= lines.confirm <= lines.act <= 1
    assert np.mean(unseen.clarity >= lines.clarity) >= COSTS.clear_kept
    assert np.mean(unseen.outlier <= lines.outlier) >= COSTS.familiar_kept


@given(messages())
def test_the_choices_offered_hold_the_right_one_as_often_as_promised(unseen: Unseen) -> None:
    share = conformal_share(unseen.believed, unseen.true, COSTS.choices_hold)
    of_true = unseen.believed[np.arange(len(unseen.true)), unseen.true]
    assert np.mean(of_true >= share) >= COSTS.choices_hold


def test_choices_are_as_few_as_hold_the_promise() -> None:
    dice = np.random.default_rng(3)
    believed = dice.dirichlet([0.3] * 19, 2000)
    true = np.array([dice.choice(19, p=row) for row in believed])
    share = conformal_share(believed, true, 0.9)
    kept = believed[np.arange(2000), true] >= share
    assert 0.9 <= kept.mean() < 0.91


def test_on_messages_not_used_to_draw_it_the_promise_holds_too() -> None:
    dice = np.random.default_rng(5)
    believed = dice.dirichlet([0.3] * 19, 4000)
    true = np.array([dice.choice(19, p=row) for row in believed])
    share = conformal_share(believed[:2000], true[:2000], 0.9)
    assert np.mean(believed[np.arange(2000, 4000), true[2000:]] >= share) == pytest.approx(0.9, abs=0.02)


def test_too_few_messages_promise_nothing_and_everything_is_offered() -> None:
    few = ENOUGH - 1
    assert conformal_share(np.full((few, 2), 0.5), np.zeros(few, dtype=np.intp), 0.9) == 0.0


def test_where_going_ahead_is_always_dearer_nothing_is_acted_on() -> None:
    sure = np.linspace(0.9, 0.99, 100)
    assert line_of_least_cost(sure, np.zeros(100, dtype=bool), COSTS.wrong, COSTS.asking) == 1.0


def test_a_line_on_too_few_messages_is_none() -> None:
    sure = np.linspace(0.99, 0.5, ENOUGH)
    right = np.ones(ENOUGH, dtype=bool)
    assert line_of_least_cost(sure[1:], right[1:], COSTS.wrong, COSTS.asking) == 1.0
    assert line_of_least_cost(sure, right, COSTS.wrong, COSTS.asking) == pytest.approx(0.5)


def test_a_dearer_mistake_moves_the_line_up() -> None:
    dice = np.random.default_rng(1)
    sure = dice.random(3000)
    right = dice.random(3000) < sure
    lines = [line_of_least_cost(sure, right, wrong, COSTS.asking) for wrong in (2.0, 6.0, 20.0)]
    assert lines == sorted(lines)
    assert lines[1] == pytest.approx(1 - COSTS.asking / 6.0, abs=0.1)


def test_what_is_told_to_the_conversation_are_the_thresholds() -> None:
    assert set(Lines(0.8, 0.3, 0.5, 3.0, 0.1).thresholds()) == {"act", "confirm", "clarity", "outlier"}
