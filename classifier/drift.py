"""Whether two samples of texts read alike: maximum mean discrepancy over the encoder's vectors, with a permutation test.

Compared are people, not messages: each is the mean of what they wrote. Whoever writes three times about one thing is one piece of
news, and a test that took it for three would sound an alarm too often. `python -m classifier.drift` reads
`{"recent": [...], "before": [...], "people": [[...], [...]]}`, where people are numbers, and writes the findings as JSON.
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


def mmd(recent: Vectors, before: Vectors, permutations: int = PERMUTATIONS) -> tuple[float, float]:
    """The squared discrepancy under a Gaussian kernel of the median distance, and how likely one as large is by chance."""
    first, random = np.arange(len(recent) + len(before)) < len(recent), np.random.default_rng(SEED)
    marks = np.column_stack([first, *(random.permutation(first) for _ in range(permutations))])
    found, *by_chance = _discrepancies(_kernel(np.vstack([recent, before])), marks)
    return float(found), float((1 + (np.array(by_chance) >= found).sum()) / (1 + permutations))


def by_person(vectors: Vectors, people: Sequence[int]) -> Vectors:
    """(people, dimensions): the direction of what each person wrote."""
    _, place = np.unique(people, return_inverse=True)
    sums = np.zeros((int(place.max()) + 1, vectors.shape[1]))
    np.add.at(sums, place.ravel(), vectors)
    directions: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return directions


def foreignest(recent: Vectors, before: Vectors, most: int = 5) -> list[int]:
    """The recent texts that are farthest from all before: what to look at where something has changed."""
    nearest = np.sort(_distances(recent, before), axis=1)[:, : min(5, len(before))].mean(axis=1)
    return [int(place) for place in np.argsort(-nearest)[:most]]


def findings(recent: Sequence[str], before: Sequence[str], people: People) -> dict[str, Any]:
    """Whether texts have changed, how sure that is, and which ones to look at. `people` are who wrote each of both."""
    from classifier.meaning import encode  # noqa: PLC0415 - it loads 150 MB

    now, then = (encode([tidy(text) for text in some]).astype(np.float64) for some in (recent, before))
    found, chance = mmd(by_person(now, people[0]), by_person(then, people[1]))
    examples = [recent[place] for place in foreignest(now, then)] if chance < SURE else []
    return {"mmd": round(found, 5), "p": round(chance, 4), "changed": chance < SURE, "examples": examples}


def _kernel(vectors: Vectors) -> Vectors:
    squares = _distances(vectors, vectors) ** 2
    width = float(np.median(squares[np.triu_indices(len(vectors), 1)])) or 1.0
    return np.asarray(np.exp(-squares / width), dtype=np.float64)


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
    json.dump(findings(asked["recent"], asked["before"], asked["people"]), sys.stdout, ensure_ascii=False)
