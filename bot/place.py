"""Where somebody acts: their own chat, over a bridge, or in the thread of a case; and what has to be looked up for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.envelope import ROOT, Address, Envelope, thread_reference
from bot.store import Known
from bot.store.turns import TurnTransaction
from dialogs.group import OTHERS_READ
from dialogs.lookup import NOTHING, Wanted, wanted
from dialogs.scene import Knowledge
from dialogs.sharing import sought
from handoff.bridge import Bridge
from handoff.desks import DeskRow


@dataclass(frozen=True)
class Place:
    """What has to be looked up, the bridge that is spoken over here, and the desk whose channel this is."""

    wanted: Wanted
    bridge: Bridge | None = None
    desk: DeskRow | None = None


async def place_of(envelope: Envelope, known: Known, knowledge: Knowledge, at: TurnTransaction) -> Place:
    """The place of an activity. Who owns the conversation of a case speaks over it from its thread as well."""
    incoming, bridge = envelope.incoming, known.bridge
    asked = _asked(envelope, known, knowledge)
    desk = desk_at(envelope.address, knowledge)
    if desk is None:
        talks = bridge is not None and bridge.live and incoming.kind == "message"
        return Place(Wanted(case=bridge.case) if talks and bridge else asked, bridge)
    if incoming.kind != "message":
        return Place(asked, desk=desk if asked.case else None)
    case = await at.called(desk.id, thread_reference(envelope.address.conversation))
    if not case:
        return Place(asked)
    over = await at.bridge_over(case)
    mine = over if over is not None and over.owner.id == envelope.sender.id else None
    return Place(Wanted(case=case), mine, desk)


def _asked(envelope: Envelope, known: Known, knowledge: Knowledge) -> Wanted:
    incoming = envelope.incoming
    if envelope.place in OTHERS_READ:
        return NOTHING
    if incoming.kind == "extension" and incoming.verb == "search":
        return Wanted(sought=sought(incoming, knowledge))
    return wanted(incoming, knowledge.commands, known.opened)


def desk_at(address: Address, knowledge: Knowledge) -> DeskRow | None:
    """The desk whose channel this is, or a thread of it."""
    channel = address.conversation.partition(ROOT)[0]
    rows = knowledge.desks.desks.values() if address.group else ()
    return next(
        (row for row in rows if (row.kind, row.tenant, row.channel) == ("teams", address.tenant, channel)), None
    )
