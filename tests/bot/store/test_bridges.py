"""Whoever connects with whom, in whatever order and at the same time: a chat is at the end of one live bridge, and no more."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from bot.envelope import Address
from bot.store import Conflict, SqlStore, open_store
from bot.store import bridges as rows
from bot.store.outbox import stream_of
from bot.store.tables import bridge_ends, bridges
from bot.store.transaction import transaction
from handoff.bridge import Bridge
from handoff.people import Person

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE = ("ugo", "eva", "ada", "sam", "nia")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    opened = open_store(database_url, "enterprise_e3")
    await opened.start()
    yield opened
    await opened.close()


def chat(who: str) -> Address:
    return Address("msteams", "contoso", f"a:{who}", "https://smba.example", "28:bot")


def bridge(id_: str, one: str, other: str) -> Bridge:
    return Bridge(id_, f"T-{id_}", Person(one, one), Person(other, other, agent=True), NOW, NOW)


async def connect(store: SqlStore, of: Bridge) -> bool:
    """Whether the two are connected now; not where one of them was meanwhile."""
    try:
        async with transaction(store._engine) as connection:
            await rows.connect(connection, of, [chat(of.requester.id), chat(of.owner.id)])
    except Conflict:
        return False
    return True


async def end(store: SqlStore, of: Bridge) -> None:
    async with transaction(store._engine) as connection:
        await rows.disconnect(connection, of, of.owner.id, "said", NOW)


async def owners(store: SqlStore) -> Counter[str]:
    """In how many live conversations each chat is."""
    live = select(bridges.c.requester_id, bridges.c.owner_id).where(bridges.c.ended_at.is_(None))
    async with transaction(store._engine) as connection:
        return Counter(id_ for row in await connection.execute(live) for id_ in row)


@pytest.mark.parametrize("seed", range(4))
async def test_no_conversation_ever_has_two_owners(store: SqlStore, seed: int) -> None:
    random, known = Random(seed), list[Bridge]()
    for step in range(15):
        wishes = [bridge(f"{step}-{place}", *random.sample(PEOPLE, 2)) for place in range(3)]
        ended = random.sample(known, min(len(known), random.randint(0, 2)))
        done, _ = await asyncio.gather(
            asyncio.gather(*(connect(store, one) for one in wishes)),
            asyncio.gather(*(end(store, one) for one in ended)),
        )
        known = [one for one in known if one not in ended]
        known += [one for one, connected in zip(wishes, done, strict=True) if connected]
        assert max((await owners(store)).values(), default=0) <= 1
        assert sum((await owners(store)).values()) == 2 * len(known)


async def test_many_who_press_at_once_are_one(store: SqlStore) -> None:
    wishes = [bridge(str(place), "ugo", owner) for place, owner in enumerate(("sam", "nia", "ada", "eva"))]
    assert sum(await asyncio.gather(*(connect(store, one) for one in wishes))) == 1


async def test_a_chat_whose_conversation_has_ended_is_free_again(store: SqlStore) -> None:
    first = bridge("1", "ugo", "sam")
    assert await connect(store, first)
    assert not await connect(store, bridge("2", "ugo", "nia"))
    async with transaction(store._engine) as connection:
        assert await rows.busy(connection, [chat("ugo"), chat("nia")]) == {stream_of(chat("ugo"))}
    await end(store, first)
    assert await connect(store, bridge("3", "ugo", "nia"))
    assert not await store.bridges.holds("1")
    assert await store.bridges.holds("3")


async def test_what_is_said_after_the_end_is_refused_and_so_is_a_second_end(store: SqlStore) -> None:
    of = bridge("1", "ugo", "sam")
    await connect(store, of)
    async with transaction(store._engine) as connection:
        await rows.heard(connection, of, owner_at=None)
    await end(store, of)
    with pytest.raises(Conflict):
        async with transaction(store._engine) as connection:
            await rows.heard(connection, of, owner_at=None)
    async with transaction(store._engine) as connection:
        await rows.disconnect(connection, of, "ugo", "said", NOW + timedelta(hours=1))
        kept = (
            await connection.execute(select(bridges).join(bridge_ends, bridge_ends.c.bridge == bridges.c.id))
        ).first()
    assert kept is not None
    assert (kept.ended_at, kept.ended_by) == (NOW, "sam")
