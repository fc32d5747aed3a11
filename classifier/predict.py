"""One text, read: the heads of a stored model on one shared embedding, and the words that moved them. Imports no scikit-learn.

Where the sentence encoder is missing or fails its test, the part that knows words only serves, with lines of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.cues import Cues
from classifier.errors import EncoderFails
from classifier.evidence import speaking
from classifier.language import language_of
from classifier.meaning import Encode, is_word, tested
from classifier.model import LEVELS, Floats, Model, Part
from classifier.prediction import Prediction
from classifier.rows import Row, Rows
from classifier.spelling import Speller
from classifier.text import bare, has_words, tidy


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
        self._table = _with_average(np.concatenate([self._part.words, self._part.letters]), len(model.labels))
        self._lines = self._part.lines.thresholds() if self.failure else {}
        self._rows = Rows(model.words, model.letters)
        self._cues = Cues(model.patterns)
        self._marks = dict(zip(model.patterns, self._part.cues, strict=True))
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
        row, cues = self._rows.of(seen), self._cues.find_in(written, seen)
        weights = self._table.take(row.columns, axis=0)
        logits = part.bias + (row.values @ weights)[:-1]
        for family in cues:
            logits += self._marks[family]
        if meaning is not None:
            logits += meaning @ part.meaning
        plain: list[float] = logits.tolist()
        probabilities = _softmax(plain[: len(self._model.labels)], part.temperature)
        return _View(written, seen, row, weights, cues, plain, probabilities, meaning, max(probabilities))

    def _prediction(self, text: str, view: _View, believed: _View) -> Prediction:
        """What is said of a text: its severity and evidence as it is written, its category as it was meant."""
        labels, part = self._model.labels, self._part
        label = believed.probabilities.index(believed.surest)
        return Prediction(
            text=text,
            categories=dict(zip(labels, believed.probabilities, strict=True)),
            severities=dict(zip("ABC", _softmax(view.logits[-LEVELS:]), strict=True)),
            clarity=_sigmoid(believed.logits[len(labels)]) if has_words(view.written) else 0.0,
            words=self._evidence(view, label),
            cues=view.cues,
            language=language_of(view.written),
            model=self.version,
            outlier=part.familiar.outlier(believed.logits[label], label, believed.meaning),
            choices=self._choices(believed),
            lines=self._lines,
        )

    def _choices(self, view: _View) -> tuple[str, ...]:
        """The labels that hold the true one as often as promised, most likely first; the likeliest in any case."""
        line = min(self._part.lines.share, view.surest)
        offered = [pair for pair in zip(view.probabilities, self._model.labels, strict=True) if pair[0] >= line]
        return tuple(label for _, label in sorted(offered, key=lambda pair: -pair[0]))

    def _evidence(self, view: _View, label: int) -> tuple[str, ...]:
        """The words that spoke for this label against the average of all."""
        push = view.row.values * (view.weights[:, label] - view.weights[:, -1])
        spoken = defaultdict(float, zip(view.row.columns.tolist(), push.tolist(), strict=True))
        return speaking(view.written, view.seen, self._rows.columns_of, spoken)


@dataclass(frozen=True)
class _View:
    """A tidy text as the heads see it, and what they make of it; `surest` is how sure of the likeliest label.

    `weights` are those of its row's columns, for every head, and last the average of all labels.
    """

    written: str
    seen: str
    row: Row
    weights: Floats
    cues: Mapping[str, str]
    logits: list[float]
    probabilities: list[float]
    meaning: Floats | None
    surest: float


def _with_average(table: Floats, labels: int) -> Floats:
    """The weights of every head, and beside them the average of the labels: what evidence is measured against."""
    return np.ascontiguousarray(np.column_stack([table, table[:, :labels].mean(axis=1)]))


def _softmax(logits: Sequence[float], temperature: float = 1.0) -> list[float]:
    """In plain Python: numpy takes three times as long for so few."""
    strongest = max(logits)
    powers = [math.exp(temperature * (logit - strongest)) for logit in logits]
    whole = sum(powers)
    return [power / whole for power in powers]


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))
