"""The severity: its three levels side by side, told by words and letters, and apart from those by meaning and cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.pipeline import FeatureUnion
from sklearn.utils.validation import check_is_fitted

from classifier.category import features
from classifier.marks import CueFeatures
from classifier.meaning import DIMENSIONS
from classifier.temperature import TemperedLinear


class SeverityEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """P(A), P(B), P(C) of a text. That they are in order is a matter of what a mistake costs, see `handoff.severity`.

    `patterns` are the cue families; `meaning` is false where there is no sentence encoder; `C` is the inverse regularisation,
    less than the category's: there are half as many messages and a fifth of the labels. Measured on unseen writers.
    """

    def __init__(self, patterns: Mapping[str, str] | None = None, meaning: bool = True, C: float = 0.4) -> None:  # noqa: N803 - scikit-learn's name
        self.patterns = patterns
        self.meaning = meaning
        self.C = C

    def fit(
        self, texts: Sequence[str], levels: Sequence[str], groups: Sequence[str] | None = None
    ) -> SeverityEstimator:
        """Learn from texts and their levels ("A", "B" or "C"); told who wrote each text, it calibrates for writers it has not seen."""
        union = features(len(texts), meaning=self.meaning)
        return self.fit_rows(union, union.fit_transform(texts), self._marks(texts), levels, groups)

    def fit_rows(
        self,
        union: FeatureUnion,
        rows: Any,
        marks: NDArray[np.float32],
        levels: Sequence[str],
        groups: Sequence[str] | None = None,
    ) -> SeverityEstimator:
        """Learn from rows that were made by fitted features, and are shared with other heads, and from the cues beside them.

        Raises `ValueError` where a level is missing.
        """
        self.classes_ = np.array(["A", "B", "C"])
        if missing := set(self.classes_.tolist()) - set(levels):
            raise ValueError(f"no message of severity {min(missing)}: all three levels have to be learned from")
        self.features_ = union
        second = DIMENSIONS * self.meaning + marks.shape[1]
        self.head_ = TemperedLinear(second, C=self.C).fit(_beside(rows, marks), np.asarray(levels), groups)
        return self

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """(n texts) → (n, 3), in the order A, B, C."""
        check_is_fitted(self)
        return self.head_.predict_proba(_beside(self.features_.transform(texts), self._marks(texts)))

    def predict(self, texts: Sequence[str]) -> Any:
        """The most probable level of each text. The product decides by cost instead, see `handoff.severity`."""
        likeliest = self.predict_proba(texts).argmax(axis=1)
        return self.classes_[likeliest]

    def _marks(self, texts: Sequence[str]) -> NDArray[np.float32]:
        marks: NDArray[np.float32] = CueFeatures(self.patterns).fit([]).transform(texts)
        return marks


def _beside(rows: Any, marks: NDArray[np.float32]) -> Any:
    """The cues as the last columns of the shared rows."""
    return hstack([rows, csr_matrix(marks)]).tocsr()
