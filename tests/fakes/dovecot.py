"""A real Dovecot (Debian's package), set up from nothing in a folder and served on loopback, with TLS."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jwt

from tests.e2e.processes import free_port

SERVER = Path("/usr/sbin/dovecot")
USER, PASSWORD = "triage", "secret"

SITE = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_mechanisms = plain xoauth2
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""

# Tokens are believed that are signed with a key in the folder, and name the user.
OAUTH = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""
KEY = b"the key of who hands out tokens, long enough"


@dataclass(frozen=True)
class Dovecot:
    """A running server: `plain` is the port that offers STARTTLS."""

    plain: int
    tls: int

    def token(self, seconds: float = 3600) -> str:
        """An access token that it takes, for so long."""
        return jwt.encode(
            {"sub": USER, "exp": int(time.time() + seconds), "iat": int(time.time()) - 7200}, KEY, "HS256"
        )


def installed() -> bool:
    """Whether the package is there; `make handoff` installs it."""
    return SERVER.exists()


@contextmanager
def dovecot(certificate: Path, key: Path) -> Iterator[Dovecot]:
    """Serve one user's mailbox until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)  # mail is kept by a user of its own, who has to get there
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody", "nogroup")
    made = Dovecot(free_port(), free_port())
    text = SITE.format(
        folder=folder, certificate=certificate, key=key, password=PASSWORD, plain=made.plain, tls=made.tls
    )
    (folder / "dovecot.conf").write_text(text)
    (folder / "oauth2.conf").write_text(OAUTH.format(folder=folder))
    keys = folder / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(b64encode(KEY))
    with (folder / "output").open("w") as output:
        server = subprocess.Popen([SERVER, "-F", "-c", folder / "dovecot.conf"], stdout=output, stderr=output)
    try:
        _wait(made.plain, server, folder)
        yield made
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


def _wait(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, (folder / "output").read_text() + (folder / "log").read_text()
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as line:
                if line.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Dovecot does not answer")
