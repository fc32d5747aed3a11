"""A case: one person's problem with us, from the moment it is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handoff.authority import Subject, require
from handoff.clock import Clock
from handoff.packet import Packet
from handoff.people import Person, Tenant
from handoff.rulebook import Severity, Status
from handoff.rules import Rules

NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U: read aloud without a doubt


class Holder(StrEnum):
    """Who has the case in hand first (DOMAIN.md section 1)."""

    ADMINISTRATORS = "administrators"
    SUPPORT = "support"


@dataclass(frozen=True)
class Judgement:
    """What was proposed for a case and what stands, so that the classifier can learn from the difference.

    `model` is the version that proposed; `evidence` the words and answers that the severity rests on.
    """

    proposed_category: str | None = None
    proposed_severity: Severity | None = None
    confidence: float | None = None
    model: str = ""
    evidence: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


class Decider(StrEnum):
    """Who or what a severity rests on."""

    CLASSIFIER = "classifier"
    ANSWERS = "answers"
    PERSON = "person"
    CUSTOMER = "customer"  # one with the advanced options, who sets it (DOMAIN.md section 3)
    AGENT = "agent"


@dataclass(frozen=True)
class Case:
    """What is known of a problem from the moment it is opened.

    `category` is None when a person asked for a human before saying what is wrong. `key` is the one-time token of the card
    that opened it: a second press finds the case instead of opening another. `packet` makes it a service request. `back` is
    where it returns to when the customer has answered. `round` counts its openings: 1, and one more for each reopening or handing back.
    `follows` is the number of a closed case that this one goes on from. `owner` took it, or was given it; `quiet_since` is when they
    were heard of last, or had the next word. `revision` counts its changes. `author` and `link` are those of the message of a chat that
    it was opened from, if it was.
    """

    number: str
    key: str
    tenant: str
    requester: Person
    language: str
    description: str
    category: str | None
    severity: Severity | None
    holder: Holder
    wants_a_person: bool
    judgement: Judgement
    opened_at: datetime
    severity_by: Decider = Decider.CLASSIFIER
    status: Status = Status.NEW
    back: Status | None = None
    packet: Packet | None = None
    clock: Clock = field(default_factory=Clock)
    round: int = 1
    owner: Person | None = None
    quiet_since: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    follows: str = ""
    revision: int = 0
    author: str = ""
    link: str = ""

    @property
    def is_request(self) -> bool:
        """Whether it was submitted to support as a service request."""
        return self.packet is not None

    @property
    def with_support(self) -> bool:
        """Whether support has it: as a service request, or because an administrator asked for a person."""
        return self.holder is Holder.SUPPORT

    @property
    def words(self) -> str:
        """The description without the address of the message that it began with, which cards have behind a button."""
        return self.description.replace(self.link, "").strip() if self.link else self.description

    @property
    def subject(self) -> Subject:
        """The case, as the authority table sees it."""
        return Subject(self.tenant, self.requester.id, self.with_support)


def holder_for(rules: Rules, person: Person, category: str | None) -> Holder:
    """Who gets the case first: an end user's goes to their own administrators, an administrator's to support.

    Never to support where the category is out of its scope; `category` None means that a human was asked for.
    """
    ours = category is None or rules.in_scope(category)
    return Holder.SUPPORT if ours and person.may_submit_a_service_request else Holder.ADMINISTRATORS


def open_case(
    rules: Rules,
    tenant: Tenant,
    person: Person,
    *,
    number: str,
    key: str,
    language: str,
    description: str,
    category: str | None,
    severity: Severity | None,
    judgement: Judgement,
    now: datetime,
    severity_by: Decider = Decider.CLASSIFIER,
    wants_a_person: bool = False,
    follows: str = "",
    author: str = "",
    link: str = "",
) -> Case:
    """A new case, with its first holder decided by policy; held by support, it is not submitted yet (`handoff.life.submit`).

    Raises `NotAllowed`.
    """
    require(rules, person, tenant.id, "open", Subject(tenant.id, person.id))
    return Case(
        number=number,
        key=key,
        tenant=tenant.id,
        requester=person,
        language=language,
        description=description,
        category=category,
        severity=severity,
        holder=holder_for(rules, person, category),
        wants_a_person=wants_a_person,
        judgement=judgement,
        opened_at=now,
        severity_by=severity_by,
        follows=follows,
        author=author,
        link=link,
    )


def as_number(text: str) -> str:
    """The case number that a text names, as it is written on cards ("t 7km 2q4x" is T-7KM-2Q4X), or empty."""
    found = re.search(rf"\bT[\s-]?([{NUMBER_ALPHABET}]{{3}})[\s-]?([{NUMBER_ALPHABET}]{{4}})\b", text.upper())
    return f"T-{found[1]}-{found[2]}" if found else ""


def number_from(randomness: int) -> str:
    """A case number that is short, readable aloud and not guessable: seven of thirty symbols, as in `T-7KM-2Q4X`."""
    symbols = ""
    for _ in range(7):
        randomness, digit = divmod(randomness, len(NUMBER_ALPHABET))
        symbols += NUMBER_ALPHABET[digit]
    return f"T-{symbols[:3]}-{symbols[3:]}"
