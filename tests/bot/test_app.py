"""The application as it is put together: who may reach it, and how it tells that it is well."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from bot.app import make_parts, refuse_strangers
from bot.errors import CannotStart
from bot.reader import WorkerReader
from bot.settings import read_settings
from tests.bots import Bot


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])
def test_without_an_app_id_the_bot_does_not_listen_to_strangers(host: str) -> None:
    with pytest.raises(CannotStart, match="loopback"):
        refuse_strangers(read_settings(host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_without_an_app_id_the_bot_listens_on_loopback(host: str) -> None:
    refuse_strangers(read_settings(host=host))


def test_with_an_app_id_the_bot_listens_anywhere() -> None:
    refuse_strangers(read_settings(host="0.0.0.0", app_id="an-app"))


def test_a_plan_that_is_not_in_the_rule_book_is_refused_with_the_legal_ones(tmp_path: Path, model_folder: Path) -> None:
    (tmp_path / "model").symlink_to(model_folder)

    with pytest.raises(CannotStart, match="'gold' is no plan; one of: business_essentials"):
        make_parts(read_settings(var=tmp_path, plan="gold"), WorkerReader(tmp_path))


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def test_it_is_alive_and_ready_and_counts(bot: Bot) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice"))
    await chat.say("hello")

    assert (await get(f"{bot.url}/healthz"))[0] == 200
    assert (await get(f"{bot.url}/readyz"))[0] == 200
    status, counts = await get(f"{bot.url}/metrics")
    assert status == 200
    assert 'triage_turns_total{outcome="taken"} 1.0' in counts


async def test_the_welcome_comes_once_on_installation(bot: Bot) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice", locale="fr-FR"))

    turn = await chat.install(expect=1)

    assert "Bonjour, je suis Triage" in turn.says
    assert len(chat.heard) == 1
