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
        done, signs = asyncio.Event(), set[asyncio.Task[None]]()

        def begin() -> None:
            signs.add(asyncio.create_task(self._signs(envelope.address, done)))

        timer = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, begin)  # most turns never come to it
        try:
            yield
        finally:
            timer.cancel()
            done.set()
            if signs:
                await asyncio.wait(signs, timeout=FAREWELL_SECONDS)
            for late in signs:
                late.cancel()

    async def _signs(self, address: Address, done: asyncio.Event) -> None:
        while not done.is_set():
            if self._under_way < MOST:
                await self._show(address)
            with suppress(TimeoutError):
                async with asyncio.timeout(AGAIN_SECONDS):
                    await done.wait()

    async def _show(self, address: Address) -> None:
        self._under_way += 1
        try:
            await self._etiquette.show_typing(address)
        finally:
            self._under_way -= 1
