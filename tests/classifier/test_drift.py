"""A change in what comes in is found, and where nothing changed it is not called one."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from classifier.drift import SURE, by_person, foreignest, mmd


def clouds(shift: float, recent: int = 60, before: int = 180, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.normal(size=(recent, 8)) + shift, random.normal(size=(before, 8))


def test_two_samples_of_one_kind_are_rarely_called_different() -> None:
    chances = [mmd(*clouds(0.0, seed=seed), permutations=100)[1] for seed in range(20)]
    assert sum(chance < SURE for chance in chances) <= 3


def of_people(seed: int, each: int = 6) -> tuple[np.ndarray, np.ndarray, tuple[list[int], list[int]]]:
    """Texts of people who each write several times about one thing, drawn alike on both sides."""
    random = np.random.default_rng(seed)
    things = random.normal(size=(40, 8)).repeat(each, axis=0)
    texts, writers = things + random.normal(size=things.shape) * 0.3, np.arange(40).repeat(each)
    return texts[:60], texts[60:], (writers[:60].tolist(), writers[60:].tolist())


def test_who_writes_often_about_one_thing_is_no_change() -> None:
    draws = [of_people(seed) for seed in range(20)]
    by_people = [
        mmd(by_person(now, people[0]), by_person(then, people[1]), 200)[1] < SURE for now, then, people in draws
    ]
    by_messages = [mmd(now, then, 200)[1] < SURE for now, then, _ in draws]
    assert sum(by_people) <= 1
    assert sum(by_messages) >= 10, "the sample does not show what looking at people is for"


def test_a_change_is_found_though_people_write_several_times() -> None:
    now, then, people = of_people(1)
    assert mmd(by_person(now + 1.5, people[0]), by_person(then, people[1]), 200)[1] < SURE


def test_a_person_is_the_direction_of_what_they_wrote() -> None:
    found = by_person(np.array([[1.0, 0.0], [0.0, 3.0], [0.0, 1.0], [0.0, 0.0]]), [7, 3, 7, 9])
    assert found == pytest.approx(np.array([[0, 1], [0.5**0.5, 0.5**0.5], [0, 0]]))


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
    asked = json.dumps({"recent": ovens, "before": mails, "people": [list(range(20)), list(range(60))]})

    answer = subprocess.run(
        [sys.executable, "-m", "classifier.drift"], input=asked, capture_output=True, text=True, check=True
    )

    findings = json.loads(answer.stdout)
    assert findings["changed"]
    assert set(findings["examples"]) <= set(ovens)
