"""The figures of the operators' pages, asked of the store and counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from bot.figures.counting import Counts, Matrix, Week, by_category, by_language, counts_of, matrix_of, stability
from bot.figures.curves import Curves, curves_of
from bot.figures.drift import BEFORE, RECENT, drift_of
from bot.figures.promises import Promised, promises
from bot.store import SqlStore
from bot.store.figures import Message
from classifier.scrub import scrub
from handoff.rules import Rules

WEEKS = 8
LIST = 50  # messages of one list
WORDS = 5  # of people, the last ones
DRIFT_LASTS = timedelta(hours=1)  # it takes seconds, and does not change by the minute


@dataclass(frozen=True)
class Overview:
    """All of the first page.

    `queue` maps holder and status to open cases, `ratings` each rating to how often it was given, `thumbs` each reaction under a
    proposal. `moved` tells how far the shares of categories have in the last weeks, None where that is not known. `words` and
    `reasons` are what people wrote with ratings and thumbs.
    """

    weeks: tuple[Week, ...]
    total: Counts
    languages: Mapping[str, Counts]
    categories: Mapping[str, Counts]
    queue: Mapping[tuple[str, str], int]
    waiting: int
    undelivered: int
    promises: tuple[Promised, ...]
    moved: float | None
    ratings: Mapping[int, int]
    words: tuple[str, ...]
    thumbs: Mapping[str, int]
    reasons: tuple[str, ...]

    @property
    def rated(self) -> float | None:
        """The mean rating."""
        many = sum(self.ratings.values())
        return sum(rating * count for rating, count in self.ratings.items()) / many if many else None


class Figures:
    """Figures of the last weeks, over all tenants."""

    def __init__(self, store: SqlStore, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._rules = rules
        self._clock = clock
        self._drift: tuple[datetime, dict[str, Any]] | None = None
        self._looking = asyncio.Lock()

    async def overview(self) -> Overview:
        """The first page. Raises `Unavailable`."""
        spans = self._weeks()
        tallies = [await self._store.figures.tallies(*span) for span in spans]
        every = [one for some in tallies for one in some]
        waiting, undelivered = await self._store.outbox.waiting()
        ratings, thumbs = await self._store.figures.ratings(spans[0][0]), await self._store.opinions.since(spans[0][0])
        return Overview(
            weeks=tuple(Week(start, counts_of(some)) for (start, _), some in zip(spans, tallies, strict=True)),
            total=counts_of(every),
            languages=by_language(every),
            categories=by_category(every),
            queue=await self._store.figures.queue(),
            waiting=waiting,
            undelivered=undelivered,
            promises=promises(self._rules, await self._store.figures.requests(spans[0][0]), self._clock()),
            moved=stability(
                *(by_category([one for some in part for one in some]) for part in (tallies[:-2], tallies[-2:]))
            ),
            ratings={rating: sum(one.rating == rating for one in ratings) for rating in range(1, 6)},
            words=_told((one.words, one.name) for one in ratings),
            thumbs=Counter(one.reaction for one in thumbs),
            reasons=_told((one.reason, one.name) for one in thumbs),
        )

    async def matrix(self) -> Matrix:
        """What was taken for what."""
        return matrix_of(await self._store.figures.tallies(*self._span()), list(self._rules.categories))

    async def curves(self) -> Curves:
        """Calibration, and accuracy against coverage."""
        judged = await self._store.figures.judged(*self._span())
        return await asyncio.to_thread(curves_of, judged)

    async def messages(self, wanted: Mapping[str, str], before: int | None = None) -> tuple[list[Message], bool]:
        """The newest messages that are as wanted, older than `before`, and whether there are still older ones."""
        found = await self._store.figures.messages(*self._span(), wanted, LIST + 1, before)
        return found[:LIST], len(found) > LIST

    async def drift(self) -> dict[str, Any]:
        """Whether what comes in has changed; looked at once an hour, by one at a time."""
        async with self._looking:
            now = self._clock()
            if self._drift is None or now - self._drift[0] > DRIFT_LASTS:
                self._drift = (now, await drift_of(await self._store.figures.texts(RECENT + BEFORE)))
            return self._drift[1]

    def _span(self) -> tuple[datetime, datetime]:
        spans = self._weeks()
        return spans[0][0], spans[-1][1]

    def _weeks(self) -> list[tuple[datetime, datetime]]:
        """The last weeks from Monday to Monday, in UTC, oldest first; this one is the last."""
        now = self._clock()
        monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
        starts = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
        return [(start, start + timedelta(weeks=1)) for start in starts]


def _told(said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What people wrote last, without what tells who they are: each text comes with the name of its writer."""
    written = ((words, name) for words, name in said if words.strip())
    return tuple(scrub(words, (name,)) for words, name in islice(written, WORDS))
