"""One text as a sparse TF-IDF row: scikit-learn's arithmetic term by term, as a walk over a dictionary. Imports no scikit-learn."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from classifier.model import Floats, Vocabulary

STRONGEST = 20  # terms looked at to find the evidence
SHORTEST, LONGEST = 2, 4  # letters in a row
REMEMBERED = 20_000  # words whose letters were looked up before
_WORD = re.compile(r"\b\w+\b")
_EDGES = re.compile(r"\S+")

Finder = Callable[[str], list[int]]


@dataclass(frozen=True)
class Row:
    """The non-zero part of one TF-IDF row of length 1."""

    columns: NDArray[np.intp]
    values: Floats

    def dot(self, weights: Floats) -> Floats:
        """The row times a table of weights."""
        product: Floats = self.values @ weights.take(self.columns, axis=0)
        return product

    def strongest(self, weights: Floats, average: Floats, label: int) -> list[tuple[int, float]]:
        """The columns that speak most for a label against the average of all, and how much."""
        push = self.values * (weights[self.columns, label] - average[self.columns])
        best = np.argsort(-push)[:STRONGEST]
        return list(zip(self.columns[best].tolist(), push[best].tolist(), strict=True))


class Rows:
    """Makes the rows of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, finder: Callable[[Vocabulary], Finder]) -> None:
        self._idf = vocabulary.idf
        self._find = finder(vocabulary)
        self.terms = sorted(vocabulary.columns, key=lambda term: vocabulary.columns[term])

    def of(self, text: str) -> Row:
        """The row of a plain text."""
        columns, often = np.unique(np.array(self._find(text), dtype=np.intp), return_counts=True)
        values = (1 + np.log(often, dtype=np.float32)) * self._idf[columns]
        length = float(np.sqrt(values @ values)) or 1.0
        return Row(columns, values / np.float32(length))


def words_in(vocabulary: Vocabulary) -> Finder:
    """Finds each word, and each pair of neighbours, that is known."""
    known = vocabulary.columns

    def find(text: str) -> list[int]:
        words = _WORD.findall(text)
        found = map(known.get, (*words, *map(" ".join, pairwise(words))))
        return [column for column in found if column is not None]

    return find


def letters_in(vocabulary: Vocabulary) -> Finder:
    """Finds letters in a row within each word, its edges marked by a space, that are known."""
    known = vocabulary.columns

    @lru_cache(maxsize=REMEMBERED)
    def of_word(word: str) -> list[int]:
        return [known[part] for part in _parts(f" {word} ") if part in known]

    def find(text: str) -> list[int]:
        return [column for word in _EDGES.findall(text) for column in of_word(word)]

    return find


def _parts(padded: str) -> list[str]:
    found: list[str] = []
    for length in range(SHORTEST, LONGEST + 1):
        found += [padded[start : start + length] for start in range(max(1, len(padded) - length + 1))]
        if len(padded) <= length:  # a word shorter than this counts once
            break
    return found
