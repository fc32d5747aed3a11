"""A case: one person's problem with us, from the moment it is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handoff.people import Person, Tenant
from handoff.rulebook import Severity
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


@dataclass(frozen=True)
class Case:
    """What is stored of a problem when it is opened.

    `category` is None when a person asked for a human before saying what is wrong. `key` is the one-time token of the card
    that opened it: a second press finds the case instead of opening another.
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
    wants_a_person: bool = False,
) -> Case:
    """A new case, with its first holder decided by policy."""
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
    )


def number_from(randomness: int) -> str:
    """A case number that is short, readable aloud and not guessable: seven of thirty symbols, as in `T-7KM-2Q4X`."""
    symbols = ""
    for _ in range(7):
        randomness, digit = divmod(randomness, len(NUMBER_ALPHABET))
        symbols += NUMBER_ALPHABET[digit]
    return f"T-{symbols[:3]}-{symbols[3:]}"
