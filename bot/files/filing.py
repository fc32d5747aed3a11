"""Files on their way in: fetched before the turn's transaction, so that no lock waits for them; what is not kept has its reason."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import structlog

from bot.envelope import CannotFetch, Offer
from bot.files.rules import FileRules
from bot.files.shelf import Shelf
from bot.files.sniff import kind_of
from dialogs.values import Lost
from handoff.file import File

LONGEST_NAME = 120
NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f"<>|:*?\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')

log = structlog.get_logger()


class Source(Protocol):
    """From where offers are fetched: the channel that they came by."""

    def stream(self, offer: Offer) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece. Raises `CannotFetch`."""
        ...


class _TooLarge(Exception):
    """More bytes come than are taken."""


class Filing:
    """Takes in what came with a message."""

    def __init__(
        self, source: Source, shelf: Shelf, rules: FileRules, new_id: Callable[[], str] = lambda: uuid4().hex
    ) -> None:
        self._source = source
        self._shelf = shelf
        self._rules = rules
        self._new_id = new_id

    async def take(self, offers: Sequence[Offer], *, group: bool) -> tuple[tuple[File, ...], tuple[Lost, ...]]:
        """Fetch and keep what can be, all at once, and say what could not be and why. Nothing is raised."""
        most = 0 if group else self._rules.limits.files
        why = "group" if group else "too-many"
        taken = await asyncio.gather(*(self._one(offer) for offer in offers[:most]))
        lost = [Lost(named(offer.name), why, most) for offer in offers[most:]]
        kept = tuple(one for one in taken if isinstance(one, File))
        return kept, (*(one for one in taken if isinstance(one, Lost)), *lost)

    async def _one(self, offer: Offer) -> File | Lost:
        limits, name = self._rules.limits, named(offer.name)
        try:
            async with asyncio.timeout(limits.seconds):
                return await self._keep(offer, name)
        except CannotFetch as reason:
            return self._lost(name, str(reason))
        except TimeoutError:
            return self._lost(name, "slow", limits.seconds)
        except _TooLarge:
            return self._lost(name, "too-large", limits.megabytes)
        except OSError as trouble:  # a full disk
            return self._lost(name, "not-stored", trouble.errno or 0)

    async def _keep(self, offer: Offer, name: str) -> File | Lost:
        async with self._shelf.arriving() as path:
            sha256, size = await self._write(offer, path)
            kind = await asyncio.to_thread(kind_of, path, name, self._rules.kind) if size else None
            if kind is None:
                return self._lost(name, "kind" if size else "empty")
            await self._shelf.keep(path, sha256)
        return File(self._new_id(), name or f"image.{kind.suffixes[0]}", kind.media, size, sha256)

    async def _write(self, offer: Offer, path: Path) -> tuple[str, int]:
        """Write what comes, piece by piece, and return the hash and the size of it all."""
        digest, size = hashlib.sha256(), 0
        file = await asyncio.to_thread(path.open, "wb")
        try:
            async for piece in self._source.stream(offer):
                size += len(piece)
                if size > self._rules.limits.bytes:
                    raise _TooLarge
                digest.update(piece)
                await asyncio.to_thread(file.write, piece)
        finally:
            await asyncio.to_thread(file.close)
        return digest.hexdigest(), size

    def _lost(self, name: str, reason: str, limit: int = 0) -> Lost:
        log.info("file_not_kept", reason=reason)
        return Lost(name, reason, limit)


def named(name: str) -> str:
    """A file's name without a folder and without what no name should have; the end of a long one stays, for it says what it is."""
    bare = NOT_IN_A_NAME.sub("", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    if len(bare) <= LONGEST_NAME:
        return bare
    stem, dot, suffix = bare.rpartition(".")
    return f"{stem[: LONGEST_NAME - 10]}…{dot}{suffix[:8]}"
