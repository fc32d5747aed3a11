"""Two small signed models, a registry on each kind of database, and replicas of a bot that follow it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.models import Models
from bot.models.enrol import Trained, enrol
from bot.settings import Settings, read_settings
from bot.store import SqlStore, open_store
from bot.store.registry_values import Status
from classifier.compare import Bout, compare
from classifier.fit import fit_model
from classifier.model import Model
from classifier.signing import Signer
from tests.classifier.examples import cues, few_examples
from tests.conftest import SIGNER
from tests.models.test_gate import OURS, messages

SHARE = {"share": 0.9, "low": 0.8, "high": 0.95, "of": 40}
REPORT = {"messages": 40, "category": {"all": SHARE}, "severity": {"a_found": SHARE, "all": SHARE}}
SUMMARY = {"total": 100, "sha256": "0" * 64, "by_category": {"billing": 40}}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def small_models() -> tuple[Model, Model, Model]:
    """Three models of three categories, each a little surer than the last; words only, so that they start at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("classifier.fit._has_encoder", lambda: False)
        first = fit_model(few_examples(), cues().patterns)
    second, third = (
        replace(first, reduced=replace(first.reduced, temperature=first.reduced.temperature * by)) for by in (1.1, 1.2)
    )
    return first, second, third


class Registry:
    """A registry with what tests put into it."""

    def __init__(self, settings: Settings, store: SqlStore) -> None:
        self.settings = settings
        self.store = store
        self.models = Models(settings, store, now)

    async def put(
        self, model: Model, status: Status = Status.CHALLENGER, taught: Sequence[int] = (), signer: Signer = SIGNER
    ) -> str:
        """A trained model; its version."""
        compared: dict[str, Any] = {"findings": [], "champion": None, "corrections": {}}
        compared |= json.loads(json.dumps(compare(Bout((), messages(), frozenset(OURS)))))
        if status is Status.REFUSED:
            compared["findings"] = [
                {"check": "leak", "passed": False, "measured": 3, "limit": 0, "facts": {}, "rows": []}
            ]
        trained = Trained(model, SUMMARY, REPORT, "olga", now(), comparison=compared, page="<p>", taught=taught)
        return await enrol(self.store, signer, trained, status)

    async def reign(self, model: Model) -> str:
        """A model that is the champion; its version."""
        version = await self.put(model)
        await self.models.promote(version, "olga")
        return version


@pytest.fixture
async def registry(database_url: str, tmp_path: Path) -> AsyncIterator[Registry]:
    """An empty registry."""
    settings = read_settings(var=tmp_path / "var", database_url=database_url)
    store = open_store(database_url, settings.plan)
    await store.start()
    yield Registry(settings, store)
    await store.close()
