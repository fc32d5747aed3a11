"""What may not be kept any longer is gone to the day; what is needed stays."""

from __future__ import annotations

from bot.files.shelf import Shelf
from bot.retention import Keep, Retention
from tests.bots import Bot
from tests.fakes.sending import PDF, file, picture, send_along

OUTAGE = "Nobody in accounting receives mail since this morning"
TABLES = ("readings", "labels", "inbox", "outbox", "conversations", "cases")


def retaining(bot: Bot, days: int) -> Retention:
    return Retention(bot.store, Shelf(bot.settings.file_folder), Keep(days, 30), bot.clock)


def blobs(bot: Bot) -> int:
    return sum(path.is_file() for path in bot.settings.file_folder.glob("*/*"))


async def test_files_go_with_their_time_and_their_bytes_with_them(bot: Bot) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice"))
    opened = await chat.press(await send_along(chat, OUTAGE, picture(chat), expect=2), "Open the case")
    await chat.press(opened, "It is solved")
    await send_along(chat, "", file(chat, "waits.pdf", PDF), expect=2)
    assert (await bot.count("files"), blobs(bot)) == (2, 2)
    retention = retaining(bot, 90)

    bot.clock.advance(days=29)
    assert (await retention.purge())["files"] == 0
    bot.clock.advance(days=2)
    gone = await retention.purge()
    assert (gone["files"], gone["blobs"], await bot.count("files")) == (1, 1, 1), "what no case came of"
    bot.clock.advance(days=60)
    gone = await retention.purge()
    assert (gone["files"], gone["blobs"], await bot.count("files"), blobs(bot)) == (1, 1, 0, 0)


async def test_traces_are_kept_for_so_many_days_and_cases_for_as_long_as_they_live(bot: Bot) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice", locale="fr-FR"))
    turn = await chat.say("Plus personne ne reçoit de mail dans l'entreprise depuis ce matin")
    await chat.press(turn, "Ouvrir le dossier", {"category": "service_config"})
    retention = retaining(bot, 90)

    bot.clock.advance(days=89)
    await retention.purge()
    assert [await bot.count(table) for table in TABLES] == [1, 1, 2, 1, 1, 1]

    bot.clock.advance(days=2)
    gone = await retention.purge()
    assert gone["readings"] == gone["labels"] == 1
    assert [await bot.count(table) for table in TABLES] == [0, 0, 0, 0, 0, 1]


async def test_zero_days_keep_everything(bot: Bot) -> None:
    retention = retaining(bot, 0)
    retention.start()
    await retention.stop()
    assert retention._keeper is None
