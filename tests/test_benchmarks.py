"""The benchmark of the classifier refuses plainly without its data, and draws its threshold as the paper does."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.classifier import measure, threshold
from benchmarks.drift import NEW_PRODUCT, People, mixed, renamed
from benchmarks.public import Labelled, NoData, Task, clinc150, few_shot, folder, transfer
from bot.settings import ROOT
from classifier.baselines import tfidf_svc
from classifier.corpus import Example


def test_without_the_files_it_says_where_they_come_from() -> None:
    clean = {name: value for name, value in os.environ.items() if name != "TRIAGE_BENCHMARKS"}
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.classifier"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "github.com/clinc/oos-eval" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoData):
        folder(tmp_path / "none")


def test_the_threshold_is_the_one_that_is_right_most_often_on_the_validation_messages() -> None:
    sure, first = np.array([0.9, 0.8, 0.6, 0.55]), np.array(["a", "b", "a", "b"])
    assert threshold(sure, first, ("a", "b", "oos", "oos")) == 0.8


def test_few_are_drawn_of_each_label_the_same_by_the_same_seed() -> None:
    task = Task("t", Labelled(tuple("abcdef"), ("x", "x", "x", "y", "y", "y")), Labelled((), ()))
    drawn = few_shot(task, 2, seed=1).train
    assert drawn == few_shot(task, 2, seed=1).train
    assert drawn.labels == ("x", "x", "y", "y")


def test_out_of_scope_messages_are_never_taught() -> None:
    rows = [
        {"split": split, "text": f"{split} {label}", "label": label}
        for split in ("train", "val", "test")
        for label in ("a", "oos")
    ]
    task = clinc150(rows)
    assert task.train.labels == task.test.labels == ("a",)
    assert task.tuning is not None
    assert set(task.tuning.labels) == {"a", "oos"}
    assert task.foreign == ("test oos",)


def test_transfer_is_taught_in_english_and_asked_in_french() -> None:
    task = transfer([{"lang": lang, "text": lang, "label": "a", "split": "test"} for lang in ("en", "fr")])
    assert (task.train.texts, task.test.texts) == (("en",), ("fr",))


def test_a_contestant_is_taught_and_asked() -> None:
    some = Labelled(("mail is lost", "invoice is wrong", "wifi is slow"), ("m", "i", "w"))
    assert measure(Task("t", some, some), tfidf_svc)["accuracy"]["share"] == 1.0


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "clinc150_full.jsonl.gz", "wt") as file:
        file.write(json.dumps({}))
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.classifier", "--data", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "there is no such file" in answer.stdout


def test_weeks_are_drawn_of_people_who_write_once_or_several_times_about_one_thing() -> None:
    rows = [Example(f"{label} {n} in Teams", "en", label, "B", "w", (), "") for label in ("x", "y") for n in range(30)]
    once = People(rows, random.Random(1), once=True).draw(200)
    often = People(rows, random.Random(1), once=False).draw(200)
    assert len(once) == len({one.person for one in once}) == len(often) == 200
    things = {(one.person, one.example.category) for one in often}
    assert len(things) == len({person for person, _ in things}) < 200
    named = renamed(lambda _: often, 1.0, random.Random(1))(200)
    assert all(NEW_PRODUCT in one.example.text and "Teams" not in one.example.text for one in named)
    assert [one.example.category for one in mixed(lambda n: often[:n], lambda n: once[:n], 0.25)(200)] == [
        one.example.category for one in (*once[:50], *often[:150])
    ]
