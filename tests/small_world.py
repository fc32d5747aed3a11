"""A small world to train in: few examples, words only, limits of the gate that such a training can meet. Seconds instead of minutes."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.knowledge import read_knowledge
from bot.models.trainer import Trainer
from bot.settings import Settings
from bot.store import open_store
from classifier.files import load_model
from classifier.predict import Predictor
from classifier.train import train
from handoff.rules import load_rules
from tests.bots import Bot
from tests.conftest import DATA, SIGNER
from tests.models import corpora

EACH = 13  # examples of a category in a language: one more than the least
TESTS = 240
LOOSE = {  # so small a training is worse, and jumps about; what the limits are for is tested with the product's own
    **dict.fromkeys(("accuracy", "category", "a_found", "in_scope", "asked", "acted"), "0.0"),
    **dict.fromkeys(("calibration", "suspect", "suspect_of_category", "suspect_more", "corrections_drop"), "1.0"),
    **dict.fromkeys(("a_found_drop", "in_scope_drop", "acted_drop", "asked_drop", "category_drop"), "0.3"),
    "a_called_c_more": "5",
}


def small_data(folder: Path) -> Path:
    """The product's data, with few of its examples."""
    for part in ("rules", "words"):
        shutil.copytree(DATA / part, folder / part)
    gate = folder / "rules" / "gate.toml"
    text = gate.read_text(encoding="utf-8")
    for name, limit in LOOSE.items():
        text = re.sub(rf"(?m)^{name}( *)= [\d.]+", rf"{name}\1= {limit}", text)
    gate.write_text(text, encoding="utf-8")
    shelves = corpora._shelves().values()
    write(folder / "examples" / "few.jsonl", [one for some in shelves for one in some[:EACH]])
    write(
        folder / "examples" / "heldout" / "few.jsonl", list(corpora.tests()[:: max(1, len(corpora.tests()) // TESTS)])
    )
    return folder


def write(file: Path, rows: list[corpora.Example]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        {"text": one.text, "lang": one.lang, "category": one.category, "severity": one.severity}
        | {"source": "test", "who": one.who, "when": "2026-11-01"}
        for one in rows
    ]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")


@dataclass
class Trainings:
    """Trains within the test's process, as the trainer's process would."""

    settings: Settings | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self, settings: Settings, run: str) -> None:
        self.settings = settings
        self.tasks.append(asyncio.create_task(self._do(settings, run)))

    async def _do(self, settings: Settings, run: str) -> None:
        store = open_store(settings.database, settings.plan)
        try:
            await Trainer(settings, store, lambda: datetime.now(UTC)).do(run)
        finally:
            await store.close()


@asynccontextmanager
async def small_bot(folder: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """A served bot whose champion has learned little, and in which a training takes seconds."""
    patch.setattr("classifier.fit._has_encoder", lambda: False)
    trainings = Trainings()
    patch.setattr("bot.models.training.start", trainings.start)
    data, var = small_data(folder / "data"), folder / "var"
    categories = list(load_rules(data / "rules").categories)
    await asyncio.to_thread(
        train, data, var / "model", categories, datetime.now(UTC), lambda _: None, serial=1, signer=SIGNER
    )
    model, manifest = load_model(var / "model")
    knowledge = read_knowledge(data, manifest.thresholds)
    database = f"sqlite+aiosqlite:///{var / 'triage.db'}"
    async with Bot(database, var, Predictor(model, manifest.version), knowledge, data=data) as bot:
        yield bot
        await asyncio.gather(*trainings.tasks)
