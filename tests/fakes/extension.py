"""The bot used from another chat: somebody picks a message, fills in the window, searches, or puts a thumb under an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fakes import cards
from tests.fakes.chat import Chat
from tests.fakes.values import ADAPTIVE, Person, Sent, Turn

LINK = "https://teams.microsoft.com/l/message/19%3Achat%40thread.v2/1700000000000?context=%7B%7D"


def a_message(text: str, author: str = "Bob Martin", **fields: Any) -> dict[str, Any]:
    """Return a message of a chat, as Teams hands it to an extension. Attachments come without what is in them."""
    return {
        "id": "1700000000000",
        "messageType": "message",
        "createdDateTime": "2026-11-23T08:30:00Z",
        "subject": None,
        "linkToMessage": LINK,
        "from": {"device": None, "user": {"userIdentityType": "aadUser", "id": "bob", "displayName": author}},
        "body": {"contentType": "html", "content": f"<div>{text}</div>"},
        "attachments": [],
        "mentions": [],
        **fields,
    }


async def pick(chat: Chat, message: Mapping[str, Any], who: Person | None = None) -> Turn:
    """Choose "Escalate to support" on a message."""
    value = {"commandId": "escalate", "commandContext": "message", "messagePayload": message}
    return await chat.post(chat.activity("invoke", who, name="composeExtension/fetchTask", value=value))


def submission(chat: Chat, window: Turn, title: str, inputs: Mapping[str, str], who: Person | None) -> dict[str, Any]:
    """Return the activity that a button of a window becomes."""
    card = in_window(window)
    [button] = [one for one in cards.buttons(card) if one.get("title") == title]
    assert button["type"] == "Action.Submit", "a window sends with Action.Submit"
    value = {
        "commandId": "escalate",
        "commandContext": "message",
        "data": {**button["data"], **cards.fill(card, inputs)},
    }
    return chat.activity("invoke", who, name="composeExtension/submitAction", value=value)


async def send(chat: Chat, window: Turn, title: str, who: Person | None = None, **inputs: str) -> Turn:
    """Press a button of a window."""
    return await chat.post(submission(chat, window, title, inputs, who))


async def search(chat: Chat, query: str = "", who: Person | None = None) -> Turn:
    """Type into the search."""
    parameters = [{"name": "query", "value": query}] if query else [{"name": "initialRun", "value": "true"}]
    value = {"commandId": "searchCases", "parameters": parameters, "queryOptions": {"skip": 0, "count": 25}}
    return await chat.post(chat.activity("invoke", who, name="composeExtension/query", value=value))


async def rate(chat: Chat, sent: Sent, reaction: str, reason: str = "", who: Person | None = None) -> Turn:
    """Put a thumb under a message."""
    about = {"reaction": reaction, "feedback": '{"feedbackText":"' + reason + '"}'}
    value = {"actionName": "feedback", "actionValue": about}
    return await chat.post(chat.activity("invoke", who, name="message/submitAction", value=value, replyToId=sent.id))


def in_window(turn: Turn) -> dict[str, Any]:
    """Return the card of the window that is shown."""
    assert turn.status == 200, turn
    assert turn.body["task"]["type"] == "continue", turn.body
    return dict(turn.body["task"]["value"]["card"]["content"])


def told(turn: Turn) -> str:
    """Return the sentence that is shown instead of a card."""
    body = turn.body
    return str(body["task"]["value"]) if "task" in body else str(body["composeExtension"]["text"])


def to_share(turn: Turn) -> list[dict[str, Any]]:
    """Return the cards that are put into the chat, or offered for it."""
    assert turn.status == 200, turn
    assert turn.body["composeExtension"]["type"] == "result", turn.body
    return [one["content"] for one in turn.body["composeExtension"]["attachments"] if one["contentType"] == ADAPTIVE]


def previews(turn: Turn) -> list[str]:
    """Return what is read of each hit before one is chosen."""
    found = turn.body["composeExtension"].get("attachments", ())
    return [f"{one['preview']['content']['title']}\n{one['preview']['content']['text']}" for one in found]


def posted(chat: Chat, card: Mapping[str, Any]) -> Sent:
    """A person posts a card into the chat; it is theirs, not the bot's."""
    sent = Sent(f"posted-{len(chat.messages)}", {"attachments": [{"contentType": ADAPTIVE, "content": card}]})
    chat.messages[sent.id] = sent
    return sent


async def look(chat: Chat, sent: Sent, who: Person) -> dict[str, Any]:
    """A client makes a shared card anew for whoever looks at it, and shows it to nobody else; return what they see."""
    action = sent.cards[0]["refresh"]["action"]
    value = {"action": {**action, "type": "Action.Execute"}, "trigger": "automatic"}
    turn = await chat.post(chat.activity("invoke", who, name="adaptiveCard/action", value=value, replyToId=sent.id))
    assert turn.card is not None, turn.body
    return turn.card
