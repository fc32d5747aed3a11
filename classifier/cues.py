"""What in a text speaks for a severity: families of patterns from `data/rules/cues.toml`, and the words that matched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from classifier.errors import ClassifierError
from classifier.text import bare, tidy

EDGE = r"\b"
_ATOMS = re.compile(r"\\.|\[[^\]]*\]|\((?!\?)")  # an escaped character, a class, or the beginning of a remembered group


@dataclass(frozen=True)
class Cues:
    """The families, in the file's order, which is the order of the feature columns."""

    patterns: Mapping[str, str]

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str]]:
        return {family: re.compile(pattern) for family, pattern in self.patterns.items()}

    def find(self, text: str) -> dict[str, str]:
        """Each family that speaks in this text, with the first words that matched, as they were written."""
        written = tidy(text)
        return self.find_in(written, bare(written))

    def find_in(self, written: str, seen: str) -> dict[str, str]:
        """The same for a text that is tidy already, and its bare form."""
        found: dict[str, str] = {}
        for family, pattern in self._compiled.items():
            match = pattern.search(seen)
            if match and match[0].strip(" ?"):
                found[family] = written[match.start() : match.end()].strip()
            elif match:
                found[family] = match[0].strip()
        return found


def load_cues(path: Path) -> Cues:
    """Read the families. Raises `ClassifierError` naming the file and the pattern that is no regular expression."""
    patterns: dict[str, str] = {}
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["cue"]:
        for pattern in row["patterns"]:
            try:
                re.compile(pattern)
            except re.error as wrong:
                raise ClassifierError(
                    f"{path}: cue {row['id']}: {pattern!r} is no regular expression: {wrong}"
                ) from wrong
        patterns[row["id"]] = joined(row["patterns"])
    return Cues(patterns)


def joined(patterns: Sequence[str]) -> str:
    """One pattern for all of them, none of whose groups is remembered: found in half the time.

    Nearly all begin at the edge of a word. It stands once, in front of them all, and is not tried anew for each.
    """
    plain = [_ATOMS.sub(lambda atom: "(?:" if atom[0] == "(" else atom[0], pattern) for pattern in patterns]
    at_edge = [pattern for pattern in plain if pattern.startswith(EDGE) and not _several(pattern)]
    others = [f"(?:{pattern})" for pattern in plain if pattern not in at_edge]
    together = "|".join(pattern.removeprefix(EDGE) for pattern in at_edge)
    return "|".join([f"{EDGE}(?:{together})"] * bool(at_edge) + others)


def _several(pattern: str) -> bool:
    """Whether a pattern is a choice of several, outside any group: the first one's beginning is not that of the others."""
    outside = _ATOMS.sub(lambda atom: atom[0] if atom[0] == "(" else "", pattern)
    while (shorter := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = shorter
    return "|" in outside
