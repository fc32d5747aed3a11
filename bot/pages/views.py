"""The pages that are looked at: the overview, what was taken for what, the messages behind a figure, drift."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from bot.figures import FILTERS
from bot.pages.house import house_of
from bot.pages.show import language_of, percent, show
from bot.report import plots

SHADES = 5
DIGITS = 18  # of a number that a database still takes
CURVE_FLOOR = 0.5  # accuracy is drawn from here up


def routes() -> list[web.RouteDef]:
    """Their addresses, below /operator."""
    return [
        web.get("", overview),
        web.get("/understanding", understanding),
        web.get("/messages", messages),
        web.get("/drift", drift),
    ]


async def overview(request: web.Request) -> web.Response:
    """How it goes."""
    return show(request, "overview.html", seen=await house_of(request).figures.overview())


async def understanding(request: web.Request) -> web.Response:
    """How well messages are understood."""
    figures = house_of(request).figures
    matrix, curves = await figures.matrix(), await figures.curves()
    drawn: dict[str, Any] = {"calibration": None, "coverage": None}
    if curves.calibration and curves.coverage:
        believed, handled = labels(request, "calibration", "believed"), labels(request, "coverage", "handled")
        drawn = {
            "calibration": Markup(plots.reliability(curves.calibration, believed)),  # noqa: S704 - our own SVG, escaped there
            "coverage": Markup(plots.coverage({"": curves.coverage}, CURVE_FLOOR, handled)),  # noqa: S704
        }
    return show(request, "understanding.html", matrix=matrix, curves=curves, shade=shade, **drawn)


def labels(request: web.Request, plot: str, across: str) -> plots.Labels:
    """A plot's words in the language of who reads it."""
    language = language_of(request)
    say = house_of(request).knowledge.words.voice(language)
    share = partial(percent, language, whole=1)
    return plots.Labels(say(f"plot-{across}"), say("plot-right"), say(f"page-{plot}"), share)


async def messages(request: web.Request) -> web.Response:
    """The messages behind a figure."""
    wanted = {name: request.query[name][:64] for name in FILTERS if request.query.get(name)}
    before = request.query.get("before", "")
    found, more = await house_of(request).figures.messages(
        wanted, int(before) if before.isdecimal() and len(before) < DIGITS else None
    )
    older = urlencode({**wanted, "before": found[-1].id}) if more else ""
    return show(request, "messages.html", wanted=wanted, found=found, older=older)


async def drift(request: web.Request) -> web.Response:
    """Whether what comes in has changed: a piece of a page, and a page of its own without script."""
    part = "HX-Request" in request.headers
    return show(request, "drift_part.html" if part else "drift.html", found=await house_of(request).figures.drift())


def shade(count: int, row: tuple[int, ...]) -> int:
    """How dark a cell is: 0 for none, then by its share of the row."""
    return 0 if not count else 1 + min(SHADES - 1, int(SHADES * (count / sum(row)) ** 0.5))
