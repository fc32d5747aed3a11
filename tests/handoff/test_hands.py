"""Whose hands a case is in: given, laid back, handed back, not heard of; and what rings for whoever has it, or because nobody has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handoff import hands, life
from handoff.alarms import Alarm, Kind, alarms_of
from handoff.bridge import Bridge
from handoff.case import Case, Holder
from handoff.clock import Clock
from handoff.errors import IllegalMove, NotAllowed, Unfit
from handoff.people import SYSTEM, Person, Tenant
from handoff.rulebook import Severity, Status
from tests.handoff.books import rules
from tests.handoff.cases import ADA, CONTOSO, DAY, EVA, HOUR, NIA, NOON, PACKET, SAM, UGO, actor, case_in, opened

SMALL = Tenant("contoso", "business", zone="Europe/Paris", country="FR")
NUMBERS = rules().life


def request(severity: Severity = Severity.B, tenant: Tenant = CONTOSO) -> Case:
    return life.submit(actor(ADA, tenant=tenant), opened(severity=severity), PACKET).case


def claimed(by: Person = SAM, **changes: object) -> Case:
    return replace(life.acknowledge(actor(by), request()).case, **changes)


def ringing(case: Case, kind: Kind, tenant: Tenant = CONTOSO) -> Alarm | None:
    return next((alarm for alarm in alarms_of(rules(), case, tenant) if alarm.kind is kind), None)


def test_a_case_is_given_to_somebody_of_support_who_has_not_answered_yet() -> None:
    given = hands.assign(actor(SAM), request(), NIA).case
    assert (given.owner, given.status) == (NIA, Status.ESCALATED)
    assert given.clock.answered_at is None
    assert life.acknowledge(actor(NIA, NOON + HOUR), given).case.clock.answered_at == NOON + HOUR


@pytest.mark.parametrize(("to", "problem"), [(None, "missing"), (UGO, "unknown"), (ADA, "unknown")])
def test_it_is_given_to_nobody_else(to: Person | None, problem: str) -> None:
    with pytest.raises(Unfit) as refusal:
        hands.assign(actor(SAM), request(), to)
    assert refusal.value.problems == {"agent": problem}


@pytest.mark.parametrize("person", [UGO, EVA, ADA])
def test_only_support_passes_its_cases_on(person: Person) -> None:
    for deed in (lambda who, case: hands.assign(who, case, NIA), hands.release):
        with pytest.raises(NotAllowed):
            deed(actor(person), claimed())
    with pytest.raises(NotAllowed):
        hands.hand_back(actor(person), claimed(), "no")


def test_what_is_laid_back_can_be_taken_on_again_and_its_first_response_stays_given() -> None:
    released = hands.release(actor(SAM, NOON + HOUR), claimed()).case
    assert (released.owner, released.status, released.clock) == (None, Status.ESCALATED, claimed().clock)
    assert life.acknowledge(actor(NIA, NOON + 2 * HOUR), released).case.owner == NIA


def test_a_wish_for_a_person_that_is_laid_back_is_new_again() -> None:
    wish = opened(ADA, category=None, severity=None)
    taken = life.acknowledge(actor(SAM), wish).case
    assert hands.release(actor(SAM), taken).case.status is Status.NEW


def test_what_nobody_has_cannot_be_laid_back() -> None:
    with pytest.raises(IllegalMove):
        hands.release(actor(SAM), request())


def test_what_is_laid_back_while_the_customer_is_waited_for_is_nobodys_after_the_answer() -> None:
    waiting = life.ask(actor(SAM), claimed(), "Since when?").case
    laid_back = hands.release(actor(SAM), waiting).case
    assert (laid_back.status, laid_back.back, laid_back.owner) == (Status.WAITING, Status.ESCALATED, None)
    answered = life.comment(actor(UGO, NOON + HOUR), laid_back, "Since Tuesday").case
    assert answered.status is Status.ESCALATED
    assert ringing(answered, Kind.UNCLAIMED)


def test_administrators_have_again_what_was_handed_back_and_may_submit_it_once_more() -> None:
    back = hands.hand_back(actor(SAM), claimed(), "It is your own proxy").case
    assert (back.holder, back.status, back.owner, back.is_request) == (Holder.ADMINISTRATORS, Status.NEW, None, False)
    assert (back.clock, back.round) == (Clock(), 2)
    again = life.submit(actor(ADA, NOON + DAY), back, PACKET).case
    assert ringing(again, Kind.MISSED) == Alarm(again.number, Kind.MISSED, "2B", NOON + 2 * DAY)


def test_the_customer_is_told_why_it_comes_back() -> None:
    with pytest.raises(Unfit):
        hands.hand_back(actor(SAM), claimed(), "  ")
    assert hands.hand_back(actor(SAM), claimed(), "Your proxy").event.words == "Your proxy"


def test_whoever_is_not_heard_of_loses_the_case_to_all_of_support() -> None:
    alarm = ringing(claimed(), Kind.RETURN)
    assert alarm
    assert alarm.due_at == NOON + NUMBERS.return_hours * HOUR
    change = hands.give_up(rules(), claimed(), CONTOSO, alarm.due_at)
    assert (change.case.owner, change.case.status) == (None, Status.ESCALATED)
    assert (change.event.by, change.event.verb, change.event.facts) == (SYSTEM, "return", {"from": "sam"})


def test_a_word_of_the_agents_gives_them_time_again_and_one_of_the_customers_does_not() -> None:
    heard = life.comment(actor(SAM, NOON + 3 * HOUR), claimed(), "I am looking").case
    pressed = life.comment(actor(UGO, NOON + 4 * HOUR), heard, "And?").case
    for case in (heard, pressed):
        alarm = ringing(case, Kind.RETURN)
        assert alarm
        assert alarm.due_at == NOON + (3 + NUMBERS.return_hours) * HOUR


def test_nobody_is_silent_while_the_customer_is_waited_for_and_the_answer_gives_the_whole_time() -> None:
    waiting = life.ask(actor(SAM), claimed(), "Since when?").case
    assert ringing(waiting, Kind.RETURN) is None
    answered = life.comment(actor(UGO, NOON + DAY), waiting, "Since Tuesday").case
    alarm = ringing(answered, Kind.RETURN)
    assert alarm
    assert alarm.due_at == NOON + DAY + NUMBERS.return_hours * HOUR


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.WITH_ADMINISTRATOR])
def test_what_is_done_or_not_supports_does_not_return(status: Status) -> None:
    support = status is not Status.WITH_ADMINISTRATOR
    assert ringing(case_in(status, support=support, owner=SAM, quiet_since=NOON), Kind.RETURN) is None


@pytest.mark.parametrize(("severity", "minutes"), [(Severity.A, 30), (Severity.B, 12 * 60)])
def test_support_is_reminded_of_what_nobody_has_at_half_of_its_target(severity: Severity, minutes: int) -> None:
    alarm = ringing(request(severity), Kind.UNCLAIMED)
    assert alarm
    assert (alarm.level, alarm.due_at) == (f"1{severity}", NOON + minutes / 60 * HOUR)


def test_where_nothing_is_committed_it_is_reminded_after_some_business_hours() -> None:
    alarm = ringing(request(Severity.C, SMALL), Kind.UNCLAIMED, SMALL)
    assert alarm
    assert alarm.due_at == NOON + NUMBERS.claim_hours * HOUR  # 13:00 to 17:00 in Paris


def test_whoever_wants_a_person_is_not_forgotten() -> None:
    alarm = ringing(opened(ADA, category=None, severity=None), Kind.UNCLAIMED)
    assert alarm
    assert alarm.due_at == NOON + NUMBERS.claim_hours * HOUR


@pytest.mark.parametrize("case", [claimed(), hands.assign(actor(SAM), request(), NIA).case, opened(UGO)])
def test_what_somebody_has_or_administrators_hold_is_not_unclaimed(case: Case) -> None:
    assert ringing(case, Kind.UNCLAIMED) is None


def test_what_is_said_is_on_record_and_answers_what_was_asked() -> None:
    waiting = life.ask(actor(SAM), claimed(), "Since when?").case
    said = hands.say(actor(UGO, NOON + HOUR), waiting, " Since Tuesday ")
    assert (said.case.status, said.event.verb, said.event.words) == (Status.ACKNOWLEDGED, "said", "Since Tuesday")
    assert said.event.status is Status.ACKNOWLEDGED
    assert said.case.revision == waiting.revision + 1
    assert hands.say(actor(SAM), waiting, "Hello?").case.status is Status.WAITING


def test_two_who_are_connected_and_say_nothing_are_not_any_more() -> None:
    bridge = Bridge("b" * 22, "T-7KM-2Q4X", UGO, SAM, NOON, NOON + HOUR)
    [alarm] = [one for one in alarms_of(rules(), claimed(), CONTOSO, bridge) if one.kind is Kind.TALK]
    assert alarm.due_at == NOON + HOUR + NUMBERS.talk_minutes / 60 * HOUR
    assert alarm.level == "b" * 16


def test_they_are_connected_as_long_as_the_same_person_has_the_case_and_it_is_not_solved() -> None:
    bridge = Bridge("b", "T-7KM-2Q4X", UGO, SAM, NOON, NOON)
    assert bridge.holds(claimed())
    assert bridge.holds(life.ask(actor(SAM), claimed(), "Since when?").case)
    for ended in (
        hands.assign(actor(SAM), claimed(), NIA),
        hands.release(actor(SAM), claimed()),
        hands.hand_back(actor(SAM), claimed(), "Yours"),
        life.resolve(actor(SAM), claimed(), "Restarted"),
        life.confirm(actor(UGO), claimed()),
    ):
        assert not bridge.holds(ended.case)
    assert (bridge.other(UGO), bridge.other(SAM)) == (SAM, UGO)
