"""Text to meaning: the multilingual sentence encoder behind a scikit-learn transformer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from classifier.meaning import encode


class SentenceEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Universal Sentence Encoder, multilingual (16 languages), in numpy: rows of 512 floats of length `weight`.

    `weight` sets how much the meaning counts beside TF-IDF rows of length 1. The encoder's own weights come from its package,
    never from a model file.
    """

    def __init__(self, weight: float = 1.0) -> None:
        self.weight = weight

    def fit(self, texts: Sequence[str], y: Any = None) -> SentenceEncoder:
        """Nothing is learned here."""
        del texts, y
        self.fitted_ = True
        return self

    def transform(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n texts) → (n, 512)."""
        return self.weight * encode(texts)
