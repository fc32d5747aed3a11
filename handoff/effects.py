"""The short list of what a turn may make happen besides talking. The store carries them out, in the turn's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from handoff.bridge import Bridge
from handoff.case import Case
from handoff.file import File
from handoff.life import Change, Event
from handoff.people import Tenant


@dataclass(frozen=True)
class OpenCase:
    """Store this case. Doing it twice under one key stores one. `also` happened to it in the same breath."""

    case: Case
    also: tuple[Event, ...] = ()


@dataclass(frozen=True)
class ChangeCase:
    """Store what happened to a case. `key` is the pressed button's token: a second press changes nothing."""

    change: Change
    key: str = ""


@dataclass(frozen=True)
class DescribeTenant:
    """Store what an administrator set of their organisation; `None` leaves its administrators, or its partners, as they are."""

    tenant: Tenant
    administrators: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None


@dataclass(frozen=True)
class RecordSurvey:
    """Store what the requester thought of a resolution: 1 to 5, and words. The first answer for a round counts."""

    case: str
    round: int
    rating: int
    words: str


@dataclass(frozen=True)
class RecordLabel:
    """A person said what their message is about: a candidate label for the operators, never trained on unreviewed.

    `category` None means "not that, and I did not say what".
    """

    text: str
    language: str
    proposed: str | None
    category: str | None
    severity: str | None
    model: str


@dataclass(frozen=True)
class RecordSelfHelp:
    """The steps that we showed solved the problem: no case was needed."""

    text: str
    language: str
    category: str
    model: str


@dataclass(frozen=True)
class Connect:
    """Connect these two over their case: from now on each hears what the other says."""

    bridge: Bridge
    case: Case


@dataclass(frozen=True)
class Speak:
    """One of two connected people said this to the other, and sent `files`; that it was said stands in a `ChangeCase` beside it."""

    bridge: Bridge
    words: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Disconnect:
    """They are not connected any more. `why` is `said` (one of them ended it), `case` (it changed) or `silence`."""

    bridge: Bridge
    why: str


@dataclass(frozen=True)
class KeepFiles:
    """Store that these were sent: `new` for the first time, `held` before, while there was no case. `case` is now theirs, or empty."""

    new: tuple[File, ...]
    held: tuple[File, ...] = ()
    case: str = ""


@dataclass(frozen=True)
class RecordFeedback:
    """Store what a person thought of a proposal: `message` is what the channel calls it; a second thumb replaces the first.

    `token`, `category` and `model` say what was proposed; they are empty where that is not known any more.
    """

    message: str
    reaction: str
    reason: str
    token: str = ""
    category: str = ""
    model: str = ""


Effect: TypeAlias = (
    OpenCase
    | ChangeCase
    | DescribeTenant
    | RecordSurvey
    | RecordLabel
    | RecordSelfHelp
    | Connect
    | Speak
    | Disconnect
    | KeepFiles
    | RecordFeedback
)
