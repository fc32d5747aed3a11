"""What a card needs to be made: the product's own words and rules, somebody in a tenant, and a problem on its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.knowledge import read_knowledge
from bot.settings import ROOT
from dialogs.scene import Knowledge, Scene
from dialogs.values import Draft
from handoff.case import Case, Judgement, open_case
from handoff.people import Person, Role, Tenant
from handoff.rulebook import Severity

TEXTS = {
    "en": "Nobody in the company receives mail since this morning",
    "fr": "Plus personne ne reçoit de mail dans l’entreprise depuis ce matin",
}


@cache
def knowledge() -> Knowledge:
    """The product's rules, words and commands, with lines that are easy to count with."""
    return read_knowledge(ROOT / "data", {"act": 0.8, "confirm": 0.3, "clarity": 0.5})


def scene(language: str = "en", role: Role = Role.END_USER, plan: str = "enterprise_e3", **tenant: str) -> Scene:
    """One turn of somebody's conversation."""
    return Scene(
        knowledge=knowledge(),
        person=Person("alice", "Alice", role),
        tenant=Tenant("contoso", plan, **tenant),
        now=datetime(2026, 11, 23, 12, tzinfo=UTC),
        token="token-2",
        number="T-7KM-2Q4X",
        language=language,
    )


def draft(**changes: Any) -> Draft:
    """A widespread mail outage on its way to become a case."""
    outage = Draft(
        text=TEXTS["en"],
        token="token-1",
        category="exchange",
        proposed_category="exchange",
        confidence=0.93,
        alternatives=("exchange", "identity", "network"),
        severity="A",
        proposed_severity="A",
        levels=("A", "B"),
        cues={"many": "Nobody"},
        words=("mail", "receives"),
        model="e4416ecefe49",
    )
    return replace(outage, **changes)


def case(in_: Scene, of: Draft, *, wants_a_person: bool = False) -> Case:
    """The case that a draft becomes."""
    return open_case(
        in_.rules,
        in_.tenant,
        in_.person,
        number=in_.number,
        key=of.token,
        language=in_.language,
        description=of.text,
        category=None if wants_a_person else of.category,
        severity=None if wants_a_person else Severity(str(of.severity)),
        judgement=Judgement(),
        now=in_.now,
        wants_a_person=wants_a_person,
    )
