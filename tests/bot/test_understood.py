"""What came in, how it was understood and what became of it is on record, scrubbed, and in the turn's own transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.tables import labels, readings
from bot.store.transaction import transaction
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.bots import Bot
from tests.fakes.connector import Chat

OUTAGE = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin"
OPEN, PERSON, CANCEL, WRONG = "Ouvrir le dossier", "Parler à une personne", "Annuler", "C’est faux"
WIFI = "le wifi ne marche plus dans tout le bâtiment"


@pytest.fixture
async def bot(tmp_path: Path, classifier: Predictor, knowledge: Knowledge) -> AsyncIterator[Bot]:
    """On one database: what the queries mean on the other is seen to in the store's own tests."""
    async with Bot(f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}", tmp_path, classifier, knowledge) as running:
        yield running


@pytest.fixture
async def chat(bot: Bot) -> Chat:
    return await bot.teams.personal(bot.teams.person("Alice Martinet", locale="fr-FR"))


async def rows(bot: Bot, table: Any = readings) -> list[dict[str, Any]]:
    async with transaction(bot.store._engine) as connection:
        return [dict(row) for row in (await connection.execute(select(table).order_by(table.c.id))).mappings()]


async def test_a_message_is_on_record_before_anything_became_of_it(bot: Bot, chat: Chat) -> None:
    await chat.say(OUTAGE)

    [row] = await rows(bot)
    assert (row["text"], row["language"], row["proposed"], row["outcome"]) == (OUTAGE, "fr", "exchange", "")
    assert row["decision"] == "act"
    assert 0 < row["margin"] <= row["confidence"] <= 1
    assert row["probabilities"]["exchange"] == pytest.approx(row["confidence"], abs=1e-4)
    assert row["model"] == bot.classifier.version


async def test_a_case_opened_as_proposed_says_so_and_names_it(bot: Bot, chat: Chat) -> None:
    await chat.press(await chat.say(OUTAGE), OPEN)

    [case] = await bot.cases()
    [row] = await rows(bot)
    assert (row["outcome"], row["category"], row["severity"]) == ("opened", "exchange", "A")
    assert row["case"] == case.number
    assert await rows(bot, labels) == []


async def test_a_correction_is_on_record_beside_what_was_proposed(bot: Bot, chat: Chat) -> None:
    await chat.press(await chat.say(OUTAGE), OPEN, {"category": "service_config"})

    [row] = await rows(bot)
    assert (row["outcome"], row["proposed"], row["category"]) == ("corrected", "exchange", "service_config")


async def test_a_redirect_that_is_refused_was_wrong(bot: Bot, chat: Chat) -> None:
    shown = await chat.say(WIFI)
    [row] = await rows(bot)
    assert (row["proposed"], row["outcome"]) == ("network", "redirected")

    await chat.press(shown, WRONG)

    [row] = await rows(bot)
    assert row["outcome"] == "redirected_wrongly"


async def test_more_words_are_a_reading_of_their_own_and_cancelling_abandons_it(bot: Bot, chat: Chat) -> None:
    await chat.say(OUTAGE)
    more = await chat.say("cela a commencé hier soir")
    await chat.press(more, CANCEL)

    first, second = await rows(bot)
    assert (first["outcome"], second["outcome"]) == ("more", "abandoned")
    assert second["text"] == f"{OUTAGE}\ncela a commencé hier soir"


async def test_asking_for_a_person_is_no_correction(bot: Bot, chat: Chat) -> None:
    await chat.press(await chat.say(OUTAGE), PERSON)

    [row] = await rows(bot)
    assert (row["outcome"], row["category"]) == ("person", None)


async def test_commands_are_not_judged(bot: Bot, chat: Chat) -> None:
    await chat.say("bonjour")
    await chat.say("aide")
    assert await rows(bot) == []


async def test_what_is_kept_to_learn_from_is_scrubbed(bot: Bot, chat: Chat) -> None:
    turn = await chat.say(f"{OUTAGE}, signé Alice Martinet, alice@contoso.fr, 06 12 34 56 78, mot de passe : azerty")
    proposal = await chat.press(turn, "Exchange Online et messagerie")
    await chat.press(proposal, OPEN, {"category": "service_config"})

    for table in (readings, labels):
        [row] = await rows(bot, table)
        assert "reçoit de mail" in row["text"]
        for canary in ("Alice", "Martinet", "contoso", "12 34", "azerty"):
            assert canary not in row["text"]


async def test_what_an_agent_says_of_a_case_is_a_candidate_too(bot: Bot, chat: Chat) -> None:
    agent = await bot.teams.personal(bot.teams.person("Sam Support", locale="fr-FR"))
    await bot.store.agents([bot.teams.person("Sam Support").directory_id])
    administrator = bot.teams.person("Alice Martinet").directory_id
    tenant, *_ = await bot.store.tenant(bot.teams.tenant)
    await bot.store.describe_tenant(tenant, (administrator,))
    await agent.say("bonjour")
    await chat.press(await chat.say(f"{OUTAGE}, Alice Martinet"), OPEN)
    [case] = await bot.cases()

    say = bot.knowledge.words.voice("fr")
    shown = await agent.say(case.number)
    await agent.press(shown, say("do-recategorise"), {"category": "service_config"})

    [label] = await rows(bot, labels)
    assert (label["source"], label["proposed"], label["category"]) == ("agent", "exchange", "service_config")
    assert (label["case"], label["author"]) == (case.number, administrator)
    assert label["person"] != administrator
    assert "Martinet" not in label["text"]
    [row] = await rows(bot)
    assert row["category"] == "service_config"
