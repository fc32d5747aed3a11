"""Which message teaches most, and why it is shown. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.store.review import Candidate

SURE = 0.8  # of its own proposal: who says otherwise has found something, or has slipped
CLOSE = 0.25  # between the first two categories


class Reason(StrEnum):
    """Why a message is put before a reviewer."""

    DISAGREEMENT = "disagreement"
    SUSPECT = "suspect"
    REFUSED = "refused"
    SAID = "said"
    CLOSE = "close"
    FOREIGN = "foreign"
    RANDOM = "random"


@dataclass(frozen=True)
class Weighed:
    """A candidate, why it is shown, and how much it may teach: more is more."""

    candidate: Candidate
    reason: Reason
    weight: float


def weighed(candidate: Candidate, foreign_from: float) -> Weighed:
    """Weigh one candidate. `foreign_from` is the score from which on a message is foreign to all that was learned."""
    reason, weight = _weight(candidate, foreign_from)
    return Weighed(candidate, reason, weight)


def _weight(one: Candidate, foreign_from: float) -> tuple[Reason, float]:
    """What people say outranks what figures say; among words, those that contradict a sure model first."""
    if one.said and one.category is None:
        return Reason.REFUSED, 2.5 + one.confidence
    if one.said and one.category != one.proposed:
        return (Reason.SUSPECT if one.confidence >= SURE else Reason.DISAGREEMENT), 3 + one.confidence
    if one.said:
        return Reason.SAID, 2.0
    if one.outlier > foreign_from:
        return Reason.FOREIGN, 1 + min(one.outlier - foreign_from, 0.9)
    if one.margin < CLOSE:
        return Reason.CLOSE, 1 - one.margin
    return Reason.RANDOM, 0.5 * (1 - one.margin)
