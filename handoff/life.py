"""The life of a case: one function for each thing that can happen to it, and the one state machine they all go through.

Each returns the changed case with the event that is put on record (who, when, why), or raises a `Refused`; nothing is changed then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from handoff.authority import may, require
from handoff.case import Case, Decider, Holder
from handoff.clock import Clock
from handoff.errors import IllegalMove, TooLate, Unfit
from handoff.packet import Packet, problems
from handoff.people import SYSTEM, Person, Tenant
from handoff.response import hours_of, promise_for
from handoff.rulebook import Move, Severity, Status
from handoff.rules import Rules

LONGEST_WORDS = 10_000


@dataclass(frozen=True)
class Event:
    """Something that happened to a case: who, when, which move, why or what was said, and what it changed."""

    case: str
    verb: str
    by: Person
    at: datetime
    status: Status
    words: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """A case after something happened to it, and what is to be put on record."""

    case: Case
    event: Event


@dataclass(frozen=True)
class Actor:
    """Who acts, when, under which rules: what every move needs to know.

    `acts_for` is the id of the tenant that the person speaks for; `tenant` is the one that the case belongs to.
    """

    rules: Rules
    person: Person
    acts_for: str
    tenant: Tenant
    now: datetime


def legal_moves(actor: Actor, case: Case) -> tuple[str, ...]:
    """The moves that this person may make with this case now, in the rule book's order."""
    names = (move.verb for move in actor.rules.moves.values() if move.verb not in ("answer", "expire"))
    return tuple(
        verb
        for verb in names
        if _fits(actor.rules.moves[verb], case) and _may(actor, verb, case) and _in_time(actor, verb, case)
    )


def take(actor: Actor, case: Case) -> Change:
    """An administrator gives first-line help to this one."""
    change = _move(actor, case, "take")
    return replace(change, case=replace(change.case, owner=actor.person))


def comment(actor: Actor, case: Case, words: str) -> Change:
    """Somebody adds a detail. Where the customer's answer was waited for, this is it. Raises `Unfit` for no words."""
    _worded(words)
    require(actor.rules, actor.person, actor.acts_for, "comment", case.subject)
    answers = case.status is Status.WAITING and _speaks_for_the_customer(actor, case)
    change = _made(actor, case, "answer" if answers else "comment", words)
    return change if answers or not _is_response(actor, case) else replace(change, case=_answered(actor, change.case))


def ask(actor: Actor, case: Case, words: str) -> Change:
    """Ask the requester something; the clock stands still until they answer. Raises `Unfit` for no words."""
    _worded(words)
    change = _move(actor, case, "ask", words)
    return replace(change, case=replace(change.case, back=_resting(case)))


def submit(actor: Actor, case: Case, packet: Packet, category: str = "", severity: str = "") -> Change:
    """Escalate: the case becomes a service request to support, and its first-response clock starts.

    `category` and `severity` are those of the form, or empty to keep the case's. Raises `Unfit` with the problem of each field.
    """
    require(actor.rules, actor.person, actor.acts_for, "escalate", case.subject)
    wrong = problems(packet) | _unfit_labels(
        actor.rules, category or case.category or "", severity or case.severity or ""
    )
    if wrong:
        raise Unfit(wrong)
    change = _move(actor, case, "escalate", facts={"title": packet.title})
    by = case.severity_by if severity in ("", case.severity) else decider(actor.rules, actor.tenant)
    submitted = replace(
        change.case,
        category=category or case.category,
        severity=Severity(severity or str(case.severity)),
        severity_by=by,
        packet=packet,
        holder=Holder.SUPPORT,
        owner=None,
        clock=Clock(running_since=actor.now),
    )
    return replace(change, case=submitted)


def submit_at_once(actor: Actor, case: Case, packet: Packet) -> Change:
    """Submit a case that was opened this moment: until then nobody but its own administrator has it."""
    return submit(actor, replace(case, holder=Holder.ADMINISTRATORS), packet)


def decider(rules: Rules, tenant: Tenant) -> Decider:
    """Whose word a severity is that a person of this tenant has set: final with the advanced options, else a person's view."""
    return Decider.CUSTOMER if rules.plans[tenant.plan].sets_severity else Decider.PERSON


def acknowledge(actor: Actor, case: Case) -> Change:
    """A support agent takes the request on: the first response, which stops the clock."""
    change = _move(actor, case, "acknowledge")
    return replace(change, case=replace(_answered(actor, change.case), owner=actor.person))


def recategorise(actor: Actor, case: Case, category: str) -> Change:
    """Support says what it is really about. Raises `Unfit` for a category that does not exist."""
    if category not in actor.rules.categories:
        raise Unfit({"category": "unknown"})
    facts = {"from": case.category or "", "to": category}
    change = _move(actor, case, "recategorise", facts=facts)
    return replace(change, case=_reclocked(actor, case, replace(change.case, category=category)))


def grade(actor: Actor, case: Case, severity: str) -> Change:
    """Support says how serious it really is; the time that has passed stays. Raises `Unfit` for a level that does not exist."""
    if severity not in list(Severity):
        raise Unfit({"severity": "unknown"})
    facts = {"from": str(case.severity or ""), "to": severity}
    change = _move(actor, case, "grade", facts=facts)
    graded = replace(change.case, severity=Severity(severity), severity_by=Decider.AGENT)
    return replace(change, case=_reclocked(actor, case, graded))


def resolve(actor: Actor, case: Case, words: str) -> Change:
    """Whoever holds the case says how it was solved; the requester is asked to confirm. Raises `Unfit` for no words."""
    _worded(words)
    change = _move(actor, case, "resolve", words)
    resolved = replace(_answered(actor, change.case), resolved_at=actor.now)
    return replace(change, case=resolved)


def confirm(actor: Actor, case: Case) -> Change:
    """The customer says that it is solved."""
    change = _move(actor, case, "confirm")
    solved_at = case.resolved_at or actor.now
    return replace(change, case=replace(_stopped(actor, change.case), resolved_at=solved_at, closed_at=actor.now))


def expire(rules: Rules, case: Case, tenant: Tenant, now: datetime) -> Change:
    """Nobody answered for so many days: the case closes by itself."""
    change = _made(Actor(rules, SYSTEM, tenant.id, tenant, now), case, "expire")
    return replace(change, case=replace(change.case, closed_at=now))


def dispute(actor: Actor, case: Case, words: str) -> Change:
    """The customer says that it is not solved, and why; whoever holds it has it again, and a new first response is due."""
    _worded(words)
    return _again(actor, _move(actor, case, "dispute", words))


def reopen(actor: Actor, case: Case, words: str) -> Change:
    """Open a closed case again, and say why, within the days of DOMAIN.md section 1. Raises `TooLate` after them, and `Unfit`."""
    require(actor.rules, actor.person, actor.acts_for, "reopen", case.subject)
    if not _in_time(actor, "reopen", case):
        raise TooLate(reopenable_until(actor.rules, case))
    _worded(words)
    return _again(actor, _move(actor, case, "reopen", words))


def reopenable_until(rules: Rules, case: Case) -> datetime:
    """The last moment at which a closed case may be reopened. Raises ValueError for one that is not closed."""
    if case.closed_at is None:
        raise ValueError(f"{case.number} is not closed")
    return case.closed_at + timedelta(days=rules.life.reopen_days)


def _move(actor: Actor, case: Case, verb: str, words: str = "", facts: Mapping[str, str] | None = None) -> Change:
    """The move, if the person may make it."""
    require(actor.rules, actor.person, actor.acts_for, verb, case.subject)
    return _made(actor, case, verb, words, facts)


def _made(actor: Actor, case: Case, verb: str, words: str = "", facts: Mapping[str, str] | None = None) -> Change:
    """The move, if the case is where it can be made."""
    move = actor.rules.moves[verb]
    if not _fits(move, case):
        raise IllegalMove(verb, case.status, legal_moves(actor, case))
    status = _target(move, case)
    moved = replace(case, status=status, clock=_ticking(actor, case, status), revision=case.revision + 1)
    event = Event(case.number, verb, actor.person, actor.now, status, words.strip()[:LONGEST_WORDS], facts or {})
    return Change(moved, event)


def _fits(move: Move, case: Case) -> bool:
    kind = not move.request or (move.request == "yes") is case.with_support
    return kind and case.status in move.origins


def _target(move: Move, case: Case) -> Status:
    if move.to == "same":
        return case.status
    return (case.back or Status.NEW) if move.to == "back" else Status(move.to)


def _may(actor: Actor, verb: str, case: Case) -> bool:
    return may(actor.rules, actor.person, actor.acts_for, verb, case.subject)


def _in_time(actor: Actor, verb: str, case: Case) -> bool:
    return verb != "reopen" or case.closed_at is None or actor.now <= reopenable_until(actor.rules, case)


def _unfit_labels(rules: Rules, category: str, severity: str) -> dict[str, str]:
    wrong = {} if severity in list(Severity) else {"severity": "unknown" if severity else "missing"}
    if category not in rules.categories:
        return {**wrong, "category": "unknown" if category else "missing"}
    return wrong if rules.in_scope(category) else {**wrong, "category": "out-of-scope"}


def _worded(words: str) -> None:
    if not words.strip():
        raise Unfit({"words": "missing"})


def _resting(case: Case) -> Status:
    """Where a case goes back to after the customer has answered: an administrator who asks has it in hand."""
    first = case.status is Status.NEW and not case.with_support
    return Status.WITH_ADMINISTRATOR if first else case.status


def _speaks_for_the_customer(actor: Actor, case: Case) -> bool:
    """An answer may come from the requester; to support also from an administrator, who speaks for the customer."""
    return actor.person.id == case.requester.id or (case.with_support and not actor.person.agent)


def _is_response(actor: Actor, case: Case) -> bool:
    """Whether words of this person are the response that a service request waits for."""
    return case.with_support and actor.person.agent and actor.person.id != case.requester.id


def _ticking(actor: Actor, case: Case, status: Status) -> Clock:
    hours = hours_of(promise_for(actor.rules, case, actor.tenant), actor.tenant)
    if status is Status.WAITING and case.status is not Status.WAITING:
        return case.clock.pause(actor.now, hours)
    if case.status is Status.WAITING and status is not Status.WAITING and case.is_request:
        return case.clock.resume(actor.now)
    return case.clock


def _reclocked(actor: Actor, before: Case, after: Case) -> Case:
    """A promise that changed keeps the time that has passed under the old one."""
    hours = hours_of(promise_for(actor.rules, before, actor.tenant), actor.tenant)
    return replace(after, clock=before.clock.change(actor.now, hours))


def _answered(actor: Actor, case: Case) -> Case:
    """The first response has been given, if one was waited for."""
    return _stopped(actor, case) if case.is_request else case


def _stopped(actor: Actor, case: Case) -> Case:
    hours = hours_of(promise_for(actor.rules, case, actor.tenant), actor.tenant)
    return replace(case, clock=case.clock.answer(actor.now, hours))


def _again(actor: Actor, change: Change) -> Change:
    """One more round: whoever holds the case has it again, and the clock of a service request starts anew."""
    clock = Clock(running_since=actor.now) if change.case.is_request else Clock()
    opened = replace(change.case, round=change.case.round + 1, clock=clock, resolved_at=None, closed_at=None, back=None)
    return replace(change, case=opened)
