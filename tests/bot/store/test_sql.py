"""What every store promises, on each database: one contract, both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.envelope import Address, Answer, Envelope, Outgoing, Sender
from bot.store import Conflict, Known, Record, SqlStore, open_store
from bot.store.transaction import transaction
from dialogs.values import Draft, Incoming, Message, State, Suggestion
from handoff.people import Role, Tenant

NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
ADDRESS = Address("msteams", "contoso", "a:1", "https://smba.trafficmanager.net/emea/", "28:bot")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    opened = open_store(database_url, "business")
    await opened.start()
    yield opened
    await opened.close()


def envelope(activity: str = "1", **changes: object) -> Envelope:
    return replace(Envelope(activity, ADDRESS, Sender("alice", "Alice"), Incoming("message", text="hi")), **changes)  # type: ignore[arg-type]


def record(state: State | None = None, **changes: object) -> Record:
    return replace(Record(state or State(), Answer(), (), (), NOW), **changes)  # type: ignore[arg-type]


async def take(store: SqlStore, what: Envelope, leaves: Record) -> Known:
    async with store.turn(what) as turn:
        known = await turn.begin(NOW)
        if known.seen is None:
            await turn.finish(known, leaves)
        return known


async def test_a_state_comes_back_as_it_was_left(store: SqlStore) -> None:
    state = State(
        "fr",
        "proposal",
        1,
        Draft("texte", "jeton", "exchange", levels=("A", "B"), answers={"people": "one"}),
        waiting="T-1",
    )

    await take(store, envelope("1"), record(state))

    assert (await take(store, envelope("2"), record())).state == state


async def test_an_activity_seen_before_gets_its_recorded_answer(store: SqlStore) -> None:
    answer = Answer(Message("opened", {"type": "AdaptiveCard"}, (Suggestion("a", "b"),), replaces=True))

    first = await take(store, envelope("1"), record(answer=answer))
    again = await take(store, envelope("1"), record())

    assert first.seen is None
    assert again.seen == answer


async def test_a_turn_that_raises_leaves_nothing(store: SqlStore) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.turn(envelope("1")) as turn:
            await turn.finish(await turn.begin(NOW), record(State("fr")))
            raise ZeroDivisionError

    known = await take(store, envelope("1"), record())
    assert (known.seen, known.state) == (None, State())


async def test_a_state_changed_meanwhile_is_a_conflict(store: SqlStore) -> None:
    await take(store, envelope("1"), record(State("fr")))

    with pytest.raises(Conflict):
        async with store.turn(envelope("2")) as turn:
            known = await turn.begin(NOW)
            await turn.finish(replace(known, version=known.version + 1), record(State("en")))


async def test_twenty_turns_at_once_in_one_conversation_lose_no_update(store: SqlStore) -> None:
    async def count(number: int) -> None:
        async with store.turn(envelope(str(number))) as turn:
            known = await turn.begin(NOW)
            await turn.finish(known, record(replace(known.state, misses=known.state.misses + 1)))

    await asyncio.gather(*(count(number) for number in range(20)))

    assert (await take(store, envelope("last"), record())).state.misses == 20


async def test_conversations_and_tenants_do_not_see_each_other(store: SqlStore) -> None:
    await take(store, envelope("1"), record(State("fr")))

    elsewhere = await take(store, envelope("1", address=replace(ADDRESS, conversation="a:2")), record())
    other = await take(store, envelope("1", address=replace(ADDRESS, tenant="fabrikam")), record())

    assert (elsewhere.state, other.state) == (State(), State())


async def test_a_tenant_nobody_described_has_the_default_plan_and_no_administrators(store: SqlStore) -> None:
    known = await take(store, envelope(), record())

    assert (known.tenant, known.role) == (Tenant("contoso", "business"), Role.END_USER)


async def test_a_described_tenant_is_what_was_said_of_it(store: SqlStore) -> None:
    contoso = Tenant("contoso", "enterprise_e1", "réseau@contoso.example", "4242")

    await store.describe_tenant(contoso, ("alice", "bob"))
    known = await take(store, envelope(), record())

    assert (known.tenant, known.role) == (contoso, Role.ADMINISTRATOR)
    assert await store.tenant("contoso") == (contoso, ("alice", "bob"), ())


async def test_messages_are_claimed_once_and_in_order_of_their_stream(store: SqlStore) -> None:
    messages = tuple(Outgoing(ADDRESS, Message(str(number))) for number in range(3))
    await take(store, envelope("1"), record(outgoing=messages))
    later = NOW + timedelta(minutes=2)

    [first] = await store.outbox.claim(later)
    assert await store.outbox.claim(later) == []
    await store.outbox.sent({first.id: "1"}, later)
    [second] = await store.outbox.claim(later)

    assert (first.outgoing, second.outgoing) == messages[:2]
    assert await store.outbox.waiting() == (2, 0)


async def test_a_message_just_committed_is_left_to_the_replica_that_took_the_turn(store: SqlStore) -> None:
    await take(store, envelope("1"), record(outgoing=(Outgoing(ADDRESS, Message("mine")),)))

    assert await store.outbox.claim(NOW + timedelta(seconds=30)) == []
    await store.outbox.release(NOW + timedelta(seconds=30))
    assert len(await store.outbox.claim(NOW + timedelta(seconds=30))) == 1


async def test_sqlite_keeps_a_commit_through_a_power_cut(store: SqlStore) -> None:
    async with transaction(store._engine) as connection:
        if connection.dialect.name != "sqlite":
            assert await connection.scalar(text("SHOW fsync")) == "on"
            return
        assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await connection.scalar(text("PRAGMA synchronous")) == 2


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match=r"mysql.*sqlite\+aiosqlite"):
        open_store("mysql+aiomysql://localhost/x", "business")
