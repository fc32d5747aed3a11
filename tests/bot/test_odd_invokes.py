"""Whatever arrives under the name of an invoke: no error of ours, an answer in a shape that Teams can show, nothing done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bots import Bot
from tests.fakes.connector import Chat

FETCH, SUBMIT, QUERY = "composeExtension/fetchTask", "composeExtension/submitAction", "composeExtension/query"
DEEP: Any = {}
for _ in range(200):
    DEEP = {"x": DEEP}
ODD = [None, "text", 7, [], {}, True, {"commandId": None}, {"commandId": "unknown"}, DEEP]
PAYLOADS = [
    None,
    "text",
    [],
    {"body": None},
    {"body": "text", "from": []},
    {"id": 7, "body": {"content": 7}, "from": {"user": "Bob"}},
    {"id": "\ud800\0", "body": {"contentType": "html", "content": "<![if <p <<<>>> &#x110000; &bogus; \ud800"}},
    {"id": "x" * 5000, "body": {"content": "<div>" * 3000}, "linkToMessage": "x" * 5000},
    {"id": "1", "body": {"content": "y" * 60_000}, "attachments": 7, "subject": {}},
]
DATA = [
    None,
    "text",
    {},
    {"verb": None},
    {"verb": "open_everything"},
    {"verb": "send", "token": ["x"]},
    {"verb": "send", "token": "t", "category": {}, "severity": "Z", "summary": 7},
    {"verb": "wrong", "token": "x" * 5000, "message": "never picked"},
    {"verb": "back"},
]
QUERIES = [
    None,
    "text",
    [None, 7, {"name": []}],
    [{"name": "query", "value": {"x": 1}}],
    [{"name": "query", "value": "%_\\'\";--\ud800\0" * 500}],
    [{"name": "query", "value": "\u202e" * 100}],
]
RATINGS = [
    *ODD,
    {"actionName": "feedback", "actionValue": {"reaction": "love", "feedback": "{}"}},
    {"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": "not json"}},
    {"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": {"feedbackText": 7}}},
    {"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": "[" * 5000}},
]
INVOKES = [
    *((name, value) for name in (FETCH, SUBMIT, QUERY) for value in ODD),
    *((FETCH, {"commandId": "escalate", "messagePayload": payload}) for payload in PAYLOADS),
    *((SUBMIT, {"commandId": "escalate", "data": data}) for data in DATA),
    *((QUERY, {"commandId": "searchCases", "parameters": query}) for query in QUERIES),
    (QUERY, {"commandId": "searchCases", "parameters": [], "queryOptions": {"skip": 10**30}}),
    (QUERY, {"commandId": "searchCases", "parameters": [], "queryOptions": {"skip": -1}}),
    *(("message/submitAction", value) for value in RATINGS),
    *(
        (name, value)
        for name in ("task/fetch", "task/submit", "fileConsent/invoke", "message/fetchTask")
        for value in ODD
    ),
]


@pytest.mark.parametrize("kind", ["personal", "group"])
async def test_no_odd_invoke_is_an_error_or_does_anything(bot: Bot, kind: str) -> None:
    alice = bot.teams.person("Alice", locale="fr-FR")
    chat: Chat = await (bot.teams.personal(alice) if kind == "personal" else bot.teams.group([alice]))
    for name, value in INVOKES:
        status, body = await bot.teams.deliver(chat.activity("invoke", name=name, value=value, replyToId="1"))
        assert status == 200, (name, value, body)
        assert _can_be_shown(name, body), (name, value, body)
    assert await bot.cases() == []
    assert "nouveau" not in (await chat.say("mes dossiers")).says


@pytest.mark.parametrize("name", [FETCH, SUBMIT, QUERY])
async def test_what_cannot_be_read_is_said_in_the_persons_language(bot: Bot, name: str) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice", locale="fr-FR"))
    turn = await chat.post(chat.activity("invoke", name=name, value={"commandId": "unknown"}))
    assert "Je n’ai pas pu lire cette demande" in str(turn.body)


def _can_be_shown(name: str, body: Any) -> bool:
    """Whether Teams can show the answer to this invoke."""
    if name in (FETCH, SUBMIT):
        return body["task"]["type"] in ("message", "continue") and bool(body["task"]["value"])
    if name == QUERY:
        return body["composeExtension"]["type"] == "message" and bool(body["composeExtension"]["text"])
    return body in ("", {})
