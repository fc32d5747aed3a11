"""`triage evaluate`: the stored model on messages by writers who wrote nothing it learned from, beside trivial models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from threadpoolctl import threadpool_limits

from bot.errors import CannotStart
from bot.judge import Judge, TestSet, read_tests
from bot.report.page import page
from bot.report.tables import tables
from bot.settings import Settings
from classifier.baselines import Said, commonest, levels_of_categories, taught
from classifier.corpus import Example
from classifier.judged import Judged, by_language
from classifier.report import category_report, decisions
from classifier.severity_report import severity_report

Report = dict[str, object]


def run(settings: Settings, *, as_json: bool, html: Path | None) -> None:
    """Measure, and print the figures as tables or as JSON; `html` is where the report with its plots is written."""
    if html is not None and not html.resolve().parent.is_dir():
        raise CannotStart(f"{html.resolve().parent}: there is no such folder to write the report to")
    with threadpool_limits(1):
        report = _measured(settings)
    if html is not None:
        html.write_text(page(report), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    console = Console()
    for table in tables(report):
        console.print(table)
    if html is not None:
        console.print(f"The report with its plots is {html}", highlight=False)


def _measured(settings: Settings) -> Report:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        tests = read_tests(settings.data)
        texts = len(tests.held_out) + len(tests.zero_shot)
        task = bar.add_task("reading messages", total=texts + 3)
        judge = Judge.of(settings)
        held_out = judge.all(tests.held_out, lambda many: bar.advance(task, many))
        foreign = judge.all(tests.zero_shot, lambda many: bar.advance(task, many))
        bar.update(task, description="teaching TF-IDF the categories")
        categories = _categories_by_others(tests, held_out)
        bar.update(task, description="teaching TF-IDF the severities", advance=1)
        levels = _levels_by_others(tests, held_out, judge)
        bar.update(task, description="drawing samples for the intervals", advance=1)
        report = _report(judge, tests, held_out, foreign, categories, levels)
        bar.advance(task)
    return report


def _report(
    judge: Judge,
    tests: TestSet,
    held_out: Sequence[Judged],
    foreign: Sequence[Judged],
    categories: dict[str, Said],
    levels: dict[str, list[str]],
) -> Report:
    labelled = _labelled(held_out)
    return {
        **judge.describes(tests),
        "category": category_report(labelled, categories),
        "decisions": decisions(held_out),
        "severity": severity_report(_graded(held_out), levels, judge.costs),
        "zero_shot": _zero_shot(foreign, judge),
    }


def _categories_by_others(tests: TestSet, judged: Sequence[Judged]) -> dict[str, Said]:
    learned = [one for one in tests.training if one.category is not None]
    texts, labels = [one.text for one in learned], [str(one.category) for one in learned]
    asked = [one.example.text for one in _labelled(judged)]
    return {"TF-IDF + LinearSVC": taught(texts, labels, asked), "always the commonest": commonest(labels, asked)}


def _levels_by_others(tests: TestSet, judged: Sequence[Judged], judge: Judge) -> dict[str, list[str]]:
    learned: list[Example] = [one for one in tests.training if one.severity is not None]
    texts, labels = [one.text for one in learned], [str(one.severity) for one in learned]
    graded = _graded(judged)
    asked = [one.example.text for one in graded]
    usual = levels_of_categories(tests.training)
    return {
        "TF-IDF + LinearSVC": [label for label, _ in taught(texts, labels, asked)],
        "from the true category alone": [judge.cheapest(usual[str(one.example.category)]) for one in graded],
        "always the commonest": [label for label, _ in commonest(labels, asked)],
    }


def _zero_shot(judged: Sequence[Judged], judge: Judge) -> Report:
    """The languages that nothing was learned in, each and together."""
    if not judged:
        return {}
    return {
        language: {
            "category": category_report(_labelled(some), {})["models"]["triage"]["all"],
            "first_two": category_report(_labelled(some), {})["first_two"]["all"],
            "severity": severity_report(_graded(some), {}, judge.costs)["models"]["triage"],
        }
        for language, some in by_language(judged).items()
    }


def _labelled(judged: Sequence[Judged]) -> list[Judged]:
    return [one for one in judged if one.example.category is not None]


def _graded(judged: Sequence[Judged]) -> list[Judged]:
    return [one for one in judged if one.example.severity is not None]
