"""The statements that every turn runs, made once: what changes from turn to turn are their parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Insert, Select, Table, and_, bindparam, exists, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import (
    administrators,
    agents,
    bridge_ends,
    bridges,
    cases,
    conversations,
    inbox,
    partners,
    people,
    tenants,
)
from handoff.rulebook import Status

PLACE = ("channel", "tenant", "conversation")


@dataclass(frozen=True)
class Statements:
    """`known` asks all that a turn starts from; `note` and `remember` write the activity and the conversation's new state."""

    known: Select[Any]
    note: Insert
    remember: Any

    @classmethod
    def for_dialect(cls, name: str) -> Statements:
        """The statements for SQLite or PostgreSQL: both know ON CONFLICT, SQLAlchemy gives it by dialect."""
        upsert = (postgresql if name == "postgresql" else sqlite).insert(conversations)
        remember = upsert.on_conflict_do_update(
            index_elements=list(conversations.primary_key),
            set_={column: upsert.excluded[column] for column in ("version", "state", "updated_at")},
            where=conversations.c.version
            == upsert.excluded.version - 1,  # else somebody was faster, and no row changes
        )
        return cls(known=_known(), note=insert(inbox), remember=remember)


def _known() -> Select[Any]:
    """Whether the activity was seen, state, tenant, roles, the case of the pressed button, the person: one question, one row."""
    seen = _at(inbox, *PLACE, "activity")
    state = _at(conversations, *PLACE, "person")
    administrates = and_(administrators.c.tenant == bindparam("tenant"), administrators.c.person == bindparam("sender"))
    mine = and_(
        cases.c.tenant == bindparam("tenant"),
        cases.c.requester_id == bindparam("sender"),
        cases.c.key == bindparam("token"),
    )
    waited_for = and_(
        cases.c.tenant == bindparam("tenant"),
        cases.c.requester_id == bindparam("sender"),
        cases.c.status == Status.WAITING.value,
    )
    person = and_(people.c.tenant == bindparam("tenant"), people.c.id == bindparam("sender"))
    here = select(literal(1).label("one")).subquery()  # the one row that there is even where nothing is known
    return select(
        exists().where(seen).label("seen"),
        _one(inbox.c.answer, seen),
        conversations.c.state,
        conversations.c.version,
        *(column.label(f"tenant_{column.name}") for column in tenants.c),
        exists().where(administrates).label("administrates"),
        exists().where(agents.c.person == bindparam("sender")).label("agent"),
        exists().where(partners.c.person == bindparam("sender")).label("partner"),
        _one(cases.c.number, mine),
        _one(cases.c.number, waited_for, "unanswered"),
        *(column.label(f"person_{column.name}") for column in (people.c.name, people.c.language, people.c.address)),
        *(column.label(f"bridge_{column.name}") for column in bridges.c),
    ).select_from(
        here.outerjoin(tenants, tenants.c.id == bindparam("tenant"))
        .outerjoin(conversations, state)
        .outerjoin(people, person)
        .outerjoin(bridge_ends, bridge_ends.c.stream == bindparam("stream"))
        .outerjoin(bridges, bridges.c.id == bridge_ends.c.bridge)
    )


def _at(table: Table, *columns: str) -> ColumnElement[bool]:
    return and_(*(table.c[column] == bindparam(column) for column in columns))


def _one(column: ColumnElement[Any], where: ColumnElement[bool], label: str = "") -> Any:
    return select(column).where(where).limit(1).scalar_subquery().label(label or str(column.key))
