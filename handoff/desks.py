"""Where cases are worked: the desks that there are, and which of them is told of which case. Read from `desks.toml` by `deskfile`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from handoff.case import Case, Holder
from handoff.rulebook import Id, Severity

Kind: TypeAlias = Literal["teams", "mail", "webhook", "rt", "django_helpdesk"]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]+$")]
Server = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.\-\[\]]+(:[0-9]{1,5})?$")]
Sender = Annotated[str, StringConstraints(pattern=r"^[^@\s]*@[^@\s]+$", to_lower=True)]

MAIL_SECONDS = 60  # between two looks into a mailbox, unless the row says otherwise


class OnCall(BaseModel):
    """Somebody whom a channel calls by name when a case waits: their id in the directory, and the name to show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Line
    name: Line


class DeskRow(BaseModel):
    """A place where cases are worked. A `secret` is the name of the environment variable that holds it, never the secret itself.

    With `imap` answers to mails are read from a mailbox: those of `answers_from`, addresses or, as `@example.org`, all of a domain.
    Where a mail desk has to `sign_in` by OAuth, it does as the app `client_id` of a `tenant`, whose secret is `secret`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[Id, Field(max_length=64)]
    kind: Kind
    language: Literal["en", "fr"] = "en"
    url: Line = ""
    queue: Line = ""
    secret: Name | Literal[""] = ""
    inbound_secret: Name | Literal[""] = ""
    to: Line = ""
    sender: Line = ""
    smtp: Line = ""
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: Line = ""
    sign_in: Literal["password", "oauth"] = "password"
    client_id: Line = ""
    imap: Server | Literal[""] = ""
    imap_security: Literal["tls", "starttls", "none"] = "tls"
    imap_user: Line = ""
    imap_secret: Name | Literal[""] = ""
    imap_folder: Line = "INBOX"
    answers_from: tuple[Sender, ...] = ()
    checked_by: Line = ""
    tenant: Line = ""
    team: Line = ""
    channel: Line = ""
    service_url: Line = ""
    works: Holder = Holder.SUPPORT
    on_call: tuple[OnCall, ...] = ()
    poll: Annotated[int, Field(ge=0, le=3600)] = 0

    @property
    def every(self) -> int:
        """How many seconds lie between two looks at what was done there."""
        return self.poll or MAIL_SECONDS


class RouteRow(BaseModel):
    """Which cases go to which desks: the first of `desks`, else the next; those of `also` are told besides. What is missing is any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tenant: Line | None = None
    category: Id | None = None
    severity: Severity | None = None
    holder: Holder | None = None
    desks: Annotated[tuple[Id, ...], Field(min_length=1)]
    also: tuple[Id, ...] = ()

    def takes(self, case: Case) -> bool:
        """Whether a case goes this way."""
        wanted = (self.tenant, self.category, self.severity, self.holder)
        found = (case.tenant, case.category, case.severity, case.holder)
        return all(one is None or one == other for one, other in zip(wanted, found, strict=True))


@dataclass(frozen=True)
class Way:
    """Where a case goes: to the first of `desks` that takes it, and to all of `also`."""

    desks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def told(self, having: Collection[str] = (), refused: Collection[str] = ()) -> tuple[str, ...]:
        """The desks that are told of what happens to a case: those that are `having` it go on being told, whatever its way is now.

        One that has `refused` the case is not told any more; the next of its way is.
        """
        able = [desk for desk in self.desks if desk not in refused]
        every = (*able[:1], *self.also, *having)
        return tuple(dict.fromkeys(desk for desk in every if desk not in refused))


@dataclass(frozen=True)
class DeskBook:
    """The desks by id, and the routes in the order in which they are tried: the first that fits a case is taken."""

    desks: Mapping[str, DeskRow] = field(default_factory=dict)
    routes: tuple[RouteRow, ...] = ()

    def routes_for(self, case: Case) -> Way:
        """Where a case goes; nowhere when no route fits."""
        row = next((route for route in self.routes if route.takes(case)), None)
        return Way(row.desks, row.also) if row else Way()
