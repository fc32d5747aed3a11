"""kill -9, for real: what was committed is not lost, and what was not is not half there."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.settings import read_settings
from bot.store import open_store
from tests.fakes.connector import FakeTeams, Fault


@asynccontextmanager
async def served(var: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`triage serve` in a process of its own, killed without warning at the end."""
    command = [sys.executable, "-m", "bot.cli", "serve", "--port", "0", "--var", str(var)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        yield process, line.split()[3]
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_reply_that_was_committed_before_a_kill_is_sent_by_the_next_start(
    tmp_path: Path, model_folder: Path
) -> None:
    shutil.copytree(model_folder, tmp_path / "model")
    async with FakeTeams(patience=30) as teams:
        chat = await teams.personal(teams.person("Alice"))
        teams.faults.append(Fault("POST .*/activities", 0, delay=30))
        async with served(tmp_path) as (_, url):
            teams.bot_url = url
            turn = await chat.post(chat.activity("message", text="hello"))
            assert turn.status == 200
        assert chat.heard == []

        async with served(tmp_path):
            [reply] = await chat.wait(1)

    assert "What is wrong?" in reply.says


async def test_a_case_acknowledged_before_a_kill_is_there_afterwards_and_is_not_opened_again(
    tmp_path: Path, model_folder: Path
) -> None:
    shutil.copytree(model_folder, tmp_path / "model")
    async with FakeTeams() as teams:
        chat = await teams.personal(teams.person("Alice"))
        async with served(tmp_path) as (_, url):
            teams.bot_url = url
            proposal = await chat.say("nobody can open the HR SharePoint site since this morning")
            opened = await chat.press(proposal, "Open the case")
        async with served(tmp_path) as (_, url):
            teams.bot_url = url
            [again] = await chat.deliver_again(opened, times=1)
            assert again.body == opened.body
            later = await chat.redeliver_with_new_id(opened)

    store = open_store(read_settings(var=tmp_path).database, "enterprise_e3")
    [case] = await store.newest_cases(10)
    await store.close()
    assert case.number in opened.says
    assert case.number in later.says


async def test_a_second_server_on_the_same_sqlite_folder_refuses_to_start(tmp_path: Path, model_folder: Path) -> None:
    shutil.copytree(model_folder, tmp_path / "model")
    async with served(tmp_path) as (_, url):
        command = [sys.executable, "-m", "bot.cli", "serve", "--port", "0", "--var", str(tmp_path)]
        second = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        _, complaint = await second.communicate()
        async with aiohttp.ClientSession() as session, session.get(url.replace("/api/messages", "/readyz")) as ready:
            assert ready.status == 200

    assert second.returncode == 1
    assert b"another `triage serve` uses" in complaint
    assert b"Traceback" not in complaint
