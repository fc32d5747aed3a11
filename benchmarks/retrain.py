"""How long a training takes, and how much memory, on today's corpus and on one ten times as large.

`python -m benchmarks.retrain [--times 10]`. The large corpus is synthetic load and nothing else: copies of our own examples in which
some words are exchanged for words of other examples of the same category, so that vocabulary and rows grow as they would; what is learned
from it is of no interest, and none of it leaves this process.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.knowledge import read_knowledge
from bot.models.lessons import Material, gather
from bot.models.retrain import Outcome, Retraining
from bot.report.comparison import comparison_page
from bot.settings import ROOT
from classifier.corpus import Example, distinct
from classifier.limits import load_limits
from classifier.train import learn

DATA = ROOT / "data"
EXCHANGED = 0.25  # of the words of a copy
SEED = 7


def grown(rows: Sequence[Example], times: int) -> list[Example]:
    """So many times as many examples, none a near-copy letter for letter."""
    dice = random.Random(SEED)
    words: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for one in rows:
        words[one.category, one.lang] += one.text.split()
    copies = [_mixed(one, words[one.category, one.lang], dice) for one in rows for _ in range(times - 1)]
    return distinct([*rows, *copies])


def _mixed(one: Example, words: Sequence[str], dice: random.Random) -> Example:
    mixed = [dice.choice(words) if dice.random() < EXCHANGED else word for word in one.text.split()]
    return replace(one, text=" ".join(mixed), who=f"{one.who}-load")


def trained(material: Material, stages: list[tuple[str, float]]) -> Outcome:
    """One training as `triage retrain` does it, against floors that a synthetic corpus cannot fail."""
    knowledge = read_knowledge(DATA, {"act": 1.0, "confirm": 1.0, "clarity": 1.0})
    limits = load_limits(DATA / "rules" / "gate.toml")
    lenient = replace(limits, figures={name: _open(name) for name in limits.figures})
    begun = time.perf_counter()

    def progress(stage: str) -> None:
        stages.append((stage, time.perf_counter() - begun))

    categories = list(knowledge.rules.categories)
    outcome = Retraining(
        material, None, knowledge, lenient, lambda examples, told: learn(DATA, examples, categories, told)
    ).run(progress)
    comparison_page(outcome.comparison or {}, knowledge.words.voice("en"))
    stages.append(("report", time.perf_counter() - begun))
    return outcome


def _open(name: tuple[str, str]) -> float:
    """A limit that lets everything through: what is measured here is time."""
    return (
        0
        if (name[0] == "floors" and name[1] != "calibration") or name[1] in ("fewest", "of_a_category", "of_a_level")
        else 1
    )


def lines(times: int) -> Iterator[str]:
    """The table, line by line."""
    knowledge = read_knowledge(DATA, {"act": 1.0, "confirm": 1.0, "clarity": 1.0})
    today = gather(Path(DATA), knowledge.rules, [])
    rows = grown(today.examples, times) if times > 1 else today.examples
    stages: list[tuple[str, float]] = []
    trained(replace(today, rows=tuple(rows)), stages)
    memory = resource.getrusage(resource.RUSAGE_SELF)
    yield f"{len(rows)} examples ({times} times today's), {len(today.tests)} held out"
    yield from (f"{seconds:8.1f} s  {stage}" for stage, seconds in stages)
    yield f"{stages[-1][1] / 60:8.1f} min in all, {memory.ru_utime / 60:.1f} min of processor, {memory.ru_maxrss / 2**20:.2f} GiB at most"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="how many times today's corpus")
    for line in lines(parser.parse_args().times):
        print(line, flush=True)


if __name__ == "__main__":
    main()
