"""Every estimator of ours is one that scikit-learn's tools can work with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sklearn.base import clone
from sklearn.utils.estimator_checks import estimator_checks_generator

from classifier import category_estimator
from classifier.encoder import SentenceEncoder
from classifier.marks import CueFeatures
from classifier.severity import SeverityEstimator
from classifier.temperature import TemperedLinear
from tests.classifier.soundness import checks_of

ESTIMATORS = [category_estimator(), SeverityEstimator(), CueFeatures(), SentenceEncoder()]
NEEDS_MORE = re.compile(
    "array_api|check_classifier_data_not_an_array|dataframe|pandas|column_names|feature_names"
)  # libraries that the product does not have
CHECKS = [
    pytest.param(one, check, id=f"{type(estimator).__name__}-{name}")
    for estimator in ESTIMATORS
    for name, one, check in checks_of(estimator)
]


@pytest.mark.parametrize(("estimator", "check"), CHECKS)
def test_an_estimator_obeys_scikit_learn(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


HEAD_CHECKS = [
    pytest.param(one, check, id=getattr(check, "func", check).__name__)
    for one, check in estimator_checks_generator(TemperedLinear())
    if not NEEDS_MORE.search(getattr(check, "func", check).__name__)
]


@pytest.mark.parametrize(("estimator", "check"), HEAD_CHECKS)
def test_the_head_on_numbers_passes_every_check_there_is(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda one: type(one).__name__)
def test_enough_of_the_checks_apply(estimator: Any) -> None:
    names = {name for name, _, _ in checks_of(estimator)}
    assert {"check_get_params_invariance", "check_set_params", "check_estimators_unfitted"} <= names
    assert {"check_no_attributes_set_in_init", "check_parameters_default_constructible"} <= names


def test_a_clone_has_the_same_parameters_and_nothing_learned() -> None:
    texts = ["nobody can work", "one cannot work", "how does it work"] * 2
    severity = SeverityEstimator({"many": "nobody"}, meaning=False, C=0.5).fit(texts, ["A", "B", "C"] * 2)
    copy = clone(severity)
    assert copy.get_params() == severity.get_params() == {"patterns": {"many": "nobody"}, "meaning": False, "C": 0.5}
    assert not [name for name in vars(copy) if name.endswith("_")]
    assert clone(SentenceEncoder(2.5)).get_params() == {"weight": 2.5}
