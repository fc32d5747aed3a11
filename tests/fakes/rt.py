"""A real Request Tracker 5 (Debian's packages), set up from nothing in a folder and served on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER = Path("/usr/share/request-tracker5/libexec/rt-server")
QUEUE = "Microsoft 365"
FIELD = "CaseId"

SITE = """
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rtdb');
Set($rtname, 'rt.test');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($WebBaseURL, 'http://127.0.0.1:{port}');
Set($WebPath, '');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'warning');
Set($MailCommand, 'sendmailpipe');
Set($SendmailPath, '/bin/true');
Set($MasonDataDir, '{folder}/mason');
Set($MasonSessionDir, '{folder}/session');
1;
"""

# As docs/desks.md tells an administrator of RT to do it by hand: a queue, a user for the bot with its rights, and one custom field.
CONTENT = f"""
@Queues = ({{ Name => '{QUEUE}', Description => 'Cases' }});
@Users = (
    {{ Name => 'triage', RealName => 'Triage', EmailAddress => 'triage@example.com', Privileged => 1 }},
    {{ Name => 'ann', RealName => 'Ann Agent', EmailAddress => 'ann@example.com', Privileged => 1, Password => 'password' }},
);
@CustomFields = ({{ Name => '{FIELD}', Type => 'Freeform', MaxValues => 1, LookupType => 'RT::Queue-RT::Ticket', UniqueValues => 1,
    Queue => '{QUEUE}' }});
@ACL = map {{ my $user = $_; map {{ {{ UserId => $user, Queue => '{QUEUE}', Right => $_ }} }} qw(
    SeeQueue ShowTicket ShowTicketComments CreateTicket CommentOnTicket ReplyToTicket ModifyTicket OwnTicket TakeTicket
    SeeCustomField ModifyCustomField SetInitialCustomField
) }} qw(triage ann);
1;
"""
TOKEN = (
    "use RT -init; use RT::AuthToken; my $user = RT::User->new(RT->SystemUser); $user->Load('%s'); "
    "my ($done, $said, $token) = RT::AuthToken->new(RT->SystemUser)->Create(Owner => $user->Id, Description => 'test'); "
    "print $token;"
)


@dataclass(frozen=True)
class Tracker:
    """A running RT: `token` is the bot's, `agent` that of Ann, who works there."""

    url: str
    token: str
    agent: str
    queue: str = QUEUE


def installed() -> bool:
    """Whether the packages are there; `make handoff` installs them."""
    return SERVER.exists()


@contextmanager
def tracker(folder: Path) -> Iterator[Tracker]:
    """Set RT up in this folder (a few seconds) and serve it until the block ends."""
    port = _free_port()
    environment = _configure(folder, port)
    for action in (["--action", "init"], ["--action", "insert", "--datafile", str(folder / "content")]):
        _run(["/usr/sbin/rt-setup-database-5", *action, "--skip-create"], environment)
    tokens = [_token(user, environment) for user in ("triage", "ann")]
    command = [str(SERVER), "--host", "127.0.0.1", "--port", str(port), "--max-workers", "2"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/", server, folder / "server.log")
        yield Tracker(f"http://127.0.0.1:{port}", *tokens)
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _configure(folder: Path, port: int) -> dict[str, str]:
    (folder / "conf.d").mkdir(parents=True)
    (folder / "site.pm").write_text("1;\n")
    (folder / "conf.d" / "test.pm").write_text(SITE.format(folder=folder, port=port))
    (folder / "content").write_text(CONTENT)
    for name in ("mason", "session"):
        (folder / name).mkdir()
    return {**os.environ, "RT_SITE_CONFIG": str(folder / "site.pm"), "RT_SITE_CONFIG_DIR": str(folder / "conf.d")}


def _token(user: str, environment: dict[str, str]) -> str:
    perl = shutil.which("perl") or "perl"
    return _run([perl, "-I/usr/share/request-tracker5/lib", "-e", TOKEN % user], environment)


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"RT has ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"RT does not answer: {log.read_text()}")
