"""Request Tracker, as a stand-in with its traps; `make handoff` holds the same contract to the real one."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from bot.desk.contract import TryLater, Undeliverable, Unwanted
from bot.desk.rt import RequestTracker
from bot.desk.rt_watch import TicketWatch
from bot.desk.told import Wording
from bot.desk.web import Web
from bot.envelope import Deed
from handoff.rulebook import Status
from tests.bot.desk.contract import DeskContract
from tests.bot.desk.places import ERASED, LARGE, PICTURE, START, Shelved, case_of, commented, handover, opened
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.rt_stub import TrackerStub
from tests.fakes.server import serving


@dataclass
class Office:
    """The desk, and the tickets on the other side."""

    rt: TrackerStub = field(default_factory=TrackerStub)
    desk: RequestTracker = field(init=False)

    async def threads(self) -> list[list[str]]:
        return [
            [f"{one['Subject']}\n{one['Content']}", *self.comments(number)]
            for number, one in self.rt.tickets.items()
            if one["Status"] != "rejected"
        ]

    def comments(self, ticket: int) -> list[str]:
        changes = [one for one in self.rt.transactions if one["ObjectId"] == str(ticket)]
        return [one["Content"] for one in changes if one["Type"] == "Comment"]

    async def lose_a_reply(self) -> None:
        self.rt.lost = 1

    async def refuse(self) -> None:
        self.rt.fault = 403

    async def go_away(self) -> None:
        self.rt.fault = 503


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    made, outside = Office(), Web(["127.0.0.1"])
    async with serving(made.rt.application()) as url:
        made.desk = RequestTracker(url, made.rt.queue, "token", Wording(knowledge().words, "en"), outside, Shelved())
        yield made
    await outside.close()


class TestRequestTracker(DeskContract):
    @pytest.fixture
    async def place(self, office: Office) -> Office:
        return office


async def test_of_two_creates_at_once_one_ticket_has_the_case_and_the_other_is_rejected(office: Office) -> None:
    office.rt.hidden = 2
    new = handover(case_of(), opened(case_of()))
    tickets = await asyncio.gather(office.desk.deliver(new, ""), office.desk.deliver(new, ""))

    assert set(tickets) == {"1"}
    assert [one["Status"] for one in office.rt.tickets.values()] == ["new", "rejected"]


async def test_a_ticket_whose_answer_never_came_and_that_lost_the_case_is_rejected_later(office: Office) -> None:
    office.rt.hidden, office.rt.lost = 2, 2
    new = handover(case_of(), opened(case_of()))
    for _ in range(2):
        with pytest.raises(TryLater):
            await office.desk.deliver(new, "")
    assert await office.desk.deliver(new, "") == "1"

    assert [one["Status"] for one in office.rt.tickets.values()] == ["new", "rejected"]


async def test_a_queue_without_the_custom_field_is_refused_and_leaves_no_open_ticket(office: Office) -> None:
    office.rt.with_field = False
    with pytest.raises(Undeliverable, match="CaseId"):
        await office.desk.reach()
    with pytest.raises(Undeliverable, match="CaseId"):
        await office.desk.deliver(handover(case_of(), opened(case_of())), "")
    assert await office.threads() == []


async def test_status_and_priority_follow_the_case(office: Office) -> None:
    reference = await office.desk.deliver(handover(case_of(), opened(case_of())), "")
    assert office.rt.tickets[1]["Priority"] == 90
    for status, theirs in ((Status.ACKNOWLEDGED, "open"), (Status.WAITING, "stalled"), (Status.CLOSED, "resolved")):
        case, event = commented(case_of(status=status), "so it is")
        await office.desk.deliver(handover(case, event), reference)
        assert office.rt.tickets[1]["Status"] == theirs


async def test_a_token_that_is_not_taken_is_tried_later(office: Office) -> None:
    office.rt.fault = 401
    with pytest.raises(TryLater, match="401"):
        await office.desk.deliver(handover(case_of(), opened(case_of())), "")


async def test_what_agents_do_is_heard_once_and_what_we_did_is_not(office: Office) -> None:
    watch = TicketWatch("rt", office.desk, office.rt.queue, "triage")
    case, event = commented(case_of(), "It began on Tuesday")
    reference = await office.desk.deliver(handover(case_of(), opened(case_of())), "")
    await office.desk.deliver(handover(case, event), reference)
    office.rt.change(1, "Set", "ann", Field="Owner", NewValue="29")
    office.rt.change(1, "Comment", "ann", Content="a note among agents")
    office.rt.change(1, "Correspond", "ann", Content="Which version is it?")
    office.rt.change(1, "Status", "ann", Field="Status", NewValue="stalled")
    office.rt.change(1, "Correspond", "ann", Content="Any news?")
    office.rt.change(1, "Status", "RT_System", Field="Status", NewValue="open")

    heard = await watch.hear(START)
    await watch.done()

    assert [(one.deed, one.words) for one in heard] == [
        (Deed.ACKNOWLEDGE, ""),
        (Deed.ASK, "Which version is it?"),
        (Deed.COMMENT, "Any news?"),
    ]
    assert {(one.case, one.author, one.desk) for one in heard} == {("T-222-2222", "Ann Agent", "rt")}
    assert await watch.hear(START) == []


async def test_what_was_heard_but_not_recorded_is_heard_again(office: Office) -> None:
    watch = TicketWatch("rt", office.desk, office.rt.queue, "triage")
    await office.desk.deliver(handover(case_of(), opened(case_of())), "")
    office.rt.change(1, "Correspond", "ann", Content="Hello")

    assert await watch.hear(START) == await watch.hear(START) != []


async def test_files_travel_with_a_new_ticket_and_with_a_comment_once(office: Office) -> None:
    case, event = commented(case_of(), "It began on Tuesday")
    new = replace(handover(case_of(), opened(case_of())), files=(PICTURE, ERASED))
    reference = await office.desk.deliver(new, "")
    for _ in range(2):
        await office.desk.deliver(replace(handover(case, event), files=(LARGE, PICTURE)), reference)

    assert [one["FileName"] for one in office.rt.attached] == [PICTURE.name, LARGE.name]
    first = office.rt.attached[0]
    assert (first["FileType"], b64decode(first["FileContent"])) == ("image/png", Shelved.kept[PICTURE.sha256])
    [[ticket, comment]] = await office.threads()
    assert "gone.log is not attached: it is not kept any more" in ticket
    assert f"{PICTURE.name} is not attached: all files together may have 15 MB" in comment


async def test_a_case_that_comes_late_brings_its_files_with_the_comment(office: Office) -> None:
    case, event = commented(case_of(), "It began on Tuesday")
    await office.desk.deliver(replace(handover(case, event), files=(PICTURE,)), "")

    [[ticket, comment]] = await office.threads()
    assert len(office.rt.attached) == 1
    assert PICTURE.name not in ticket
    assert PICTURE.name in comment


async def test_what_is_too_large_for_whatever_stands_before_it_is_not_wanted_and_the_case_is(office: Office) -> None:
    reference = await office.desk.deliver(handover(case_of(), opened(case_of())), "")
    office.rt.fault = 413
    with pytest.raises(Unwanted):
        await office.desk.deliver(handover(*commented(case_of(), "It began on Tuesday")), reference)
