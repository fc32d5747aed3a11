"""What `triage doctor` checks of Teams: the registration, the endpoint with its certificate, the way to Teams, Graph.

Nothing here waits longer than a few seconds, and a machine without a network is told that it is offline.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from http.client import HTTPException, HTTPSConnection
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from bot.access import mending
from bot.directory import Away, load_roles
from bot.errors import CannotStart
from bot.registration import signing_in
from bot.roles import graph_of
from bot.settings import Settings

T = TypeVar("T")

SECONDS = 5.0
PATIENCE = 15.0  # with the time that a name server may take, which no time-out of ours shortens
DAYS_LEFT = 14
CONNECTOR = "smba.trafficmanager.net"
NOBODY = "00000000-0000-0000-0000-000000000000"
CONSENT = "grant it to the app as an application permission, with admin consent"
NAMES = ("TRIAGE_APP_ID", "TRIAGE_APP_TENANT", "TRIAGE_APP_PASSWORD")
LOCAL = "none: local development on loopback"


def registration(settings: Settings, login_client: Any = None) -> str:
    """Whether the bot can sign in as itself. Raises `CannotStart` with what to mend."""
    if not settings.app_id:
        return LOCAL
    if settings.app_type == "SingleTenant" and not settings.app_tenant:
        raise CannotStart("TRIAGE_APP_TENANT is missing: a single-tenant bot signs in to its own tenant")
    acquire = signing_in(settings, login_client)
    answer = within(PATIENCE, acquire, f"{_login(settings)} does not answer; is this machine offline?")
    if "access_token" not in answer:
        raise CannotStart(_refused(answer))
    return f"app {settings.app_id}, {settings.app_type}: signed in"


def endpoint(settings: Settings, context: ssl.SSLContext | None = None) -> str:
    """Whether Teams would reach the bot at its public URL, and for how long its certificate is good. Raises `CannotStart`."""
    if not settings.public_url:
        if settings.app_id:
            raise CannotStart(
                "TRIAGE_PUBLIC_URL is not set: https://…, where your reverse proxy takes what Teams posts"
            )
        return LOCAL
    host = urlsplit(settings.public_url).netloc
    return within(PATIENCE, lambda: _reached(host, context), f"{host} does not answer; is this machine offline?")


def posting(settings: Settings) -> str:
    """Whether messages can leave for Teams. Raises `CannotStart`."""
    if not settings.app_id:
        return LOCAL
    silent = f"{CONNECTOR} cannot be reached; is this machine offline, or a firewall in the way of port 443?"
    within(PATIENCE, lambda: socket.create_connection((CONNECTOR, 443), SECONDS).close(), silent)
    return f"{CONNECTOR} can be reached"


def graph(settings: Settings, login_client: Any = None) -> str:
    """Whether Graph lets the bot read roles. Raises `CannotStart`."""
    roles = load_roles(settings.data / "rules" / "directory.toml")
    if not settings.graph:
        return "off: administrators are those on each tenant's own list"
    asked = graph_of(settings, login_client)

    async def ask() -> None:
        try:
            await asked.roles(NOBODY)  # nobody has this id: what counts is that the question is allowed
        finally:
            await asked.close()

    try:
        within(PATIENCE, lambda: asyncio.run(ask()), "Microsoft Graph does not answer; is this machine offline?")
    except Away as away:
        denied = str(away).startswith("403")
        raise CannotStart(f"{away}; {CONSENT if denied else 'look at the registration above'}") from away
    return f"roles can be read; {len(roles)} of them make an administrator"


def within(seconds: float, work: Callable[[], T], silent: str) -> T:
    """What the work returns. Raises what it raises; `CannotStart` with the words for silence if it takes longer, or meets no network.

    In a thread that nobody waits for: a name server that does not answer cannot be interrupted.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as failure:  # noqa: BLE001 - it is raised below, where somebody waits
            outcome.set_exception(failure)

    threading.Thread(target=run, daemon=True).start()
    try:
        return outcome.result(seconds)
    except (OSError, HTTPException, TimeoutError, requests.RequestException) as away:
        raise CannotStart(f"{silent} ({type(away).__name__})") from away


def _reached(host: str, context: ssl.SSLContext | None) -> str:
    connection = HTTPSConnection(host, timeout=SECONDS, context=context or ssl.create_default_context())
    try:
        connection.connect()
        days = _days_left(connection.sock.getpeercert() or {})
        status = _status(connection)
    except ssl.SSLCertVerificationError as untrusted:
        raise CannotStart(f"{host}: the certificate is not trusted: {untrusted.verify_message}") from untrusted
    finally:
        connection.close()
    if status != 401:
        raise CannotStart(
            f"https://{host}/api/messages answers {status} to a stranger, and should answer 401: "
            "lead this path through the reverse proxy to the bot"
        )
    if days < DAYS_LEFT:
        raise CannotStart(f"{host}: the certificate is good for {days} more days; renew it")
    return f"https://{host}/api/messages answers; its certificate is good for {days} days"


def _status(connection: HTTPSConnection) -> int:
    """What a post without a token is answered with: 401 if it is the bot that answers."""
    activity = b'{"type": "message"}'
    connection.request("POST", "/api/messages", activity, {"Content-Type": "application/json"})
    return connection.getresponse().status


def _days_left(certificate: Mapping[str, Any]) -> int:
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
    return (ends - datetime.now(UTC)).days


def _login(settings: Settings) -> str:
    managed = settings.app_type == "UserAssignedMSI"
    return "the machine's identity endpoint" if managed else "login.microsoftonline.com"


def _refused(answer: Mapping[str, Any]) -> str:
    error = str(answer.get("error", "no token"))
    return f"sign-in was refused ({error}): {mending(error, *NAMES)}"
