"""What rings: a warning before the target of a first response, its miss, and the end of a silence. Nothing without a promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handoff import life
from handoff.alarms import Alarm, Kind, alarms_of
from handoff.case import Case
from handoff.people import Person, Tenant
from handoff.rulebook import Severity, Status
from tests.handoff.books import rules
from tests.handoff.cases import ADA, CONTOSO, DAY, DEEDS, HOUR, NOON, PACKET, SAM, UGO, actor, case_in, opened

A, B, C = Severity
SMALL = Tenant("contoso", "business")
ADVANCED = Tenant("contoso", "advanced")
PROMISED = (Kind.WARNING, Kind.MISSED, Kind.SILENCE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def request(severity: Severity, tenant: Tenant = CONTOSO, category: str = "exchange") -> Case:
    """Submitted on Monday at noon, UTC."""
    return life.submit(actor(ADA, tenant=tenant), opened(category=category, severity=severity), PACKET).case


def ringing(case: Case, tenant: Tenant = CONTOSO, of: tuple[Kind, ...] = PROMISED) -> dict[Kind, datetime]:
    """What rings for a promise, or for silence; what rings for whoever has the case in hand stands in `test_hands`."""
    return {alarm.kind: alarm.due_at for alarm in alarms_of(rules(), case, tenant) if alarm.kind in of}


@pytest.mark.parametrize(
    ("tenant", "severity", "warning", "missed"),
    [
        (CONTOSO, A, "2026-11-23 12:45", "2026-11-23 13:00"),
        (CONTOSO, B, "2026-11-24 06:00", "2026-11-24 12:00"),
        (SMALL, A, "2026-11-23 12:45", "2026-11-23 13:00"),
        (ADVANCED, B, "2026-11-23 13:30", "2026-11-23 14:00"),
        (ADVANCED, C, "2026-11-23 15:00", "2026-11-23 16:00"),
    ],
)
def test_a_warning_comes_when_three_quarters_of_the_target_have_passed_and_the_miss_after_it(
    tenant: Tenant, severity: Severity, warning: str, missed: str
) -> None:
    case = request(severity, tenant)
    assert alarms_of(rules(), case, tenant)[:2] == (
        Alarm(case.number, Kind.WARNING, f"1{severity}", at(warning)),
        Alarm(case.number, Kind.MISSED, f"1{severity}", at(missed)),
    )


@pytest.mark.parametrize("plan", rules().plans)
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("category", ["billing", "presales"])
def test_where_nothing_is_committed_nothing_is_missed(plan: str, severity: Severity, category: str) -> None:
    tenant = Tenant("contoso", plan)
    assert ringing(request(severity, tenant, category), tenant) == {}


@pytest.mark.parametrize(("tenant", "severity"), [(CONTOSO, C), (SMALL, B), (SMALL, C)])
def test_no_commitment_never_rings(tenant: Tenant, severity: Severity) -> None:
    assert ringing(request(severity, tenant), tenant) == {}


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.RESOLVED])
def test_nobody_promised_anything_of_what_administrators_have(status: Status) -> None:
    assert ringing(case_in(status)) == {}


@pytest.mark.parametrize(("deed", "by"), [("acknowledge", SAM), ("comment", SAM), ("confirm", UGO), ("ask", SAM)])
def test_what_was_answered_or_waits_for_the_customer_does_not_ring(deed: str, by: Person) -> None:
    assert ringing(DEEDS[deed](actor(by, NOON + HOUR / 2), request(A)).case) == {}


def test_after_a_pause_the_rest_of_the_time_is_left() -> None:
    waiting = life.ask(actor(SAM, NOON + HOUR / 3), request(A), "Since when?").case
    answered = life.comment(actor(UGO, NOON + 10 * HOUR), waiting, "Since Tuesday").case
    assert ringing(answered) == {
        Kind.WARNING: NOON + 10 * HOUR + timedelta(minutes=25),
        Kind.MISSED: NOON + 10 * HOUR + timedelta(minutes=40),
    }


def test_another_severity_rings_for_itself() -> None:
    case = life.grade(actor(SAM, NOON + 20 * HOUR), request(B), "A").case
    now = NOON + 20 * HOUR  # the hour has passed long ago: both are due at once
    assert {(alarm.level, alarm.due_at) for alarm in alarms_of(rules(), case, CONTOSO)} == {("1A", now)}
    assert ringing(case, of=tuple(Kind)).keys() == {Kind.WARNING, Kind.MISSED, Kind.UNCLAIMED}


@pytest.mark.parametrize("support", [False, True])
def test_what_is_resolved_closes_after_five_days_of_silence(support: bool) -> None:
    case = case_in(Status.RESOLVED, support=support)
    assert ringing(case) == {Kind.SILENCE: NOON + 5 * DAY}
    assert ringing(life.expire(rules(), case, CONTOSO, NOON + 5 * DAY).case) == {}
    assert Kind.SILENCE not in ringing(life.dispute(actor(UGO), case, "Still down").case)


def test_a_new_round_rings_anew() -> None:
    again = life.reopen(actor(ADA, NOON + DAY), case_in(Status.CLOSED, support=True, severity=A), "Down again").case
    assert [(alarm.kind, alarm.level) for alarm in alarms_of(rules(), again, CONTOSO)] == [
        (Kind.WARNING, "2A"),
        (Kind.MISSED, "2A"),
        (Kind.UNCLAIMED, "2A"),
    ]
    assert ringing(again)[Kind.MISSED] == NOON + DAY + HOUR


def test_whoever_wants_a_person_has_no_severity_and_no_promise_to_be_warned_of() -> None:
    assert ringing(opened(ADA, category=None, severity=None)) == {}
