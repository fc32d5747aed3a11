"""One text as a sparse TF-IDF row: scikit-learn's arithmetic term by term, as a walk over a dictionary. Imports no scikit-learn."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from classifier.model import Floats, Vocabulary

SHORTEST, LONGEST = 2, 4  # letters in a row
REMEMBERED = 20_000  # words whose letters were looked up before
_WORD = re.compile(r"\b\w+\b")


@dataclass(frozen=True)
class Row:
    """The non-zero part of a row: words, a half of length 1, and after them letters, another."""

    columns: NDArray[np.intp]
    values: Floats


class Rows:
    """Makes the rows of two vocabularies side by side: the columns of the letters follow those of the words."""

    def __init__(self, words: Vocabulary, letters: Vocabulary) -> None:
        self._words, self._letters = words.columns, letters.columns
        self._before = len(words.columns)
        self._idf = np.concatenate([words.idf, letters.idf])
        self._of_word = lru_cache(maxsize=REMEMBERED)(self._parts_of)
        for term in words.columns:
            if " " not in term:  # a word that was learned will be read: looked up now, not while somebody waits
                self._of_word(term)

    def of(self, text: str) -> Row:
        """The row of a plain text. Python counts: with so few terms, numpy's calls cost more than its arithmetic saves."""
        words = _WORD.findall(text)
        known = self._words
        terms = Counter([known[term] for term in (*words, *map(" ".join, pairwise(words))) if term in known])
        letters = Counter(chain.from_iterable(map(self._of_word, words)))
        columns = np.array([*terms, *letters], dtype=np.intp)
        often = np.array([*terms.values(), *letters.values()], dtype=np.float32)
        values = (1 + np.log(often)) * self._idf.take(columns)
        words_half, letters_half = values[: len(terms)], values[len(terms) :]
        words_half /= _length(words_half)
        letters_half /= _length(letters_half)
        return Row(columns, values)

    def columns_of(self, word: str) -> list[int]:
        """The columns of a word and of the letters in it."""
        own = self._words.get(word)
        return self._of_word(word) if own is None else [own, *self._of_word(word)]

    def _parts_of(self, word: str) -> list[int]:
        """The columns of letters in a row within a word, its edges marked by a space, as often as they occur."""
        known, before = self._letters, self._before
        return [before + known[part] for part in _parts(f" {word} ") if part in known]


def _length(half: Floats) -> float:
    return math.sqrt(half @ half) or 1.0


def _parts(padded: str) -> list[str]:
    found: list[str] = []
    for length in range(SHORTEST, LONGEST + 1):
        found += [padded[start : start + length] for start in range(max(1, len(padded) - length + 1))]
        if len(padded) <= length:  # a word shorter than this counts once
            break
    return found
