"""Figures with their uncertainty: shares with Wilson's interval, anything else by bootstrap; calibration and coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Figure = dict[str, Any]

RESAMPLES = 2000
SEED = 0
BINS = 10


def share(hits: Sequence[bool]) -> Figure:
    """The share of hits with its 95 % interval (Wilson); None where there is nothing to count."""
    if len(hits) == 0:
        return {"of": 0, "share": None, "low": None, "high": None}
    many = int(sum(hits))
    interval = binomtest(many, len(hits)).proportion_ci(method="wilson")
    return {
        "of": len(hits),
        "share": round(many / len(hits), 3),
        "low": round(float(interval.low), 3),
        "high": round(float(interval.high), 3),
    }


def resampled(count: int) -> Places:
    """(RESAMPLES, count): the places of so many messages drawn anew with replacement, the same draw in every run."""
    return np.random.default_rng(SEED).integers(0, count, size=(RESAMPLES, count))


def interval(statistic: Callable[[Places], float | None], count: int) -> Figure:
    """A statistic of the messages at some places: its value on all of them, with its 95 % interval (percentile bootstrap)."""
    if count == 0:
        return {"of": 0, "value": None, "low": None, "high": None}
    value = statistic(np.arange(count))
    drawn = [one for places in resampled(count) if (one := statistic(places)) is not None]
    low, high = np.quantile(drawn, [0.025, 0.975]) if drawn else (None, None)
    return {"of": count, "value": _rounded(value), "low": _rounded(low), "high": _rounded(high)}


def counts(true: Places, said: Places, many: int) -> NDArray[np.int64]:
    """(many, many): how often a label (row) was called another (column), labels being numbers below `many`."""
    return np.bincount(true * many + said, minlength=many * many).reshape(many, many)


def f1(matrix: NDArray[np.int64]) -> Numbers:
    """F1 of each label of a matrix of `counts`; 0 for one that neither is nor was said."""
    hits, true, said = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    return np.asarray(2 * hits / np.maximum(true + said, 1), dtype=np.float64)


def f1_intervals(true: Places, said: Places, many: int) -> tuple[list[Figure], Figure]:
    """F1 of each label, and their plain mean (macro-F1) over the labels that occur, with bootstrap intervals from one draw."""
    occurs = np.bincount(true, minlength=many) > 0
    value = f1(counts(true, said, many))
    drawn = np.array([f1(counts(true[places], said[places], many)) for places in resampled(len(true))])
    lows, highs = np.quantile(drawn, [0.025, 0.975], axis=0)
    sizes = np.bincount(true, minlength=many)
    each = [
        {"of": int(sizes[n]), "value": _rounded(value[n]), "low": _rounded(lows[n]), "high": _rounded(highs[n])}
        for n in range(many)
    ]
    means = drawn[:, occurs].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    macro = {"of": len(true), "value": _rounded(value[occurs].mean()), "low": _rounded(low), "high": _rounded(high)}
    return each, macro


def kappa(matrix: NDArray[np.int64]) -> float | None:
    """Agreement beyond chance on labels without an order (Cohen)."""
    many = matrix.sum()
    chance = float((matrix.sum(axis=0) * matrix.sum(axis=1)).sum()) / max(1, many) ** 2
    return (float(np.trace(matrix)) / many - chance) / (1 - chance) if many and chance < 1 else None


def weighted_kappa(matrix: NDArray[np.int64]) -> float | None:
    """Agreement beyond chance on ordered levels, a mistake of two levels counting four times one of one (quadratic weights)."""
    places = np.arange(len(matrix))
    weights = (places[:, None] - places[None, :]) ** 2
    chance = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / max(1, matrix.sum())
    expected = float((weights * chance).sum())
    return 1 - float((weights * matrix).sum()) / expected if expected else None


def calibration(confidence: Numbers, right: NDArray[np.bool_]) -> Figure:
    """The expected calibration error over equal bins, and each bin: what was believed and what came true."""
    places = np.clip((confidence * BINS).astype(int), 0, BINS - 1)
    bins: list[Figure] = [
        {
            "low": number / BINS,
            "high": (number + 1) / BINS,
            "believed": _rounded(confidence[places == number].mean()) if (places == number).any() else None,
            "right": share(right[places == number].tolist()),
        }
        for number in range(BINS)
    ]
    error = sum(
        one["right"]["of"] * abs(one["believed"] - one["right"]["share"]) for one in bins if one["believed"] is not None
    )
    return {"ece": _rounded(error / max(1, len(confidence))), "bins": bins}


def coverage(confidence: Numbers, right: NDArray[np.bool_], steps: int = 50) -> list[Figure]:
    """How many are right among the surest share of the messages, from the surest fiftieth to all of them."""
    order = np.argsort(-confidence, kind="stable")
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    ends = sorted({max(1, round(len(order) * step / steps)) for step in range(1, steps + 1)}) if len(order) else []
    return [
        {
            "coverage": _rounded(end / len(order)),
            "accuracy": _rounded(running[end - 1]),
            "confidence": _rounded(confidence[order[end - 1]]),
        }
        for end in ends
    ]


def automatic(confidence: Numbers, right: NDArray[np.bool_], wrong: float) -> float:
    """The largest share of messages that one threshold lets through with at most this share of them wrong."""
    order = np.argsort(-confidence, kind="stable")
    running = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    falls = np.append(np.diff(confidence[order]) < 0, True)[: len(order)]
    good = np.flatnonzero((running <= wrong) & falls)
    return float((good[-1] + 1) / len(order)) if len(good) else 0.0


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(float(number), 4)
