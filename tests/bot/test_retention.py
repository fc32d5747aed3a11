"""What may not be kept any longer is gone to the day; what is needed stays."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Table, insert

from bot.files.shelf import Shelf
from bot.retention import Keep, Retention
from bot.settings import ROOT
from bot.store.personal import REGISTRY
from bot.store.retention import KEPT, outdated
from bot.store.tables import bridge_ends, bridges, directory, feedback, metadata, training_runs
from bot.store.transaction import transaction
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


def test_every_table_is_forgotten_by_the_clock_or_kept_for_a_reason() -> None:
    purged = [table.name for table, _ in outdated(datetime.now(UTC))]
    assert len(purged) == len(set(purged))
    missing = set(metadata.tables) - set(purged) - set(KEPT)
    assert not missing, f"say in bot/store/retention.py how long {missing} are kept"
    assert not set(purged) & set(KEPT)
    assert set(KEPT) <= set(metadata.tables)


def test_every_table_that_holds_something_of_people_is_in_the_privacy_page() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    told = page.partition("## Scrubbing")[0]
    held = [name for name, one in REGISTRY.items() if one.theirs or one.acted or one.beside or one.words or one.places]
    assert [name for name in held if f"`{name}`" not in told] == []


async def test_what_is_beside_conversations_goes_too_and_what_is_live_stays(bot: Bot) -> None:
    now = bot.clock()
    thumb = {"channel": "c", "tenant": "t", "conversation": "x", "person": "p", "reaction": "like", "reason": "because"}
    thumb |= {"token": "", "category": "", "model": ""}
    bridge = {"case": "T", "requester_id": "p", "requester_name": "P", "owner_id": "o", "owner_name": "O"}
    bridge |= {"owner_agent": True, "heard_at": now}
    run = {"asked_by": "o", "asked_at": now, "state": "refused"}
    known = {"tenant": "t", "administers": True}
    rows: tuple[tuple[Table, list[dict[str, object]]], ...] = (
        (feedback, [{**thumb, "message": "old", "at": now}]),
        (bridges, [{**bridge, "id": "ended", "opened_at": now, "ended_at": now}]),
        (bridges, [{**bridge, "id": "live", "opened_at": now}]),
        (bridge_ends, [{"stream": "a", "bridge": "ended"}, {"stream": "b", "bridge": "live"}]),
        (training_runs, [{**run, "id": "over", "ended_at": now, "findings": [{"rows": [{"text": "words"}]}]}]),
        (training_runs, [{**run, "id": "going"}]),
        (directory, [{**known, "person": "p", "checked_at": now}]),
    )
    async with transaction(bot.store._engine) as connection:
        for table, some in rows:
            await connection.execute(insert(table), some)
    retention = retaining(bot, 90)

    bot.clock.advance(days=89)
    await retention.purge()
    names = ("feedback", "bridges", "bridge_ends", "training_runs", "directory")
    assert [await bot.count(name) for name in names] == [1, 2, 2, 2, 1]
    bot.clock.advance(days=2)
    await retention.purge()
    assert [await bot.count(name) for name in names] == [0, 1, 1, 1, 0]


async def test_zero_days_keep_everything(bot: Bot) -> None:
    retention = retaining(bot, 0)
    retention.start()
    await retention.stop()
    assert retention._keeper is None
