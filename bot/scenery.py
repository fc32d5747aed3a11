"""The scene of one turn: who acts, where, for whom, and what the step has to see of the store."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from bot.envelope import Envelope
from bot.place import place_of
from bot.store import Known
from bot.store.turns import TurnTransaction
from dialogs.lookup import NOTHING, Found
from dialogs.scene import Knowledge, Scene
from handoff.case import number_from
from handoff.people import Person, Role


async def scene_of(
    envelope: Envelope,
    known: Known,
    administers: bool | None,
    knowledge: Knowledge,
    at: TurnTransaction,
    now: datetime,
) -> Scene:
    """The scene. `administers` is what the directory says of the person; None where it says nothing."""
    sender = envelope.sender
    person = Person(sender.id, sender.name, _role(known, administers), known.agent)
    recent = now - timedelta(days=knowledge.rules.life.reopen_days)
    place = await place_of(envelope, known, knowledge, at)
    return Scene(
        knowledge=knowledge,
        person=person,
        tenant=known.tenant,
        now=now,
        token=secrets.token_urlsafe(16),
        number=number_from(secrets.randbits(64)),
        opened=known.opened,
        found=await at.look(place.wanted, person, known.tenant, recent) if place.wanted != NOTHING else Found(),
        organisations=known.organisations,
        unanswered=known.unanswered,
        bridge=place.bridge,
        desk=place.desk,
        place=envelope.place,
        account=sender.account,
        bot=envelope.address.bot,
        welcomed=envelope.incoming.kind == "arrival" and await at.welcomed(),
    )


def _role(known: Known, administers: bool | None) -> Role:
    """What somebody is: the directory's word goes before the tenant's own list, and neither makes or unmakes a partner."""
    if administers is None or known.role is Role.PARTNER:
        return known.role
    return Role.ADMINISTRATOR if administers else Role.END_USER
