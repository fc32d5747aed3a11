"""Graph is asked for all pages, waited for briefly, and whatever else it does is no answer."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.directory import Away, Graph
from bot.errors import CannotStart
from bot.roles import graph_of
from bot.settings import read_settings
from tests.bot.channel.login import FakeLogin
from tests.fakes.graph import FakeGraph
from tests.fakes.server import serving

ANN = "11111111-1111-4111-8111-111111111111"
ADMIN = "62e90394-69f5-4237-9190-012177145e10"


class Tokens:
    def __init__(self) -> None:
        self.dropped = 0
        self.error = ""

    async def token(self) -> str:
        if self.error:
            raise RuntimeError(self.error)
        return "secret"

    def drop(self) -> None:
        self.dropped += 1


class Stage:
    def __init__(self, fake: FakeGraph, url: str) -> None:
        self.fake = fake
        self.tokens = Tokens()
        self.graph = Graph(self.tokens, url, seconds=0.5)

    async def roles(self) -> frozenset[str]:
        return await self.graph.roles(ANN)

    async def refusal(self) -> Away:
        with pytest.raises(Away) as away:
            await self.roles()
        return away.value


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    fake = FakeGraph({ANN: ["a", "b", "c", "d", ADMIN.upper()]})
    async with serving(fake.application) as url:
        made = Stage(fake, url)
        yield made
        await made.graph.close()


async def test_the_roles_of_all_pages_are_read(stage: Stage) -> None:
    assert await stage.roles() == {"a", "b", "c", "d", ADMIN}
    assert len(stage.fake.asked) == 3
    assert set(stage.fake.authorizations) == {"Bearer secret"}


async def test_who_is_unknown_holds_no_role(stage: Stage) -> None:
    stage.fake.roles.clear()
    assert await stage.roles() == frozenset()


async def test_the_token_goes_to_no_other_place_than_graph(stage: Stage) -> None:
    stage.fake.elsewhere = "http://127.0.0.1:1"
    assert "somewhere else" in str(await stage.refusal())
    assert len(stage.fake.asked) == 1


@pytest.mark.parametrize(("status", "reason"), [(403, "Directory.Read.All"), (500, "500"), (503, "503"), (302, "302")])
async def test_a_refusal_is_no_answer(stage: Stage, status: int, reason: str) -> None:
    stage.fake.status = status
    assert reason in str(await stage.refusal())


async def test_a_token_that_was_refused_is_forgotten(stage: Stage) -> None:
    stage.fake.status = 401
    await stage.refusal()
    assert stage.tokens.dropped == 1


@pytest.mark.parametrize(("wish", "after"), [("7", 7.0), ("soon", None), ("-1", None), ("nan", None)])
async def test_a_throttled_question_knows_how_long_to_rest(stage: Stage, wish: str, after: float | None) -> None:
    stage.fake.status, stage.fake.headers = 429, {"Retry-After": wish}
    assert (await stage.refusal()).after == after


async def test_a_graph_that_hangs_is_given_up(stage: Stage) -> None:
    stage.fake.hangs = True
    begun = time.monotonic()
    await stage.refusal()
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("body", ["", "<html>", "[]", "5"])
async def test_what_is_no_page_is_no_answer(stage: Stage, body: str) -> None:
    stage.fake.body = body
    await stage.refusal()


@pytest.mark.parametrize("body", ["{}", '{"value": null}', '{"value": [5, {}, {"roleTemplateId": null}]}'])
async def test_a_page_without_roles_names_none_that_counts(stage: Stage, body: str) -> None:
    stage.fake.body = body
    assert ADMIN not in await stage.roles()


async def test_without_a_token_there_is_no_answer(stage: Stage) -> None:
    stage.tokens.error = "invalid_client"
    assert "invalid_client" in str(await stage.refusal())
    assert stage.fake.asked == []


async def test_the_registration_signs_in_to_graph_for_its_own_tenant() -> None:
    fake, login = FakeGraph({ANN: [ADMIN]}), FakeLogin()
    async with serving(fake.application) as url:
        given: dict[str, Any] = {"app_id": ANN, "app_password": "x", "app_tenant": "contoso", "graph_url": url}
        graph = graph_of(read_settings(**given), login)
        assert await graph.roles(ANN) == {ADMIN}
        await graph.close()
    assert fake.authorizations == ["Bearer token 1"]
    [post] = login.posts
    assert "/contoso/" in post["url"]
    assert post["scope"] == f"{url}/.default"


@pytest.mark.parametrize("given", [{}, {"app_id": ANN}, {"app_tenant": "contoso"}])
def test_graph_without_a_whole_registration_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(CannotStart, match="TRIAGE_APP_ID and TRIAGE_APP_TENANT"):
        graph_of(read_settings(**given))
