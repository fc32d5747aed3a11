"""`python -m benchmarks.classify`: what reading a message costs beside the bare encoder, how soon, in what memory, how many a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from threadpoolctl import threadpool_limits

from benchmarks.bots import ROOT
from benchmarks.figures import percentile
from benchmarks.turn import DATA, hand_written
from classifier.corpus import read_examples
from classifier.files import load_model
from classifier.meaning import encode
from classifier.predict import Predictor
from classifier.text import tidy
from handoff.rules import load_rules

AIM = 1.3  # category, severity and evidence together cost at most this many times the encoder alone
WARM_UP = 30

Figures = dict[str, Any]


def main(
    messages: Annotated[int, typer.Option(help="Messages read one by one.", min=100)] = 600,
    batch: Annotated[int, typer.Option(help="Lines of the file for `triage classify`; 0: no file.", min=0)] = 100_000,
    jobs: Annotated[int, typer.Option(help="Its --jobs.", min=1)] = os.cpu_count() or 1,
    var: Annotated[Path, typer.Option(help="Folder with the model.")] = ROOT / "var",
    as_json: Annotated[Path | None, typer.Option("--json", help="Write the figures here as JSON.")] = None,
) -> None:
    """Measure and print. The times of one message are processor time, which neighbours on the machine disturb least."""
    console = Console()
    figures: Figures = {"cores": os.cpu_count(), "load_before": round(os.getloadavg()[0], 1)}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("one by one", total=messages)
        figures |= one_by_one(var / "model", unseen(messages + WARM_UP), lambda: bar.advance(task))
    figures |= cold_start(var / "model", unseen(messages))
    if batch:
        console.print(f"triage classify --json --jobs {jobs}, {batch:,} messages …", highlight=False)
        figures |= in_batch(var, batch, jobs)
    console.print(_table(figures))
    if as_json:
        as_json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def unseen(count: int) -> list[str]:
    """So many held-out messages: those learned from are doubted less often, and so cost less than a person's."""
    examples = read_examples(DATA / "examples" / "heldout", list(load_rules(DATA / "rules").categories))
    return [examples[number % len(examples)].text for number in range(count)]


def one_by_one(model_folder: Path, texts: Sequence[str], heard: Callable[[], None] = lambda: None) -> Figures:
    """Each text by the bare encoder and by the whole classifier, in turn: what disturbs the machine disturbs both."""
    model, manifest = load_model(model_folder)
    predictor = Predictor(model, manifest.version)
    bare, whole = [], []
    with threadpool_limits(1):
        for place, text in enumerate(texts):
            written = [tidy(text)]
            first = _milliseconds(lambda: encode(written))  # noqa: B023 - called at once
            second = _milliseconds(lambda: predictor.predict(text))  # noqa: B023
            if place >= WARM_UP:
                bare.append(first)
                whole.append(second)
                heard()
    figures: Figures = {}
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        encoder, classifier = percentile(bare, share), percentile(whole, share)
        figures |= {f"encoder_{name}_ms": encoder, f"classifier_{name}_ms": classifier}
        figures[f"{name}_ratio"] = classifier / encoder
    return {**figures, "mean_ratio": sum(whole) / sum(bare)}


def cold_start(model_folder: Path, texts: Sequence[str]) -> Figures:
    """A worker from its start to its first answer, and what it holds in memory after so many messages."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "classifier.worker", str(model_folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps(texts[0]).encode() + b"\n")
        worker.stdin.flush()
        worker.stdout.readline()
        worker.stdout.readline()
        first = time.perf_counter() - started
        for text in texts[1:]:
            worker.stdin.write(json.dumps(text).encode() + b"\n")
            worker.stdin.flush()
            worker.stdout.readline()
        memory = psutil.Process(worker.pid).memory_info().rss / 1e6
        worker.stdin.close()
    return {"first_answer_seconds": first, "worker_rss_mb": memory}


def in_batch(var: Path, many: int, jobs: int) -> Figures:
    """`triage classify --json --jobs` over a file of so many lines: its throughput, and the most memory of its processes."""
    texts = hand_written(5000)
    with tempfile.TemporaryDirectory(prefix="bench-classify-") as folder:
        file, answers = Path(folder) / "messages.jsonl", Path(folder) / "answers.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            for number in range(many):
                lines.write(json.dumps({"text": texts[number % len(texts)]}, ensure_ascii=False) + "\n")
        started, used, most = time.perf_counter(), 0.0, 0.0
        triage = [str(Path(sys.executable).with_name("triage")), "classify", "--json", "--jobs", str(jobs)]
        with answers.open("wb") as output:
            running = psutil.Popen([*triage, "--var", str(var.resolve()), str(file)], stdout=output)
            while running.poll() is None:
                used, most = _used(running, used, most)
                time.sleep(0.5)
        seconds = time.perf_counter() - started
        with answers.open("rb") as lines_out:
            answered = sum(1 for _ in lines_out)
    return {
        "batch_messages": answered,
        "batch_jobs": jobs,
        "batch_seconds": seconds,
        "batch_per_second": answered / seconds,
        "batch_cpu_ms_per_message": 1000 * used / max(1, answered),
        "batch_rss_mb": most,
    }


def _used(running: Any, used: float, most: float) -> tuple[float, float]:
    """Processor seconds of a process and its children until now, and the most memory seen."""
    try:
        family = [running, *running.children(recursive=True)]
        seconds = sum(sum(one.cpu_times()[:2]) for one in family)
        return max(used, seconds), max(most, sum(one.memory_info().rss for one in family) / 1e6)
    except psutil.Error:
        return used, most


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.process_time_ns()
    work()
    return (time.process_time_ns() - started) / 1e6


def _table(figures: Figures) -> Table:
    table = Table("", "figure", title="What it costs to read a message", title_justify="left")
    for name, figure in figures.items():
        table.add_row(name.replace("_", " "), f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}")
    verdict = "kept" if figures["p50_ratio"] <= AIM else "missed"
    table.caption = f"aim: at most {AIM} times the bare encoder (p50): {verdict}"
    return table


if __name__ == "__main__":
    typer.run(main)
