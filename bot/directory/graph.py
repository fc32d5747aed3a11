"""Microsoft Graph: the directory roles of one person, by one question that may have several pages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote

import aiohttp

from bot.waits import seconds

CALL_SECONDS = 8.0  # all pages together
PAGES = 20  # of a hundred roles each: more is no answer about a person
ROLES = "/v1.0/users/{person}/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,roleTemplateId&$count=true&$top=100"


class Away(Exception):
    """Graph gives no answer now. `after` is its own wish in seconds, or None."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Tokens(Protocol):
    """Where Graph's bearer token comes from."""

    async def token(self) -> str:
        """A token; raises whatever keeps it away."""
        ...

    def drop(self) -> None:
        """Forget it: Graph has refused it."""
        ...


class Graph:
    """Asks `url`, with application permissions."""

    def __init__(self, tokens: Tokens, url: str, seconds: float = CALL_SECONDS) -> None:
        self._tokens = tokens
        self._url = url.rstrip("/")
        self._seconds = seconds
        self._client: aiohttp.ClientSession | None = None

    async def roles(self, person: str) -> frozenset[str]:
        """The template ids of all roles that this person holds, through groups as well; none for who is unknown. Raises `Away`."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._all(self._url + ROLES.format(person=quote(person, safe="")))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Away(type(error).__name__) from error

    async def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.close()

    async def _all(self, url: str) -> frozenset[str]:
        held: set[str] = set()
        for _ in range(PAGES):
            page = await self._page(url)
            held |= {str(role.get("roleTemplateId", "")).lower() for role in _roles(page)}
            url = str(page.get("@odata.nextLink") or "")
            if not url:
                return frozenset(held - {""})
            if not url.startswith(f"{self._url}/"):
                raise Away("the next page is somewhere else")  # where our token does not go
        raise Away("too many pages")

    async def _page(self, url: str) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {await self._token()}", "ConsistencyLevel": "eventual"}
        async with self._session().get(url, headers=headers, allow_redirects=False) as response:
            if response.status == 404:
                return {}
            if response.status == 401:
                self._tokens.drop()
            if response.status != 200:
                raise Away(_reason(response.status), seconds(response.headers.get("Retry-After", "")))
            try:
                page = await response.json(content_type=None)
            except ValueError as broken:
                raise Away("not JSON") from broken
        if not isinstance(page, dict):
            raise Away("no page of roles")
        return page

    async def _token(self) -> str:
        try:
            return await self._tokens.token()
        except Exception as error:
            raise Away(f"no token: {error}") from error

    def _session(self) -> aiohttp.ClientSession:
        if self._client is None or self._client.closed:
            self._client = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._client


def _roles(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    value = page.get("value")
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _reason(status: int) -> str:
    refused = {
        401: "the token was refused",
        403: "the permission Directory.Read.All is missing",
        429: "too many questions",
    }
    return f"{status}, {refused.get(status, 'no answer')}"
