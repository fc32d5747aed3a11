"""An incident is made known to a thousand people, at a Teams that enforces its limits."""

from __future__ import annotations

import pytest

from tests.bot.test_broadcast import broadcast
from tests.bots import Bot

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]


async def test_a_thousand_people_are_told_once_and_less_than_one_call_in_a_hundred_is_refused(bot: Bot) -> None:
    chats, calls, refused = await broadcast(bot, people=1000, burst=30)

    print(f"\n1030 messages, {calls} calls, {refused} refused")
    assert [len(chat.heard) for chat in chats] == [31, *[1] * 999]
    assert refused < calls * 0.01
