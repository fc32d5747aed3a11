"""What the bot says, as Teams takes it."""

from __future__ import annotations

import json

import pytest

from bot.channel.botframework.outgoing import LIMIT_BYTES, size, to_activity
from bot.envelope import Address, Outgoing, Undeliverable
from dialogs.values import Mention, Message, Suggestion

CHAT = Address("msteams", "contoso", "a:1chat", "https://smba.trafficmanager.net/emea/", bot="28:bot")
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "hello"}]}
ACTIONS = [{"type": "Action.Execute", "title": "Open", "data": {"words": "y" * 900}}]


def test_a_text_is_markdown_from_the_bot_in_answer_to_an_activity():
    assert to_activity(Outgoing(CHAT, Message("**Hello**"), reply_to="17")) == {
        "type": "message",
        "from": {"id": "28:bot"},
        "conversation": {"id": "a:1chat"},
        "replyToId": "17",
        "text": "**Hello**",
        "textFormat": "markdown",
    }


def test_a_card_is_attached():
    activity = to_activity(Outgoing(CHAT, Message(card=CARD)))
    assert activity["attachments"] == [{"contentType": "application/vnd.microsoft.card.adaptive", "content": CARD}]
    assert "text" not in activity


def test_the_text_of_a_card_is_what_its_notification_shows():
    activity = to_activity(Outgoing(CHAT, Message("Case T-7KM-2Q4X is open", card=CARD)))
    assert (activity["summary"], "text" in activity) == ("Case T-7KM-2Q4X is open", False)


def test_suggestions_are_typed_for_the_person():
    message = Message("Which?", suggestions=(Suggestion("Teams", "It is Teams"),))
    actions = to_activity(Outgoing(CHAT, message))["suggestedActions"]["actions"]
    assert actions == [{"type": "imBack", "title": "Teams", "value": "It is Teams"}]


def test_whoever_is_mentioned_is_told_by_teams():
    message = Message("<at>Ann</at>, look", mentions=(Mention("29:1ann", "Ann"),))
    entities = to_activity(Outgoing(CHAT, message))["entities"]
    assert entities == [{"type": "mention", "text": "<at>Ann</at>", "mentioned": {"id": "29:1ann", "name": "Ann"}}]


def test_an_update_answers_nothing():
    assert "replyToId" not in to_activity(Outgoing(CHAT, Message("new"), update="12", reply_to="17"))


@pytest.mark.parametrize("text", ["long " * 40_000, "é" * 200_000, "\U0001f469" * 100_000, '"\\\n' * 60_000])
def test_a_text_too_long_for_teams_is_cut(text):
    activity = to_activity(Outgoing(CHAT, Message(text)))
    assert size(activity) <= LIMIT_BYTES
    assert activity["text"].endswith("…")
    assert text.startswith(activity["text"][:-1])


def test_no_more_is_cut_than_need_be():
    activity = to_activity(Outgoing(CHAT, Message("x" * 100_000)))
    assert size(activity) > LIMIT_BYTES - 100


def test_the_texts_of_a_card_too_large_for_teams_are_cut_and_its_heading_and_buttons_stay():
    body = [{"type": "TextBlock", "text": "Case T-222-2222"}, {"type": "TextBlock", "text": "x" * 50_000}]
    activity = to_activity(Outgoing(CHAT, Message("hello", card={**CARD, "body": body, "actions": ACTIONS})))

    assert 70_000 < size(activity) <= 80_000
    heading, text = activity["attachments"][0]["content"]["body"]
    assert heading["text"] == "Case T-222-2222"
    assert text["text"].endswith("x…")
    assert activity["attachments"][0]["content"]["actions"] == ACTIONS


def test_a_card_too_large_for_teams_is_not_sent():
    card = {**CARD, "body": [{"type": "Input.Text", "id": "words", "value": "x" * 50_000}]}
    with pytest.raises(Undeliverable, match="too large"):
        to_activity(Outgoing(CHAT, Message("hello", card=card)))


def test_a_broken_character_does_not_stop_a_message():
    assert json.dumps(to_activity(Outgoing(CHAT, Message("broken \ud83d here"))))
