"""What happens to a case reaches its desk: once, in order, after any trouble; and where it cannot, the next desk, or people, are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.alarms import Alarms
from bot.envelope import Address, Closed, Handover, TryLater, Undeliverable, Unwanted
from bot.store import SqlStore, open_store
from bot.store import alarms as alarm_rows
from bot.store.tables import audit, people
from bot.store.transaction import transaction
from dialogs.scene import Knowledge
from handoff.alarms import alarms_of
from tests.bot.desk.places import CONTOSO, START, Post, book, case_of, failing
from tests.fakes.desk import FakeDesk


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    opened = open_store(database_url, "enterprise_e3")
    await opened.start()
    yield opened
    await opened.close()


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def until_known(store: SqlStore, case: str, desk: str) -> None:
    """Wait until it is on record that a desk has a case: what it was told of it is marked a moment later."""
    async with asyncio.timeout(10):
        while True:
            async with store.ringing() as at:
                if desk in (await at.knowing(case))[0]:
                    return
            await asyncio.sleep(0.02)


def post(store: SqlStore, knowledge: Knowledge, also: tuple[str, ...] = (), **desks: FakeDesk) -> Post:
    names = tuple(name for name in desks if name not in also)
    return Post(store, replace(knowledge, desks=book(*names, also=also)), desks)


async def test_all_that_happens_to_a_case_reaches_its_desk_in_order(store: SqlStore, knowledge: Knowledge) -> None:
    desk = FakeDesk()
    case = case_of()
    office = post(store, knowledge, rt=desk)
    async with office.running():
        await office.keep(case)
        for words in ("one", "two", "three"):
            case = await office.comment(case, words)
        await until(lambda: len(desk.told) == 4)

    assert [one.event.words for one in desk.told] == ["", "one", "two", "three"]
    assert len(desk.calls) == 4
    assert desk.told[0].case == case_of()


async def test_an_obstacle_waits_longer_each_time_and_nothing_of_the_case_overtakes(
    store: SqlStore, knowledge: Knowledge
) -> None:
    desk = FakeDesk(trouble=failing(TryLater("503"), times=2))
    office = post(store, knowledge, rt=desk)
    async with office.running():
        await office.keep(case_of())
        await office.comment(case_of(), "one")
        await until(lambda: len(desk.calls) == 1)
        office.advance(seconds=7)
        await until(lambda: len(desk.calls) == 2)
        office.advance(seconds=200)
        await asyncio.sleep(1.2)
        assert len(desk.calls) == 2
        office.advance(seconds=200)
        await until(lambda: len(desk.told) == 2)

    assert [one.event.verb for one in desk.told] == ["opened", "comment"]


async def test_what_the_desk_asks_to_wait_is_waited(store: SqlStore, knowledge: Knowledge) -> None:
    desk = FakeDesk(trouble=failing(TryLater("429", after=120), times=1))
    office = post(store, knowledge, rt=desk)
    async with office.running():
        await office.keep(case_of())
        await until(lambda: len(desk.calls) == 1)
        office.advance(seconds=110)
        await asyncio.sleep(1.2)
        assert len(desk.calls) == 1
        office.advance(seconds=11)
        await until(lambda: len(desk.told) == 1)


async def test_a_desk_that_hangs_keeps_neither_another_desk_nor_another_case_waiting(
    store: SqlStore, knowledge: Knowledge
) -> None:
    hanging, quick = FakeDesk(seconds=60), FakeDesk()
    office = post(store, knowledge, also=("mail",), rt=hanging, mail=quick)
    async with office.running():
        for number in range(10):
            await office.keep(case_of(f"T-22{number}-2222"))
        await until(lambda: len(quick.told) == 10, seconds=5)

    assert hanging.told == []


async def test_a_desk_away_for_an_hour_gets_a_hundred_cases_once_each_and_in_order_within_a_minute_of_its_return(
    store: SqlStore, knowledge: Knowledge
) -> None:
    desk = FakeDesk(trouble=failing(TryLater("away")))
    office = post(store, knowledge, rt=desk)
    cases = [case_of(f"T-{number:03}-2222") for number in range(100)]
    async with office.running():
        for case in cases:
            await office.keep(case)
            await office.comment(case, "more")
        await until(lambda: len(desk.calls) >= 3)
        await asyncio.sleep(0.2)
        tried = len(desk.calls)
        for _ in range(6):  # an hour, in steps of ten minutes: one probe each, as far as this clock can tell
            office.advance(minutes=10)
            await until(lambda before=tried: len(desk.calls) > before)
            tried = len(desk.calls)
        assert tried < 3 + 4 + 6 + 1  # the failures that opened the breaker, what was on its way, the probes

        desk.trouble = lambda _handover: None
        office.advance(seconds=30)
        await until(lambda: len(desk.told) == 200, seconds=60)

    assert sorted(one.key for one in desk.told) == sorted({one.key for one in desk.told})
    assert all(desk.verbs(case.number) == ["opened", "comment"] for case in cases)


async def test_what_a_desk_refuses_goes_to_the_next_one_with_the_reason_and_stays_there(
    store: SqlStore, knowledge: Knowledge
) -> None:
    first, second = FakeDesk(trouble=failing(Undeliverable("403 MessageWritesBlocked"))), FakeDesk()
    office = post(store, knowledge, teams=first, mail=second)
    async with office.running():
        await office.keep(case_of())
        after = await office.comment(case_of(), "one")
        await until(lambda: len(second.told) == 2)
        await office.comment(after, "two")
        await until(lambda: len(second.told) == 3)

    assert [one.event.words for one in second.told] == ["", "one", "two"]
    assert second.told[0].because == "403 MessageWritesBlocked"
    assert first.told == []
    assert await deeds(store) == ["opened", "rerouted"]


async def test_a_handover_is_given_up_after_three_days_and_the_next_desk_has_the_case(
    store: SqlStore, knowledge: Knowledge
) -> None:
    first, second = FakeDesk(trouble=failing(TryLater("away"))), FakeDesk()
    office = post(store, knowledge, rt=first, mail=second)
    async with office.running():
        await office.keep(case_of())
        await until(lambda: len(first.calls) == 1)
        office.advance(hours=76)
        await until(lambda: len(second.told) == 1)

    assert "75 hours" in second.told[0].because


async def test_where_no_desk_takes_a_case_it_is_a_dead_letter_on_record(store: SqlStore, knowledge: Knowledge) -> None:
    office = post(store, knowledge, rt=FakeDesk(trouble=failing(Undeliverable("no such queue"))))
    async with office.running():
        await office.keep(case_of())
        await until_waiting(store, 0, 1)

    assert await deeds(store) == ["opened", "undelivered"]
    [line] = await store.outbox_view.lines()
    assert (line.desk, line.case, line.reason) == ("rt", "T-222-2222", "no such queue")
    assert line.dead_at == START


async def test_one_thing_that_a_desk_does_not_take_is_told_to_people_and_the_case_stays_where_it_is(
    store: SqlStore, knowledge: Knowledge
) -> None:
    def trouble(handover: Handover) -> Exception | None:
        return Unwanted("413") if handover.event.words == "too large" else None

    first, second, said = FakeDesk(trouble=trouble), FakeDesk(), []
    await agent(store)
    office = post(store, knowledge, hook=first, mail=second)
    office.say = said.append
    async with office.running():
        await office.keep(case_of())
        case = case_of()
        for words in ("one", "too large", "two"):
            case = await office.comment(case, words)
        await until(lambda: len(first.told) == 3)
        await until(lambda: len(said) == 1)

    assert [one.event.words for one in first.told] == ["", "one", "two"]
    assert (second.told, first.calls[2]) == ([], "T-222-2222-2-comment-hook")
    assert "“hook” did not take what happened last" in said[0]
    assert await deeds(store) == ["opened", "unwanted"]
    [line] = await store.outbox_view.lines()
    assert (line.desk, line.reason, line.dead_at) == ("hook", "413", START)


async def test_a_desk_that_does_not_take_what_brings_a_case_does_not_have_it(
    store: SqlStore, knowledge: Knowledge
) -> None:
    first, second = FakeDesk(trouble=failing(Unwanted("422"))), FakeDesk()
    office = post(store, knowledge, hook=first, mail=second)
    async with office.running():
        await office.keep(case_of())
        await office.comment(case_of(), "one")
        await until(lambda: len(second.told) == 2)

    assert second.told[0].because == "422"
    assert await deeds(store) == ["opened", "rerouted"]


async def test_a_desk_that_is_closed_gets_no_new_case_either(store: SqlStore, knowledge: Knowledge) -> None:
    first, second = FakeDesk(trouble=failing(Closed("410"))), FakeDesk()
    office = post(store, knowledge, hook=first, mail=second)
    async with office.running():
        await office.keep(case_of("T-222-2222"))
        await until(lambda: len(second.told) == 1)
        await office.keep(case_of("T-333-3333"))
        await until(lambda: len(second.told) == 2)

    assert first.calls == ["T-222-2222-0-opened-hook"]


async def test_desks_told_besides_are_told_whoever_has_the_case(store: SqlStore, knowledge: Knowledge) -> None:
    main, beside = FakeDesk(), FakeDesk()
    office = post(store, knowledge, also=("hook",), rt=main, hook=beside)
    async with office.running():
        await office.keep(case_of())
        await until(lambda: bool(main.told and beside.told))

    assert main.told[0].key != beside.told[0].key


async def test_a_desk_that_has_a_case_is_told_of_it_though_its_way_has_changed(
    store: SqlStore, knowledge: Knowledge
) -> None:
    before, after = FakeDesk(), FakeDesk()
    office = post(store, knowledge, rt=before)
    office.desks = {"rt": before, "mail": after}
    async with office.running():
        await office.keep(case_of())
        await until(lambda: len(before.told) == 1)
        await until_known(store, "T-222-2222", "rt")
        changed = book("mail")
        office.knowledge = replace(
            office.knowledge, desks=replace(changed, desks={**changed.desks, **book("rt").desks})
        )
        await office.comment(case_of(), "moved")
        await until(lambda: len(before.told) == 2 and len(after.told) == 1)


async def test_an_error_in_a_desk_is_an_obstacle_like_any_other(store: SqlStore, knowledge: Knowledge) -> None:
    desk = FakeDesk(trouble=failing(KeyError("a bug"), times=1))
    office = post(store, knowledge, rt=desk)
    async with office.running():
        await office.keep(case_of())
        await until(lambda: len(desk.calls) == 1)
        office.advance(seconds=10)
        await until(lambda: len(desk.told) == 1)


async def test_a_handover_left_by_a_process_that_died_is_delivered_by_the_next(
    store: SqlStore, knowledge: Knowledge
) -> None:
    desk = FakeDesk()
    office = post(store, knowledge, rt=desk)
    await keep_unsent(office)
    claimed = await store.handovers.claim("rt", START, 5)  # by a process that dies now
    assert len(claimed) == 1
    async with office.running():
        await asyncio.sleep(1.2)
        assert desk.told == []
        office.now = START + timedelta(seconds=91)
        await until(lambda: len(desk.told) == 1)


async def keep_unsent(office: Post) -> None:
    class Deaf:
        def send_soon(self, *_: object) -> None:
            pass

    office.relay = Deaf()  # type: ignore[assignment]
    await office.keep(case_of())


async def until_waiting(store: SqlStore, unsent: int, dead: int) -> None:
    async with asyncio.timeout(10):
        while await store.outbox.waiting() != (unsent, dead):
            await asyncio.sleep(0.02)


async def deeds(store: SqlStore) -> list[str]:
    async with transaction(store._engine) as connection:
        return list(await connection.scalars(select(audit.c.verb).order_by(audit.c.id)))


async def test_an_alarm_reaches_the_desk_too(store: SqlStore, knowledge: Knowledge) -> None:
    desk = FakeDesk()
    office = post(store, knowledge, rt=desk)
    async with office.running():
        await office.keep(case_of())
        await until(lambda: len(desk.told) == 1)
        async with store.ringing() as ringing:
            wanted = alarms_of(knowledge.rules, case_of(), CONTOSO)
            await alarm_rows.set_for(ringing._connection, "T-222-2222", wanted)
        office.advance(minutes=50)
        await Alarms(store, office.relay, office.knowledge, office.clock).ring()
        await until(lambda: len(desk.told) == 3)

    assert [one.event.verb for one in desk.told[1:]] == ["unclaimed", "warning"]
    assert desk.told[2].key == "T-222-2222-0-warning-1A-rt"


async def test_agents_are_told_of_a_desk_that_is_away_for_five_minutes_once(
    store: SqlStore, knowledge: Knowledge
) -> None:
    await agent(store)
    office = post(store, knowledge, rt=FakeDesk(trouble=failing(TryLater("away"))))
    said: list[str] = []
    office.say = said.append
    async with office.running():
        for number in range(3):
            await office.keep(case_of(f"T-22{number}-2222"))
        await asyncio.sleep(1.5)
        assert said == []
        for _ in range(3):
            office.advance(minutes=6)
            await asyncio.sleep(1.2)

    assert len(said) == 1
    assert "“rt” has not answered since" in said[0]


async def agent(store: SqlStore) -> None:
    """Sam works for support, and has a chat with the bot."""
    await store.agents(["sam"])
    address = vars(Address("test", "contoso", "sam's chat", "", "bot"))
    async with transaction(store._engine) as connection:
        row = {"tenant": "contoso", "id": "sam", "name": "Sam", "language": "en", "address": address}
        await connection.execute(insert(people), row)
