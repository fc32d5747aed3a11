"""An outgoing message as the activity that Teams shows. Pure."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from bot.channel.botframework.consent import given, offer
from bot.channel.botframework.labels import label
from bot.envelope import Outgoing, Undeliverable
from dialogs.values import Mention, Suggestion

CARD = "application/vnd.microsoft.card.adaptive"
LIMIT_BYTES = 80_000  # as UTF-16, which is what Teams counts; it refuses at about 100 KB and asks to stay below 80
ELLIPSIS = "…"
SHORTEST_TEXT = 200  # characters: a card whose texts would be shorter says nothing any more


def to_activity(outgoing: Outgoing) -> dict[str, Any]:
    """Return the activity to post for a message, with its texts cut to what Teams accepts.

    Raises `Undeliverable` if it is too large without them.
    """
    message = outgoing.message
    activity: dict[str, Any] = {"type": "message", "conversation": {"id": outgoing.address.conversation}}
    if outgoing.address.bot:
        activity["from"] = {"id": outgoing.address.bot}
    if outgoing.reply_to and not outgoing.update:
        activity["replyToId"] = outgoing.reply_to
    activity |= _content(outgoing)
    if message.proposed is not None:
        activity |= label(message.proposed)
    if message.mentions:
        activity["entities"] = [*activity.get("entities", ()), *map(_mention, message.mentions)]
    if message.suggestions:
        activity["suggestedActions"] = {"actions": [_button(suggestion) for suggestion in message.suggestions]}
    return _fit(activity)


def _content(outgoing: Outgoing) -> dict[str, Any]:
    """What is to be read: attachments with a summary, which is what a notification shows, or a text. Teams splits what has both."""
    message = outgoing.message
    if attachments := _attachments(outgoing):
        return {"attachments": attachments, "summary": message.text}
    if not message.text:
        return {}
    pictures = [{"contentType": "image/jpeg", "contentUrl": one} for one in outgoing.previews]
    return {"text": message.text, "textFormat": "markdown", **({"attachments": pictures} if pictures else {})}


def size(activity: Mapping[str, Any]) -> int:
    """Return the bytes of an activity as Teams counts them."""
    return len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))


def _attachments(outgoing: Outgoing) -> list[dict[str, Any]]:
    share, card = outgoing.message.share, outgoing.message.card
    if share is not None:
        return [given(outgoing.upload) if outgoing.upload else offer(share)]
    return [{"contentType": CARD, "content": card}] if card is not None else []


def _mention(mention: Mention) -> dict[str, Any]:
    return {"type": "mention", "text": f"<at>{mention.name}</at>", "mentioned": vars(mention)}


def _button(suggestion: Suggestion) -> dict[str, str]:
    return {"type": "imBack", "title": suggestion.title, "value": suggestion.text}


def _fit(activity: dict[str, Any]) -> dict[str, Any]:
    if size(activity) <= LIMIT_BYTES:
        return activity
    if activity.get("attachments"):
        return _fit_card(activity)
    text: str = activity.get("text", "")

    def cut(length: int) -> dict[str, Any]:
        return activity | {"text": text[:length] + ELLIPSIS}

    longest = bisect_right(range(len(text)), LIMIT_BYTES, key=lambda length: size(cut(length))) - 1
    if longest <= 0:
        raise Undeliverable("the message is too large")
    return cut(longest)


def _fit_card(activity: dict[str, Any]) -> dict[str, Any]:
    """The card with its long texts cut, all to the same length; its heading, which names the case, and its buttons stay."""

    def cut(length: int) -> dict[str, Any]:
        return activity | {
            "summary": activity.get("summary", "")[:1000],
            "attachments": _shortened(activity["attachments"], length),
        }

    longest = bisect_right(range(LIMIT_BYTES), LIMIT_BYTES, key=lambda length: size(cut(length))) - 1
    if longest < SHORTEST_TEXT:
        raise Undeliverable("the card is too large")
    return cut(longest)


def _shortened(piece: Any, length: int, key: str = "") -> Any:
    """A part of a card whose shown texts have at most so many characters; what people may have typed into it is left whole."""
    if isinstance(piece, dict):
        typed = str(piece.get("type", "")).startswith(("Input.", "Action."))
        return piece if typed else {name: _shortened(value, length, name) for name, value in piece.items()}
    if isinstance(piece, list | tuple):
        return [_shortened(one, length, key) for one in piece]
    if isinstance(piece, str) and key in ("text", "value") and len(piece) > length:
        return piece[:length] + ELLIPSIS
    return piece
