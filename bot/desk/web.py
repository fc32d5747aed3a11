"""Calls to desks over HTTP: only to hosts that may be called, within bounds, and never after a redirect."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import math
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.desk.contract import TryLater, Undeliverable

CALL_SECONDS = 15.0
LONGEST_ANSWER = 4 * 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """What was answered. `after` is for how many seconds the other side wants to be left alone, or None."""

    status: int
    body: bytes
    after: float | None = None

    @property
    def well(self) -> bool:
        """Whether the call succeeded."""
        return 200 <= self.status < 300

    @property
    def passing(self) -> bool:
        """Whether the same call may succeed later."""
        return self.status in {401, 408, 409, 412, 423, 425, 429} or self.status >= 500

    def json(self) -> Any:
        """The answer's content, or None where it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Web:
    """A session for all desks. `hosts` may be called over plain HTTP and at addresses that are not public; all others may not."""

    def __init__(self, hosts: Collection[str] = ()) -> None:
        self._hosts = frozenset(hosts)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session:
            await self._session.close()

    async def call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        seconds: float = CALL_SECONDS,
    ) -> Reply:
        """Make one call. Raises `Undeliverable` for a host that may not be called, and `TryLater` where nobody answers."""
        target = self._allowed(url)
        try:
            async with asyncio.timeout(seconds):
                request = self._open().request(method, target, data=body, headers=headers, allow_redirects=False)
                async with request as response:
                    content = await response.content.read(LONGEST_ANSWER)
                    while chunk := await response.content.read(LONGEST_ANSWER - len(content)):
                        content += chunk
                    return Reply(response.status, content, _seconds(response.headers.get("Retry-After", "")))
        except TimeoutError:
            raise TryLater(f"no answer within {seconds:g} seconds") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error.__cause__, NotPublic):
                raise Undeliverable(str(error.__cause__)) from error
            raise TryLater(_reason(error, target)) from error

    def _allowed(self, url: str) -> URL:
        try:
            target = URL(url)
        except ValueError as broken:
            raise Undeliverable("the URL cannot be read") from broken
        host = target.host or ""
        if target.user or target.password or not host:
            raise Undeliverable("the URL has to name a host, and no user")
        if host in self._hosts and target.scheme in {"http", "https"}:
            return target
        if target.scheme != "https":
            raise Undeliverable("only https is called")
        if _is_address(host) and not ipaddress.ip_address(host).is_global:
            raise Undeliverable("the address is not public")
        return target

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(resolver=PublicOnly(self._hosts), limit=64)
            timeout = aiohttp.ClientTimeout(total=None)
            self._session = aiohttp.ClientSession(
                connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


class NotPublic(OSError):
    """A name that leads into a network of our own."""


class PublicOnly(AbstractResolver):
    """Looks names up, and refuses those whose addresses are not public; asked for each connection, so that no answer can change."""

    def __init__(self, hosts: Collection[str]) -> None:
        self._hosts = hosts
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises `NotPublic`."""
        found = await self._resolver.resolve(host, port, family)
        if host not in self._hosts and not all(ipaddress.ip_address(one["host"]).is_global for one in found):
            raise NotPublic(f"{host} is at an address that is not public")
        return found

    async def close(self) -> None:
        """Nothing is kept open."""
        await self._resolver.close()


def _reason(error: Exception, target: URL) -> str:
    """What went wrong, for an operator; never what was sent."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the name {target.host} is not found"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"no trusted TLS with {target.host}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"nobody answers at {target.host}:{target.port}"
    return type(error).__name__


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _seconds(retry_after: str) -> float | None:
    """A Retry-After header: a number of seconds, or a date."""
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            at = parsedate_to_datetime(retry_after)
            seconds = (at - at.now(at.tzinfo)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
