"""The lines drawn on held-out messages hold what they promise there; where no line holds it, nothing is acted on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.thresholds import ACT_RIGHT, CLEAR_KEPT, CONFIRM_HOLDS, ENOUGH, Thresholds, draw_thresholds

probability = st.floats(0.01, 0.99)


@st.composite
def held_out(draw: st.DrawFn) -> tuple[list[float], list[bool], list[bool], list[float]]:
    """Messages with a confidence, mostly right where it is high; ties among them."""
    size = draw(st.integers(ENOUGH, 150))
    seed = draw(st.integers(0, 2**32 - 1))
    steps = draw(st.sampled_from([50, 10**9]))
    dice = np.random.default_rng(seed)
    sure = np.round(dice.beta(draw(st.floats(0.5, 5)), 1, size) * steps) / steps
    first = dice.random(size) < sure ** draw(st.floats(0.01, 1))
    among = first | (dice.random(size) < 0.7)
    return sure.tolist(), first.tolist(), among.tolist(), dice.random(size).tolist()


def line_up(right: int, wrong: int) -> Thresholds:
    """Lines where the surest messages are right and the others wrong, at confidences that fall from 0.99."""
    hits = [True] * right + [False] * wrong
    sure = [0.99 - 0.001 * place for place in range(len(hits))]
    return draw_thresholds(sure, hits, hits, [0.5] * len(hits))


@given(held_out())
@example(([0.5] * 48, [True] * 38 + [False] * 10, [True] * 48, [0.5] * 48))
def test_what_is_acted_on_is_right_as_often_as_promised(
    messages: tuple[list[float], list[bool], list[bool], list[float]],
) -> None:
    sure, first, *_ = messages
    line = draw_thresholds(*messages).act
    acted = [hit for confidence, hit in zip(sure, first, strict=True) if confidence >= line]
    assert line == 1.0 or (len(acted) >= ENOUGH and np.mean(acted) >= ACT_RIGHT)


@given(held_out())
def test_the_choices_offered_hold_the_right_one_as_often_as_promised(
    messages: tuple[list[float], list[bool], list[bool], list[float]],
) -> None:
    sure, _, among, _ = messages
    lines = draw_thresholds(*messages)
    offered = [hit for confidence, hit in zip(sure, among, strict=True) if lines.confirm <= confidence < lines.act]
    assert lines.confirm <= lines.act
    assert not offered or np.mean(offered) >= CONFIRM_HOLDS


@given(st.lists(probability, min_size=ENOUGH, max_size=300))
def test_as_many_clear_messages_are_kept_as_promised(clarity: list[float]) -> None:
    hits = [True] * len(clarity)
    line = draw_thresholds([0.9] * len(clarity), hits, hits, clarity).clarity
    assert np.mean([one >= line for one in clarity]) >= CLEAR_KEPT


def test_the_line_is_the_lowest_that_holds() -> None:
    assert line_up(right=95, wrong=30).act == pytest.approx(0.99 - 0.001 * 99)


def test_where_no_line_holds_nothing_is_acted_on() -> None:
    sure = [0.9 - 0.001 * place for place in range(100)]
    wrong = [False] * 100
    lines = draw_thresholds(sure, wrong, wrong, sure)
    assert (lines.act, lines.confirm) == (1.0, 1.0)


def test_a_line_on_too_few_messages_is_none() -> None:
    assert line_up(right=ENOUGH - 2, wrong=30).act == 1.0
    assert line_up(right=ENOUGH, wrong=30).act < 1.0


def test_the_sure_ones_do_not_flatter_the_choices() -> None:
    sure = [0.99 - 0.001 * place for place in range(200)]
    right = [True] * 100 + [False] * 100
    lines = draw_thresholds(sure, right, right, sure)
    assert lines.confirm == lines.act
