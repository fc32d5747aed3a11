"""What a training learns from and is measured on: the written examples, accepted corrections, and those of them held apart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.store.examples import Accepted
from classifier.corpus import Example, distinct, fingerprint, read_examples, read_rows
from classifier.train import HELD_OUT
from handoff.rules import Rules

PEOPLE = "people"  # who wrote corrections, as far as folds are concerned
APART = 5  # one correction in so many is never learned from
RECENT = 500  # of those, the latest are measured on


@dataclass(frozen=True)
class Material:
    """`rows` are all that may be learned from, near-copies included, corrections first: they outrank what they contradict.

    `tests` is the frozen held-out set (without messages that say nothing and that somebody else wrote as well); `apart` are
    the recent corrections that nothing learns from, `taught` the ids of those learned from.
    """

    rows: tuple[Example, ...]
    tests: tuple[Example, ...]
    apart: tuple[Example, ...]
    taught: tuple[int, ...]

    @property
    def examples(self) -> list[Example]:
        """What is learned from."""
        return distinct(self.rows)


def gather(data: Path, rules: Rules, corrections: Sequence[Accepted]) -> Material:
    """Read the examples under `data`, and split the corrections. Raises `BadExamples`."""
    categories = list(rules.categories)
    known = [one for one in corrections if one.category is None or one.category in rules.categories]
    taught = [one for one in known if not held_apart(one.text)]
    apart = [one for one in known if held_apart(one.text)][-RECENT:]
    rows = (*map(as_example, taught), *read_rows(data / "examples", categories))
    known_words = {fingerprint(one.text) for one in rows}
    tests = read_examples(data / "examples" / HELD_OUT, categories)
    return Material(
        rows=rows,
        tests=tuple(one for one in tests if one.category or fingerprint(one.text) not in known_words),
        apart=tuple(distinct(map(as_example, apart))),
        taught=tuple(one.id for one in taught),
    )


def held_apart(text: str) -> bool:
    """Whether a correction is kept for measuring: decided by its words alone, so that copies stay together and nothing moves."""
    digest = hashlib.sha256(" ".join(fingerprint(text)).encode()).digest()
    return digest[0] % APART == 0


def as_example(one: Accepted) -> Example:
    """A correction as the trainer sees it."""
    return Example(one.text, one.language, one.category, one.severity, PEOPLE, where=f"correction {one.id}")
