"""The tables. Changed only together with a migration; a test compares the two."""

from bot.store.tables.base import metadata
from bot.store.tables.bridges import bridge_ends, bridges
from bot.store.tables.cases import alarms, audit, cases, surveys
from bot.store.tables.desks import closed_desks, desk_references
from bot.store.tables.directory import directory
from bot.store.tables.files import files
from bot.store.tables.learning import examples, feedback, labels, self_help
from bot.store.tables.models import model_blobs, model_events, model_lessons, models, shadow_readings, training_runs
from bot.store.tables.people import administrators, agents, partners, people, tenants
from bot.store.tables.review import links, readings, reviews
from bot.store.tables.talk import conversations, inbox, installs, outbox

__all__ = [
    "tenants",
    "administrators",
    "partners",
    "agents",
    "people",
    "conversations",
    "inbox",
    "outbox",
    "installs",
    "directory",
    "cases",
    "audit",
    "alarms",
    "surveys",
    "desk_references",
    "closed_desks",
    "self_help",
    "labels",
    "readings",
    "reviews",
    "links",
    "examples",
    "models",
    "model_blobs",
    "model_events",
    "model_lessons",
    "training_runs",
    "shadow_readings",
    "bridges",
    "bridge_ends",
    "feedback",
    "files",
    "metadata",
]
