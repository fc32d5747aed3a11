"""Several problems in one message: where the text may be parted, by `data/rules/joints.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dialogs.rows import BadPhrases, rows_of

FEWEST_WORDS = 3  # fewer are no problem by themselves
MOST_PARTS = 6  # a text of more parts is a story, and is taken as one


@dataclass(frozen=True)
class Joints:
    """The places where a message may turn to something else; at some of them (`turn`) it says that it does."""

    turn: re.Pattern[str]
    place: re.Pattern[str]

    def parts(self, text: str) -> tuple[str, ...]:
        """The parts of a text that may each be a problem, in order; none where it is one piece, or very many."""
        return _parts(self.place, text)

    def turns(self, text: str) -> bool:
        """Whether a text says that it comes to another thing, or lists them."""
        return bool(_parts(self.turn, text))


def load_joints(path: Path) -> Joints:
    """Read the patterns. Raises `BadPhrases`."""
    turns, pauses = (
        [pattern for row in rows_of(path, table, ("patterns",)) for pattern in row["patterns"]]
        for table in ("turn", "pause")
    )
    return Joints(_one_of(path, turns), _one_of(path, [*turns, *pauses]))


def _parts(places: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = [part.strip(" \n.,;:-") for part in places.split(text)]
    parts = tuple(part for part in found if len(part.split()) >= FEWEST_WORDS)
    return parts if 2 <= len(parts) <= MOST_PARTS else ()


def _one_of(path: Path, patterns: Sequence[str]) -> re.Pattern[str]:
    for pattern in patterns:
        try:
            groups = re.compile(pattern).groups
        except re.error as broken:
            raise BadPhrases(f"{path}: {pattern!r} is no regular expression: {broken}") from None
        if groups:  # what a group holds would be taken for a part
            raise BadPhrases(f"{path}: {pattern!r} keeps a group: write (?:…)")
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
