"""What a turn leaves behind: its answer, its messages, and all that follows from what it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.envelope import Answer, Envelope, Outgoing
from bot.store import Known, Record
from bot.store.turns import TurnTransaction
from bot.telling import replied, shown_in, tell_all
from bot.understood import Understood
from dialogs.cards.shared import SHARED
from dialogs.scene import Scene
from dialogs.values import Incoming, Message, Turn
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
    asked = envelope.incoming.kind in ("action", "extension")
    first, others = _at_once(turn.messages, envelope) if asked else (None, turn.messages)
    if envelope.incoming.kind == "extension":  # asked from another chat: what nobody waits for goes to the person's own
        others = tuple(replace(message, private=True) for message in others)
    elif envelope.answered and envelope.address.group and scene.desk is None:
        others = ()  # for whoever pressed, not for all
    scene = replace(scene, language=turn.state.language)
    replies = replied(others, envelope, known, scene.say)
    if first and not envelope.answered:
        replies.insert(0, Outgoing(envelope.address, first, envelope.card, envelope.answers))
    told = await tell_all(turn.effects, replies, shown_in(first, envelope), envelope, at, scene)
    alarms = dict(told.alarms)
    for effect in turn.effects:
        if isinstance(effect, DescribeTenant):  # another plan promises something else
            running = await at.running(effect.tenant.id)
            alarms |= {case.number: alarms_of(scene.rules, case, effect.tenant) for case in running}
    return Record(
        turn.state,
        Answer(first if envelope.answered else None),
        (*told.ended, *turn.effects),
        (*replies, *told.outgoing),
        now,
        alarms,
        told.handovers,
        understood,
    )


def only_looks(incoming: Incoming) -> bool:
    """Whether nothing can come of it: a search as one types, a card that a client refreshes. Such a turn leaves no trace."""
    return (incoming.kind, incoming.verb) in {("extension", "search"), ("action", SHARED)}


def looked_at(turn: Turn) -> Answer:
    """What was looked at: the hits of a search, or one card or text."""
    first = turn.messages[0]
    return Answer(first) if first.replaces or first.card is None else Answer(results=turn.messages)


def _at_once(messages: tuple[Message, ...], envelope: Envelope) -> tuple[Message | None, tuple[Message, ...]]:
    """The message that takes the pressed card's place (or, for an invoke, is shown beside it), and the others."""
    if envelope.incoming.kind == "extension":
        return messages[0], messages[1:]
    first = next((message for message in messages if message.replaces), None)
    if first is None and envelope.answered:
        first = next((message for message in messages if message.card is None), None)
    return first, tuple(message for message in messages if message is not first)
