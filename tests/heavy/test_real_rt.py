"""The real Request Tracker: the contract of desks, two hundred creates of which every third loses its answer, and what agents do."""

from __future__ import annotations

import asyncio
import os
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from bot.desk.contract import TryLater
from bot.desk.rt import RequestTracker
from bot.desk.rt_watch import TicketWatch
from bot.desk.told import Wording
from bot.envelope import Deed
from bot.store import open_store
from handoff.file import File
from tests.bot.desk.contract import DeskContract
from tests.bot.desk.places import Post, book, case_of, commented, handover, opened
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.rt import Tracker, installed, tracker
from tests.heavy.beyond import Beyond, beyond

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(1800)]

CREATES, LOST = int(os.environ.get("HANDOFF_CREATES", "200")), 0.3


@pytest.fixture(scope="module")
def rt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    assert installed(), "`make handoff` installs Request Tracker"
    with tracker(tmp_path_factory.mktemp("rt") / "rt") as running:
        yield running


SHOT = File("f1", "Capture d’écran 1.png", "image/png", 25_600, "aa")
TRACE = File("f2", "trace.log", "text/plain", 18, "bb")


class Kept:
    """Files as they were sent: every byte there is, and text that is not ASCII."""

    bytes_of: Mapping[str, bytes] = {"aa": bytes(range(256)) * 100, "bb": "é\r\nline\n\ttab \U0001f600".encode()}

    async def read(self, file: File) -> bytes:
        return self.bytes_of[file.sha256]


@dataclass
class Office:
    """The desk, and the tickets on the other side."""

    rt: Tracker
    there: Beyond
    desk: RequestTracker
    first: int = 0

    async def ask(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        return await self.there.ask(method, path, body, f"token {token}" if token else "")

    async def tickets(self) -> list[dict[str, Any]]:
        """Every ticket that this test has made, whatever its status."""
        query = {"query": f"Queue = '{self.rt.queue}' AND id > {self.first}", "fields": "Status,Subject,CustomFields"}
        found, page = [], 1
        while True:
            asked = urlencode({**query, "per_page": 100, "page": page}, quote_via=quote)
            items = (await self.ask("GET", f"/tickets?{asked}"))["items"]
            found += items
            if len(items) < 100:
                return found
            page += 1

    async def threads(self) -> list[list[str]]:
        return [await self._texts(one) for one in await self.tickets() if one["Status"] != "rejected"]

    async def _texts(self, ticket: dict[str, Any]) -> list[str]:
        texts = []
        for change in await self._changes(ticket["id"]):
            if change["Type"] in ("Create", "Comment"):
                path = f"/transaction/{change['id']}/attachments?fields=Content,ContentType"
                parts = (await self.ask("GET", path))["items"]
                texts.append("\n".join(one["Content"] for one in parts if one["ContentType"] == "text/plain"))
        texts[0] = f"{ticket['Subject']}\n{texts[0]}"
        return texts

    async def files(self, ticket: str) -> list[tuple[str, str, str, bytes]]:
        """The files of a ticket: with what they came, what RT calls them, and their bytes."""
        found = []
        for change in await self._changes(ticket):
            path = f"/transaction/{change['id']}/attachments?fields=Filename,ContentType"
            for part in (await self.ask("GET", path))["items"]:
                if part.get("Filename"):
                    whole = await self.ask("GET", f"/attachment/{part['id']}")
                    content = b64decode(whole["Content"])
                    found.append((change["Type"], part["Filename"], part["ContentType"], content))
        return found

    async def _changes(self, ticket: str) -> list[dict[str, Any]]:
        query = {"query": f"ObjectType = 'RT::Ticket' AND TicketId = {ticket}", "fields": "Type", "per_page": 100}
        changes = (await self.ask("GET", f"/transactions?{urlencode(query, quote_via=quote)}"))["items"]
        return sorted(changes, key=lambda one: int(one["id"]))

    async def lose_a_reply(self) -> None:
        await self.there.lose_a_reply()

    async def refuse(self) -> None:
        self.desk._queue = "No such queue"

    async def go_away(self) -> None:
        self.desk._base = "http://127.0.0.1:1/REST/2.0"


@pytest.fixture
async def office(rt: Tracker) -> AsyncIterator[Office]:
    async with beyond(f"{rt.url}/REST/2.0", f"token {rt.token}", b"POST /REST/2.0/ticket") as there:
        wording = Wording(knowledge().words, "en")
        made = Office(rt, there, RequestTracker(there.url, rt.queue, rt.token, wording, there.web, Kept()))
        made.first = max((int(one["id"]) for one in await made.tickets()), default=0)
        yield made
        for ticket in await made.tickets():  # the next test may use the same case numbers
            if ticket["CustomFields"][0]["values"]:
                await made.ask("PUT", f"/ticket/{ticket['id']}", {"Status": "rejected", "CustomFields": {"CaseId": ""}})


class TestRealRequestTracker(DeskContract):
    @pytest.fixture
    async def place(self, office: Office) -> Office:
        return office


async def test_of_four_creates_at_once_one_ticket_has_the_case(office: Office) -> None:
    new = handover(case_of(), opened(case_of()))

    async def insist() -> str:
        while True:
            try:
                return await office.desk.deliver(new, "")
            except TryLater:  # two workers serve four creates: one may have to wait for too long
                continue

    tickets = [*await asyncio.gather(*(insist() for _ in range(4))), await insist()]

    found = await office.tickets()
    open_ = [one for one in found if one["Status"] != "rejected"]
    assert len(set(tickets)) == len(open_) == 1
    assert open_[0]["CustomFields"][0]["values"] == ["T-222-2222"]


async def test_what_agents_do_is_heard_and_what_we_did_is_not(office: Office, rt: Tracker) -> None:
    watch = TicketWatch("rt", office.desk, rt.queue, "triage")
    await watch.hear(datetime.now(UTC))
    await watch.done()
    case, event = commented(case_of(), "It began on Tuesday")
    ticket = await office.desk.deliver(handover(case_of(), opened(case_of())), "")
    await office.desk.deliver(handover(case, event), ticket)
    await office.ask("PUT", f"/ticket/{ticket}", {"Owner": "ann"}, rt.agent)
    note = {"Subject": "note", "Content": "a note among agents", "ContentType": "text/plain"}
    await office.ask("POST", f"/ticket/{ticket}/comment", note, rt.agent)
    reply = {"Subject": "Re", "Content": "Which version is it?", "ContentType": "text/plain"}
    await office.ask("POST", f"/ticket/{ticket}/correspond", reply, rt.agent)
    await office.ask("PUT", f"/ticket/{ticket}", {"Status": "stalled"}, rt.agent)
    await office.ask("POST", f"/ticket/{ticket}/correspond", {**reply, "Content": "Restarted it"}, rt.agent)
    await office.ask("PUT", f"/ticket/{ticket}", {"Status": "resolved"}, rt.agent)

    heard = await watch.hear(datetime.now(UTC))
    await watch.done()

    assert [(one.deed, one.words, one.author) for one in heard] == [
        (Deed.ACKNOWLEDGE, "", "Ann Agent"),
        (Deed.ASK, "Which version is it?", "Ann Agent"),
        (Deed.RESOLVE, "Restarted it", "Ann Agent"),
    ]
    assert await watch.hear(datetime.now(UTC)) == []


async def test_files_arrive_as_they_were_sent_with_the_ticket_and_with_a_comment_once(office: Office) -> None:
    case, event = commented(case_of(), "It began on Tuesday")
    ticket = await office.desk.deliver(replace(handover(case_of(), opened(case_of())), files=(SHOT,)), "")
    for _ in range(2):
        await office.desk.deliver(replace(handover(case, event), files=(TRACE,)), ticket)

    assert await office.files(ticket) == [
        ("Create", SHOT.name, SHOT.kind, Kept.bytes_of[SHOT.sha256]),
        ("Comment", TRACE.name, TRACE.kind, Kept.bytes_of[TRACE.sha256]),
    ]


async def test_two_hundred_creates_of_which_every_third_loses_its_answer_make_two_hundred_tickets(
    office: Office, database_url: str
) -> None:
    store = open_store(database_url, "enterprise_e3")
    await store.start()
    post = Post(store, replace(knowledge(), desks=book("rt")), {"rt": office.desk}, seconds=30.0)
    office.there.proxy.share = LOST
    async with post.running():
        for number in range(CREATES):
            await post.keep(case_of(f"T-{number:03}-{'22' if database_url.startswith('sqlite') else '33'}22"))
        while (await store.outbox.waiting())[0]:
            post.advance(seconds=20)
            await asyncio.sleep(0.5)
    office.there.proxy.share = 0.0
    await store.close()

    found = await office.tickets()
    cases = [value for one in found if one["Status"] != "rejected" for value in one["CustomFields"][0]["values"]]
    print(
        f"\n{CREATES} cases, {office.there.proxy.through} creates, {office.there.proxy.cut} answers lost, {len(cases)} tickets"
    )
    assert len(cases) == len(set(cases)) == CREATES
    assert sum(one["Status"] != "rejected" for one in found) == CREATES
    assert office.there.proxy.cut > CREATES * 0.2
