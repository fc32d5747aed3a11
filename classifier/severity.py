"""The severity: ordinal, two logistic models (is it at least A? is it at least B?) on words, letters, meaning and cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.utils.validation import check_is_fitted

from classifier.category import features
from classifier.marks import CueFeatures
from classifier.meaning import DIMENSIONS

WORDS, FEELING = 3.0, 4.0  # how much words and letters, and the meaning, count beside a cue; measured on unseen writers


class SeverityEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """P(A), P(B), P(C) of a text, from P(at least A) and P(at least B).

    `patterns` are the cue families; `meaning` is false where there is no sentence encoder; `C` is the inverse regularisation.
    """

    def __init__(self, patterns: Mapping[str, str] | None = None, meaning: bool = True, C: float = 4.0) -> None:  # noqa: N803 - scikit-learn's name
        self.patterns = patterns
        self.meaning = meaning
        self.C = C

    def fit(self, texts: Sequence[str], levels: Sequence[str]) -> SeverityEstimator:
        """Learn from texts and their levels ("A", "B" or "C")."""
        union = features(len(texts), meaning=self.meaning)
        rows = union.fit_transform(texts)
        return self.fit_rows(union, rows, self._marks(texts), levels)

    def fit_rows(
        self, union: FeatureUnion, rows: Any, marks: NDArray[np.float32], levels: Sequence[str]
    ) -> SeverityEstimator:
        """Learn from rows that were made by fitted features, and are shared with other heads, and from the cues beside them."""
        given = np.asarray(levels)
        self.classes_ = np.array(["A", "B", "C"])
        self.features_ = union
        scaled = self._scaled(rows, marks)
        self.grave_ = LogisticRegression(C=self.C, max_iter=1000).fit(scaled, given == "A")
        self.calm_ = LogisticRegression(C=self.C, max_iter=1000).fit(scaled, given == "C")
        return self

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """(n texts) → (n, 3), in the order A, B, C."""
        check_is_fitted(self)
        rows = self._scaled(self.features_.transform(texts), self._marks(texts))
        return levels_from(self.grave_.predict_proba(rows)[:, 1], self.calm_.predict_proba(rows)[:, 1])

    def predict(self, texts: Sequence[str]) -> Any:
        """The most probable level of each text. The product decides by cost instead, see `handoff.severity`."""
        likeliest = self.predict_proba(texts).argmax(axis=1)
        return self.classes_[likeliest]

    def scales(self, columns: int) -> NDArray[np.float32]:
        """What each column of the shared rows is multiplied by here."""
        scales = np.full(columns, WORDS, dtype=np.float32)
        if self.meaning:
            scales[-DIMENSIONS:] = FEELING
        return scales

    def _scaled(self, rows: Any, marks: NDArray[np.float32]) -> Any:
        return hstack([rows.multiply(self.scales(rows.shape[1])), csr_matrix(marks)]).tocsr()

    def _marks(self, texts: Sequence[str]) -> NDArray[np.float32]:
        marks: NDArray[np.float32] = CueFeatures(self.patterns).fit([]).transform(texts)
        return marks


def levels_from(grave: NDArray[np.float64], calm: NDArray[np.float64]) -> NDArray[np.float64]:
    """P(A) and P(C), told apart by two models, to three probabilities that add up to 1."""
    between = np.clip(1 - grave - calm, 0, None)
    levels = np.stack([grave, between, calm], axis=1)
    result: NDArray[np.float64] = levels / levels.sum(axis=1, keepdims=True)
    return result
