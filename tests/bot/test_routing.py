"""What an operator sees of desks, routes and the outbox, and does about it."""

from __future__ import annotations

import asyncio
import json
import ssl
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import access
from bot.cli import app
from bot.envelope import Undeliverable
from bot.settings import read_settings
from bot.store import SqlStore, open_store
from dialogs.scene import Knowledge
from tests.bot.desk.places import Post, book, case_of, failing
from tests.fakes.desk import FakeDesk
from tests.fakes.imap import PASSWORD, USER, imap_server
from tests.fakes.mail import MailServer
from tests.fakes.tls import certificate
from tests.fakes.tokens import SECRET, Doorman, Entra
from tests.handoff.test_desks import TABLE

POST_ONLY = """
[[desk]]
id = "post"
kind = "mail"
to = "desk@example.org"
sender = "triage@example.com"
smtp = "127.0.0.1:{port}"
security = "none"

[[route]]
category = "exchange"
desks = ["post"]
"""

MAILBOX = """
imap = "127.0.0.1:{port}"
imap_security = "none"
imap_secret = "POST_PASSWORD"
answers_from = ["@example.org"]

[[route]]"""


EXCHANGE = """
[[desk]]
id = "post"
kind = "mail"
to = "desk@example.org"
sender = "Triage <triage@example.com>"
smtp = "127.0.0.1:{smtp}"
sign_in = "oauth"
tenant = "contoso.onmicrosoft.com"
client_id = "00000000-0000-0000-0000-000000000001"
secret = "POST_SECRET"
imap = "127.0.0.1:{imap}"
answers_from = ["@example.org"]

[[route]]
category = "exchange"
desks = ["post"]
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "desks.toml"
    path.write_text(TABLE)
    monkeypatch.setenv("TRIAGE_DESKS", str(path))
    monkeypatch.setenv("COLUMNS", "200")
    return path


def triage(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_desks_and_routes_are_shown_as_they_are_tried(table: Path) -> None:
    shown = triage("routes")

    assert shown.exit_code == 0, shown.output
    for words in ("https://rt.example.org, Microsoft 365", "rt → post", "hook", "contoso", "exchange"):
        assert words in shown.output


def test_without_a_table_of_ones_own_there_is_no_desk(tmp_path: Path) -> None:
    assert "has no desk" in triage("routes").output


def test_a_table_with_an_error_stops_every_command_that_reads_it(table: Path) -> None:
    table.write_text(TABLE.replace('desks = ["post"]', 'desks = ["fax"]'))
    shown = triage("routes")

    assert shown.exit_code == 1
    assert "desks.toml:34: desks: 'fax' is unknown; one of: rt, post, hook" in shown.output


def test_a_route_is_tried_without_a_case(table: Path) -> None:
    async def server() -> Result:
        async with MailServer().running() as mail:
            table.write_text(POST_ONLY.format(port=mail.port))  # noqa: ASYNC240 - a small file of a test
            shown = await asyncio.to_thread(triage, "doctor", "--route", "exchange", "--severity", "A")
            assert mail.taken == []
            return shown

    shown = asyncio.run(server())
    assert shown.exit_code == 0, shown.output
    assert "goes to post" in shown.output
    assert "takes mail for desk@example.org" in shown.output


def test_the_mailbox_for_answers_is_tried_too(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def servers(password: str) -> Result:
        monkeypatch.setenv("POST_PASSWORD", password)
        async with MailServer().running() as mail, imap_server() as box:
            text = POST_ONLY.format(port=mail.port).replace("\n\n[[route]]", MAILBOX.format(port=box.port))
            table.write_text(text)  # noqa: ASYNC240 - a small file of a test
            return await asyncio.to_thread(triage, "doctor", "--route", "exchange")

    well, wrong = asyncio.run(servers(PASSWORD)), asyncio.run(servers("wrong"))
    assert well.exit_code == 0, well.output
    assert f"INBOX of {USER} at 127.0.0.1 has 0 unread mails" in well.output
    assert wrong.exit_code == 1
    assert f"post: 127.0.0.1 does not let '{USER}' in" in wrong.output


@dataclass
class Encrypted:
    """Servers that take tokens on encrypted lines, as Exchange Online does, and the login service that they believe."""

    table: Path
    tls: ssl.SSLContext
    sending: Doorman
    reading: Doorman
    entra: Entra

    def tried(self) -> tuple[int, str]:
        """How the trial of the route ends, and what it says, on one line."""
        shown = asyncio.run(self._tried())
        assert SECRET not in shown.output
        return shown.exit_code, " ".join(shown.output.split())

    async def _tried(self) -> Result:
        async with (
            MailServer(doorman=self.sending, tls=self.tls).running() as smtp,
            imap_server(self.reading, self.tls) as imap,
        ):
            self.table.write_text(EXCHANGE.format(smtp=smtp.port, imap=imap.port))
            return await asyncio.to_thread(triage, "doctor", "--route", "exchange")


@pytest.fixture
def encrypted(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Encrypted:
    cert, key = certificate(tmp_path, 30)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(cert, key)
    sending, reading = Doorman(), Doorman()
    entra = Entra(sending, reading)
    monkeypatch.setattr(access, "_http_client", lambda: entra)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    monkeypatch.setenv("POST_SECRET", SECRET)
    return Encrypted(table, tls, sending, reading, entra)


def test_a_desk_that_signs_in_by_oauth_is_tried_over_encrypted_lines(encrypted: Encrypted) -> None:
    code, said = encrypted.tried()
    assert code == 0, said
    assert f"takes mail for desk@example.org; INBOX of {USER} at 127.0.0.1 has 0 unread mails" in said
    assert encrypted.entra.posts[0]["client_secret"] == SECRET


def test_a_desk_that_may_send_and_not_read_is_told_so(encrypted: Encrypted) -> None:
    encrypted.entra.doormen = (encrypted.sending,)
    code, said = encrypted.tried()
    assert code == 1
    assert "post: 127.0.0.1 does not let the app 00000000-0000-0000-0000-000000000001 in" in said
    assert "look at its permission IMAP.AccessAsApp" in said


def test_a_desk_whose_secret_has_expired_is_told_what_to_do(encrypted: Encrypted) -> None:
    encrypted.entra.error = "invalid_client"
    code, said = encrypted.tried()
    assert code == 1
    assert "refuses the app 00000000-0000-0000-0000-000000000001 (invalid_client)" in said
    assert "make a new one under Certificates & secrets, and set POST_SECRET" in said


def test_a_desk_that_cannot_be_reached_is_named_with_the_reason(table: Path) -> None:
    table.write_text(POST_ONLY.format(port=1))
    shown = triage("doctor", "--route", "exchange")

    assert shown.exit_code == 1
    assert "post: nobody answers at 127.0.0.1:1" in shown.output
    assert "no route" in triage("doctor", "--route", "sharepoint").output


@pytest.mark.parametrize(("option", "value"), [("--route", "fax"), ("--severity", "D"), ("--holder", "nobody")])
def test_what_does_not_exist_is_said_with_what_does(table: Path, option: str, value: str) -> None:
    asked = {"--route": "exchange", option: value}
    shown = triage("doctor", *(part for pair in asked.items() for part in pair))

    assert shown.exit_code == 1
    assert repr(value) in shown.output
    assert "one of:" in shown.output


def test_a_secret_that_is_missing_is_named_before_anything_starts(table: Path) -> None:
    shown = triage("doctor", "--route", "exchange", "--severity", "A", "--tenant", "contoso")

    assert shown.exit_code == 1
    assert "RT_TOKEN is not set" in shown.output


async def test_what_has_not_arrived_is_shown_and_arrives_when_replayed(
    table: Path, tmp_path: Path, knowledge: Knowledge
) -> None:
    desk = FakeDesk(trouble=failing(Undeliverable("no such queue"), times=1))
    store = await opened(tmp_path)
    office = Post(store, replace(knowledge, desks=book("rt")), {"rt": desk})
    async with office.running():
        await office.keep(case_of())
        async with asyncio.timeout(10):
            while await store.outbox.waiting() != (0, 1):
                await asyncio.sleep(0.02)

    shown = await asyncio.to_thread(triage, "outbox", "--var", str(tmp_path))
    assert shown.exit_code == 0, shown.output
    for words in ("T-222-2222", "opened", "dead", "no such queue", "rt: 0 waiting, 1 dead"):
        assert words in shown.output
    line = json.loads((await asyncio.to_thread(triage, "outbox", "--json", "--var", str(tmp_path))).output)
    again = await asyncio.to_thread(triage, "outbox", "replay", str(line["id"]), "--var", str(tmp_path))
    assert "1 on the way again" in again.output

    office.now = office.now.replace(year=2030)
    async with office.running():
        async with asyncio.timeout(10):
            while not desk.told:
                await asyncio.sleep(0.02)
    assert await store.outbox.waiting() == (0, 0)
    await store.close()


def test_a_replay_says_what_it_is_to_replay(table: Path, tmp_path: Path) -> None:
    for arguments in ((), ("7", "--desk", "rt"), ("7",), ("--desk", "fax")):
        assert triage("outbox", "replay", *arguments, "--var", str(tmp_path)).exit_code == 1


async def opened(var: Path) -> SqlStore:
    store = open_store(read_settings(var=var).database, "enterprise_e3")
    await store.start()
    return store
