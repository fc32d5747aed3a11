"""The fake Teams tells a good bot from a bad one: checked here, since all conversation tests lean on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.channel.botframework import BotFramework
from bot.envelope import Answer, Envelope, Outgoing
from dialogs.values import Message, Suggestion
from tests.fakes import connector
from tests.fakes.connector import FakeTeams, Fault
from tests.fakes.server import serving

NOTE = {"type": "Input.Text", "id": "note", "label": "Note", "isRequired": True}
SURE = {"type": "Input.Toggle", "id": "sure", "title": "Sure"}


def button(title: str, verb: str) -> dict[str, Any]:
    submit = {"type": "Action.Submit", "title": title, "data": {"verb": verb, "token": "t"}}
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": {"token": "t"}, "fallback": submit}


def card(text: str, *actions: dict[str, Any], fields: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    body = [{"type": "TextBlock", "text": text}, *fields]
    return {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": list(actions)}


FORM = card("A form", button("Open", "open"), fields=(NOTE, SURE))


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    """A Teams with a bot that shows a form, and repeats what comes of it."""
    channel = BotFramework.build()

    async def take(envelope: Envelope) -> Answer:
        incoming = envelope.incoming
        if envelope.invoke:
            return Answer(
                Message(card=card(f"{incoming.verb} {sorted(incoming.values.items())}", button("Again", "again")))
            )
        if incoming.kind == "action":
            said = Message(f"{incoming.verb} {sorted(incoming.values.items())}")
        else:
            said = Message(incoming.text or "welcome", card=FORM, suggestions=(Suggestion("Help", "help me"),))
        await channel.connector.send(Outgoing(envelope.address, said, reply_to=envelope.activity))
        return Answer()

    application = web.Application()
    application.add_routes(channel.routes(take))
    application.cleanup_ctx.append(channel.lifetime)
    async with serving(application) as url, FakeTeams(f"{url}/api/messages", patience=1) as fake:
        yield fake


async def test_a_person_is_always_the_same(teams):
    assert teams.person("Alice") == teams.person("Alice")
    assert await teams.personal(teams.person("Alice")) is await teams.personal(teams.person("Alice"))


async def test_a_form_is_filled_in_and_its_card_replaced(teams):
    chat = await teams.personal(teams.person("Alice"))
    shown = await chat.say("hello")
    pressed = await chat.press(shown, "Open", {"note": "hi"})
    assert "open [('note', 'hi'), ('sure', 'false')]" in pressed.says
    assert chat.messages[shown.replies[0].id].cards == [pressed.card]
    assert "again" in (await chat.press(pressed, "Again")).says
    with pytest.raises(AssertionError, match="no button 'Open'"):
        await chat.press(shown, "Open", {"note": "twice"})


async def test_an_old_client_submits(teams):
    chat = await teams.personal(teams.person("Alice"))
    shown = await chat.say("hello")
    assert (await chat.press(shown, "Open", {"note": "hi"}, as_submit=True)).text.startswith("open [('note', 'hi')")


async def test_a_suggestion_is_said(teams):
    chat = await teams.personal(teams.person("Alice"))
    turn = await chat.press(await chat.say("hello"), "Help")
    assert turn.replies[0].activity["summary"] == "help me"


@pytest.mark.parametrize(("inputs", "complaint"), [({}, "before"), ({"note": "x", "other": "y"}, "no field")])
async def test_a_client_sends_no_form_that_a_person_could_not_fill_in(teams, inputs, complaint):
    chat = await teams.personal(teams.person("Alice"))
    with pytest.raises(AssertionError, match=complaint):
        await chat.press(await chat.say("hello"), "Open", inputs)


async def test_silence_where_an_answer_is_expected_fails(teams):
    teams.faults.append(Fault("POST", 503))
    chat = await teams.personal(teams.person("Alice"))
    turn = await chat.say("hello")
    assert turn.status == 500
    with pytest.raises(AssertionError, match="no 2 replies"):
        await chat.say("hello", expect=2)


async def test_an_activity_is_delivered_again(teams):
    chat = await teams.personal(teams.person("Alice"), install=True)
    turn = await chat.say("hello")
    assert [again.status for again in await chat.deliver_again(turn, times=3)] == [200, 200, 200]
    assert [again.status for again in await chat.deliver_again(turn, overlapping=False)] == [200, 200]
    later = await chat.redeliver_with_new_id(turn)
    assert later.activity["id"] != turn.activity["id"]
    assert [sent.activity["summary"] for sent in chat.heard] == ["welcome", *["hello"] * 7]
    assert len(await chat.wait(7, since=1)) == 7


async def test_an_invoke_that_is_not_answered_in_time_is_given_up():
    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.3)
        return web.json_response({})

    application = web.Application()
    application.add_routes([web.post("/api/messages", slow)])
    async with serving(application) as url, FakeTeams(f"{url}/api/messages") as fake:
        fake.invoke_seconds = 0.1
        chat = await fake.personal(fake.person("Alice"))
        press = await chat.post(chat.activity("invoke", name="adaptiveCard/action"))
        assert (press.status, fake.refused) == (0, [connector.TOO_LATE])
        assert (await chat.post(chat.activity("message", text="hello"))).status == 200
        assert fake.refused == [connector.TOO_LATE]


async def test_what_teams_would_refuse_is_refused(teams):
    chat = await teams.personal(teams.person("Alice"))
    service, path = teams.service_url, "v3/conversations/{}/activities"
    channel = BotFramework.build()
    cases = [
        (path.format("nowhere"), {"type": "message", "text": "x"}, "404 ConversationNotFound"),
        (path.format(chat.id), {"type": "message"}, "400 BadSyntax"),
        (path.format(chat.id), {"type": "message", "text": "x" * 60_000}, "413 MessageSizeTooBig"),
    ]
    for where, activity, refusal in cases:
        with pytest.raises(Exception, match=refusal):
            await channel.connector.call("POST", service, f"/{where}", activity)
    await channel.close()
    assert teams.refused == [refusal for _, _, refusal in cases]
