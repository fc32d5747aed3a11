"""How often the drift sign sounds where nothing has changed, and how often it is silent where something has.

`python -m benchmarks.drift [--draws 200]`. Weeks are drawn from our own examples as the page draws them from what came in: the newest
200 messages against the 600 before them. Who writes is drawn too: most people write once, some several times about the same thing.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.writers import part_of
from bot.figures.drift import BEFORE, RECENT
from bot.settings import ROOT
from classifier.corpus import Example, read_examples
from classifier.drift import SURE, by_person, mmd
from classifier.figures import share
from classifier.meaning import encode
from classifier.text import tidy
from handoff.rules import load_rules

DATA = ROOT / "data"
SEED = 5
FOREIGN = ("de", "es", "it", "pt")  # what is asked of the classifier and never learned; the first one arrives here
AGAIN = (1, 1, 1, 1, 1, 2, 2, 3, 5)  # how often people write
NEW_PRODUCT = "Zephyr Boards"  # a name that no example has
PRODUCT = re.compile(r"\b(Outlook|Teams|SharePoint|OneDrive|Exchange|Office|Excel|Word)\b", re.IGNORECASE)
Draw = Callable[[int], list["Message"]]


@dataclass(frozen=True)
class Message:
    """An example, and who wrote it in this week."""

    example: Example
    person: int


class People:
    """Draws messages of people: each of one writer, language and category, and mostly one."""

    def __init__(self, examples: Sequence[Example], dice: random.Random, *, once: bool) -> None:
        self._dice = dice
        self._once = once
        self._next = 0
        self._alike: dict[tuple[str, str, str | None], list[Example]] = defaultdict(list)
        for one in examples:
            self._alike[one.who, one.lang, one.category].append(one)
        self._all = list(examples)

    def draw(self, many: int) -> list[Message]:
        """So many messages."""
        found: list[Message] = []
        while len(found) < many:
            first = self._dice.choice(self._all)
            alike = self._alike[first.who, first.lang, first.category]
            again = 1 if self._once else self._dice.choice(AGAIN)
            others = self._dice.sample(alike, min(len(alike), again - 1))
            self._next += 1
            found += [Message(one, self._next) for one in (first, *others)]
        return found[:many]


def mixed(usual: Draw, other: Draw, part: float) -> Draw:
    """A part of the messages is of another kind."""
    return lambda many: [*other(round(many * part)), *usual(many - round(many * part))]


def renamed(usual: Draw, part: float, dice: random.Random) -> Draw:
    """A part of those that name a product name one that is new."""

    def draw(many: int) -> list[Message]:
        return [_named(one) if dice.random() < part else one for one in usual(many)]

    return draw


def _named(one: Message) -> Message:
    return replace(one, example=replace(one.example, text=PRODUCT.sub(NEW_PRODUCT, one.example.text)))


class Meanings:
    """Each text is encoded once."""

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float64]] = {}

    def of(self, messages: Sequence[Message]) -> NDArray[np.float64]:
        """(messages, 512)."""
        texts = [tidy(one.example.text) for one in messages]
        new = list({text for text in texts if text not in self._known})
        self._known |= dict(zip(new, encode(new).astype(np.float64), strict=True))
        return np.array([self._known[text] for text in texts])


def cases(examples: Sequence[Example], foreign: Sequence[Example]) -> Iterator[tuple[str, Draw, Draw]]:
    """What is compared: its name, how recent messages are drawn, and how those before."""
    dice = random.Random(SEED)
    single, people = (People(examples, dice, once=once).draw for once in (True, False))
    yield "nothing: everybody writes once", single, single
    yield "nothing: some write several times", people, people
    parts = sorted({part_of(one) for one in examples})
    halves = [[one for one in examples if (parts.index(part_of(one)) % 2 == 0) is even] for even in (True, False)]
    some, others = (People(half, dice, once=False).draw for half in halves)
    yield "other people write, of the same things", some, others
    common, often = Counter(one.category for one in examples if one.category).most_common(1)[0]
    outage = People([one for one in examples if one.category == common], dice, once=False).draw
    for times in (2, 3, 5):
        usual = often / len(examples)
        yield f"one category {times} times as often", mixed(people, outage, usual * (times - 1)), people
    another = People(foreign, dice, once=False).draw
    for part in (0.02, 0.05, 0.1):
        yield f"{part:.0%} in a new language", mixed(people, another, part), people
    for part in (0.25, 0.5, 1.0):
        yield f"{part:.0%} of product names are a new one", renamed(people, part, dice), people
    naming = [one for one in examples if PRODUCT.search(one.text)]
    newcomer = renamed(People(naming, dice, once=False).draw, 1.0, dice)
    for part in (0.05, 0.1, 0.2):
        yield f"{part:.0%} about a new product", mixed(people, newcomer, part), people


def alarms(recent: Draw, before: Draw, draws: int, known: Meanings, sizes: tuple[int, int]) -> Mapping[str, list[bool]]:
    """Whether each draw sounds the sign: people compared, as the product does, and messages, as if each were somebody's own."""
    sounded: dict[str, list[bool]] = {"people": [], "messages": []}
    for _ in range(draws):
        now, then = recent(sizes[0]), before(sizes[1])
        vectors = known.of(now), known.of(then)
        recent_people, people_before = (
            by_person(some, [one.person for one in of]) for some, of in zip(vectors, (now, then), strict=True)
        )
        sounded["people"].append(mmd(recent_people, people_before)[1] < SURE)
        sounded["messages"].append(mmd(*vectors)[1] < SURE)
    return sounded


def lines(draws: int, sizes: tuple[int, int] = (RECENT, BEFORE)) -> Iterator[str]:
    """The table, line by line."""
    categories = list(load_rules(DATA / "rules").categories)
    examples = read_examples(DATA / "examples", categories)
    foreign = [
        one for one in read_examples(DATA / "examples" / "zero_shot", categories, FOREIGN) if one.lang == FOREIGN[0]
    ]
    known = Meanings()
    yield f"{sizes[0]} messages against {sizes[1]}, {draws} draws, alarm at p < {SURE}; share of draws with an alarm"
    for name, recent, before in cases(examples, foreign):
        figures = {how: share(some) for how, some in alarms(recent, before, draws, known, sizes).items()}
        told = [f"{one['share']:6.1%} [{one['low']:.1%}, {one['high']:.1%}]" for one in figures.values()]
        yield f"{name:42} people {told[0]:24} messages {told[1]}"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=200, help="how many pairs of weeks of each kind")
    with threadpool_limits(1):
        for line in lines(parser.parse_args().draws):
            print(line, flush=True)


if __name__ == "__main__":
    main()
