"""An aiosqlite connection that hands to its thread only what can wait: the lock of BEGIN and of VACUUM, the disk of COMMIT.

Every other call on a local database takes microseconds, and a trip through a thread costs more than that twice over, in
processor time and in waiting for the interpreter's lock (`python -m benchmarks.turn`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

LOCKING = ("BEGIN", "VACUUM", "PRAGMA wal_checkpoint")


class DirectConnection(aiosqlite.Connection):
    """One connection; SQLAlchemy lets one task at a time use it."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run one call of the sqlite3 module: here, or in the thread if it may have to wait."""
        if self._connection is None or self._may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    def _may_wait(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        locks = bool(args) and str(args[0]).startswith(LOCKING)
        return locks or fn in (self._conn.commit, self._conn.close)


def opener(path: str, lock_seconds: float) -> Callable[..., Any]:
    """How SQLAlchemy opens a connection to this file; a lock held by another process is waited for, `lock_seconds` at most."""

    async def connect(*_: Any, **__: Any) -> DirectConnection:
        def open_file() -> sqlite3.Connection:
            return sqlite3.connect(path, timeout=lock_seconds, check_same_thread=False)

        connection = DirectConnection(open_file, iter_chunk_size=64)
        connection._thread.daemon = (
            True  # a process that ends without closing must end, as with SQLAlchemy's own opener
        )
        await connection
        return connection

    return connect
