"""Figures agree with what can be counted by hand, and with scikit-learn where it counts the same."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from classifier.figures import automatic, calibration, counts, coverage, f1_intervals, interval, share, weighted_kappa

DRAW = np.random.default_rng(1)
TRUE, SAID = DRAW.integers(0, 3, 200), DRAW.integers(0, 3, 200)


def test_a_share_of_nothing_is_none_and_not_nought() -> None:
    assert share([]) == {"of": 0, "share": None, "low": None, "high": None}


def test_the_f1_of_each_class_and_their_mean_are_those_of_scikit_learn() -> None:
    each, macro = f1_intervals(TRUE, SAID, 3)
    assert [one["value"] for one in each] == pytest.approx(f1_score(TRUE, SAID, average=None), abs=1e-4)
    assert macro["value"] == pytest.approx(f1_score(TRUE, SAID, average="macro"), abs=1e-4)


def test_intervals_hold_their_value_and_are_the_same_in_every_run() -> None:
    first, second = f1_intervals(TRUE, SAID, 3), f1_intervals(TRUE, SAID, 3)
    assert first == second
    assert all(one["low"] <= one["value"] <= one["high"] for one in first[0])


def test_the_weighted_kappa_is_that_of_scikit_learn() -> None:
    assert weighted_kappa(counts(TRUE, SAID, 3)) == pytest.approx(cohen_kappa_score(TRUE, SAID, weights="quadratic"))


def test_the_kappa_of_a_single_level_is_unknown() -> None:
    assert weighted_kappa(counts(np.zeros(5, int), np.zeros(5, int), 3)) is None


def test_who_is_right_as_often_as_sure_has_no_calibration_error() -> None:
    right = np.array([True] * 3 + [False] + [True])
    found = calibration(np.array([0.75] * 4 + [1.0]), right)
    assert found["ece"] == 0
    assert [one["right"]["of"] for one in found["bins"]][-3:] == [4, 0, 1]


def test_who_is_always_sure_and_half_right_is_off_by_a_half() -> None:
    assert calibration(np.ones(4), np.array([True, True, False, False]))["ece"] == 0.5


def test_coverage_begins_with_the_surest_and_ends_with_all() -> None:
    points = coverage(np.array([0.9, 0.1, 0.5]), np.array([True, False, True]))
    assert (points[0]["accuracy"], points[-1]["coverage"], points[-1]["accuracy"]) == (1.0, 1.0, 0.6667)


def test_a_threshold_cannot_part_what_is_equally_sure() -> None:
    assert automatic(np.array([0.9, 0.5, 0.5]), np.array([True, True, False]), 0.05) == pytest.approx(1 / 3)


def test_an_interval_of_no_messages_is_unknown() -> None:
    assert interval(lambda places: 1.0, 0)["value"] is None
