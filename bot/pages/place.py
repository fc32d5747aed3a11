"""The pages put together: their addresses, their templates, and what every request goes through."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import Markup

from bot.pages import doors, guard, models, review, views
from bot.pages.house import HOUSE, House
from dialogs.words import LANGUAGES, Say, UnknownWords

HERE = Path(__file__).parent
OUTCOMES = (
    "opened", "corrected", "redirected", "redirected_wrongly", "wrong", "person", "self_help", "more", "several", "abandoned", "open",
)  # fmt: skip
DAY = 24 * 3600


def operator_pages(house: House) -> web.Application:
    """The application to be mounted at /operator."""
    app = web.Application(middlewares=[guard.headers, guard.failures, guard.signed_in, guard.forms])
    app[HOUSE] = house
    for part in (doors, views, review, models):
        app.add_routes(part.routes())
    app.router.add_get("/static/{file}", _static)
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        default_helpers=False,
    )
    environment.globals |= {
        "csrf": _csrf,
        "category_name": _category,
        "language_name": _language,
        "stage_name": _stage,
        "outcomes": OUTCOMES,
    }
    return app


async def _static(request: web.Request) -> web.StreamResponse:
    """One of our own files; nothing else has a name that is on the list."""
    files = {file.name: file for file in (HERE / "static").iterdir()}
    file = files.get(request.match_info["file"])
    if file is None:
        raise web.HTTPNotFound
    return web.FileResponse(file, headers={"Cache-Control": f"private, max-age={DAY}"})


@jinja2.pass_context
def _csrf(context: jinja2.runtime.Context) -> Markup:
    """The hidden field that every form brings back."""
    operator = context["operator"]
    return Markup('<input type="hidden" name="csrf" value="{}">').format(operator.csrf if operator else "")


@jinja2.pass_context
def _category(context: jinja2.runtime.Context, label: str | None) -> str:
    """A category by the name that people know it by; its id where an old model knew one that is gone."""
    say: Say = context["say"]
    known = context["house"].knowledge.rules.categories
    return say(f"category-{label}") if label in known else (label or say("category-none"))


@jinja2.pass_context
def _language(context: jinja2.runtime.Context, language: str) -> str:
    say: Say = context["say"]
    return say(f"page-language-{language}") if language in LANGUAGES else language


@jinja2.pass_context
def _stage(context: jinja2.runtime.Context, stage: str) -> str:
    """How far a training is, in words; as the trainer called it where it is of another version."""
    say: Say = context["say"]
    try:
        return say(f"stage-{re.sub('[^a-z]+', '-', stage).strip('-')}")
    except UnknownWords:
        return stage
