"""The pages that are looked at: the overview, what was taken for what, the messages behind a figure, drift."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from markupsafe import Markup

from bot.pages.house import house_of
from bot.pages.show import show
from bot.report import plots

FILTERS = ("language", "proposed", "category", "outcome", "decision")
SHADES = 5
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
        drawn = {
            "calibration": Markup(plots.reliability(curves.calibration)),  # noqa: S704 - our own SVG, its words escaped there
            "coverage": Markup(plots.coverage({"": curves.coverage}, CURVE_FLOOR)),  # noqa: S704
        }
    return show(request, "understanding.html", matrix=matrix, curves=curves, shade=shade, **drawn)


async def messages(request: web.Request) -> web.Response:
    """The messages behind a figure."""
    wanted = {name: request.query[name][:64] for name in FILTERS if request.query.get(name)}
    return show(request, "messages.html", wanted=wanted, found=await house_of(request).figures.messages(wanted))


async def drift(request: web.Request) -> web.Response:
    """Whether what comes in has changed: a piece of a page, and a page of its own without script."""
    part = "HX-Request" in request.headers
    return show(request, "drift_part.html" if part else "drift.html", found=await house_of(request).figures.drift())


def shade(count: int, row: tuple[int, ...]) -> int:
    """How dark a cell is: 0 for none, then by its share of the row."""
    return 0 if not count else 1 + min(SHADES - 1, int(SHADES * (count / sum(row)) ** 0.5))
