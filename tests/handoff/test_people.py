"""Who may do what: only an administrator submits a service request."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from handoff.people import Person, Role, Tenant
from tests.handoff.tables import DOMAIN, tables


@pytest.mark.parametrize("role", Role)
def test_a_role_may_submit_a_service_request_where_the_description_says_so(role: Role) -> None:
    table = tables(DOMAIN, "1. The people")[0]
    may, may_not = next(row[1:] for row in table if row[0].startswith(role.value.replace("_", " ")))
    allowed = Person("alice", "Alice", role).may_submit_a_service_request
    assert allowed is ("submit a service request" in may)
    assert allowed is not ("submit a service request" in may_not)


def test_somebody_unknown_is_an_end_user() -> None:
    assert Person("alice", "Alice").role is Role.END_USER
    assert not Person("alice", "Alice").may_submit_a_service_request


def test_nobody_promotes_themselves() -> None:
    with pytest.raises(FrozenInstanceError):
        Person("alice", "Alice").role = Role.ADMINISTRATOR


def test_a_tenant_that_named_nobody_has_empty_contacts() -> None:
    tenant = Tenant("contoso", "enterprise_e3")
    assert (tenant.network_team, tenant.help_desk) == ("", "")
