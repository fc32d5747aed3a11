"""Who is signed in: a sealed cookie that the browser cannot read or change, and that ends by itself."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

COOKIE = "triage_operator"
FLOW_COOKIE = "triage_sign_in"
SESSION_SECONDS = 8 * 3600
FLOW_SECONDS = 600
LINK_SECONDS = 900


@dataclass(frozen=True)
class Operator:
    """Somebody who looks after the bot. `csrf` has to come back with every form."""

    id: str
    name: str
    csrf: str


class Seal:
    """Seals values for one purpose each, so that a link's is no session's."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def close(self, purpose: str, value: Mapping[str, Any], now: float) -> str:
        """The value as text that nobody else can make or read."""
        return self._box(purpose).encrypt_at_time(json.dumps(value).encode(), int(now)).decode()

    def open(self, purpose: str, sealed: str, lasts: int, now: float) -> dict[str, Any] | None:
        """What was sealed for this purpose at most so many seconds ago; None for anything else."""
        try:
            found: dict[str, Any] = json.loads(self._box(purpose).decrypt_at_time(sealed.encode(), lasts, int(now)))
        except (InvalidToken, ValueError):
            return None
        return found

    def _box(self, purpose: str) -> Fernet:
        derived = hashlib.blake2b(purpose.encode(), key=self._key, digest_size=32).digest()
        return Fernet(base64.urlsafe_b64encode(derived))


def seal_from(secret: str, var: Path) -> Seal:
    """The seal of the setting, or of a key that is kept in the var folder: made once, readable by its owner only."""
    if secret:
        return Seal(hashlib.sha256(secret.encode()).digest())
    file = var / "pages.key"
    if not file.exists():
        var.mkdir(parents=True, exist_ok=True)
        mine = file.with_name(f".pages.key.{os.getpid()}")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(secrets.token_bytes(32))
        try:
            os.link(mine, file)  # whoever comes second takes the first one's
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return Seal(file.read_bytes())


def new_link(seal: Seal, now: float) -> str:
    """What a one-time link carries: it opens once, and not for long."""
    return seal.close("link", {"id": secrets.token_urlsafe(24)}, now)
