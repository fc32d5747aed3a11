"""Messages on their way to Teams: delivered, put off, or given up, and nothing in between."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.access import AccessTokens
from bot.channel.botframework.connector import Connector, activities_path
from bot.channel.botframework.credentials import Anonymous
from bot.channel.botframework.hosts import LOOPBACK, MICROSOFT
from bot.channel.botframework.session import Session
from bot.envelope import Address, Outgoing, TryLater, Undeliverable
from dialogs.values import Message
from tests.fakes.connector import Chat, FakeTeams, Fault
from tests.fakes.server import serving


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with FakeTeams() as fake:
        yield fake


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    shared = Session()
    yield shared
    await shared.close()


@pytest.fixture
async def chat(teams) -> Chat:
    return await teams.personal(teams.person("Alice"))


@pytest.fixture
def connector(session) -> Connector:
    return Connector(session, Anonymous(), LOOPBACK, seconds=0.5)


def hello(chat: Chat, text: str = "hello", **options: str) -> Outgoing:
    address = Address("msteams", chat.teams.tenant, chat.id, chat.teams.service_url, chat.teams.bot_id)
    return Outgoing(address, Message(text), **options)


async def test_a_message_arrives_and_its_id_comes_back(connector, chat):
    sent = await connector.send(hello(chat))
    assert chat.messages[sent].text == "hello"
    assert chat.messages[sent].answers == ""


async def test_a_reply_says_what_it_answers(connector, chat):
    sent = await connector.send(hello(chat, reply_to="f:17/8"))
    assert chat.messages[sent].answers == "f:17/8"


async def test_an_update_takes_the_place_of_a_message(connector, chat):
    sent = await connector.send(hello(chat))
    assert await connector.send(hello(chat, "changed", update=sent)) == sent
    assert chat.messages[sent].text == "changed"


async def test_a_thread_of_a_channel_is_found(connector, teams):
    thread = await teams.channel([teams.person("Alice")])
    await connector.send(hello(thread))
    assert [sent.text for sent in thread.heard] == ["hello"]


def test_ids_may_hold_any_character():
    path = activities_path("19:a@thread.tacv2;messageid=1", "a/b?c")
    assert path == "/v3/conversations/19%3Aa%40thread.tacv2%3Bmessageid%3D1/activities/a%2Fb%3Fc"
    assert activities_path("\ud83d") == "/v3/conversations/%3F/activities"


@pytest.mark.parametrize(
    ("retry_after", "after"), [("7", 7.0), ("0.5", 0.5), ("", None), ("soon", None), ("-1", None), ("inf", None)]
)
async def test_a_throttled_message_waits_as_long_as_teams_says(connector, teams, chat, retry_after, after):
    teams.faults.append(Fault("POST", 429, headers={"Retry-After": retry_after}))
    with pytest.raises(TryLater, match="429") as later:
        await connector.send(hello(chat))
    assert later.value.after == after


@pytest.mark.parametrize("status", [408, 412, 500, 502, 503, 504])
async def test_what_may_pass_is_tried_later(connector, teams, chat, status):
    teams.faults.append(Fault("POST", status))
    with pytest.raises(TryLater, match=str(status)):
        await connector.send(hello(chat))
    assert await connector.send(hello(chat))


async def test_a_slow_connector_is_given_up_in_time(connector, teams, chat):
    teams.faults.append(Fault("POST", 201, delay=5))
    with pytest.raises(TryLater, match="Timeout"):
        await connector.send(hello(chat))


async def test_a_connection_that_breaks_is_tried_later(connector, teams, chat):
    teams.faults.append(Fault("POST", 0, lost_ack=True))
    with pytest.raises(TryLater):
        await connector.send(hello(chat))
    assert [sent.text for sent in chat.heard] == ["hello"], "the connector did take it: only its answer was lost"


async def test_a_connector_that_is_not_there_is_tried_later(connector, chat):
    chat.teams.service_url = "http://127.0.0.1:9/"
    with pytest.raises(TryLater):
        await connector.send(hello(chat))


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (
            403,
            {"error": {"code": "Forbidden", "subCode": "MessageWritesBlocked"}},
            "403 Forbidden MessageWritesBlocked",
        ),
        (403, {"code": "BotNotInConversationRoster"}, "403 BotNotInConversationRoster"),
        (404, {"error": {"code": "ConversationNotFound"}}, "404 ConversationNotFound"),
        (413, {"error": {"code": "MessageSizeTooBig"}}, "413 MessageSizeTooBig"),
        (400, {"error": "text"}, "400"),
        (302, {}, "302"),
    ],
)
async def test_what_is_refused_for_good_is_said_with_its_reason(connector, chat, status, body, reason):
    teams = chat.teams
    teams.faults.append(Fault("POST", status, body=body, headers={"Location": "/elsewhere"}))
    with pytest.raises(Undeliverable) as refused:
        await connector.send(hello(chat))
    assert str(refused.value) == reason
    assert len(teams.calls) == 1, "a redirect was followed"


@pytest.mark.parametrize("body", [b"", b"null", b"[1]", b"not json", b'{"id": null}', b"[" * 20_000])
async def test_an_absurd_answer_to_a_success_is_a_success_without_id(connector, chat, body):
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=201, body=body)

    absurd = web.Application()
    absurd.router.add_route("*", "/{rest:.*}", answer)
    async with serving(absurd) as url:
        chat.teams.service_url = url
        assert await connector.send(hello(chat)) == ""


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/", "https://smba.trafficmanager.net.evil.example/", "http://127.0.0.1:{port}/"]
)
async def test_no_packet_leaves_for_a_host_that_is_no_connector(session, teams, chat, url):
    connector = Connector(session, Anonymous(), MICROSOFT)
    chat.teams.service_url = url.format(port=teams.base_url.rpartition(":")[2])
    with pytest.raises(Undeliverable, match="not of a connector"):
        await connector.send(hello(chat))
    assert teams.calls == []


async def test_what_is_not_json_is_not_sent(connector, chat):
    outgoing = hello(chat)
    for value in (object(), float("nan")):
        with pytest.raises(Undeliverable):
            await connector.call("POST", chat.teams.service_url, activities_path(chat.id), {"value": value})
    assert await connector.send(outgoing)


async def test_each_call_carries_the_bots_token_and_a_refused_one_is_dropped(session, teams, chat):
    tokens = iter(["old", "new"])
    credentials = AccessTokens(lambda: {"access_token": next(tokens), "expires_in": 3600}, lambda: 0.0)
    connector = Connector(session, credentials, LOOPBACK)
    await connector.send(hello(chat))
    teams.faults.append(Fault("POST", 401))
    with pytest.raises(TryLater, match="401"):
        await connector.send(hello(chat))
    await connector.send(hello(chat))
    assert [call.authorization for call in teams.calls] == ["Bearer old", "Bearer old", "Bearer new"]


async def test_without_a_token_nothing_is_sent_yet(session, teams, chat):
    connector = Connector(session, AccessTokens(lambda: {"error": "invalid_client"}, lambda: 0.0), LOOPBACK)
    with pytest.raises(TryLater, match="invalid_client"):
        await connector.send(hello(chat))
    assert teams.calls == []
