"""The cues of a text as features: one column for each family, behind a scikit-learn transformer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from classifier.cues import Cues


class CueFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to rows of 0 and 1, a column for each family of `patterns` (family → regular expression)."""

    def __init__(self, patterns: Mapping[str, str] | None = None) -> None:
        self.patterns = patterns

    def fit(self, texts: Sequence[str], y: Any = None) -> CueFeatures:
        """Nothing is learned here."""
        del texts, y
        self.fitted_ = True
        return self

    def transform(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n texts) → (n, families)."""
        cues = Cues(self.patterns or {})
        marks = [[float(family in found) for family in cues.patterns] for found in map(cues.find, texts)]
        return np.array(marks, dtype=np.float32).reshape(len(texts), len(cues.patterns))
