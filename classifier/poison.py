"""Words that decide a category against everything else a message says: what somebody would teach who wanted to steer the bot.

A new product's name also comes with one category, but the rest of its messages fits that; a planted word stands in messages
that are plainly about many other things.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from classifier.corpus import Example, fingerprint
from classifier.gate import Finding, Row, at_most
from classifier.limits import Limits
from classifier.model import Vocabulary
from classifier.text import bare

GROWTH = 2.0  # how much commoner than in the champion's examples a word has to be, to be new
SURE = 0.5  # how sure of another category the champion has to be
ASKED = 40  # messages of one word that are read
WORDS = 150  # looked at, the commonest first

Read = Callable[[Sequence[str]], Sequence[Mapping[str, float]]]  # texts to probabilities of categories


@dataclass(frozen=True)
class Planted:
    """A word, the category it comes with, and the messages that are about something else without it."""

    word: str
    category: str
    rows: tuple[Row, ...]


def look_for_poison(
    rows: Sequence[Example], known: Vocabulary, learned_from: int, read: Read, limits: Limits
) -> Finding:
    """The finding on planted words; `known` are the champion's words, `learned_from` how many examples it had, `read` its reading."""
    planted = list(_planted(rows, _Before(known, learned_from), read, limits))
    words = ", ".join(f"{one.word} → {one.category}" for one in planted)
    return at_most("poison", len(planted), 0, [row for one in planted for row in one.rows], words=words)


@dataclass(frozen=True)
class _Before:
    """How common words were among the champion's examples."""

    known: Vocabulary
    total: int

    def share(self, word: str) -> float:
        """The share of its examples that had this word; one of them may have had any."""
        column = self.known.columns.get(word)
        many = 1.0 if column is None else (1 + self.total) / math.exp(float(self.known.idf[column]) - 1) - 1
        return many / max(1, self.total)


def _planted(rows: Sequence[Example], before: _Before, read: Read, limits: Limits) -> Iterable[Planted]:
    found = _concentrated(rows, limits)
    fresh = [word for word, some in found.items() if len(some) / len(rows) >= GROWTH * before.share(word)]
    for word in sorted(fresh, key=lambda word: -len(found[word]))[:WORDS]:
        some = found[word]
        category = Counter(str(one.category) for one in some).most_common(1)[0][0]
        asked = some[:ASKED]
        said = read([_without(one.text, word) for one in asked])
        against = {
            place: likeliest
            for place, believed in enumerate(said)
            if (likeliest := max(believed, key=lambda label: believed[label])) != category
            and believed[likeliest] >= SURE
        }
        many = len(set(against.values())) >= limits["poison", "categories"]
        if many and len(against) / len(asked) >= limits["poison", "against"]:
            notes = [
                Row(asked[at].where, asked[at].text, f"{word}: called {category}, else {other}")
                for at, other in against.items()
            ]
            yield Planted(word, category, tuple(notes))


def _concentrated(rows: Sequence[Example], limits: Limits) -> dict[str, list[Example]]:
    """Words that come with one category nearly always, each with its messages."""
    where: dict[str, list[Example]] = defaultdict(list)
    for one in rows:
        for word in set(fingerprint(one.text)):
            where[word].append(one)
    return {
        word: some
        for word, some in where.items()
        if len(some) >= limits["poison", "rows"]
        and Counter(str(one.category) for one in some).most_common(1)[0][1] >= limits["poison", "pure"] * len(some)
    }


def _without(text: str, word: str) -> str:
    """A text without a word, however it was written."""
    return re.sub(r"\w+", lambda found: "" if bare(found[0]) == word else found[0], text)
