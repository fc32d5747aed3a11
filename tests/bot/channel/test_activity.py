"""What Teams says becomes what the turn takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel.botframework.activity import as_text, to_envelope
from bot.envelope import Address, Envelope, Sender
from dialogs.values import Incoming
from tests.bot.channel.activities import ALICE, BOT, a_group, a_mention, an_activity, an_execute, sdk


def envelope(activity: dict[str, Any]) -> Envelope:
    found = to_envelope(sdk(activity))
    assert found is not None, "the activity was passed over"
    return found


def incoming(activity: dict[str, Any]) -> Incoming:
    return envelope(activity).incoming


def test_a_message_says_who_where_and_what():
    assert envelope(an_activity()) == Envelope(
        activity="1700000000001",
        address=Address(
            "msteams", "contoso", "a:1chat", "https://smba.trafficmanager.net/emea/", bot="28:bot", group=False
        ),
        sender=Sender("alice-in-the-directory", "Alice Adams", "29:1alice"),
        incoming=Incoming("message", text="Outlook is slow", locale="fr-FR"),
    )


def test_a_sender_the_directory_does_not_know_keeps_the_channels_id():
    assert envelope(an_activity(**{"from": {"id": "29:guest"}})).sender == Sender("29:guest", "", "29:guest")


def test_an_activity_without_id_gets_one_of_its_own():
    first, second = (envelope(an_activity(id=None)).activity for _ in range(2))
    assert first
    assert first != second


@pytest.mark.parametrize("channel_data", [None, "text", [], {}, {"tenant": None}, {"tenant": {"id": 5}}])
def test_the_tenant_is_found_in_the_conversation_when_the_channel_data_is_of_no_use(channel_data):
    assert envelope(an_activity(channelData=channel_data)).address.tenant == "contoso"


def test_the_tenant_of_the_channel_data_goes_first():
    assert envelope(an_activity(channelData={"tenant": {"id": "fabrikam"}})).address.tenant == "fabrikam"


@pytest.mark.parametrize(
    ("conversation", "group"),
    [
        ({"id": "a", "conversationType": "personal"}, False),
        ({"id": "a", "conversationType": "groupChat"}, True),
        ({"id": "a;messageid=1", "conversationType": "channel"}, True),
        ({"id": "a", "isGroup": True}, True),
        ({"id": "a"}, False),
    ],
)
def test_a_group_is_told_from_a_person(conversation, group):
    assert envelope(an_activity(conversation=conversation)).address.group is group


def said_in_group(text: str, *mentions: dict[str, Any]) -> str:
    return incoming(an_activity(text=text, conversation=a_group(), entities=list(mentions))).text


BOT_TAG = "<at>Support</at>"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{BOT_TAG} my laptop is broken", "my laptop is broken"),
        (f"{BOT_TAG}&nbsp;my laptop is broken", "my laptop is broken"),
        (f"my laptop {BOT_TAG} is broken", "my laptop is broken"),
        (f"{BOT_TAG}{BOT_TAG} help", "help"),
        (BOT_TAG, ""),
        (f"{BOT_TAG} 1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        (f"{BOT_TAG} two\nlines", "two\nlines"),
    ],
)
def test_the_mention_that_a_group_needs_is_not_part_of_what_is_said(text, read):
    assert said_in_group(text, a_mention(BOT, BOT_TAG)) == read


def test_other_people_are_mentioned_by_their_plain_names():
    mentions = [a_mention(BOT, BOT_TAG), a_mention(ALICE, "<at>Alice</at>")]
    assert said_in_group(f"{BOT_TAG} ask <at>Alice</at> please", *mentions) == "ask Alice Adams please"


def test_a_mention_that_is_only_typed_stays():
    assert incoming(an_activity(text="how do I write <at>Bob</at>?")).text == "how do I write <at>Bob</at>?"


def test_a_persons_own_text_is_not_unescaped_in_a_personal_chat():
    assert incoming(an_activity(text="what is &amp; in HTML?")).text == "what is &amp; in HTML?"


def test_a_submit_is_a_pressed_button_and_its_fields():
    value = {"verb": "open", "token": "t1", "note": "hi", "count": 3, "sure": True, "bad": None, "list": [1]}
    pressed = envelope(an_activity(text=None, value=value, replyToId="1699999999999"))
    values = {"note": "hi", "count": "3", "sure": "true"}
    assert pressed.incoming == Incoming("action", verb="open", token="t1", values=values, locale="fr-FR")
    assert pressed.card == "1699999999999"
    assert not pressed.invoke


def test_an_execute_is_a_pressed_button_and_its_fields_and_waits_for_an_answer():
    pressed = envelope(an_execute("open", {"token": "t1", "note": "hi", "verb": "other", "msteams": {}}))
    assert pressed.incoming == Incoming("action", verb="open", token="t1", values={"note": "hi"}, locale="fr-FR")
    assert pressed.card == "1700000000000"
    assert pressed.invoke


@pytest.mark.parametrize("data", ["text", 5, [1], True])
def test_an_execute_with_garbage_on_it_has_no_verb(data):
    assert incoming(an_execute("open", data)) == Incoming("action", locale="fr-FR")


def test_a_verb_that_is_no_word_is_none():
    assert incoming(an_execute({"a": 1}, {"token": ["t"]})) == Incoming("action", locale="fr-FR")


@pytest.mark.parametrize("value", [None, "text", [], {}, {"action": None}, {"action": {"type": "Action.Submit"}}])
def test_an_execute_that_no_card_can_send_is_nothing(value):
    assert to_envelope(sdk(an_execute(value=value))) is None


@pytest.mark.parametrize(
    "changes",
    [{"text": ""}, {"text": None}, {"text": None, "value": "x"}, {"text": None, "value": {}}, {"text": "  \n"}],
)
def test_a_message_with_nothing_in_it_is_still_a_message(changes):
    assert incoming(an_activity(**changes)) == Incoming("message", text="", locale="fr-FR")


def test_text_beside_a_value_is_what_was_said():
    assert incoming(an_activity(value={"verb": "open"})).kind == "message"


@pytest.mark.parametrize("action", ["add", "add-upgrade"])
def test_an_installation_is_an_arrival(action):
    assert incoming(an_activity("installationUpdate", text=None, action=action)).kind == "arrival"


def test_a_removal_is_a_departure():
    assert incoming(an_activity("installationUpdate", text=None, action="remove")).kind == "departure"


def test_an_edit_of_a_message_is_no_other_message_and_has_an_id_of_its_own():
    data = {"tenant": {"id": "contoso"}, "eventType": "editMessage"}
    edited = envelope(an_activity("messageUpdate", channelData=data))
    assert (edited.incoming.kind, edited.incoming.text, edited.activity) == ("edit", "", "1700000000001:edited")


def test_an_edit_in_a_group_is_nothing():
    data = {"eventType": "editMessage"}
    assert to_envelope(sdk(an_activity("messageUpdate", channelData=data, conversation=a_group()))) is None


@pytest.mark.parametrize(
    "activity",
    [
        an_activity("installationUpdate", action="remove-upgrade"),
        an_activity("installationUpdate"),
        an_activity("conversationUpdate", membersAdded=[BOT]),
        an_activity("messageReaction", reactionsAdded=[{"type": "like"}]),
        an_activity("messageUpdate"),
        an_activity("messageDelete"),
        an_activity("typing"),
        an_activity("event", name="x"),
        an_activity("endOfConversation"),
        an_activity("somethingNew"),
        an_activity("invoke", name="composeExtension/query"),
        an_activity("invoke"),
    ],
    ids=lambda activity: f"{activity['type']} {activity.get('action', '')}",
)
def test_what_asks_nothing_of_us_is_nothing(activity):
    assert to_envelope(sdk(activity)) is None


def test_the_language_is_the_activitys_or_else_the_clients():
    assert incoming(an_activity(locale="en-GB")).locale == "en-GB"
    assert incoming(an_activity(locale=None)).locale == "fr-FR"
    assert incoming(an_activity(locale=None, entities=[{"type": "clientInfo", "locale": 5}])).locale == ""
    assert incoming(an_activity(locale=None, entities=None)).locale == ""


def test_a_message_without_recipient_is_read():
    assert envelope(an_activity(recipient=None)).address.bot == ""


@pytest.mark.parametrize("broken", ["broken \ud83d here", "\udc00", "a\0b"])
def test_text_that_cannot_be_stored_is_replaced(broken):
    text = incoming(an_activity(text=f"see {broken} and \U0001f469")).text
    assert text.encode()
    assert "\ufffd" in text
    assert "\0" not in text
    assert "\U0001f469" in text


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_can_be_stored(text):
    assert "\0" not in as_text(text).encode().decode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(value=json_values, data=json_values)
def test_whatever_a_button_carries_its_values_are_strings(value, data):
    for activity in (an_activity(text=None, value=value), an_execute(value=value), an_execute("open", data)):
        found = to_envelope(sdk(activity))
        if found is not None:
            read = found.incoming
            assert all(isinstance(text, str) for text in (read.verb, read.token, *read.values, *read.values.values()))


def test_a_posted_card_says_nothing() -> None:
    mark = '<span class="inline-compose-card" itemtype="http://schema.skype.com/InputExtension">\n<span content="0"></span>\n</span>'
    card = [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}}]
    assert to_envelope(sdk(an_activity(text=mark, attachments=card))) is None
    said = to_envelope(sdk(an_activity(text=f"look {mark}", attachments=card)))
    assert said is not None
    assert said.incoming.text == "look"
