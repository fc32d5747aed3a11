"""What Teams says, in our words: a Bot Framework activity becomes an envelope, or nothing. Pure.

Read with suspicion: an activity is authentic when it arrives here, but its text, values and names are somebody's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from botbuilder.schema import Activity

from bot.channel.botframework.attachments import offers_of, shares_a_card
from bot.channel.botframework.plain import as_text, mapping
from bot.envelope import Address, Envelope, Sender
from dialogs.values import Incoming, Kind

EXECUTE = "adaptiveCard/action"
INSTALLED: Mapping[str, Kind] = {"add": "arrival", "add-upgrade": "arrival", "remove": "departure"}
EDITED = ":edited"
POSTED_CARD = re.compile(
    r'<span class="inline-compose-card".*?</span>\s*</span>', re.DOTALL
)  # where a posted card stands
NO_VALUES = frozenset({"verb", "token", "msteams"})  # of a button itself, not what somebody entered beside it


def to_envelope(activity: Activity, new_id: Callable[[], str] = lambda: str(uuid4())) -> Envelope | None:
    """Return what the activity asks of us, or None if it is nothing (reactions, deletions, typing, people who join).

    `new_id` stands in for an id that is missing; without it, such an activity could never be told from another.
    """
    incoming = to_incoming(activity)
    if incoming is None:
        return None
    edited = EDITED if incoming.kind == "edit" else ""  # it has the id of the message that was edited
    return Envelope(
        activity=(as_text(activity.id) or new_id()) + edited,
        address=to_address(activity),
        sender=to_sender(activity),
        incoming=incoming,
        card=as_text(activity.reply_to_id) if incoming.kind == "action" else "",
        invoke=activity.type == "invoke",
        offers=offers_of(activity) if incoming.kind == "message" else (),
    )


def to_incoming(activity: Activity) -> Incoming | None:
    """Return what the person did, or None if that is of no interest here."""
    locale = locale_of(activity)
    if activity.type == "message":
        return _written(activity, locale)
    if activity.type == "invoke" and activity.name == EXECUTE:
        return _executed(activity.value, locale)
    if activity.type == "installationUpdate":
        kind = INSTALLED.get(as_text(activity.action))
        return Incoming(kind, locale=locale) if kind else None
    if activity.type == "messageUpdate" and _is_edit(activity):
        return Incoming("edit", locale=locale)
    return None


def _written(activity: Activity, locale: str) -> Incoming | None:
    text = text_of(activity)
    if not text and isinstance(activity.value, dict) and activity.value:
        return _pressed(as_text(activity.value.get("verb")), activity.value, locale)
    if not text and shares_a_card(activity):
        return None  # somebody posted a card of a message extension: nothing was said
    return Incoming("message", text=text, locale=locale)


def to_address(activity: Activity) -> Address:
    """Return where the activity happened."""
    return Address(
        channel=as_text(activity.channel_id),
        tenant=tenant_of(activity),
        conversation=as_text(activity.conversation.id),
        service_url=as_text(activity.service_url),
        bot=as_text(activity.recipient.id) if activity.recipient else "",
        group=is_group(activity),
    )


def is_group(activity: Activity) -> bool:
    """Return whether others listen, so that the bot has to be mentioned."""
    conversation = activity.conversation
    return conversation.conversation_type in {"groupChat", "channel"} or conversation.is_group is True


def to_sender(activity: Activity) -> Sender:
    """Return who acted: by their directory id, which is the same in all conversations, where Teams gives it."""
    account = activity.from_property
    id_ = as_text(account.id)
    return Sender(id=as_text(account.aad_object_id) or id_, name=as_text(account.name), account=id_)


def tenant_of(activity: Activity) -> str:
    """Return the tenant's id, or an empty string.

    The SDK's own `conversation.tenant_id` is always None on Teams: it looks for a key that Teams does not send.
    """
    tenant = mapping(mapping(activity.channel_data).get("tenant")).get("id")
    return as_text(tenant) or as_text(activity.conversation.additional_properties.get("tenantId"))


def locale_of(activity: Activity) -> str:
    """Return the language tag of the person's client, or an empty string."""
    said = [mapping(entity).get("locale") for entity in _entities(activity, "clientInfo")]
    return next(filter(None, map(as_text, [activity.locale, *said])), "")


def text_of(activity: Activity) -> str:
    """Return what was written: without the mention of the bot that a group needs, other mentions as plain names."""
    text = POSTED_CARD.sub("", as_text(activity.text))
    bot = as_text(activity.recipient.id) if activity.recipient else ""
    for mention in _entities(activity, "mention"):
        tag, mentioned = as_text(mention.get("text")), mapping(mention.get("mentioned"))
        if tag and as_text(mentioned.get("id")) == bot:
            text = re.sub(re.escape(tag) + r"(?:&nbsp;|[ \u00a0])?", "", text)
        elif tag:
            text = text.replace(tag, as_text(mentioned.get("name")) or re.sub(r"<[^>]*>", "", tag))
    return (html.unescape(text) if is_group(activity) else text).strip()


def _is_edit(activity: Activity) -> bool:
    """Whether somebody changed what they had written to the bot alone; in a group the bot may not even be meant."""
    return not is_group(activity) and mapping(activity.channel_data).get("eventType") == "editMessage"


def _executed(value: object, locale: str) -> Incoming | None:
    action = mapping(value).get("action")
    if not isinstance(action, dict) or action.get("type") != "Action.Execute":
        return None
    data = action.get("data")
    if data is not None and not isinstance(data, dict):
        return Incoming("action", locale=locale)  # a button of ours, but not what we put on it: the dialogs say so
    return _pressed(as_text(action.get("verb")), data or {}, locale)


def _pressed(verb: str, data: Mapping[str, Any], locale: str) -> Incoming:
    values = pressed_values(data)
    return Incoming("action", verb=verb, token=as_text(data.get("token")), values=values, locale=locale)


def pressed_values(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the card's inputs as strings; a toggle that sends a boolean reads as one that sends "true"."""
    return dict(_values(data))


def _values(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if key in NO_VALUES:
            continue
        if isinstance(value, bool):
            yield as_text(key), str(value).lower()
        elif isinstance(value, str | int | float):
            yield as_text(key), as_text(str(value))


def _entities(activity: Activity, kind: str) -> Iterator[Mapping[str, Any]]:
    """Yield what the SDK's `Entity` keeps of each entity of a kind: all but its type is an additional property."""
    for entity in activity.entities or ():
        if getattr(entity, "type", None) == kind:
            yield entity.additional_properties
