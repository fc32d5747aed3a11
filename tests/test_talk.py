"""Two people talk over a case, in both languages: each hears what the other says, and the bot keeps silent until one of them ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.tables import audit, bridges
from bot.store.transaction import transaction
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.agents import NUMBER, DeskBot, Office, connected, head, office, sam_of, until
from tests.fakes.connector import Fault


@pytest.fixture(params=["en", "fr"])
async def there(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge
) -> AsyncIterator[Office]:
    async with DeskBot(database_url, tmp_path, classifier, knowledge) as bot, office(bot, request.param) as people:
        yield people


async def test_two_people_talk_and_the_bot_says_nothing(there: Office) -> None:
    number, thread = await connected(there)
    heard = len(there.ada.heard)

    told = await there.ada.say("nobody can open the *SharePoint* <b>site</b>\nnor the other one", expect=0)
    await there.hears(there.sam, "nor the other one")
    answered = await there.sam.say("Which site is it?", expect=0)
    await there.hears(there.ada, "Which site is it?", heard)

    assert told.replies == answered.replies == []
    said = there.sam.heard[-1].text
    assert said == there.say("talk-frame", who="Ada") + (
        " nobody can open the \\*SharePoint\\* \\<b>site\\</b>\n\nnor the other one"
    )
    assert there.ada.heard[-1].text == f"{there.say('talk-frame', who=sam_of(there))} Which site is it?"
    assert not there.ada.heard[-1].cards, "no proposal, no question"
    shown = await there.card(thread, "Which site is it?")
    assert "nor the other one" in shown.says
    assert len(thread.heard) == len([sent for sent in thread.heard if sent.updated]) + 1, (
        "the thread is not told each word"
    )
    assert await record(there, number) == [
        "nobody can open the *SharePoint* <b>site</b>\nnor the other one",
        "Which site is it?",
    ]


@pytest.mark.parametrize("who", ["ada", "sam"])
async def test_either_ends_it_and_the_bot_listens_again(there: Office, who: str) -> None:
    number, _ = await connected(there)
    ends, other = (there.ada, there.sam) if who == "ada" else (there.sam, there.ada)

    over = await ends.say({"en": "end", "fr": "fin"}[there.language])

    name = sam_of(there) if who == "ada" else "Ada"
    assert there.say("talk-over-said", who=name, number=number) in over.says
    await there.hears(other, there.say("talk-over-said", who="Ada" if who == "ada" else sam_of(there), number=number))
    asked = await there.ada.say({"en": "help", "fr": "aide"}[there.language])
    assert there.say("help-title") in asked.says


async def test_help_shows_how_to_end_and_a_button_does(there: Office) -> None:
    number, _ = await connected(there)
    shown = await there.ada.say({"en": "help", "fr": "aide"}[there.language])
    assert there.say("talk-how-to-end") in shown.says

    ended = await there.press(there.ada, shown, there.say("button-end-talk"))

    assert there.say("talk-over-said", who=sam_of(there), number=number) in ended.says
    greeting = await there.hears(there.ada, there.say("talk-connected", who=sam_of(there), number=number))
    again = await there.press(there.ada, greeting, there.say("button-end-talk"))
    assert there.say("talk-nobody") in again.says


async def test_solving_the_case_ends_it_for_both(there: Office) -> None:
    number, thread = await connected(there)

    await there.press(thread, head(thread), there.at_desk("do-resolve"), there.who(there.sam), words="Done")

    await there.hears(there.ada, there.say("talk-over-case", who=sam_of(there), number=number))
    await there.hears(there.sam, there.say("talk-over-case", who="Ada", number=number))
    assert await live(there) == []


async def test_whoever_is_given_the_case_has_to_connect_anew(there: Office) -> None:
    number, thread = await connected(there)
    nia = there.who(there.nia)
    await there.press(thread, head(thread), there.at_desk("do-assign"), there.who(there.sam), agent=nia.directory_id)
    await there.hears(there.ada, there.say("talk-over-case", who=sam_of(there), number=number))

    refused = await there.press(thread, head(thread), there.at_desk("do-talk"), there.who(there.sam))
    assert "Nia" in refused.notice
    await there.press(thread, head(thread), there.at_desk("do-talk"), nia)
    await there.hears(there.nia, there.say("talk-how-to-end"))
    since = len(there.nia.heard)
    await there.ada.say("Hello Nia", expect=0)

    await there.hears(there.nia, "Hello Nia", since)
    assert not any("Hello Nia" in sent.says for sent in there.sam.heard)


async def test_whoever_has_the_case_speaks_from_its_thread_as_well(there: Office) -> None:
    _, thread = await connected(there)
    since = len(there.ada.heard)

    await thread.say("I am looking at it here", there.who(there.sam), expect=0)
    heard = await there.hears(there.ada, "I am looking at it here", since)
    assert heard.text.startswith(there.say("talk-frame", who=sam_of(there)))
    await there.ada.say("Thank you for that", expect=0)

    await there.hears(thread, "Thank you for that")
    assert not any("Thank you for that" in sent.text for sent in there.sam.heard), (
        "where one spoke last, one is answered"
    )


async def test_silence_ends_it(there: Office) -> None:
    number, _ = await connected(there)
    await there.ada.say("Are you there?", expect=0)

    there.bot.clock.advance(minutes=there.bot.knowledge.rules.life.talk_minutes, seconds=5)

    await there.hears(there.ada, there.say("talk-over-silence", who=sam_of(there), number=number))
    await there.hears(there.sam, there.say("talk-over-silence", who="Ada", number=number))
    assert await live(there) == []


async def test_what_the_other_cannot_hear_any_more_is_said_to_be_undelivered(there: Office) -> None:
    await connected(there)
    end, word = {"en": ("end", "wait"), "fr": ("fin", "attendez")}[there.language]

    await asyncio.gather(there.ada.say(end), there.sam.say(word, expect=0))

    await until(lambda: delivered(there, word) != undelivered(there, word), "one of the two", there.sam)
    assert await live(there) == []


def delivered(there: Office, word: str) -> bool:
    return any(sent.text.endswith(f"** {word}") for sent in there.ada.heard)


def undelivered(there: Office, word: str) -> bool:
    return any(there.say("talk-undelivered", words=word) in sent.text for sent in there.sam.heard)


async def test_a_message_on_its_way_is_not_sent_once_the_two_are_not_connected(there: Office) -> None:
    """Teams is away when Sam speaks; until it is back, Ada has ended it."""
    await connected(there)
    fault = Fault(f"POST .*{there.ada.id.split(':')[1]}", 503, times=3, headers={"Retry-After": "1"})
    there.bot.teams.faults.append(fault)
    await there.sam.say("Too late", expect=0)
    await until(lambda: fault.times < 3, "a failed try")
    there.bot.teams.faults.clear()
    async with transaction(there.bot.store._engine) as connection:
        await connection.execute(bridges.update().values(ended_at=there.bot.clock(), ended_by="ada"))

    await there.hears(there.sam, there.say("talk-undelivered", words="Too late"))

    assert not any("Too late" in sent.says for sent in there.ada.heard)


async def test_two_agents_who_press_at_the_same_time_are_not_both_connected(there: Office) -> None:
    await there.wish()
    thread = await there.thread()
    card = await there.card(thread)

    await asyncio.gather(
        *(there.press(thread, card, there.at_desk("do-talk"), there.who(one)) for one in (there.sam, there.nia))
    )

    await until(lambda: len(there.ada.heard) > 2, "a greeting", there.ada)
    assert len(await live(there)) == 1


async def live(there: Office) -> list[str]:
    async with transaction(there.bot.store._engine) as connection:
        return list(await connection.scalars(select(bridges.c.id).where(bridges.c.ended_at.is_(None))))


async def record(there: Office, number: str) -> list[str]:
    """What was said, as the case's record has it."""
    async with transaction(there.bot.store._engine) as connection:
        here = select(audit.c.words).where(audit.c.subject == number, audit.c.verb == "said").order_by(audit.c.id)
        return list(await connection.scalars(here))


async def test_an_administrator_who_takes_the_case_of_their_user_talks_with_them_each_in_their_language(
    there: Office,
) -> None:
    other = "fr" if there.language == "en" else "en"
    voice = there.bot.knowledge.words.voice(other)
    await there.ugo.say({"en": "english", "fr": "français"}[other])
    asked = await there.ugo.say(voice("person-command"))
    number = next(iter(NUMBER.findall(asked.says)))
    letter = await there.hears(there.ada, there.say("told-opened", number=number, who="Ugo"))

    await there.press(there.ada, letter, there.say("do-take"))
    await there.hears(there.ugo, voice("talk-connected", who=voice("talk-administrator", name="Ada"), number=number))
    await there.hears(there.ada, there.say("talk-connected", who="Ugo", number=number))
    await there.ada.say("What is wrong?", expect=0)
    await there.hears(there.ugo, f"{voice('talk-frame', who=voice('talk-administrator', name='Ada'))} What is wrong?")
    await there.ugo.say("Rien ne va plus", expect=0)

    await there.hears(there.ada, f"{there.say('talk-frame', who='Ugo')} Rien ne va plus")
    assert len(there.bot.teams.threads) == 0, "what administrators have is no matter of the agents' channel"
