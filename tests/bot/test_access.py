"""An app's token: fetched off the loop, once for all, and never after somebody refused it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from bot.access import AccessTokens, NoAccess, _http_client, from_managed_identity, from_secret, mending
from bot.channel.botframework.credentials import Anonymous, acquiring
from tests.bot.channel.login import FakeLogin, Response


class Tokens:
    """Hands out `token 1`, `token 2` …, each good for an hour; counts."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.handed_out = 0
        self.error = ""
        self.access = AccessTokens(self.acquire, lambda: self.now)

    def acquire(self) -> Mapping[str, Any]:
        self.handed_out += 1
        if self.error:
            return {"error": self.error}
        return {"access_token": f"token {self.handed_out}", "expires_in": 3600}


async def test_a_token_is_kept_until_five_minutes_before_its_end():
    tokens = Tokens()
    assert await tokens.access.token() == "token 1"
    tokens.now += 3299
    assert await tokens.access.token() == "token 1"
    tokens.now += 1
    assert await tokens.access.token() == "token 2"


async def test_all_turns_that_need_a_token_at_once_share_one():
    tokens = Tokens()
    assert set(await asyncio.gather(*(tokens.access.token() for _ in range(50)))) == {"token 1"}
    assert tokens.handed_out == 1


async def test_a_refused_token_is_not_used_again():
    tokens = Tokens()
    await tokens.access.token()
    tokens.access.drop()
    assert await tokens.access.token() == "token 2"


async def test_no_token_is_said_with_its_reason_and_tried_again():
    tokens = Tokens()
    tokens.error = "invalid_client"
    with pytest.raises(NoAccess, match="invalid_client"):
        await tokens.access.token()
    tokens.error = ""
    assert await tokens.access.token() == "token 2"


async def test_signing_in_does_not_hold_up_the_loop():
    threads: list[threading.Thread] = []

    def acquire() -> Mapping[str, Any]:
        threads.append(threading.current_thread())
        return {"access_token": "t", "expires_in": 3600}

    await AccessTokens(acquire, lambda: 0.0).token()
    assert threads != [threading.main_thread()]


@pytest.mark.parametrize("error", [requests.ConnectionError("no route"), ValueError("bad authority")])
async def test_any_failure_to_sign_in_is_no_access(error):
    def acquire() -> Mapping[str, Any]:
        raise error

    with pytest.raises(NoAccess, match=type(error).__name__):
        await AccessTokens(acquire, lambda: 0.0).token()


async def test_a_secret_signs_in_to_its_own_tenant_for_the_connector():
    login = FakeLogin()
    access = AccessTokens(acquiring("SingleTenant", "app", "secret", "contoso", login), lambda: 0.0)
    assert await access.token() == "token 1"
    access.drop()
    assert await access.token() == "token 2", "MSAL gave the refused token again"
    [first, _] = login.posts
    assert first["url"] == "https://login.microsoftonline.com/contoso/oauth2/v2.0/token"
    assert first["scope"] == "https://api.botframework.com/.default"
    assert (first["client_id"], first["client_secret"]) == ("app", "secret")


async def test_a_bot_without_tenant_signs_in_where_multi_tenant_bots_do():
    login = FakeLogin()
    await AccessTokens(acquiring("SingleTenant", "app", "secret", "", login), lambda: 0.0).token()
    assert "/botframework.com/" in login.posts[0]["url"]


async def test_a_wrong_secret_is_no_access():
    login = FakeLogin()
    login.error = "invalid_client"
    with pytest.raises(NoAccess, match="invalid_client"):
        await AccessTokens(from_secret("app", "wrong", "contoso", "https://api.example", login), lambda: 0.0).token()


async def test_a_tenant_that_does_not_exist_is_named_as_what_is_wrong():
    class Nobody(FakeLogin):
        def get(self, url: str, params: dict[str, Any] | None = None, **_: Any) -> Response:
            return Response({"error": "invalid_tenant"}, 400)

    with pytest.raises(NoAccess, match="invalid_tenant"):
        await AccessTokens(from_secret("app", "s", "nobody", "https://api.example", Nobody()), lambda: 0.0).token()
    assert mending("invalid_tenant", "APP", "TENANT", "SECRET") == "the tenant does not exist; check TENANT"


async def test_a_managed_identity_needs_no_secret():
    login = FakeLogin()
    access = AccessTokens(from_managed_identity("identity", "https://api.botframework.com", login), lambda: 0.0)
    assert await access.token() == "token 1"
    [asked] = [query for query in login.gets if "resource" in json.dumps(query)]
    assert asked["client_id"] == "identity"
    assert asked["resource"] == "https://api.botframework.com"


def test_the_login_service_has_five_seconds(monkeypatch):
    timeouts = []
    monkeypatch.setattr(requests.Session, "request", lambda *_, **options: timeouts.append(options["timeout"]))
    _http_client().get("https://login.microsoftonline.com/")
    assert timeouts == [5.0]


async def test_an_anonymous_bot_has_no_token():
    anonymous = Anonymous()
    anonymous.drop()
    assert await anonymous.token() == ""
