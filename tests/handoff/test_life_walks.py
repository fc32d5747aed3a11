"""Whatever people do to a case, in whatever order: what always holds, and that every status can be reached."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from handoff import hands, life
from handoff.authority import may
from handoff.case import Case
from handoff.errors import IllegalMove, Refused, Unfit
from handoff.life import Actor, Change, legal_moves
from handoff.people import Person, Tenant
from handoff.rulebook import Status
from tests.handoff.books import rules
from tests.handoff.cases import (
    ADA,
    CONTOSO,
    DEEDS,
    EVA,
    FABRIKAM,
    HOUR,
    NOON,
    OMAR,
    PACKET,
    PIA,
    SAM,
    UGO,
    actor,
    opened,
    verb_of,
)

MOVES = {name: deed for name, deed in DEEDS.items() if name != "submit_at_once"}  # that one is for a fresh case
CAST: list[tuple[Person, Tenant]] = [(one, CONTOSO) for one in (UGO, EVA, ADA, PIA, SAM, OMAR)]
STRANGERS = [(ADA, FABRIKAM), (PIA, FABRIKAM), (UGO, FABRIKAM)]  # the same people, speaking for another organisation
FIXED = ("number", "key", "tenant", "requester", "language", "description", "judgement", "opened_at", "follows")

FRESH = [
    opened(UGO),
    opened(ADA),
    opened(UGO, category=None, severity=None),
    opened(ADA, category=None, severity=None),
    life.submit_at_once(actor(ADA), opened(ADA), PACKET).case,
]
people = st.sampled_from([*CAST, *STRANGERS])
steps = st.tuples(people, st.sampled_from(["anything", "legal", "legal", "time"]), st.integers(0, 200), st.integers())


def tried(name: str, who: Actor, case: Case) -> Change | Refused:
    """What comes of it; a case that is refused is as it was, byte for byte."""
    before = pickle.dumps(case)
    try:
        return MOVES[name](who, case)
    except Refused as refusal:
        return refusal
    finally:
        assert pickle.dumps(case) == before


def expired(case: Case, now: datetime) -> Change | None:
    """What time makes of a case: it closes, or goes back to all of support."""
    for ends in (life.expire, hands.give_up):
        try:
            return ends(rules(), case, CONTOSO, now)
        except IllegalMove:
            continue
    return None


@given(st.sampled_from(FRESH), st.lists(steps, max_size=25))
def test_whatever_happens_to_a_case_it_stays_sound(
    case: Case, walk: list[tuple[tuple[Person, Tenant], str, int, int]]
) -> None:
    now = NOON
    for (person, home), how, hours, pick in walk:
        now += hours * HOUR
        who = actor(person, now, acts_for=home)
        change: Change | Refused | None
        if how == "time":
            change = expired(case, now)
        else:
            possible = [one for one in MOVES if verb_of(one) in legal_moves(who, case)]
            names = (possible if how == "legal" else []) or list(MOVES)
            name = names[pick % len(names)]
            change = tried(name, who, case)
            assert isinstance(change, Change | Unfit if name in possible else Refused) or name == "say", (
                "what is possible was said wrongly"
            )
            sees = may(rules(), person, home.id, "view", case.subject)
            assert sees or not isinstance(change, Change), "who may not see a case has changed it"
        if isinstance(change, Change):
            assert_follows(case, change, now)
            case = change.case
        assert_sound(case)


def assert_sound(case: Case) -> None:
    clock = case.clock
    assert (case.closed_at is not None) is (case.status is Status.CLOSED)
    assert (case.resolved_at is not None) is (case.status in (Status.RESOLVED, Status.CLOSED))
    assert not (clock.running_since and clock.answered_at)
    assert not clock.running_since or (case.is_request and case.status in (Status.ESCALATED, Status.REOPENED))
    assert case.with_support or not case.is_request
    assert case.status not in (
        (Status.WITH_ADMINISTRATOR,) if case.with_support else (Status.ESCALATED, Status.ACKNOWLEDGED)
    )
    assert case.status is not Status.WAITING or case.back not in (None, Status.WAITING, Status.RESOLVED, Status.CLOSED)


def assert_follows(before: Case, change: Change, now: datetime) -> None:
    case, event = change.case, change.event
    assert case.revision == before.revision + 1
    assert (event.case, event.at, event.status) == (case.number, now, case.status)
    again = event.verb in ("dispute", "reopen", "hand_back")
    assert case.round == before.round + again
    assert again or event.verb == "escalate" or case.clock.elapsed >= before.clock.elapsed
    assert before.clock.answered_at is None or again or case.clock.answered_at == before.clock.answered_at
    assert event.verb == "hand_back" or before.with_support <= case.with_support, "what support has it keeps"
    assert case.owner is None or case.owner == before.owner or event.verb in ("take", "acknowledge", "assign")
    assert all(getattr(case, name) == getattr(before, name) for name in FIXED)


def test_every_status_can_be_reached_by_whoever_has_the_case() -> None:
    common = {Status.WAITING, Status.RESOLVED, Status.CLOSED, Status.REOPENED}
    reached = {(case.with_support, case.is_request, case.status) for case in _reachable()}
    assert reached == {
        *((False, False, status) for status in common | {Status.NEW, Status.WITH_ADMINISTRATOR}),
        *((True, False, status) for status in common | {Status.NEW, Status.ACKNOWLEDGED}),
        *((True, True, status) for status in common | {Status.ESCALATED, Status.ACKNOWLEDGED}),
    }
    assert {status for *_, status in reached} == set(Status)


def test_from_wherever_it_stands_somebody_can_bring_a_case_to_its_end() -> None:
    reachable = list(_reachable())
    ends = [case for case in reachable if case.status is Status.CLOSED]
    assert ends
    for case in reachable:
        if case.status is not Status.CLOSED:
            assert "confirm" in legal_moves(actor(UGO if case.requester == UGO else ADA), case)


def _reachable() -> Iterator[Case]:
    """One case for each place in life that people can bring it to, from every beginning."""
    seen, fresh = set(), list(FRESH)
    while fresh:
        case = replace(fresh.pop(), revision=0, round=1)
        place = (case.requester, case.category, case.with_support, case.is_request, case.status, case.back)
        if place in seen:
            continue
        seen.add(place)
        yield case
        changes = [tried(name, actor(person), case) for name in MOVES for person, _ in CAST] + [expired(case, NOON)]
        fresh += [change.case for change in changes if isinstance(change, Change)]
