"""How a text is made ready to be read: one form of letters, marks of the chat removed, a bounded length."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2000  # characters that are read; what is past it repeats, or is a pasted log
ENCODED = 240  # characters that the sentence encoder reads: more costs time and, measured, gains nothing


def tidy(text: str) -> str:
    """The text with compatible forms folded, invisible marks dropped and white space single; at most `LONGEST` characters."""
    folded = unicodedata.normalize("NFKC", text[: 2 * LONGEST]).replace("’", "'")
    seen = "".join(mark for mark in folded if unicodedata.category(mark) not in ("Cf", "Cs", "Co"))
    return " ".join(seen.split())[:LONGEST]


def bare(text: str) -> str:
    """The text in lower case without accents, one character for one: what cues are looked for in."""
    return "".join(_bare_mark(mark) for mark in text.lower())


def has_words(text: str) -> bool:
    """Whether there is at least one word to read: two letters in a row."""
    return re.search(r"[^\W\d_]{2}", text) is not None


def _bare_mark(mark: str) -> str:
    return unicodedata.normalize("NFKD", mark)[:1] or mark
