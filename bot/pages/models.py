"""The models: which serves, how it came to, and what one may do next. All of it is done by `bot.models`."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.models import Refused, Status, Version
from bot.models.card import pieces
from bot.models.sentences import sentence
from bot.pages.house import OPERATOR, house_of
from bot.pages.show import language_of, show
from bot.report.comparison import comparison_page
from dialogs.words import Say

DEEDS = ("promote", "roll_back", "shadow", "unshadow")
PLACE = "/operator/models"


def routes() -> list[web.RouteDef]:
    """Their addresses, below /operator."""
    return [
        web.get("/models", listing),
        web.post("/models/retrain", retrain),
        web.get("/models/runs/{run}", run),
        web.get("/models/{version}", one),
        web.get("/models/{version}/report", report),
        web.get("/models/{version}/{deed}", confirm),
        web.post("/models/{version}/{deed}", do),
    ]


async def listing(request: web.Request) -> web.Response:
    """All models, the trainings, and the way back."""
    models = house_of(request).models
    runs = await models.runs(5)
    return show(
        request,
        "models.html",
        versions=await models.versions(),
        runs=runs,
        running=next((one for one in runs if not one.over), None),
        events=await models.events(20),
        before=await _before(request),
        Status=Status,
    )


async def retrain(request: web.Request) -> web.Response:
    """Ask for a training."""
    asked = await house_of(request).models.retrain(request[OPERATOR].id)
    raise web.HTTPSeeOther(f"{PLACE}/runs/{asked.id}")


async def run(request: web.Request) -> web.Response:
    """How far a training is; asked again by the page itself until it is over."""
    found = await house_of(request).models.run(request.match_info["run"])
    if found is None:
        raise web.HTTPNotFound
    part = "HX-Request" in request.headers
    return show(request, "run_part.html" if part else "run.html", run=found, words=_findings(request, found.findings))


async def one(request: web.Request) -> web.Response:
    """One model: its card, how it compared, what was done to it."""
    models, version = house_of(request).models, await _version(request)
    facts = await models.card(version.version)
    return show(
        request,
        "model.html",
        model=version,
        card=list(pieces(facts, _say(request), language_of(request))) if facts else (),
        words=_findings(request, version.refusals),
        agreement=await models.agreement(version.version),
        events=await models.events(50, version.version),
        has_report=_can_be_told(await models.comparison(version.version)),
        Status=Status,
    )


async def report(request: web.Request) -> web.Response:
    """The comparison in the language of who reads it: a page of its own, allowed its own style and nothing else."""
    compared = await house_of(request).models.comparison(request.match_info["version"])
    if compared is None or not _can_be_told(compared):
        raise web.HTTPNotFound
    text = comparison_page(compared, _say(request), language_of(request))
    styles = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
        for style in re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    )
    policy = f"default-src 'none'; style-src {styles or repr('none')}; img-src data:; frame-ancestors 'none'; sandbox"
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})


async def confirm(request: web.Request) -> web.Response:
    """Ask before anything changes what people are answered with."""
    deed = _deed(request)
    models = house_of(request).models
    return show(
        request, "confirm.html", deed=deed, model=await _version(request), champion=await models.champion(), refused=""
    )


async def do(request: web.Request) -> web.Response:
    """Do it, or say why not."""
    deed, version, by = _deed(request), request.match_info["version"], request[OPERATOR].id
    models = house_of(request).models
    answer = await {
        "promote": lambda: models.promote(version, by),
        "roll_back": lambda: models.roll_back(by, version),
        "shadow": lambda: models.shadow(version, by),
        "unshadow": lambda: models.shadow(None, by),
    }[deed]()
    if isinstance(answer, Refused):
        words = _say(request)(f"models-refused-{answer.reason}", **answer.facts)
        facts = {"deed": deed, "model": await _version(request), "champion": await models.champion()}
        return show(request, "confirm.html", status=409, refused=words, **facts)
    raise web.HTTPSeeOther(PLACE)


def _deed(request: web.Request) -> str:
    deed = request.match_info["deed"]
    if deed not in DEEDS:
        raise web.HTTPNotFound
    return deed


async def _version(request: web.Request) -> Version:
    found = await house_of(request).models.version(request.match_info["version"])
    if found is None:
        raise web.HTTPNotFound
    return found


def _findings(request: web.Request, findings: Sequence[Mapping[str, Any]]) -> list[tuple[str, Any, int]]:
    """Why the gate refused, in words; for each the rows to look at, and how many more there are."""
    say, language = _say(request), language_of(request)
    return [
        (sentence(one, say, language), one["rows"], max(0, one.get("of_rows", 0) - len(one["rows"])))
        for one in findings
    ]


def _say(request: web.Request) -> Say:
    return house_of(request).knowledge.words.voice(language_of(request))


def _can_be_told(compared: Mapping[str, Any] | None) -> bool:
    """Whether a comparison has figures to show: the examples alone may have been refused."""
    return compared is not None and "classes" in compared


async def _before(request: web.Request) -> str | None:
    """The model that a roll-back would go back to: the one that the champion took the place of."""
    models = house_of(request).models
    champion = await models.champion()
    if champion is None:
        return None
    crowned = [one for one in await models.events(50, champion.version) if one.verb in ("promoted", "rolled_back")]
    predecessor = crowned[0].facts.get("predecessor") if crowned else None
    return str(predecessor) if predecessor else None
