"""What desks say of their cases becomes moves in the life of a case, each once, in one transaction with all who are told of it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.envelope import Deed, DeskEvent, Outgoing
from bot.metrics import Metrics
from bot.outbox import Relay
from bot.store import Conflict, SqlStore, Unavailable
from bot.store.hearing import HearingTransaction
from bot.telling import change_and_tell
from dialogs.scene import Knowledge, Scene
from dialogs.values import Lost
from dialogs.words import Say
from handoff import life
from handoff.case import Case
from handoff.errors import IllegalMove, Refused, Unfit
from handoff.file import File
from handoff.life import Actor, Change
from handoff.people import SYSTEM, Person, Role, Tenant
from handoff.rulebook import Status

TRIES = 3
Answer = tuple[int, dict[str, Any]]

# Where a deed finds itself done already: saying so again is no error.
DONE: Mapping[Deed, tuple[Status, ...]] = {
    Deed.ACKNOWLEDGE: (Status.ACKNOWLEDGED, Status.WITH_ADMINISTRATOR),
    Deed.RESOLVE: (Status.RESOLVED, Status.CLOSED),
}

log = structlog.get_logger()


class Hearing:
    """Takes events of desks."""

    def __init__(
        self,
        store: SqlStore,
        relay: Relay,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._relay = relay
        self._knowledge = knowledge
        self._clock = clock
        self._metrics = metrics

    async def take(self, event: DeskEvent) -> Answer:
        """Do what the event says, and return an HTTP status and its body, once it is committed. Repeated, it is answered again."""
        status, answer = await self._take(event)
        self._metrics.heard.labels(event.desk, str(status)).inc()
        return status, answer

    async def _take(self, event: DeskEvent) -> Answer:
        for _ in range(TRIES):
            try:
                return await self._try(event)
            except Conflict:
                continue
            except Refused as refusal:
                return _refusal(refusal)
            except Unavailable as away:
                log.error("store_unavailable", reason=str(away))
                break
            except Exception:  # the last resort: the desk says it again
                log.exception("hearing_failed", desk=event.desk)
                break
        return 503, {"error": "not recorded, try again"}

    async def _try(self, event: DeskEvent) -> Answer:
        now = self._clock()
        async with self._store.hearing() as transaction:
            heard = await transaction.heard(event)
            if heard is not None:
                return 200, dict(heard)
            found = await transaction.case_at(event.desk, event.case)
            if found is None or event.tenant not in ("", found[1].id):
                return 404, {"error": "this desk has no such case"}
            case, tenant = found
            if case.status in DONE.get(event.deed, ()):
                answer = _answer(event, case, done=False)
                await transaction.note(event, answer, now)
                return 200, answer
            change = _changed(self._worded(event, case), case, self._actor(event, case, tenant, now))
            answer = _answer(event, change.case, done=True)
            await transaction.note(event, answer, now)
            outgoing, handed = await self._told(change, tenant, event.files, transaction, now)
            await transaction.hand_over(handed, now)
            pending = await transaction.put(outgoing, now)
        self._relay.send_soon(pending, handed)
        return 200, answer

    def _worded(self, event: DeskEvent, case: Case) -> DeskEvent:
        """With words for a status that was changed, or files that were sent, without any; and with what became of the files."""
        say = self._knowledge.words.voice(case.language)
        words = event.words.strip()
        sent = event.deed is Deed.COMMENT and (event.files or event.lost)
        if not words and (sent or event.deed in (Deed.ASK, Deed.RESOLVE)):
            words = say(f"desk-{event.deed}-without-words")
        kept = [f"📎 {file.name}" for file in event.files]
        return replace(event, words="\n\n".join((words, *kept, *(_lost(one, say) for one in event.lost))))

    async def _told(
        self, change: Change, tenant: Tenant, files: Sequence[File], transaction: HearingTransaction, now: datetime
    ) -> tuple[list[Outgoing], Any]:
        """Write down what happened, and tell people and the other desks."""
        case, event = change.case, change.event
        scene = Scene(self._knowledge, SYSTEM, tenant, now, secrets.token_urlsafe(16), "")
        told = await change_and_tell(case, tenant, event, transaction, scene, files)
        await transaction.keep(case, event, files)
        return list(told.outgoing), told.handovers

    def _actor(self, event: DeskEvent, case: Case, tenant: Tenant, now: datetime) -> Actor:
        """Whoever works there, with the authority of those who hold the case: an agent of support, or an administrator."""
        name = " ".join(event.author.split()) or event.desk
        role = Role.END_USER if case.with_support else Role.ADMINISTRATOR
        person = Person(_id(event), name, role, agent=case.with_support)
        return Actor(self._knowledge.rules, person, tenant.id, tenant, now)


def _changed(event: DeskEvent, case: Case, actor: Actor) -> Change:
    """The move that an event stands for. Raises `Refused`."""
    match event.deed:
        case Deed.COMMENT:
            change = life.comment(actor, case, event.words)
        case Deed.ASK:
            change = life.ask(actor, case, event.words)
        case Deed.ACKNOWLEDGE:
            change = life.acknowledge(actor, case) if case.with_support else life.take(actor, case)
        case Deed.RESOLVE:
            change = life.resolve(actor, case, event.words)
    facts = {**change.event.facts, "desk": event.desk}
    return replace(change, event=replace(change.event, facts=facts))


def _lost(one: Lost, say: Say) -> str:
    reason = say(f"file-lost-{one.reason}", limit=one.limit)
    return say("desk-file-lost", name=one.name or say("file-nameless"), reason=reason)


def _answer(event: DeskEvent, case: Case, *, done: bool) -> dict[str, Any]:
    return {"case": case.number, "type": f"case.{event.deed}", "done": done, "status": case.status.value}


def _refusal(refusal: Refused) -> Answer:
    """An expected refusal, for a program: what is wrong, and what would be possible."""
    if isinstance(refusal, Unfit):
        return 422, {"error": str(refusal), "problems": dict(refusal.problems)}
    if isinstance(refusal, IllegalMove):
        return 409, {"error": str(refusal), "status": refusal.status, "possible": list(refusal.legal)}
    return 403, {"error": str(refusal)}


def _id(event: DeskEvent) -> str:
    """An id for somebody whom only the desk knows."""
    id_ = f"desk:{event.desk}:{event.author}"
    return id_ if len(id_) <= 255 else f"desk:{event.desk}:{hashlib.sha256(event.author.encode()).hexdigest()}"
