"""The bytes of files that travel with a handover: read when it is delivered, as many as one delivery may carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.desk.contract import TryLater
from handoff.file import File

LIMIT_MEGABYTES = 15  # of all files together: a third more once encoded, and mail servers commonly take 25


class Bytes(Protocol):
    """Where files are kept: `bot.files.shelf.FileShelf`."""

    async def read(self, file: File) -> bytes:
        """Its bytes. Raises `FileNotFoundError` when they were erased."""
        ...


class NoBytes:
    """Where no files are kept."""

    async def read(self, file: File) -> bytes:
        """Nothing is there."""
        raise FileNotFoundError(file.sha256)


@dataclass(frozen=True)
class Attached:
    """The files that go along, each with its bytes; those that would be too much; and those that were erased meanwhile."""

    files: tuple[tuple[File, bytes], ...] = ()
    large: tuple[File, ...] = ()
    gone: tuple[File, ...] = ()


async def attached(files: Sequence[File], shelf: Bytes, limit: int = LIMIT_MEGABYTES * 1024 * 1024) -> Attached:
    """Read what may go along, in its order. Raises `TryLater` where what is kept cannot be read now."""
    taken: list[tuple[File, bytes]] = []
    large, gone, left = [], [], limit
    for file in files:
        if file.size > left:
            large.append(file)
            continue
        try:
            taken.append((file, await shelf.read(file)))
            left -= file.size
        except FileNotFoundError:
            gone.append(file)
        except OSError as trouble:
            raise TryLater(f"files cannot be read: {trouble.strerror}") from trouble
    return Attached(tuple(taken), tuple(large), tuple(gone))
