"""One turn: inbox, lock, state, classifier, step, commit; only then is anything sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.aside import Aside
from bot.bounds import within_bounds
from bot.directory import Directory
from bot.envelope import Answer, Envelope, Etiquette, Handover, Outgoing
from bot.files.filing import Filing
from bot.metrics import Metrics
from bot.minds import Mind, Minds
from bot.outbox import Relay
from bot.outcome import looked_at, only_looks, record_of
from bot.scenery import scene_of
from bot.store import Conflict, PendingMessage, SqlStore, Unavailable
from bot.typing import Typing
from bot.understood import understood
from dialogs.step import step
from dialogs.understand import Readings, texts_to_judge
from dialogs.values import Incoming, Message, State
from handoff.effects import OpenCase

TRIES = 3  # a turn that met another in the same conversation is taken again

log = structlog.get_logger()


@dataclass(frozen=True)
class Done:
    """A turn that is committed: its answer, what is to be sent now, and how many cases it opened."""

    answer: Answer
    outcome: str
    pending: Sequence[PendingMessage] = ()
    handovers: Sequence[Handover] = ()
    opened: int = 0


class Turns:
    """Takes activities, one transaction each."""

    def __init__(
        self,
        store: SqlStore,
        relay: Relay,
        minds: Minds,
        clock: Callable[[], datetime],
        metrics: Metrics,
        etiquette: Etiquette,
        directory: Directory,
        filing: Filing | None = None,
    ) -> None:
        self._store = store
        self._relay = relay
        self._minds = minds
        self._clock = clock
        self._metrics = metrics
        self._typing = Typing(etiquette)
        self._directory = directory
        self._filing = filing
        self._aside = Aside(store, etiquette)

    async def take(self, envelope: Envelope) -> Answer:
        """Do all that the activity asks for, and return when it is committed; or tell the person that it was not recorded."""
        envelope = await self._with_files(within_bounds(envelope))
        with self._metrics.turn_seconds.time():
            for _ in range(TRIES):
                try:
                    answer, outcome = await self._try(envelope)
                    break
                except Conflict:
                    continue
                except Unavailable as away:
                    log.error("store_unavailable", reason=str(away))
                    answer, outcome = await self._apologise(envelope), "unavailable"
                    break
                except Exception:  # the one last resort: whatever it was, a person is waiting
                    log.exception("turn_failed", channel=envelope.address.channel, activity=envelope.activity)
                    answer, outcome = await self._apologise(envelope), "failed"
                    break
            else:
                answer, outcome = await self._apologise(envelope), "conflict"
        self._metrics.turns.labels(outcome).inc()
        return answer

    async def _try(self, envelope: Envelope) -> tuple[Answer, str]:
        """One turn; or two, where what was said in a group is answered in the personal chat: that one first, so that none is lost."""
        with self._minds.use() as mind:  # one model, with its thresholds, to the turn's end
            personal, envelope = await self._aside.places(envelope, mind.knowledge)
            read: Readings = {}
            if personal is not None:
                _, read = await self._turn(personal, mind, read)
            done, _ = await self._turn(envelope, mind, read)
            return done.answer, done.outcome

    async def _turn(self, envelope: Envelope, mind: Mind, read: Readings) -> tuple[Done, Readings]:
        """The turn, and what was read for it; what is in `read` is not read again."""
        async with self._typing.during(envelope):
            read = await _read(mind, State(), envelope.incoming, read)  # a lock is no place to think
            done = await self._commit(envelope, mind, read)
        self._relay.send_soon(done.pending, done.handovers)
        self._metrics.cases.inc(done.opened)
        return done, read

    async def _commit(self, envelope: Envelope, mind: Mind, read: Readings) -> Done:
        incoming = envelope.incoming
        administers = await self._directory.administers(envelope.address.tenant, envelope.sender.id)  # nor to wait
        async with self._store.turn(envelope) as transaction:
            known = await transaction.begin(self._clock())
            if known.seen is not None:
                return Done(replace(known.seen, again=True), "seen")
            scene = await scene_of(envelope, known, administers, mind.knowledge, transaction, self._clock())
            read = await _read(mind, known.state, incoming, read)
            turn = step(known.state, incoming, read, scene)
            if only_looks(incoming):
                return Done(looked_at(turn), "looked")
            shown = understood(known.state, tuple(read.values()), turn, scene)
            record = await record_of(turn, shown, envelope, known, scene, transaction, self._clock())
            pending = await transaction.finish(known, record)
        opened = sum(isinstance(effect, OpenCase) for effect in turn.effects)
        return Done(record.answer, "taken", pending, record.handovers, opened)

    async def _with_files(self, envelope: Envelope) -> Envelope:
        """The envelope with the files that came with it fetched and kept, once for all tries: a lock is no place to wait for them."""
        if not envelope.offers or self._filing is None:
            return envelope
        files, lost = await self._filing.take(envelope.offers, group=envelope.address.group)
        return replace(envelope, incoming=replace(envelope.incoming, files=files, lost=lost))

    async def _apologise(self, envelope: Envelope) -> Answer:
        """Say that nothing was recorded, past the outbox: it could not be written."""
        say = self._minds.now.knowledge.words.voice(envelope.incoming.client_language)
        sorry = Message(say("not-recorded"))
        if not envelope.answered:
            await self._relay.send_unrecorded(Outgoing(envelope.address, sorry, reply_to=envelope.activity))
        return Answer(sorry)


async def _read(mind: Mind, state: State, incoming: Incoming, read: Readings) -> Readings:
    """The readings that this step needs; those that are there are not made again."""
    while texts := texts_to_judge(state, incoming, read, mind.knowledge.joints):
        new = await asyncio.gather(*map(mind.reader.read, texts))  # the reader takes them together
        read = {**read, **dict(zip(texts, new, strict=True))}
    return read
