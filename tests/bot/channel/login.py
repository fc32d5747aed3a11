"""Microsoft's login service, as MSAL's HTTP client sees it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit


class Response:
    """What MSAL reads of a response."""

    def __init__(self, body: dict[str, Any], status: int = 200) -> None:
        self.status_code = status
        self.text = json.dumps(body)
        self.headers: dict[str, str] = {}

    def raise_for_status(self) -> None:
        assert self.status_code < 400


class FakeLogin:
    """Hands out `token 1`, `token 2` …; `gets` and `posts` are what was asked; with `error`, nobody gets in."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.gets: list[dict[str, Any]] = []
        self.error = ""
        self.handed_out = 0

    def get(self, url: str, params: dict[str, Any] | None = None, **_: Any) -> Response:
        self.gets.append({"url": url, **(params or {})})
        if (params or {}).get("resource"):  # the identity endpoint of a machine
            return Response({**self._token(), "expires_on": "4102444800", "resource": params["resource"]})
        return Response(metadata(url))

    def post(self, url: str, data: Any = None, **_: Any) -> Response:
        self.posts.append({"url": url, **(data or {})})
        failure = {"error": self.error, "error_description": "a test", "correlation_id": "1"}
        return Response(failure, 401) if self.error else Response(self._token())

    def close(self) -> None:
        pass

    def _token(self) -> dict[str, Any]:
        self.handed_out += 1
        return {"access_token": f"token {self.handed_out}", "expires_in": 3600, "token_type": "Bearer"}


def metadata(url: str) -> dict[str, str]:
    """Return the OpenID configuration of the tenant whose URL this is."""
    tenant = urlsplit(url).path.split("/")[1]
    base = f"https://login.microsoftonline.com/{tenant}"
    return {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
    }
