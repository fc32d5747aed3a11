"""The inbox: what teaches most comes first, nobody steps on anybody, and everything can be taken back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.review import Candidate, Decision, Reason, Reviews, weighed
from bot.store.tables import examples
from bot.store.transaction import transaction
from tests.bot.pages.visitor import Visitor
from tests.bots import Bot
from tests.fakes.connector import Chat

OUTAGE = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin"
OPEN = "Ouvrir le dossier"


class Never(random.Random):
    """Chance that never draws."""

    def random(self) -> float:
        return 1.0


@pytest.fixture
def reviews(bot: Bot) -> Reviews:
    return Reviews(bot.store, bot.knowledge.rules, 1.0, bot.clock, Never())


@pytest.fixture
async def chat(bot: Bot) -> Chat:
    return await bot.teams.personal(bot.teams.person("Alice", locale="fr-FR"))


async def corrected(chat: Chat, text: str = OUTAGE) -> None:
    await chat.press(await chat.say(text), OPEN, {"category": "service_config"})


async def learned(bot: Bot) -> list[dict[str, Any]]:
    async with transaction(bot.store._engine) as connection:
        return [
            dict(row)
            for row in (await connection.execute(select(examples).where(examples.c.status == "accepted"))).mappings()
        ]


async def test_a_correction_is_accepted_on_the_page_and_becomes_an_example(
    bot: Bot, chat: Chat, operator: Visitor
) -> None:
    await corrected(chat)
    assert await learned(bot) == []

    await operator.go("/operator/review")
    assert "1 corrections wait" in operator.text
    assert OUTAGE in operator.text
    assert "They say Service setup" in operator.text or "service_config" in operator.source
    await operator.press("service_config")

    [example] = await learned(bot)
    assert (example["text"], example["category"], example["severity"]) == (OUTAGE, "service_config", "A")
    assert (example["status"], example["accepted_by"], example["source"]) == ("accepted", "local", "end_user")
    assert example["person"] == bot.teams.person("Alice").directory_id
    assert "Nothing waits" in operator.text


async def test_taking_back_removes_the_example_and_shows_the_message_again(
    bot: Bot, chat: Chat, operator: Visitor
) -> None:
    await corrected(chat)
    await operator.go("/operator/review")
    await operator.press("service_config")

    await operator.press("undo")

    assert await learned(bot) == []
    assert OUTAGE in operator.text


async def test_what_is_taken_out_by_hand_is_not_learned(bot: Bot, chat: Chat, operator: Visitor) -> None:
    await corrected(chat, f"{OUTAGE}, demandez au grand barbu du troisième")
    await operator.go("/operator/review")
    await operator.press("service_config", text=f"{OUTAGE}, écrire à x@y.fr")

    [example] = await learned(bot)
    assert example["text"] == f"{OUTAGE}, écrire à [@]"


async def test_an_out_of_scope_category_takes_no_severity(bot: Bot, chat: Chat, operator: Visitor) -> None:
    await corrected(chat)
    await operator.go("/operator/review")
    await operator.press("accept", other="network")
    [example] = await learned(bot)
    assert (example["category"], example["severity"]) == ("network", None)


@pytest.mark.parametrize("category", ["nonsense", ""])
async def test_a_category_that_does_not_exist_is_not_kept(
    bot: Bot, chat: Chat, operator: Visitor, category: str
) -> None:
    await corrected(chat)
    await operator.go("/operator/review")
    await operator.press("accept", other=category)
    assert "was not kept" in operator.text
    assert await learned(bot) == []


async def test_what_is_discarded_does_not_come_again(bot: Bot, chat: Chat, reviews: Reviews) -> None:
    await corrected(chat)
    shown = await reviews.next("ann")
    assert shown
    assert await reviews.discard(shown.candidate.origin, "ann")
    assert await reviews.next("ann") is None
    assert await learned(bot) == []


async def test_what_is_skipped_comes_again_tomorrow(bot: Bot, chat: Chat, reviews: Reviews) -> None:
    await corrected(chat)
    shown = await reviews.next("ann")
    assert shown
    await reviews.skip(shown.candidate.origin, "ann")
    assert await reviews.next("ann") is None
    assert await reviews.next("bob") is None

    bot.clock.advance(hours=9)
    assert await reviews.next("bob") == shown


async def test_two_reviewers_never_have_the_same_message(bot: Bot, chat: Chat, reviews: Reviews) -> None:
    await corrected(chat)
    bea = await bot.teams.personal(bot.teams.person("Bea", locale="fr-FR"))
    await corrected(bea)

    ann, bob = await reviews.next("ann"), await reviews.next("bob")

    assert ann
    assert bob
    assert ann.candidate.origin != bob.candidate.origin
    assert await reviews.next("carl") is None
    decision = Decision("service_config", "A")
    assert not await reviews.accept(ann.candidate.origin, "bob", decision)
    assert await reviews.accept(ann.candidate.origin, "ann", decision)
    assert not await reviews.accept(ann.candidate.origin, "ann", decision)
    assert len(await learned(bot)) == 1


async def test_a_message_that_somebody_left_lying_goes_to_the_next(bot: Bot, chat: Chat, reviews: Reviews) -> None:
    await corrected(chat)
    left = await reviews.next("ann")
    bot.clock.advance(minutes=6)

    taken = await reviews.next("bob")

    assert left
    assert taken == left
    assert not await reviews.accept(left.candidate.origin, "ann", Decision("exchange", "A"))
    assert await reviews.accept(left.candidate.origin, "bob", Decision("exchange", "A"))


async def test_words_that_were_followed_by_more_are_not_judged_apart(bot: Bot, chat: Chat, reviews: Reviews) -> None:
    await chat.say(OUTAGE)
    await chat.say("cela a commencé hier soir")
    shown = await reviews.next("ann")
    assert shown
    assert shown.candidate.text == f"{OUTAGE}\ncela a commencé hier soir"
    await reviews.discard(shown.candidate.origin, "ann")
    assert await reviews.next("ann") is None


CANDIDATE = Candidate(
    "readings:1",
    None,
    "x",
    "en",
    "t",
    "p",
    "m",
    "exchange",
    "B",
    None,
    None,
    "",
    said=False,
    confidence=0.9,
    margin=0.8,
)  # type: ignore[arg-type]


def test_what_teaches_most_comes_first() -> None:
    disagrees = replace(CANDIDATE, said=True, category="network", confidence=0.6)
    suspect = replace(disagrees, confidence=0.95)
    refused = replace(CANDIDATE, said=True)
    confirmed = replace(CANDIDATE, said=True, category="exchange")
    foreign = replace(CANDIDATE, outlier=1.5)
    close = replace(CANDIDATE, margin=0.05)
    order = [suspect, disagrees, refused, confirmed, foreign, close, CANDIDATE]

    ranked = [weighed(one, 1.0) for one in order]

    assert [one.reason for one in ranked] == [
        Reason.SUSPECT,
        Reason.DISAGREEMENT,
        Reason.REFUSED,
        Reason.SAID,
        Reason.FOREIGN,
        Reason.CLOSE,
        Reason.RANDOM,
    ]
    assert [one.weight for one in ranked] == sorted((one.weight for one in ranked), reverse=True)


async def test_a_fifth_is_drawn_at_random(bot: Bot) -> None:
    service = Reviews(bot.store, bot.knowledge.rules, 1.0, bot.clock, random.Random(5))
    some = [replace(CANDIDATE, origin=f"readings:{n}", margin=n / 100) for n in range(100)]

    firsts = [service._in_order(some)[0].candidate.origin for _ in range(1000)]

    assert 150 < sum(origin != "readings:0" for origin in firsts) < 250
    assert len(set(firsts)) > 50


async def test_a_lease_is_given_once_however_many_ask_at_once(bot: Bot, chat: Chat) -> None:
    import asyncio

    await corrected(chat)
    table, now = bot.store.review, bot.clock()
    [one] = await table.candidates("ann", now)
    given = await asyncio.gather(*(table.lease(one.origin, f"reviewer-{n}", now) for n in range(8)))
    assert sum(given) == 1
    assert await table.lease(one.origin, "late", now + timedelta(minutes=6))
