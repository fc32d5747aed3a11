"""What an invoke is answered with, by its name: each has a shape of its own, and one that Teams cannot read is an error to the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.channel.botframework.extension import FETCH, QUERY, RATING, SUBMIT
from bot.channel.botframework.outgoing import CARD
from bot.envelope import Answer
from dialogs.values import Message

THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
TASK_FETCH, TASK_SUBMIT, RATING_FORM = "task/fetch", "task/submit", "message/fetchTask"
HEIGHT, WIDTH = "large", "medium"
Body = dict[str, Any] | None


def window(answer: Answer) -> Body:
    """A window, or a sentence in it."""
    message = answer.message
    if message is None or message.card is None:
        return {"task": {"type": "message", "value": message.text if message else ""}}
    card = {"contentType": CARD, "content": message.card}
    value = {"title": message.text, "height": HEIGHT, "width": WIDTH, "card": card}
    return {"task": {"type": "continue", "value": value}}


def sent(answer: Answer) -> Body:
    """After a window was sent: the next one, or a card for the chat that the person is writing in."""
    message = answer.message
    if message is None or message.card is None or message.dialog:
        return window(answer)
    return _results([{"contentType": CARD, "content": message.card}])


def hits(answer: Answer) -> Body:
    """What a search has found, or a sentence."""
    if not answer.results:
        return {"composeExtension": {"type": "message", "text": answer.message.text if answer.message else ""}}
    return _results([_hit(one) for one in answer.results])


def nothing(_answer: Answer) -> Body:
    """Teams takes an empty body, and only that."""
    return None


def _hit(message: Message) -> dict[str, Any]:
    title, _, text = message.text.partition("\n")
    preview = {"contentType": THUMBNAIL, "content": {"title": title, "text": text}}
    return {"contentType": CARD, "content": message.card, "preview": preview}


def _results(attachments: list[dict[str, Any]]) -> Body:
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attachments}}


ANSWERS: Mapping[str, Callable[[Answer], Body]] = {FETCH: window, SUBMIT: sent, QUERY: hits, RATING: nothing}

# We ask for none of these. One that comes all the same, from an older card or another app's, ends without an error.
CLOSED: Mapping[str, Body] = {TASK_FETCH: {}, TASK_SUBMIT: None, RATING_FORM: {}}
