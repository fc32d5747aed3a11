"""What the tenant's plan promises for a first response (DOMAIN.md section 4), and when that is due. Nothing here ever invents a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from handoff.calendar import Calendar
from handoff.case import Case
from handoff.people import Tenant
from handoff.rulebook import Cell, Commitment, Route, Severity
from handoff.rules import Rules

BUSINESS_HOURS_ONLY = Commitment(availability="business", target=None)
UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


def commitment(rules: Rules, plan: str, route: Route, severity: Severity) -> Commitment:
    """The promise for a case: plan × severity for technical support, business hours for billing and pre-sales.

    Raises KeyError for a plan that is not in the rule book.
    """
    if route.hours == "business":
        return BUSINESS_HOURS_ONLY
    return rules.commitments[Cell(rules.plans[plan].family, severity)]


def promise_for(rules: Rules, case: Case, tenant: Tenant) -> Commitment | None:
    """The promise that a case is under, or None where nobody promised anything: no category or severity yet, or not support's."""
    if case.category is None or case.severity is None or not rules.in_scope(case.category):
        return None
    return commitment(rules, tenant.plan, rules.route_of(case.category), case.severity)


def hours_of(promised: Commitment | None, tenant: Tenant) -> Calendar | None:
    """The hours that count for a promise: None is around the clock."""
    return tenant.calendar if promised is not None and promised.availability == "business" else None


def due_at(rules: Rules, case: Case, tenant: Tenant, share: float = 1.0) -> datetime | None:
    """When this share of the target will have passed, or None: no commitment, not a service request, waiting, or answered."""
    promised = promise_for(rules, case, tenant)
    if not case.is_request or promised is None or promised.target is None:
        return None
    target = UNITS[promised.target.unit] * promised.target.amount
    return case.clock.due(target * share, hours_of(promised, tenant))
