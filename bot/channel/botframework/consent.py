"""A file for somebody in Teams: offered by a consent card, allowed by an invoke, shown as a card once it is in their OneDrive. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from botbuilder.schema import Activity

from bot.channel.botframework.activity import locale_of, to_address, to_sender
from bot.channel.botframework.attachments import LONGEST
from bot.channel.botframework.plain import as_text, mapping
from bot.envelope import Envelope, Upload
from dialogs.passing import LEAVE, TAKE
from dialogs.values import Incoming, Share

CONSENT = "fileConsent/invoke"
ASKED, GIVEN = "application/vnd.microsoft.teams.card.file.consent", "application/vnd.microsoft.teams.card.file.info"
LONGEST_ID = 255


def offer(share: Share) -> dict[str, Any]:
    """Return the attachment that asks whether the file may be put into the reader's OneDrive."""
    about = {"case": share.case, "file": share.file.id}
    content = {
        "description": share.about,
        "sizeInBytes": share.file.size,
        "acceptContext": about,
        "declineContext": about,
    }
    return {"contentType": ASKED, "name": share.file.name, "content": content}


def given(upload: Upload) -> dict[str, Any]:
    """Return the attachment that shows a file where it has been put."""
    content = {"uniqueId": upload.id, "fileType": upload.kind}
    return {"contentType": GIVEN, "contentUrl": upload.shown, "name": upload.name, "content": content}


def consented(activity: Activity, new_id: Callable[[], str] = lambda: str(uuid4())) -> Envelope:
    """What somebody answered to an offer. What cannot be read is an answer to none: the dialogs say so."""
    value = mapping(activity.value)
    upload = _upload(mapping(value.get("uploadInfo"))) if value.get("action") == "accept" else None
    about = mapping(value.get("context"))
    values = {name: as_text(about.get(name))[:LONGEST_ID] for name in ("case", "file")}
    verb = TAKE if upload else LEAVE
    return Envelope(
        activity=as_text(activity.id) or new_id(),
        address=to_address(activity),
        sender=to_sender(activity),
        incoming=Incoming("action", verb=verb, values=values, locale=locale_of(activity)),
        card=as_text(activity.reply_to_id),
        invoke=True,
        upload=upload,
        silent=True,
    )


def _upload(info: Mapping[str, Any]) -> Upload | None:
    """Where the file may be put; None for what names no place."""
    url, shown = (as_text(info.get(name)) for name in ("uploadUrl", "contentUrl"))
    if not url or max(len(url), len(shown)) > LONGEST:
        return None
    id_, kind, name = (as_text(info.get(key))[:LONGEST_ID] for key in ("uniqueId", "fileType", "name"))
    return Upload(url, shown, id_, kind, name)
