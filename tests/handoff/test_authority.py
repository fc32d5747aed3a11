"""Who may do what: the one table, read off the service description where that speaks and written down a second time for the rest."""

from __future__ import annotations

import inspect
import pickle
import re
from itertools import product
from typing import NamedTuple

import pytest

from handoff import hands, life
from handoff.authority import Subject, may, require, who_may
from handoff.case import Case
from handoff.errors import IllegalMove, NotAllowed, Refused
from handoff.life import Actor
from handoff.people import SYSTEM, Person, Role
from handoff.rulebook import Status
from tests.handoff.books import rules
from tests.handoff.cases import CONTOSO, DEEDS, EVA, FABRIKAM, NOON, SAM, actor, case_in, verb_of
from tests.handoff.tables import DOMAIN, tables

NEVER, OWN, TENANT, REQUESTS = "never", "their own", "the whole tenant", "what is with support"

# What an end user, an administrator, a delegated partner and, besides, a support agent may do.
MAY = {
    "open": (OWN, TENANT, TENANT, NEVER),
    "view": (OWN, TENANT, TENANT, REQUESTS),
    "comment": (OWN, TENANT, TENANT, REQUESTS),
    "confirm": (OWN, TENANT, TENANT, NEVER),
    "dispute": (OWN, TENANT, TENANT, NEVER),
    "rate": (OWN, OWN, OWN, NEVER),
    "take": (NEVER, TENANT, TENANT, NEVER),
    "ask": (NEVER, TENANT, TENANT, REQUESTS),
    "resolve": (NEVER, TENANT, TENANT, REQUESTS),
    "escalate": (NEVER, TENANT, TENANT, NEVER),
    "reopen": (NEVER, TENANT, TENANT, NEVER),
    "follow_up": (NEVER, TENANT, TENANT, NEVER),
    "acknowledge": (NEVER, NEVER, NEVER, REQUESTS),
    "recategorise": (NEVER, NEVER, NEVER, REQUESTS),
    "grade": (NEVER, NEVER, NEVER, REQUESTS),
    "assign": (NEVER, NEVER, NEVER, REQUESTS),
    "release": (NEVER, NEVER, NEVER, REQUESTS),
    "hand_back": (NEVER, NEVER, NEVER, REQUESTS),
    "talk": (NEVER, TENANT, TENANT, REQUESTS),
    "said": (OWN, TENANT, TENANT, REQUESTS),
    "set_severity": (OWN, TENANT, TENANT, NEVER),
    "see_tenant_cases": (NEVER, TENANT, TENANT, NEVER),
    "see_service_requests": (NEVER, TENANT, TENANT, REQUESTS),
    "describe_organisation": (NEVER, TENANT, TENANT, NEVER),
    "name_administrators": (NEVER, TENANT, TENANT, NEVER),
    "delegate": (NEVER, TENANT, NEVER, NEVER),  # a partner cannot bring in another partner
}
ROLES = ("end_user", "administrator", "partner", "agent")

# What the phrases of domain.md, section 1, say about verbs: whose cases, and which.
PHRASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "describe a problem": (OWN, ("open",)),
    "get self-service help": (OWN, ()),  # shown to everybody, asks for nothing
    "have a case opened with their own administrators": (OWN, ("open",)),
    "follow and comment on their own cases": (OWN, ("view", "comment")),
    "all of the above for the whole tenant": (TENANT, ("open", "view", "comment")),
    "submit a service request": (TENANT, ("escalate",)),
    "submit a service request to Microsoft": (NEVER, ("escalate",)),
    "see every open and recently closed request": (TENANT, ("see_service_requests",)),
    "reopen one up to 14 days after it was closed": (TENANT, ("reopen",)),
    "claim": (REQUESTS, ("acknowledge",)),
    "ask": (REQUESTS, ("ask",)),
    "re-categorise": (REQUESTS, ("recategorise",)),
    "change severity": (REQUESTS, ("grade",)),
    "resolve": (REQUESTS, ("resolve",)),
}
PEOPLE_TABLE = {row[0].partition(" (")[0]: row[1:] for row in tables(DOMAIN, "1. The people")[0][1:]}
ROWS = {"end user": "end_user", "administrator": "administrator", "support agent": "agent"}


class Circumstance(NamedTuple):
    """Whether one acts for the tenant the case belongs to, has opened it oneself, and whether it is with support."""

    here: bool
    own: bool
    request: bool


CIRCUMSTANCES = [Circumstance(*three) for three in product((True, False), repeat=3)]


def somebody(role: Role, agent: bool) -> Person:
    return Person("pat", "Pat", role, agent)


def expected(verb: str, role: Role, agent: bool, how: Circumstance) -> bool:
    """What the table above says, spelt out."""
    whose = {MAY[verb][ROLES.index(role.value)], *([MAY[verb][3]] if agent else [])}
    return (
        (TENANT in whose and how.here) or (OWN in whose and how.here and how.own) or (REQUESTS in whose and how.request)
    )


def subject(how: Circumstance) -> Subject:
    return Subject("contoso", "pat" if how.own else "eva", how.request)


def acts_for(how: Circumstance) -> str:
    return "contoso" if how.here else "fabrikam"


def said_by_the_domain() -> list[tuple[str, str, str]]:
    """Role, verb and reach for every phrase of the description's table of people."""
    found = []
    for row, role in ROWS.items():
        for cell in PEOPLE_TABLE[row]:
            for phrase in filter(None, (part.strip() for part in re.split("[,;]", cell))):
                reach, verbs = PHRASES[phrase]
                found += [(role, verb, reach) for verb in verbs]
    return found


every_role = pytest.mark.parametrize("role", Role)
agent_or_not = pytest.mark.parametrize("agent", [False, True], ids=["", "agent"])


@pytest.mark.parametrize("verb", MAY)
@every_role
@agent_or_not
def test_who_may_do_it_may_and_nobody_else(verb: str, role: Role, agent: bool) -> None:
    for how in CIRCUMSTANCES:
        allowed = may(rules(), somebody(role, agent), acts_for(how), verb, subject(how))
        assert allowed is expected(verb, role, agent, how), how


def test_every_verb_is_in_the_table() -> None:
    assert set(rules().authority) == set(MAY)


@pytest.mark.parametrize(("role", "verb", "reach"), said_by_the_domain())
def test_the_description_of_the_people_is_kept(role: str, verb: str, reach: str) -> None:
    person = SAM if role == "agent" else somebody(Role(role), False)
    of_others = Circumstance(here=role != "agent", own=False, request=reach == REQUESTS)
    own = Circumstance(here=True, own=True, request=False)
    found = (may(rules(), person, acts_for(how), verb, subject(how)) for how in (own, of_others))
    assert (
        tuple(found)
        == {NEVER: (False, False), OWN: (True, False), TENANT: (True, True), REQUESTS: (False, True)}[reach]
    )


def test_a_delegated_partner_may_what_an_administrator_may_but_delegate() -> None:
    can, cannot = PEOPLE_TABLE["delegated partner"]
    assert can == "what an administrator may do, for each tenant that delegated it"
    assert cannot == "act for any other tenant"
    partner, administrator = (somebody(role, False) for role in (Role.PARTNER, Role.ADMINISTRATOR))
    differ = {
        verb
        for verb, how in product(rules().authority, CIRCUMSTANCES)
        if may(rules(), partner, acts_for(how), verb, subject(how))
        is not may(rules(), administrator, acts_for(how), verb, subject(how))
    }
    assert differ == {"delegate"}


def test_the_operator_is_nobody_in_a_conversation() -> None:
    assert "operator (runs the bot and its classifier)" in [row[0] for row in tables(DOMAIN, "1. The people")[0]]
    assert {role.value for role in Role} | {"agent"} == set(ROLES)


@every_role
@agent_or_not
def test_no_verb_reaches_into_another_tenant(role: Role, agent: bool) -> None:
    leaks = [
        (verb, own)
        for verb, own, request in product(rules().authority, (True, False), (True, False))
        if may(rules(), somebody(role, agent), "fabrikam", verb, subject(Circumstance(False, own, request)))
        and not (agent and request and MAY[verb][3] == REQUESTS)  # support works the requests of every tenant
    ]
    assert leaks == []


@pytest.mark.parametrize("verb", ["", "escalate ", "Escalate", "delete", "__class__", "answer", "expire", "return"])
def test_what_no_row_names_nobody_may(verb: str) -> None:
    for role, agent, how in product(Role, (True, False), CIRCUMSTANCES):
        assert not may(rules(), somebody(role, agent), acts_for(how), verb, subject(how))
    assert who_may(rules(), verb) == ()


@pytest.mark.parametrize("verb", MAY)
def test_a_refusal_names_who_may(verb: str) -> None:
    nowhere = Subject("nowhere")
    with pytest.raises(NotAllowed) as refusal:
        require(rules(), EVA, "contoso", verb, nowhere)
    named = tuple(role for role, reach in zip(ROLES, MAY[verb], strict=True) if reach in (TENANT, REQUESTS))
    assert (refusal.value.verb, refusal.value.who) == (verb, named)
    assert all(role in str(refusal.value) for role in named or ("nobody",))


def test_time_itself_may_nothing() -> None:
    assert not any(may(rules(), SYSTEM, "contoso", verb, Subject("contoso", "ugo", True)) for verb in rules().authority)


def test_every_function_that_changes_a_case_is_among_the_deeds() -> None:
    functions = [*inspect.getmembers(life, inspect.isfunction), *inspect.getmembers(hands, inspect.isfunction)]
    functions = [(name, one) for name, one in functions if one.__module__ in (life.__name__, hands.__name__)]
    changing = {name for name, one in functions if one.__annotations__.get("return") == "Change" and name[0] != "_"}
    assert changing == {*DEEDS, "expire", "give_up"}


@pytest.mark.parametrize("deed", DEEDS)
@every_role
@agent_or_not
def test_whoever_may_not_changes_nothing(deed: str, role: Role, agent: bool) -> None:
    """Every deed, in every status, goes through the table: refused for the role exactly where the table says no."""
    person = somebody(role, agent)
    for status, how in product(Status, CIRCUMSTANCES):
        case = case_in(status, support=how.request, requester=person if how.own else EVA)
        before = pickle.dumps(case)
        refusal = _refusal(deed, actor(person, acts_for=CONTOSO if how.here else FABRIKAM), case)
        # what is submitted at once is not with support yet
        allowed = expected(verb_of(deed), role, agent, how)
        assert isinstance(refusal, NotAllowed) is not allowed, (status, how)
        assert pickle.dumps(case) == before
        if isinstance(refusal, IllegalMove):
            assert all(expected(verb, role, agent, how) for verb in refusal.legal)


def _refusal(deed: str, who: Actor, case: Case) -> Refused | None:
    assert who.now == NOON
    try:
        DEEDS[deed](who, case)
    except Refused as refused:
        return refused
    return None
