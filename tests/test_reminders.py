"""What nobody has is called for in the channel before its target is missed; whoever has a case and is not heard of loses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.agents import DeskBot, Office, head, office


@pytest.fixture
async def there(
    database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge
) -> AsyncIterator[Office]:
    async with DeskBot(database_url, tmp_path, classifier, knowledge) as bot, office(bot, "en") as people:
        yield people


async def test_a_case_that_nobody_has_is_called_for_once_with_those_on_call_named(there: Office) -> None:
    number = await there.request()
    thread = await there.thread()
    await there.card(thread, number)

    there.bot.clock.advance(minutes=31)
    reminder = await there.hears(thread, there.at_desk("told-unclaimed", number=number), since=1)
    [card] = [shown for sent in thread.heard if not sent.updated for shown in sent.cards if "msteams" in shown]
    there.bot.clock.advance(minutes=10)

    assert "<at>Nia</at>" in reminder.says or "<at>Nia</at>" in str(card)
    [mention] = card["msteams"]["entities"]
    assert mention["mentioned"] == {"id": "nia-id", "name": "Nia"}
    assert len([sent for sent in thread.heard if "msteams" in str(sent.activity)]) == 1
    assert not any(there.say("told-unclaimed", number=number) in sent.says for sent in there.sam.heard)


async def test_what_was_taken_on_is_not_called_for(there: Office) -> None:
    number = await there.request()
    thread = await there.thread()
    await there.press(thread, head(thread), there.at_desk("do-acknowledge"), there.who(there.sam))

    there.bot.clock.advance(minutes=59)

    async with there.bot.store.ringing() as ringing:
        assert await ringing.due(there.bot.clock()) == []
    assert not any(there.at_desk("told-unclaimed", number=number) in sent.says for sent in thread.heard)


async def test_whoever_is_not_heard_of_loses_the_case_to_the_channel_and_is_told(there: Office) -> None:
    number = await there.request()
    thread = await there.thread()
    await there.press(thread, head(thread), there.at_desk("do-acknowledge"), there.who(there.sam))
    await there.card(thread, there.at_desk("status-acknowledged"))

    there.bot.clock.advance(hours=there.bot.knowledge.rules.life.return_hours, minutes=1)

    returned = there.say("told-return", number=number)
    await there.hears(there.sam, returned)
    await there.hears(there.ada, returned)
    card = await there.card(thread, there.at_desk("agents-owner-none"))
    claimed = await there.press(thread, card, there.at_desk("do-acknowledge"), there.who(there.nia))
    assert "Nia" in claimed.says
