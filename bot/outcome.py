"""What a turn leaves behind: its answer, its messages, and all that follows from what it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.envelope import Answer, Envelope, Outgoing
from bot.store import Known, Record
from bot.store.turns import TurnTransaction
from bot.telling import replied, shown_in, tell_all
from bot.understood import Understood
from dialogs.scene import Scene
from dialogs.values import Message, Turn
from handoff.alarms import alarms_of
from handoff.effects import DescribeTenant


async def record_of(
    turn: Turn,
    understood: Understood,
    envelope: Envelope,
    known: Known,
    scene: Scene,
    at: TurnTransaction,
    now: datetime,
) -> Record:
    """The record: what an invoke's caller waits for is the answer, all else goes to the outbox."""
    first, others = _at_once(turn.messages, envelope) if envelope.incoming.kind == "action" else (None, turn.messages)
    if envelope.invoke and envelope.address.group and scene.desk is None:
        others = ()  # for whoever pressed, not for all
    scene = replace(scene, language=turn.state.language)
    replies = replied(others, envelope, known)
    if first and not envelope.invoke:
        replies.insert(0, Outgoing(envelope.address, first, envelope.card, envelope.answers))
    told = await tell_all(turn.effects, replies, shown_in(first, envelope), envelope, at, scene)
    alarms = dict(told.alarms)
    for effect in turn.effects:
        if isinstance(effect, DescribeTenant):  # another plan promises something else
            running = await at.running(effect.tenant.id)
            alarms |= {case.number: alarms_of(scene.rules, case, effect.tenant) for case in running}
    return Record(
        turn.state,
        Answer(first if envelope.invoke else None),
        (*told.ended, *turn.effects),
        (*replies, *told.outgoing),
        now,
        alarms,
        told.handovers,
        understood,
    )


def _at_once(messages: tuple[Message, ...], envelope: Envelope) -> tuple[Message | None, tuple[Message, ...]]:
    """The message that takes the pressed card's place (or, for an invoke, is shown beside it), and the others."""
    first = next((message for message in messages if message.replaces), None)
    if first is None and envelope.invoke:
        first = next((message for message in messages if message.card is None), None)
    return first, tuple(message for message in messages if message is not first)
