"""For how long a server asks to be left alone."""

from __future__ import annotations

import math


def seconds(retry_after: str) -> float | None:
    """The seconds of a Retry-After header; None where it says nothing that can be waited for."""
    try:
        wish = float(retry_after)
    except ValueError:
        return None
    return wish if math.isfinite(wish) and wish >= 0 else None
