"""A change in what comes in is found, and where nothing changed it is not called one."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np

from classifier.drift import SURE, foreignest, mmd


def clouds(shift: float, recent: int = 60, before: int = 180, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.normal(size=(recent, 8)) + shift, random.normal(size=(before, 8))


def test_two_samples_of_one_kind_are_rarely_called_different() -> None:
    chances = [mmd(*clouds(0.0, seed=seed), permutations=100)[1] for seed in range(20)]
    assert sum(chance < SURE for chance in chances) <= 3


def test_a_moved_sample_is_found() -> None:
    found, chance = mmd(*clouds(0.8), permutations=200)
    assert chance < SURE
    assert found > 0


def test_the_texts_to_look_at_are_those_that_are_farthest_away() -> None:
    recent, before = clouds(0.0)
    recent[7] += 9
    assert foreignest(recent, before)[0] == 7


def test_it_answers_as_a_process_and_names_what_is_new() -> None:
    mails = [f"outlook does not send my mail to customer number {n}" for n in range(60)]
    ovens = [f"how long should a cake with {n} eggs stay in the oven" for n in range(20)]
    asked = json.dumps({"recent": ovens, "before": mails})

    answer = subprocess.run(
        [sys.executable, "-m", "classifier.drift"], input=asked, capture_output=True, text=True, check=True
    )

    findings = json.loads(answer.stdout)
    assert findings["changed"]
    assert set(findings["examples"]) <= set(ovens)
