"""What the store is asked and what it answers, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.envelope import Address, Answer, Handover, Outgoing
from bot.understood import Understood
from dialogs.notices import Recipient
from dialogs.values import Message, State
from handoff.alarms import Alarm
from handoff.bridge import Bridge
from handoff.case import Case
from handoff.effects import Effect
from handoff.people import Role, Tenant


class Conflict(Exception):
    """Somebody else changed the same thing first; the turn is to be taken again from the start."""


class Unavailable(Exception):
    """The database does not answer; nothing was recorded."""


@dataclass(frozen=True)
class Known:
    """What the store knows when a turn begins.

    `seen` is the answer that the same activity was given before, or None when it is new. `tenant` is the one that the person acts
    for, `organisations` those that a partner may choose from. `opened` is the number of the case that the pressed button has
    opened already, `unanswered` that of one in which the person is waited for, or empty. `bridge` is the last one of this chat, live
    or not.
    """

    seen: Answer | None
    state: State
    version: int
    tenant: Tenant
    role: Role
    opened: str
    agent: bool = False
    organisations: tuple[Tenant, ...] = ()
    unanswered: str = ""
    listed: Listed | None = None
    bridge: Bridge | None = None


@dataclass(frozen=True)
class Listed:
    """A person as the store has them; `address` is their personal chat, if they have one."""

    name: str
    language: str
    address: Mapping[str, Any] | None


@dataclass(frozen=True)
class Record:
    """What a turn leaves behind, to be committed as one."""

    state: State
    answer: Answer
    effects: tuple[Effect, ...]
    outgoing: tuple[Outgoing, ...]
    now: datetime
    alarms: Mapping[str, tuple[Alarm, ...]] = field(default_factory=dict)
    handovers: tuple[Handover, ...] = ()
    understood: Understood = field(default_factory=Understood)


@dataclass(frozen=True)
class Reached:
    """Somebody who may be told of a case, and where."""

    recipient: Recipient
    address: Address


@dataclass(frozen=True)
class Copy:
    """A card of a case that somebody has before them: the message, by the channel's id, and what it shows."""

    stream: str
    id: str
    address: Address
    message: Message


@dataclass(frozen=True)
class Ringing:
    """An alarm that is due, with its case as it stands and the tenant it belongs to."""

    alarm: Alarm
    case: Case
    tenant: Tenant


@dataclass(frozen=True)
class StoredSurvey:
    """An answered survey, as a list shows it."""

    case: str
    round: int
    tenant: str
    rating: int
    words: str
    at: datetime


@dataclass(frozen=True)
class PendingMessage:
    """A message in the outbox. `stream` is what keeps its order; `attempts` counts the tries that failed."""

    id: int
    stream: str
    outgoing: Outgoing
    attempts: int
    created_at: datetime


@dataclass(frozen=True)
class PendingHandover:
    """A handover in the outbox. `reference` is how its desk calls the case already, or empty; `attempts` counts failed tries."""

    id: int
    handover: Handover
    reference: str
    attempts: int
    created_at: datetime


@dataclass(frozen=True)
class StoredCase:
    """A case as a list shows it."""

    number: str
    tenant: str
    requester: str
    language: str
    description: str
    category: str | None
    severity: str | None
    holder: str
    status: str
    wants_a_person: bool
    opened_at: datetime
    judgement: Mapping[str, Any]
