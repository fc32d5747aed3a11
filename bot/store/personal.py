"""Where people are in the database: for each table, how it names a person and what of theirs it holds. A test holds it complete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rest = Literal["deleted", "blanked", "none"]


@dataclass(frozen=True)
class Held:
    """What a table holds of people.

    `theirs` are columns with the id of whose row it is; their rows are `rest`. `acted` are columns with the id of who did something
    to a row that is not theirs: there they become nobody. `beside` are the names that stand beside such ids. `words` hold what
    people wrote or were called, `places` where a conversation is; `plain` holds nothing of anybody.
    """

    plain: tuple[str, ...]
    theirs: tuple[str, ...] = ()
    acted: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    rest: Rest = "none"


_PLACE = ("channel", "tenant")

REGISTRY: dict[str, Held] = {
    "tenants": Held(
        plain=(
            "id",
            "plan",
            "name",
            "network_team",
            "help_desk",
            "support_phone",
            "zone",
            "country",
            "opens",
            "closes",
            "days",
        )
    ),
    "administrators": Held(plain=("tenant",), theirs=("person",), rest="deleted"),
    "partners": Held(plain=("tenant",), theirs=("person",), rest="deleted"),
    "agents": Held(plain=(), theirs=("person",), rest="deleted"),
    "people": Held(plain=("tenant", "language"), theirs=("id",), beside=("name",), places=("address",), rest="deleted"),
    "conversations": Held(plain=_PLACE, theirs=("person",), words=("state",), places=("conversation",), rest="deleted"),
    "inbox": Held(plain=(*_PLACE, "activity"), words=("answer",), places=("conversation",), rest="deleted"),
    "outbox": Held(
        plain=("reason", "desk", "case", "key", "sent_id"), words=("payload",), places=("stream",), rest="deleted"
    ),
    "cases": Held(
        plain=(
            *("number", "tenant", "key", "channel", "language", "category", "severity", "holder", "status"),
            *("severity_by", "back", "follows"),
        ),
        theirs=("requester_id",),
        acted=("owner_id",),
        beside=("requester_name", "owner_name", "author"),
        words=("description", "judgement", "packet"),
        places=("conversation", "link"),
        rest="blanked",
    ),
    "audit": Held(
        plain=("tenant", "verb", "subject", "status", "key"),
        acted=("actor",),
        beside=("actor_name",),
        words=("words", "facts"),
    ),
    "files": Held(
        plain=("id", "tenant", "case", "kind", "sha256"), theirs=("person",), words=("name",), rest="deleted"
    ),
    "bridges": Held(
        plain=("id", "case", "why"),
        theirs=("requester_id", "owner_id"),
        acted=("ended_by",),
        beside=("requester_name", "owner_name"),
        places=("owner_thread",),
        rest="deleted",
    ),
    "bridge_ends": Held(plain=("bridge",), places=("stream",), rest="deleted"),
    "installs": Held(plain=_PLACE, places=("conversation",), rest="deleted"),
    "directory": Held(plain=("tenant",), theirs=("person",), rest="deleted"),
    "desk_references": Held(plain=("desk", "case", "reference", "reason")),
    "closed_desks": Held(plain=("desk", "reason")),
    "alarms": Held(plain=("case", "kind", "level")),
    "surveys": Held(plain=("case", "tenant"), theirs=("person",), words=("words",), rest="blanked"),
    "self_help": Held(
        plain=("tenant", "language", "category", "model"), theirs=("person",), words=("text",), rest="deleted"
    ),
    "feedback": Held(
        plain=(*_PLACE, "message", "reaction", "token", "category", "model"),
        theirs=("person",),
        words=("reason",),
        places=("conversation",),
        rest="deleted",
    ),
    "labels": Held(
        plain=("tenant", "language", "proposed", "category", "severity", "model", "source", "case"),
        theirs=("author",),
        acted=("person",),
        words=("text",),
        rest="deleted",
    ),
    "readings": Held(
        plain=(
            *(*_PLACE, "language", "model", "decision", "proposed", "proposed_severity", "probabilities", "severities"),
            *("outcome", "category", "severity", "case"),
        ),
        theirs=("person",),
        words=("text",),
        places=("conversation",),
        rest="deleted",
    ),
    "reviews": Held(plain=("origin", "decision"), acted=("reviewer",)),
    "links": Held(plain=("id",)),
    "examples": Held(
        plain=("language", "category", "severity", "source", "status", "tenant", "origin"),
        theirs=("person",),
        acted=("accepted_by",),
        words=("text",),
        rest="deleted",
    ),
    "models": Held(
        plain=("version", "sha256", "status", "manifest", "signature", "run"),
        acted=("created_by",),
        words=("comparison", "report"),
    ),
    "model_blobs": Held(plain=("sha256",), words=("content",)),
    "model_events": Held(plain=("verb", "version", "facts"), acted=("actor",)),
    "model_lessons": Held(plain=("version",)),
    "training_runs": Held(
        plain=("id", "state", "stage", "version", "reason"), acted=("asked_by",), words=("findings",)
    ),
    "shadow_readings": Held(
        plain=(
            *("champion", "shadow", "text_sha256", "language", "champion_category", "champion_severity"),
            *("champion_decision", "shadow_category", "shadow_severity", "shadow_decision"),
        ),
        words=("text",),
    ),
}
