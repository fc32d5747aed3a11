"""Whether first responses came when they were promised, by severity and plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from handoff.case import Case
from handoff.clock import between
from handoff.people import Tenant
from handoff.response import UNITS, hours_of, promise_for
from handoff.rulebook import Commitment
from handoff.rules import Rules


@dataclass(frozen=True)
class Promised:
    """The service requests of one plan and severity: how many targets were met, missed, still run, or were never committed."""

    plan: str
    severity: str
    met: int = 0
    missed: int = 0
    running: int = 0
    uncommitted: int = 0


def promises(rules: Rules, requests: Iterable[tuple[Case, Tenant]], now: datetime) -> tuple[Promised, ...]:
    """Count them, the gravest first."""
    found: dict[tuple[str, str], Promised] = {}
    for case, tenant in requests:
        promised = promise_for(rules, case, tenant)
        if promised is not None:
            key = (str(case.severity), tenant.plan)
            row = found.get(key, Promised(tenant.plan, str(case.severity)))
            fate = _fate(case, tenant, promised, now)
            found[key] = replace(row, **{fate: getattr(row, fate) + 1})
    return tuple(found[key] for key in sorted(found))


def _fate(case: Case, tenant: Tenant, promised: Commitment, now: datetime) -> str:
    if promised.target is None:
        return "uncommitted"
    passed, since = case.clock.elapsed, case.clock.running_since
    if since is not None:
        passed += between(hours_of(promised, tenant), since, now)
    if passed > UNITS[promised.target.unit] * promised.target.amount:
        return "missed"
    return "met" if case.clock.answered_at else "running"
