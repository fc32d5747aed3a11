"""What the registry of models answers, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Where a model stands. One is the champion, at most one the shadow."""

    CHAMPION = "champion"  # judges messages
    CHALLENGER = "challenger"  # passed the gate; may be promoted
    SHADOW = "shadow"  # a challenger that reads live messages without speaking
    RETIRED = "retired"  # was the champion; may be rolled back to
    REFUSED = "refused"  # did not pass the gate; can never be promoted


class RunState(StrEnum):
    """Where a training stands."""

    WAITING = "waiting"  # behind another one, or not begun yet
    RUNNING = "running"
    FINISHED = "finished"  # there is a challenger
    REFUSED = "refused"  # there is a model, and the gate refused it; or the gate refused the examples
    FAILED = "failed"  # it broke, or crashed: nothing has changed


@dataclass(frozen=True)
class Version:
    """A model as a list shows it.

    `version` are the first letters of its file's hash, `serial` counts the models that were ever signed here. `metrics` is the
    manifest's report on held-out messages (`category.all.share` …), `examples` what it learned from (`sha256`, `total`,
    `by_category` …). `kept` is false where its file was deleted. `refusals` are the findings of the gate that refused it.
    """

    version: str
    serial: int
    status: Status
    created_at: datetime
    created_by: str
    sha256: str
    metrics: Mapping[str, Any]
    examples: Mapping[str, Any]
    thresholds: Mapping[str, float]
    run: str | None = None
    kept: bool = True
    refusals: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Files:
    """A model's three files as they are stored: nothing of them has been verified or opened."""

    manifest: bytes
    signature: bytes
    content: bytes


@dataclass(frozen=True)
class Event:
    """What was done to a model: `trained`, `refused`, `adopted`, `promoted`, `rolled_back`, `retired`, `shadowed`, `unshadowed`,
    `rejected` (a replica would not serve it), `deleted`. The highest `id` of those that change who serves is the epoch.
    """

    id: int
    at: datetime
    actor: str
    verb: str
    version: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A training. `done` of `total` stages are behind it, `stage` names the last.

    `reason` says why it failed; where the gate refused, `findings` say why, and what to look at (see `Models.comparison`).
    """

    id: str
    asked_by: str
    asked_at: datetime
    state: RunState
    stage: str = ""
    done: int = 0
    total: int = 0
    lease_until: datetime | None = None
    ended_at: datetime | None = None
    version: str | None = None
    reason: str = ""
    findings: tuple[Mapping[str, Any], ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in (RunState.WAITING, RunState.RUNNING)


@dataclass(frozen=True)
class Agreement:
    """How far a shadow agrees with the champion on live messages: counts, and the pairs of categories they differ in."""

    shadow: str
    champion: str
    messages: int
    same_category: int
    same_severity: int
    same_decision: int
    differences: tuple[tuple[str, str, int], ...] = ()  # champion's category, shadow's, how often; the commonest first


@dataclass(frozen=True)
class Serving:
    """Which models are to serve now, as the registry has it. `epoch` only grows."""

    champion: str | None
    shadow: str | None
    epoch: int


@dataclass(frozen=True)
class ShadowReading:
    """What the champion and the shadow made of one live message."""

    at: datetime
    champion: str
    shadow: str
    text_sha256: str
    language: str
    champion_category: str
    champion_severity: str
    champion_decision: str
    champion_confidence: float
    shadow_category: str
    shadow_severity: str
    shadow_decision: str
    shadow_confidence: float
    text: str | None = None
