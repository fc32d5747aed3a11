"""From counted rows to the figures that are shown. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.store.figures import Tally

REDIRECTED = ("redirected", "redirected_wrongly")
ALONE = ("self_help", "redirected")  # nothing had to be opened
STABLE_FROM = (
    1000  # with fewer, such an index is noise: 0.12 over 19 categories of 200 messages where nothing has changed
)
CORRECTED = ("corrected", "wrong", "redirected_wrongly")


@dataclass(frozen=True)
class Counts:
    """How many messages were what."""

    messages: int = 0
    acted: int = 0
    confirmed: int = 0
    asked: int = 0
    opened: int = 0
    corrected: int = 0
    alone: int = 0
    redirected: int = 0
    redirected_wrongly: int = 0
    persons: int = 0
    unfinished: int = 0

    @property
    def abstained(self) -> int:
        """The bot did not say what it is, but asked."""
        return self.confirmed + self.asked


@dataclass(frozen=True)
class Week:
    """One week, from its Monday on."""

    start: datetime
    counts: Counts


@dataclass(frozen=True)
class Matrix:
    """What was proposed (down) against what stands (across): the categories, and how many messages of each pair."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def counts_of(tallies: Iterable[Tally]) -> Counts:
    """Add them up."""
    by: Counter[str] = Counter()
    for one in tallies:
        by["messages"] += one.many
        by[one.decision] += one.many
        by[one.outcome] += one.many
    return Counts(
        messages=by["messages"],
        acted=by["act"],
        confirmed=by["confirm"],
        asked=by["ask"],
        opened=by["opened"] + by["corrected"],
        corrected=sum(by[name] for name in CORRECTED),
        alone=sum(by[name] for name in ALONE),
        redirected=sum(by[name] for name in REDIRECTED),
        redirected_wrongly=by["redirected_wrongly"],
        persons=by["person"],
        unfinished=by["abandoned"] + by[""],
    )


def by_language(tallies: Sequence[Tally]) -> dict[str, Counts]:
    """The same for each language, the commonest first."""
    return _grouped(tallies, [one.language for one in tallies])


def by_category(tallies: Sequence[Tally]) -> dict[str, Counts]:
    """The same for each category: the one that stands, or else the one that was proposed; the commonest first."""
    return _grouped(tallies, [one.category or one.proposed or "" for one in tallies])


def matrix_of(tallies: Iterable[Tally], order: Sequence[str]) -> Matrix:
    """What was taken for what, where a person has said or let stand what it is; categories without a message are left out."""
    pairs: Counter[tuple[str, str]] = Counter()
    for one in tallies:
        if one.proposed and one.stands:
            pairs[one.proposed, one.stands] += one.many
    seen = {label for pair in pairs for label in pair}
    labels = tuple(label for label in order if label in seen) + tuple(sorted(seen - set(order)))
    return Matrix(labels, tuple(tuple(pairs[down, across] for across in labels) for down in labels))


def stability(before: Mapping[str, Counts], now: Mapping[str, Counts]) -> float | None:
    """How far the shares of categories have moved (population stability index); None below `STABLE_FROM` messages on either side."""
    totals = [sum(one.messages for one in some.values()) for some in (before, now)]
    if min(totals) < STABLE_FROM:
        return None
    labels = {*before, *now}
    shares = [
        {label: (some.get(label, Counts()).messages + 0.5) / (total + 0.5 * len(labels)) for label in labels}
        for some, total in zip((before, now), totals, strict=True)
    ]
    return sum((shares[1][one] - shares[0][one]) * math.log(shares[1][one] / shares[0][one]) for one in labels)


def _grouped(tallies: Sequence[Tally], keys: Sequence[str]) -> dict[str, Counts]:
    groups: dict[str, list[Tally]] = {}
    for key, one in zip(keys, tallies, strict=True):
        groups.setdefault(key, []).append(one)
    counted = {key: counts_of(some) for key, some in groups.items()}
    return dict(sorted(counted.items(), key=lambda pair: -pair[1].messages))
