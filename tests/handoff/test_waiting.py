"""What is waited for: the customer's answer, while the clock stands still, and support's first response, which stops it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handoff import life
from handoff.case import Case, Holder
from handoff.life import Change
from handoff.people import Person, Role, Tenant
from handoff.response import due_at
from handoff.rulebook import Severity, Status
from tests.handoff.books import rules
from tests.handoff.cases import (
    ADA,
    BOB,
    CONTOSO,
    DEEDS,
    HOUR,
    NOON,
    OMAR,
    PACKET,
    PIA,
    SAM,
    UGO,
    actor,
    case_in,
    opened,
)

SMALL = Tenant("contoso", "business_premium", zone="Europe/Paris", country="FR")  # business hours, but for A
ADVANCED = Tenant("contoso", "advanced")
A, B, C = Severity


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def request(severity: Severity = B, since: datetime = NOON, tenant: Tenant = CONTOSO) -> Case:
    """What an administrator has just submitted for Ugo."""
    return life.submit(actor(ADA, since, tenant=tenant), opened(severity=severity), PACKET).case


def due(case: Case, tenant: Tenant = CONTOSO) -> datetime | None:
    return due_at(rules(), case, tenant)


def graded(case: Case, severity: Severity, now: datetime, tenant: Tenant = CONTOSO) -> Case:
    return life.grade(actor(SAM, now, tenant=tenant), case, severity).case


def asked(case: Case, by: Person = SAM, now: datetime = NOON) -> Case:
    return life.ask(actor(by, now), case, "Since when?").case


def told(case: Case, by: Person = UGO, now: datetime = NOON) -> Change:
    return life.comment(actor(by, now), case, "Since Tuesday")


@pytest.mark.parametrize("status", [Status.ESCALATED, Status.ACKNOWLEDGED, Status.REOPENED])
def test_an_answer_brings_a_request_back_to_where_it_was(status: Status) -> None:
    waiting = asked(case_in(status, support=True))
    assert (waiting.status, waiting.back) == (Status.WAITING, status)
    answered = told(waiting)
    assert (answered.event.verb, answered.case.status) == ("answer", status)


@pytest.mark.parametrize(
    ("status", "back"),
    [
        (Status.NEW, Status.WITH_ADMINISTRATOR),
        (Status.WITH_ADMINISTRATOR, Status.WITH_ADMINISTRATOR),
        (Status.REOPENED, Status.REOPENED),
    ],
)
def test_an_administrator_who_asks_has_the_case_in_hand(status: Status, back: Status) -> None:
    assert told(asked(case_in(status), by=ADA)).case.status is back


def test_somebody_who_asked_support_for_a_person_is_not_sent_to_administrators_for_answering() -> None:
    wanted = opened(ADA, category=None, severity=None)
    assert wanted.holder is Holder.SUPPORT
    answered = told(asked(wanted), by=ADA).case
    assert answered.status is Status.NEW
    assert life.acknowledge(actor(SAM), answered).case.status is Status.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("by", "support", "verb"),
    [
        (UGO, False, "answer"),
        (UGO, True, "answer"),
        (ADA, False, "comment"),  # who asked is not answered by themselves or a colleague
        (BOB, False, "comment"),
        (ADA, True, "answer"),  # speaks for the customer
        (PIA, True, "answer"),
        (SAM, True, "comment"),
        (OMAR, True, "comment"),
    ],
    ids=lambda value: value.name if isinstance(value, Person) else str(value),
)
def test_who_speaks_for_the_customer_answers(by: Person, support: bool, verb: str) -> None:
    change = told(case_in(Status.WAITING, support=support), by)
    assert change.event.verb == verb
    assert (change.case.status is Status.WAITING) is (verb == "comment")


def test_an_agent_who_has_a_problem_of_their_own_is_the_customer() -> None:
    sam = Person("sam", "Sam", Role.ADMINISTRATOR, agent=True)
    assert told(case_in(Status.WAITING, support=True, requester=sam), sam).event.verb == "answer"
    assert told(case_in(Status.ESCALATED, support=True, requester=sam), sam).case.clock.answered_at is None


def test_the_clock_starts_when_the_request_is_submitted_and_not_before() -> None:
    assert due(opened()) is None
    assert due(life.take(actor(ADA), opened()).case) is None
    assert due(request(A)) == at("2026-11-23 13:00")
    assert due(request(B)) == at("2026-11-24 12:00")


def test_the_clock_stands_still_while_the_customer_is_waited_for() -> None:
    waiting = asked(request(A), now=at("2026-11-23 12:20"))
    assert due(waiting) is None
    assert due(told(waiting, SAM, at("2026-11-23 20:00")).case) is None
    assert due(told(waiting, UGO, at("2026-11-24 09:00")).case) == at("2026-11-24 09:40")


@pytest.mark.parametrize("severity", [A, C])
def test_a_severity_changed_while_waiting_starts_nothing(severity: Severity) -> None:
    waiting = graded(asked(request(B), now=NOON + 3 * HOUR), severity, NOON + 9 * HOUR)
    assert due(waiting) is None
    assert waiting.clock.elapsed == 3 * HOUR


@pytest.mark.parametrize(
    ("before", "after", "graded_at", "due_then"),
    [
        (B, A, "2026-11-23 12:30", "2026-11-23 13:00"),  # half of the hour has passed
        (B, A, "2026-11-23 15:00", "2026-11-23 15:00"),  # all of it: due as soon as it is known
        (A, B, "2026-11-23 12:30", "2026-11-24 12:00"),
        (B, B, "2026-11-23 18:00", "2026-11-24 12:00"),
        (B, C, "2026-11-23 18:00", None),
    ],
)
def test_a_changed_severity_keeps_the_time_that_has_passed(
    before: Severity, after: Severity, graded_at: str, due_then: str | None
) -> None:
    changed = graded(request(before), after, at(graded_at))
    assert due(changed) == (at(due_then) if due_then else None)
    assert due(graded(changed, B, at("2026-11-23 20:00"))) == at("2026-11-24 12:00")


def test_with_the_advanced_options_every_level_is_due_in_its_time() -> None:
    case = request(C, tenant=ADVANCED)
    assert due(case, ADVANCED) == at("2026-11-23 16:00")
    case = graded(case, B, at("2026-11-23 12:30"), ADVANCED)
    assert due(case, ADVANCED) == at("2026-11-23 14:00")
    assert due(graded(case, A, at("2026-11-23 12:45"), ADVANCED), ADVANCED) == at("2026-11-23 13:00")


@pytest.mark.parametrize(
    ("submitted", "graded_at", "due_then"),
    [
        ("2026-11-20 15:30", "2026-11-21 09:00", "2026-11-21 09:30"),  # Friday 16:30 in Paris; closes at 17:00
        ("2026-11-20 12:00", "2026-11-21 09:00", "2026-11-21 09:00"),
        ("2026-11-21 12:00", "2026-11-22 12:00", "2026-11-22 13:00"),  # a weekend does not count
    ],
)
def test_in_business_hours_only_they_have_passed(submitted: str, graded_at: str, due_then: str) -> None:
    case = request(B, at(submitted), SMALL)
    assert due(case, SMALL) is None
    assert due(graded(case, A, at(graded_at), SMALL), SMALL) == at(due_then)


def test_what_turns_out_to_be_billing_is_promised_no_time_and_comes_back_with_the_time_that_counted() -> None:
    def about(case: Case, category: str, now: datetime) -> Case:
        return life.recategorise(actor(SAM, now), case, category).case

    billing = about(request(B), "billing", at("2026-11-23 13:00"))  # an hour, around the clock
    assert due(billing) is None
    again = about(billing, "exchange", at("2026-11-24 12:00"))  # in Paris 14:00 to 17:00, 9:00 to 13:00: seven more
    assert again.clock.elapsed == 8 * HOUR
    assert due(again) == at("2026-11-25 04:00")


@pytest.mark.parametrize(
    ("deed", "by", "stops"),
    [
        ("acknowledge", SAM, True),
        ("comment", SAM, True),
        ("resolve", SAM, True),
        ("resolve", ADA, True),
        ("confirm", UGO, True),
        ("comment", UGO, False),
        ("comment", ADA, False),
        ("grade", SAM, False),
        ("recategorise", SAM, False),
    ],
    ids=lambda value: value.name if isinstance(value, Person) else str(value),
)
def test_the_first_response_stops_the_clock(deed: str, by: Person, stops: bool) -> None:
    case = DEEDS[deed](actor(by, NOON + HOUR), request(B)).case
    assert (case.clock.answered_at is not None) is stops
    assert case.clock.elapsed == HOUR or not stops
    assert (due(case) is None) is (stops or case.severity is C)


@pytest.mark.parametrize(("deed", "status"), [("dispute", Status.RESOLVED), ("reopen", Status.CLOSED)])
def test_what_is_opened_again_is_promised_a_first_response_again(deed: str, status: Status) -> None:
    again = DEEDS[deed](actor(ADA, NOON + 24 * HOUR), case_in(status, support=True)).case
    assert due(again) == NOON + 48 * HOUR
    own = DEEDS[deed](actor(ADA, NOON + 24 * HOUR), case_in(status)).case
    assert due(own) is None
