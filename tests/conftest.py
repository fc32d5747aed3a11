"""What every test may ask for: a trained model, a database of each kind, and the bot as it is served."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.knowledge import read_knowledge
from bot.settings import ROOT
from classifier.files import load_model
from classifier.predict import Predictor
from classifier.signing import Signer, key_words
from classifier.train import train
from dialogs.scene import Knowledge
from handoff.rules import load_rules
from tests import databases
from tests.bots import Bot
from tests.locks import alone

DATA = ROOT / "data"
SIGNER = Signer(bytes(range(32)))  # of every model that tests train; a bot under test trusts it


@pytest.fixture(scope="session")
def model_folder(pytestconfig: pytest.Config) -> Path:
    """A model trained on this checkout's examples by this checkout's trainer; kept between runs while neither changes."""
    digest = hashlib.sha256()
    for path in sorted(
        [*(DATA / "examples").rglob("*.jsonl"), *(DATA / "rules").glob("*.toml"), *(ROOT / "classifier").glob("*.py")]
    ):
        digest.update(path.read_bytes())
    folder = pytestconfig.cache.mkdir("triage-model") / digest.hexdigest()[:16]
    with alone(folder.with_suffix(".lock")):  # several test processes ask for it at once
        if not (folder / "manifest.json").exists():
            categories = list(load_rules(DATA / "rules").categories)
            train(DATA, folder, categories, datetime.now(UTC), serial=1, signer=SIGNER)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _trusted() -> Iterator[None]:
    """Bots in this process, and those that it starts, open models that tests have signed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRIAGE_TRUSTED_KEYS", json.dumps([key_words(SIGNER.public)]))
        yield


@pytest.fixture(scope="session")
def classifier(model_folder: Path) -> Predictor:
    model, manifest = load_model(model_folder)
    return Predictor(model, manifest.version)


@pytest.fixture(scope="session")
def knowledge(model_folder: Path) -> Knowledge:
    _, manifest = load_model(model_folder)
    return read_knowledge(DATA, manifest.thresholds)


@pytest.fixture(scope="session")
def postgres() -> Iterator[databases.Postgres]:
    """One real PostgreSQL server for the whole run."""
    with databases.postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: each test that asks for one runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}"
    server: databases.Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
async def bot(database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge) -> AsyncIterator[Bot]:
    """The whole bot, served over HTTP, with a fake Teams around it."""
    async with Bot(database_url, tmp_path, classifier, knowledge) as running:
        yield running
