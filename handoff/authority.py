"""Who may do what: the one place where the table of `data/rules/authority.toml` is asked."""

from __future__ import annotations

from dataclasses import dataclass

from handoff.errors import NotAllowed
from handoff.people import Person, Role
from handoff.rules import Rules


@dataclass(frozen=True)
class Subject:
    """What a verb is done to: something of a tenant, perhaps a case that somebody opened, perhaps one that is with support."""

    tenant: str
    requester: str = ""
    request: bool = False


def may(rules: Rules, person: Person, acts_for: str, verb: str, subject: Subject) -> bool:
    """Whether a person who acts for a tenant may do this. A verb or a role that no row names may do nothing."""
    row = rules.authority.get(verb)
    if row is None:
        return False
    reaches = [getattr(row, person.role.value), *([row.agent] if person.agent else [])]
    return any(_reaches(reach, person, acts_for, subject) for reach in reaches)


def require(rules: Rules, person: Person, acts_for: str, verb: str, subject: Subject) -> None:
    """Raise `NotAllowed`, which names the roles that may, unless this person may."""
    if not may(rules, person, acts_for, verb, subject):
        raise NotAllowed(verb, who_may(rules, verb))


def who_may(rules: Rules, verb: str) -> tuple[str, ...]:
    """The roles that may do this to a case that is not their own."""
    row = rules.authority.get(verb)
    roles = (Role.ADMINISTRATOR.value, Role.PARTNER.value, "agent")
    return tuple(role for role in roles if row is not None and getattr(row, role) not in ("none", "own"))


def _reaches(reach: str, person: Person, acts_for: str, subject: Subject) -> bool:
    if reach == "requests":
        return subject.request
    here = acts_for == subject.tenant
    return here and (reach == "tenant" or (reach == "own" and person.id == subject.requester))
