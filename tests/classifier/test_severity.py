"""The severity estimator: three levels from words, meaning and cues, and what scikit-learn asks of a classifier, with texts."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from classifier.meaning import DIMENSIONS
from classifier.severity import SeverityEstimator
from tests.classifier.examples import cues, few_examples

GRADED = [example for example in few_examples() if example.severity]
TEXTS = [example.text for example in GRADED]
LEVELS = [str(example.severity) for example in GRADED]
NEW = ["nobody can send mail, orders are lost", "how do I add a licence?", "", "😀", "x" * 9000]


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


def test_the_levels_are_told_by_the_cues_too(fitted: SeverityEstimator) -> None:
    families = list(cues().patterns)
    assert fitted.head_.coef_.shape[1] == len(fitted.features_["words"].vocabulary_) + len(
        fitted.features_["letters"].vocabulary_
    ) + DIMENSIONS + len(families)
    push = dict(zip(families, fitted.head_.coef_[:, -len(families) :].T, strict=True))
    assert push["many"][0] > push["many"][2]
    assert push["question"][2] > push["question"][0]


def test_without_meaning_or_cues_words_tell_it_alone() -> None:
    alone = SeverityEstimator(meaning=False).fit(TEXTS, LEVELS)
    assert alone.predict_proba(NEW).sum(axis=1) == pytest.approx(1)
    outage, question = alone.predict_proba(NEW[:2])
    assert outage[2] < question[2]


def test_told_who_wrote_it_calibrates_for_writers_it_has_not_seen() -> None:
    writers = [f"writer {number % 5}" for number in range(len(TEXTS))]
    by_writer = SeverityEstimator(cues().patterns).fit(TEXTS, LEVELS, groups=writers)
    by_chance = SeverityEstimator(cues().patterns).fit(TEXTS, LEVELS)
    assert by_writer.head_.temperature_ != pytest.approx(by_chance.head_.temperature_)


def test_a_level_that_nobody_teaches_is_named() -> None:
    without = [place for place, level in enumerate(LEVELS) if level != "B"]
    with pytest.raises(ValueError, match="no message of severity B"):
        SeverityEstimator().fit([TEXTS[place] for place in without], [LEVELS[place] for place in without])
