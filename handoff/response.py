"""What a plan promises for a first response (DOMAIN.md section 4). Nothing here ever invents a time."""

from __future__ import annotations

from handoff.rulebook import Cell, Commitment, Route, Severity
from handoff.rules import Rules

BUSINESS_HOURS_ONLY = Commitment(availability="business", target=None)


def commitment(rules: Rules, plan: str, route: Route, severity: Severity) -> Commitment:
    """The promise for a case: plan × severity for technical support, business hours for billing and pre-sales.

    Raises KeyError for a plan that is not in the rule book.
    """
    if route.hours == "business":
        return BUSINESS_HOURS_ONLY
    return rules.commitments[Cell(rules.plans[plan].family, severity)]
