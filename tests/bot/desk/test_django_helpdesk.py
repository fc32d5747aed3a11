"""django-helpdesk, as a stand-in with its traps: a second ticketing system, to show that the seam is general."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.desk.django_helpdesk import DjangoHelpdesk
from bot.desk.told import Wording
from bot.desk.web import Web
from handoff.rulebook import Status
from tests.bot.desk.contract import DeskContract
from tests.bot.desk.places import case_of, commented, handover, opened
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.helpdesk_stub import HelpdeskStub
from tests.fakes.server import serving


@dataclass
class Office:
    """The desk, and the tickets on the other side."""

    helpdesk: HelpdeskStub = field(default_factory=HelpdeskStub)
    desk: DjangoHelpdesk = field(init=False)

    async def threads(self) -> list[list[str]]:
        return [
            [f"{one['title']}\n{one['description']}", *(told["comment"] for told in one["followup_set"])]
            for one in self.helpdesk.tickets
            if one["status"] != 5
        ]

    async def lose_a_reply(self) -> None:
        self.helpdesk.lost = 1

    async def refuse(self) -> None:
        self.helpdesk.fault = 403

    async def go_away(self) -> None:
        self.helpdesk.fault = 503


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    made, outside = Office(), Web(["127.0.0.1"])
    async with serving(made.helpdesk.application()) as url:
        made.desk = DjangoHelpdesk(url + "/helpdesk", "1", "token", Wording(knowledge().words, "en"), outside)
        yield made
    await outside.close()


class TestDjangoHelpdesk(DeskContract):
    @pytest.fixture
    async def place(self, office: Office) -> Office:
        return office


async def test_of_two_creates_at_once_the_older_ticket_has_the_case_and_the_other_is_a_duplicate(
    office: Office,
) -> None:
    office.helpdesk.hidden = 4
    new = handover(case_of(), opened(case_of()))
    tickets = await asyncio.gather(office.desk.deliver(new, ""), office.desk.deliver(new, ""))

    assert set(tickets) == {"1"}
    assert [one["status"] for one in office.helpdesk.tickets] == [1, 5]


async def test_a_ticket_is_found_among_many_that_the_search_shows_all_the_same(office: Office) -> None:
    for number in range(250):
        case = case_of(f"T-{number:03}-2222")
        office.helpdesk.tickets.append(
            {
                "id": number + 1,
                "queue": 1,
                "status": 1,
                "title": f"[{case.number}] x",
                "followup_set": [],
                "on_hold": False,
            }
        )
    late = case_of("T-007-2222")

    assert await office.desk.deliver(handover(late, opened(late)), "") == "8"
    assert len(office.helpdesk.tickets) == 250


async def test_comments_leave_the_title_and_status_follows_the_case(office: Office) -> None:
    reference = await office.desk.deliver(handover(case_of(), opened(case_of())), "")
    for status, theirs, on_hold in (
        (Status.WAITING, 1, True),
        (Status.RESOLVED, 3, False),
        (Status.REOPENED, 2, False),
        (Status.CLOSED, 4, False),
    ):
        case, event = commented(case_of(status=status), "so it is")
        await office.desk.deliver(handover(case, event), reference)
        [ticket] = office.helpdesk.tickets
        assert (ticket["status"], ticket["on_hold"], ticket["priority"]) == (theirs, on_hold, 1)
        assert ticket["title"] == "[T-222-2222] No mail"
