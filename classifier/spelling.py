"""Spelling repaired, guardedly: a word that neither the examples nor the encoder knows becomes the nearest one the examples know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from classifier.text import bare

SHORTEST = 4  # letters; the neighbours of a shorter word are other words
LONG = 6  # letters from which on two slips are forgiven instead of one
_LETTERS = re.compile(r"[^\W\d_]+")


class Speller:
    """Knows the words of the training messages, and asks the encoder about others before it touches them."""

    def __init__(self, terms: Iterable[str], is_word: Callable[[str], bool]) -> None:
        self._known = [term for term in terms if len(term) >= SHORTEST and _LETTERS.fullmatch(term)]
        self._set = frozenset(self._known)
        self._is_word = is_word

    def repair(self, written: str) -> str:
        """The tidy text with its misspelt words repaired; empty where there is nothing to repair."""
        repaired = _LETTERS.sub(lambda match: self._repair(match[0]), written)
        return repaired if repaired != written else ""

    def _repair(self, word: str) -> str:
        plain = bare(word)
        if len(plain) < SHORTEST or plain in self._set or self._is_word(word) or self._is_word(word.lower()):
            return word
        slips = 1 if len(plain) < LONG else 2
        nearest = extractOne(plain, self._known, scorer=OSA.distance, score_cutoff=slips)
        return nearest[0] if nearest else word
