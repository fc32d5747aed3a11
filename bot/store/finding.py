"""Cases found by words, among those that a person may see. The rule book is asked once more for each before it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.cases import case_of
from bot.store.tables import cases
from dialogs.lookup import Sought, Word
from handoff.case import Case, Holder
from handoff.people import Person, Role, Tenant

PAGE = 10  # hits that are shown at once, and looked for


async def matching(
    connection: AsyncConnection, sought: Sought, person: Person, tenant: Tenant, others: Sequence[str]
) -> tuple[Case, ...]:
    """A page of hits, the newest first. `others` are organisations that have delegated their administration to the person."""
    here = (_visible(person, tenant, others), *(_has(word) for word in sought.words))
    page = select(cases).where(*here).order_by(cases.c.opened_at.desc(), cases.c.number).limit(PAGE)
    rows = await connection.execute(page.offset(min(sought.skip, 10_000)))
    return tuple(case_of(dict(row)) for row in rows.mappings())


def _visible(person: Person, tenant: Tenant, others: Sequence[str]) -> ColumnElement[bool]:
    """What they opened, what they administer, and for an agent what is with support."""
    home = cases.c.tenant == tenant.id
    mine = home if person.role is not Role.END_USER else and_(home, cases.c.requester_id == person.id)
    reaches = [mine, *([cases.c.tenant.in_(others)] if others else [])]
    return or_(*reaches, *([cases.c.holder == Holder.SUPPORT.value] if person.agent else []))


def _has(word: Word) -> ColumnElement[bool]:
    texts = (cases.c.number, cases.c.description, cases.c.requester_name)
    named = [cases.c.category.in_(word.categories)] if word.categories else []
    standing = [cases.c.status.in_(word.statuses)] if word.statuses else []
    return or_(*(text.icontains(word.text, autoescape=True) for text in texts), *named, *standing)
