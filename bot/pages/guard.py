"""What every request to the pages goes through: headers that keep strangers' code out, a session, a token with every form."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from bot.figures import Unavailable
from bot.pages.house import OPERATOR, house_of
from bot.pages.session import COOKIE, SESSION_SECONDS, Operator
from bot.pages.show import show

OPEN = ("/operator/sign-in", "/operator/enter", "/operator/signed-in", "/operator/static/")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; connect-src 'self'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put our headers upon every answer, refusals too."""
    try:
        answer = await handler(request)
    except web.HTTPException as refusal:
        for name, value in HEADERS.items():
            refusal.headers.setdefault(name, value)
        raise
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


@web.middleware
async def failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What goes wrong is told in words, on a page."""
    try:
        return await handler(request)
    except Unavailable as away:
        log.warning("pages_unavailable", reason=str(away))
        return show(request, "told.html", title="page-away-title", words="page-away", status=503)
    except web.HTTPNotFound:
        return show(request, "told.html", title="page-missing-title", words="page-missing", status=404)
    except web.HTTPException:
        raise
    except Exception:  # the one last resort: whoever asked is told, and whoever runs the bot finds it in the log
        log.exception("page_failed", path=request.path)
        return show(request, "told.html", title="page-failed-title", words="page-failed", status=500)


@web.middleware
async def signed_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Nobody sees a page without a session; who has none signs in first."""
    operator = operator_of(request)
    if operator is not None:
        request[OPERATOR] = operator
    elif not request.path.startswith(OPEN):
        if request.headers.get("HX-Request"):
            return web.Response(status=401, headers={"HX-Redirect": "/operator/sign-in"})
        raise web.HTTPSeeOther("/operator/sign-in")
    return await handler(request)


@web.middleware
async def forms(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A form that changes something has to bring the session's token: another site's form cannot."""
    if request.method not in ("GET", "HEAD"):
        given = request.headers.get("X-CSRF") or str((await request.post()).get("csrf", ""))
        operator = request.get(OPERATOR)
        if operator is None or not hmac.compare_digest(given.encode(), operator.csrf.encode()):
            return show(request, "told.html", title="page-refused-title", words="page-refused", status=403)
    return await handler(request)


def operator_of(request: web.Request) -> Operator | None:
    """Who is signed in, by the cookie."""
    house = house_of(request)
    sealed = request.cookies.get(COOKIE, "")
    found = house.seal.open("session", sealed, SESSION_SECONDS, house.clock().timestamp()) if sealed else None
    return Operator(**found) if found else None
