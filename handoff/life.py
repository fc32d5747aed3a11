"""The life of a case: one function for each thing that can happen to it; all go through the state machine of `handoff.moves`.

Each returns the changed case with the event that is put on record (who, when, why), or raises a `Refused`; nothing is changed then.
Whose hands it passes through, and what is said while two people are connected, stands in `handoff.hands`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handoff.authority import require
from handoff.case import Case, Decider, Holder
from handoff.clock import Clock
from handoff.errors import TooLate, Unfit
from handoff.moves import (
    LONGEST_WORDS,
    Actor,
    Change,
    Event,
    answered,
    in_time,
    is_response,
    legal_moves,
    made,
    move,
    reclocked,
    reopenable_until,
    speaks_for_the_customer,
    stopped,
    worded,
)
from handoff.packet import Packet, problems
from handoff.people import SYSTEM, Tenant
from handoff.rulebook import Severity, Status
from handoff.rules import Rules

__all__ = ["LONGEST_WORDS", "Actor", "Change", "Event", "legal_moves", "reopenable_until"]


def take(actor: Actor, case: Case) -> Change:
    """An administrator gives first-line help to this one."""
    change = move(actor, case, "take")
    return replace(change, case=replace(change.case, owner=actor.person))


def comment(actor: Actor, case: Case, words: str) -> Change:
    """Somebody adds a detail. Where the customer's answer was waited for, this is it. Raises `Unfit` for no words."""
    worded(words)
    require(actor.rules, actor.person, actor.acts_for, "comment", case.subject)
    answers = case.status is Status.WAITING and speaks_for_the_customer(actor, case)
    change = made(actor, case, "answer" if answers else "comment", words)
    return change if answers or not is_response(actor, case) else replace(change, case=answered(actor, change.case))


def ask(actor: Actor, case: Case, words: str) -> Change:
    """Ask the requester something; the clock stands still until they answer. Raises `Unfit` for no words."""
    worded(words)
    change = move(actor, case, "ask", words)
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
    change = move(actor, case, "escalate", facts={"title": packet.title})
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
    change = move(actor, case, "acknowledge")
    return replace(change, case=replace(answered(actor, change.case), owner=actor.person))


def recategorise(actor: Actor, case: Case, category: str) -> Change:
    """Support says what it is really about. Raises `Unfit` for a category that does not exist."""
    if category not in actor.rules.categories:
        raise Unfit({"category": "unknown"})
    facts = {"from": case.category or "", "to": category}
    change = move(actor, case, "recategorise", facts=facts)
    return replace(change, case=reclocked(actor, case, replace(change.case, category=category)))


def grade(actor: Actor, case: Case, severity: str) -> Change:
    """Support says how serious it really is; the time that has passed stays. Raises `Unfit` for a level that does not exist."""
    if severity not in list(Severity):
        raise Unfit({"severity": "unknown"})
    facts = {"from": str(case.severity or ""), "to": severity}
    change = move(actor, case, "grade", facts=facts)
    graded = replace(change.case, severity=Severity(severity), severity_by=Decider.AGENT)
    return replace(change, case=reclocked(actor, case, graded))


def resolve(actor: Actor, case: Case, words: str) -> Change:
    """Whoever holds the case says how it was solved; the requester is asked to confirm. Raises `Unfit` for no words."""
    worded(words)
    change = move(actor, case, "resolve", words)
    resolved = replace(answered(actor, change.case), resolved_at=actor.now)
    return replace(change, case=resolved)


def confirm(actor: Actor, case: Case) -> Change:
    """The customer says that it is solved."""
    change = move(actor, case, "confirm")
    solved_at = case.resolved_at or actor.now
    return replace(change, case=replace(stopped(actor, change.case), resolved_at=solved_at, closed_at=actor.now))


def expire(rules: Rules, case: Case, tenant: Tenant, now: datetime) -> Change:
    """Nobody answered for so many days: the case closes by itself."""
    change = made(Actor(rules, SYSTEM, tenant.id, tenant, now), case, "expire")
    return replace(change, case=replace(change.case, closed_at=now))


def dispute(actor: Actor, case: Case, words: str) -> Change:
    """The customer says that it is not solved, and why; whoever holds it has it again, and a new first response is due."""
    worded(words)
    return _again(actor, move(actor, case, "dispute", words))


def reopen(actor: Actor, case: Case, words: str) -> Change:
    """Open a closed case again, and say why, within the days of DOMAIN.md section 1. Raises `TooLate` after them, and `Unfit`."""
    require(actor.rules, actor.person, actor.acts_for, "reopen", case.subject)
    if not in_time(actor, "reopen", case):
        raise TooLate(reopenable_until(actor.rules, case))
    worded(words)
    return _again(actor, move(actor, case, "reopen", words))


def _unfit_labels(rules: Rules, category: str, severity: str) -> dict[str, str]:
    wrong = {} if severity in list(Severity) else {"severity": "unknown" if severity else "missing"}
    if category not in rules.categories:
        return {**wrong, "category": "unknown" if category else "missing"}
    return wrong if rules.in_scope(category) else {**wrong, "category": "out-of-scope"}


def _resting(case: Case) -> Status:
    """Where a case goes back to after the customer has answered: an administrator who asks has it in hand."""
    first = case.status is Status.NEW and not case.with_support
    return Status.WITH_ADMINISTRATOR if first else case.status


def _again(actor: Actor, change: Change) -> Change:
    """One more round: whoever holds the case has it again, and the clock of a service request starts anew."""
    clock = Clock(running_since=actor.now) if change.case.is_request else Clock()
    opened = replace(change.case, round=change.case.round + 1, clock=clock, resolved_at=None, closed_at=None, back=None)
    return replace(change, case=opened)
