"""Labels that may be wrong: examples whose own label is doubted, and another believed, by a model that has not learned from them.

Confident learning (Northcutt et al., 2021): the line for believing in a label is how sure the model usually is of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST = 0.5  # a likelier label has to be at least so likely: with many labels the usual sureness may be low


@dataclass(frozen=True)
class Suspect:
    """An example, by its place among those given, the label it has, the one believed, and how much is believed of each."""

    place: int
    given: str
    likelier: str
    own: float
    other: float


def suspects(believed: Floats, true: NDArray[np.intp], labels: Sequence[str]) -> list[Suspect]:
    """Those to be looked at, the most doubtful first. `believed` (examples, labels) is out of fold."""
    if not len(true):
        return []
    own = believed[np.arange(len(true)), true]
    usual = np.array([own[true == place].mean() if (true == place).any() else 1.0 for place in range(len(labels))])
    confident = np.where(believed >= np.maximum(usual, LEAST), believed, 0.0)
    likelier = confident.argmax(axis=1)
    doubted = np.flatnonzero((confident.max(axis=1) > 0) & (likelier != true))
    found = [
        Suspect(int(at), labels[true[at]], labels[likelier[at]], float(own[at]), float(believed[at, likelier[at]]))
        for at in doubted
    ]
    return sorted(found, key=lambda one: one.own)
