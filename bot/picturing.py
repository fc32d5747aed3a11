"""Pictures on their way to people: shown small in the message that tells of them, whatever the channel then makes of that."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace

from bot.envelope import Channel, Outgoing, Undeliverable
from bot.files.preview import preview
from bot.files.shelf import Shelf
from handoff.file import File

MOST = 3  # pictures shown in a message; all of them are offered as files besides
BYTES = 24_000  # of all together: as text, in UTF-16, they fill most of what a message may have


class Picturing:
    """A channel that shows pictures. One that is not wanted, or cannot be made, is left out, and the message goes without."""

    def __init__(self, channel: Channel, shelf: Shelf) -> None:
        self._channel = channel
        self._shelf = shelf
        self._making = asyncio.Semaphore(1)  # a large one takes 200 to 300 MB while it is made small

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver the message. Raises as every channel does."""
        pictures = [one for one in outgoing.message.pictures if one.kind.startswith("image/")][:MOST]
        made = [await self._made(one, BYTES // len(pictures)) for one in pictures]
        if not any(made):
            return await self._channel.send(outgoing)
        try:
            return await self._channel.send(replace(outgoing, previews=tuple(filter(None, made))))
        except Undeliverable:
            return await self._channel.send(outgoing)

    async def _made(self, file: File, most: int) -> str:
        """A picture as an address that holds all of it, or empty."""
        async with self._making:
            small = await asyncio.to_thread(preview, self._shelf.path(file.sha256), most)
        return f"data:image/jpeg;base64,{base64.b64encode(small).decode()}" if small else ""
