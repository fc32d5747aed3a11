"""Where to act, where to confirm and where to ask: drawn on messages that the model has not learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ACT_RIGHT = 0.95  # of what is proposed outright, this share is right: one wrong proposal in twenty, each correctable on its card
CONFIRM_HOLDS = 0.90  # of the choices offered, this share holds the right one
CLEAR_KEPT = 0.97  # of the messages that have a label, this share is not answered with "tell me more"
ENOUGH = 30  # messages below which a share means nothing


@dataclass(frozen=True)
class Thresholds:
    """Probabilities in [0, 1]: see `dialogs.weigh`."""

    act: float
    confirm: float
    clarity: float


def draw_thresholds(
    confidence: Sequence[float], first: Sequence[bool], among: Sequence[bool], clarity: Sequence[float]
) -> Thresholds:
    """From held-out messages with a label: their confidence, whether the first label is right, whether the offered few hold it, clarity."""
    sure = np.asarray(confidence)
    act = _lowest(sure, np.asarray(first), ACT_RIGHT)
    unsure = sure < act  # the choices are offered to these only: the sure ones must not flatter them
    return Thresholds(
        act=act,
        confirm=min(act, _lowest(sure[unsure], np.asarray(among)[unsure], CONFIRM_HOLDS)),
        clarity=float(np.quantile(np.asarray(clarity), 1 - CLEAR_KEPT, method="lower")),
    )


def _lowest(confidence: NDArray[np.float64], right: NDArray[np.bool_], share: float) -> float:
    """The lowest confidence from which on at least this share is right; 1.0 where no such line exists."""
    order = np.argsort(-confidence)
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    falls = np.append(np.diff(confidence[order]) < 0, True)[: len(order)]
    good = np.flatnonzero((running >= share) & falls)
    if len(good) == 0 or good[-1] + 1 < ENOUGH:
        return 1.0
    return float(confidence[order][good[-1]])
