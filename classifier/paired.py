"""Two models on the same messages: how often as large a difference would come by chance, and how large it may really be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from classifier.figures import Figure, Places, counts, f1, interval

Hits = NDArray[np.bool_]


def mcnemar(old: Hits, new: Hits) -> dict[str, Any]:
    """Where only one of the two is right, and the exact two-sided p of that."""
    lost, won = int((old & ~new).sum()), int((new & ~old).sum())
    p = float(binomtest(won, won + lost).pvalue) if won + lost else 1.0
    return {"lost": lost, "won": won, "p": float(f"{p:.2g}")}


def share_difference(old: Hits, new: Hits) -> Figure:
    """The new share of hits minus the old one, with its 95 % interval (paired bootstrap)."""
    gain = new.astype(np.float64) - old.astype(np.float64)
    return interval(lambda places: float(gain[places].mean()), len(gain))


def f1_difference(true: Places, old: Places, new: Places, many: int) -> Figure:
    """The new macro-F1 minus the old one over the labels that occur, with its 95 % interval (paired bootstrap)."""
    occurs = np.bincount(true, minlength=many) > 0

    def difference(places: Places) -> float:
        scores = [f1(counts(true[places], said[places], many))[occurs].mean() for said in (new, old)]
        return float(scores[0] - scores[1])

    return interval(difference, len(true))


def hits(flags: Sequence[bool]) -> Hits:
    """Flags as an array."""
    return np.array(flags, dtype=np.bool_)


def lower(figure: Figure) -> float:
    """The lower end of a difference's interval; no difference where there is nothing to compare."""
    return 0.0 if figure["low"] is None else float(figure["low"])
