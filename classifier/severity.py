"""The severity: ordinal, two logistic models (is it at least A? is it at least B?) on meaning and cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.utils.validation import check_is_fitted

from classifier.cues import CueFeatures
from classifier.encoder import SentenceEncoder


class SeverityEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """P(A), P(B), P(C) of a text, from P(at least A) and P(at least B).

    `patterns` are the cue families; `meaning` weighs the sentence encoder beside them; `C` is the inverse regularisation.
    """

    def __init__(self, patterns: Mapping[str, str] | None = None, meaning: float = 4.0, C: float = 1.0) -> None:  # noqa: N803 - scikit-learn's name
        self.patterns = patterns
        self.meaning = meaning
        self.C = C

    def fit(self, texts: Sequence[str], levels: Sequence[str]) -> SeverityEstimator:
        """Learn from texts and their levels ("A", "B" or "C")."""
        given = np.asarray(levels)
        self.classes_ = np.array(["A", "B", "C"])
        self.features_ = FeatureUnion(
            [("meaning", SentenceEncoder(self.meaning)), ("cues", CueFeatures(self.patterns))]
        )
        rows = self.features_.fit_transform(texts)
        self.grave_ = LogisticRegression(C=self.C, max_iter=1000).fit(rows, given == "A")
        self.calm_ = LogisticRegression(C=self.C, max_iter=1000).fit(rows, given == "C")
        return self

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """(n texts) → (n, 3), in the order A, B, C."""
        check_is_fitted(self)
        rows = self.features_.transform(texts)
        return levels_from(self.grave_.predict_proba(rows)[:, 1], self.calm_.predict_proba(rows)[:, 1])

    def predict(self, texts: Sequence[str]) -> Any:
        """The most probable level of each text. The product decides by cost instead, see `handoff.severity`."""
        likeliest = self.predict_proba(texts).argmax(axis=1)
        return self.classes_[likeliest]


def levels_from(grave: NDArray[np.float64], calm: NDArray[np.float64]) -> NDArray[np.float64]:
    """P(A) and P(C), told apart by two models, to three probabilities that add up to 1."""
    between = np.clip(1 - grave - calm, 0, None)
    levels = np.stack([grave, between, calm], axis=1)
    result: NDArray[np.float64] = levels / levels.sum(axis=1, keepdims=True)
    return result
