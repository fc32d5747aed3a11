"""What Teams says when the bot is used from another chat, or a thumb is put under what it said: as an envelope. Pure.

A window over somebody's message is a conversation of its own, named after that message: what is proposed in it is remembered
there, and disturbs neither the chat nor the person's own conversation with the bot.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from botbuilder.schema import Activity

from bot.channel.botframework.activity import locale_of, pressed_values, to_address, to_sender
from bot.channel.botframework.hosts import split, within
from bot.channel.botframework.markup import to_text
from bot.channel.botframework.plain import as_text, mapping
from bot.envelope import Envelope
from dialogs.values import Incoming

FETCH, SUBMIT, QUERY = "composeExtension/fetchTask", "composeExtension/submitAction", "composeExtension/query"
RATING = "message/submitAction"
ESCALATE, SEARCH = "escalate", "searchCases"
SENT = frozenset({"send", "back", "wrong"})  # what the buttons of a window ask for
TEAMS = (
    "teams.microsoft.com",
    "teams.cloud.microsoft",
    "*.teams.microsoft.us",
    "teams.microsoft.us",
    "*.teams.microsoft.com",
)
LONGEST_NAME, LONGEST_LINK = 255, 2_000


def asked(activity: Activity, new_id: Callable[[], str] = lambda: str(uuid4())) -> Envelope:
    """What was asked. What cannot be read asks for nothing in particular: it is told so."""
    incoming = _incoming(activity)
    address = to_address(activity)
    if incoming.kind == "extension":
        about = "search" if incoming.verb == "search" else incoming.values.get("message", "")
        address = replace(address, conversation=f"{address.conversation};window={about}", group=True)
    return Envelope(
        activity=as_text(activity.id) or new_id(),
        address=address,
        sender=to_sender(activity),
        incoming=incoming,
        invoke=True,
    )


def _incoming(activity: Activity) -> Incoming:
    value, name, locale = mapping(activity.value), activity.name, locale_of(activity)
    if name == FETCH:
        return _proposed(value, locale)
    if name == SUBMIT:
        return _sent(value, _viewer(activity), locale)
    if name == QUERY:
        return _searched(value, _viewer(activity), locale)
    return _rated(value, as_text(activity.reply_to_id), locale)


def _proposed(value: Mapping[str, Any], locale: str) -> Incoming:
    """A message was picked."""
    payload = value.get("messagePayload")
    if value.get("commandId") != ESCALATE or not isinstance(payload, dict):
        return Incoming("extension", locale=locale)
    text, attachments = _read(payload)
    values = {
        "message": as_text(payload.get("id")),
        "author": _author(payload)[:LONGEST_NAME],
        "link": _link(payload),
        **({"attachments": "true"} if attachments else {}),
    }
    return Incoming("extension", text=text, verb="propose", values=values, locale=locale)


def _sent(value: Mapping[str, Any], viewer: dict[str, str], locale: str) -> Incoming:
    """A button of a window was pressed."""
    data = value.get("data")
    if value.get("commandId") != ESCALATE or not isinstance(data, dict) or data.get("verb") not in SENT:
        return Incoming("extension", locale=locale)
    values = {**pressed_values(data), **viewer}
    return Incoming("extension", verb=data["verb"], token=as_text(data.get("token")), values=values, locale=locale)


def _searched(value: Mapping[str, Any], viewer: dict[str, str], locale: str) -> Incoming:
    """Somebody types into the search; before they do, Teams asks for what to begin with."""
    if value.get("commandId") != SEARCH:
        return Incoming("extension", locale=locale)
    given = value.get("parameters")
    parameters = (
        {
            one.get("name"): one.get("value")
            for one in given
            if isinstance(one, dict) and isinstance(one.get("name"), str)
        }
        if isinstance(given, list)
        else {}
    )
    skip = mapping(value.get("queryOptions")).get("skip")
    values = {
        "query": as_text(parameters.get("query")),
        "skip": str(skip) if isinstance(skip, int) and not isinstance(skip, bool) and skip >= 0 else "0",
        **viewer,
    }
    return Incoming("extension", verb="search", values=values, locale=locale)


def _rated(value: Mapping[str, Any], message: str, locale: str) -> Incoming:
    """A thumb; the reason comes as JSON within JSON."""
    about = mapping(value.get("actionValue"))
    said = about.get("feedback")
    try:
        said = json.loads(said) if isinstance(said, str) else said
    except (ValueError, RecursionError):
        said = {"feedbackText": said}
    values = {
        "message": message,
        "reaction": as_text(about.get("reaction")),
        "reason": as_text(mapping(said).get("feedbackText")),
    }
    return Incoming("feedback", values=values, locale=locale)


def _read(payload: Mapping[str, Any]) -> tuple[str, bool]:
    """The text of a message, and whether there was more to it, which Teams does not send."""
    body = mapping(payload.get("body"))
    content = as_text(body.get("content"))
    text, pictures = (content.strip(), False) if body.get("contentType") == "text" else to_text(content)
    subject = as_text(payload.get("subject")).strip()
    whole = "\n".join(part for part in (subject, text) if part)
    return whole, pictures or bool(payload.get("attachments"))


def _author(payload: Mapping[str, Any]) -> str:
    """Who wrote the message: a person, else an application, else nobody that is known."""
    wrote = mapping(payload.get("from"))
    names = (as_text(mapping(wrote.get(kind)).get("displayName")).strip() for kind in ("user", "application", "device"))
    return next(filter(None, names), "")


def _link(payload: Mapping[str, Any]) -> str:
    """The message's address, if it is one of Teams: it will stand behind a button of ours."""
    link = as_text(payload.get("linkToMessage"))
    return link if len(link) <= LONGEST_LINK and _is_of_teams(link) else ""


def _is_of_teams(link: str) -> bool:
    parts = split(link)
    return parts is not None and within(parts, TEAMS)


def _viewer(activity: Activity) -> dict[str, str]:
    """For whom a shared card is made anew by itself: where Teams does so for nobody who is not named."""
    named = activity.conversation.conversation_type == "channel" and activity.from_property.id
    return {"viewer": as_text(activity.from_property.id)} if named else {}
