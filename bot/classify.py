"""`triage classify`: one message a line in, one answer a line out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from bot.answering import Answer, answered
from bot.knowledge import read_knowledge
from bot.lines import Batch, Source, batches, message_file
from bot.models.keys import trust_of
from bot.settings import Settings
from classifier.manifest import read_manifest
from dialogs.scene import Knowledge


def run(settings: Settings, given: str | None, *, as_json: bool, jobs: int) -> None:
    """Classify one message, or each line of a file or of standard input (None or `-`), in order."""
    file = message_file(given) if given not in {None, "-"} else None
    show = _as_lines if as_json else _for_people(settings)
    if given not in {None, "-"} and file is None:
        for _, answers in answered(settings, [Batch((str(given),), 0)], jobs=1):
            show(answers)
        return
    with _opened(file) as source, _progress(file) as bar:
        task = bar.add_task("", total=file.stat().st_size if file else None, messages=0)
        for batch, answers in answered(settings, batches(source), jobs):
            show(answers)
            done = bar.tasks[task].fields["messages"] + len(batch.lines)
            bar.update(task, advance=batch.size, messages=done)


@contextmanager
def _opened(file: Path | None) -> Iterator[Source]:
    """The file, or standard input; unbuffered, so that a line is answered when it comes."""
    stream = file.open("rb", buffering=0) if file else os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
    with stream:
        yield stream


class _Speed(ProgressColumn):
    """Messages so far, and how many a second."""

    def render(self, task: Task) -> Text:
        """As words."""
        done, seconds = task.fields["messages"], task.elapsed or 0
        return Text(f"{done:,} messages, {done / seconds if seconds else 0:.0f}/s")


def _progress(file: Path | None) -> Progress:
    """On a terminal's standard error, where the answers go elsewhere and nobody is typing."""
    console = Console(stderr=True)
    wanted = console.is_terminal and not sys.stdout.isatty() and (file is not None or not sys.stdin.isatty())
    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        _Speed(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console, disable=not wanted)


def _as_lines(answers: list[Answer]) -> None:
    typer.echo("\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers))


def _for_people(settings: Settings) -> Callable[[list[Answer]], None]:
    knowledge = read_knowledge(settings.data, read_manifest(settings.model_folder, trust_of(settings)).thresholds)
    console = Console()

    def show(answers: list[Answer]) -> None:
        for answer in answers:
            _show(console, answer, knowledge)

    return show


def _show(console: Console, answer: Answer, knowledge: Knowledge) -> None:
    say = knowledge.words.voice(answer["language"] or "en")
    severity = say(f"severity-{answer['severity']}") if answer["severity"] else "–"
    console.print(f"[bold]{say('category-' + answer['category'])}[/] ({answer['category']})", highlight=False)
    console.print(f"  {say('label-severity')}: {severity}", highlight=False)
    console.print(f"  {say('label-sure')}: {answer['confidence']:.0%} → {answer['decision']}", highlight=False)
    moved = [*answer["evidence"]["category"], *answer["evidence"]["severity"].values()]
    console.print(f"  ← {', '.join(moved) or '–'}", highlight=False, markup=False)
