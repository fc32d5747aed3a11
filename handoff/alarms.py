"""What a case has to be reminded of, and when: before its target is missed, after, and when silence closes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handoff.case import Case
from handoff.people import Tenant
from handoff.response import due_at
from handoff.rulebook import Status
from handoff.rules import Rules


class Kind(StrEnum):
    """What an alarm is for."""

    WARNING = "warning"
    MISSED = "missed"
    SILENCE = "silence"


@dataclass(frozen=True)
class Alarm:
    """One thing that happens once: `level` tells a round and a severity from the others, each of which may ring once."""

    case: str
    kind: Kind
    level: str
    due_at: datetime


def alarms_of(rules: Rules, case: Case, tenant: Tenant) -> tuple[Alarm, ...]:
    """The alarms that a case has as it stands. Where nothing is committed there is nothing to miss."""
    level = f"{case.round}{case.severity or ''}"
    due = {
        Kind.WARNING: due_at(rules, case, tenant, rules.life.warn_at),
        Kind.MISSED: due_at(rules, case, tenant),
        Kind.SILENCE: _silence_ends(rules, case),
    }
    return tuple(Alarm(case.number, kind, level, at) for kind, at in due.items() if at is not None)


def _silence_ends(rules: Rules, case: Case) -> datetime | None:
    if case.status is not Status.RESOLVED or case.resolved_at is None:
        return None
    return case.resolved_at + timedelta(days=rules.life.silence_days)
