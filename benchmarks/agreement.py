"""`python -m benchmarks.agreement`: how often a second reader, who saw the texts alone, said what the writer had said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.turn import DATA
from classifier.corpus import SEVERITIES, Example, read_examples
from classifier.figures import counts, kappa, weighted_kappa
from handoff.rules import load_rules

EXAMPLES = DATA / "examples"
READINGS = EXAMPLES / "readings"
FIRST = "first.jsonl"  # what the writers had said of the messages whose label was settled afterwards

Label = tuple[str | None, str | None]


@dataclass(frozen=True)
class Pair:
    """The category and the severity of one message, by its writer and by the second reader."""

    text: str
    writer: Label
    reader: Label


def main() -> None:
    """Print the agreement on each part."""
    table = Table(title="Writers and a second reader", title_justify="left")
    for place, column in enumerate(("part", "what", "messages", "the same", "kappa", "weighted kappa")):
        table.add_column(column, justify="right" if place > 1 else "left")
    for part in parts():
        for row in rows(pairs(part)):
            table.add_row(part, *row)
    Console().print(table)


def parts() -> list[str]:
    """The parts that somebody has read a second time."""
    return sorted(path.stem for path in READINGS.glob("*.jsonl") if path.name != FIRST)


def pairs(part: str) -> list[Pair]:
    """Each message of a part that was read twice, with both labels as they were before any was settled."""
    first, second = _labels(READINGS / FIRST), _labels(READINGS / f"{part}.jsonl")
    return [
        Pair(one.text, first.get(key, (one.category, one.severity)), second[key])
        for one in _examples()
        if (key := identifier(one.text)) in second
    ]


def rows(some: Sequence[Pair]) -> Iterator[tuple[str, ...]]:
    """The agreement on the category, "no label" being one, and on the severity where both see one."""
    categories = sorted({str(label[0]) for pair in some for label in (pair.writer, pair.reader)})
    *figures, _ = _row("category", [(str(one.writer[0]), str(one.reader[0])) for one in some], categories)
    yield *figures, ""  # categories have no order to weigh by
    graded = [(one.writer[1], one.reader[1]) for one in some if one.writer[1] and one.reader[1]]
    yield _row("severity", graded, SEVERITIES)


def identifier(text: str) -> str:
    """How a reading names its message: it does not repeat the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _row(what: str, both: Sequence[tuple[str, str]], labels: Sequence[str]) -> tuple[str, ...]:
    place = {label: number for number, label in enumerate(labels)}
    one, other = (np.array([place[pair[side]] for pair in both], dtype=np.intp) for side in (0, 1))
    matrix = counts(one, other, len(labels))
    figures = (kappa(matrix), weighted_kappa(matrix))
    same = f"{np.mean(one == other):.1%}"
    return what, f"{len(both):,}", same, *("–" if figure is None else f"{figure:.3f}" for figure in figures)


def _labels(path: Path) -> dict[str, Label]:
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {line["id"]: (line["category"], line["severity"]) for line in lines}


def _examples() -> list[Example]:
    categories = list(load_rules(DATA / "rules").categories)
    return [*read_examples(EXAMPLES, categories), *read_examples(EXAMPLES / "heldout", categories)]


if __name__ == "__main__":
    main()
