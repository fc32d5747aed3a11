"""An activity as the store can keep it: nothing without end, and nothing that a database cannot hold."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.envelope import Envelope

LONGEST = 20_000  # characters of one message that are kept with a case; a chat message has at most 28 KB


def within_bounds(envelope: Envelope) -> Envelope:
    """The envelope as the store can keep it: no NUL (PostgreSQL has none), no text or name without end, ids that fit their column."""
    incoming, sender = envelope.incoming, envelope.sender
    return replace(
        envelope,
        activity=_short(envelope.activity, 255),
        address=replace(
            envelope.address,
            tenant=_short(envelope.address.tenant, 64),
            conversation=_short(envelope.address.conversation, 512),
        ),
        sender=replace(sender, id=_short(sender.id, 255), name=sender.name.replace("\0", "")[:255]),
        incoming=replace(incoming, text=incoming.text.replace("\0", "")[:LONGEST], token=_short(incoming.token, 64)),
    )


def _short(id_: str, length: int) -> str:
    """An id that fits: an absurdly long one is stood for by its hash."""
    id_ = id_.replace("\0", "")
    return id_ if len(id_) <= length else hashlib.sha256(id_.encode()).hexdigest()
