"""The product's own examples: legal, enough of each, and none that has been seen before under another number.

Two texts are near-copies where their sets of words (without case, accents and marks) share at least four fifths of all their words.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from bot.judge import FOREIGN
from bot.settings import ROOT
from classifier.category import WORD, plain
from classifier.corpus import ALSO, FIELDS, Example, read_examples
from classifier.train import FEWEST
from handoff.rules import Rules, load_rules

EXAMPLES = ROOT / "data" / "examples"
HELD_OUT = EXAMPLES / "heldout"
ZERO_SHOT = EXAMPLES / "zero_shot"
READINGS = EXAMPLES / "readings"
APART = ("heldout", "zero_shot")  # nothing in these folders is learned from
ALIKE = 0.8
AT_ONCE = 500  # messages compared with all others: what is held in memory stays small
PLENTY = 80  # messages of a category in a language


class Line(NamedTuple):
    """An example and where it stands."""

    where: str
    example: Example


@cache
def rules() -> Rules:
    return load_rules(ROOT / "data" / "rules")


def files() -> list[Path]:
    """Every file of examples; what second readers said of them lies beside, in a folder of its own."""
    return sorted(path for path in EXAMPLES.rglob("*.jsonl") if path.parent != READINGS)


def example_of(row: dict[str, Any]) -> Example:
    """What a line says, unchecked."""
    return Example(*(row[name] for name in ("text", "lang", "category", "severity", "who")), tuple(row.get(ALSO, ())))


@cache
def lines() -> list[Line]:
    """Every line of every file, as it was written."""
    return [
        Line(f"{path.relative_to(EXAMPLES)}:{number}", example_of(row))
        for path in files()
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if text
        for row in [json.loads(text)]
    ]


def learned_from() -> list[Line]:
    """What training keeps of the files: near-copies in words and order are dropped by it already."""
    kept = read_examples(EXAMPLES, list(rules().categories))
    first = {line.example: line for line in reversed(lines()) if not line.where.startswith(APART)}
    return [first[example] for example in kept]


def measured_on() -> list[Line]:
    return [line for line in lines() if line.where.startswith("heldout")]


@pytest.mark.parametrize("folder", [EXAMPLES, HELD_OUT], ids=["learned from", "held out"])
def test_every_line_is_legal(folder: object) -> None:
    assert read_examples(EXAMPLES if folder is EXAMPLES else HELD_OUT, list(rules().categories))


def test_every_line_has_exactly_the_fields_there_are() -> None:
    for path in files():
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            assert tuple(json.loads(text)) in (FIELDS, (*FIELDS, ALSO)), f"{path}:{number}"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("category", [*rules().categories, None])
def test_there_are_enough_of_each_category_in_each_language(category: str | None, language: str) -> None:
    counts = Counter((line.example.category, line.example.lang) for line in learned_from())
    assert counts[category, language] >= (PLENTY if category else FEWEST)


def test_the_parts_are_as_large_as_promised() -> None:
    assert len(learned_from()) >= 3_600
    assert len([line for line in learned_from() if line.example.severity == "A"]) >= 400
    assert len([line for line in measured_on() if line.where.startswith("heldout")]) >= 600


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("category", [*rules().categories, None])
def test_every_category_is_measured_in_each_language(category: str | None, language: str) -> None:
    assert (category, language) in {(line.example.category, line.example.lang) for line in measured_on()}


def test_what_opens_a_case_has_a_severity_and_nothing_else_has() -> None:
    wrong = [
        line.where
        for line in lines()
        if (line.example.severity is not None)
        != bool(line.example.category and rules().in_scope(line.example.category))
    ]
    assert wrong == []


@pytest.mark.parametrize("severity", ["A", "B", "C"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_level_is_learned_and_measured_in_each_language(severity: str, language: str) -> None:
    for some in (learned_from(), measured_on()):
        levels = Counter((line.example.severity, line.example.lang) for line in some)
        assert levels[severity, language] >= FEWEST


def test_no_text_is_both_learned_from_and_measured_on() -> None:
    learned = {line.example.text: line.where for line in lines() if not line.where.startswith(APART)}
    both = [f"{line.where} = {learned[line.example.text]}" for line in measured_on() if line.example.text in learned]
    assert not both, "\n".join(both)


def test_nobody_who_wrote_what_is_learned_from_wrote_what_is_measured_on() -> None:
    assert not {line.example.who for line in learned_from()} & {line.example.who for line in measured_on()}


def test_nothing_learned_from_is_a_near_copy_of_something_measured_on() -> None:
    copies = _near_copies(learned_from(), measured_on())
    assert not copies, copies


def test_nothing_learned_from_is_a_near_copy_of_something_else_learned_from() -> None:
    copies = _near_copies(learned_from(), learned_from())
    assert not copies, copies


def test_nothing_measured_on_is_measured_twice() -> None:
    copies = _near_copies(measured_on(), measured_on())
    assert not copies, copies


def test_one_text_never_has_two_labels() -> None:
    labels: dict[str, set[tuple[str | None, str | None]]] = {}
    for line in lines():
        labels.setdefault(plain(line.example.text), set()).add((line.example.category, line.example.severity))
    assert {text: found for text, found in labels.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", FOREIGN)
def test_every_foreign_language_is_measured_over_most_categories(language: str) -> None:
    some = [one for one in foreign() if one.lang == language]
    assert len(some) >= 22
    assert len({one.category for one in some}) >= 15
    assert {"A", "B", "C"} <= {one.severity for one in some}


def test_nothing_is_learned_from_a_foreign_language() -> None:
    assert {line.example.lang for line in learned_from()} == {"en", "fr"}
    assert not {one.text for one in foreign()} & {line.example.text for line in learned_from()}
    assert not {one.who for one in foreign()} & {line.example.who for line in learned_from()}


def foreign() -> list[Example]:
    return read_examples(ZERO_SHOT, list(rules().categories), FOREIGN)


def _near_copies(some: list[Line], others: list[Line]) -> str:
    """Each pair once, a line each: both places, both texts. Empty where there is none."""
    bags = CountVectorizer(preprocessor=plain, token_pattern=WORD, binary=True)
    rows = bags.fit_transform([line.example.text for line in [*some, *others]]).astype(np.float32)
    sizes = np.asarray(rows.sum(axis=1)).ravel()
    pairs = []
    for first in range(0, len(some), AT_ONCE):
        last = min(first + AT_ONCE, len(some))
        shared = (rows[first:last] @ rows[len(some) :].T).toarray()
        either = sizes[first:last, None] + sizes[None, len(some) :] - shared
        pairs += [(first + a, b) for a, b in np.argwhere(shared >= ALIKE * np.maximum(either, 1)).tolist()]
    once = [(some[a], others[b]) for a, b in pairs if some != others or a < b]
    return "\n".join(f"{one.where} {one.example.text!r} ~ {two.where} {two.example.text!r}" for one, two in once)
