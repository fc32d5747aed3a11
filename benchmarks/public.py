"""Public intent sets, read from a folder: what the classifier's design is checked on besides our own messages."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

VARIABLE = "TRIAGE_BENCHMARKS"
FOREIGN = "oos"  # CLINC150's label of what belongs to no intent
ABSENT = f"""The public data sets are not part of this repository. Put these files into a folder and name it with --data or {VARIABLE};
each line is a JSON object with split (train, val, test), text, label, lang:
  clinc150_full.jsonl.gz    github.com/clinc/oos-eval, data/data_full.json (CC BY 3.0; out-of-scope messages labelled "oos")
  banking77.jsonl.gz        github.com/PolyAI-LDN/task-specific-datasets, banking_data (CC BY 4.0)
  hwu64_fold1.jsonl.gz      github.com/xliuhw/NLU-Evaluation-Data, KFold_1 (CC BY 4.0)
  ha_intents_en_fr.jsonl.gz github.com/home-assistant/intents, tests/en and tests/fr (CC BY 4.0)"""


class NoData(Exception):
    """The folder or a file is not there; the text says where to get it."""


@dataclass(frozen=True)
class Labelled:
    """Texts with their labels."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """Something to learn and to be asked: `tuning` and `foreign` are only there where out-of-scope messages are."""

    name: str
    train: Labelled
    test: Labelled
    tuning: Labelled | None = None
    foreign: tuple[str, ...] = ()


Row = dict[str, str]


def folder(given: Path | None) -> Path:
    """Where the files are. Raises `NoData`."""
    named = given or Path(os.environ.get(VARIABLE, ""))
    if named == Path() or not named.is_dir():
        raise NoData(ABSENT)
    return named


def tasks(data: Path, quick: bool) -> list[Task]:
    """All of them; with `quick`, the small ones: a tenth of the time. Raises `NoData` when a file is not there."""
    banking = _split("BANKING77", _rows(data / "banking77.jsonl.gz"))
    few = [few_shot(banking, 10, seed) for seed in range(1 if quick else 3)]
    across = transfer(_rows(data / "ha_intents_en_fr.jsonl.gz"))
    if quick:
        return [*few, across]
    hwu64 = _split("HWU64", _rows(data / "hwu64_fold1.jsonl.gz"))
    return [clinc150(_rows(data / "clinc150_full.jsonl.gz")), banking, *few, hwu64, across]


def clinc150(rows: list[Row]) -> Task:
    """150 intents, learned in scope only; validation and test hold out-of-scope messages too."""
    task = _split("CLINC150", [row for row in rows if row["label"] != FOREIGN])
    tuning = _labelled([row for row in rows if row["split"] == "val"])
    foreign = tuple(row["text"] for row in rows if (row["split"], row["label"]) == ("test", FOREIGN))
    return replace(task, tuning=tuning, foreign=foreign)


def few_shot(task: Task, many: int, seed: int) -> Task:
    """The same with so many messages of each label to learn from, drawn by the seed."""
    by_label = defaultdict(list)
    for text, label in zip(task.train.texts, task.train.labels, strict=True):
        by_label[label].append(text)
    draw = random.Random(seed)
    chosen = [(text, label) for label in sorted(by_label) for text in draw.sample(by_label[label], many)]
    texts, labels = zip(*chosen, strict=True)
    return replace(task, name=f"{task.name}, {many} of each", train=Labelled(texts, labels))


def transfer(rows: list[Row]) -> Task:
    """Learned in English alone, asked in French."""
    english, french = ([row for row in rows if row["lang"] == language] for language in ("en", "fr"))
    return Task("English to French", _labelled(english), _labelled(french))


def _split(name: str, rows: list[Row]) -> Task:
    train, test = ([row for row in rows if row["split"] == split] for split in ("train", "test"))
    return Task(name, _labelled(train), _labelled(test))


def _labelled(rows: list[Row]) -> Labelled:
    return Labelled(tuple(row["text"] for row in rows), tuple(row["label"] for row in rows))


def _rows(path: Path) -> list[Row]:
    if not path.is_file():
        raise NoData(f"{path}: there is no such file.\n{ABSENT}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
