"""The sign that the bot is at work: shown in a personal chat while a turn takes long, and never after the reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.envelope import Address, Envelope, Etiquette

PATIENCE_SECONDS = 0.5  # a turn that is faster needs no sign
AGAIN_SECONDS = 3.0  # Teams takes the sign away after some seconds
FAREWELL_SECONDS = 1.0  # how long the reply waits for a sign that is on its way, so that it does not overtake
MOST = 4  # signs on their way at once: where hundreds wait, the replies need the connection more


class Typing:
    """Shows the sign in a channel of this etiquette."""

    def __init__(self, etiquette: Etiquette) -> None:
        self._etiquette = etiquette
        self._under_way = 0

    @asynccontextmanager
    async def during(self, envelope: Envelope) -> AsyncIterator[None]:
        """Show the sign while the block runs, if it runs long and the person waits alone with the bot."""
        if envelope.address.group or envelope.invoke:
            yield
            return
        done = asyncio.Event()
        signs = asyncio.create_task(self._signs(envelope.address, done))
        try:
            yield
        finally:
            done.set()
            await asyncio.wait([signs], timeout=FAREWELL_SECONDS)
            signs.cancel()

    async def _signs(self, address: Address, done: asyncio.Event) -> None:
        wait = PATIENCE_SECONDS
        while not done.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await done.wait()
            wait = AGAIN_SECONDS
            if not done.is_set() and self._under_way < MOST:
                await self._show(address)

    async def _show(self, address: Address) -> None:
        self._under_way += 1
        try:
            await self._etiquette.show_typing(address)
        finally:
            self._under_way -= 1
