"""What a turn makes happen, carried out: each effect as rows, in the turn's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Envelope
from bot.store import bridges, cases, files, opinions, people, readings, tenants
from bot.store.tables import self_help, surveys
from handoff.effects import (
    ChangeCase,
    Connect,
    DescribeTenant,
    Disconnect,
    Effect,
    KeepFiles,
    OpenCase,
    RecordFeedback,
    RecordLabel,
    RecordSelfHelp,
    RecordSurvey,
    Speak,
)
from handoff.life import Event
from handoff.people import Person
from handoff.rulebook import Status


@dataclass(frozen=True)
class Doing:
    """The turn whose effects these are. `place` are the columns of its conversation; it was `received_at`, and is done `now`."""

    connection: AsyncConnection
    envelope: Envelope
    place: Mapping[str, str]
    received_at: datetime
    now: datetime

    @property
    def who(self) -> dict[str, Any]:
        """The columns of whoever acts, and when."""
        return {"at": self.now, "tenant": self.place["tenant"], "person": self.envelope.sender.id}


async def carry_out(effect: Effect, doing: Doing) -> None:
    """Write what an effect says. Raises `Conflict` where something has changed meanwhile."""
    connection = doing.connection
    match effect:
        case OpenCase():
            await cases.add(connection, effect.case, doing.place, effect.also)
        case ChangeCase():
            await cases.change(connection, effect.change.case, effect.change.event, effect.key)
        case DescribeTenant():
            await tenants.describe(connection, effect.tenant, effect.administrators, effect.partners)
            await cases.record(connection, effect.tenant.id, _described(effect, doing))
        case Connect() | Speak() | Disconnect():
            await _talk(effect, doing)
        case _:
            await _keep(effect, doing)


async def _talk(effect: Connect | Speak | Disconnect, doing: Doing) -> None:
    """What two people who talk make of their bridge."""
    connection, bridge, sender = doing.connection, effect.bridge, doing.envelope.sender.id
    match effect:
        case Connect():
            reached = await people.reached(connection, effect.case, doing.received_at)
            places = bridges.Places.of(reached, bridge.owner)
            await bridges.connect(connection, bridge, [one.address for one in places.both])
        case Speak():
            owner_at = doing.envelope.address if sender == bridge.owner.id else None
            await bridges.heard(connection, bridge, owner_at=owner_at)
        case Disconnect():
            by = sender if effect.why == "said" else ""
            await bridges.disconnect(connection, bridge, by, effect.why, doing.now)


async def _keep(effect: Effect, doing: Doing) -> None:
    """What people said or sent, beside what happened to cases."""
    connection, who = doing.connection, doing.who
    match effect:
        case RecordSurvey():
            await connection.execute(insert(surveys), {**who, **asdict(effect)})
        case RecordSelfHelp():
            text = readings.scrubbed(effect.text, doing.envelope.sender.name)
            await connection.execute(insert(self_help), {**who, **asdict(effect), "text": text})
        case RecordLabel():
            pass  # among what the turn showed (`readings.note`), with what others say of cases
        case KeepFiles():
            await files.keep(connection, who, effect)
        case RecordFeedback():
            await opinions.record(connection, {**doing.place, **who}, effect)


def _described(effect: DescribeTenant, doing: Doing) -> Event:
    """Who described a tenant, when, and as what."""
    by, named = doing.envelope.sender, {"administrators": effect.administrators, "partners": effect.partners}
    lists = {name: ",".join(ids) for name, ids in named.items() if ids is not None}
    facts = {**tenants.row_of(effect.tenant), **lists}
    return Event(effect.tenant.id, "described", Person(by.id, by.name), doing.now, Status.NEW, "", facts)
