"""Whether somebody administers their organisation, as a directory said at a moment, and for how long that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FRESH = timedelta(minutes=15)  # no need to ask again
COUNTS = timedelta(hours=4)  # while the directory does not answer; afterwards the tenant's own list decides


@dataclass(frozen=True)
class Standing:
    """What was said, and when."""

    administers: bool
    checked_at: datetime
