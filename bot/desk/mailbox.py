"""A mailbox, read by IMAP: what is unread there, and the marks that say what became of it. Each visit is made in a thread."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from imaplib import IMAP4
from typing import Any, TypeVar

from imapclient import FLAGGED, SEEN, IMAPClient
from imapclient.exceptions import LoginError

from bot.desk.contract import TryLater, Undeliverable
from bot.desk.oauth import IMAP, AppSignIn, TokenRefused

T = TypeVar("T")

CALL_SECONDS = 15.0  # longest that the server may be silent
MOST = 20  # mails that one visit brings
LARGEST_MEGABYTES = 25  # of a mail; of a larger one the beginning is read
LARGEST = LARGEST_MEGABYTES * 1024 * 1024
BEGINNING = 256 * 1024
MOST_BYTES = 2 * LARGEST  # that one visit brings
NO_RIGHT = "authenticated but not connected"  # Exchange, where a token is good and its app has no right to the mailbox


@dataclass(frozen=True)
class Account:
    """Where a mailbox is, and who reads it. `security` is tls, starttls or none; an `app` needs no password."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str = "INBOX"
    app: AppSignIn | None = None


@dataclass(frozen=True)
class Mail:
    """A mail as it lies there. `whole` says that `content` is all of it."""

    uid: int
    content: bytes
    whole: bool


class Mailbox:
    """Visits one folder. Every visit signs in anew: nothing is kept open, and a server that hangs holds one thread for a while."""

    def __init__(self, account: Account, context: ssl.SSLContext | None = None) -> None:
        self._account = account
        self._context = context
        self._validity: object = None

    async def unread(self) -> list[Mail]:
        """The oldest unread mails, which stay unread. Raises `TryLater` and `Undeliverable`."""
        return await self._visit(self._read)

    async def mark(self, taken: Collection[int], left: Collection[int]) -> None:
        """Mark these as read; those that are `left` also for somebody to look at. Raises the same."""
        if taken or left:
            await self._visit(lambda client, folder: self._mark(client, folder, taken, left))

    async def reach(self) -> str:
        """Sign in, and look how much is unread. Raises the same."""
        unread = await self._visit(lambda client, _: len(client.search("UNSEEN")))
        return f"{self._account.folder} of {self._account.user} at {self._account.host} has {unread} unread mails"

    def _read(self, client: IMAPClient, folder: Mapping[bytes, Any]) -> list[Mail]:
        self._validity = folder.get(b"UIDVALIDITY")
        uids = client.search(["UNSEEN", "UNDELETED"])[:MOST]
        sizes = client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
        mails: list[Mail] = []
        for uid in sorted(sizes):
            mails.append(_fetched(client, uid, sizes[uid].get(b"RFC822.SIZE", 0)))
            if sum(len(one.content) for one in mails) > MOST_BYTES:
                break
        return mails

    def _mark(
        self, client: IMAPClient, folder: Mapping[bytes, Any], taken: Collection[int], left: Collection[int]
    ) -> None:
        """Where the server has numbered its mails anew, ours are others now; they are looked at again."""
        if folder.get(b"UIDVALIDITY") == self._validity:
            client.add_flags([*taken, *left], [SEEN], silent=True)
            if left:
                client.add_flags([*left], [FLAGGED], silent=True)

    async def _visit(self, work: Callable[[IMAPClient, Mapping[bytes, Any]], T]) -> T:
        app = self._account.app
        if app is None:
            return await self._apart(work, "")
        try:
            return await app.signed_in(lambda token: self._apart(work, token))
        except TokenRefused as refusal:
            raise Undeliverable(str(refusal)) from refusal

    async def _apart(self, work: Callable[[IMAPClient, Mapping[bytes, Any]], T], token: str) -> T:
        opened: list[IMAPClient] = []
        try:
            return await asyncio.to_thread(self._session, work, token, opened)
        except asyncio.CancelledError:  # whoever waited does so no longer: what the thread waits for ends, too
            for client in opened:
                with suppress(OSError):
                    client.socket().shutdown(socket.SHUT_RDWR)
            raise

    def _session(self, work: Callable[[IMAPClient, Mapping[bytes, Any]], T], token: str, opened: list[IMAPClient]) -> T:
        account = self._account
        try:
            client = self._client()
            opened.append(client)
            try:
                self._sign_in(client, token)
                done = work(client, client.select_folder(account.folder))
                client.logout()
            except BaseException:
                with suppress(OSError):  # what has gone wrong counts, not that the line is broken already
                    client.shutdown()
                raise
        except ssl.SSLError as untrusted:
            raise TryLater(f"no trusted TLS with {account.host}") from untrusted
        except OSError as away:
            raise TryLater(f"nobody answers at {account.host}:{account.port}") from away
        except IMAP4.abort as broken:
            raise TryLater(f"{account.host} broke off") from broken
        except IMAP4.error as refusal:
            closed = account.app and NO_RIGHT in str(refusal)
            why = "; the app has no right to the mailbox (Add-MailboxPermission)" if closed else ""
            raise Undeliverable(f"{account.host}: {str(refusal)[:200]}{why}") from refusal
        return done

    def _client(self) -> IMAPClient:
        tls = self._account.security == "tls"
        context = self._trusted() if tls else None
        return IMAPClient(self._account.host, self._account.port, ssl=tls, ssl_context=context, timeout=CALL_SECONDS)

    def _sign_in(self, client: IMAPClient, token: str) -> None:
        account = self._account
        if account.security == "starttls":
            client.starttls(self._trusted())
        if account.app and not client.has_capability("AUTH=XOAUTH2"):
            raise Undeliverable(f"{account.host}:{account.port} takes no sign-in by OAuth (XOAUTH2)")
        try:
            if account.app:
                client.sasl_login("XOAUTH2", _answering(account.user, token))
            else:
                client.login(account.user, account.password)
        except LoginError as refusal:
            if account.app:
                raise account.app.refusal(account.host, "", account.user, IMAP) from refusal
            raise Undeliverable(f"{account.host} does not let {account.user!r} in") from refusal

    def _trusted(self) -> ssl.SSLContext:
        return self._context or ssl.create_default_context()


def _answering(user: str, token: str) -> Callable[[bytes], bytes]:
    """Our side of XOAUTH2: first who comes with which token; to what is asked after that, which is why it was refused, an empty line."""
    first = f"user={user}\x01auth=Bearer {token}\x01\x01".encode()
    return lambda challenge: b"" if challenge else first


def _fetched(client: IMAPClient, uid: int, size: int) -> Mail:
    whole = size <= LARGEST
    wanted, got = ("BODY.PEEK[]", b"BODY[]") if whole else (f"BODY.PEEK[]<0.{BEGINNING}>", b"BODY[]<0>")
    found = client.fetch([uid], [wanted]).get(uid, {})
    return Mail(uid, found.get(got) or b"", whole)
