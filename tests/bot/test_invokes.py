"""Invokes that nobody meant: each is answered, none with a failure of ours, and the conversation goes on afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bots import Bot

ACTION = "adaptiveCard/action"
EXECUTE = "Action.Execute"
SIGN_IN = {"id": "1", "connectionName": "graph", "token": "x"}

MALFORMED: list[tuple[str, Any, int]] = [
    (ACTION, None, 200),
    (ACTION, "text", 200),
    (ACTION, [], 200),
    (ACTION, {}, 200),
    (ACTION, {"action": None}, 200),
    (ACTION, {"action": "open"}, 200),
    (ACTION, {"action": {"type": "Action.Submit", "verb": "open"}}, 200),
    (ACTION, {"action": {"type": EXECUTE}}, 200),
    (ACTION, {"action": {"type": EXECUTE, "verb": None, "data": None}}, 200),
    (ACTION, {"action": {"type": EXECUTE, "verb": ["open"], "data": "x"}}, 200),
    (ACTION, {"action": {"type": EXECUTE, "verb": "open", "data": {"token": {"a": 1}}}}, 200),
    (ACTION, {"action": {"type": EXECUTE, "verb": "case", "data": {"case": "T-\x00"}}}, 200),
    (ACTION, {"action": {"type": EXECUTE, "verb": "x" * 10_000, "data": {"token": "y" * 10_000}}}, 200),
    (ACTION, {"action": {"type": EXECUTE, "verb": "rate", "data": {"round": "-1", "rating": "99", "case": "?"}}}, 200),
    (
        ACTION,
        {"action": {"type": EXECUTE, "verb": "save_organisation", "data": {"days": "9,9", "opens": "25:99"}}},
        200,
    ),
    ("signin/tokenExchange", None, 400),
    ("signin/tokenExchange", {"id": 5, "connectionName": [], "token": {}}, 400),
    ("signin/tokenExchange", SIGN_IN, 412),
    ("signin/verifyState", None, 400),
    ("signin/verifyState", {"state": "123456"}, 200),
    ("signin/failure", {"code": "resourcematchfailed"}, 200),
    ("task/fetch", {"data": {}}, 200),
    ("fileUpload", {}, 400),
    ("", None, 400),
    ("composeExtension/nothing", "\ud800", 400),
    ("x" * 100_000, {"a": [[[[[]]]]]}, 400),
]


@pytest.mark.parametrize(("name", "value", "status"), MALFORMED, ids=[str(n) for n in range(len(MALFORMED))])
@pytest.mark.parametrize("where", ["personal", "group"])
async def test_a_malformed_invoke_is_answered_and_leaves_the_conversation_as_it_was(
    bot: Bot, where: str, name: str, value: Any, status: int
) -> None:
    ann = bot.teams.person("Ann")
    chat = await (bot.teams.personal(ann) if where == "personal" else bot.teams.group([ann]))
    turn = await chat.post(chat.activity("invoke", name=name, value=value))
    assert turn.status == status, turn.body
    assert isinstance(turn.body, dict)
    if name == ACTION:
        assert turn.body["statusCode"] in (200, 400)
        assert turn.body["value"]
    assert "Ann" in (await chat.say("hello")).says


@pytest.mark.parametrize("name", [5, {}, ["adaptiveCard/action"]])
async def test_an_invoke_whose_name_is_no_text_is_refused(bot: Bot, name: Any) -> None:
    chat = await bot.teams.personal(bot.teams.person("Ann"))
    assert (await chat.post(chat.activity("invoke", name=name, value={}))).status == 400


async def test_a_declined_token_names_the_request_that_it_was_sent_with(bot: Bot) -> None:
    chat = await bot.teams.personal(bot.teams.person("Ann"))
    turn = await chat.post(chat.activity("invoke", name="signin/tokenExchange", value=SIGN_IN))
    assert turn.body == {"id": "1", "connectionName": "graph", "failureDetail": "This bot needs no sign-in."}
