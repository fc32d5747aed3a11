"""A channel of Teams as a desk: one thread a case, its card replaced, what was said in the thread; over the connector that really sends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from bot.channel.botframework import BotFramework
from bot.desk.contract import Handover, TryLater, Undeliverable
from bot.desk.teams import TeamsDesk, teams_desks
from bot.notify import handover_to
from dialogs.lookup import Found
from dialogs.scene import Scene
from handoff.case import Case
from handoff.desks import DeskBook, DeskRow, OnCall
from handoff.life import Event
from handoff.people import SYSTEM
from tests.bot.desk.contract import DeskContract
from tests.bot.desk.places import CONTOSO, START, case_of, commented, opened
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.connector import Chat, FakeTeams, Fault, Sent

CHANNEL = "19:agents@thread.tacv2"


@dataclass
class Channel:
    """A channel of the fake Teams, and the desk that speaks there."""

    teams: FakeTeams
    real: TeamsDesk
    row: DeskRow

    @property
    def desk(self) -> Channel:
        return self

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Deliver it with its card, which is made when it is committed."""
        return await self.real.deliver(self.with_card(handover), reference)

    async def reach(self) -> str:
        return await self.real.reach()

    def with_card(self, handover: Handover) -> Handover:
        case, event = handover.case, handover.event
        desks = DeskBook({"desk": self.row})
        found = Found(case=case, tenant=CONTOSO, events=(opened(case), event))
        scene = Scene(replace(knowledge(), desks=desks), SYSTEM, CONTOSO, START, "token", "", found=found)
        return replace(handover, message=handover_to("desk", case, CONTOSO, event, scene).message)

    def chats(self) -> list[Chat]:
        return self.teams.threads.get(CHANNEL, [])

    def messages(self) -> list[list[Sent]]:
        return [list(chat.messages.values()) for chat in self.chats()]

    async def threads(self) -> list[list[str]]:
        """What stands in each thread: the card as it is now, which is replaced and not repeated, and the remarks."""
        return [[f"{sent.says} {sent.activity.get('summary', '')}" for sent in thread] for thread in self.messages()]

    async def lose_a_reply(self) -> None:
        self.teams.faults.append(Fault("POST .*", 0, lost_ack=True))

    async def refuse(self) -> None:
        self.teams.faults.append(Fault(".*", 403, times=100))

    async def go_away(self) -> None:
        self.teams.faults.append(Fault(".*", 503, times=100))


@pytest.fixture
async def place() -> AsyncIterator[Channel]:
    async with FakeTeams() as teams:
        teams.chats[CHANNEL] = Chat(teams, CHANNEL, "channel", [teams.person("Sam")])
        row = DeskRow(
            id="desk",
            kind="teams",
            tenant=teams.tenant,
            channel=CHANNEL,
            service_url=teams.service_url,
            on_call=(OnCall(id="nia-id", name="Nia"),),
        )
        framework = BotFramework.build()
        desks = teams_desks({"desk": row}, framework.connector, "", knowledge().words)
        yield Channel(teams, desks["desk"], row)
        await framework.close()


class TestTeams(DeskContract):
    """What every desk has to be; but Teams cannot be asked what is there already, so that a lost answer leaves a trace."""

    @pytest.fixture
    async def place(self, place: Channel) -> Channel:  # type: ignore[override]
        return place

    async def test_a_case_whose_reply_was_lost_is_there_once(self, place: Channel) -> None:  # type: ignore[override]
        """It is there twice, which no call to Teams could have told; from now on the newer card is the one that is kept true."""
        new = Handover("key", "desk", case_of(), CONTOSO, opened(case_of()))
        await place.lose_a_reply()
        with pytest.raises(TryLater):
            await place.deliver(new, "")
        reference = await place.deliver(new, "")

        assert len(place.chats()) == 2
        assert reference.startswith(place.chats()[1].id)

    async def test_a_comment_whose_reply_was_lost_is_there_once(self, place: Channel) -> None:  # type: ignore[override]
        """The remark is there twice; the card is one."""
        case, event = commented(case_of(), "It began on Tuesday")
        reference = await place.deliver(Handover("1", "desk", case_of(), CONTOSO, opened(case_of())), "")
        await place.lose_a_reply()
        with pytest.raises(TryLater):
            await place.deliver(Handover("2", "desk", case, CONTOSO, event), reference)
        await place.deliver(Handover("2", "desk", case, CONTOSO, event), reference)

        [thread] = await place.threads()
        assert len(thread) == 3

    async def test_what_was_delivered_by_a_process_that_died_before_it_was_marked_is_there_once(  # type: ignore[override]
        self, place: Channel
    ) -> None:
        """The card that was replaced is replaced by the same again."""
        case, event = commented(case_of(), "It began on Tuesday")
        silent = replace(event, words="")
        reference = await place.deliver(Handover("1", "desk", case_of(), CONTOSO, opened(case_of())), "")
        for _ in range(2):
            assert await place.deliver(Handover("2", "desk", case, CONTOSO, silent), reference) == reference

        [[card]] = await place.threads()
        assert "T-222-2222" in card

    async def test_what_happens_later_goes_to_the_same_case_in_order(self, place: Channel) -> None:  # type: ignore[override]
        case, first = commented(case_of(), "It began on Tuesday")
        again, second = commented(case, "It is better now")
        reference = await place.deliver(Handover("1", "desk", case_of(), CONTOSO, opened(case_of())), "")
        await place.deliver(Handover("2", "desk", case, CONTOSO, first), reference)
        await place.deliver(Handover("3", "desk", again, CONTOSO, second), reference)

        [[card, one, two]] = await place.threads()
        assert "It is better now" in card
        assert ("It began on Tuesday" in one, "It is better now" in two) == (True, True)


async def test_a_card_that_somebody_deleted_begins_anew(place: Channel) -> None:
    reference = await place.deliver(told("opened"), "")
    place.chats()[0].messages.clear()

    again = await place.deliver(told("acknowledge"), reference)

    assert again != reference
    assert again.startswith(place.chats()[1].id)


async def test_a_reminder_names_those_on_call(place: Channel) -> None:
    reference = await place.deliver(told("opened"), "")
    await place.deliver(told("unclaimed"), reference)

    [[_, reminder]] = place.messages()
    [card] = reminder.cards
    assert card["msteams"]["entities"][0]["mentioned"] == {"id": "nia-id", "name": "Nia"}


async def test_what_two_people_say_changes_the_card_and_tells_the_thread_nothing(place: Channel) -> None:
    reference = await place.deliver(told("opened"), "")
    await place.deliver(told("said", "Which site is it?"), reference)

    [[card]] = place.messages()
    assert "Which site is it?" in card.says


async def test_without_a_card_there_is_nothing_to_show(place: Channel) -> None:
    with pytest.raises(Undeliverable):
        await place.real.deliver(told("opened"), "")


def told(verb: str, words: str = "", case: Case | None = None) -> Handover:
    case = case or case_of()
    return Handover(verb, "desk", case, CONTOSO, Event(case.number, verb, SYSTEM, START, case.status, words))
