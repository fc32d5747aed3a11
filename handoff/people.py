"""Who a person is to a tenant, and what that lets them do (DOMAIN.md section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the tenant they speak for."""

    END_USER = "end_user"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Person:
    """Somebody who talks to the bot: an id that the directory gives, the name they go by, their role in the tenant."""

    id: str
    name: str
    role: Role = Role.END_USER

    @property
    def may_submit_a_service_request(self) -> bool:
        """Only administrators communicate with Microsoft about service requests (DOMAIN.md section 1)."""
        return self.role is Role.ADMINISTRATOR


@dataclass(frozen=True)
class Tenant:
    """The organisation a person speaks for: its plan, and the people it names for what is not support's to solve."""

    id: str
    plan: str
    network_team: str = ""
    help_desk: str = ""
