"""From probabilities to a proposal: act on it, confirm between a few, or ask. The thresholds come from held-out data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dialogs.values import Reading
from handoff.rulebook import Severity
from handoff.rules import Rules
from handoff.severity import cheapest, plausible


class Decision(StrEnum):
    """What the probabilities allow: propose outright, let the person choose between a few, or ask for more words."""

    ACT = "act"
    CONFIRM = "confirm"
    ASK = "ask"


@dataclass(frozen=True)
class Thresholds:
    """Where the trainer drew the lines on held-out data; each is a probability in [0, 1]."""

    act: float
    confirm: float
    clarity: float


@dataclass(frozen=True)
class Proposal:
    """What we make of a reading. `severity` and `levels` hold if a case is opened; on the out-of-scope routes they mean nothing."""

    decision: Decision
    category: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    severity: Severity
    levels: frozenset[Severity]


OUTAGE = frozenset({"outage", "many"})
SOFTER = frozenset({"partial", "workaround", "one"})
CHOICES = 3  # as many buttons as a person takes in at a glance; held-out top-3 accuracy is in the model card


def weigh(reading: Reading, thresholds: Thresholds, rules: Rules) -> Proposal:
    """Decide what may be proposed for this reading."""
    ranked = sorted(reading.categories.items(), key=lambda pair: -pair[1])
    category, confidence = ranked[0]
    levels = levels_of(reading.severities, reading.cues, rules)
    best = cheapest(rules, reading.severities)
    return Proposal(
        decision=_decide(confidence, reading.clarity, thresholds),
        category=category,
        confidence=confidence,
        alternatives=tuple(ranked[:CHOICES]),
        severity=best if best in levels else min(levels),
        levels=levels,
    )


def levels_of(severities: Mapping[str, float], cues: Mapping[str, str], rules: Rules) -> frozenset[Severity]:
    """The levels worth asking about. A service said to be down for many people is never settled below A unasked.

    Where nothing in the message softens that, and the classifier does not rule it out, it is A: this only ever raises.
    """
    levels = plausible(rules, severities)
    if not set(cues) >= OUTAGE:
        return levels
    softened = bool(SOFTER & set(cues)) or severities[Severity.A] < rules.asking[Severity.A].worth_asking
    return levels | {Severity.A} if softened else frozenset({Severity.A})


def _decide(confidence: float, clarity: float, thresholds: Thresholds) -> Decision:
    if clarity < thresholds.clarity or confidence < thresholds.confirm:
        return Decision.ASK
    return Decision.ACT if confidence >= thresholds.act else Decision.CONFIRM
