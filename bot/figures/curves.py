"""Whether the classifier is as right as it was sure, on live messages: the shapes that the plots of the report take. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.store.figures import Judged

FEWEST = 30  # messages; below that a curve is an anecdote


@dataclass(frozen=True)
class Curves:
    """`calibration` and `coverage` as `bot.report.plots` takes them; both None where there are too few messages."""

    messages: int
    calibration: dict[str, Any] | None = None
    coverage: list[dict[str, Any]] | None = None


def curves_of(judged: Sequence[Judged]) -> Curves:
    """Belief against truth, and accuracy against coverage."""
    if len(judged) < FEWEST:
        return Curves(len(judged))
    import numpy as np  # noqa: PLC0415 - scipy takes a second to import, and only who looks here needs it

    from classifier.figures import calibration, coverage  # noqa: PLC0415

    confidence = np.array([one.confidence for one in judged])
    right = np.array([one.right for one in judged])
    return Curves(len(judged), calibration(confidence, right), coverage(confidence, right))
