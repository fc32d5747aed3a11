"""Whether two samples of texts read alike: maximum mean discrepancy over the encoder's vectors, with a permutation test.

`python -m classifier.drift` reads `{"recent": [...], "before": [...]}` and writes the findings as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.text import tidy

PERMUTATIONS = 500
SEED = 0
SURE = 0.01  # it is looked at often

Vectors = NDArray[np.float64]


def mmd(recent: Vectors, before: Vectors, permutations: int = PERMUTATIONS) -> tuple[float, float]:
    """The squared discrepancy under a Gaussian kernel of the median distance, and how likely one as large is by chance."""
    both = np.vstack([recent, before])
    kernel = _kernel(both)
    first = np.arange(len(both)) < len(recent)
    found = _discrepancy(kernel, first)
    random = np.random.default_rng(SEED)
    larger = sum(_discrepancy(kernel, random.permutation(first)) >= found for _ in range(permutations))
    return found, (1 + larger) / (1 + permutations)


def foreignest(recent: Vectors, before: Vectors, most: int = 5) -> list[int]:
    """The recent texts that are farthest from all before: what to look at where something has changed."""
    nearest = np.sort(_distances(recent, before), axis=1)[:, : min(5, len(before))].mean(axis=1)
    return [int(place) for place in np.argsort(-nearest)[:most]]


def findings(recent: Sequence[str], before: Sequence[str]) -> dict[str, Any]:
    """Whether texts have changed, how sure that is, and which ones to look at."""
    from classifier.meaning import encode  # noqa: PLC0415 - it loads 150 MB

    now, then = (encode([tidy(text) for text in some]).astype(np.float64) for some in (recent, before))
    found, chance = mmd(now, then)
    examples = [recent[place] for place in foreignest(now, then)] if chance < SURE else []
    return {"mmd": round(found, 5), "p": round(chance, 4), "changed": chance < SURE, "examples": examples}


def _kernel(vectors: Vectors) -> Vectors:
    squares = _distances(vectors, vectors) ** 2
    width = float(np.median(squares[np.triu_indices(len(vectors), 1)])) or 1.0
    return np.asarray(np.exp(-squares / width), dtype=np.float64)


def _discrepancy(kernel: Vectors, first: NDArray[np.bool_]) -> float:
    """The unbiased estimate: no text is compared with itself."""
    here, there = first.astype(float), (~first).astype(float)
    many, others = here.sum(), there.sum()
    within = (here @ kernel @ here - many) / (many * (many - 1))
    beyond = (there @ kernel @ there - others) / (others * (others - 1))
    return float(within + beyond - 2 * (here @ kernel @ there) / (many * others))


def _distances(some: Vectors, others: Vectors) -> Vectors:
    squares = (some**2).sum(axis=1)[:, None] + (others**2).sum(axis=1)[None, :] - 2 * some @ others.T
    return np.asarray(np.sqrt(np.maximum(squares, 0)), dtype=np.float64)


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(findings(asked["recent"], asked["before"]), sys.stdout, ensure_ascii=False)
