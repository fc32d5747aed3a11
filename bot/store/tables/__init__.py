"""The tables. Changed only together with a migration; a test compares the two."""

from bot.store.tables.base import metadata
from bot.store.tables.cases import alarms, audit, cases, surveys
from bot.store.tables.files import files
from bot.store.tables.learning import feedback, labels, self_help
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
    "self_help",
    "labels",
    "feedback",
    "files",
    "metadata",
]
