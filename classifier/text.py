"""How a text is made ready to be read: one form of letters, marks of the chat removed, a bounded length."""

from __future__ import annotations

import re
import unicodedata

from classifier.payload import spoken

LONGEST = 1000  # characters that are read; what is past it repeats, or is a pasted log
ENCODED = 240  # characters that the sentence encoder reads: more costs time and, measured, gains nothing


def tidy(text: str) -> str:
    """What a person wrote of the text: compatible forms folded, invisible marks dropped, white space single.

    What a machine wrote into it is left out (`classifier.payload`); at most `LONGEST` characters.
    """
    folded = unicodedata.normalize("NFKC", spoken(text)[: 2 * LONGEST]).replace("’", "'")
    return " ".join(folded.translate(_VISIBLE).split())[:LONGEST]


def bare(text: str) -> str:
    """The text in lower case without accents, one character for one: what cues are looked for in."""
    return text.translate(_BARE)


def has_words(text: str) -> bool:
    """Whether there is at least one word to read: two letters in a row."""
    return re.search(r"[^\W\d_]{2}", text) is not None


class _Visible(dict[int, str | None]):
    """For `str.translate`: drops format characters, lone surrogates and private ones; each is looked up once."""

    def __missing__(self, code: int) -> str | None:
        self[code] = None if unicodedata.category(chr(code)) in ("Cf", "Cs", "Co") else chr(code)
        return self[code]


class _Bare(dict[int, str]):
    """For `str.translate`: a letter without its accents; each is looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFKD", chr(code).lower())[:1] or chr(code)
        return self[code]


_VISIBLE = _Visible()
_BARE = _Bare()
