"""Conversations as test data: `tests/talks/<language>/*.chat`, one line a thing done, seen or not seen.

# a remark
> what the person types            (\\n, \\t and \\U0001F600 as in Python)
! Title of a button | name=value   a button pressed, with values for the card's lists
< part of what the bot then says   (spaces are folded; several lines may follow)
x something that it must not say
= 1 cases                          how many cases have been opened so far
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

FOLDER = Path(__file__).parent / "talks"


@dataclass
class Move:
    """One thing that a person does, and what has to be seen afterwards."""

    line: int
    kind: str
    text: str
    values: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    cases: int | None = None


class Player(Protocol):
    """Somebody who can hold a conversation with the bot, one way or another."""

    async def say(self, text: str) -> str: ...

    async def press(self, title: str, values: dict[str, str]) -> str: ...

    async def cases(self) -> int: ...


def talks() -> list[Path]:
    return sorted(FOLDER.glob("*/*.chat"))


def read(path: Path) -> list[Move]:
    moves: list[Move] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        mark, rest = line[:1], line[1:].strip()
        if mark in (">", "!"):
            text, *values = [part.strip() for part in rest.split("|")] if mark == "!" else [_unescape(rest)]
            moves.append(Move(number, mark, text, dict(value.split("=") for value in values)))
        elif mark == "<":
            moves[-1].seen.append(rest)
        elif mark == "x":
            moves[-1].unseen.append(rest)
        elif mark == "=":
            moves[-1].cases = int(rest.split()[0])
    return moves


async def play(path: Path, player: Player) -> None:
    """Play a conversation; the first thing that is not as written fails, with what the person saw instead."""
    for move in read(path):
        said = await (player.say(move.text) if move.kind == ">" else player.press(move.text, move.values))
        here = f"{path.name}:{move.line}: {move.kind} {move.text[:60]}"
        assert said.strip(), f"{here}: the bot said nothing"
        for part in move.seen:
            assert folded(part) in folded(said), f"{here}: {part!r} was not said, but:\n{said}"
        for part in move.unseen:
            assert folded(part) not in folded(said), f"{here}: {part!r} was said:\n{said}"
        if move.cases is not None:
            assert await player.cases() == move.cases, f"{here}: {await player.cases()} cases are open"


def folded(text: str) -> str:
    return " ".join(text.replace("│", " ").replace("’", "'").split()).casefold()


def _unescape(text: str) -> str:
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in text else text
