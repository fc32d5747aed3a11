"""One process at a time on a SQLite database: two would each believe the other's unsent messages to be their own past."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import CannotStart


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the SQLite file for this process. Raises `CannotStart` while another one holds it; a crash lets go of it."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(f"{database.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart(
                f"another `triage serve` uses {database}; SQLite serves one process, PostgreSQL many (TRIAGE_DATABASE_URL)"
            ) from None
        yield
