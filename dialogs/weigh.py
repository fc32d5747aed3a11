"""From probabilities to a proposal: act on it, confirm between a few, or ask. The thresholds come from held-out data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """Where the trainer drew the lines on messages not learned from: probabilities in [0, 1], and `outlier`, a score."""

    act: float
    confirm: float
    clarity: float
    outlier: float = math.inf


@dataclass(frozen=True)
class Proposal:
    """What we make of a reading. `severity` and `levels` hold if a case is opened; on the out-of-scope routes they mean nothing.

    `alternatives` are the likeliest categories with their probabilities; `choices` are the buttons to offer when it asks, and
    none where so many would be needed that the whole list is quicker.
    """

    decision: Decision
    category: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    choices: tuple[str, ...]
    severity: Severity
    levels: frozenset[Severity]


CHOICES = 3  # alternatives that are told
LOCKOUT = "lockout"  # whoever administers alone, and cannot
OUTAGE = frozenset({"outage", "many"})
SOFTER = frozenset({"partial", "workaround", "one"})
RAISING = frozenset({"outage", "time", "money"})  # cues with which nothing is non-critical
FEWEST, MOST = 2, 5  # buttons: one is no choice, and more than a person takes in at a glance are none either


def weigh(reading: Reading, thresholds: Thresholds, rules: Rules) -> Proposal:
    """Decide what may be proposed for this reading."""
    ranked = sorted(reading.categories.items(), key=lambda pair: -pair[1])
    category, confidence = ranked[0]
    levels = levels_of(reading.severities, reading.cues, rules)
    return Proposal(
        decision=_decide(confidence, reading, replace(thresholds, **reading.lines)),
        category=category,
        confidence=confidence,
        alternatives=tuple(ranked[:CHOICES]),
        choices=_buttons(reading.choices, [label for label, _ in ranked]),
        severity=proposed(reading.severities, levels, rules),
        levels=levels,
    )


def proposed(severities: Mapping[str, float], levels: frozenset[Severity], rules: Rules) -> Severity:
    """The cheapest level, or the gravest of those worth asking about where it is not among them."""
    best = cheapest(rules, severities)
    return best if best in levels else min(levels)


def levels_of(severities: Mapping[str, float], cues: Mapping[str, str], rules: Rules) -> frozenset[Severity]:
    """The levels worth asking about. What is said may raise them, never lower them.

    A service said to be down for many people is A where nothing in the message softens that and the classifier does not rule it out,
    and is never settled below A unasked, as where the only administrator is in trouble. Nor is anything non-critical where a service
    is down, or time or money is running out, or where a graver level would be the cheaper mistake.
    """
    levels = plausible(rules, severities)
    if set(cues) >= OUTAGE:
        softened = bool(SOFTER & set(cues)) or severities[Severity.A] < rules.asking[Severity.A].worth_asking
        return levels | {Severity.A} if softened else frozenset({Severity.A})
    if LOCKOUT in cues and levels != {Severity.C}:
        return levels | {Severity.A}
    if levels == {Severity.C}:
        least = cheapest(rules, severities)
        return frozenset({min(least, Severity.C if RAISING.isdisjoint(cues) else Severity.B)})
    return levels


def _decide(confidence: float, reading: Reading, thresholds: Thresholds) -> Decision:
    """What is foreign to all that was learned is never acted on, however sure the model is of it."""
    if reading.clarity < thresholds.clarity or confidence < thresholds.confirm:
        return Decision.ASK
    sure = confidence >= thresholds.act and reading.outlier <= thresholds.outlier
    return Decision.ACT if sure else Decision.CONFIRM


def _buttons(choices: tuple[str, ...], ranked: list[str]) -> tuple[str, ...]:
    """The categories to offer: those that hold the right one as often as promised; where nothing is promised, the likeliest."""
    if len(choices) > MOST:
        return ()
    return choices if len(choices) >= FEWEST else tuple(ranked[: FEWEST if choices else CHOICES])
