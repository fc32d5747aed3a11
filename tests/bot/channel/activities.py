"""Activities as Teams sends them, for tests of what reads them."""

from __future__ import annotations

from typing import Any

from botbuilder.schema import Activity

BOT = {"id": "28:bot", "name": "Support"}
ALICE = {"id": "29:1alice", "name": "Alice Adams", "aadObjectId": "alice-in-the-directory"}


def an_activity(kind: str = "message", **changes: Any) -> dict[str, Any]:
    """Return an activity's JSON with `changes`; a change to None takes the key away."""
    activity = {
        "type": kind,
        "id": "1700000000001",
        "timestamp": "2026-11-02T09:30:00.1234567Z",
        "channelId": "msteams",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "from": ALICE,
        "recipient": BOT,
        "conversation": {"id": "a:1chat", "conversationType": "personal", "tenantId": "contoso"},
        "channelData": {"tenant": {"id": "contoso"}},
        "entities": [{"type": "clientInfo", "locale": "fr-FR", "country": "FR", "platform": "Web"}],
        "locale": "fr-FR",
        "text": "Outlook is slow",
    }
    return {key: value for key, value in (activity | changes).items() if value is not None}


def a_group() -> dict[str, Any]:
    return {"id": "19:group@thread.v2", "conversationType": "groupChat", "tenantId": "contoso", "isGroup": True}


def a_mention(who: dict[str, str], text: str) -> dict[str, Any]:
    return {"type": "mention", "text": text, "mentioned": {"id": who["id"], "name": who["name"]}}


def an_execute(verb: Any = "open", data: Any = None, **changes: Any) -> dict[str, Any]:
    """Return the invoke that a pressed `Action.Execute` becomes."""
    value = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "trigger": "manual"}
    press = {"text": None, "name": "adaptiveCard/action", "value": value, "replyToId": "1700000000000"}
    return an_activity("invoke", **(press | changes))


def sdk(activity: dict[str, Any]) -> Activity:
    return Activity().deserialize(activity)
