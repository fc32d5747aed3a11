"""Files on their way to people: put where their reader allowed it first, and only then shown as being there."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from bot.envelope import Channel, Outgoing, TryLater, Undeliverable, Upload
from bot.files.shelf import Shelf
from dialogs.values import Share

# Seconds before each try. There are few: the address is good for minutes, and what is said in this chat meanwhile waits behind.
PAUSES = (0.0, 1.0, 3.0)
PATIENCE = 20.0  # seconds for all tries, where the place does not answer at all


class Putting(Protocol):
    """What puts a file where somebody allowed it: `bot.channel.botframework.upload.Uploads`."""

    async def put(self, upload: Upload, path: Path, size: int) -> None:
        """Send the whole file. Raises `Undeliverable` or `TryLater`; nothing else."""
        ...


class Giving:
    """A channel that gives the file of a message before it sends the message; where that fails for good, `instead` is sent."""

    def __init__(self, channel: Channel, uploads: Putting, shelf: Shelf, patience: float = PATIENCE) -> None:
        self._channel = channel
        self._uploads = uploads
        self._shelf = shelf
        self._patience = patience
        self._there: set[str] = set()  # what was put and is not told yet: an address takes a file once

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver the message. Raises as every channel does."""
        upload, share = outgoing.upload, outgoing.message.share
        if upload is None or share is None:
            return await self._channel.send(outgoing)
        try:
            await self._give(upload, share)
        except Undeliverable:
            if outgoing.instead is None:
                raise
            return await self._channel.send(outgoing.instead)
        sent = await self._channel.send(outgoing)
        self._there.discard(upload.url)
        return sent

    async def _give(self, upload: Upload, share: Share) -> None:
        """Put the file, unless it is there. Raises `Undeliverable`."""
        if upload.url not in self._there and not await self._put(upload, share):
            raise Undeliverable("the file could not be put where it was allowed")
        self._there.add(upload.url)

    async def _put(self, upload: Upload, share: Share) -> bool:
        """Whether it could be put, in a few tries and not too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                for pause in PAUSES:
                    await asyncio.sleep(pause)
                    with suppress(TryLater):
                        await self._uploads.put(upload, self._shelf.path(share.file.sha256), share.file.size)
                        return True
        return False
