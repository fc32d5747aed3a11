"""The folder of files: bytes by their hash, each once however often they are sent."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from handoff.file import File

WAITING = "incoming"


class Listing(Protocol):
    """What is on record of files: `bot.store.files.FileTable`."""

    async def of_case(self, number: str) -> tuple[File, ...]:
        """The files of a case, in the order they were sent. Raises `Unavailable`."""
        ...


class Shelf:
    """The folder. Where several replicas serve, all of them have to see the same one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash are, if they are kept."""
        return self._folder / sha256[:2] / sha256

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[Path]:
        """A place for bytes on their way in; whatever is still there at the end of the block is taken away."""
        path = self._folder / WAITING / uuid4().hex
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        try:
            yield path
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def keep(self, arrived: Path, sha256: str) -> None:
        """Put what has arrived where its hash is; it is on the disk when this returns."""
        await asyncio.to_thread(self._keep, arrived, self.path(sha256))

    async def read(self, file: File) -> bytes:
        """The bytes of a file. Raises `FileNotFoundError` when they were erased."""
        return await asyncio.to_thread(self.path(file.sha256).read_bytes)

    async def sweep(self, known: Collection[str], before: float) -> int:
        """Take away the bytes that nothing on record speaks of and that were put here before this time; return how many there were."""
        return await asyncio.to_thread(self._sweep, known, before)

    async def drop(self, hashes: Collection[str]) -> int:
        """Take these bytes away, however new they are; return how many there were."""
        return await asyncio.to_thread(self._drop, hashes)

    def _drop(self, hashes: Collection[str]) -> int:
        there = [path for path in map(self.path, hashes) if path.is_file()]
        for path in there:
            path.unlink(missing_ok=True)
        return len(there)

    def _keep(self, arrived: Path, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with arrived.open("rb+") as file:
            os.fsync(file.fileno())
        arrived.replace(
            path
        )  # the same bytes as those that may be there, and newer: no sweep takes them before they are on record
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _sweep(self, known: Collection[str], before: float) -> int:
        old = [
            path
            for path in self._folder.glob("*/*")
            if path.name not in known and path.is_file() and path.stat().st_mtime < before
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


class FileShelf:
    """What a desk needs to hand a case over with all that was sent with it."""

    def __init__(self, listing: Listing, shelf: Shelf) -> None:
        self._listing = listing
        self._shelf = shelf

    async def of_case(self, number: str) -> tuple[File, ...]:
        """The files of a case: name, media type and size of each, in the order they were sent. Raises `Unavailable`."""
        return await self._listing.of_case(number)

    def path(self, file: File) -> Path:
        """Where its bytes are, for who sends them as a stream; erased ones are not there."""
        return self._shelf.path(file.sha256)

    async def read(self, file: File) -> bytes:
        """Its bytes, at most those of the largest file that is taken. Raises `FileNotFoundError` when they were erased."""
        return await self._shelf.read(file)
