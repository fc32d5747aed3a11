"""What was said to the bot in a team or a group chat, and where it is answered: before all, or in the personal chat."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import structlog

from bot.envelope import Address, Envelope, Etiquette, TryLater, Undeliverable, thread_reference
from bot.place import desk_at
from bot.store import SqlStore
from dialogs.group import for_everybody
from dialogs.lookup import wanted
from dialogs.scene import Knowledge
from dialogs.values import Place

OPEN_SECONDS = 5.0  # the person in the group waits, and Teams delivers again after 15 s

log = structlog.get_logger()


class Aside:
    """Finds the personal chat of whoever said something private where others read along."""

    def __init__(self, store: SqlStore, etiquette: Etiquette) -> None:
        self._store = store
        self._etiquette = etiquette

    async def places(self, envelope: Envelope, knowledge: Knowledge) -> tuple[Envelope | None, Envelope]:
        """The envelope for the personal chat, if it is to be answered there, and the one for where it was said.

        What a button answers with is seen by whoever pressed it alone, so an invoke that is answered stays where it is; and a case that
        is worked in a channel is worked there. Raises `Unavailable`.
        """
        if not envelope.address.group or envelope.answered or await self._is_work(envelope, knowledge):
            return None, envelope
        if for_everybody(envelope.incoming, knowledge.commands):
            return None, await self._named(replace(envelope, place=Place.ALOUD))
        address = await self._personal(envelope)
        if address is None:
            return None, replace(envelope, place=Place.CLOSED)
        return replace(envelope, address=address, card="", place=Place.MOVED), replace(envelope, place=Place.WRITTEN)

    async def _is_work(self, envelope: Envelope, knowledge: Knowledge) -> bool:
        """Whether this is done in the channel of a desk, to one of its cases."""
        desk = desk_at(envelope.address, knowledge)
        if desk is None or envelope.incoming.kind not in ("message", "action"):
            return False
        if envelope.incoming.kind == "action":
            return bool(wanted(envelope.incoming, knowledge.commands).case)
        return bool(await self._store.handovers.called(desk.id, thread_reference(envelope.address.conversation)))

    async def _named(self, envelope: Envelope) -> Envelope:
        """With the name of whoever brought the bot, which Teams does not tell by itself."""
        if envelope.incoming.kind != "arrival" or envelope.sender.name:
            return envelope
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                name = await self._etiquette.name_of(envelope.address, envelope.sender)
        except (TryLater, Undeliverable, TimeoutError):
            return envelope
        return replace(envelope, sender=replace(envelope.sender, name=name.replace("\0", "")[:255]))

    async def _personal(self, envelope: Envelope) -> Address | None:
        """The person's own chat: the one that is known, else a new one; None if there can be none now."""
        known = await self._store.personal_chat(envelope.address.tenant, envelope.sender.id)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                return await self._etiquette.open_chat(envelope.address, envelope.sender)
        except (TryLater, Undeliverable, TimeoutError) as closed:
            log.info("personal_chat_closed", reason=str(closed) or type(closed).__name__)
            return None
