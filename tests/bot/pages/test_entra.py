"""Signing in through Entra ID, with an identity provider that answers from here: msal's own checks, and ours."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot import back_office
from bot.pages import Entra, vouching
from bot.pages.entra import CannotSignIn
from bot.pages.identity import NoIdentity
from bot.settings import read_settings
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.bot.channel.login import FakeLogin
from tests.bot.pages.visitor import Visitor
from tests.bots import Bot

TENANT, APP = "11111111-2222-3333-4444-555555555555", "99999999-8888-7777-6666-555555555555"
ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"


class Answer:
    def __init__(self, body: dict[str, Any]) -> None:
        self.status_code, self.text, self.headers = 200, json.dumps(body), {}

    def raise_for_status(self) -> None:
        """It went well."""


class Microsoft:
    """The identity provider; `claims` are those that it vouches for next."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []

    def get(self, url: str, **_: Any) -> Answer:
        known = {"issuer": ISSUER, "tenant_discovery_endpoint": f"{ISSUER}/.well-known/openid-configuration"}
        ends = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint")}
        return Answer({**known, **ends, "metadata": []})

    def post(self, url: str, data: dict[str, str] | None = None, **_: Any) -> Answer:
        self.asked.append(dict(data or {}))
        payload = base64.urlsafe_b64encode(json.dumps(self.claims).encode()).decode().rstrip("=")
        return Answer({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": f"e30.{payload}.x"})

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def microsoft(monkeypatch: pytest.MonkeyPatch) -> Microsoft:
    provider = Microsoft()
    entra = Entra(APP, "secret", TENANT, ("olga-1",), "Triage.Operator", provider)
    monkeypatch.setattr(back_office, "entra_of", lambda _settings: entra)
    return provider


@pytest.fixture
async def visitor(
    microsoft: Microsoft, tmp_path: Path, classifier: Predictor, knowledge: Knowledge
) -> AsyncIterator[Visitor]:
    database = f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}"
    async with Bot(database, tmp_path, classifier, knowledge) as bot, Visitor(bot.url) as visitor:
        yield visitor


async def begun(visitor: Visitor) -> dict[str, str]:
    """Go to Microsoft; what the browser is sent along with."""
    async with visitor._session.get(f"{visitor.url}/operator/sign-in/microsoft", allow_redirects=False) as answer:
        assert answer.status == 303
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def vouched(microsoft: Microsoft, sent: dict[str, str], **claims: Any) -> None:
    whole = {"iss": ISSUER, "aud": APP, "exp": time.time() + 60, "nonce": sent["nonce"], "tid": TENANT, "sub": "s"}
    microsoft.claims = {**whole, "oid": "olga-1", "name": "Olga", **claims}


async def back(visitor: Visitor, sent: dict[str, str], **query: str) -> None:
    query = {"code": "c", "state": sent["state"], **query}
    await visitor.go("/operator/signed-in?" + "&".join(f"{name}={value}" for name, value in query.items()))


async def test_an_operator_is_let_in_with_pkce_state_and_nonce(microsoft: Microsoft, visitor: Visitor) -> None:
    sent = await begun(visitor)
    assert sent["code_challenge_method"] == "S256"
    assert sent["redirect_uri"] == f"{visitor.url}/operator/signed-in"
    vouched(microsoft, sent)

    await back(visitor, sent)

    assert (visitor.status, visitor.where) == (200, "/operator")
    assert microsoft.asked[-1]["code_verifier"]


async def test_who_has_the_role_is_let_in_too(microsoft: Microsoft, visitor: Visitor) -> None:
    sent = await begun(visitor)
    vouched(microsoft, sent, oid="pia-1", roles=["Triage.Operator"])
    await back(visitor, sent)
    assert visitor.where == "/operator"


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"oid": "stranger"}, "not an operator"),
        ({"oid": "stranger", "roles": ["Other"]}, "not an operator"),
        ({"tid": "another-tenant"}, "did not vouch"),
        ({"nonce": "replayed"}, "did not vouch"),
        ({"aud": "another-app"}, "did not vouch"),
        ({"exp": 1}, "did not vouch"),
        ({"iss": "https://login.microsoftonline.com/another/v2.0"}, "did not vouch"),
    ],
)
async def test_nobody_else_is(microsoft: Microsoft, visitor: Visitor, claims: dict[str, Any], words: str) -> None:
    sent = await begun(visitor)
    vouched(microsoft, sent, **claims)
    await back(visitor, sent)
    assert words in visitor.text
    await visitor.go("/operator")
    assert visitor.where == "/operator/sign-in"


async def test_another_browsers_answer_is_no_answer(microsoft: Microsoft, visitor: Visitor) -> None:
    sent = await begun(visitor)
    vouched(microsoft, sent)
    await back(visitor, sent, state="guessed")
    assert "did not vouch" in visitor.text
    visitor._session.cookie_jar.clear()
    await back(visitor, sent)
    assert "took too long" in visitor.text


async def test_a_managed_identity_vouches_for_the_registration_and_there_is_no_secret(microsoft: Microsoft) -> None:
    login = FakeLogin()
    entra = Entra(APP, vouching("identity", login), TENANT, ("olga-1",), "Triage.Operator", microsoft)
    flow = await entra.begin("https://triage.contoso.com/operator/signed-in")
    vouched(microsoft, {name: values[0] for name, values in parse_qs(urlsplit(flow["auth_uri"]).query).items()})

    person = await entra.finish(flow, {"state": flow["state"], "code": "c"}, time.time())

    assert person == ("olga-1", "Olga")
    [redeemed] = microsoft.asked
    assert redeemed["client_assertion"] == "token 1"
    assert redeemed["client_assertion_type"].endswith("jwt-bearer")
    assert "client_secret" not in redeemed
    [asked] = [query for query in login.gets if "resource" in json.dumps(query)]
    assert (asked["client_id"], asked["resource"]) == ("identity", "api://AzureADTokenExchange")


async def test_a_machine_without_that_identity_lets_nobody_in(microsoft: Microsoft) -> None:
    def away() -> str:
        raise NoIdentity("invalid_request")

    entra = Entra(APP, away, TENANT, (), "Triage.Operator", microsoft)
    flow = await entra.begin("https://triage.contoso.com/operator/signed-in")
    with pytest.raises(CannotSignIn, match="NoIdentity"):
        await entra.finish(flow, {"state": flow["state"], "code": "c"}, time.time())


def test_a_managed_identity_needs_a_registration_to_sign_in_to() -> None:
    given = {"app_type": "UserAssignedMSI", "app_id": "identity", "app_tenant": TENANT}
    assert back_office.entra_of(read_settings(**given)) is None
    assert back_office.entra_of(read_settings(**{**given, "app_id": ""}, sign_in_app_id=APP)) is None
    entra = back_office.entra_of(read_settings(**given, sign_in_app_id=APP))
    assert entra is not None
    assert (entra.app_id, callable(entra.credential)) == (APP, True)
