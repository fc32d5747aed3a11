"""What people send along is kept with their case, over HTTP, on both databases; what is not kept is said, with the reason."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.files.retention import erase, purge
from bot.files.shelf import FileShelf, Shelf
from handoff.people import Tenant
from tests.bots import Bot
from tests.fakes.connector import Chat, Fault
from tests.fakes.sending import PDF, PNG, file, office, picture, send_along

OUTAGE = "Nobody in accounting receives mail since this morning"


async def alice(bot: Bot) -> Chat:
    return await bot.teams.personal(bot.teams.person("Alice"))


def shelf(bot: Bot) -> FileShelf:
    return FileShelf(bot.store.files, folder(bot))


def folder(bot: Bot) -> Shelf:
    return Shelf(bot.settings.var / "files")


def blobs(bot: Bot) -> list[Path]:
    return [path for path in (bot.settings.var / "files").glob("*/*") if path.is_file()]


async def number(bot: Bot) -> str:
    [case] = await bot.cases()
    return case.number


async def test_a_screenshot_and_a_file_go_with_the_case(bot: Bot) -> None:
    chat = await alice(bot)
    shown = await send_along(chat, OUTAGE, picture(chat), file(chat, "trace.log", b"550 5.7.1"), expect=2)
    assert "I keep image.png, trace.log" in shown.says
    opened = await chat.press(shown, "Open the case")
    assert "image.png, trace.log" in opened.says
    kept = await shelf(bot).of_case(await number(bot))
    assert [(one.name, one.kind, one.size) for one in kept] == [
        ("image.png", "image/png", len(PNG)),
        ("trace.log", "text/plain", 9),
    ]
    assert await shelf(bot).read(kept[0]) == PNG
    assert shelf(bot).path(kept[1]).read_bytes() == b"550 5.7.1"
    case = await chat.press(opened, "Show the case")
    assert "image.png, trace.log" in case.says


async def test_the_administrator_sees_what_was_sent(bot: Bot) -> None:
    ada = await bot.teams.personal(bot.teams.person("Ada"))
    await bot.store.describe_tenant(Tenant(bot.teams.tenant, "enterprise_e3"), [ada.people[0].directory_id])
    await ada.say("hello")
    chat = await alice(bot)
    await chat.press(await send_along(chat, OUTAGE, file(chat, "trace.log", b"550"), expect=2), "Open the case")
    await ada.wait(2)
    assert "trace.log" in ada.heard[-1].says


async def test_a_screenshot_alone_waits_for_the_words(bot: Bot) -> None:
    chat = await alice(bot)
    first = await send_along(chat, "", picture(chat), expect=2)
    assert "I keep image.png" in first.says
    assert "What is wrong?" in first.says
    await chat.press(await chat.say(OUTAGE), "Open the case")
    assert [one.name for one in await shelf(bot).of_case(await number(bot))] == ["image.png"]


async def test_a_file_for_a_case_that_is_open(bot: Bot) -> None:
    chat = await alice(bot)
    await chat.press(await chat.say(OUTAGE), "Open the case")
    asked = await send_along(chat, "", file(chat, "trace.log", b"550"), expect=2)
    assert "Does this belong to case" in asked.says
    added = await chat.press(asked, "Yes, add it there")
    assert "Sent: trace.log" in added.says
    assert [one.name for one in await shelf(bot).of_case(await number(bot))] == ["trace.log"]


async def test_what_was_cancelled_goes_with_no_later_case(bot: Bot) -> None:
    chat = await alice(bot)
    await send_along(chat, OUTAGE, picture(chat), expect=2)
    await chat.say("cancel")
    await chat.press(await chat.say("Teams calls drop after a minute for everybody"), "Talk to a person")
    assert await shelf(bot).of_case(await number(bot)) == ()
    assert await bot.count("files") == 1, "kept until its time is over, with no case"


async def test_a_message_delivered_many_times_keeps_a_file_once(bot: Bot) -> None:
    chat = await alice(bot)
    activity = chat.activity("message", text=OUTAGE, attachments=[picture(chat)])
    await asyncio.gather(*(chat.post(activity) for _ in range(4)))
    await chat.wait(2)
    assert await bot.count("files") == 1
    assert len(blobs(bot)) == 1


async def test_the_same_bytes_are_kept_once(bot: Bot) -> None:
    chat = await alice(bot)
    await send_along(chat, OUTAGE, picture(chat), picture(chat), file(chat, "again.png", PNG), expect=2)
    assert await bot.count("files") == 3
    assert len(blobs(bot)) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("big.log", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        ("run.exe", b"MZ\x90\x00", "I take pictures, PDF, text"),
        ("a.zip", office("readme"), "I take pictures, PDF, text"),
        ("empty.txt", b"", "there is nothing in it"),
    ],
)
async def test_what_is_not_kept_has_its_reason(bot: Bot, name: str, content: bytes, says: str) -> None:
    chat = await alice(bot)
    turn = await send_along(chat, OUTAGE, file(chat, name, content), file(chat, "ok.pdf", PDF), expect=2)
    assert f"{name}** is not kept" in turn.says
    assert says in turn.says
    assert "I keep ok.pdf" in turn.says
    assert "This is what I understood" in turn.says, "the words are taken up all the same"
    assert len(blobs(bot)) == 1, "nothing is left of what was not kept"


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault("GET .*/download", 404), "could not be fetched"),
        (Fault("GET .*/download", 302, headers={"Location": "http://169.254.169.254/"}), "could not be fetched"),
        (Fault("GET .*/download", 0, times=2), "could not be fetched"),
    ],
)
async def test_what_cannot_be_fetched_is_said(bot: Bot, fault: Fault, says: str) -> None:
    chat = await alice(bot)
    bot.teams.faults.append(replace(fault))  # it is used up
    turn = await send_along(chat, OUTAGE, file(chat, "a.log", b"x"), expect=2)
    assert says in turn.says


async def test_six_files_are_one_too_many(bot: Bot) -> None:
    chat = await alice(bot)
    turn = await send_along(chat, OUTAGE, *(file(chat, f"{place}.txt", b"x") for place in range(6)), expect=2)
    assert "5.txt** is not kept: I take 5 files in one message" in turn.says
    assert await bot.count("files") == 5


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://evil.example/a.log",
        "https://sharepoint.com.evil.example/a.log",
        "http://contoso.sharepoint.com/a.log",
        "https://user@contoso.sharepoint.com@evil.example/a",
        "file:///etc/passwd",
        "",
        "\ud800",
    ],
)
async def test_nothing_is_fetched_from_elsewhere(bot: Bot, url: str) -> None:
    chat = await alice(bot)
    turn = await send_along(chat, OUTAGE, file(chat, "a.log", b"x", downloadUrl=url), expect=2)
    assert "from which I may not fetch" in turn.says
    assert not [call for call in bot.teams.calls if "download" in call.path]


@pytest.mark.parametrize("odd", [None, 7, [], {}, {"contentType": 7}, {"contentType": "image/png", "contentUrl": 7}])
async def test_odd_attachments_harm_nothing(bot: Bot, odd: object) -> None:
    chat = await alice(bot)
    activity = chat.activity("message", text=OUTAGE, attachments=[odd])
    assert (await chat.post(activity)).status in (200, 400)


async def test_in_a_group_files_are_sent_elsewhere(bot: Bot) -> None:
    person = bot.teams.person("Alice")
    own, chat = await bot.teams.personal(person), await bot.teams.group([person])
    await send_along(own, "hello")
    await send_along(chat, OUTAGE, picture(chat))
    await own.wait_for("I take files only in our personal chat")
    assert await bot.count("files") == 0


async def test_what_waited_too_long_and_what_a_person_sent_are_forgotten(bot: Bot) -> None:
    chat = await alice(bot)
    await send_along(chat, OUTAGE, picture(chat), expect=2)
    now = datetime.now(UTC)
    assert await purge(bot.store.files, folder(bot), now, days=30) == (0, 0)
    later = datetime.fromtimestamp(time.time() + 31 * 86_400, UTC)
    assert await purge(bot.store.files, folder(bot), later, days=30) == (1, 1)
    assert blobs(bot) == []

    carol = await bot.teams.personal(bot.teams.person("Carol"))
    for one in (chat, carol):
        await one.press(await send_along(one, OUTAGE, picture(one), expect=2), "Open the case")
    erased = await bot.store.privacy.erase(chat.people[0].directory_id)
    assert await erase(bot.store.files, folder(bot), erased.hashes) == 0, "the same bytes are Carol's as well"
    erased = await bot.store.privacy.erase(carol.people[0].directory_id)
    assert await erase(bot.store.files, folder(bot), erased.hashes) == 1, "however new they are"
    assert (await bot.count("files"), blobs(bot)) == (0, [])


async def test_files_of_long_closed_cases_are_forgotten(bot: Bot) -> None:
    chat = await alice(bot)
    opened = await chat.press(await send_along(chat, OUTAGE, picture(chat), expect=2), "Open the case")
    later = datetime.fromtimestamp(time.time() + 100 * 86_400, UTC)
    assert await purge(bot.store.files, folder(bot), later, days=30, closed_days=90) == (0, 0), "it is open"
    await chat.press(opened, "It is solved")
    assert await purge(bot.store.files, folder(bot), later, days=30, closed_days=90) == (1, 1)
