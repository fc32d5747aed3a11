"""What is committed is sent: after a crash, after an obstacle, in order, and never to somebody who is gone."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.channel.botframework.connector import Connector
from bot.envelope import Outgoing
from bot.store.tables import outbox
from bot.store.transaction import transaction
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


async def test_what_fails_as_nobody_foresaw_is_buried_and_holds_nothing_up(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(connector: Connector, outgoing: Outgoing) -> str:
        if "What is wrong?" in outgoing.message.text:
            raise LookupError("a bug")
        return await well(connector, outgoing)

    well = Connector.send
    monkeypatch.setattr(Connector, "send", broken)
    monkeypatch.setattr("bot.outbox.SCHEDULE", (0.01,))
    chat = await chat_of(bot)
    await chat.post(chat.activity("message", text="hello"))
    await chat.post(chat.activity("message", text="help"))

    await settled(bot, unsent=0, dead=1)

    assert ["Describe a problem" in sent.says for sent in chat.heard] == [True]


async def test_what_another_version_wrote_is_left_to_it_and_holds_no_other_chat_up(bot: Bot) -> None:
    bot.teams.faults.append(Fault("POST .*/activities", 503, times=2, headers={"Retry-After": "1"}))
    chats = [await bot.teams.personal(bot.teams.person(name)) for name in ("Alice", "Bob")]
    for chat in chats:
        await chat.post(chat.activity("message", text="hello"))
    await settled(bot, unsent=2, dead=0)
    async with transaction(bot.store._engine) as connection:
        first = await connection.scalar(select(outbox.c.id).order_by(outbox.c.id).limit(1))
        row = await connection.scalar(select(outbox.c.payload).where(outbox.c.id == first))
        newer = {**row, "message": {**row["message"], "hologram": True}}
        await connection.execute(outbox.update().where(outbox.c.id == first).values(payload=newer))

    assert "What is wrong?" in (await chats[1].wait(1))[0].says
    assert chats[0].heard == []
    await settled(bot, unsent=1, dead=0)


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
