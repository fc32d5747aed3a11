"""Where somebody acts: their own chat, over a bridge, or in the thread of a case; and what has to be looked up for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.envelope import Envelope
from bot.store import Known
from bot.store.turns import TurnTransaction
from dialogs.lookup import Wanted, wanted
from dialogs.scene import Knowledge
from handoff.bridge import Bridge


@dataclass(frozen=True)
class Place:
    """What has to be looked up, the bridge that is spoken over here, and the language of the desk whose thread this is."""

    wanted: Wanted
    bridge: Bridge | None = None
    desk: str = ""


async def place_of(envelope: Envelope, known: Known, knowledge: Knowledge, at: TurnTransaction) -> Place:
    """The place of an activity. Who owns the conversation of a case speaks over it from its thread as well."""
    incoming, bridge = envelope.incoming, known.bridge
    asked = wanted(incoming, knowledge.commands)
    desk = knowledge.desks.desks.get(known.thread.desk) if known.thread else None
    if known.thread is None or desk is None:
        talks = bridge is not None and bridge.live and incoming.kind == "message"
        return Place(Wanted(case=bridge.case) if talks and bridge else asked, bridge)
    if incoming.kind != "message":
        return Place(asked, desk=desk.language if asked.case == known.thread.case else "")
    over = await at.bridge_over(known.thread.case)
    mine = over if over is not None and over.owner.id == envelope.sender.id else None
    return Place(Wanted(case=known.thread.case), mine, desk.language)
