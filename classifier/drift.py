"""Whether two samples of texts read alike: maximum mean discrepancy over the encoder's vectors, with a permutation test.

Exchanged are people, not messages: whoever writes three times about one thing is one piece of news, and a test that took it for
three would sound an alarm too often. `python -m classifier.drift` reads `{"recent": [...], "before": [...], "people": [[...], [...]]}`,
where people are numbers, and writes the findings as JSON.
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
Marks = NDArray[np.bool_]
People = tuple[Sequence[int], Sequence[int]]


def mmd(
    recent: Vectors, before: Vectors, permutations: int = PERMUTATIONS, people: People | None = None
) -> tuple[float, float]:
    """The squared discrepancy under a Gaussian kernel of the median distance, and how likely one as large is by chance.

    `people` are who wrote each recent and each earlier text; without them each text is somebody's own.
    """
    first = np.arange(len(recent) + len(before)) < len(recent)
    writers = np.concatenate([*people]) if people else np.arange(len(first))
    others = _exchanged(first, writers, permutations)
    found, *by_chance = _discrepancies(_kernel(np.vstack([recent, before])), np.column_stack([first, others]))
    return float(found), float((1 + (np.array(by_chance) >= found).sum()) / (1 + permutations))


def foreignest(recent: Vectors, before: Vectors, most: int = 5) -> list[int]:
    """The recent texts that are farthest from all before: what to look at where something has changed."""
    nearest = np.sort(_distances(recent, before), axis=1)[:, : min(5, len(before))].mean(axis=1)
    return [int(place) for place in np.argsort(-nearest)[:most]]


def findings(recent: Sequence[str], before: Sequence[str], people: People | None = None) -> dict[str, Any]:
    """Whether texts have changed, how sure that is, and which ones to look at. `people` as for `mmd`."""
    from classifier.meaning import encode  # noqa: PLC0415 - it loads 150 MB

    now, then = (encode([tidy(text) for text in some]).astype(np.float64) for some in (recent, before))
    found, chance = mmd(now, then, people=people)
    examples = [recent[place] for place in foreignest(now, then)] if chance < SURE else []
    return {"mmd": round(found, 5), "p": round(chance, 4), "changed": chance < SURE, "examples": examples}


def _kernel(vectors: Vectors) -> Vectors:
    squares = _distances(vectors, vectors) ** 2
    width = float(np.median(squares[np.triu_indices(len(vectors), 1)])) or 1.0
    return np.asarray(np.exp(-squares / width), dtype=np.float64)


def _exchanged(first: Marks, writers: NDArray[np.intp], permutations: int) -> Marks:
    """(texts, permutations): what else might have been the recent texts, had the same people written at other times.

    What one person wrote on one side stays together, so a side may grow or shrink by a few texts.
    """
    _, unit = np.unique(np.column_stack([first, writers]), axis=0, return_inverse=True)
    sizes, random = np.bincount(unit.ravel()), np.random.default_rng(SEED)
    marks = np.zeros((len(first), permutations), dtype=bool)
    for column in range(permutations):
        order = random.permutation(len(sizes))
        before = np.cumsum(sizes[order]) - sizes[order]
        chosen = np.zeros(len(sizes), dtype=bool)
        chosen[order] = before < first.sum()
        marks[:, column] = chosen[unit.ravel()]
    return marks


def _discrepancies(kernel: Vectors, marks: Marks) -> Vectors:
    """The unbiased estimate for each column of marks: no text is compared with itself."""
    here = marks.astype(np.float64)
    there = 1 - here
    many, others = here.sum(axis=0), there.sum(axis=0)
    near = kernel @ here
    far = kernel.sum(axis=1, keepdims=True) - near
    within = ((here * near).sum(axis=0) - many) / (many * (many - 1))
    beyond = ((there * far).sum(axis=0) - others) / (others * (others - 1))
    return np.asarray(within + beyond - 2 * (here * far).sum(axis=0) / (many * others), dtype=np.float64)


def _distances(some: Vectors, others: Vectors) -> Vectors:
    squares = (some**2).sum(axis=1)[:, None] + (others**2).sum(axis=1)[None, :] - 2 * some @ others.T
    return np.asarray(np.sqrt(np.maximum(squares, 0)), dtype=np.float64)


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(findings(asked["recent"], asked["before"], asked.get("people")), sys.stdout, ensure_ascii=False)
