"""Reads `desks.toml`, the table of desks and routes: each kind of desk has the fields that it needs, and none that it does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from handoff.desks import DeskBook, DeskRow, RouteRow
from handoff.rulefile import RuleFile
from handoff.rules import Rules

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
APP = ("tenant", "client_id")  # by `sign_in = "oauth"`
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "teams": ("team", "works", "on_call"),
    "mail": ("secret", "user", "security", "inbound_secret", "sign_in", *APP, "imap", *MAILBOX),
    "webhook": ("inbound_secret",),
    "rt": ("inbound_secret", "poll", "user"),
    "django_helpdesk": ("inbound_secret",),
}
EVERYWHERE = ("id", "kind", "language")
DIRECTORY = re.compile(r"[A-Za-z0-9.-]+")


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
            _check_sign_in(file, position, desk)
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


def _check_sign_in(file: RuleFile, position: int, desk: DeskRow) -> None:
    """By OAuth an app signs in, which has a secret in a directory, and no password; what an app has goes with it only."""
    if desk.sign_in == "oauth":
        _check_app(file, position, desk)
        return
    for name in APP:
        if name in desk.model_fields_set:
            file.refuse("desk", position, name, 'goes with sign_in = "oauth"; who has a password needs none')


def _check_app(file: RuleFile, position: int, desk: DeskRow) -> None:
    for name in (*APP, "secret"):
        if not getattr(desk, name):
            needs = f"an app that signs in needs {', '.join(APP)} and secret, the name of the variable that holds its secret"
            file.refuse("desk", position, name, needs)
    if not DIRECTORY.fullmatch(desk.tenant):
        example = "contoso.onmicrosoft.com"
        file.refuse("desk", position, "tenant", f"the directory's id (a GUID), or a domain of it, such as {example}")
    if desk.imap_secret:
        file.refuse("desk", position, "imap_secret", "a password; an app reads with the token that it sends with")
    for name in ("security", "imap_security"):
        if getattr(desk, name) == "none":
            file.refuse("desk", position, name, "a token is shown on encrypted lines only: tls or starttls")
