"""`triage serve`: the web server, and the Playground beside it if asked for."""

from __future__ import annotations

import asyncio
import signal
from contextlib import ExitStack

import typer
from aiohttp import web

from bot.alone import only_one
from bot.app import build_app, make_parts, refuse_strangers, utc_now
from bot.back_office import is_local, one_time_link
from bot.errors import CannotStart
from bot.logs import set_up_logs
from bot.models.keys import trust_of
from bot.models.served import bring
from bot.playground import open_playground
from bot.reader import WorkerReader
from bot.settings import Settings
from bot.store.engines import sqlite_file

DRAIN_SECONDS = 20  # less than the 30 s that a container is given to stop


def run(settings: Settings, *, playground: bool) -> None:
    """Serve until a signal comes; turns under way are finished first."""
    refuse_strangers(settings)
    set_up_logs(settings.log_level)
    with ExitStack() as stack:
        file = sqlite_file(settings.database)
        if file is not None:
            stack.enter_context(only_one(file))
        asyncio.run(bring(settings, utc_now()))
        app = build_app(make_parts(settings, WorkerReader(settings.model_folder.resolve(), trust_of(settings))))
        asyncio.run(_serve(app, settings, stack, playground=playground))


async def _serve(app: web.Application, settings: Settings, stack: ExitStack, *, playground: bool) -> None:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=DRAIN_SECONDS)
    await runner.setup()
    try:
        endpoint = await _listen(runner, settings)
        typer.echo(f"Triage listens on {endpoint} (stop with Ctrl+C)")
        if is_local(settings):
            link = one_time_link(settings, runner.addresses[0][1], utc_now())
            typer.echo(f"Operators' pages, once and within 15 minutes: {link} (another: triage operator)")
        if playground:
            stack.enter_context(open_playground(endpoint))
        await _signal()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> str:
    """Listen, and return the address to post activities to. Raises `CannotStart` when the port is taken."""
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as taken:
        raise CannotStart(f"cannot listen on {settings.host}:{settings.port}: {taken.strerror or taken}") from taken
    return f"http://{settings.host}:{runner.addresses[0][1]}/api/messages"


async def _signal() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
