"""One text, read: the heads of a stored model on one shared embedding, and the words that moved them. Imports no scikit-learn.

Where the sentence encoder is missing or fails its test, the part that knows words only serves, with lines of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.cues import Cues
from classifier.errors import EncoderFails
from classifier.language import language_of
from classifier.meaning import Encode, is_word, tested
from classifier.model import LEVELS, Floats, Model, Part
from classifier.prediction import Prediction
from classifier.rows import Row, Rows, letters_in, words_in
from classifier.spelling import Speller
from classifier.text import bare, has_words, tidy

EVIDENCE = 4  # words shown


class Predictor:
    """A stored model made ready to answer one text at a time, from any thread. `failure` says why it does without the encoder."""

    def __init__(self, model: Model, version: str, encoder: Callable[[], Encode] = tested) -> None:
        self.version = version
        self.failure = "" if model.full else "the model was trained without the sentence encoder"
        self._encode: Encode | None = None
        if model.full:
            try:
                self._encode = encoder()
            except EncoderFails as failure:
                self.failure = str(failure)
        self._model = model
        self._part: Part = model.full if model.full and self._encode else model.reduced
        labels = len(model.labels)
        self._averages = [table[:, :labels].mean(axis=1) for table in (self._part.words, self._part.letters)]
        self._lines = self._part.lines.thresholds() if self.failure else {}
        self._words, self._letters = Rows(model.words, words_in), Rows(model.letters, letters_in)
        self._cues = Cues(model.patterns)
        self._speller = Speller(model.words.columns, is_word) if self._encode else None

    def predict(self, text: str) -> Prediction:
        """Read one text."""
        return self.predict_many([text])[0]

    def predict_many(self, texts: Sequence[str]) -> list[Prediction]:
        """Read texts that are there together: the encoder takes half the time for each of eight that it takes for one."""
        views = self._views([tidy(text) for text in texts])
        doubted = [place for place, view in enumerate(views) if view.surest < self._part.lines.act]
        believed = dict(enumerate(views)) | self._repaired(views, doubted)
        return [self._prediction(text, views[place], believed[place]) for place, text in enumerate(texts)]

    def _repaired(self, views: Sequence[_View], doubted: Sequence[int]) -> dict[int, _View]:
        """Views of the doubted texts with their spelling repaired, where that clears the doubt up rather than adding to it."""
        if self._speller is None:
            return {}
        found = {place: self._speller.repair(views[place].written) for place in doubted}
        repairs = {place: repair for place, repair in found.items() if repair}
        seen = zip(repairs, self._views(list(repairs.values())), strict=True)
        return {place: view for place, view in seen if view.surest > views[place].surest}

    def _views(self, written: Sequence[str]) -> list[_View]:
        meanings = self._encode(written) if self._encode else [None] * len(written)
        return [self._view(*one) for one in zip(written, meanings, strict=True)]

    def _view(self, written: str, meaning: Floats | None) -> _View:
        seen, part = bare(written), self._part
        words, letters = self._words.of(seen), self._letters.of(seen)
        cues = self._cues.find_in(written, seen)
        marks = np.array([family in cues for family in self._cues.patterns], dtype=np.float32)
        logits = part.bias + words.dot(part.words) + letters.dot(part.letters) + marks @ part.cues
        if meaning is not None:
            logits += meaning @ part.meaning
        places = len(self._model.labels)
        probabilities = _softmax(part.temperature * logits[:places].astype(np.float64))
        return _View(written, words, letters, cues, logits, probabilities, meaning)

    def _prediction(self, text: str, view: _View, believed: _View) -> Prediction:
        """What is said of a text: its severity and evidence as it is written, its category as it was meant."""
        labels, part = self._model.labels, self._part
        clarity, grave, calm = (_sigmoid(float(logit)) for logit in believed.logits[len(labels) :])
        if believed is not view:
            grave, calm = (_sigmoid(float(logit)) for logit in view.logits[-LEVELS:])
        strongest = float(believed.logits[: len(labels)].max())
        return Prediction(
            text=text,
            categories=dict(zip(labels, believed.probabilities.tolist(), strict=True)),
            severities=_levels(grave, calm),
            clarity=clarity if has_words(view.written) else 0.0,
            words=self._evidence(view, int(believed.probabilities.argmax())),
            cues=view.cues,
            language=language_of(view.written),
            model=self.version,
            outlier=part.familiar.outlier(strongest, believed.meaning),
            choices=self._choices(believed),
            lines=self._lines,
        )

    def _choices(self, view: _View) -> tuple[str, ...]:
        """The labels that hold the true one as often as promised, most likely first; the likeliest in any case."""
        order = np.argsort(-view.probabilities, kind="stable")
        many = max(1, int((view.probabilities >= self._part.lines.share).sum()))
        return tuple(self._model.labels[place] for place in order[:many])

    def _evidence(self, view: _View, label: int) -> tuple[str, ...]:
        """The written words that spoke for this label, strongest first: their own weight and that of their letters."""
        part, (of_words, of_letters) = self._part, self._averages
        words, letters = (
            view.words.strongest(part.words, of_words, label),
            view.letters.strongest(part.letters, of_letters, label),
        )
        pushed = [(self._words.terms[column], push) for column, push in words]
        pushed += [(self._letters.terms[column].strip(), push) for column, push in letters]
        written = {bare(word): word for word in re.findall(r"[^\W_]{3,}", view.written)}
        strengths = {word: sum(push for term, push in pushed if term in plain) for plain, word in written.items()}
        worth_showing = max(strengths.values(), default=0.0) / 4
        ranked = sorted(
            (word for word in strengths if strengths[word] > worth_showing), key=lambda word: -strengths[word]
        )
        return tuple(ranked[:EVIDENCE])


@dataclass(frozen=True)
class _View:
    """A tidy text as the heads see it, and what they make of it."""

    written: str
    words: Row
    letters: Row
    cues: Mapping[str, str]
    logits: Floats
    probabilities: NDArray[np.float64]
    meaning: Floats | None

    @property
    def surest(self) -> float:
        """How sure of the likeliest label."""
        return float(self.probabilities.max())


def _levels(grave: float, calm: float) -> dict[str, float]:
    """P(A) and P(C), told apart by two heads, to three probabilities that add up to 1."""
    between = max(0.0, 1 - grave - calm)
    whole = grave + between + calm
    return {"A": grave / whole, "B": between / whole, "C": calm / whole}


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max())
    result: NDArray[np.float64] = powers / powers.sum()
    return result


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))
