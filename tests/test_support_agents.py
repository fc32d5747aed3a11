"""A case worked in a channel of support agents: one card that stays true, pressed by those who may, with everybody's copies after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.agents import CHANNEL, DeskBot, Office, head, office, until
from tests.fakes import cards


@pytest.fixture(params=["en", "fr"])
async def there(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge
) -> AsyncIterator[Office]:
    async with DeskBot(database_url, tmp_path, classifier, knowledge) as bot, office(bot, request.param) as people:
        yield people


async def test_a_request_is_a_card_in_the_channel_and_is_claimed_there(there: Office) -> None:
    number = await there.request()
    thread = await there.thread()
    card = await there.card(thread, number)
    for part in ("Ada", "Contoso", there.at_desk("category-sharepoint"), there.at_desk("agents-nobody")):
        assert part in card.says
    assert len(there.sam.heard) == 1, "who reads the channel is not told in their own chat as well"

    sam = there.who(there.sam)
    claimed = await there.press(thread, card, there.at_desk("do-acknowledge"), sam)

    assert claimed.card
    assert there.at_desk("status-acknowledged") in claimed.says
    shown = await there.card(thread, there.at_desk("status-acknowledged"))
    assert "Sam" in shown.says
    assert len(there.bot.teams.threads[CHANNEL]) == 1
    await there.hears(there.ada, there.say("told-acknowledge", number=number))


async def test_who_is_no_agent_is_refused_and_nobody_else_sees_it(there: Office) -> None:
    await there.request()
    thread = await there.thread()
    card = await there.card(thread)
    before = card.says

    refused = await there.press(thread, card, there.at_desk("do-acknowledge"), there.eve)
    with_words = await there.press(thread, card, there.at_desk("do-comment"), there.eve, words="let me in")

    for turn in (refused, with_words):
        assert turn.card is None
        assert (
            there.bot.knowledge.words.voice("en")("role-agent") in turn.notice or there.say("role-agent") in turn.notice
        )
        assert turn.replies == []
    assert head(thread).says == before
    assert len(thread.heard) == 1


async def test_it_is_asked_answered_changed_passed_on_and_solved_in_the_channel(there: Office) -> None:
    number = await there.request()
    thread = await there.thread()
    sam, nia = there.who(there.sam), there.who(there.nia)
    await there.press(thread, head(thread), there.at_desk("do-acknowledge"), sam)

    await there.press(thread, await there.card(thread, "Sam"), there.at_desk("do-ask"), sam, words="Since when?")
    asked = await there.hears(there.ada, there.say("told-ask", number=number, who="Sam"))
    assert "Since when?" in asked.says
    await there.hears(thread, "Since when?")
    await there.press(there.ada, asked, there.say("do-comment"), words="Since *nine* <b>o'clock</b>")
    await there.hears(thread, r"Since \*nine\* \<b>o'clock\</b>")
    await there.card(thread, there.at_desk("status-acknowledged"))

    await there.press(thread, head(thread), there.at_desk("do-grade"), sam, severity="B")
    await there.card(thread, there.at_desk("severity-B"))
    await there.press(thread, head(thread), there.at_desk("do-recategorise"), sam, category="exchange")
    await there.card(thread, there.at_desk("category-exchange"))

    await there.press(thread, head(thread), there.at_desk("do-assign"), sam, agent=nia.directory_id)
    await there.card(thread, "Nia")
    await there.hears(there.nia, there.say("told-assign", number=number, who="Sam", name="Nia"))
    await there.hears(there.ada, there.say("told-assign", number=number, who="Sam", name="Nia"))

    await there.press(thread, head(thread), there.at_desk("do-resolve"), nia, words="Switched it on again")
    await there.hears(there.ada, there.say("told-resolve", number=number, who="Nia"))
    solved = await there.card(thread, there.at_desk("status-resolved"))
    assert there.at_desk("do-acknowledge") not in solved.says
    assert len(there.bot.teams.threads[CHANNEL]) == 1


async def test_what_is_handed_back_is_the_administrators_again_and_leaves_the_channel_without_buttons(
    there: Office,
) -> None:
    number = await there.request()
    thread = await there.thread()
    sam = there.who(there.sam)

    await there.press(thread, head(thread), there.at_desk("do-hand_back"), sam, words="It is your own proxy")
    back = await there.hears(there.ada, there.say("told-hand_back", number=number, who="Sam"))

    assert "It is your own proxy" in back.says
    card = await there.card(thread, there.at_desk("holder-administrators"))
    verbs = {button.get("verb") for shown in card.cards for button in cards.buttons(shown)}
    assert verbs <= {None}
    refused = await there.press(there.ada, back, there.say("do-take"))
    assert there.say("status-with_administrator") in refused.says


async def test_an_older_card_loses_its_buttons_and_the_last_one_stays_true(there: Office) -> None:
    number = await there.request()
    thread = await there.thread()
    sam = there.who(there.sam)
    await there.press(thread, head(thread), there.at_desk("do-acknowledge"), sam)
    first = await there.hears(there.ada, there.say("told-acknowledge", number=number))
    await there.press(thread, head(thread), there.at_desk("do-grade"), sam, severity="C")
    second = await there.hears(there.ada, there.say("told-grade", number=number, who="Sam"))

    await until(lambda: not buttons(there.ada.messages[first.id]), "card without buttons", there.ada)
    assert there.say("copy-older") in there.ada.messages[first.id].says
    assert there.say("told-acknowledge", number=number) in there.ada.messages[first.id].says, "its words stay"
    assert buttons(there.ada.messages[second.id])

    # laying it back tells the requester; nobody is told of a category twice
    await there.press(thread, head(thread), there.at_desk("do-release"), sam)
    await there.hears(there.ada, there.say("told-release", number=number))


def buttons(sent: object) -> list[str]:
    return [button["title"] for shown in sent.cards for button in cards.buttons(shown)]  # type: ignore[attr-defined]


async def test_a_remark_in_the_thread_reaches_the_customer_and_one_of_a_strangers_does_not(there: Office) -> None:
    number = await there.request()
    thread = await there.thread()
    await there.card(thread)

    written = await thread.say("We are looking at it", there.who(there.nia))
    told = await there.hears(there.ada, there.say("told-comment", number=number, who="Nia"))
    assert "We are looking at it" in told.says
    assert there.bot.knowledge.words.voice("en")("desk-written", number=number) in written.says or written.replies

    before = len(there.ada.heard)
    await thread.say("Buy my watches", there.eve, expect=0)
    assert len(there.ada.heard) == before
    assert "Buy my watches" not in head(thread).says


async def test_who_is_not_told_has_the_last_card_they_saw_kept_true(there: Office) -> None:
    """Support asks: the requester is told, and the agent in their own chat is not; the card they asked for changes all the same."""
    number = await there.request()
    thread = await there.thread()
    shown = await there.nia.say(number)
    await until(lambda: shown.replies[0].id in there.nia.messages, "the card")
    await there.card(thread)
    sam = there.who(there.sam)

    await there.press(thread, head(thread), there.at_desk("do-acknowledge"), sam)

    await until(
        lambda: there.say("status-acknowledged") in there.nia.messages[shown.replies[0].id].says,
        "the card kept true",
        there.nia,
    )
    assert buttons(there.nia.messages[shown.replies[0].id])
    assert len([sent for sent in there.nia.heard if not sent.updated]) == 2, "no new message"
