"""JSON values that somebody sent, as what they should be: a string that can be stored, an object that can be asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_text(value: object) -> str:
    """Return a string that can be stored and sent: no lone surrogates, which JSON may carry, and no NUL. Else empty."""
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def mapping(value: object) -> Mapping[str, Any]:
    """Return the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}
