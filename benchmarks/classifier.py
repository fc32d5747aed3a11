"""`python -m benchmarks.classifier`: the category estimator, unchanged, on public intent sets, beside a classic and fastText."""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import mean
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from threadpoolctl import threadpool_limits

from benchmarks.contestants import Factory, Scores, contestants, scores, surety
from benchmarks.public import FOREIGN, NoData, Task, folder, tasks
from classifier.figures import share

Figures = dict[str, Any]


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of the public files (default: TRIAGE_BENCHMARKS).")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only the small sets.")] = False,
    as_json: Annotated[Path | None, typer.Option("--json", help="Write the figures here as JSON.")] = None,
) -> None:
    """Teach each and ask each, one after the other, on one thread; print who was right how often."""
    console = Console()
    try:
        wanted = tasks(folder(data), quick)
    except NoData as absent:
        console.print(str(absent), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
    who, remarks = contestants()
    for remark in remarks:
        console.print(remark, highlight=False)
    measured = _all(console, wanted, who)
    console.print(_table(measured))
    if as_json:
        as_json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


def _all(console: Console, wanted: list[Task], who: dict[str, Factory]) -> list[Figures]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    measured: list[Figures] = []
    with Progress(*columns, console=console) as bar, threadpool_limits(1):
        steps = bar.add_task("", total=len(wanted) * len(who))
        for task in wanted:
            for name, factory in who.items():
                bar.update(steps, description=f"{task.name}: {name}")
                one = {"task": task.name, "who": name, **measure(task, factory)}
                measured.append(one)
                bar.console.print(f"{task.name}, {name}: {_words(one['accuracy'])}", highlight=False, markup=False)
                bar.advance(steps)
    return _drawn_together(measured)


def measure(task: Task, factory: Factory) -> Figures:
    """Teach one and ask it: in-scope accuracy, and out-of-scope recall where there are out-of-scope messages."""
    started = time.perf_counter()
    estimator = factory().fit(list(task.train.texts), list(task.train.labels))
    taught = time.perf_counter()
    said = scores(estimator, task.test.texts)
    asked = time.perf_counter()
    classes = np.asarray(estimator.classes_)
    right = classes[said.argmax(axis=1)] == np.array(task.test.labels)
    figures = {
        "accuracy": share(right.tolist()),
        "fit_seconds": round(taught - started, 1),
        "messages_per_second": round(len(task.test.texts) / (asked - taught)),
    }
    if task.tuning is None:
        return figures
    tuning = scores(estimator, task.tuning.texts)
    first = classes[tuning.argmax(axis=1)]
    line = threshold(surety(estimator, task.tuning.texts, tuning), first, task.tuning.labels)
    kept = surety(estimator, task.test.texts, said) >= line
    foreign = surety(estimator, task.foreign, scores(estimator, task.foreign)) < line
    return {**figures, "in_scope": share((right & kept).tolist()), "foreign_found": share(foreign.tolist())}


def threshold(sure: Scores, first: Any, labels: tuple[str, ...]) -> float:
    """Larson et al. 2019: the surety below which a message is out of scope, best for the validation messages overall."""
    true, lines = np.array(labels), np.unique(sure)
    accuracies = [float((np.where(sure >= line, first, FOREIGN) == true).mean()) for line in lines]
    return float(lines[int(np.argmax(accuracies))])


def _drawn_together(measured: list[Figures]) -> list[Figures]:
    """One row for several draws of the same task: the mean; its interval is left out, as the draws share their test messages."""
    rows: dict[tuple[str, str], list[Figures]] = {}
    for one in measured:
        rows.setdefault((one["task"], one["who"]), []).append(one)
    return [
        same[0]
        if len(same) == 1
        else {
            **same[0],
            "draws": len(same),
            "accuracy": {
                "of": same[0]["accuracy"]["of"],
                "share": round(mean(one["accuracy"]["share"] for one in same), 3),
                "low": None,
                "high": None,
            },
        }
        for same in rows.values()
    ]


def _table(measured: list[Figures]) -> Table:
    table = Table(title="Public intent sets, percent with 95 % intervals", title_justify="left")
    for place, column in enumerate(("task", "who", "right", "in scope*", "out of scope found*", "fit s", "messages/s")):
        table.add_column(column, justify="right" if place > 1 else "left")
    for one in measured:
        cells = (_words(one["accuracy"]), _words(one.get("in_scope")), _words(one.get("foreign_found")))
        table.add_row(one["task"], one["who"], *cells, str(one["fit_seconds"]), str(one["messages_per_second"]))
    table.caption = "* refused below the threshold that is best on the validation messages (Larson et al. 2019)"
    return table


def _words(figure: Figures | None) -> str:
    if figure is None:
        return ""
    low, high = figure["low"], figure["high"]
    interval = "" if low is None else f" [{low * 100:.1f}, {high * 100:.1f}]"
    return f"{figure['share'] * 100:.1f}{interval}"


if __name__ == "__main__":
    typer.run(main)
