"""What says that a program made a proposal, what it rests on, and that it may be rated: as Teams wants it. Pure."""

from __future__ import annotations

from typing import Any

from dialogs.values import Citation, Proposed

MOST_CITATIONS = 20
NAME_LENGTH, ABOUT_LENGTH = 80, 160


def label(proposed: Proposed) -> dict[str, Any]:
    """Return the parts of an activity that carry the AI label, the citations, and the thumbs."""
    entity: dict[str, Any] = {
        "type": "https://schema.org/Message",
        "@type": "Message",
        "@context": "https://schema.org",
        "@id": "",
        "additionalType": ["AIGeneratedContent"],
    }
    cited = [_claim(place, one) for place, one in enumerate(proposed.citations[:MOST_CITATIONS], start=1)]
    if cited:
        entity["citation"] = cited
    return {"entities": [entity], "channelData": {"feedbackLoop": {"type": "default"}}}


def _claim(position: int, citation: Citation) -> dict[str, Any]:
    page = {
        "@type": "DigitalDocument",
        "name": _cut(citation.name, NAME_LENGTH),
        "url": citation.url,
        "abstract": _cut(citation.about, ABOUT_LENGTH),
    }
    return {"@type": "Claim", "position": position, "appearance": page}


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
