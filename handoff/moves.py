"""The one state machine that every move of a case goes through: may this person, is the case where that can happen, where does it lead?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from handoff.authority import may, require
from handoff.case import Case
from handoff.clock import Clock
from handoff.errors import IllegalMove, Unfit
from handoff.people import Person, Tenant
from handoff.response import hours_of, promise_for
from handoff.rulebook import Move, Status
from handoff.rules import MOVES_OF_THEIR_OWN, Rules

LONGEST_WORDS = 10_000
TALKING = "said"  # what is said while the two are connected; no button does that


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
    names = (verb for verb in actor.rules.moves if verb not in (*MOVES_OF_THEIR_OWN, TALKING))
    return tuple(
        verb
        for verb in names
        if _fits(actor.rules.moves[verb], case) and _may(actor, verb, case) and in_time(actor, verb, case)
    )


def move(actor: Actor, case: Case, verb: str, words: str = "", facts: Mapping[str, str] | None = None) -> Change:
    """The move, if the person may make it. Raises `NotAllowed` and `IllegalMove`."""
    require(actor.rules, actor.person, actor.acts_for, verb, case.subject)
    return made(actor, case, verb, words, facts)


def made(actor: Actor, case: Case, verb: str, words: str = "", facts: Mapping[str, str] | None = None) -> Change:
    """The move, if the case is where it can be made. Raises `IllegalMove`."""
    row = actor.rules.moves[verb]
    if not _fits(row, case):
        raise IllegalMove(verb, case.status, legal_moves(actor, case))
    status = _target(row, case)
    moved = replace(
        case,
        status=status,
        clock=_ticking(actor, case, status),
        quiet_since=actor.now if _owes_from_now(actor, case, status) else case.quiet_since,
        revision=case.revision + 1,
    )
    event = Event(case.number, verb, actor.person, actor.now, status, words.strip()[:LONGEST_WORDS], facts or {})
    return Change(moved, event)


def unclaimed(case: Case) -> Status:
    """The status of a case that support has and nobody has taken on."""
    taken = case.status is Status.ACKNOWLEDGED
    return (Status.ESCALATED if case.is_request else Status.NEW) if taken else case.status


def worded(words: str) -> None:
    """Raise `Unfit` where there are no words."""
    if not words.strip():
        raise Unfit({"words": "missing"})


def in_time(actor: Actor, verb: str, case: Case) -> bool:
    """Whether it is not too late for this: only reopening has a last day."""
    return verb != "reopen" or case.closed_at is None or actor.now <= reopenable_until(actor.rules, case)


def reopenable_until(rules: Rules, case: Case) -> datetime:
    """The last moment at which a closed case may be reopened. Raises ValueError for one that is not closed."""
    if case.closed_at is None:
        raise ValueError(f"{case.number} is not closed")
    return case.closed_at + timedelta(days=rules.life.reopen_days)


def speaks_for_the_customer(actor: Actor, case: Case) -> bool:
    """An answer may come from the requester; to support also from an administrator, who speaks for the customer."""
    return actor.person.id == case.requester.id or (case.with_support and not actor.person.agent)


def is_response(actor: Actor, case: Case) -> bool:
    """Whether words of this person are the response that a service request waits for."""
    return case.with_support and actor.person.agent and actor.person.id != case.requester.id


def reclocked(actor: Actor, before: Case, after: Case) -> Case:
    """A promise that changed keeps the time that has passed under the old one."""
    hours = hours_of(promise_for(actor.rules, before, actor.tenant), actor.tenant)
    return replace(after, clock=before.clock.change(actor.now, hours))


def answered(actor: Actor, case: Case) -> Case:
    """The first response has been given, if one was waited for."""
    return stopped(actor, case) if case.is_request else case


def stopped(actor: Actor, case: Case) -> Case:
    """The clock has stopped for good."""
    hours = hours_of(promise_for(actor.rules, case, actor.tenant), actor.tenant)
    return replace(case, clock=case.clock.answer(actor.now, hours))


def _fits(row: Move, case: Case) -> bool:
    kind = not row.request or (row.request == "yes") is case.with_support
    return kind and case.status in row.origins and (not row.owned or case.owner is not None)


def _target(row: Move, case: Case) -> Status:
    if row.to == "unclaimed":
        return unclaimed(case)
    if row.to == "same":
        return case.status
    return (case.back or Status.NEW) if row.to == "back" else Status(row.to)


def _may(actor: Actor, verb: str, case: Case) -> bool:
    return may(actor.rules, actor.person, actor.acts_for, verb, case.subject)


def _owes_from_now(actor: Actor, case: Case, status: Status) -> bool:
    """Whether whoever has the case is heard of by this, or has the next word from now on."""
    theirs = not speaks_for_the_customer(actor, case)
    return theirs or (case.status is not status and status is not Status.WAITING)


def _ticking(actor: Actor, case: Case, status: Status) -> Clock:
    hours = hours_of(promise_for(actor.rules, case, actor.tenant), actor.tenant)
    if status is Status.WAITING and case.status is not Status.WAITING:
        return case.clock.pause(actor.now, hours)
    if case.status is Status.WAITING and status is not Status.WAITING and case.is_request:
        return case.clock.resume(actor.now)
    return case.clock
