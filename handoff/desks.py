"""Where cases are worked: the desks that there are, and which of them is told of which case. Read from `desks.toml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from handoff.case import Case, Holder
from handoff.rulebook import Id, Severity
from handoff.rulefile import RuleFile
from handoff.rules import Rules

Kind: TypeAlias = Literal["teams", "mail", "webhook", "rt", "django_helpdesk"]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]+$")]
Server = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.\-\[\]]+(:[0-9]{1,5})?$")]
Sender = Annotated[str, StringConstraints(pattern=r"^[^@\s]*@[^@\s]+$", to_lower=True)]

# What each kind of desk has to be told of itself, and what it may be told besides.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "teams": ("tenant", "channel", "service_url"),
    "mail": ("to", "sender", "smtp"),
    "webhook": ("url", "secret"),
    "rt": ("url", "queue", "secret"),
    "django_helpdesk": ("url", "queue", "secret"),
}
MAILBOX = (
    "imap_security",
    "imap_user",
    "imap_secret",
    "imap_folder",
    "answers_from",
    "checked_by",
    "poll",
)  # by `imap`
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "teams": ("team", "works", "on_call"),
    "mail": ("secret", "user", "security", "inbound_secret", "imap", *MAILBOX),
    "webhook": ("inbound_secret",),
    "rt": ("inbound_secret", "poll", "user"),
    "django_helpdesk": ("inbound_secret",),
}
MAIL_SECONDS = 60  # between two looks into a mailbox, unless the row says otherwise
EVERYWHERE = ("id", "kind", "language")


class OnCall(BaseModel):
    """Somebody whom a channel calls by name when a case waits: their id in the directory, and the name to show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Line
    name: Line


class DeskRow(BaseModel):
    """A place where cases are worked. A `secret` is the name of the environment variable that holds it, never the secret itself.

    With `imap` answers to mails are read from a mailbox: those of `answers_from`, addresses or, as `@example.org`, all of a domain.
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


def load_desks(path: Path, rules: Rules) -> DeskBook:
    """Read and check the table of desks and routes.

    Raises `BadRules`, whose text names the file, the line, the field and the legal values.
    """
    file = RuleFile(path, desk=DeskRow, route=RouteRow)
    desks = file.by_id("desk", DeskRow)
    _check_fields(file)
    for column in ("desks", "also"):
        file.refers("route", column, desks)
    for position, route in enumerate(file.rows("route", RouteRow)):
        if route.category is not None and route.category not in rules.categories:
            legal = ", ".join(rules.categories)
            file.refuse("route", position, "category", f"{route.category!r} is unknown; one of: {legal}")
        twice = [desk for desk in route.also if desk in route.desks]
        if twice:
            file.refuse("route", position, "also", f"{twice[0]!r} stands in desks already")
    return DeskBook(desks, file.rows("route", RouteRow))


def _check_fields(file: RuleFile) -> None:
    """Each kind has the fields that it needs, and none that it does not know."""
    for position, desk in enumerate(file.rows("desk", DeskRow)):
        needed, optional = NEEDED[desk.kind], OPTIONAL[desk.kind]
        legal = (*EVERYWHERE, *needed, *optional)
        for name in needed:
            if not getattr(desk, name):
                file.refuse("desk", position, name, f"a desk of kind {desk.kind!r} needs {', '.join(needed)}")
        if desk.kind == "django_helpdesk" and not desk.queue.isdecimal():
            file.refuse("desk", position, "queue", "the number of a queue, such as 1")
        if desk.kind == "rt" and desk.poll and not desk.user:
            file.refuse("desk", position, "user", "a desk that is polled needs the name of the user whose token it is")
        if desk.kind == "mail":
            _check_mailbox(file, position, desk)
        for name in sorted(desk.model_fields_set - set(legal)):
            file.refuse("desk", position, name, f"a desk of kind {desk.kind!r} has only {', '.join(legal)}")


def _check_mailbox(file: RuleFile, position: int, desk: DeskRow) -> None:
    """A mailbox is read as a user who has a password, and says from whom it may be answered."""
    for name in MAILBOX:
        if name in desk.model_fields_set and not desk.imap:
            file.refuse("desk", position, name, "goes with imap, the server (host:port) of the mailbox for answers")
    if desk.imap and not (desk.imap_secret or desk.secret):
        file.refuse("desk", position, "imap_secret", "a mailbox needs the name of the variable that holds its password")
    if desk.imap and not desk.answers_from:
        file.refuse("desk", position, "answers_from", "who may answer: addresses, or @example.org for all of a domain")
