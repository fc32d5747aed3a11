"""The sign that the bot is at work: shown in a personal chat while a turn takes long, and never after the reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.envelope import Envelope, Etiquette

PATIENCE_SECONDS = 0.5  # a turn that is faster needs no sign
AGAIN_SECONDS = 3.0  # Teams takes the sign away after some seconds
FAREWELL_SECONDS = 1.0  # how long the reply waits for a sign that is on its way, so that it does not overtake


@asynccontextmanager
async def typing(etiquette: Etiquette, envelope: Envelope) -> AsyncIterator[None]:
    """Show the sign while the block runs, if it runs long and the person waits alone with the bot."""
    if envelope.address.group or envelope.invoke:
        yield
        return
    done = asyncio.Event()
    signs = asyncio.create_task(_signs(etiquette, envelope, done))
    try:
        yield
    finally:
        done.set()
        await asyncio.wait([signs], timeout=FAREWELL_SECONDS)
        signs.cancel()


async def _signs(etiquette: Etiquette, envelope: Envelope, done: asyncio.Event) -> None:
    wait = PATIENCE_SECONDS
    while not done.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await done.wait()
        if not done.is_set():
            await etiquette.show_typing(envelope.address)
            wait = AGAIN_SECONDS
