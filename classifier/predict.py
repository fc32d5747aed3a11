"""One text, read: the probabilities of a fitted model without scikit-learn's per-call overhead, and the words that moved them.

The arithmetic is scikit-learn's own, term by term (a test holds the two together); only the walk is different: one embedding shared
by all heads, and the few non-zero columns gathered from one weight table.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.category import MEANING
from classifier.cues import Cues
from classifier.encoder import DIMENSIONS, SentenceEncoder
from classifier.language import language_of
from classifier.model import Model
from classifier.prediction import Prediction
from classifier.severity import levels_from
from classifier.text import bare, has_words, tidy

Floats = NDArray[np.float64]
EVIDENCE = 4  # words shown
STRONGEST = 30  # terms looked at to find them


class Predictor:
    """A fitted model made ready to answer one text at a time, from any thread."""

    def __init__(self, model: Model, version: str) -> None:
        self.version = version
        self._labels = [str(label) for label in model.category.classes_]
        self._words, self._letters = (_Vocabulary(model.features[name]) for name in ("words", "letters"))
        self._encoder = SentenceEncoder().fit([])
        head = model.category.calibrated_classifiers_[0]
        self._temperature = float(head.calibrators[0].beta_)
        weights = np.vstack([head.estimator.coef_, model.clarity.coef_])
        self._bias: Floats = np.concatenate([head.estimator.intercept_, model.clarity.intercept_])
        ends = np.cumsum([self._words.size, self._letters.size])
        self._word_weights, self._letter_weights, self._meaning_weights = np.split(weights.T.copy(), ends)
        self._meaning_weights = MEANING * self._meaning_weights
        severity = model.severity
        self._cues = Cues(dict(severity.patterns or {}))
        self._level_weights: Floats = np.vstack([severity.grave_.coef_, severity.calm_.coef_]).T.copy()
        self._level_weights[:DIMENSIONS] *= severity.meaning
        self._level_bias: Floats = np.concatenate([severity.grave_.intercept_, severity.calm_.intercept_])

    def predict(self, text: str) -> Prediction:
        """Read one text."""
        return self.predict_many([text])[0]

    def predict_many(self, texts: Sequence[str]) -> list[Prediction]:
        """Read texts that are there together: the encoder takes half the time for each of eight that it takes for one."""
        tidied = [tidy(text) for text in texts]
        meanings = self._encoder.transform(tidied).astype(np.float64)
        return [self._read(*one) for one in zip(texts, tidied, meanings, strict=True)]

    def _read(self, text: str, written: str, meaning: Floats) -> Prediction:
        seen = bare(written)
        words, letters = self._words.row(seen), self._letters.row(seen)
        heads = words.dot(self._word_weights), letters.dot(self._letter_weights), meaning @ self._meaning_weights
        logits = self._bias + heads[0] + heads[1] + heads[2]
        probabilities = _softmax(self._temperature * logits[:-1])
        cues = self._cues.find_in(written, seen)
        return Prediction(
            text=text,
            categories=dict(zip(self._labels, probabilities.tolist(), strict=True)),
            severities=self._levels(meaning, cues),
            clarity=_sigmoid(float(logits[-1])) if has_words(written) else 0.0,
            words=self._evidence(written, words, letters, int(probabilities.argmax())),
            cues=cues,
            language=language_of(written),
            model=self.version,
        )

    def _levels(self, meaning: Floats, cues: Mapping[str, str]) -> dict[str, float]:
        marks = np.array([float(family in cues) for family in self._cues.patterns])
        logits = np.concatenate([meaning, marks]) @ self._level_weights + self._level_bias
        grave, calm = (np.array([_sigmoid(float(logit))]) for logit in logits)
        return dict(zip("ABC", levels_from(grave, calm)[0].tolist(), strict=True))

    def _evidence(self, text: str, words: _Row, letters: _Row, label: int) -> tuple[str, ...]:
        """The written words that spoke for this label, strongest first: their own weight and that of their letters."""
        rows = ((words, self._word_weights), (letters, self._letter_weights))
        pushed = [(term.strip(), push) for row, weights in rows for term, push in row.strongest(weights, label)]
        written = {bare(word): word for word in re.findall(r"[^\W_]{3,}", text)}
        strengths = {word: sum(push for term, push in pushed if term in plain) for plain, word in written.items()}
        worth_showing = max(strengths.values(), default=0.0) / 4
        ranked = sorted(
            (word for word in strengths if strengths[word] > worth_showing), key=lambda word: -strengths[word]
        )
        return tuple(ranked[:EVIDENCE])


@dataclass(frozen=True)
class _Row:
    """The non-zero part of one TF-IDF row of length 1."""

    terms: list[str]
    columns: NDArray[np.intp]
    values: Floats

    def dot(self, weights: Floats) -> Floats:
        product: Floats = self.values @ weights[self.columns]
        return product

    def strongest(self, weights: Floats, label: int) -> list[tuple[str, float]]:
        """The terms that speak most for a label against the average of all (the last column is no label), and how much."""
        gathered = weights[self.columns]
        push = self.values * (gathered[:, label] - gathered[:, :-1].mean(axis=1))
        return [(self.terms[place], float(push[place])) for place in np.argsort(-push)[:STRONGEST]]


class _Vocabulary:
    """One fitted TfidfVectorizer (sublinear, L2) as a dictionary walk."""

    def __init__(self, fitted: TfidfVectorizer) -> None:
        self._columns: dict[str, int] = {term: int(column) for term, column in fitted.vocabulary_.items()}
        self._idf: list[float] = fitted.idf_.tolist()
        self._analyse: Callable[[str], Iterable[str]] = _without_preprocessing(fitted)
        self.size = len(self._columns)

    def row(self, text: str) -> _Row:
        counts = Counter(term for term in self._analyse(text) if term in self._columns)
        columns = [self._columns[term] for term in counts]
        values = np.array([(1 + math.log(n)) * self._idf[c] for n, c in zip(counts.values(), columns, strict=True)])
        length = float(np.sqrt(values @ values)) if columns else 1.0
        return _Row(list(counts), np.array(columns, dtype=np.intp), values / length)


def _without_preprocessing(fitted: TfidfVectorizer) -> Any:
    """The vectorizer's analyzer for text that is plain already: it is made plain once for all."""
    return TfidfVectorizer(
        preprocessor=str,
        analyzer=fitted.analyzer,
        ngram_range=fitted.ngram_range,
        token_pattern=fitted.token_pattern,
        stop_words=None,
    ).build_analyzer()


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max())
    result: Floats = powers / powers.sum()
    return result


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))
