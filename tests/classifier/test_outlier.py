"""How foreign a message is: nought for the usual one, and higher for what lies far from all that was learned."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import outlier
from classifier.outlier import NEAREST, Familiar, Known, Scale, main_axes, nearness, on_axes


def vectors(count: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, 512)) * np.linspace(2, 0.1, 512)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_the_main_axes_keep_cosines() -> None:
    rows = vectors(300)
    short = on_axes(rows, main_axes(rows))
    assert short.shape == (300, 64)
    assert np.abs(rows @ rows.T - short @ short.T).mean() < 0.1


def test_a_message_is_nearest_to_its_copies() -> None:
    rows = vectors(50)
    known = on_axes(np.vstack([rows, *[rows[:1]] * NEAREST]), main_axes(rows))
    near = nearness(known, known[:2])
    assert near[0] == pytest.approx(1, abs=1e-5)
    assert near[1] < 1


def test_fewer_known_messages_than_are_looked_at_are_enough() -> None:
    known = on_axes(vectors(2), main_axes(vectors(9)))
    assert nearness(known, known).shape == (2,)


def test_the_score_rises_with_a_weak_logit_and_with_distance() -> None:
    rows = vectors(200)
    axes = main_axes(rows)
    known = Known.of(on_axes(rows, axes), np.zeros(200, dtype=np.intp), 1)
    familiar = Familiar(axes, known, Scale(10, 2), Scale(0.8, 0.1))
    usual = familiar.outlier(10, 0, rows[0])
    assert familiar.outlier(6, 0, rows[0]) == pytest.approx(usual + 2)
    assert familiar.outlier(10, 0, -rows[0]) > usual


def test_without_meanings_the_logit_alone_tells() -> None:
    nothing = np.zeros((0, 128), dtype=np.float32)
    none = Known(nothing, np.zeros(3, dtype=np.intp))
    assert Familiar(nothing, none, Scale(10, 2), Scale(0, 1)).outlier(4, 1) == 3


def test_a_message_is_compared_with_those_of_the_label_it_is_said_to_have() -> None:
    rows, labels = vectors(60), np.arange(60) % 3
    known = Known.of(rows, labels, 4)
    said = np.array([0, 1, 3])
    near = known.nearness(rows[:3], said)
    assert near[0] == pytest.approx(nearness(rows[labels == 0], rows[:1])[0])
    assert near[1] == pytest.approx(nearness(rows[labels == 1], rows[1:2])[0])
    assert near[2] == 0  # nothing is known of the fourth label


def test_one_message_scores_as_many_do() -> None:
    rows, labels = vectors(60), np.arange(60) % 3
    axes = main_axes(rows)
    known = Known.of(on_axes(rows, axes), labels, 3)
    many = known.nearness(on_axes(rows, axes), labels)
    familiar = Familiar(axes, known, Scale(0, 1), Scale(0, 1))
    assert [-familiar.outlier(0, int(label), row) for row, label in zip(rows, labels, strict=True)] == pytest.approx(
        many
    )


def test_a_number_that_never_varies_has_a_scale_too() -> None:
    assert Scale.of(np.ones(5)) == Scale(1.0, 1.0)


def test_many_are_compared_a_few_at_a_time_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    known, asked = (
        np.random.default_rng(seed).normal(size=(many, 8)).astype(np.float32) for seed, many in ((1, 50), (2, 33))
    )
    at_once = nearness(known, asked)
    monkeypatch.setattr(outlier, "CELLS", 200)
    assert nearness(known, asked) == pytest.approx(at_once)
    assert nearness(known, asked[:0]).shape == (0,)
