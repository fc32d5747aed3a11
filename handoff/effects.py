"""The short list of what a turn may make happen besides talking. The store carries them out, in the turn's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from handoff.case import Case


@dataclass(frozen=True)
class OpenCase:
    """Store this case. Doing it twice under one key stores one."""

    case: Case


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


Effect: TypeAlias = OpenCase | RecordLabel
