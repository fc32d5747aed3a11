"""What came with a message, as offers to fetch. Pure."""

from __future__ import annotations

from botbuilder.schema import Activity

from bot.channel.botframework.plain import as_text, mapping
from bot.envelope import Offer

FILE = "application/vnd.microsoft.teams.file.download.info"
LONGEST = 8_000  # of an address
MOST = 50  # no message has more


def offers_of(activity: Activity) -> tuple[Offer, ...]:
    """The pictures and files of a message. Its own text, which Teams attaches as HTML, is neither, and no more are cards."""
    found: list[Offer] = []
    for one in filter(None, (activity.attachments or ())[:MOST]):
        kind, name = as_text(one.content_type).lower(), as_text(one.name)
        if kind == FILE:
            found.append(Offer(name, as_text(mapping(one.content).get("downloadUrl"))[:LONGEST], ours=False))
        elif kind.startswith("image/") and one.content_url:
            found.append(Offer(name, as_text(one.content_url)[:LONGEST], ours=True))
    return tuple(found)


def shares_a_card(activity: Activity) -> bool:
    """Whether a card was posted with the message, by a message extension."""
    kinds = (as_text(one.content_type) for one in filter(None, (activity.attachments or ())[:MOST]))
    return any(kind.startswith("application/vnd.microsoft.card.") for kind in kinds)
