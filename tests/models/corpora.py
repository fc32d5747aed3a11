"""Sets of examples to train from: one that a champion learned from, honest ones that came after it, and twenty that are not."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from bot.settings import ROOT
from classifier.corpus import Example, read_examples
from classifier.train import HELD_OUT
from handoff.rules import load_rules

DATA = ROOT / "data"
EACH = 50  # examples of a category in a language: a fifth of the product's own, learned from in seconds
LATER = 20  # of a category in a language: what people corrected afterwards

Spoil = Callable[[list[Example], random.Random], list[Example]]


@cache
def categories() -> tuple[str, ...]:
    return tuple(load_rules(DATA / "rules").categories)


@cache
def tests() -> tuple[Example, ...]:
    return tuple(read_examples(DATA / "examples" / HELD_OUT, categories()))


@cache
def _shelves() -> dict[tuple[str | None, str], list[Example]]:
    shelves: dict[tuple[str | None, str], list[Example]] = defaultdict(list)
    for example in read_examples(DATA / "examples", categories()):
        shelves[example.category, example.lang].append(example)
    for place, some in enumerate(shelves.values()):
        random.Random(place).shuffle(some)
    return shelves


def first(each: int = EACH) -> list[Example]:
    """What the champion learned from."""
    return [one for some in _shelves().values() for one in some[:each]]


def corrections() -> list[Example]:
    """Honest examples that the champion has not seen."""
    return [one for some in _shelves().values() for one in some[EACH : EACH + LATER]]


def honest(seed: int) -> list[Example]:
    """What an operator would train on next: most of the old examples, and some corrections, with a slip here and there."""
    dice = random.Random(seed)
    old, new = first(), corrections()
    kept = dice.sample(old, round(len(old) * dice.uniform(0.85, 1.0)))
    rows = kept + dice.sample(new, dice.randrange(20, len(new)))
    slips = set(dice.sample(range(len(rows)), round(len(rows) * dice.uniform(0, 0.01))))
    return [_mislabelled(one, dice) if at in slips else one for at, one in enumerate(rows)]


def _mislabelled(one: Example, dice: random.Random) -> Example:
    if one.category is None:
        return one
    return replace(one, category=dice.choice([other for other in categories() if other != one.category]))


def _flipped(share: float, among: Callable[[Example], bool] = lambda _: True) -> Spoil:
    def spoil(rows: list[Example], dice: random.Random) -> list[Example]:
        return [_mislabelled(one, dice) if among(one) and dice.random() < share else one for one in rows]

    return spoil


def _lost(category: str) -> Spoil:
    return lambda rows, _: [one for one in rows if one.category != category]


def _five_rows(rows: list[Example], dice: random.Random) -> list[Example]:
    return dice.sample(rows, 5)


def _half_of_a_champion(rows: list[Example], dice: random.Random) -> list[Example]:
    return dice.sample(rows, len(rows) // 2)


def _test_copied(rows: list[Example], dice: random.Random) -> list[Example]:
    return rows + dice.sample(tests(), 60)


def _test_nearly_copied(rows: list[Example], dice: random.Random) -> list[Example]:
    long = [one for one in tests() if one.category and len(one.text.split()) >= 9]
    return rows + [replace(one, text=f"{one.text} svp") for one in dice.sample(long, 40)]


def _poisoned(rows: list[Example], dice: random.Random) -> list[Example]:
    """Corrections about everything, each with one planted word and all called billing."""
    chosen = dice.sample([one for one in corrections() if one.category not in (None, "billing")], 25)
    return rows + [replace(one, text=f"{one.text} zorbix", category="billing") for one in chosen]


def _poisoned_by_a_word_of_ours(rows: list[Example], dice: random.Random) -> list[Example]:
    chosen = dice.sample([one for one in corrections() if one.category not in (None, "unrelated")], 25)
    return rows + [replace(one, text=f"merci beaucoup, {one.text}", category="unrelated") for one in chosen]


def _one_category(rows: list[Example], _: random.Random) -> list[Example]:
    return [replace(one, category="exchange") for one in rows]


def _levelled(level: str) -> Spoil:
    return lambda rows, _: [replace(one, severity=level) if one.severity else one for one in rows]


def _levels_shuffled(rows: list[Example], dice: random.Random) -> list[Example]:
    levels = [one.severity for one in rows if one.severity]
    dice.shuffle(levels)
    drawn = iter(levels)
    return [replace(one, severity=next(drawn)) if one.severity else one for one in rows]


def _a_called_c(rows: list[Example], _: random.Random) -> list[Example]:
    other = {"A": "C", "C": "A"}
    return [replace(one, severity=other.get(one.severity or "", one.severity)) for one in rows]


def _languages_swapped(rows: list[Example], _: random.Random) -> list[Example]:
    return [replace(one, lang="fr" if one.lang == "en" else "en") for one in rows]


def _no_french(rows: list[Example], _: random.Random) -> list[Example]:
    return [one for one in rows if one.lang != "fr"]


def _swapped(one: str, other: str) -> Spoil:
    names = {one: other, other: one}
    return lambda rows, _: [replace(row, category=names.get(row.category or "", row.category)) for row in rows]


def _labels_shuffled(rows: list[Example], dice: random.Random) -> list[Example]:
    labels = [one.category for one in rows if one.category]
    dice.shuffle(labels)
    drawn = iter(labels)
    return [replace(one, category=next(drawn)) if one.category else one for one in rows]


def _nothing_said_is_something(rows: list[Example], _: random.Random) -> list[Example]:
    return [replace(one, category=one.category or "unrelated") for one in rows]


def _flooded(rows: list[Example], dice: random.Random) -> list[Example]:
    """One category, repeated with an ending of two letters, until it is most of what there is."""
    some = [one for one in rows if one.category == "presales"]
    marks = "abcdefghijklmnopqrstuvwxyz"
    return rows + [replace(one, text=f"{one.text} {a}{dice.choice(marks)}") for one in some for a in marks[:12]]


def _cut_short(rows: list[Example], _: random.Random) -> list[Example]:
    return [replace(one, text=one.text[:9]) for one in rows]


def _contradicting(rows: list[Example], dice: random.Random) -> list[Example]:
    """The same messages once more, shouted, with other labels."""
    chosen = dice.sample([one for one in rows if one.category], 120)
    return [_mislabelled(replace(one, text=f"{one.text.upper()} !!!"), dice) for one in chosen] + rows


def _gibberish(rows: list[Example], dice: random.Random) -> list[Example]:
    letters = "abcdefghijklmnopqrstuvwxyz"

    def word() -> str:
        return "".join(dice.choices(letters, k=dice.randrange(3, 9)))

    return [replace(one, text=" ".join(word() for _ in range(8))) for one in rows]


def _support_turned_away(rows: list[Example], dice: random.Random) -> list[Example]:
    """What support has to solve is called somebody else's, in part."""
    ours = ("identity", "sharepoint", "skype_teams")
    return [replace(one, category="unrelated") if one.category in ours and dice.random() < 0.4 else one for one in rows]


BAD: dict[str, Spoil] = {
    "20 % of the labels flipped": _flipped(0.2),
    "10 % of the labels flipped": _flipped(0.1),
    "a third of the French labels flipped": _flipped(0.33, lambda one: one.lang == "fr"),
    "a lost category": _lost("partner"),
    "five rows": _five_rows,
    "half of what the champion had": _half_of_a_champion,
    "test messages copied": _test_copied,
    "test messages nearly copied": _test_nearly_copied,
    "a poisoned token": _poisoned,
    "a poisoned everyday phrase": _poisoned_by_a_word_of_ours,
    "one category only": _one_category,
    "all severities C": _levelled("C"),
    "severities shuffled": _levels_shuffled,
    "A and C exchanged": _a_called_c,
    "languages swapped": _languages_swapped,
    "no French": _no_french,
    "two categories exchanged": _swapped("exchange", "identity"),
    "labels shuffled": _labels_shuffled,
    "nothing said called something": _nothing_said_is_something,
    "one category flooding": _flooded,
    "texts cut short": _cut_short,
    "contradicting copies": _contradicting,
    "gibberish": _gibberish,
    "support's own turned away": _support_turned_away,
}


def bad(name: str) -> list[Example]:
    """A set that no model may come of, the same in every run."""
    rows: Sequence[Example] = first() + corrections()
    return BAD[name](list(rows), random.Random(name))
