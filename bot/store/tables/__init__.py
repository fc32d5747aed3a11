"""The tables. Changed only together with a migration; a test compares the two."""

from bot.store.tables.base import metadata
from bot.store.tables.bridges import bridge_ends, bridges
from bot.store.tables.cases import alarms, audit, cases, surveys
from bot.store.tables.desks import closed_desks, desk_references
from bot.store.tables.learning import labels, self_help
from bot.store.tables.people import administrators, agents, partners, people, tenants
from bot.store.tables.talk import conversations, inbox, outbox

__all__ = [
    "tenants",
    "administrators",
    "partners",
    "agents",
    "people",
    "conversations",
    "inbox",
    "outbox",
    "cases",
    "audit",
    "alarms",
    "surveys",
    "desk_references",
    "closed_desks",
    "self_help",
    "labels",
    "bridges",
    "bridge_ends",
    "metadata",
]
