"""Who a person is to a tenant, and the organisation that they speak for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from handoff.calendar import Calendar


class Role(StrEnum):
    """What somebody is to the tenant they speak for (DOMAIN.md section 1)."""

    END_USER = "end_user"
    ADMINISTRATOR = "administrator"
    PARTNER = "partner"


@dataclass(frozen=True)
class Person:
    """Somebody who talks to the bot: an id that the directory gives, the name they go by, their role in the tenant.

    `agent` says that they are, besides, one of the support agents, who work the service requests of every tenant.
    """

    id: str
    name: str
    role: Role = Role.END_USER
    agent: bool = False

    @property
    def at_a_desk(self) -> bool:
        """Whether only a desk outside knows them, which sees to its own people."""
        return self.id.startswith("desk:")

    @property
    def may_submit_a_service_request(self) -> bool:
        """Only administrators, and partners to whom that was delegated, communicate with support about service requests."""
        return self.role is not Role.END_USER


@dataclass(frozen=True)
class Tenant:
    """The organisation a person speaks for: its plan, its hours, and the people it names for what is not support's to solve.

    `zone` is an IANA time zone; `opens` and `closes` are its local business hours on `days` (0 is Monday); `country` (ISO 3166-1
    alpha-2, or empty) has its public holidays.
    """

    id: str
    plan: str
    name: str = ""
    network_team: str = ""
    help_desk: str = ""
    support_phone: str = ""
    zone: str = "UTC"
    country: str = ""
    opens: time = time(9)
    closes: time = time(17)
    days: tuple[int, ...] = (0, 1, 2, 3, 4)

    @property
    def title(self) -> str:
        """What to call it before people."""
        return self.name or self.id

    @property
    def calendar(self) -> Calendar:
        """When it does business."""
        return Calendar(self.zone, self.opens, self.closes, frozenset(self.days), self.country)


SYSTEM = Person("", "Triage")  # what time does, nobody did
