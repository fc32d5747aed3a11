"""The review: the next message for a reviewer, their decision, and the way back."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.review.ranking import Reason, Weighed, weighed
from bot.store import SqlStore
from bot.store.review import ACCEPTED, Candidate
from classifier.scrub import scrub
from handoff.rulebook import Severity
from handoff.rules import Rules

AT_RANDOM = 0.2  # of what is shown: else nobody learns how good the rest is
ASIDE = timedelta(hours=8)  # how long what was skipped stays away
LONGEST = 4000


@dataclass(frozen=True)
class Decision:
    """What a reviewer made of a message. `category` None: it says too little to have one. `text` may have been shortened by hand."""

    category: str | None
    severity: str | None
    text: str = ""


class Reviews:
    """Puts messages before reviewers, one each, and makes examples of what they accept."""

    def __init__(
        self,
        store: SqlStore,
        rules: Rules,
        foreign_from: float,
        clock: Callable[[], datetime],
        chance: random.Random | None = None,
    ) -> None:
        self._table = store.review
        self._rules = rules
        self._foreign_from = foreign_from
        self._clock = clock
        self._chance = chance or random.Random()  # noqa: S311 - it draws a sample, no secret

    async def next(self, reviewer: str) -> Weighed | None:
        """The message that teaches most, now this reviewer's for some minutes; a fifth of the time any. None when all is done."""
        now = self._clock()
        for one in self._in_order(await self._table.candidates(reviewer, now)):
            if await self._table.lease(one.candidate.origin, reviewer, now):
                return one
        return None

    async def shown(self, origin: str) -> Weighed | None:
        """This message again."""
        found = await self._table.find(origin)
        return weighed(found, self._foreign_from) if found else None

    async def accept(self, origin: str, reviewer: str, decision: Decision) -> bool:
        """Make an example of a message; False when another reviewer has it, or what is said of it cannot be."""
        found = await self._table.find(origin)
        if found is None or not self._fits(decision):
            return False
        in_scope = decision.category is not None and self._rules.in_scope(decision.category)
        example = {
            "text": scrub(decision.text.strip()[:LONGEST]) or found.text,
            "language": found.language,
            "category": decision.category,
            "severity": decision.severity if in_scope else None,
            "source": found.source or "review",
            "status": ACCEPTED,
            "accepted_by": reviewer,
            "tenant": found.tenant,
            "person": found.person,
        }
        return await self._table.decide(origin, reviewer, ACCEPTED, example, self._clock())

    async def discard(self, origin: str, reviewer: str) -> bool:
        """Nothing is to be learned from it."""
        return await self._table.decide(origin, reviewer, "discarded", None, self._clock())

    async def skip(self, origin: str, reviewer: str) -> None:
        """Not now: it comes again tomorrow, before whoever reviews."""
        await self._table.give_back(origin, reviewer, self._clock() + ASIDE)

    async def undo(self, reviewer: str) -> str | None:
        """Take the last decision back; the message that it was about, or None when there was none."""
        return await self._table.undo(reviewer, self._clock())

    async def counts(self, reviewer: str) -> tuple[int, int]:
        """How many words of people wait, and how many messages this reviewer has judged."""
        return await self._table.counts(reviewer, self._clock())

    def _in_order(self, candidates: list[Candidate]) -> list[Weighed]:
        ranked = sorted((weighed(one, self._foreign_from) for one in candidates), key=lambda one: -one.weight)
        if len(ranked) > 1 and self._chance.random() < AT_RANDOM:
            lucky = self._chance.choice(ranked)
            ranked.remove(lucky)
            ranked.insert(0, replace(lucky, reason=Reason.RANDOM) if not lucky.candidate.said else lucky)
        return ranked

    def _fits(self, decision: Decision) -> bool:
        category = decision.category is None or decision.category in self._rules.categories
        in_scope = category and decision.category is not None and self._rules.in_scope(decision.category)
        return category and (decision.severity in list(Severity) or not in_scope)
