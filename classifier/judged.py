"""One message of a test beside what was said of it: what every figure of a report is counted from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifier.corpus import Example

LEVELS = ("A", "B", "C")


@dataclass(frozen=True)
class Judged:
    """A labelled message, the categories from the most to the least probable, and what the product would do.

    `decision` is `act`, `confirm` or `ask`; `offered` the buttons it would show; `severity` the level proposed if a case is
    opened, whatever the category; `cues` (family, words) are what the severity was seen in.
    """

    example: Example
    categories: tuple[tuple[str, float], ...]
    decision: str
    offered: tuple[str, ...]
    severity: str
    cues: Mapping[str, str]

    @property
    def category(self) -> str:
        """The category said first."""
        return self.categories[0][0]

    @property
    def confidence(self) -> float:
        """How sure of it."""
        return self.categories[0][1]

    @property
    def right(self) -> bool:
        """Whether the category said first is the true one."""
        return self.category == self.example.category

    @property
    def acceptable(self) -> bool:
        """Whether it is the true one, or another that a reader would accept."""
        return self.category in (self.example.category, *self.example.also)

    def among(self, many: int) -> bool:
        """Whether the true category is among the first so many."""
        return self.example.category in [label for label, _ in self.categories[:many]]


def by_language(some: Sequence[Judged]) -> dict[str, list[Judged]]:
    """All of them under `all`, then each language's own."""
    languages = sorted({one.example.lang for one in some})
    return {"all": list(some)} | {lang: [one for one in some if one.example.lang == lang] for lang in languages}
