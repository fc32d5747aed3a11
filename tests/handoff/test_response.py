"""What is promised is what the plan promises: business hours for billing and pre-sales, and never a time that nobody committed to."""

from __future__ import annotations

import pytest

from handoff.response import commitment
from handoff.rulebook import Commitment, Severity, Target
from tests.handoff.books import rules

A, B, C = Severity

every_plan = pytest.mark.parametrize("plan", rules().plans)
every_severity = pytest.mark.parametrize("severity", Severity)


def promised(plan: str, route: str, severity: Severity) -> Commitment:
    return commitment(rules(), plan, rules().routes[route], severity)


@every_plan
@every_severity
@pytest.mark.parametrize("route", ["billing_support", "presales_support"])
def test_billing_and_presales_are_business_hours_without_commitment(plan: str, route: str, severity: Severity) -> None:
    assert promised(plan, route, severity) == Commitment(availability="business", target=None)


@every_plan
def test_every_plan_promises_an_hour_around_the_clock_for_critical(plan: str) -> None:
    assert promised(plan, "technical_support", A) == Commitment(
        availability="always", target=Target(amount=1, unit="hour")
    )


@pytest.mark.parametrize(
    ("plan", "severity", "availability"),
    [
        ("business_essentials", B, "business"),
        ("business", C, "business"),
        ("business_premium", B, "business"),
        ("enterprise_e3", C, "always"),
        ("education", C, "always"),
        ("enterprise_f1", C, "always"),
    ],
)
def test_no_commitment_is_never_a_time(plan: str, severity: Severity, availability: str) -> None:
    assert promised(plan, "technical_support", severity) == Commitment(availability=availability, target=None)


def test_the_advanced_options_promise_a_time_for_everything() -> None:
    assert [promised("advanced", "technical_support", severity).target for severity in Severity] == [
        Target(amount=1, unit="hour"),
        Target(amount=2, unit="hour"),
        Target(amount=4, unit="hour"),
    ]


@every_plan
def test_a_graver_case_is_never_promised_a_later_answer(plan: str) -> None:
    waits = [_hours(promised(plan, "technical_support", severity)) for severity in Severity]
    assert waits == sorted(waits)


def test_a_plan_that_does_not_exist_is_promised_nothing() -> None:
    with pytest.raises(KeyError):
        promised("enterprise_e9", "technical_support", A)


def _hours(promise: Commitment) -> float:
    if promise.target is None:
        return float("inf")
    return promise.target.amount * {"hour": 1, "day": 24}[promise.target.unit]
