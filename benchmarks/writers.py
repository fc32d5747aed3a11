"""`python -m benchmarks.writers`: each training part, asked of models that learned from all the others. Models are chosen by this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from benchmarks.contestants import Factory
from benchmarks.turn import DATA
from classifier import category_estimator
from classifier.baselines import tfidf_svc
from classifier.corpus import Example, read_examples
from classifier.figures import share
from handoff.rules import load_rules

WHO: dict[str, Factory] = {
    "triage": category_estimator,
    "triage, words alone": lambda: category_estimator().set_params(meaning=0),
    "TF-IDF + LinearSVC": tfidf_svc,
}


def main(
    part: Annotated[
        list[str] | None, typer.Option(help="Only these parts, each the end of its writers' names.")
    ] = None,
) -> None:
    """Teach and ask, one part after the other; print how often each is right."""
    examples = [
        one for one in read_examples(DATA / "examples", list(load_rules(DATA / "rules").categories)) if one.category
    ]
    table = Table("part", "of", *WHO, title="Category right, percent with 95 % intervals", title_justify="left")
    with threadpool_limits(1):
        for name in part or sorted({part_of(one) for one in examples}):
            asked = [one for one in examples if part_of(one) == name]
            learned = [one for one in examples if part_of(one) != name]
            table.add_row(name, str(len(asked)), *[_right(factory, learned, asked) for factory in WHO.values()])
    Console().print(table)


def part_of(example: Example) -> str:
    """The number that the English and the French writer of a part share."""
    return example.who.rpartition("-")[2]


def _right(factory: Factory, learned: Sequence[Example], asked: Sequence[Example]) -> str:
    estimator: Any = factory()
    groups = {"groups": [one.who for one in learned]} if hasattr(estimator, "oos_score") else {}
    estimator.fit([one.text for one in learned], [str(one.category) for one in learned], **groups)
    said = estimator.predict([one.text for one in asked])
    figure = share([label == one.category for label, one in zip(said, asked, strict=True)])
    return f"{figure['share'] * 100:.1f} [{figure['low'] * 100:.1f}, {figure['high'] * 100:.1f}]"


if __name__ == "__main__":
    typer.run(main)
