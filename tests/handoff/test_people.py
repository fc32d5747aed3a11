"""Who may do what: only an administrator submits a service request."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import time

import pytest

from handoff.calendar import Calendar
from handoff.people import Person, Role, Tenant
from tests.handoff.tables import DOMAIN, tables

ROWS = {Role.END_USER: "end user", Role.ADMINISTRATOR: "administrator", Role.PARTNER: "delegated partner"}


def described(role: Role) -> tuple[str, str]:
    """What the description says that this role may do, and may not; a partner may what an administrator may."""
    table = tables(DOMAIN, "1. The people")[0]
    may, may_not = next(row[1:] for row in table if row[0].startswith(ROWS[role]))
    return described(Role.ADMINISTRATOR) if may.startswith("what an administrator may do") else (may, may_not)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_submit_a_service_request_where_the_description_says_so(role: Role) -> None:
    may, may_not = described(role)
    allowed = Person("alice", "Alice", role).may_submit_a_service_request
    assert allowed is ("submit a service request" in may)
    assert allowed is not ("submit a service request" in may_not)


@pytest.mark.parametrize("role", Role)
def test_to_work_the_cases_gives_nobody_another_role(role: Role) -> None:
    agent = Person("sam", "Sam", role, agent=True)
    assert agent.may_submit_a_service_request is Person("sam", "Sam", role).may_submit_a_service_request


def test_somebody_unknown_is_an_end_user() -> None:
    assert Person("alice", "Alice").role is Role.END_USER
    assert not Person("alice", "Alice").may_submit_a_service_request


def test_nobody_promotes_themselves() -> None:
    with pytest.raises(FrozenInstanceError):
        Person("alice", "Alice").role = Role.ADMINISTRATOR


def test_a_tenant_that_named_nobody_has_empty_contacts() -> None:
    tenant = Tenant("contoso", "enterprise_e3")
    assert (tenant.network_team, tenant.help_desk) == ("", "")


def test_a_tenant_is_called_by_its_name_where_it_has_one() -> None:
    assert Tenant("contoso", "enterprise_e3").title == "contoso"
    assert Tenant("contoso", "enterprise_e3", name="Contoso SA").title == "Contoso SA"


def test_a_tenant_that_said_nothing_does_business_from_nine_to_five_on_weekdays() -> None:
    assert Tenant("contoso", "enterprise_e3").calendar == Calendar("UTC", time(9), time(17), frozenset(range(5)))


def test_a_tenant_s_calendar_is_what_it_said() -> None:
    tenant = Tenant("contoso", "enterprise_e3", "", "", "", "", "Asia/Riyadh", "SA", time(8), time(16), (6, 0, 1, 2, 3))
    assert tenant.calendar == Calendar("Asia/Riyadh", time(8), time(16), frozenset({6, 0, 1, 2, 3}), "SA")
