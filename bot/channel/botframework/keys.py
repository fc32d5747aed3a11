"""The keys the channel signs its requests with, fetched as seldom as safety allows.

An unknown key id is how a rotation announces itself, and also what a forger sends: it asks for new keys, but at most
once a minute. While the endpoint is away, keys are used up to the five days that Microsoft allows.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm

from bot.flight import Flight

FRESH_SECONDS = 24 * 3600.0
STALE_SECONDS = 5 * FRESH_SECONDS
PAUSE_SECONDS = 60.0
PAUSE_WITHOUT_KEYS_SECONDS = 5.0  # with no key at all nobody can be let in: ask again soon

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SigningKey:
    """A public key and the channels it may speak for."""

    public: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """Finds signing keys by id. `fetch` gets a JSON document; `clock` gives seconds."""

    def __init__(self, fetch: Callable[[str], Awaitable[Any]], metadata_url: str, clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched = self._tried = -math.inf
        self._refresh = Flight(self._load)

    async def find(self, kid: str) -> SigningKey | None:
        """Return the key with this id, or None. Never raises.

        A known key is returned at once, even while newer ones are on their way; only an unknown one waits.
        """
        if self._is_due(kid):
            self._refresh.start()
        if not self._is_usable(kid):
            await self._refresh.settle()
        return self._keys[kid] if self._is_usable(kid) else None

    def warm(self) -> None:
        """Begin to fetch keys before anybody needs one. Nothing waits for it, and it may fail."""
        self._refresh.start()

    async def close(self) -> None:
        """Give up a fetch that is under way."""
        await self._refresh.cancel()

    def _is_usable(self, kid: str) -> bool:
        return kid in self._keys and self._clock() - self._fetched < STALE_SECONDS

    def _is_due(self, kid: str) -> bool:
        now = self._clock()
        pause = PAUSE_SECONDS if self._keys else PAUSE_WITHOUT_KEYS_SECONDS
        return now - self._tried >= pause and (kid not in self._keys or now - self._fetched >= FRESH_SECONDS)

    async def _load(self) -> None:
        """Replace all keys by those now published; keep the old ones when that fails."""
        self._tried = self._clock()
        try:
            metadata = await self._fetch(self._metadata_url)
            keys = parse_keys(await self._fetch(metadata["jwks_uri"]))
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, TypeError, LookupError) as error:
            log.warning("signing_keys_unavailable", reason=type(error).__name__)
            return
        self._keys, self._fetched = keys, self._clock()


def parse_keys(document: Any) -> dict[str, SigningKey]:
    """Read a JSON Web Key Set; keys that are not for RSA signatures are passed over.

    Raises ValueError when none is left: an empty set must not take the place of a good one.
    """
    keys = {jwk["kid"]: key for jwk in document["keys"] if (key := _parse_key(jwk)) is not None}
    if not keys:
        raise ValueError("no usable key")
    return keys


def _parse_key(jwk: Any) -> SigningKey | None:
    if not isinstance(jwk, dict) or not isinstance(jwk.get("kid"), str) or jwk.get("use", "sig") != "sig":
        return None
    try:
        public, endorsements = RSAAlgorithm.from_jwk(jwk), frozenset(jwk.get("endorsements") or ())
    except (PyJWTError, ValueError, TypeError, LookupError):
        return None
    return SigningKey(public, endorsements) if isinstance(public, RSAPublicKey) else None
