"""`python -m benchmarks.turn`: a full triage turn beside an echo bot on the SDK's stock adapter, in one run."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import bots
from benchmarks.figures import Figures, summary, table
from benchmarks.measure import Plan, answers, echoes, measure
from benchmarks.profile import Profile, toggle
from classifier.corpus import read_examples
from handoff.rules import load_rules

WARM_UP = 2  # messages of each user before anything is measured
DATA = bots.ROOT / "data"


def main(
    users: Annotated[int, typer.Option(help="People who write at the same time.", min=1)] = 20,
    turns: Annotated[int, typer.Option(help="Messages of each, in every round.", min=1)] = 30,
    rounds: Annotated[int, typer.Option(help="How often both are measured, by turns.", min=1)] = 3,
    as_json: Annotated[Path | None, typer.Option("--json", help="Write the figures here as JSON.")] = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Measure ours only, and print where its processor time goes.")
    ] = False,
    var: Annotated[Path, typer.Option(help="Folder with the model that serves, and its keys.")] = bots.ROOT / "var",
) -> None:
    """Measure both bots and print the comparison. Exit status 1: there was an error, or the promise is not kept."""
    console = Console()
    plan = Plan(hand_written(users * (WARM_UP + turns)), users, users * WARM_UP)
    if profile:
        asyncio.run(_profile(console, var, plan))
        return
    machine = {"cores": os.cpu_count(), "load_before": os.getloadavg()[0], "users": users, "turns": turns}
    result = asyncio.run(_compare(console, var, plan, rounds))
    console.print(table(result))
    console.print(f"{machine['cores']} cores; others kept {machine['load_before']:.1f} of them busy before the run")
    if as_json:
        as_json.write_text(json.dumps({**machine, **result}, indent=2) + "\n", encoding="utf-8")
    sys.exit(0 if result["kept"] else 1)


def hand_written(count: int) -> list[str]:
    """So many labelled messages of the training examples, each another one while there are enough, in a fixed order."""
    examples = read_examples(DATA / "examples", list(load_rules(DATA / "rules").categories))
    texts = [example.text for example in examples if example.category is not None]
    random.Random(0).shuffle(texts)
    return [texts[number % len(texts)] for number in range(count)]


async def _compare(console: Console, var: Path, plan: Plan, rounds: int) -> dict[str, Any]:
    """Measure both bots in every round, one after the other, so that what disturbs the machine disturbs both."""
    measured: dict[str, list[Figures]] = {"stock": [], "triage": []}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=2 * rounds * len(plan.texts))
        for number in range(1, rounds + 1):
            for name, start, proof in (("stock", bots.stock(), echoes), ("triage", bots.triage(var), answers)):
                progress.update(task, description=f"round {number}: {name}")
                figures, errors = await measure(start, plan, proof, lambda: progress.advance(task))
                measured[name].append(figures)
                for error in errors[:3]:
                    progress.console.print(f"{name}: {error}", style="red", markup=False)
    return summary(measured)


async def _profile(console: Console, var: Path, plan: Plan) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-profile-") as folder:
        written = Path(folder) / "profile.json"
        figures, errors = await measure(bots.triage(var, written), plan, answers, mark=toggle)
        profile = Profile(**json.loads(written.read_text(encoding="utf-8")))
    console.print(profile.by_thread(len(plan.texts) - plan.warm_up))
    console.print(profile.by_part(len(plan.texts) - plan.warm_up))
    console.print(profile.by_function(len(plan.texts) - plan.warm_up))
    console.print(f"{figures.turns_per_second:.0f} turns/s under the profiler, {len(errors)} errors")


if __name__ == "__main__":
    typer.run(main)
