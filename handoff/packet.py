"""The service request packet: everything that support needs to begin, gathered and checked before it is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

TITLE_LENGTH = 120
FIELD_LENGTH = 4_000
WRITTEN = ("title", "description", "affected", "since", "tried", "workaround", "contact", "health")
REQUIRED = ("title", "description", "contact")


@dataclass(frozen=True)
class Packet:
    """What a service request says; all texts are the customer's own. `health` is the service health note, if one was seen."""

    title: str
    description: str
    affected: str = ""
    since: str = ""
    tried: str = ""
    workaround: str = ""
    contact: str = ""
    language: str = "en"
    health: str = ""


def packet_from(packet: Packet, values: Mapping[str, str]) -> Packet:
    """The packet with what was entered in a form; a field that the form does not have stays."""
    entered = {name: values[name].strip()[:FIELD_LENGTH] for name in WRITTEN if name in values}
    return replace(packet, **entered)


def problems(packet: Packet) -> dict[str, str]:
    """What is wrong with a packet, field by field, as ids of texts; empty when it can be submitted."""
    missing = {name: "missing" for name in REQUIRED if not getattr(packet, name).strip()}
    too_long = {"title": "too-long"} if len(packet.title) > TITLE_LENGTH else {}
    return {**missing, **too_long}


def title_from(description: str) -> str:
    """A title out of a description: its first words."""
    words = " ".join(description.split())
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 2].rsplit(" ", 1)[0] + " …"
