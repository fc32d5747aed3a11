"""What a desk says of its cases: signed, once, of its own cases only, and then as if somebody had said it in the chat."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from standardwebhooks.webhooks import Webhook

from classifier.predict import Predictor
from dialogs.scene import Knowledge
from handoff.desks import DeskBook, DeskRow, RouteRow
from tests.bots import Bot
from tests.fakes.connector import Chat
from tests.fakes.desk import FakeDesk
from tests.fakes.sending import file, picture, send_along

OLD = "whsec_" + base64.b64encode(b"0" * 32).decode()
NEW = "whsec_" + base64.b64encode(b"1" * 32).decode()

DESKS = {
    id_: DeskRow(id=id_, kind="webhook", url="https://desk.example.org/", secret="HOOK_OUT", inbound_secret="HOOK_IN")
    for id_ in ("hook", "other")
}


class Office:
    """A bot whose cases go to the desk `hook`; `other` is told besides of what administrators hold."""

    def __init__(self, bot: Bot, desks: dict[str, FakeDesk]) -> None:
        self.bot = bot
        self.desks = desks
        self.number = ""

    async def open(self) -> Chat:
        """Ugo opens a case with his administrators; it arrives at the desk."""
        chat = await self.bot.teams.personal(self.bot.teams.person("Ugo"))
        proposal = await chat.say("nobody can open the HR SharePoint site since this morning")
        await chat.press(proposal, "Open the case")
        [case] = await self.bot.cases()
        self.number = case.number
        await self.arrived(1)
        return chat

    async def arrived(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.desks["hook"].told) < count:
                await asyncio.sleep(0.02)

    async def post(
        self, body: Any, id_: str = "evt-1", secret: str = NEW, desk: str = "hook", ago: float = 0, **headers: str
    ) -> tuple[int, Any]:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        at = datetime.now(UTC) - timedelta(seconds=ago)
        signed = {
            "webhook-id": id_,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret).sign(id_, at, raw.decode("utf-8", "replace")),
            **headers,
        }
        url = f"{self.bot.url}/desks/{desk}/events"
        async with aiohttp.ClientSession() as session, session.post(url, data=raw, headers=signed) as answer:
            text = await answer.text()
        return answer.status, json.loads(text) if text.startswith("{") else text

    def says(self, verb: str, text: str = "", **fields: str) -> dict[str, str]:
        return {"type": f"case.{verb}", "case": self.number, "author": "Ann Agent", "text": text, **fields}


@pytest.fixture
async def office(
    database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    monkeypatch.setenv("HOOK_IN", f"{OLD} {NEW}")
    desks = {id_: FakeDesk() for id_ in DESKS}
    routes = (RouteRow(desks=("hook",)),)
    running = Bot(database_url, tmp_path, classifier, replace(knowledge, desks=DeskBook(DESKS, routes)))
    running.desks = desks
    async with running as bot:
        yield Office(bot, desks)


async def test_a_case_opened_in_the_chat_arrives_at_its_desk_and_what_is_said_there_in_the_chat(office: Office) -> None:
    chat = await office.open()

    status, answer = await office.post(office.says("comment", "Please restart the laptop"))

    assert (status, answer["done"], answer["case"]) == (200, True, office.number)
    [told] = await chat.wait_for("Please restart the laptop")
    assert "Ann Agent" in told.says
    assert [one.event.verb for one in office.desks["hook"].told] == ["opened"]  # what it said itself does not come back


async def test_the_whole_life_of_a_case_is_moved_from_the_desk(office: Office) -> None:
    await office.open()
    for number, (verb, text, status) in enumerate(
        [
            ("acknowledge", "", "with_administrator"),
            ("ask", "Which version?", "waiting"),
            ("resolve", "Restarted", "resolved"),
        ]
    ):
        code, answer = await office.post(office.says(verb, text), id_=f"evt-{number}")
        assert (code, answer["status"]) == (200, status)
    assert (await office.bot.deeds())["resolve"] == 1


async def test_the_same_event_again_is_answered_again_and_has_no_second_effect(office: Office) -> None:
    await office.open()
    first = await office.post(office.says("comment", "once"))
    again = await office.post(office.says("comment", "once"))

    assert first == again
    assert (await office.bot.deeds())["comment"] == 1


@pytest.mark.parametrize("secret", [OLD, NEW])
async def test_both_secrets_are_taken_while_one_takes_the_place_of_the_other(office: Office, secret: str) -> None:
    await office.open()
    assert (await office.post(office.says("comment", "hello"), secret=secret))[0] == 200


async def test_what_is_forged_stale_or_changed_is_refused_and_changes_nothing(office: Office) -> None:
    await office.open()
    said = office.says("resolve", "done")
    forged = "whsec_" + base64.b64encode(b"2" * 32).decode()

    assert (await office.post(said, secret=forged))[0] == 401
    assert (await office.post(said, ago=301))[0] == 401
    assert (await office.post(said, ago=-301))[0] == 401
    assert (await office.post(said, **{"webhook-id": "another"}))[0] == 401
    for signature in ("", "v1", "v1,", "v1,???", "v2,abc", "é", "v1," + "A" * 5000):
        assert (await office.post(said, **{"webhook-signature": signature.encode().decode("latin-1")}))[0] == 401
    for at in ("", "now", "nan", "1e400", "-1"):
        assert (await office.post(said, **{"webhook-timestamp": at}))[0] == 401
    assert (await office.bot.deeds())["resolve"] == 0


MALFORMED = [
    *(b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"type": 5}', b'{"type": "case.comment"}'),
    b'{"type": "case.comment", "case": "T-0", "text": "x"}',
    b'{"type": "case.comment", "case": ["T-222-2222"], "text": "x"}',
    b'{"type": "case.explode", "case": "T-222-2222"}',
    b'{"type": "case.comment", "case": "T-222-2222", "text": {"a": 1}}',
]


async def test_what_is_malformed_is_told_so(office: Office) -> None:
    for body in MALFORMED:
        status, answer = await office.post(body)
        assert (status, bool(answer["error"])) in ((400, True), (401, True)), body


async def test_too_large_is_told_so(office: Office) -> None:
    assert (await office.post(office.says("comment", "x" * 70_000)))[0] == 413
    assert (await office.post(office.says("comment", "x" * 300_000)))[0] == 413


async def test_a_desk_speaks_of_its_own_cases_only(office: Office) -> None:
    await office.open()
    said = office.says("comment", "hello")

    absent = await office.post({**said, "case": "T-222-2222"})
    assert absent[0] == 404
    assert await office.post(said, desk="other") == absent
    assert await office.post({**said, "tenant": "somebody else"}) == absent
    assert (await office.post(said, desk="nobody"))[0] == 404
    assert (await office.post({**said, "tenant": office.bot.teams.tenant}, id_="evt-2"))[0] == 200


async def test_a_move_that_is_not_possible_is_refused_with_those_that_are(office: Office) -> None:
    await office.open()
    await office.post(office.says("resolve", "done"), id_="evt-1")

    status, answer = await office.post(office.says("ask", "why?"), id_="evt-2")
    assert status == 409
    assert answer["status"] == "resolved"
    assert "comment" in answer["possible"]
    assert (await office.post(office.says("comment", "  "), id_="evt-3"))[0] == 422
    assert await office.post(office.says("resolve", "done"), id_="evt-4") == (
        200,
        {"case": office.number, "type": "case.resolve", "done": False, "status": "resolved"},
    )


async def test_a_status_changed_without_a_word_still_tells_the_person_something(office: Office) -> None:
    chat = await office.open()
    assert (await office.post(office.says("resolve")))[0] == 200
    assert await chat.wait_for("It was marked as solved at the service desk.")


async def test_what_a_person_answers_goes_back_to_the_desk(office: Office) -> None:
    chat = await office.open()
    await office.post(office.says("ask", "Which version?"))
    [asked] = await chat.wait_for("Which version?")
    await chat.press(asked, "Send message", {"words": "Version 2308"})
    await office.arrived(2)

    assert office.desks["hook"].told[-1].event.words == "Version 2308"


async def test_files_arrive_at_the_desk_with_the_case_and_later_ones_with_what_was_said(office: Office) -> None:
    bot, told = office.bot, office.desks["hook"].told
    chat = await bot.teams.personal(bot.teams.person("Alice"))
    shown = await send_along(chat, "Nobody receives mail since this morning", picture(chat), expect=2)
    await chat.press(shown, "Open the case")
    await office.arrived(1)
    asked = await send_along(chat, "", file(chat, "trace.log", b"550"), expect=2)
    await chat.press(asked, "Yes, add it there")
    await office.arrived(2)

    assert [[one.name for one in each.files] for each in told] == [["image.png"], ["trace.log"]]
