"""The severity estimator: three levels in order from two questions, and what scikit-learn asks of a classifier, asked with texts."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from classifier.severity import SeverityEstimator, levels_from
from tests.classifier.examples import cues, few_examples

GRADED = [example for example in few_examples() if example.severity]
TEXTS = [example.text for example in GRADED]
LEVELS = [str(example.severity) for example in GRADED]
NEW = ["nobody can send mail, orders are lost", "how do I add a licence?", "", "😀", "x" * 9000]

shares = st.lists(st.tuples(st.floats(0.001, 0.999), st.floats(0.001, 0.999)), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def fitted() -> SeverityEstimator:
    return SeverityEstimator(cues().patterns).fit(TEXTS, LEVELS)


def test_fitting_gives_the_estimator_itself() -> None:
    estimator = SeverityEstimator(cues().patterns)
    assert estimator.fit(TEXTS, LEVELS) is estimator


def test_it_is_unfitted_until_it_is_fitted(fitted: SeverityEstimator) -> None:
    with pytest.raises(NotFittedError):
        clone(fitted).predict_proba(NEW)


def test_its_classes_are_the_three_levels_gravest_first(fitted: SeverityEstimator) -> None:
    assert fitted.classes_.tolist() == ["A", "B", "C"]


def test_its_probabilities_add_up_to_one(fitted: SeverityEstimator) -> None:
    believed = fitted.predict_proba(NEW)
    assert believed.shape == (len(NEW), 3)
    assert believed.sum(axis=1) == pytest.approx(1)
    assert (believed >= 0).all()


def test_it_predicts_the_likeliest_level(fitted: SeverityEstimator) -> None:
    assert fitted.predict(NEW).tolist() == [list("ABC")[row.argmax()] for row in fitted.predict_proba(NEW)]


def test_an_outage_is_graver_than_a_question(fitted: SeverityEstimator) -> None:
    outage, question = fitted.predict_proba(NEW[:2])
    assert outage[0] > question[0]
    assert outage[2] < question[2]


def test_a_text_is_judged_alone(fitted: SeverityEstimator) -> None:
    together = fitted.predict_proba(NEW)
    assert fitted.predict_proba(NEW[::-1])[::-1] == pytest.approx(together, abs=1e-6)
    assert np.vstack([fitted.predict_proba([text]) for text in NEW]) == pytest.approx(together, abs=1e-6)


def test_fitting_changes_no_parameter(fitted: SeverityEstimator) -> None:
    assert fitted.get_params() == SeverityEstimator(cues().patterns).get_params()


def test_fitting_again_learns_the_same_and_storing_keeps_it(fitted: SeverityEstimator) -> None:
    believed = fitted.predict_proba(NEW)
    assert clone(fitted).fit(TEXTS, LEVELS).predict_proba(NEW) == pytest.approx(believed)
    assert pickle.loads(pickle.dumps(fitted)).predict_proba(NEW) == pytest.approx(believed)


@given(shares)
def test_two_answers_make_three_levels_that_add_up(pairs: list[tuple[float, float]]) -> None:
    grave, calm = (np.array(one) for one in zip(*pairs, strict=True))
    levels = levels_from(grave, calm)
    assert levels.sum(axis=1) == pytest.approx(1)
    assert ((levels >= 0) & (levels <= 1)).all()
    assert (levels[:, 0] / levels[:, 2]) == pytest.approx(grave / calm)


def test_what_is_left_between_grave_and_calm_is_high() -> None:
    (levels,) = levels_from(np.array([0.2]), np.array([0.3]))
    assert levels == pytest.approx([0.2, 0.5, 0.3])


def test_two_answers_that_contradict_each_other_leave_nothing_between() -> None:
    (levels,) = levels_from(np.array([0.9]), np.array([0.6]))
    assert levels == pytest.approx([0.6, 0.0, 0.4])
