"""People, organisations and cases, each made in one line, and everything that can be done to a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from handoff import hands, life
from handoff.case import Case, Holder, Judgement, open_case
from handoff.clock import Clock
from handoff.life import Actor, Change
from handoff.packet import Packet
from handoff.people import Person, Role, Tenant
from handoff.rulebook import AuthorityRow, Severity, Status
from handoff.rules import Rules
from tests.handoff.books import rules

Deed = Callable[[Actor, Case], Change]

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday; in Paris it is 13:00
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

CONTOSO = Tenant("contoso", "enterprise_e3", zone="Europe/Paris", country="FR")
FABRIKAM = Tenant("fabrikam", "enterprise_e3")

UGO = Person("ugo", "Ugo")  # has the problem
EVA = Person("eva", "Eva")  # a colleague of his
ADA = Person("ada", "Ada", Role.ADMINISTRATOR)
BOB = Person("bob", "Bob", Role.ADMINISTRATOR)
PIA = Person("pia", "Pia", Role.PARTNER)
SAM = Person("sam", "Sam", agent=True)
NIA = Person("nia", "Nia", agent=True)  # a colleague of his
OMAR = Person("omar", "Omar", Role.ADMINISTRATOR, agent=True)  # may everything that anybody may

PACKET = Packet("Mail is down", "Nobody receives mail since this morning", contact="Ugo")

# Every function that changes a case, by its name, with something sensible to say.
DEEDS: Mapping[str, Deed] = {
    "take": life.take,
    "submit": lambda actor, case: life.submit(actor, case, PACKET),
    "submit_at_once": lambda actor, case: life.submit_at_once(actor, case, PACKET),
    "acknowledge": life.acknowledge,
    "ask": lambda actor, case: life.ask(actor, case, "Since when?"),
    "comment": lambda actor, case: life.comment(actor, case, "It began on Tuesday"),
    "recategorise": lambda actor, case: life.recategorise(actor, case, "domains"),
    "grade": lambda actor, case: life.grade(actor, case, "C"),
    "resolve": lambda actor, case: life.resolve(actor, case, "Restarted it"),
    "confirm": life.confirm,
    "dispute": lambda actor, case: life.dispute(actor, case, "Still down"),
    "reopen": lambda actor, case: life.reopen(actor, case, "Down again"),
    "assign": lambda actor, case: hands.assign(actor, case, NIA),
    "release": hands.release,
    "hand_back": lambda actor, case: hands.hand_back(actor, case, "It is your own proxy"),
    "say": lambda actor, case: hands.say(actor, case, "Can you see it now?"),
}


def verb_of(deed: str) -> str:
    """The verb under which the rule book knows a function of `handoff.life`."""
    return {"submit": "escalate", "submit_at_once": "escalate", "say": "said"}.get(deed, deed)


def actor(
    person: Person,
    now: datetime = NOON,
    acts_for: Tenant = CONTOSO,
    tenant: Tenant = CONTOSO,
    book: Rules | None = None,
) -> Actor:
    """Somebody who acts, by default for Contoso, to whom the case belongs."""
    return Actor(book or rules(), person, acts_for.id, tenant, now)


def opened(person: Person = UGO, category: str | None = "exchange", severity: Severity | None = Severity.B) -> Case:
    """A case that this person has just opened at Contoso."""
    return open_case(
        rules(),
        CONTOSO,
        person,
        number="T-7KM-2Q4X",
        key="token",
        language="en",
        description="Nobody receives mail since this morning",
        category=category,
        severity=severity,
        judgement=Judgement(answers={"people": "everyone"}),
        now=NOON,
        wants_a_person=category is None,
    )


def case_in(status: Status, *, support: bool = False, requester: Person = UGO, **changes: Any) -> Case:
    """A case in this status, held by the administrators or submitted to support, as consistent as the two can be."""
    case = replace(opened(requester), status=status, holder=Holder.SUPPORT if support else Holder.ADMINISTRATORS)
    if support:
        case = replace(case, packet=PACKET, clock=_clock(status))
    if status is Status.WAITING:
        case = replace(case, back=Status.ESCALATED if support else Status.WITH_ADMINISTRATOR)
    if status in (Status.RESOLVED, Status.CLOSED):
        case = replace(case, resolved_at=NOON, closed_at=NOON if status is Status.CLOSED else None)
    return replace(case, **changes)


def whoever_may(book: Rules) -> Rules:
    """The rule book in which everybody may do everything at home, so that only the life of the case decides."""
    rows = {verb: _open_to_all(row) for verb, row in book.authority.items()}
    return replace(book, authority=rows)


def _open_to_all(row: AuthorityRow) -> AuthorityRow:
    return AuthorityRow(verb=row.verb, end_user="tenant", administrator="tenant", partner="tenant", agent="tenant")


def _clock(status: Status) -> Clock:
    """As far as a request in this status has it: running, paused, or answered."""
    if status in (Status.NEW, Status.WITH_ADMINISTRATOR, Status.ESCALATED, Status.REOPENED):
        return Clock(running_since=NOON)
    return Clock() if status is Status.WAITING else Clock(answered_at=NOON)
