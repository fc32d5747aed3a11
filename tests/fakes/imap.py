"""A real IMAP server in memory for tests, with one mailbox; and one that takes calls and says nothing."""

from __future__ import annotations

import asyncio
import ssl
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, DictBackend
from pymap.imap import IMAPServer
from pysasl import SASLAuth
from pysasl.creds.plain import PlainCredentials
from pysasl.hashing import Cleartext
from pysasl.mechanism import ChallengeResponse, ServerChallenge, ServerMechanism

from tests.fakes.tokens import CHALLENGE, Doorman

USER, PASSWORD = "triage@example.com", "secret"


@dataclass
class ImapServer:
    """Mail is put in as a mail system does, and looked at as a person does."""

    port: int = 0

    async def put(self, content: bytes, *flags: str) -> None:
        """A mail arrives."""
        await asyncio.to_thread(self._put, content, flags)

    async def flags(self) -> list[set[str]]:
        """The marks of each mail, in the order in which they arrived."""
        return await asyncio.to_thread(self._flags)

    async def unmark(self) -> None:
        """All mails are unread again."""
        await asyncio.to_thread(self._unmark)

    def _unmark(self) -> None:
        with self._client() as client:
            client.remove_flags(client.search(), ["\\Seen"])

    def _put(self, content: bytes, flags: tuple[str, ...]) -> None:
        with self._client() as client:
            client.append("INBOX", content, flags, datetime.now(UTC))

    def _flags(self) -> list[set[str]]:
        with self._client() as client:
            found = client.fetch(client.search(), ["FLAGS"])
        return [{one.decode().lstrip("\\") for one in found[uid][b"FLAGS"]} - {"Recent"} for uid in sorted(found)]

    def _client(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=10)
        client.login(USER, PASSWORD)
        client.select_folder("INBOX")
        return client


class XOAuth2(ServerMechanism):
    """Takes tokens; one that is refused is asked about, as RFC 7628 has it, and the answer has to be empty."""

    def __init__(self, doorman: Doorman) -> None:
        super().__init__(b"XOAUTH2")
        self._doorman = doorman

    def server_attempt(self, responses: Sequence[ChallengeResponse]) -> tuple[PlainCredentials, None]:
        if not responses:
            raise ServerChallenge(b"")
        if len(responses) == 1:
            if self._doorman.lets_in(responses[0].response):
                return PlainCredentials(USER, PASSWORD), None
            if self._doorman.ask:
                raise ServerChallenge(CHALLENGE)
        self._doorman.answers.extend(one.response for one in responses[1:])
        return PlainCredentials(USER, "no"), None


class Tokens:
    """A configuration that is `config`, and takes tokens besides."""

    def __init__(self, config: Config, doorman: Doorman) -> None:
        self._config = config
        self.tls_auth = self.initial_auth = SASLAuth([*config.tls_auth.server_mechanisms, XOAuth2(doorman)])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._config, name)


@asynccontextmanager
async def imap_server(doorman: Doorman | None = None, tls: ssl.SSLContext | None = None) -> AsyncIterator[ImapServer]:
    """A server that is there until the block ends; with a `doorman` it takes tokens beside passwords."""
    settings = Namespace(
        host=["127.0.0.1"], port="0", cert=None, key=None, tls=False, inherited_sockets=None, proxy_protocol=None,
        debug=False, demo_data=False, demo_user=USER, demo_password=PASSWORD, passlib_cfg=None,
    )  # fmt: skip
    backend, config = await DictBackend.init(settings, hash_context=Cleartext())  # a real hash takes half a second
    if doorman:
        config = Tokens(config, doorman)
    serve = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(backend.login, config))
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield ImapServer(server.sockets[0].getsockname()[1])


@asynccontextmanager
async def silent_server() -> AsyncIterator[int]:
    """A port at which somebody takes calls and says nothing, until the block ends."""
    calls: list[asyncio.StreamWriter] = []

    async def take(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(writer)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for call in calls:
            call.close()
