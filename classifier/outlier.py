"""How foreign a message is to all that was learned: a score of its own, since a calibrated probability is a worse one.

Minus z(strongest logit) and minus z(mean cosine to the nearest training messages of its label): higher is more foreign, 0 is usual.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.intp]
NEAREST = 5
AXES = 64  # of 512: eight times faster and smaller
CELLS = 2**24  # cosines at a time: 64 MB, where ten times today's corpus would want 5 GB


@dataclass(frozen=True)
class Scale:
    """What is usual of a number, on messages not learned from."""

    mean: float
    spread: float

    @classmethod
    def of(cls, numbers: NDArray[np.float64]) -> Scale:
        """Mean and standard deviation."""
        return cls(float(numbers.mean()), float(numbers.std()) or 1.0)

    def unusual(self, number: float) -> float:
        """How many standard deviations a number lies below what is usual."""
        return (self.mean - number) / self.spread


@dataclass(frozen=True)
class Known:
    """Meanings of messages with a label, those of a label together: the first from `starts[0]` to before `starts[1]`, and so on."""

    rows: Floats
    starts: Places

    @classmethod
    def of(cls, rows: Floats, true: Places, labels: int) -> Known:
        """From rows in any order and the place of each one's label."""
        order = np.argsort(true, kind="stable")
        return cls(np.ascontiguousarray(rows[order]), np.searchsorted(true[order], np.arange(labels + 1)))

    def under(self, label: int) -> Floats:
        """The meanings with this label."""
        return self.rows[self.starts[label] : self.starts[label + 1]]

    def nearness(self, asked: Floats, said: Places) -> NDArray[np.float64]:
        """How near each is to those of the label that it is said to have: a twentieth of the work of asking all, and no worse."""
        near = np.zeros(len(asked))
        for label in np.unique(said):
            near[said == label] = nearness(self.under(label), asked[said == label])
        return near


@dataclass(frozen=True)
class Familiar:
    """The training messages' meanings on their main axes, and what is usual; without meanings the logit alone tells."""

    axes: Floats
    known: Known
    logit: Scale
    near: Scale

    def outlier(self, strongest: float, label: int, meaning: Floats | None = None) -> float:
        """The score of one message from its strongest logit, that one's label, and its meaning, a vector of length 1."""
        foreign = self.logit.unusual(strongest)
        if meaning is None or len(self.known.rows) == 0:
            return foreign
        return foreign + self.near.unusual(self._near(label, meaning))

    def _near(self, label: int, meaning: Floats) -> float:
        """`nearness` of one message, without the detours of many."""
        short = meaning @ self.axes
        cosines = self.known.under(label) @ (short / max(math.sqrt(short @ short), 1e-9))
        many = min(NEAREST, len(cosines))
        return float(np.partition(cosines, -many)[-many:].sum()) / many if many else 0.0


def main_axes(meanings: Floats, many: int = AXES) -> Floats:
    """(512, many): the directions in which meanings lie, the first ones first."""
    _, directions = np.linalg.eigh((meanings.T @ meanings).astype(np.float64))
    return np.ascontiguousarray(directions[:, ::-1][:, :many], dtype=np.float32)


def on_axes(meanings: Floats, axes: Floats) -> Floats:
    """Meanings on these axes, of length 1 again."""
    short = meanings @ axes
    result: Floats = short / np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)
    return result


def nearness(known: Floats, asked: Floats) -> NDArray[np.float64]:
    """The mean cosine of each to its nearest known ones, 0 where none is known; few at a time, for their cosines take memory."""
    step = max(1, CELLS // max(1, len(known)))
    return np.concatenate([_nearness(known, asked[at : at + step]) for at in range(0, max(1, len(asked)), step)])


def _nearness(known: Floats, asked: Floats) -> NDArray[np.float64]:
    cosines = asked @ known.T
    many = min(NEAREST, cosines.shape[1])
    if not many:
        return np.zeros(len(asked))
    return np.asarray(np.partition(cosines, -many, axis=1)[:, -many:].mean(axis=1), dtype=np.float64)
