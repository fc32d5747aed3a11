"""One turn: inbox, lock, state, classifier, step, commit; only then is anything sent."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.envelope import Address, Answer, Envelope, Outgoing, Sender
from bot.files.filing import Filing
from bot.metrics import Metrics
from bot.notify import happened, letters
from bot.outbox import Relay
from bot.reader import Reader
from bot.store import Conflict, Known, Record, SqlStore, Unavailable
from bot.store.turns import TurnTransaction
from dialogs.cards.shared import SHARED
from dialogs.lookup import NOTHING, Found, Wanted, wanted
from dialogs.scene import Knowledge, Scene
from dialogs.sharing import sought
from dialogs.step import step
from dialogs.understand import texts_to_judge
from dialogs.values import Incoming, Message, Reading, State, Turn
from dialogs.words import LANGUAGES
from handoff.alarms import Alarm, alarms_of
from handoff.case import Case, number_from
from handoff.effects import DescribeTenant, KeepFiles, OpenCase
from handoff.file import File
from handoff.people import Person

TRIES = 3  # a turn that met another in the same conversation is taken again
LONGEST = 20_000  # characters of one message that are kept with a case; a chat message has at most 28 KB

log = structlog.get_logger()


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
        filing: Filing | None = None,
    ) -> None:
        self._store = store
        self._relay = relay
        self._reader = reader
        self._knowledge = knowledge
        self._clock = clock
        self._metrics = metrics
        self._filing = filing

    async def take(self, envelope: Envelope) -> Answer:
        """Do all that the activity asks for, and return when it is committed; or tell the person that it was not recorded."""
        envelope = await self._with_files(_within_bounds(envelope))
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
        incoming, joints = envelope.incoming, self._knowledge.joints
        readings = await self._read(texts_to_judge(State(), incoming, joints), {})  # a lock is no place to think
        async with self._store.turn(envelope) as transaction:
            known = await transaction.begin(self._clock())
            if known.seen is not None:
                return known.seen, "seen"
            scene = await self._scene(envelope, known, transaction)
            texts = texts_to_judge(known.state, incoming, joints)
            readings = await self._read(texts, readings)
            turn = step(known.state, incoming, tuple(readings[text] for text in texts), scene)
            if _only_looks(incoming):
                return _shown(turn), "looked"
            record = await self._record(envelope, known, turn, scene, transaction)
            pending = await transaction.finish(known, record)
        self._relay.send_soon(pending)
        self._metrics.cases.inc(sum(isinstance(effect, OpenCase) for effect in turn.effects))
        return record.answer, "taken"

    async def _with_files(self, envelope: Envelope) -> Envelope:
        """The envelope with the files that came with it fetched and kept, once for all tries: a lock is no place to wait for them."""
        if not envelope.offers or self._filing is None:
            return envelope
        files, lost = await self._filing.take(envelope.offers, group=envelope.address.group)
        return replace(envelope, incoming=replace(envelope.incoming, files=files, lost=lost))

    async def _record(
        self, envelope: Envelope, known: Known, turn: Turn, scene: Scene, transaction: TurnTransaction
    ) -> Record:
        """What the turn leaves behind: what an invoke's caller waits for is the answer, all else goes to the outbox."""
        first, others = (
            _at_once(turn.messages, envelope)
            if envelope.incoming.kind in ("action", "extension")
            else (None, turn.messages)
        )
        outgoing = _replies(others, envelope, known)
        if first and not envelope.invoke:
            outgoing.insert(0, Outgoing(envelope.address, first, envelope.card, envelope.activity))
        alarms: dict[str, tuple[Alarm, ...]] = {}
        for case, event in happened(turn.effects):
            tenant = scene.found.tenant if scene.found.case and scene.found.case.number == case.number else scene.tenant
            tenant = tenant or scene.tenant
            shown = replace(scene, found=replace(scene.found, files=_files_of(case, turn, scene)))
            outgoing += letters(case, tenant, event, await transaction.reached(case), shown)
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
        asked = self._wanted(envelope.incoming, known)
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
        )

    def _wanted(self, incoming: Incoming, known: Known) -> Wanted:
        if incoming.kind == "extension" and incoming.verb == "search":
            return Wanted(sought=sought(incoming, self._knowledge))
        return wanted(incoming, self._knowledge.commands, known.opened)

    async def _apologise(self, envelope: Envelope) -> Answer:
        """Say that nothing was recorded, past the outbox: it could not be written."""
        locale = envelope.incoming.locale[:2].lower()
        sorry = Message(self._knowledge.words.voice(locale if locale in LANGUAGES else "en")("not-recorded"))
        if not envelope.invoke:
            await self._relay.send_unrecorded(Outgoing(envelope.address, sorry, reply_to=envelope.activity))
        return Answer(sorry)


def _files_of(case: Case, turn: Turn, scene: Scene) -> tuple[File, ...]:
    """All files of a case after the turn."""
    before = scene.found.files if scene.found.case and scene.found.case.number == case.number else ()
    given = (one for one in turn.effects if isinstance(one, KeepFiles) and one.case == case.number)
    return (*before, *(file for one in given for file in (*one.held, *one.new)))


def _only_looks(incoming: Incoming) -> bool:
    """Whether nothing can come of it: a search as one types, a card that a client refreshes. Such a turn leaves no trace."""
    return (incoming.kind, incoming.verb) in {("extension", "search"), ("action", SHARED)}


def _shown(turn: Turn) -> Answer:
    """What was looked at: the hits of a search, or one card or text."""
    first = turn.messages[0]
    return Answer(first) if first.replaces or first.card is None else Answer(results=turn.messages)


def _replies(messages: tuple[Message, ...], envelope: Envelope, known: Known) -> list[Outgoing]:
    """Where the messages go that nobody waits for: into the conversation, or what was asked from another chat, into the person's own."""
    if envelope.incoming.kind != "extension":
        return [Outgoing(envelope.address, message, reply_to=envelope.activity) for message in messages]
    personal = known.listed.address if known.listed else None
    return [Outgoing(Address(**personal), message) for message in messages] if personal else []


def _at_once(messages: tuple[Message, ...], envelope: Envelope) -> tuple[Message | None, tuple[Message, ...]]:
    """The message that takes the pressed card's place (or, for an invoke, is shown beside it), and the others."""
    if envelope.incoming.kind == "extension":
        return messages[0], messages[1:]
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
        sender=Sender(_short(envelope.sender.id, 255), envelope.sender.name.replace("\0", "")[:255]),
        incoming=replace(incoming, text=incoming.text.replace("\0", "")[:LONGEST], token=_short(incoming.token, 64)),
    )


def _short(id_: str, length: int) -> str:
    """An id that fits: an absurdly long one is stood for by its hash."""
    id_ = id_.replace("\0", "")
    return id_ if len(id_) <= length else hashlib.sha256(id_.encode()).hexdigest()
