"""`python -m benchmarks.writers`: each training part, asked of models that learned from all the others. Models are chosen by this."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from benchmarks.contestants import Factory
from benchmarks.turn import DATA
from bot.judge import costs_of
from classifier import category_estimator
from classifier.baselines import tfidf_svc
from classifier.category import CategoryEstimator
from classifier.corpus import Example, read_examples
from classifier.cues import Cues, load_cues
from classifier.figures import share
from classifier.severity import SeverityEstimator
from classifier.severity_report import Costs, levels_report
from dialogs.weigh import levels_of, proposed
from handoff.rules import Rules, load_rules

Say = Callable[[Any, Sequence[str]], list[str]]  # an estimator's levels of texts
Split = tuple[str, list[Example], list[Example]]  # a part, what is learned without it, and what is asked

OURS = (CategoryEstimator, SeverityEstimator)
CATEGORY: dict[str, Factory] = {
    "triage": category_estimator,
    "triage, words alone": lambda: category_estimator().set_params(meaning=0),
    "TF-IDF + LinearSVC": tfidf_svc,
}


def main(
    part: Annotated[
        list[str] | None, typer.Option(help="Only these parts, each the end of its writers' names.")
    ] = None,
    only: Annotated[str, typer.Option(help="`category` or `severity`; both where it is left out.")] = "",
) -> None:
    """Teach and ask, one part after the other; print how often each is right, and what the mistakes of severity cost."""
    rules = load_rules(DATA / "rules")
    examples = read_examples(DATA / "examples", list(rules.categories))
    with threadpool_limits(1):
        if only != "severity":
            Console().print(categories([one for one in examples if one.category], part))
        if only != "category":
            Console().print(severities([one for one in examples if one.severity], part, rules))


def categories(examples: Sequence[Example], part: Sequence[str] | None) -> Table:
    """How often the category is right, of each part."""
    table = Table("part", "of", *CATEGORY, title="Category right, percent with 95 % intervals", title_justify="left")
    for name, learned, asked in splits(examples, part):
        table.add_row(name, str(len(asked)), *[_right(factory, learned, asked) for factory in CATEGORY.values()])
    return table


def severities(examples: Sequence[Example], part: Sequence[str] | None, rules: Rules) -> Table:
    """Of each part and of all together: how often the severity is right, how many A are found and called C, and the mean cost."""
    cues = load_cues(DATA / "rules" / "cues.toml")
    who: dict[str, tuple[Factory, Say]] = {
        "triage": (lambda: SeverityEstimator(cues.patterns), _by_product(rules, cues)),
        "triage, words alone": (lambda: SeverityEstimator(cues.patterns, meaning=False), _by_product(rules, cues)),
        "TF-IDF + LinearSVC": (tfidf_svc, _by_margin),
    }
    costs = costs_of(rules)
    table = Table("part", "of", *who, title="Severity: right | A found | A called C | mean cost", title_justify="left")
    true: list[str] = []
    said: dict[str, list[str]] = {name: [] for name in who}
    for name, learned, asked in splits(examples, part):
        levels = [str(one.severity) for one in asked]
        true += levels
        known, texts = [str(one.severity) for one in learned], [one.text for one in asked]
        answers = {one: say(_taught(make, learned, known), texts) for one, (make, say) in who.items()}
        for one, some in answers.items():
            said[one] += some
        table.add_row(name, str(len(asked)), *[_figures(levels, some, costs) for some in answers.values()])
    table.add_row("all", str(len(true)), *[_figures(true, some, costs) for some in said.values()], style="bold")
    return table


def splits(examples: Sequence[Example], part: Sequence[str] | None) -> Iterator[Split]:
    """Each wanted part, the examples of all the others, and its own."""
    for name in part or sorted({part_of(one) for one in examples}):
        learned = [one for one in examples if part_of(one) != name]
        yield name, learned, [one for one in examples if part_of(one) == name]


def part_of(example: Example) -> str:
    """The number that the English and the French writer of a part share."""
    return example.who.rpartition("-")[2]


def _right(factory: Factory, learned: Sequence[Example], asked: Sequence[Example]) -> str:
    taught = _taught(factory, learned, [str(one.category) for one in learned])
    said = taught.predict([one.text for one in asked])
    figure = share([label == one.category for label, one in zip(said, asked, strict=True)])
    return f"{figure['share'] * 100:.1f} [{figure['low'] * 100:.1f}, {figure['high'] * 100:.1f}]"


def _taught(factory: Factory, learned: Sequence[Example], labels: Sequence[str]) -> Any:
    """An estimator that has learned these labels; ours are told who wrote each message."""
    estimator: Any = factory()
    groups = {"groups": [one.who for one in learned]} if isinstance(estimator, OURS) else {}
    return estimator.fit([one.text for one in learned], labels, **groups)


def _by_product(rules: Rules, cues: Cues) -> Say:
    """The level that the product would propose: the cheapest, which the rules may raise."""

    def say(estimator: Any, texts: Sequence[str]) -> list[str]:
        believed = [dict(zip("ABC", row, strict=True)) for row in estimator.predict_proba(texts).tolist()]
        found = [levels_of(one, cues.find(text), rules) for one, text in zip(believed, texts, strict=True)]
        return [proposed(one, levels, rules).value for one, levels in zip(believed, found, strict=True)]

    return say


def _by_margin(estimator: Any, texts: Sequence[str]) -> list[str]:
    return [str(level) for level in estimator.predict(texts)]


def _figures(true: Sequence[str], said: Sequence[str], costs: Costs) -> str:
    report = levels_report(true, said, costs)
    right, found = (f"{report[name]['share'] * 100:.1f}" for name in ("accuracy", "a_found"))
    return f"{right} {found} {report['a_called_c']} {report['cost']['value']:.3f}"


if __name__ == "__main__":
    typer.run(main)
