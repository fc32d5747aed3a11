"""One turn: inbox, lock, state, classifier, step, commit; only then is anything sent."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.aside import Aside
from bot.directory import Directory
from bot.envelope import Answer, Envelope, Etiquette, Outgoing, Sender
from bot.metrics import Metrics
from bot.notify import happened, letters
from bot.outbox import Relay
from bot.reader import Reader
from bot.store import Conflict, Known, PendingMessage, Record, SqlStore, Unavailable
from bot.store.turns import TurnTransaction
from bot.typing import Typing
from dialogs.group import OTHERS_READ
from dialogs.lookup import NOTHING, Found, wanted
from dialogs.scene import Knowledge, Scene
from dialogs.step import step
from dialogs.understand import texts_to_judge
from dialogs.values import Message, Reading, State, Turn
from dialogs.words import LANGUAGES
from handoff.alarms import Alarm, alarms_of
from handoff.case import number_from
from handoff.effects import DescribeTenant, OpenCase
from handoff.people import Person, Role

TRIES = 3  # a turn that met another in the same conversation is taken again
LONGEST = 20_000  # characters of one message that are kept with a case; a chat message has at most 28 KB

log = structlog.get_logger()


@dataclass(frozen=True)
class Done:
    """A turn that is committed: its answer, what is to be sent now, and how many cases it opened."""

    answer: Answer
    outcome: str
    pending: Sequence[PendingMessage] = ()
    opened: int = 0


class Turns:
    """Takes activities, one transaction each."""

    def __init__(
        self,
        store: SqlStore,
        relay: Relay,
        reader: Reader,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
        metrics: Metrics,
        etiquette: Etiquette,
        directory: Directory,
    ) -> None:
        self._store = store
        self._relay = relay
        self._reader = reader
        self._knowledge = knowledge
        self._clock = clock
        self._metrics = metrics
        self._typing = Typing(etiquette)
        self._directory = directory
        self._aside = Aside(store, etiquette, knowledge.commands)

    async def take(self, envelope: Envelope) -> Answer:
        """Do all that the activity asks for, and return when it is committed; or tell the person that it was not recorded."""
        envelope = _within_bounds(envelope)
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
        personal, envelope = await self._aside.places(envelope)
        if personal is not None:
            await self._turn(personal)
        return await self._turn(envelope)

    async def _turn(self, envelope: Envelope) -> tuple[Answer, str]:
        async with self._typing.during(envelope):
            done = await self._commit(envelope)
        self._relay.send_soon(done.pending)
        self._metrics.cases.inc(done.opened)
        return done.answer, done.outcome

    async def _commit(self, envelope: Envelope) -> Done:
        incoming, joints = envelope.incoming, self._knowledge.joints
        readings = await self._read(texts_to_judge(State(), incoming, joints), {})  # a lock is no place to think
        administers = await self._directory.administers(envelope.address.tenant, envelope.sender.id)  # nor to wait
        async with self._store.turn(envelope) as transaction:
            known = await transaction.begin(self._clock())
            if known.seen is not None:
                return Done(known.seen, "seen")
            scene = await self._scene(envelope, replace(known, role=_role(known, administers)), transaction)
            texts = texts_to_judge(known.state, incoming, joints)
            readings = await self._read(texts, readings)
            turn = step(known.state, incoming, tuple(readings[text] for text in texts), scene)
            record = await self._record(envelope, turn, scene, transaction)
            pending = await transaction.finish(known, record)
        return Done(record.answer, "taken", pending, sum(isinstance(effect, OpenCase) for effect in turn.effects))

    async def _record(self, envelope: Envelope, turn: Turn, scene: Scene, transaction: TurnTransaction) -> Record:
        """What the turn leaves behind: what an invoke's caller waits for is the answer, all else goes to the outbox."""
        first, others = (
            _at_once(turn.messages, envelope) if envelope.incoming.kind == "action" else (None, turn.messages)
        )
        others = others if not (envelope.invoke and envelope.address.group) else ()  # for whoever pressed, not for all
        outgoing = [Outgoing(envelope.address, message, reply_to=envelope.answers) for message in others]
        if first and not envelope.invoke:
            outgoing.insert(0, Outgoing(envelope.address, first, envelope.card, envelope.answers))
        alarms: dict[str, tuple[Alarm, ...]] = {}
        for case, event in happened(turn.effects):
            tenant = scene.found.tenant if scene.found.case and scene.found.case.number == case.number else scene.tenant
            tenant = tenant or scene.tenant
            outgoing += letters(case, tenant, event, await transaction.reached(case), scene)
            alarms[case.number] = alarms_of(scene.rules, case, tenant)
        for effect in turn.effects:
            if isinstance(effect, DescribeTenant):  # another plan promises something else
                running = await transaction.running(effect.tenant.id)
                alarms |= {case.number: alarms_of(scene.rules, case, effect.tenant) for case in running}
        answer = Answer(first if envelope.invoke else None)
        return Record(turn.state, answer, turn.effects, tuple(outgoing), self._clock(), alarms)

    async def _read(self, texts: tuple[str, ...], known: Mapping[str, Reading]) -> dict[str, Reading]:
        """A reading of each text; those that are `known` are not read again."""
        new = [text for text in dict.fromkeys(texts) if text not in known]
        readings = await asyncio.gather(*(self._reader.read(text) for text in new))  # the reader takes them together
        return {**known, **dict(zip(new, readings, strict=True))}

    async def _scene(self, envelope: Envelope, known: Known, transaction: TurnTransaction) -> Scene:
        now, person = self._clock(), Person(envelope.sender.id, envelope.sender.name, known.role, known.agent)
        recent = now - timedelta(days=self._knowledge.rules.life.reopen_days)
        asked = wanted(envelope.incoming, self._knowledge.commands) if envelope.place not in OTHERS_READ else NOTHING
        return Scene(
            knowledge=self._knowledge,
            person=person,
            tenant=known.tenant,
            now=now,
            token=secrets.token_urlsafe(16),
            number=number_from(secrets.randbits(64)),
            opened=known.opened,
            found=await transaction.look(asked, person, known.tenant, recent) if asked != NOTHING else Found(),
            organisations=known.organisations,
            unanswered=known.unanswered,
            place=envelope.place,
            account=envelope.sender.account,
            bot=envelope.address.bot,
            welcomed=envelope.incoming.kind == "arrival" and await transaction.welcomed(),
        )

    async def _apologise(self, envelope: Envelope) -> Answer:
        """Say that nothing was recorded, past the outbox: it could not be written."""
        locale = envelope.incoming.locale[:2].lower()
        sorry = Message(self._knowledge.words.voice(locale if locale in LANGUAGES else "en")("not-recorded"))
        if not envelope.invoke:
            await self._relay.send_unrecorded(Outgoing(envelope.address, sorry, reply_to=envelope.activity))
        return Answer(sorry)


def _role(known: Known, administers: bool | None) -> Role:
    """What somebody is: the directory's word goes before the tenant's own list, and neither makes or unmakes a partner."""
    if administers is None or known.role is Role.PARTNER:
        return known.role
    return Role.ADMINISTRATOR if administers else Role.END_USER


def _at_once(messages: tuple[Message, ...], envelope: Envelope) -> tuple[Message | None, tuple[Message, ...]]:
    """The message that takes the pressed card's place (or, for an invoke, is shown beside it), and the others."""
    first = next((message for message in messages if message.replaces), None)
    if first is None and envelope.invoke:
        first = next((message for message in messages if message.card is None), None)
    return first, tuple(message for message in messages if message is not first)


def _within_bounds(envelope: Envelope) -> Envelope:
    """The envelope as the store can keep it: no NUL (PostgreSQL has none), no text or name without end, ids that fit their column."""
    incoming = envelope.incoming
    return replace(
        envelope,
        activity=_short(envelope.activity, 255),
        address=replace(
            envelope.address,
            tenant=_short(envelope.address.tenant, 64),
            conversation=_short(envelope.address.conversation, 512),
        ),
        sender=Sender(
            _short(envelope.sender.id, 255),
            envelope.sender.name.replace("\0", "")[:255],
            _short(envelope.sender.account, 255),
        ),
        incoming=replace(incoming, text=incoming.text.replace("\0", "")[:LONGEST], token=_short(incoming.token, 64)),
    )


def _short(id_: str, length: int) -> str:
    """An id that fits: an absurdly long one is stood for by its hash."""
    id_ = id_.replace("\0", "")
    return id_ if len(id_) <= length else hashlib.sha256(id_.encode()).hexdigest()
