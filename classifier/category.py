"""The category: words, letters and meaning in one linear model, its probabilities set right by one temperature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion
from sklearn.utils.validation import check_is_fitted

from classifier.encoder import SentenceEncoder
from classifier.meaning import DIMENSIONS
from classifier.outlier import Familiar, Scale, main_axes, nearness, on_axes
from classifier.temperature import TemperedLogistic, folds_of
from classifier.text import bare, tidy

WEIGHTS = (
    1.0,
    2.0,
)  # how much the sentence's meaning may count beside its words: less where writers describe one thing in many words

WORD = r"(?u)\b\w+\b"

Floats = NDArray[np.float64]


def features(*, meaning: bool = True) -> FeatureUnion:
    """Texts to rows: word pairs, letters within words and, last, meaning; each of length 1. Unfitted."""
    words = TfidfVectorizer(
        preprocessor=plain, ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, min_df=2, dtype=np.float32
    )
    letters = TfidfVectorizer(
        preprocessor=plain, analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2, dtype=np.float32
    )
    parts = [("words", words), ("letters", letters)]
    return FeatureUnion([*parts, ("meaning", SentenceEncoder())] if meaning else parts)


class CategoryEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to one of a closed set of labels, with calibrated probabilities and a score for texts that are none of them.

    `meaning` is the sentence encoder's weight beside TF-IDF rows of length 1: None for the better one of `WEIGHTS` on a fold that
    was not learned from, 0 for no encoder at all. `C` is the inverse regularisation.
    """

    def __init__(self, meaning: float | None = None, C: float = 10.0) -> None:  # noqa: N803 - scikit-learn's name
        self.meaning = meaning
        self.C = C

    def fit(
        self, texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None = None
    ) -> CategoryEstimator:
        """Learn from texts and labels; told who wrote each text, it calibrates for writers it has not seen."""
        union = features(meaning=self.meaning != 0)
        return self.fit_rows(union, union.fit_transform(texts), labels, groups)

    def fit_rows(
        self, union: FeatureUnion, rows: Any, labels: Sequence[str], groups: Sequence[str] | None = None
    ) -> CategoryEstimator:
        """Learn from rows that were made by fitted features, and are shared with other heads."""
        given = np.asarray(labels)
        self.features_ = union
        self.weight_ = self._weight(rows, given, groups) if self.meaning is None else self.meaning
        self.head_ = TemperedLogistic(self.C).fit(self._weighed(rows), given, groups)
        self.classes_ = self.head_.classes_
        meanings = self._meanings(rows)
        axes = main_axes(meanings)
        known = on_axes(meanings, axes)
        self.near_ = self._near(known, given, groups)
        strongest = self.head_.decisions_.max(axis=1)
        self.familiar_ = Familiar(axes, known, Scale.of(strongest), Scale.of(self.near_))
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """(n texts, classes)."""
        check_is_fitted(self)
        return self.head_.predict_proba(self._weighed(self.features_.transform(texts)))

    def predict(self, texts: Sequence[str]) -> Any:
        """The likeliest label of each text."""
        check_is_fitted(self)
        return self.head_.predict(self._weighed(self.features_.transform(texts)))

    def oos_score(self, texts: Sequence[str]) -> Floats:
        """How foreign each text is to all that was learned; higher is more foreign."""
        check_is_fitted(self)
        rows = self.features_.transform(texts)
        return self.outliers(self.head_.decision_function(self._weighed(rows)), self._meanings(rows))

    def outliers(self, decisions: Floats, meanings: NDArray[np.float32], near: Floats | None = None) -> Floats:
        """The same from logits and meanings; `near` is how near each is to what was learned, where that is known already."""
        familiar = self.familiar_
        strongest = decisions.max(axis=1) if decisions.ndim == 2 else np.maximum(decisions, 0)
        foreign = (familiar.logit.mean - strongest) / familiar.logit.spread
        if not self.weight_:
            return np.asarray(foreign)
        if near is None:
            near = nearness(familiar.known, on_axes(meanings, familiar.axes))
        return np.asarray(foreign + (familiar.near.mean - near) / familiar.near.spread)

    def unseen_outliers(self) -> Floats:
        """The score of each message it learned from, as if it had not."""
        return self.outliers(self.head_.decisions_, np.zeros((0, DIMENSIONS), np.float32), self.near_)

    def _near(self, known: NDArray[np.float32], labels: NDArray[Any], groups: Sequence[str] | None) -> Floats:
        """How near each message is to those of the other folds."""
        near = np.zeros(len(labels))
        true = np.unique(labels, return_inverse=True)[1]
        for learned, asked in folds_of(true, groups, self.head_.folds, self.head_.seed):
            near[asked] = nearness(known[learned], known[asked])
        return near

    def _meanings(self, rows: Any) -> NDArray[np.float32]:
        """The meanings in these rows, of length 1."""
        if not self.weight_:
            return np.zeros((rows.shape[0], 0), dtype=np.float32)
        return np.asarray(rows[:, -DIMENSIONS:].toarray(), dtype=np.float32)

    def _weighed(self, rows: Any) -> Any:
        return weighed(rows, self.weight_) if self.weight_ else rows

    def _weight(self, rows: Any, labels: NDArray[Any], groups: Sequence[str] | None) -> float:
        """The weight under which most of one fold is right, learned from the others."""
        true = np.unique(labels, return_inverse=True)[1]
        head = TemperedLogistic(self.C)
        learned, asked = folds_of(true, groups, head.folds, head.seed)[0]
        right = {}
        for weight in WEIGHTS:
            scaled = weighed(rows, weight)
            right[weight] = head.linear().fit(scaled[learned], labels[learned]).score(scaled[asked], labels[asked])
        return max(WEIGHTS, key=lambda weight: right[weight])


def weighed(rows: Any, weight: float) -> Any:
    """Rows whose meaning counts so much, everything else 1."""
    scales = np.ones(rows.shape[1], dtype=np.float32)
    scales[-DIMENSIONS:] = weight
    return rows.multiply(scales).tocsr()


def category_estimator() -> Any:
    """An unfitted scikit-learn estimator: `fit(texts, labels)`, `predict`, `predict_proba`, `classes_`, `oos_score`."""
    return CategoryEstimator()


def plain(text: str) -> str:
    """What the word and letter features see of a text."""
    return bare(tidy(text))
