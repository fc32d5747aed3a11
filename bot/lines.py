"""Messages one a line, from a file or a pipe: in small batches of what is there, never all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.errors import CannotStart

TOGETHER = 64  # messages read at once: the encoder takes half the time for each
CHUNK = 2**15  # bytes
SUFFIXES = {".txt", ".json", ".jsonl", ".ndjson", ".csv", ".log"}


class Source(Protocol):
    """An unbuffered binary stream: it hands over what has come by now, and nothing only at its end."""

    def read(self, size: int, /) -> bytes | None:
        """At most so many bytes."""
        ...


@dataclass(frozen=True)
class Batch:
    """Some lines, and how many bytes they took."""

    lines: tuple[str, ...]
    size: int


def batches(source: Source) -> Iterator[Batch]:
    """All lines in order. Whoever writes a line and waits is answered: a batch does not wait to be full."""
    begun = b""
    while piece := source.read(CHUNK):
        *whole, begun = (begun + piece).split(b"\n")
        for start in range(0, len(whole), TOGETHER):
            yield _batch(whole[start : start + TOGETHER])
    if begun:
        yield _batch([begun])


def _batch(lines: list[bytes]) -> Batch:
    return Batch(tuple(line.decode("utf-8", errors="replace") for line in lines), sum(len(line) + 1 for line in lines))


def message_file(given: str) -> Path | None:
    """The file that is meant, or None where the words are the message. Raises `CannotStart` for a file that is not there."""
    path = Path(given)
    with suppress(OSError):  # a message may be longer than a path can be
        if path.is_file():
            return path
    if path.suffix.lower() in SUFFIXES and not any(mark.isspace() for mark in given):
        raise CannotStart(f"{path}: there is no such file")
    return None


def text_of(line: str) -> str:
    """The message in a line: the line itself, or what it says as a JSON string or as an object with a `text`."""
    line = line.rstrip("\r\n")
    if line[:1] not in ('"', "{"):
        return line
    try:
        value = json.loads(line)
    except ValueError:
        return line
    text = value.get("text", "") if isinstance(value, dict) else value
    return text if isinstance(text, str) else line
