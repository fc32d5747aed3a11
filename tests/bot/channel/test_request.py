"""Whatever a stranger posts has its 4xx, and the bot goes on as before."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from bot.envelope import Answer, Envelope
from tests.bot.channel.stage import Stage


async def refused(stage: Stage, **changes: Any) -> int:
    chat = await stage.chat()
    turn = await chat.post(chat.activity("message", text="hello") | changes)
    assert stage.taken == []
    return turn.status


@pytest.mark.parametrize(
    "changes",
    [
        {"type": None},
        {"from": None},
        {"from": {}},
        {"from": {"id": 5}},
        {"from": "x"},
        {"conversation": "x"},
        {"conversation": None},
        {"conversation": {"id": ""}},
        {"recipient": []},
        {"text": 5},
        {"id": {}},
        {"locale": 1},
        {"replyToId": []},
        {"timestamp": "yesterday"},
        {"localTimestamp": 5},
        {"entities": "x"},
        {"entities": [5]},
        {"membersAdded": 5},
        {"deliveryMode": 1},
    ],
    ids=str,
)
async def test_an_absurd_activity_is_refused(stage, changes):
    assert await refused(stage, **changes) == 400


@pytest.mark.parametrize("key", ["from", "conversation"])
async def test_a_message_from_nobody_or_nowhere_is_refused(stage, key):
    chat = await stage.chat()
    activity = {name: value for name, value in chat.activity("message", text="x").items() if name != key}
    assert (await chat.post(activity)).status == 400


@pytest.mark.parametrize("key", ["recipient", "channelData", "entities", "locale", "timestamp", "id", "text"])
async def test_what_else_is_missing_is_missed_by_nobody(stage, key):
    async def nothing(_envelope: Envelope) -> Answer:
        return Answer()

    stage.do = nothing
    chat = await stage.chat()
    activity = {name: value for name, value in chat.activity("message", text="x").items() if name != key}
    status, _ = await stage.teams.deliver(activity)
    assert (status, len(stage.taken)) == (200, 1)


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", JSON, 400),
        (b"", JSON, 400),
        (b"[]", JSON, 400),
        (b"null", JSON, 400),
        (b'"x"', JSON, 400),
        (b'{"text": "x"}', JSON, 400),
        (b'{"type": "message", "text": "\xff"}', JSON, 400),
        (b'{"type": "message", "value": NaN}', JSON, 400),
        (b'{"type": "message", "value": ' + b"9" * 5000 + b"}", JSON, 400),
        (b'{"type": "message", "value": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", JSON, 400),
        (b"not gzip", {**JSON, "Content-Encoding": "gzip"}, 400),
        (gzip.compress(b" " * 50_000_000, mtime=0), {**JSON, "Content-Encoding": "gzip"}, 413),
        (b" " * (256 * 1024 + 1), JSON, 413),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Type": "garbage"}, 415),
        (b"{}", {}, 415),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_a_body_that_is_no_activity_is_refused(stage, body, headers, status):
    assert (await stage.teams.post(body, {**headers, "Connection": "close"}))[0] == status
    assert (await (await stage.chat()).say("hello")).text == "hello", "the bot is not its old self"


async def test_a_body_as_long_as_is_allowed_is_read(stage):
    chat = await stage.chat()
    activity = json.dumps(chat.activity("message", text="hello")).encode()
    status, _ = await stage.teams.post(activity + b" " * (256 * 1024 - len(activity)), JSON)
    assert status == 200


async def test_a_charset_may_be_named(stage):
    chat = await stage.chat()
    body = json.dumps(chat.activity("message", text="hello")).encode()
    assert (await stage.teams.post(body, {"Content-Type": "application/json; charset=utf-8"}))[0] == 200
