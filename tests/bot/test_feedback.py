"""Proposals say that a program made them, name what they lead to, and can be rated; a plain notice says none of that."""

from __future__ import annotations

import asyncio
import json

import pytest
from sqlalchemy import select

from bot.store.tables import outbox
from bot.store.transaction import transaction
from tests.bots import Bot
from tests.fakes.connector import Chat, Sent
from tests.fakes.extension import rate

OUTAGE = "Nobody in accounting receives mail since this morning"
WIFI = "the office wifi is slow on every site"
LABEL = "AIGeneratedContent"


async def alice(bot: Bot) -> Chat:
    return await bot.teams.personal(bot.teams.person("Alice"))


def labelled(sent: Sent) -> bool:
    return LABEL in json.dumps(sent.activity)


async def marked(bot: Bot) -> None:
    """Wait until the relay has noted what Teams calls its message."""
    async with asyncio.timeout(10):
        while not await _names(bot):
            await asyncio.sleep(0.02)


async def _names(bot: Bot) -> list[str]:
    async with transaction(bot.store._engine) as connection:
        return list(await connection.scalars(select(outbox.c.sent_id).where(outbox.c.sent_id.is_not(None))))


async def test_a_proposal_is_labelled_and_can_be_rated(bot: Bot) -> None:
    [sent] = (await (await alice(bot)).say(OUTAGE)).replies
    [entity] = [one for one in sent.activity["entities"] if one["type"] == "https://schema.org/Message"]
    assert entity["additionalType"] == [LABEL]
    assert (entity["@type"], entity["@context"]) == ("Message", "https://schema.org")
    assert sent.activity["channelData"]["feedbackLoop"] == {"type": "default"}


async def test_a_way_out_cites_where_it_leads(bot: Bot) -> None:
    [sent] = (await (await alice(bot)).say(WIFI)).replies
    [entity] = sent.activity["entities"]
    [claim] = entity["citation"]
    assert (claim["@type"], claim["position"]) == ("Claim", 1)
    page = claim["appearance"]
    assert page["@type"] == "DigitalDocument"
    assert page["name"] == "Microsoft network team"
    assert page["url"].startswith("https://support.microsoft.com/")
    assert 0 < len(page["abstract"]) <= 160


@pytest.mark.parametrize(
    "text", ["hello", "help", "thanks", "my cases", "cancel", "asdf", "français", "talk to a person"]
)
async def test_a_plain_notice_has_no_label(bot: Bot, text: str) -> None:
    turn = await (await alice(bot)).say(text)
    assert turn.replies
    assert not [sent for sent in turn.replies if labelled(sent)]
    assert not [sent for sent in turn.replies if "feedbackLoop" in json.dumps(sent.activity)]


async def test_a_category_that_a_person_chose_is_not_a_programs(bot: Bot) -> None:
    chat = await alice(bot)
    shown = await chat.say(OUTAGE)
    later = await chat.press(shown, "Open the case", {"category": "network"}, as_submit=True, expect=0)
    assert not any(labelled(sent) for sent in [*later.replies, *later.updates])


async def test_a_thumb_is_kept_with_what_was_proposed(bot: Bot) -> None:
    chat = await alice(bot)
    [sent] = (await chat.say(OUTAGE)).replies
    await marked(bot)
    turn = await rate(chat, sent, "dislike", "it was the network")
    assert (turn.status, turn.body) == (200, ""), "Teams takes nothing else than nothing"
    [kept] = await bot.store.opinions.newest(10)
    assert (kept["reaction"], kept["reason"], kept["category"]) == ("dislike", "it was the network", "exchange")
    assert (kept["person"], kept["tenant"], kept["message"]) == (chat.people[0].directory_id, bot.teams.tenant, sent.id)
    assert kept["model"] == bot.classifier.version
    assert kept["token"]

    await chat.deliver_again(turn, times=3)
    await rate(chat, sent, "like")
    [kept] = await bot.store.opinions.newest(10)
    assert (kept["reaction"], kept["reason"]) == ("like", ""), "the last thumb counts"


async def test_a_thumb_leaves_the_conversation_as_it_was(bot: Bot) -> None:
    chat = await alice(bot)
    shown = await chat.say(OUTAGE)
    await rate(chat, shown.replies[0], "like")
    await chat.press(shown, "Open the case")
    assert len(await bot.cases()) == 1


async def test_a_thumb_under_an_unknown_message_is_kept_without_a_model(bot: Bot) -> None:
    chat = await alice(bot)
    await rate(chat, Sent("long ago", {}), "like")
    [kept] = await bot.store.opinions.newest(10)
    assert (kept["model"], kept["category"]) == ("", "")
