"""From the rows of `desks.toml` to desks that can be told something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from bot.access import AccessTokens, from_secret
from bot.desk.attached import Bytes, NoBytes
from bot.desk.contract import Desk
from bot.desk.django_helpdesk import DjangoHelpdesk
from bot.desk.mail import MailDesk, address_of
from bot.desk.mail_watch import Correspondence, Keep, MailWatch
from bot.desk.mailbox import Account, Mailbox
from bot.desk.oauth import RESOURCE, AppSignIn
from bot.desk.rt import RequestTracker
from bot.desk.rt_watch import TicketWatch
from bot.desk.smtp import Server
from bot.desk.told import Wording
from bot.desk.web import Web
from bot.desk.webhook import WebhookDesk
from bot.errors import CannotStart
from dialogs.words import LANGUAGES, Words
from handoff.desks import DeskRow

IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}


class Secrets:
    """Secrets by name: an environment variable (or a line of `.env`), or the file that `NAME_FILE` names."""

    def __init__(self, environment: Mapping[str, str | None]) -> None:
        self._environment = environment

    def get(self, name: str) -> str:
        """The secret. Raises `CannotStart` where there is none."""
        value = self._environment.get(name)
        path = self._environment.get(f"{name}_FILE")
        if not value and path:
            try:
                value = Path(path).read_text(encoding="utf-8").strip()
            except OSError as missing:
                raise CannotStart(f"{name}_FILE: {path} cannot be read: {missing.strerror}") from missing
        if not value:
            raise CannotStart(
                f"{name} is not set: a desk needs it (an environment variable, a line of .env, or {name}_FILE)"
            )
        return value

    def all(self, name: str) -> list[str]:
        """Several secrets under one name, apart by spaces: while one takes another's place both are valid."""
        return self.get(name).split()


def build_desks(
    rows: Mapping[str, DeskRow],
    web: Web,
    words: Words,
    secrets: Secrets,
    clock: Callable[[], datetime],
    shelf: Bytes | None = None,
) -> dict[str, Desk]:
    """The desks of the table that are reached from here; a Teams channel is reached through the bot itself. Raises `CannotStart`.

    Files that travel along are read from the `shelf`; to see whether a desk can be reached none is needed.
    """
    shelf = shelf or NoBytes()
    desks: dict[str, Desk] = {}
    for id_, row in rows.items():
        wording = Wording(words, row.language)
        if row.kind == "webhook":
            desks[id_] = _webhook(row, web, secrets, clock)
        elif row.kind == "rt":
            desks[id_] = RequestTracker(row.url, row.queue, secrets.get(row.secret), wording, web, shelf)
        elif row.kind == "django_helpdesk":
            desks[id_] = DjangoHelpdesk(row.url, row.queue, secrets.get(row.secret), wording, web)
        elif row.kind == "mail":
            app = _app(row, secrets, clock)
            server, mailbox = _server(row, secrets, app), _mailbox(row, secrets, app)
            desks[id_] = MailDesk(server, row.sender, row.to, wording, clock, shelf, mailbox)
    return desks


def build_watches(
    rows: Mapping[str, DeskRow], desks: Mapping[str, Desk], words: Words, keep: Keep
) -> dict[str, TicketWatch | MailWatch]:
    """Those of the desks that are to be looked at now and then, because they cannot call us; `keep` takes in the files of mails."""
    marks = tuple(words.voice(language)("mail-answer-above") for language in LANGUAGES)
    watches: dict[str, TicketWatch | MailWatch] = {}
    for id_, row in rows.items():
        desk = desks.get(id_)
        if row.poll and isinstance(desk, RequestTracker):
            watches[id_] = TicketWatch(id_, desk, row.queue, row.user)
        elif isinstance(desk, MailDesk) and desk.mailbox:
            known = Correspondence(id_, address_of(row.sender), row.answers_from, row.checked_by, marks)
            watches[id_] = MailWatch(desk.mailbox, known, keep)
    return watches


def inbound_secrets(rows: Mapping[str, DeskRow], secrets: Secrets) -> dict[str, list[str]]:
    """The secrets by which each desk signs what it says, of those that may say something. Raises `CannotStart`."""
    return {id_: secrets.all(row.inbound_secret) for id_, row in rows.items() if row.inbound_secret}


def _webhook(row: DeskRow, web: Web, secrets: Secrets, clock: Callable[[], datetime]) -> WebhookDesk:
    try:
        return WebhookDesk(row.url, secrets.all(row.secret), web, clock)
    except ValueError as broken:
        raise CannotStart(f"{row.secret}: a webhook's secret is whsec_ and base64") from broken


def _app(row: DeskRow, secrets: Secrets, clock: Callable[[], datetime]) -> AppSignIn | None:
    """The app as which a desk signs in by OAuth, with one token for sending and reading; None where it has a password, or nothing."""
    if row.sign_in != "oauth":
        return None
    acquire = from_secret(row.client_id, secrets.get(row.secret), row.tenant, RESOURCE)
    return AppSignIn(AccessTokens(acquire, lambda: clock().timestamp()), row.client_id, row.secret)


def _server(row: DeskRow, secrets: Secrets, app: AppSignIn | None) -> Server:
    password = secrets.get(row.secret) if row.secret and not app else ""
    user = row.user or (address_of(row.sender) if row.secret else "")
    return Server(*_place(row.smtp, SMTP_PORTS[row.security]), row.security, user, password, app)


def _mailbox(row: DeskRow, secrets: Secrets, app: AppSignIn | None) -> Mailbox | None:
    """The mailbox for answers, where there is one: with the user, and the password or the app, of sending, where it has no others."""
    if not row.imap:
        return None
    user = row.imap_user or row.user or address_of(row.sender)
    password = "" if app else secrets.get(row.imap_secret or row.secret)
    place = _place(row.imap, IMAP_PORTS[row.imap_security])
    return Mailbox(Account(*place, row.imap_security, user, password, row.imap_folder, app))


def _place(written: str, usual: int) -> tuple[str, int]:
    """Host and port; the port may be left out."""
    host, _, port = written.rpartition(":") if ":" in written else (written, "", "")
    return host, int(port) if port.isdecimal() else usual
