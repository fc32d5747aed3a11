"""What may not be kept any longer is gone to the day; what is needed stays."""

from __future__ import annotations

from bot.retention import Retention
from tests.bots import Bot

TABLES = ("readings", "labels", "inbox", "outbox", "conversations", "cases")


async def test_traces_are_kept_for_so_many_days_and_cases_for_as_long_as_they_live(bot: Bot) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice", locale="fr-FR"))
    turn = await chat.say("Plus personne ne reçoit de mail dans l'entreprise depuis ce matin")
    await chat.press(turn, "Ouvrir le dossier", {"category": "service_config"})
    retention = Retention(bot.store, 90, bot.clock)

    bot.clock.advance(days=89)
    await retention.purge()
    assert [await bot.count(table) for table in TABLES] == [1, 1, 2, 1, 1, 1]

    bot.clock.advance(days=2)
    gone = await retention.purge()
    assert gone["readings"] == gone["labels"] == 1
    assert [await bot.count(table) for table in TABLES] == [0, 0, 0, 0, 0, 1]


async def test_zero_days_keep_everything(bot: Bot) -> None:
    retention = Retention(bot.store, 0, bot.clock)
    retention.start()
    await retention.stop()
    assert retention._keeper is None
