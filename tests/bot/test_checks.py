"""What `triage doctor` says of Teams: what is right, what is wrong and how to mend it, and that a machine is offline."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot import checks
from bot.errors import CannotStart
from bot.settings import Settings, read_settings
from tests.bot.channel.login import FakeLogin
from tests.fakes.graph import FakeGraph
from tests.fakes.server import serving
from tests.fakes.tls import certificate

GUID = "11111111-2222-4333-8444-555555555555"


def settings(**given: Any) -> Settings:
    return read_settings(**{"app_id": GUID, "app_password": "secret", "app_tenant": "contoso.example", **given})


def refusal(check: Callable[[], str]) -> str:
    with pytest.raises(CannotStart) as refused:
        check()
    return str(refused.value)


# the registration


def test_a_bot_that_can_sign_in_is_registered() -> None:
    assert "signed in" in checks.registration(settings(), FakeLogin())


@pytest.mark.parametrize("check", [checks.registration, checks.endpoint, checks.posting])
def test_without_a_registration_there_is_nothing_to_check(check: Callable[[Settings], str]) -> None:
    assert check(read_settings()).startswith("none")


@pytest.mark.parametrize(
    ("error", "mending"),
    [
        ("invalid_client", "make a new one"),
        ("unauthorized_client", "TRIAGE_APP_ID and TRIAGE_APP_TENANT"),
        ("odd", "check"),
    ],
)
def test_a_refused_sign_in_says_what_to_mend(error: str, mending: str) -> None:
    login = FakeLogin()
    login.error = error
    said = refusal(lambda: checks.registration(settings(), login))
    assert error in said
    assert mending in said


def test_a_single_tenant_bot_without_its_tenant_is_told() -> None:
    assert "TRIAGE_APP_TENANT" in refusal(lambda: checks.registration(settings(app_tenant="")))


class Silent(FakeLogin):
    def get(self, url: str, params: dict[str, Any] | None = None, **_: Any) -> Any:
        time.sleep(3)
        raise AssertionError("nobody waits for this")


def test_an_offline_machine_is_told_so_and_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PATIENCE", 0.2)
    begun = time.monotonic()
    assert "offline" in refusal(lambda: checks.registration(settings(), Silent()))
    assert time.monotonic() - begun < 2


# the endpoint


@dataclass
class Proxy:
    """A reverse proxy with a certificate of its own, in front of something that answers `status`."""

    url: str
    context: ssl.SSLContext

    async def check(self, context: ssl.SSLContext | None = None) -> str:
        return await asyncio.to_thread(checks.endpoint, settings(public_url=self.url), context or self.context)

    async def refusal(self, context: ssl.SSLContext | None = None) -> str:
        with pytest.raises(CannotStart) as refused:
            await self.check(context)
        return str(refused.value)


@asynccontextmanager
async def proxied(folder: Path, days: int = 90, status: int = 401) -> AsyncIterator[Proxy]:
    cert, key = certificate(folder, days)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    application = web.Application()
    application.add_routes([web.post("/api/messages", answer)])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server).start()
    yield Proxy(f"https://127.0.0.1:{runner.addresses[0][1]}", ssl.create_default_context(cafile=str(cert)))
    await runner.cleanup()


async def test_an_endpoint_that_refuses_strangers_is_right_and_its_certificate_is_counted(tmp_path: Path) -> None:
    async with proxied(tmp_path) as proxy:
        assert "good for 90 days" in await proxy.check()


async def test_a_certificate_that_ends_soon_is_named(tmp_path: Path) -> None:
    async with proxied(tmp_path, days=3) as proxy:
        assert "good for 3 more days; renew it" in await proxy.refusal()


async def test_a_certificate_that_nobody_trusts_is_named(tmp_path: Path) -> None:
    async with proxied(tmp_path) as proxy:
        assert "not trusted" in await proxy.refusal(ssl.create_default_context())


@pytest.mark.parametrize("status", [200, 404, 502])
async def test_a_path_that_does_not_lead_to_the_bot_is_named(tmp_path: Path, status: int) -> None:
    async with proxied(tmp_path, status=status) as proxy:
        assert f"answers {status} to a stranger" in await proxy.refusal()


async def test_an_endpoint_where_nobody_listens_is_named(tmp_path: Path) -> None:
    async with proxied(tmp_path) as proxy:
        pass
    assert "does not answer" in await proxy.refusal()


def test_a_registered_bot_without_a_public_url_is_told() -> None:
    assert "TRIAGE_PUBLIC_URL is not set" in refusal(lambda: checks.endpoint(settings()))


def test_a_public_url_that_is_none_is_refused_by_name() -> None:
    for url in ("http://a.example", "https://a.example/api/messages", "a.example"):
        with pytest.raises(Exception, match="TRIAGE_PUBLIC_URL"):
            settings(public_url=url)


# Graph


def test_graph_that_is_off_is_said() -> None:
    assert checks.graph(settings()).startswith("off")


@pytest.mark.parametrize(("status", "said"), [(200, ""), (403, "admin consent"), (500, "the registration above")])
async def test_graph_says_whether_roles_may_be_read(status: int, said: str) -> None:
    fake = FakeGraph()
    fake.status = status
    async with serving(fake.application) as url:
        asked = settings(graph=True, graph_url=url)
        if not said:
            assert "roles can be read" in await asyncio.to_thread(checks.graph, asked, FakeLogin())
            return
        with pytest.raises(CannotStart, match=said):
            await asyncio.to_thread(checks.graph, asked, FakeLogin())
