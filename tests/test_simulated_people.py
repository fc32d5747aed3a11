"""Two hundred people at once, ten turns each, over real HTTP: nothing fails, no case is lost and none is doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

from bot.settings import ROOT
from classifier.corpus import read_examples
from tests.bots import Bot
from tests.people import SimulatedPerson

PEOPLE, TURNS, SEED = 200, 10, 2026
DEEDS = {"describe", "vague", "help", "cancel", "person", "thank", "deliver_twice"} | {
    "open", "correct", "double_click", "say_wrong", "tap"
}  # fmt: skip


async def test_two_hundred_people_find_exactly_the_cases_they_opened(bot: Bot) -> None:
    people = await crowd(bot, Random(SEED))

    await asyncio.gather(*(person.live(TURNS) for person in people))

    did = sum((person.did for person in people), Counter())
    assert did.keys() == DEEDS, f"nobody did {DEEDS - did.keys()}"
    assert did.total() == PEOPLE * TURNS
    told = [number for person in people for number in person.opened]
    stored = [case.number for case in await bot.store.newest_cases(PEOPLE * TURNS)]
    keys = await bot.keys()
    assert sorted(stored) == sorted(told), "the cases in the database are those that people were told of"
    assert len(set(stored)) == len(stored), "a number is given once"
    assert len(set(keys)) == len(keys) == len(stored), "a card opens one case"
    assert (await bot.deeds())["opened"] == len(stored), "each case has been opened once"
    assert outcomes(bot) <= {"taken", "seen"}, "no turn failed or was given up"
    assert bot.teams.refused == [], "Teams would have taken everything that was sent"


async def crowd(bot: Bot, random: Random) -> list[SimulatedPerson]:
    """Half of them English, half French, each with a private chat and a chance of their own."""
    bot.teams.patience = 60.0  # two hundred at once on two slow cores
    rules = bot.knowledge.rules
    examples = read_examples(ROOT / "data" / "examples", list(rules.categories))
    problems = {lang: [one.text for one in examples if one.lang == lang and one.category] for lang in ("en", "fr")}
    people = []
    for number in range(PEOPLE):
        language = ("en", "fr")[number % 2]
        chat = await bot.teams.personal(bot.teams.person(f"Person {number}", locale=f"{language}-XX"))
        people.append(SimulatedPerson(chat, language, problems, rules, Random(random.random())))
    return people


def outcomes(bot: Bot) -> set[str]:
    """How turns ended, as the bot counted them."""
    samples = [sample for metric in bot.metrics.turns.collect() for sample in metric.samples]
    return {sample.labels["outcome"] for sample in samples if sample.value}
