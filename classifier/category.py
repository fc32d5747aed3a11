"""The category: words, letters and meaning in one linear model, its probabilities set right by one temperature."""

from __future__ import annotations

import re
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
from classifier.outlier import Familiar, Known, Scale, main_axes, on_axes
from classifier.temperature import TemperedLinear, folds_of, wide_of
from classifier.text import bare, tidy

MANY = 3000  # messages from which on a term that occurs once only costs: measured on unseen writers
WORD = r"(?u)\b\w+\b"

Floats = NDArray[np.float64]


def features(messages: int, *, meaning: bool = True) -> FeatureUnion:
    """Texts to rows: word pairs, letters within words and, last, meaning; each of length 1. Unfitted.

    `messages` is how many there are to learn from: of few, what occurs once is worth remembering.
    """
    fewest = 1 if messages < MANY else 2
    words = TfidfVectorizer(
        preprocessor=plain, ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, min_df=fewest, dtype=np.float32
    )
    letters = TfidfVectorizer(
        preprocessor=unmarked,
        analyzer="char_wb",
        ngram_range=(2, 4),
        sublinear_tf=True,
        min_df=fewest,
        dtype=np.float32,
    )
    parts = [("words", words), ("letters", letters)]
    return FeatureUnion([*parts, ("meaning", SentenceEncoder())] if meaning else parts)


class CategoryEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to one of a closed set of labels, with calibrated probabilities and a score for texts that are none of them.

    `meaning` is the weight of what the sentence's meaning says beside what its words say: None for the best one on messages that
    were not learned from, 0 for no encoder at all. `C` is the inverse regularisation.
    """

    def __init__(self, meaning: float | None = None, C: float = 1.0) -> None:  # noqa: N803 - scikit-learn's name
        self.meaning = meaning
        self.C = C

    def fit(
        self, texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None = None
    ) -> CategoryEstimator:
        """Learn from texts and labels; told who wrote each text, it calibrates for writers it has not seen."""
        union = features(len(texts), meaning=self.meaning != 0)
        return self.fit_rows(union, union.fit_transform(texts), labels, groups)

    def fit_rows(
        self, union: FeatureUnion, rows: Any, labels: Sequence[str], groups: Sequence[str] | None = None
    ) -> CategoryEstimator:
        """Learn from rows that were made by fitted features, and are shared with other heads."""
        given = np.asarray(labels)
        self.features_ = union
        second = DIMENSIONS if self.meaning != 0 else 0
        self.head_ = TemperedLinear(second, self.meaning, self.C).fit(rows, given, groups)
        self.classes_ = self.head_.classes_
        meanings = self._meanings(rows)
        axes = main_axes(meanings)
        short, true = on_axes(meanings, axes), np.searchsorted(self.classes_, given)
        self.near_ = self._near(short, true, groups)
        strongest = self.head_.decisions_.max(axis=1)
        known = Known.of(short, true, len(self.classes_))
        self.familiar_ = Familiar(axes, known, Scale.of(strongest), Scale.of(self.near_))
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """(n texts, classes)."""
        check_is_fitted(self)
        return self.head_.predict_proba(self.features_.transform(texts))

    def predict(self, texts: Sequence[str]) -> Any:
        """The likeliest label of each text."""
        check_is_fitted(self)
        return self.head_.predict(self.features_.transform(texts))

    def oos_score(self, texts: Sequence[str]) -> Floats:
        """How foreign each text is to all that was learned; higher is more foreign."""
        check_is_fitted(self)
        rows = self.features_.transform(texts)
        return self.outliers(self.head_.decision_function(rows), self._meanings(rows))

    def outliers(self, decisions: Floats, meanings: NDArray[np.float32], near: Floats | None = None) -> Floats:
        """The same from logits and meanings; `near` is how near each is to what was learned, where that is known already."""
        familiar = self.familiar_
        wide = wide_of(decisions)
        foreign = (familiar.logit.mean - wide.max(axis=1)) / familiar.logit.spread
        if self.meaning == 0:
            return np.asarray(foreign)
        if near is None:
            near = familiar.known.nearness(on_axes(meanings, familiar.axes), wide.argmax(axis=1))
        return np.asarray(foreign + (familiar.near.mean - near) / familiar.near.spread)

    def unseen_outliers(self) -> Floats:
        """The score of each message it learned from, as if it had not."""
        return self.outliers(self.head_.decisions_, np.zeros((0, DIMENSIONS), np.float32), self.near_)

    def _near(self, short: NDArray[np.float32], true: NDArray[np.intp], groups: Sequence[str] | None) -> Floats:
        """How near each message is to those of the other folds that have the label it is then said to have."""
        near, said = np.zeros(len(true)), self.head_.decisions_.argmax(axis=1)
        for learned, asked in folds_of(true, groups):
            known = Known.of(short[learned], true[learned], len(self.classes_))
            near[asked] = known.nearness(short[asked], said[asked])
        return near

    def _meanings(self, rows: Any) -> NDArray[np.float32]:
        """The meanings in these rows, of length 1."""
        if self.meaning == 0:
            return np.zeros((rows.shape[0], 0), dtype=np.float32)
        return np.asarray(rows[:, -DIMENSIONS:].toarray(), dtype=np.float32)


def category_estimator() -> Any:
    """An unfitted scikit-learn estimator: `fit(texts, labels)`, `predict`, `predict_proba`, `classes_`, `oos_score`."""
    return CategoryEstimator()


def unmarked(text: str) -> str:
    """The words alone, as the letter features see them: how somebody sets commas tells who writes, not about what."""
    return " ".join(re.findall(WORD, plain(text)))


def plain(text: str) -> str:
    """What the word and letter features see of a text."""
    return bare(tidy(text))
