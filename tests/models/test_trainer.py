"""The process that trains: it leaves a challenger, or a reason; whatever happens to it, the champion stays."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models import Run, RunState, Status, Version
from bot.models.trainer import Trainer
from bot.models.training import environment
from bot.store import SqlStore
from bot.store.examples import Accepted
from bot.store.runs import LEASE
from classifier.model import Model
from tests.classifier.examples import line, written
from tests.conftest import DATA
from tests.models import corpora
from tests.models.conftest import Registry, now

EACH = 14  # of a category in a language


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `data/` folder with few examples, and a gate as lenient as so few allow."""
    folder = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(DATA / "rules", folder / "rules")
    shutil.copytree(DATA / "words", folder / "words")
    written(folder / "examples", [line(one) for one in corpora.first(EACH)])
    written(folder / "examples" / "heldout", [line(one) for one in corpora.tests()[::3]])
    lenient(folder / "rules" / "gate.toml")
    return folder


def lenient(path: Path) -> None:
    """Floors at the floor: what is tested here is the way, not the figures."""
    rules = path.read_text(encoding="utf-8")
    head, floors = rules.split("[floors]")
    floors = re.sub(r"= 0\.\d+", "= 0.0", floors).replace("calibration = 0.0", "calibration = 1.0")
    head = re.sub(r"(suspect|suspect_of_category|shift|near_copies|fewest) += [\d.]+", r"\1 = 1", head)
    path.write_text(f"{head}[floors]{floors}", encoding="utf-8")


@pytest.fixture
def _words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.fit._has_encoder", lambda: False)


def trainer(registry: Registry, data: Path) -> Trainer:
    settings = registry.settings.model_copy(update={"data": data})
    return Trainer(settings, registry.store, now)


async def trained(registry: Registry, data: Path, id_: str) -> Run:
    """A run from being asked for to its end."""
    await registry.store.runs.add(Run(id_, "olga", now(), RunState.WAITING))
    await trainer(registry, data).do(id_)
    run = await registry.store.runs.find(id_)
    assert run is not None
    return run


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("_words_only")
async def test_a_training_leaves_a_challenger_that_can_be_promoted_and_then_compared_with(
    registry: Registry, small: Path
) -> None:
    run = await trained(registry, small, "one")
    assert (run.state, run.reason, run.findings) == (RunState.FINISHED, "", ())
    [version] = await registry.models.versions()
    assert (version.version, version.status, version.run, version.serial) == (run.version, Status.CHALLENGER, "one", 1)
    compared = await registry.models.comparison(version.version)
    assert compared is not None
    assert compared["champion"] is None
    page = await registry.models.report(version.version)
    assert page is not None
    assert page.startswith("<!doctype html>")
    assert "http" not in page, "the report needs nobody's host"
    assert isinstance(await registry.models.promote(version.version, "olga"), Version)

    await registry.store.examples.add([leaked(number) for number in range(9)])
    again = await trained(registry, small, "two")

    assert again.state is RunState.REFUSED
    assert "leak" in [one["check"] for one in again.findings]
    leak = next(one for one in again.findings if one["check"] == "leak")
    assert leak["rows"][0]["where"].startswith("correction ")
    assert (await registry.store.models.serving()).champion == version.version


def leaked(number: int) -> Accepted:
    """A test message, accepted as a correction."""
    test = [one for one in corpora.tests()[::3] if one.category][number]
    return Accepted(0, now(), test.text, test.lang, test.category, test.severity, "agent", "olga")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_breaks_is_told_and_the_champion_stays(
    registry: Registry, small: Path, small_models: tuple[Model, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    champion = await registry.reign(small_models[0])

    def broken(*_: object) -> None:
        raise MemoryError("no room left")

    monkeypatch.setattr("bot.models.trainer.Retraining.run", broken)
    run = await trained(registry, small, "one")
    assert (run.state, run.reason) == (RunState.FAILED, "MemoryError: no room left")
    assert (await registry.store.models.serving()).champion == champion


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_broken_example_is_told_with_its_line(registry: Registry, small: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(small, data)
    (data / "examples" / "zz.jsonl").write_text('{"text": "x"}\n')
    run = await trained(registry, data, "one")
    assert run.state is RunState.FAILED
    assert "zz.jsonl:1: lang: the field is missing" in run.reason


async def test_a_killed_training_leaves_everything_as_it_was_and_the_next_one_waited_for_it(
    registry: Registry, small: Path, small_models: tuple[Model, ...]
) -> None:
    champion = await registry.reign(small_models[0])
    for id_ in ("one", "two"):
        await registry.store.runs.add(Run(id_, "olga", now(), RunState.WAITING))
    with processes(registry, small, "one") as first:
        await until(registry.store, "one", RunState.RUNNING)
        os.kill(first.pid, signal.SIGSTOP)  # or a fast machine is done with it first
        with processes(registry, small, "two"):
            await asyncio.sleep(3)
            waiting = await registry.store.runs.find("two")
            assert waiting is not None
            assert waiting.state is RunState.WAITING
            assert nice_of(first.pid) >= 10
            os.kill(first.pid, signal.SIGKILL)
            first.wait()

    await registry.store.runs.bury(now() + LEASE + timedelta(seconds=1))

    run = await registry.store.runs.find("one")
    assert run is not None
    assert (run.state, run.reason) == (RunState.FAILED, "its process ended without a word")
    assert (await registry.store.models.serving()).champion == champion
    assert [one.version for one in await registry.models.versions()] == [champion]


class processes:  # noqa: N801 - reads as a word
    """The process of a run, ended at the end of the block."""

    def __init__(self, registry: Registry, data: Path, id_: str) -> None:
        settings = registry.settings.model_copy(update={"data": data})
        command = [sys.executable, "-m", "bot.models.trainer", id_]
        self.process = subprocess.Popen(command, env=environment(settings))

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def nice_of(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


async def until(store: SqlStore, id_: str, state: RunState) -> None:
    for _ in range(600):
        run = await store.runs.find(id_)
        assert run is not None
        if run.state is state:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the training is {run.state}: {run.reason}")
