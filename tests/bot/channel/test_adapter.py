"""Our adapter over HTTP: what the turn answers, who is let in, and what the SDK's own calls do."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.schema import Activity
from structlog.testing import capture_logs

from bot.channel.botframework.adapter import Adapter
from bot.envelope import Answer, Envelope
from dialogs.values import Message
from tests.bot.channel.login import FakeLogin
from tests.bot.channel.stage import on_stage
from tests.fakes.connector import Sent
from tests.fakes.server import serving

APP_ID = "11111111-2222-3333-4444-555555555555"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
PRESSED = Sent("1", {})


async def test_a_message_is_taken_and_answered(stage):
    turn = await (await stage.chat()).say("hello")
    assert (turn.status, turn.body, turn.text) == (200, {}, "hello")
    assert stage.taken[0].incoming.locale == "fr-FR"
    assert stage.taken[0].address.tenant == stage.teams.tenant
    assert stage.teams.refused == []


async def test_in_a_group_the_bots_own_name_is_not_part_of_the_message(stage):
    people = [stage.teams.person("Alice"), stage.teams.person("Bob")]
    for chat in (await stage.teams.group(people), await stage.teams.channel(people)):
        assert (await chat.say("1 < 2", who=people[1])).text == "1 < 2"
        assert stage.taken[-1].address.group
        assert stage.taken[-1].sender.name == "Bob"


async def test_a_pressed_button_is_answered_with_the_card_that_takes_its_place(stage):
    async def answer(_envelope: Envelope) -> Answer:
        return Answer(Message("and a text", card=CARD))

    stage.do = answer
    turn = await (await stage.chat()).invoke(PRESSED, "open", {"token": "t", "note": "hi"})
    assert turn.body == {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD}
    assert stage.taken[0].incoming.values == {"note": "hi"}
    assert (stage.taken[0].card, stage.taken[0].invoke) == ("1", True)


@pytest.mark.parametrize(("message", "text"), [(Message("Done."), "Done."), (None, "")])
async def test_a_pressed_button_may_be_answered_with_a_text(stage, message, text):
    async def answer(_envelope: Envelope) -> Answer:
        return Answer(message)

    stage.do = answer
    turn = await (await stage.chat()).invoke(PRESSED, "open", {})
    assert turn.body == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


async def test_an_invoke_of_others_is_not_ours_and_says_so(stage):
    chat = await stage.chat()
    for name in ("composeExtension/nothing", "composeExtension/queryLink", "config/fetch", None):
        turn = await chat.post(chat.activity("invoke", name=name, value={}))
        assert (turn.status, turn.body["error"]["code"]) == (400, "UnknownInvoke")
    assert stage.taken == []


async def test_what_asks_nothing_of_us_is_accepted_and_forgotten(stage):
    chat = await stage.chat()
    for kind in ("conversationUpdate", "messageReaction", "messageUpdate", "typing", "event", "somethingNew"):
        assert (await chat.post(chat.activity(kind))).status == 200
    assert stage.taken == []


async def test_asking_for_the_replies_in_the_response_changes_nothing(stage):
    turn = await (await stage.chat()).say("hello", deliveryMode="expectReplies")
    assert (turn.status, turn.body, turn.text) == (200, {}, "hello")


async def test_a_turn_that_raises_is_a_bug_logged_without_what_was_said(stage):
    async def bug(_envelope: Envelope) -> Answer:
        raise LookupError("my password is swordfish")

    stage.do = bug
    with capture_logs() as logs:
        turn = await (await stage.chat()).say("my password is swordfish", expect=0)
    assert turn.status == 500
    [event] = logs
    assert (event["event"], event["reason"]) == ("turn_raised", "LookupError")
    assert "test_adapter.py" in event["where"]
    assert "swordfish" not in repr(logs)


async def test_an_anonymous_bot_serves_this_machine_only(stage):
    chat = await stage.chat()
    for url in ("https://smba.trafficmanager.net/emea/", None):
        assert (await chat.post(chat.activity("message", text="hello", serviceUrl=url))).status == 403
    assert stage.taken == []


async def test_with_an_app_id_only_the_channel_is_let_in():
    async with on_stage(APP_ID, app_password="secret", login_client=FakeLogin()) as stage:
        chat = await stage.chat()
        turn = await chat.say("hello")
        assert turn.text == "hello"
        assert {call.authorization for call in stage.teams.calls if call.method == "POST"} == {"Bearer token 1"}
        assert stage.teams.signer
        for name, header in stage.teams.signer.forgeries(stage.teams.service_url).items():
            status, _ = await stage.teams.deliver(turn.activity, {"Authorization": header})
            assert status in {401, 403}, name
        assert len(stage.taken) == 1


async def test_a_refusal_is_logged_without_what_was_sent():
    async with on_stage(APP_ID, app_password="secret", login_client=FakeLogin()) as stage:
        chat = await stage.chat()
        with capture_logs() as logs:
            turn = await chat.post(
                chat.activity("message", text="swordfish"), headers={"Authorization": "Bearer sword"}
            )
        assert (turn.status, turn.body) == (401, {"error": {"code": "Unauthorised"}})
        assert [(event["event"], event["status"]) for event in logs] == [("request_refused", 401)]
        assert "sword" not in repr(logs)


class SdkHandler(ActivityHandler):
    """Sends, updates and deletes by the SDK's own means."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        first = await turn_context.send_activity("first")
        second = await turn_context.send_activity("second")
        await turn_context.send_trace_activity("a trace")
        self.ids = [first.id, second.id]
        changed: Activity = MessageFactory.text("changed")
        changed.id = first.id
        await turn_context.update_activity(changed)
        await turn_context.delete_activity(second.id)


async def test_the_sdks_own_calls_work_through_the_adapter(stage):
    handler = SdkHandler()
    application = web.Application()
    adapter = Adapter(stage.channel.doorkeeper, stage.channel.connector, handler)
    application.router.add_post("/api/messages", adapter.process)
    async with serving(application) as url:
        stage.teams.bot_url = f"{url}/api/messages"
        chat = await stage.chat()
        turn = await chat.say("go")
    assert turn.text == "first\nsecond"
    assert {sent.id: sent.text for sent in chat.messages.values()} == {handler.ids[0]: "changed"}


async def test_a_slow_turn_holds_up_nobody_else(stage):
    async def slow(envelope: Envelope) -> Answer:
        await asyncio.sleep(0.3 if envelope.incoming.text == "slow" else 0)
        return await stage.echo(envelope)

    stage.do = slow
    chat = await stage.chat()
    waiting = asyncio.create_task(chat.say("slow"))
    await asyncio.sleep(0.05)
    assert (await chat.say("quick")).text == "quick"
    assert not waiting.done()
    assert (await waiting).text == "slow"
