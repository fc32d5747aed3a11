"""The shapes of the rule book in `data/rules/`: one frozen model for each kind of table, with its legal values."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Severity(StrEnum):
    """DOMAIN.md section 3: A critical, B high, C non-critical."""

    A = "A"
    B = "B"
    C = "C"


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Category(_Table):
    """A label of the classifier, and the route that policy gives it."""

    id: Id
    route: Id


class Route(_Table):
    """Where an issue goes. `hours` is present on the routes that open a case, and only there."""

    id: Id
    scope: Literal["in", "out"]
    hours: Literal["plan", "business"] | None = None
    owner: Literal["organisation"] | None = None
    resources: tuple[Id, ...]

    @property
    def opens_a_case(self) -> bool:
        """Whether what takes this route is ours to handle."""
        return self.scope == "in"


class Resource(_Table):
    """An address that people are sent to."""

    id: Id
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+(/\S*)?$")]


class Plan(_Table):
    """A subscription, and the column of the response table that serves it.

    `sets_severity`: its customers set the severity of their cases themselves (DOMAIN.md section 3, the advanced options).
    """

    id: Id
    family: Id
    sets_severity: bool = False


class Target(_Table):
    """How soon a first response is promised."""

    amount: Annotated[int, Field(gt=0)]
    unit: Literal["hour", "day"]


class Commitment(_Table):
    """A cell of the response table: when support is there, and its target, or None where nothing is committed."""

    availability: Literal["always", "business"]
    target: Target | None


class ResponseRow(_Table):
    """A row of `responses.toml`. The word "none" is asked for, so that a forgotten target is an error and not a missing promise."""

    family: Id
    severity: Severity
    availability: Literal["always", "business"]
    target: Target | Literal["none"]

    @property
    def commitment(self) -> Commitment:
        """The promise of this row."""
        return Commitment(availability=self.availability, target=None if self.target == "none" else self.target)


class SeverityRow(_Table):
    """A level, from the gravest, and how probable it must be to stand without a question, or to be asked about."""

    id: Severity
    settled: Annotated[float, Field(gt=0, le=1)]
    worth_asking: Annotated[float, Field(gt=0, le=1)]


class Mistake(_Table):
    """What it costs to say `said` where `true` is true. Being right costs nothing."""

    true: Severity
    said: Severity
    cost: Annotated[float, Field(gt=0)]


class Question(_Table):
    """A question that may decide a severity, and its answers in the order they are offered."""

    id: Id
    answers: tuple[Id, ...]


class Ruling(_Table):
    """What answers to `people` and `work` make of a severity."""

    severity: Severity
    people: tuple[Id, ...]
    work: tuple[Id, ...]


class SelfHelp(_Table):
    """What a person may try before a case is opened: the steps stand in the texts, the addresses here."""

    category: Id
    resources: tuple[Id, ...]


Reach = Literal["none", "own", "tenant", "requests"]


class AuthorityRow(_Table):
    """What each role may do of one verb, and on which cases."""

    verb: Id
    end_user: Reach
    administrator: Reach
    partner: Reach
    agent: Reach


class Status(StrEnum):
    """Where a case is in its life."""

    NEW = "new"
    WITH_ADMINISTRATOR = "with_administrator"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


class Audience(StrEnum):
    """Those who may have to be told that a case has changed."""

    REQUESTER = "requester"
    ADMINISTRATORS = "administrators"
    AGENTS = "agents"


class Move(_Table):
    """A legal change of a case: by which verb, from where, to where, and who is told. `owned`: only while somebody has it."""

    verb: Id
    origins: Annotated[tuple[Status, ...], Field(alias="from", min_length=1)]
    to: Status | Literal["same", "back", "unclaimed"]
    request: Literal["yes", "no", ""] = ""
    owned: Literal["yes", ""] = ""
    tell: tuple[Audience, ...]


class LifeNumbers(_Table):
    """The spans of time in a case's life."""

    reopen_days: Annotated[int, Field(gt=0)]
    silence_days: Annotated[int, Field(gt=0)]
    warn_at: Annotated[float, Field(gt=0, lt=1)]
    claim_at: Annotated[float, Field(gt=0, lt=1)]
    claim_hours: Annotated[int, Field(gt=0)]
    return_hours: Annotated[int, Field(gt=0)]
    talk_minutes: Annotated[int, Field(gt=0)]


class Cell(NamedTuple):
    """A place in the response table."""

    family: str
    severity: Severity
