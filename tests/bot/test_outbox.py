"""What is committed is sent: after a crash, after an obstacle, in order, and never to somebody who is gone."""

from __future__ import annotations

import asyncio

import pytest

from tests.bots import Bot
from tests.fakes.connector import Chat, Fault


async def chat_of(bot: Bot) -> Chat:
    return await bot.teams.personal(bot.teams.person("Alice"))


async def settled(bot: Bot, unsent: int, dead: int) -> None:
    """Wait until the outbox stands like this."""
    async with asyncio.timeout(10):
        while await bot.store.outbox.waiting() != (unsent, dead):
            await asyncio.sleep(0.02)


async def test_what_was_sent_is_marked(bot: Bot) -> None:
    await (await chat_of(bot)).say("hello")

    await settled(bot, unsent=0, dead=0)


async def test_a_throttled_message_arrives_later_and_none_overtakes_it(bot: Bot) -> None:
    chat = await chat_of(bot)
    bot.teams.faults.append(Fault("POST .*/activities", 429, headers={"Retry-After": "0"}))

    await chat.post(chat.activity("message", text="hello"))
    await chat.post(chat.activity("message", text="help"))

    first, second = await chat.wait(2)
    assert "What is wrong?" in first.says
    assert "Describe a problem" in second.says
    await settled(bot, unsent=0, dead=0)


async def test_a_message_whose_connection_is_cut_arrives_later(bot: Bot) -> None:
    chat = await chat_of(bot)
    bot.teams.faults.append(Fault("POST .*/activities", 0))

    await chat.post(chat.activity("message", text="hello"))
    await settled(bot, unsent=1, dead=0)
    bot.clock.advance(minutes=5)

    assert len(await chat.wait(1)) == 1


async def test_a_blocked_bot_does_not_try_again(bot: Bot) -> None:
    chat = await chat_of(bot)
    bot.teams.faults.append(
        Fault("POST .*/activities", 403, body={"error": {"code": "Forbidden", "subCode": "MessageWritesBlocked"}})
    )

    await chat.post(chat.activity("message", text="hello"))

    await settled(bot, unsent=0, dead=1)
    assert [call.status for call in bot.teams.calls if "activities" in call.path] == [403]


async def test_a_message_is_given_up_after_three_days(bot: Bot) -> None:
    chat = await chat_of(bot)
    bot.teams.faults.append(Fault("POST .*/activities", 503, times=2))
    await chat.post(chat.activity("message", text="hello"))
    await settled(bot, unsent=1, dead=0)

    bot.clock.advance(hours=76)

    await settled(bot, unsent=0, dead=1)


async def test_what_one_start_left_unsent_the_next_start_sends(bot: Bot) -> None:
    chat = await chat_of(bot)
    bot.teams.faults.append(Fault("POST .*/activities", 503, times=1))
    await chat.post(chat.activity("message", text="hello"))
    await settled(bot, unsent=1, dead=0)

    bot.clock.advance(minutes=2)
    await bot.start()

    assert "What is wrong?" in (await chat.wait(1))[0].says
    await settled(bot, unsent=0, dead=0)


@pytest.mark.parametrize("delay", [0.5])
async def test_a_slow_conversation_does_not_slow_another(bot: Bot, delay: float) -> None:
    slow, quick = await chat_of(bot), await bot.teams.personal(bot.teams.person("Ben"))
    bot.teams.faults.append(Fault(f"POST .*{slow.id}.*", 503, delay=delay))

    await slow.post(slow.activity("message", text="hello"))
    await quick.say("hello")

    assert slow.heard == []
    assert len(quick.heard) == 1


async def test_who_writes_again_is_answered_at_once_though_an_earlier_reply_waits(bot: Bot) -> None:
    chat = await chat_of(bot)
    bot.teams.faults.append(Fault("POST .*/activities", 503, times=9))
    await chat.post(chat.activity("message", text="hello"))
    await settled(bot, unsent=1, dead=0)
    bot.teams.faults.clear()

    await chat.post(chat.activity("message", text="help"))

    first, second = await chat.wait(2)
    assert "What is wrong?" in first.says
    assert "What I can do" in second.says


async def test_a_reply_that_waits_goes_to_where_the_conversation_is_reached_today(bot: Bot) -> None:
    chat = await chat_of(bot)
    await chat.post({**chat.activity("message", text="hello"), "serviceUrl": "http://127.0.0.1:9/"})
    await settled(bot, unsent=1, dead=0)

    await chat.post(chat.activity("message", text="help"))

    assert len(await chat.wait(2)) == 2
