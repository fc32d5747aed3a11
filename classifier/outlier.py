"""How foreign a message is to all that was learned: a score of its own, since a calibrated probability is a worse one.

Minus z(strongest logit) and minus z(mean cosine to the nearest training messages): higher is more foreign, 0 is the usual message.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
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
class Familiar:
    """The training messages' meanings on their main axes, and what is usual; without meanings the logit alone tells."""

    axes: Floats
    known: Floats
    logit: Scale
    near: Scale

    def outlier(self, strongest: float, meaning: Floats | None = None) -> float:
        """The score of one message from its strongest logit and its meaning, a vector of length 1."""
        foreign = self.logit.unusual(strongest)
        if meaning is None or len(self.known) == 0:
            return foreign
        return foreign + self.near.unusual(self._near(meaning))

    def _near(self, meaning: Floats) -> float:
        """`nearness` of one message, without the detours of many."""
        short = meaning @ self.axes
        cosines = self.known @ (short / max(math.sqrt(short @ short), 1e-9))
        many = min(NEAREST, len(cosines))
        return float(np.partition(cosines, -many)[-many:].sum()) / many


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
    """The mean cosine of each to its nearest known ones; so many at a time that all their cosines fit into little memory."""
    step = max(1, CELLS // max(1, len(known)))
    return np.concatenate([_nearness(known, asked[at : at + step]) for at in range(0, max(1, len(asked)), step)])


def _nearness(known: Floats, asked: Floats) -> NDArray[np.float64]:
    cosines = asked @ known.T
    many = min(NEAREST, cosines.shape[1])
    return np.asarray(np.partition(cosines, -many, axis=1)[:, -many:].mean(axis=1), dtype=np.float64)
