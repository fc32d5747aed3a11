"""The ways in and out: Entra ID, a one-time link on the machine itself, signing out, the choice of a language."""

from __future__ import annotations

import ipaddress
import secrets

import structlog
from aiohttp import web

from bot.pages.entra import CannotSignIn
from bot.pages.house import house_of
from bot.pages.session import COOKIE, FLOW_COOKIE, FLOW_SECONDS, LINK_SECONDS, SESSION_SECONDS
from bot.pages.show import LANGUAGE_COOKIE, show
from dialogs.words import LANGUAGES

HOME = "/operator"
YEAR = 365 * 24 * 3600

log = structlog.get_logger()


def routes() -> list[web.RouteDef]:
    """Their addresses, below /operator."""
    return [
        web.get("/sign-in", sign_in),
        web.get("/sign-in/microsoft", to_microsoft),
        web.get("/signed-in", from_microsoft),
        web.get("/enter", enter),
        web.post("/sign-out", sign_out),
        web.get("/language/{language}", speak),
    ]


async def sign_in(request: web.Request) -> web.Response:
    """The page with the ways in."""
    house = house_of(request)
    return show(request, "sign_in.html", microsoft=house.entra is not None, local=house.local)


async def to_microsoft(request: web.Request) -> web.Response:
    """Send the browser to Entra ID; what has to be there when it returns goes along in a sealed cookie."""
    house = house_of(request)
    if house.entra is None:
        raise web.HTTPNotFound
    try:
        flow = await house.entra.begin(f"{_outside(request)}/operator/signed-in")
    except CannotSignIn as failed:
        return _refuse(request, "sign-in-away", 503, str(failed))
    answer = web.HTTPSeeOther(flow["auth_uri"])
    sealed = house.seal.close("flow", flow, house.clock().timestamp())
    _keep(request, answer, FLOW_COOKIE, sealed, FLOW_SECONDS)
    raise answer


async def from_microsoft(request: web.Request) -> web.Response:
    """The browser is back."""
    house = house_of(request)
    now = house.clock().timestamp()
    flow = house.seal.open("flow", request.cookies.get(FLOW_COOKIE, ""), FLOW_SECONDS, now)
    if house.entra is None or flow is None:
        return _refuse(request, "sign-in-late", 400, "no flow")
    try:
        person = await house.entra.finish(flow, request.query, now)
    except CannotSignIn as failed:
        return _refuse(request, "sign-in-failed", 400, str(failed))
    if person is None:
        return _refuse(request, "sign-in-stranger", 403, "no operator")
    return _welcome(request, *person)


async def enter(request: web.Request) -> web.Response:
    """A one-time link was opened."""
    house = house_of(request)
    now = house.clock()
    link = house.seal.open("link", request.query.get("key", ""), LINK_SECONDS, now.timestamp())
    if not (house.local and _is_here(request.remote)) or link is None or not await house.use_link(link["id"], now):
        return _refuse(request, "sign-in-link-used", 403, "link")
    return _welcome(request, "local", "")


async def sign_out(_request: web.Request) -> web.Response:
    """Forget who it was."""
    answer = web.HTTPSeeOther("/operator/sign-in")
    answer.del_cookie(COOKIE, path=HOME)
    raise answer


async def speak(request: web.Request) -> web.Response:
    """Choose a language, and go back to where one was."""
    language = request.match_info["language"]
    if language not in LANGUAGES:
        raise web.HTTPNotFound
    back = request.query.get("to", HOME)
    answer = web.HTTPSeeOther(back if back.startswith(f"{HOME}/") else HOME)
    _keep(request, answer, LANGUAGE_COOKIE, language, YEAR)
    raise answer


def _welcome(request: web.Request, id_: str, name: str) -> web.Response:
    house = house_of(request)
    session = {"id": id_, "name": name, "csrf": secrets.token_urlsafe(24)}
    answer = web.HTTPSeeOther(HOME)
    _keep(request, answer, COOKIE, house.seal.close("session", session, house.clock().timestamp()), SESSION_SECONDS)
    answer.del_cookie(FLOW_COOKIE, path=HOME)
    log.info("operator_signed_in", operator=id_)
    raise answer


def _refuse(request: web.Request, words: str, status: int, reason: str) -> web.Response:
    log.warning("operator_refused", reason=reason)
    return show(request, "told.html", title="sign-in-refused-title", words=words, status=status)


def _keep(request: web.Request, answer: web.Response, name: str, value: str, seconds: int) -> None:
    secure = _outside(request).startswith("https://")
    answer.set_cookie(name, value, max_age=seconds, path=HOME, httponly=True, samesite="Lax", secure=secure)


def _outside(request: web.Request) -> str:
    """How the browser reached us; behind a proxy that is set, never guessed from headers."""
    return house_of(request).url.rstrip("/") or f"{request.scheme}://{request.host}"


def _is_here(remote: str | None) -> bool:
    try:
        return ipaddress.ip_address(remote or "").is_loopback
    except ValueError:
        return False
