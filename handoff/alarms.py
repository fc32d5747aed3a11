"""What a case has to be reminded of, and when: before its target is missed, after, when nobody has it, when silence ends something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handoff.bridge import Bridge
from handoff.case import Case
from handoff.clock import after
from handoff.people import Tenant
from handoff.response import due_at, hours_of, promise_for
from handoff.rulebook import Status
from handoff.rules import Rules


class Kind(StrEnum):
    """What an alarm is for."""

    WARNING = "warning"
    MISSED = "missed"
    UNCLAIMED = "unclaimed"
    RETURN = "return"
    TALK = "talk"
    SILENCE = "silence"


@dataclass(frozen=True)
class Alarm:
    """One thing that happens once: `level` tells a round and a severity from the others, each of which may ring once."""

    case: str
    kind: Kind
    level: str
    due_at: datetime


def alarms_of(rules: Rules, case: Case, tenant: Tenant, bridge: Bridge | None = None) -> tuple[Alarm, ...]:
    """The alarms that a case has as it stands, and the bridge over which it is talked about. Nothing committed is nothing missed.

    A return rings for each time that whoever has the case was heard of, an end of talking for each bridge.
    """
    level = f"{case.round}{case.severity or ''}"
    due = {
        Kind.WARNING: (level, due_at(rules, case, tenant, rules.life.warn_at)),
        Kind.MISSED: (level, due_at(rules, case, tenant)),
        Kind.UNCLAIMED: (level, _claim_ends(rules, case, tenant)),
        Kind.RETURN: (f"r{case.revision}", _patience_ends(rules, case, tenant)),
        Kind.TALK: (bridge.id[:16] if bridge else "", bridge.quiet_at(rules) if bridge else None),
        Kind.SILENCE: (level, _silence_ends(rules, case)),
    }
    return tuple(Alarm(case.number, kind, at_level, at) for kind, (at_level, at) in due.items() if at is not None)


def _claim_ends(rules: Rules, case: Case, tenant: Tenant) -> datetime | None:
    """When support is reminded of a case that nobody has: within its target, or after some hours where nothing is committed."""
    waits = case.with_support and case.owner is None
    if not waits or case.status not in (Status.NEW, Status.ESCALATED, Status.REOPENED):
        return None
    within = due_at(rules, case, tenant, rules.life.claim_at)
    since = case.quiet_since or case.clock.running_since or case.opened_at
    hours = hours_of(promise_for(rules, case, tenant), tenant)
    return within or after(hours, since, timedelta(hours=rules.life.claim_hours))


def _patience_ends(rules: Rules, case: Case, tenant: Tenant) -> datetime | None:
    """When a case goes back to all of support: whoever has it was heard of last so many hours ago."""
    ours = case.with_support and case.owner is not None and not case.owner.at_a_desk
    if not ours or case.quiet_since is None or case.status not in rules.moves["return"].origins:
        return None
    hours = hours_of(promise_for(rules, case, tenant), tenant)
    return after(hours, case.quiet_since, timedelta(hours=rules.life.return_hours))


def _silence_ends(rules: Rules, case: Case) -> datetime | None:
    if case.status is not Status.RESOLVED or case.resolved_at is None:
        return None
    return case.resolved_at + timedelta(days=rules.life.silence_days)
