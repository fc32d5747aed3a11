"""PostgreSQL goes away under the bot and comes back: people are told, nothing is half done, no restart is needed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import aiohttp

from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests import databases
from tests.bots import Bot


async def status(bot: Bot, page: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/{page}") as response:
        return response.status


def control(server: databases.Postgres, verb: str) -> None:
    """Stop or start the server with its own pg_ctl, as its own user."""
    command = [str(Path(server.server.bin_path) / "pg_ctl"), "-D", str(server.folder), "-m", "fast", "-w"]
    options = ["-o", f"-k {server.folder} -h ''", "-l", str(server.folder / "log")] if verb == "start" else []
    subprocess.run(
        [*as_owner(server.folder), *command[:3], *options, *(command[3:] if verb == "stop" else ["-w"]), verb],
        check=True,
        capture_output=True,
    )


def as_owner(folder: Path) -> list[str]:
    return ["setpriv", "--reuid", folder.owner(), "--clear-groups"] if folder.stat().st_uid else []


async def test_while_postgresql_is_away_nothing_is_recorded_and_afterwards_all_is_well(
    tmp_path: Path, classifier: Predictor, knowledge: Knowledge
) -> None:
    with databases.postgres() as server:
        async with Bot(server.new_database(), tmp_path, classifier, knowledge) as bot:
            chat = await bot.teams.personal(bot.teams.person("Alice"))
            proposal = await chat.say("nobody can open the HR SharePoint site since this morning")
            control(server, "stop")
            try:
                press = await chat.press(proposal, "Open the case")
                assert press.accepted
                assert "was not recorded" in press.says
                assert (await status(bot, "readyz"), await status(bot, "healthz")) == (503, 200)
            finally:
                control(server, "start")
            opened = await chat.press(proposal, "Open the case")
            assert "Case T-" in opened.says
            assert await status(bot, "readyz") == 200
            assert len(await bot.cases()) == 1
