"""How messages were understood, as rows. Every text is scrubbed here, on its way in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Envelope
from bot.store.tables import labels, readings
from bot.understood import Became, Read, Said, Understood
from classifier.scrub import scrub

READ = insert(readings)
LONGEST = 4000  # characters of a message that are kept to learn from: more than the classifier reads


def scrubbed(text: str, *names: str) -> str:
    """What may be kept of a text to learn from."""
    return scrub(text[:LONGEST], names)


async def note(connection: AsyncConnection, envelope: Envelope, found: Understood, now: datetime) -> None:
    """Write down what a turn showed: first what became of the message before, then what was read anew, then who said what."""
    place = {"channel": envelope.address.channel, "tenant": envelope.address.tenant}
    place |= {"conversation": envelope.address.conversation, "person": envelope.sender.id}
    if found.became is not None:
        await _settle(connection, place, found.became)
    for read in found.reads:
        await connection.execute(READ, {**place, **_row(read, envelope.sender.name), "at": now})
    for said in found.said:
        await _say(connection, place, said, now)


def _row(read: Read, name: str) -> dict[str, Any]:
    unsaid = {"category": None, "severity": None, "case": ""}
    return {**vars(read), **unsaid, "text": scrubbed(read.text, name)}


async def _settle(connection: AsyncConnection, place: Mapping[str, str], became: Became) -> None:
    await connection.execute(update(readings).where(readings.c.id == _newest(place)).values(**vars(became)))


async def _say(connection: AsyncConnection, place: Mapping[str, str], said: Said, now: datetime) -> None:
    row = {name: value for name, value in vars(said).items() if name not in ("names", "here")}
    row |= {"at": now, "tenant": place["tenant"], "person": place["person"]}
    which = (
        _newest(place)
        if said.here
        else select(func.max(readings.c.id)).where(readings.c.case == said.case).scalar_subquery()
    )
    reading = await connection.scalar(select(which))
    await connection.execute(insert(labels), {**row, "text": scrubbed(said.text, *said.names), "reading": reading})
    if not said.here and reading is not None:  # somebody's later word upon a case is what stands of its message
        stands = {"category": said.category, "severity": said.severity}
        await connection.execute(update(readings).where(readings.c.id == reading).values(**stands))


def _newest(place: Mapping[str, str]) -> ScalarSelect[int]:
    here = [readings.c[name] == value for name, value in place.items()]
    return select(func.max(readings.c.id)).where(*here).scalar_subquery()
