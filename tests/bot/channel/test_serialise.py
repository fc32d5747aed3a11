"""SDK models as JSON: everything that is in them, and nothing that is not."""

from __future__ import annotations

from datetime import UTC, datetime

from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ChannelAccount,
    ConversationAccount,
    Entity,
    Mention,
)

from bot.channel.botframework.serialise import to_json


def test_a_model_keeps_its_names_on_the_wire():
    activity = Activity(
        type=ActivityTypes.message,
        from_property=ChannelAccount(id="28:bot"),
        conversation=ConversationAccount(id="a:1", is_group=False),
        timestamp=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        reply_to_id="17",
        channel_data={"feedbackLoopEnabled": True},
    )
    assert to_json(activity) == {
        "type": "message",
        "from": {"id": "28:bot"},
        "conversation": {"id": "a:1", "isGroup": False},
        "timestamp": "2026-11-02T09:30:00+00:00",
        "replyToId": "17",
        "channelData": {"feedbackLoopEnabled": True},
    }


def test_what_the_sdk_does_not_know_is_kept():
    entity = Entity(type="https://schema.org/Message")
    entity.additional_properties = {"@type": "Message", "citation": [{"position": 1}]}
    mention = Mention(type="mention", text="<at>A</at>", mentioned=ChannelAccount(id="29:a"))
    assert to_json([entity, mention]) == [
        {"type": "https://schema.org/Message", "@type": "Message", "citation": [{"position": 1}]},
        {"type": "mention", "text": "<at>A</at>", "mentioned": {"id": "29:a"}},
    ]


def test_plain_values_are_left_alone():
    plain = {"a": [1, 2.5, None, True, "text"], "b": {"c": None}}
    assert to_json(plain) == plain
