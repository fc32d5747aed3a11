"""Many messages at once, at a Teams that enforces its limits: all arrive, once, and next to nothing is refused."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.envelope import Address, Outgoing
from dialogs.values import Message
from tests.bots import Bot
from tests.fakes.connector import Chat
from tests.fakes.throttle import Throttle


async def broadcast(bot: Bot, people: int, burst: int) -> tuple[list[Chat], int, int]:
    """One message to each of so many people, and so many to the first. Returns their chats, the calls, and those refused."""
    bot.teams.throttle = Throttle()
    chats = [await bot.teams.personal(bot.teams.person(f"Person {number}")) for number in range(people)]
    letters = [_letter(bot, chat, "Outlook is down for everybody") for chat in chats]
    letters += [_letter(bot, chats[0], f"News {number}") for number in range(burst)]
    async with bot.store.ringing() as transaction:
        await transaction.put(
            letters, datetime.now(UTC) - timedelta(hours=1)
        )  # leased to nobody any more: the relay finds them
    async with asyncio.timeout(60 + people / 20):
        while await bot.store.outbox.waiting() != (0, 0):
            await asyncio.sleep(0.3)
    calls = [call for call in bot.teams.calls if "/activities" in call.path]
    return chats, len(calls), sum(call.status == 429 for call in calls)


async def test_an_incident_is_made_known_to_everybody_once_within_the_limits(bot: Bot) -> None:
    chats, calls, refused = await broadcast(bot, people=80, burst=12)

    assert [len(chat.heard) for chat in chats] == [13, *[1] * 79]
    assert [sent.text for sent in chats[0].heard[1:]] == [f"News {number}" for number in range(12)]
    assert refused <= calls * 0.01


def _letter(bot: Bot, chat: Chat, text: str) -> Outgoing:
    address = Address("msteams", bot.teams.tenant, chat.id, bot.teams.service_url, bot.teams.bot_id)
    return Outgoing(address, Message(text))
