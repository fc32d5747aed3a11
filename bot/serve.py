"""`triage serve`: the web server, and the Playground beside it if asked for."""

from __future__ import annotations

from contextlib import ExitStack

import structlog
import typer
from aiohttp import web

from bot.alone import only_one
from bot.app import build_app, make_parts, refuse_strangers
from bot.logs import set_up_logs
from bot.playground import open_playground
from bot.settings import Settings

DRAIN_SECONDS = 20  # less than the 30 s that a container is given to stop

log = structlog.get_logger()


def run(settings: Settings, *, playground: bool) -> None:
    """Serve until a signal comes; turns under way are finished first."""
    refuse_strangers(settings)
    set_up_logs(settings.log_level)
    with ExitStack() as stack:
        if settings.database.startswith("sqlite"):
            stack.enter_context(only_one(settings.var))
        app = build_app(make_parts(settings))
        endpoint = f"http://{settings.host}:{settings.port}/api/messages"
        if playground:
            stack.enter_context(open_playground(endpoint))
        typer.echo(f"Triage listens on {endpoint} (stop with Ctrl+C)")
        web.run_app(
            app, host=settings.host, port=settings.port, print=None, access_log=None, shutdown_timeout=DRAIN_SECONDS
        )
