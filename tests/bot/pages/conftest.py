"""A served bot on one kind of database, and an operator who came in by the one-time link."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.back_office import one_time_link
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.bot.pages.visitor import Visitor
from tests.bots import Bot


@pytest.fixture
async def bot(tmp_path: Path, classifier: Predictor, knowledge: Knowledge) -> AsyncIterator[Bot]:
    async with Bot(f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}", tmp_path, classifier, knowledge) as running:
        yield running


@pytest.fixture
async def stranger(bot: Bot) -> AsyncIterator[Visitor]:
    async with Visitor(bot.url) as visitor:
        yield visitor


@pytest.fixture
async def operator(bot: Bot) -> AsyncIterator[Visitor]:
    async with Visitor(bot.url) as visitor:
        await visitor.go(link(bot))
        assert visitor.status == 200, visitor.text
        yield visitor


def link(bot: Bot) -> str:
    return one_time_link(bot.settings, int(bot.url.rpartition(":")[2]), bot.clock())
