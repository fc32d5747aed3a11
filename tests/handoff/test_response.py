"""What is promised is what the plan promises: business hours for billing and pre-sales, and never a time that nobody committed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handoff import life
from handoff.case import Case
from handoff.clock import Clock
from handoff.errors import Unfit
from handoff.people import Tenant
from handoff.response import commitment, due_at, hours_of, promise_for
from handoff.rulebook import Cell, Commitment, Severity, Status, Target
from handoff.rules import Rules
from tests.handoff.books import rules
from tests.handoff.cases import ADA, CONTOSO, NOON, PACKET, SAM, actor, case_in, opened

A, B, C = Severity
PARIS = Tenant("contoso", "business", zone="Europe/Paris", country="FR")  # Monday to Friday, from nine to five

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


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))


def request(severity: Severity | None, since: datetime = NOON, **changes: object) -> Case:
    """A service request whose clock has run since then."""
    case = case_in(Status.ESCALATED, support=True, severity=severity, clock=Clock(running_since=since))
    return replace(case, **changes)  # type: ignore[arg-type]


def four_business_hours() -> Rules:
    """A rule book that commits to what ours never does: a target in business hours."""
    promise = Commitment(availability="business", target=Target(amount=4, unit="hour"))
    return replace(rules(), commitments={**rules().commitments, Cell("business", B): promise})


@pytest.mark.parametrize(
    ("plan", "severity", "due"),
    [
        ("enterprise_e3", A, timedelta(hours=1)),
        ("enterprise_e3", B, timedelta(days=1)),
        ("enterprise_e3", C, None),
        ("business_premium", A, timedelta(hours=1)),
        ("business_premium", B, None),
        ("business_premium", C, None),
        ("enterprise_f1", B, timedelta(days=1)),
        ("us_government_k1", C, None),
        ("advanced", B, timedelta(hours=2)),
        ("advanced", C, timedelta(hours=4)),
    ],
)
def test_a_request_is_due_when_its_target_has_passed_and_never_without_one(
    plan: str, severity: Severity, due: timedelta | None
) -> None:
    saturday = paris("2026-11-21 23:00")
    found = due_at(rules(), request(severity, saturday), Tenant("contoso", plan, zone="Europe/Paris"))
    assert found == (saturday + due if due else None)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-11-23 09:00", "2026-11-23 13:00"),
        ("2026-11-23 15:00", "2026-11-24 11:00"),
        ("2026-11-20 16:00", "2026-11-23 12:00"),  # over a weekend
        ("2026-11-21 12:00", "2026-11-23 13:00"),  # on a Saturday
        ("2026-07-13 16:00", "2026-07-15 12:00"),  # over the fourteenth of July
        ("2026-10-23 16:00", "2026-10-26 12:00"),  # over the end of summer time
    ],
)
def test_in_business_hours_only_those_count(since: str, due: str) -> None:
    assert due_at(four_business_hours(), request(B, paris(since)), PARIS) == paris(due)


def test_a_share_of_the_target_is_due_before_the_whole() -> None:
    friday = request(B, paris("2026-11-20 16:00"))
    assert due_at(four_business_hours(), friday, PARIS, 0.75) == paris("2026-11-23 11:00")
    assert due_at(rules(), request(A), CONTOSO, 0.75) == datetime(2026, 11, 23, 12, 45, tzinfo=UTC)
    assert due_at(rules(), request(C), CONTOSO, 0.75) is None


@pytest.mark.parametrize(
    "case",
    [
        replace(opened(severity=A), clock=Clock(running_since=NOON)),  # with the administrators
        case_in(Status.WAITING, support=True, severity=A),
        case_in(Status.ACKNOWLEDGED, support=True, severity=A),
        case_in(Status.CLOSED, support=True, severity=A),
        request(None),
        request(A, category=None),
        request(A, category="network"),
        request(A, category="billing"),
    ],
    ids=["no request", "waiting", "answered", "closed", "no severity", "no category", "not support's", "billing"],
)
def test_what_nobody_promised_is_never_due(case: Case) -> None:
    for plan in rules().plans:
        assert due_at(rules(), case, Tenant("contoso", plan)) is None


def test_only_business_hours_have_a_calendar() -> None:
    assert hours_of(promise_for(rules(), request(B), PARIS), PARIS) == PARIS.calendar
    assert hours_of(promise_for(rules(), request(A), PARIS), PARIS) is None
    assert hours_of(None, PARIS) is None


@every_plan
@every_severity
def test_volume_licensing_splits_three_ways(plan: str, severity: Severity) -> None:
    """Itself to its service center; its billing questions to billing support, its technical ones to technical support."""
    tenant, who = Tenant("contoso", plan), actor(SAM)
    case = request(severity)
    licensing = life.recategorise(who, case, "volume_licensing").case
    assert promise_for(rules(), licensing, tenant) is None
    with pytest.raises(Unfit) as refusal:
        life.submit(actor(ADA), opened(category="volume_licensing"), PACKET)
    assert refusal.value.problems == {"category": "out-of-scope"}
    billing = life.recategorise(who, licensing, "billing").case
    assert promise_for(rules(), billing, tenant) == Commitment(availability="business", target=None)
    for technical in ("office_apps", "service_config"):
        assert promise_for(rules(), replace(case, category=technical), tenant) == promised(
            plan, "technical_support", severity
        )


def _hours(promise: Commitment) -> float:
    if promise.target is None:
        return float("inf")
    return promise.target.amount * {"hour": 1, "day": 24}[promise.target.unit]
