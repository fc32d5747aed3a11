"""The defects of botbuilder 4.17.1 that concern an adapter: none is in ours.

Each check is a few lines against a running bot, and is run twice: over our adapter, where it must hold, and over the
stock `CloudAdapter`, where it must fail, and with the symptom named. So a check that cannot fail is noticed.

Number 7 (state without e-tags, objects shared between turns) is the store's: we use none of the SDK's state.
"""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from tests.bot.channel import bots
from tests.bot.channel.bots import RunningBot
from tests.bot.channel.spies import count_clients, stand_in_for_login
from tests.fakes.connector import FakeTeams, Fault, Sent
from tests.fakes.server import serving

APP_ID = "11111111-2222-3333-4444-555555555555"


@dataclass
class Scene:
    """A bot, the Teams it lives in, and what it did behind the scenes."""

    bot: RunningBot
    teams: FakeTeams
    clients: list[str]  # one entry for each connector client that was built
    logins: list[tuple[str, str]]  # method and thread of each call to the login service

    async def chat(self) -> Any:
        return await self.teams.personal(self.teams.person("Alice"))


Check = Callable[[Scene], Coroutine[Any, Any, None]]
CHECKS: list[Any] = []


def check(symptom: str, *, signed: bool = False, **stock_options: Any) -> Callable[[Check], Check]:
    """Register a check, and the symptom (a regex) by which the stock adapter fails it. `signed`: with an app id."""

    def register(function: Check) -> Check:
        CHECKS.append(pytest.param(function, symptom, signed, stock_options, id=function.__name__))
        return function

    return register


@check("500 != 200")
async def defect_1_the_answer_to_an_invoke_arrives(scene: Scene) -> None:
    chat = await scene.chat()
    turn = await chat.invoke(Sent("1", {}), "open", {"token": "t"})
    assert (turn.status, turn.card) == (200, bots.CARD)


@check("assert 6 <= 1")
async def defect_2_no_client_is_built_for_each_turn(scene: Scene) -> None:
    chat = await scene.chat()
    for number in range(3):
        await chat.say(f"hello {number}")
    assert len(scene.clients) <= 1


@check("assert 3 == 1", signed=True)
async def defect_3_one_token_serves_all_turns_and_is_fetched_off_the_loop(scene: Scene) -> None:
    chat = await scene.chat()
    for number in range(3):
        await chat.say(f"hello {number}")
    assert [method for method, _ in scene.logins].count("POST") == 1
    assert scene.bot.thread not in {thread for _, thread in scene.logins}


@check("refused after the rotation", signed=True)
async def defect_4_a_rotated_key_is_taken_up(scene: Scene) -> None:
    chat = await scene.chat()
    assert (await chat.say("hello", expect=0)).accepted
    assert scene.teams.signer
    scene.teams.signer.rotate()
    scene.bot.seconds_passed += 61
    assert (await chat.say("hello", expect=0)).accepted, "refused after the rotation"


@check(r"assert 0\.[5-9]\d* < 0\.3", signed=True)
async def defect_4_a_key_endpoint_that_hangs_does_not_stop_the_loop(scene: Scene) -> None:
    scene.teams.faults.append(Fault("GET /v1", 503, delay=0.6))
    await (await scene.chat()).say("hello", expect=0)
    await asyncio.sleep(5 * bots.BEAT_SECONDS)
    assert scene.bot.longest_stop < 0.3


@check("500", signed=True)
async def defect_5_a_bad_token_is_refused_and_is_no_accident(scene: Scene) -> None:
    chat = await scene.chat()
    assert scene.teams.signer
    forgeries = scene.teams.signer.forgeries(scene.teams.service_url)
    statuses = {
        name: (await chat.post(chat.activity("message", text=name), headers={"Authorization": header})).status
        for name, header in forgeries.items()
    }
    assert {name: status for name, status in statuses.items() if status not in {401, 403}} == {}
    assert chat.heard == []


@check("500")
async def defect_6_a_bad_body_is_the_senders_fault(scene: Scene) -> None:
    activity = (await scene.chat()).activity("message", text="hello")
    bodies = {
        "half an object": b"{",
        "list": b"[]",
        "null": b"null",
        "text": b'"x"',
        "nothing": b"",
        "not UTF-8": b'{"type": "message", "text": "\xff"}',
        "very deep": b'{"type": "message", "value": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        "not a number": json.dumps(activity | {"value": float("nan")}).encode(),
        **{
            f"{key} {value!r}": json.dumps(activity | {key: value}).encode()
            for key, value in [("from", None), ("conversation", "x"), ("text", 5), ("timestamp", "yesterday")]
        },
    }
    statuses = {name: (await _post(scene, body))[0] for name, body in bodies.items()}
    assert {name: status for name, status in statuses.items() if not 400 <= status < 500} == {}
    assert (await scene.teams.post(json.dumps(activity).encode(), {}))[0] == 415


@check("tenant None")
async def defect_8_the_tenant_is_known(scene: Scene) -> None:
    assert (await (await scene.chat()).say("tenant")).text == f"tenant {scene.teams.tenant}"


@check("additionalType")
async def defect_9_nothing_the_sdk_does_not_know_is_dropped(scene: Scene) -> None:
    scene.teams.bot_url = scene.bot.sdk_url
    turn = await (await scene.chat()).say("label")
    [entity] = turn.replies[0].activity["entities"]
    assert entity == {"type": "https://schema.org/Message", "additionalType": ["AIGeneratedContent"]}


@check("no 1 replies")
async def defect_10_being_throttled_is_not_the_end(scene: Scene) -> None:
    scene.teams.faults.append(Fault("POST", 429, headers={"Retry-After": "0.1"}))
    assert (await (await scene.chat()).say("hello")).text == "you said hello"


@check("assert 201 >= 500")
async def defect_11_a_turn_that_failed_is_not_reported_as_done(scene: Scene) -> None:
    assert (await (await scene.chat()).say("boom", expect=0)).status >= 500


@check("500 == 200")
async def defect_12_an_odd_invoke_is_no_accident(scene: Scene) -> None:
    chat = await scene.chat()
    invokes = {
        "signin/tokenExchange": {"id": "1", "connectionName": "x", "token": "t"},
        "signin/verifyState": {"state": "1"},
        "composeExtension/queryLink": None,
        "unknown/thing": {},
    }
    for name, value in invokes.items():
        assert (await chat.post(chat.activity("invoke", name=name, value=value))).status == 501, name
    for value in (None, "text", {}, {"action": {"type": "Action.Submit"}}):
        turn = await chat.post(chat.activity("invoke", name="adaptiveCard/action", value=value))
        assert turn.status == 200, value
        assert turn.body["statusCode"] == 400, value


@check("'welcome', 'welcome'")
async def defect_13_a_newcomer_is_greeted_once(scene: Scene) -> None:
    chat = await scene.chat()
    await chat.install()
    assert [sent.text for sent in chat.heard] == ["welcome"]
    assert [call.method for call in scene.teams.calls] == ["POST"], "the roster was asked for nothing"


@check(r"201, \['/v3/")
async def defect_14_an_anonymous_bot_calls_nobody_it_is_told_to(scene: Scene) -> None:
    visits: list[str] = []

    async def stranger(request: web.Request) -> web.Response:
        visits.append(request.path)
        return web.json_response({"id": "1"})

    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", stranger)
    chat = await scene.chat()
    async with serving(application, "127.0.0.2") as url:
        turn = await chat.post(chat.activity("message", text="hello", serviceUrl=url))
    assert (turn.status, visits) == (403, [])


@check("no 1 replies", client_configuration=True)
async def defect_15_each_conversation_is_answered_where_it_came_from(scene: Scene) -> None:
    assert (await (await scene.chat()).say("hello")).text == "you said hello"
    async with FakeTeams(scene.bot.url, patience=1) as elsewhere:
        chat = await elsewhere.personal(elsewhere.person("Bob"))
        assert (await chat.say("hello")).text == "you said hello"


@pytest.mark.parametrize(("function", "_symptom", "signed", "_options"), CHECKS)
async def test_our_adapter_is_without(function, _symptom, signed, _options, monkeypatch):
    await play(function, signed, bots.ours, monkeypatch)


@pytest.mark.parametrize(("function", "symptom", "signed", "options"), CHECKS)
async def test_the_stock_adapter_has(function, symptom, signed, options, monkeypatch):
    with pytest.raises(AssertionError, match=symptom):
        await play(function, signed, functools.partial(bots.stock, **options), monkeypatch)


async def play(function: Check, signed: bool, build: bots.Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the scene and run one check in it."""
    clients, logins = count_clients(monkeypatch), stand_in_for_login(monkeypatch)
    async with FakeTeams(app_id=APP_ID if signed else "", patience=1) as teams:
        bots.trust(teams, monkeypatch)
        with bots.running(build, teams) as bot:
            await function(Scene(bot, teams, clients, logins))


async def _post(scene: Scene, body: bytes) -> tuple[int, Any]:
    return await asyncio.wait_for(scene.teams.post(body, {"Content-Type": "application/json"}), 10)
