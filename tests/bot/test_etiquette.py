"""At home in Teams: one welcome, no private word before others, a sign of work before the reply, and never a dead end."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from tests.bots import Bot
from tests.fakes.connector import Chat, Fault, Turn
from tests.fakes.values import Person

OUTAGE = "nobody can open the HR SharePoint site since this morning"
PANNE = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin"
WELCOME = "I am Triage"


def ann(bot: Bot) -> Person:
    return bot.teams.person("Ann")


# one welcome


async def test_one_welcome_on_installation_and_none_for_the_same_news_again(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot))
    installed = await chat.install(expect=1)
    assert WELCOME in installed.says

    await chat.deliver_again(installed, times=3)
    await chat.redeliver_with_new_id(installed)
    await chat.install()
    assert len(chat.heard) == 1


async def test_many_reports_of_one_installation_welcome_once(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot))
    reports = (chat.post(chat.activity("installationUpdate", action="add")) for _ in range(6))
    turns = await asyncio.gather(*reports)
    await chat.wait(1)
    assert {turn.status for turn in turns} == {200}
    assert len(chat.heard) == 1


async def test_an_upgrade_is_no_new_installation(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot), install=True)
    await chat.wait(1)
    for action in ("remove-upgrade", "add-upgrade"):
        assert (await chat.post(chat.activity("installationUpdate", action=action))).accepted
    assert len(chat.heard) == 1


async def test_who_comes_back_is_welcomed_again_once(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot), install=True)
    await chat.wait(1)
    assert (await chat.uninstall()).accepted
    assert WELCOME in (await chat.install(expect=1)).says
    await chat.install()
    assert len(chat.heard) == 2


async def test_who_removed_the_bot_is_not_written_to(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot), install=True)
    await chat.say("hello")
    assert await bot.store.personal_chat(bot.teams.tenant, ann(bot).directory_id) is not None
    await chat.uninstall()
    assert await bot.store.personal_chat(bot.teams.tenant, ann(bot).directory_id) is None


async def test_the_welcome_offers_something_to_begin_with(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot))
    installed = await chat.install(expect=1)
    offered = installed.replies[0].suggestions
    assert list(offered) == ["No mail arrives", "I cannot sign in", "Add licences"]
    assert "This is what I understood" in (await chat.press(installed, "Add licences")).says


@pytest.mark.parametrize("said", ["help", "HELP", "Help!", "aide", "AIDE", "Aide ?", "hi", "Hi", "HELLO", "Bonjour !"])
async def test_help_and_greetings_are_heard_in_any_case_and_language_and_bring_no_welcome(bot: Bot, said: str) -> None:
    chat = await bot.teams.personal(ann(bot), install=True)
    await chat.wait(1)
    turn = await chat.say(said)
    assert turn.says
    assert WELCOME not in turn.says


# in a team or a group chat


@pytest.fixture(params=["group", "channel"])
async def room(request: pytest.FixtureRequest, bot: Bot) -> Chat:
    people = [ann(bot), bot.teams.person("Ben", locale="fr-FR")]
    return await (bot.teams.group(people) if request.param == "group" else bot.teams.channel(people))


async def test_a_team_is_told_once_who_brought_the_bot_and_nobody_is_written_to(bot: Bot, room: Chat) -> None:
    people = [await bot.teams.personal(person) for person in room.people]
    installed = await room.install(expect=1)

    [hello] = installed.replies
    assert "<at>Ann</at> has added me" in hello.text
    [mention] = hello.activity["entities"]
    assert mention == {"type": "mention", "text": "<at>Ann</at>", "mentioned": {"id": ann(bot).id, "name": "Ann"}}
    assert f"https://teams.microsoft.com/l/chat/0/0?users={bot.teams.bot_id}" in hello.text

    await room.install()
    assert len(room.heard) == 1
    assert [chat.heard for chat in people] == [[], []]


async def test_who_brought_the_bot_is_mentioned_even_where_nobody_can_say_their_name(bot: Bot, room: Chat) -> None:
    bot.teams.faults.append(Fault("GET .*/members/", 503, times=9))
    installed = await room.install(expect=1)
    assert "<at>Somebody</at> has added me" in installed.says
    assert installed.replies[0].activity["entities"][0]["mentioned"]["id"] == ann(bot).id


async def test_an_installation_does_not_take_away_a_name(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot))
    await chat.say("hello")
    await chat.install(expect=1)
    ben = await bot.teams.personal(bot.teams.person("Ben"))
    tenant, *_ = await bot.store.tenant(bot.teams.tenant)
    await bot.store.describe_tenant(tenant, (ann(bot).directory_id,))
    assert "service requests: Ann" in (await ben.say("escalate")).says


async def test_a_problem_said_before_others_is_answered_in_the_personal_chat(bot: Bot, room: Chat) -> None:
    personal = await bot.teams.personal(ann(bot), install=True)
    await personal.wait(1)

    told = await room.say(OUTAGE)

    assert "I have written to you in our personal chat" in told.says
    assert told.replies[0].cards == []
    assert OUTAGE not in told.says
    remark, proposal = (await personal.wait(2, since=1))[:2]
    assert "where others read along" in remark.text
    assert OUTAGE in proposal.says
    assert "This is what I understood" in proposal.says

    opened = await personal.press(proposal, "Open the case")
    [case] = await bot.cases()
    assert case.number in opened.says
    assert case.number not in "".join(sent.says for sent in room.heard)


async def test_the_answer_before_others_speaks_the_language_of_the_question(bot: Bot, room: Chat) -> None:
    ben = room.people[1]
    await bot.teams.personal(ben)
    told = await room.say(PANNE, ben)
    assert "je vous ai écrit" in told.says
    assert "<at>Ben</at>" in told.says


async def test_a_personal_chat_that_nobody_opened_yet_is_opened(bot: Bot, room: Chat) -> None:
    personal = await bot.teams.personal(ann(bot))
    told = await room.say("my cases")
    assert "I have written to you" in told.says
    assert len(await personal.wait(2)) == 2
    assert "There are none" in personal.heard[1].says
    assert any(call.path.endswith("/v3/conversations") for call in bot.teams.calls)


async def test_who_does_not_have_the_bot_is_told_how_to_open_it(bot: Bot, room: Chat) -> None:
    told = await room.say(OUTAGE)
    assert "I cannot write to you there yet" in told.says
    assert f"users={bot.teams.bot_id}" in told.says
    assert OUTAGE not in told.says
    assert bot.teams.refused == ["403 ForbiddenOperationException"]
    assert await bot.cases() == []


async def test_a_connector_that_does_not_answer_does_not_hold_the_group_up(
    bot: Bot, room: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.aside.OPEN_SECONDS", 0.2)
    await bot.teams.personal(ann(bot))
    bot.teams.faults.append(Fault("POST .*/v3/conversations$", 201, delay=2))
    told = await room.say(OUTAGE)
    assert "I cannot write to you there yet" in told.says


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("help", "reaches the people who can solve it"),
        ("Hello", "Hello <at>Ann</at>"),
        ("", "Hello <at>Ann</at>"),
        ("thanks", "You are welcome"),
    ],
)
async def test_what_everybody_may_hear_is_answered_on_the_spot(bot: Bot, room: Chat, said: str, answered: str) -> None:
    personal = await bot.teams.personal(ann(bot))
    assert answered in (await room.say(said)).says
    assert personal.heard == []


@pytest.mark.parametrize(
    "said", ["my cases", "settings", "talk to a person", "queue", "T-7KM-2Q4X", "cancel", "asdf qwer", "yes"]
)
async def test_everything_else_is_kept_out_of_the_group(bot: Bot, room: Chat, said: str) -> None:
    personal = await bot.teams.personal(ann(bot))
    told = await room.say(said)
    assert "I have written to you" in told.says
    assert len(room.heard) == 1
    assert personal.heard


async def test_the_same_mention_delivered_again_is_answered_once_in_both_chats(bot: Bot, room: Chat) -> None:
    personal = await bot.teams.personal(ann(bot))
    told = await room.say(OUTAGE)
    await chat_settles(personal, 2)
    await room.deliver_again(told, times=3)
    assert len(room.heard) == 1
    assert len(personal.heard) == 2


async def test_an_old_button_pressed_in_a_group_goes_on_in_the_personal_chat(bot: Bot, room: Chat) -> None:
    personal = await bot.teams.personal(ann(bot))
    pressed = await room.post(room.activity("message", value={"verb": "my_cases", "token": "t"}), expect=1)
    assert "I have written to you" in pressed.says
    assert room.heard[0].updated is False
    await chat_settles(personal, 2)


async def test_nothing_of_a_case_is_said_in_a_group_when_it_is_asked_for(bot: Bot, room: Chat) -> None:
    personal = await bot.teams.personal(ann(bot), install=True)
    await personal.press(await personal.say(OUTAGE), "Open the case")
    [case] = await bot.cases()
    mark = len(personal.heard)
    told = await room.say(case.number)
    assert OUTAGE not in told.says
    assert OUTAGE in (await personal.wait(2, since=mark))[1].says


# a sign of work


async def test_the_sign_of_work_comes_while_a_turn_takes_long_and_never_after_the_reply(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await bot.teams.personal(ann(bot))
    predict = bot.classifier.predict_many

    def slowly(texts: Any) -> Any:
        time.sleep(0.9)
        return predict(texts)

    monkeypatch.setattr(bot.classifier, "predict_many", slowly)
    await chat.say(OUTAGE)
    await asyncio.sleep(0.3)
    assert chat.signs == [0]


async def test_a_turn_that_is_fast_needs_no_sign(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot))
    await chat.say("hello")
    await asyncio.sleep(0.7)
    assert chat.signs == []


async def test_where_many_wait_few_signs_are_under_way_at_once(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.typing.PATIENCE_SECONDS", 0.0)
    bot.teams.faults.append(Fault("POST .*/activities$", 200, delay=0.3, times=1000))
    chats = [await bot.teams.personal(bot.teams.person(f"Person {number}")) for number in range(20)]
    await asyncio.gather(*(chat.say("hello") for chat in chats))
    assert 1 <= sum(call.path.endswith("/activities") for call in bot.teams.calls) <= 8


async def test_a_sign_that_cannot_be_shown_hinders_nobody(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.typing.PATIENCE_SECONDS", 0.0)
    chat = await bot.teams.personal(ann(bot))
    bot.teams.faults.append(Fault("POST .*/activities$", 500))
    assert "What is wrong?" in (await chat.say("hello")).says


# never a dead end


async def test_who_edits_a_message_is_told_once_that_it_was_read_before(bot: Bot) -> None:
    chat = await bot.teams.personal(ann(bot))
    turn = await chat.say("hello")
    edited = await chat.edit(turn, "hello, no mail", expect=0)
    again = await chat.edit(turn, "hello, no mail at all")
    await chat.wait(2)
    assert (edited.status, again.status) == (200, 200)
    assert [sent.says for sent in chat.heard[1:]] == [
        "I read a message once, as it was first sent. Please write what has changed as a new message."
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("messageDelete", {}),
        ("messageUpdate", {}),
        ("messageUpdate", {"channelData": {"eventType": "undeleteMessage"}}),
        ("messageReaction", {"reactionsAdded": [{"type": "like"}], "replyToId": "1"}),
        ("messageReaction", {"reactionsRemoved": [{"type": "like"}], "replyToId": "1"}),
        ("conversationUpdate", {"membersAdded": [{"id": "29:1new"}]}),
        ("conversationUpdate", {"channelData": {"eventType": "teamRenamed"}}),
        ("event", {"name": "application/vnd.microsoft.meetingStart", "value": {}}),
        ("typing", {}),
        ("endOfConversation", {}),
        ("handoff", {}),
        ("somethingNew", {"value": {"a": 1}}),
        ("", {}),
    ],
)
async def test_what_asks_nothing_of_the_bot_is_taken_in_silence(bot: Bot, kind: str, fields: dict[str, Any]) -> None:
    chat = await bot.teams.personal(ann(bot))
    turn = await chat.post(chat.activity(kind, **fields))
    assert turn.status == 200, turn.body
    assert chat.heard == []


@pytest.mark.parametrize(
    "attachments",
    [
        [{"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "log.txt", "content": {}}],
        [{"contentType": "image/png", "contentUrl": "https://smba.example/image"}],
        [{"contentType": "text/html", "content": "<p></p>"}],
        [],
    ],
)
async def test_a_message_without_words_is_answered_with_what_to_write(bot: Bot, attachments: list[Any]) -> None:
    chat = await bot.teams.personal(ann(bot))
    turn: Turn = await chat.post(chat.activity("message", text="", attachments=attachments), expect=1)
    assert turn.accepted
    assert "Write in a few words" in turn.says


async def chat_settles(chat: Chat, count: int) -> None:
    await chat.wait(count)
    assert len(chat.heard) == count, [sent.says for sent in chat.heard]
