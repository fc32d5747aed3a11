"""Who made a model: an Ed25519 signature over its manifest's bytes, checked before anything else is read of either."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from classifier.errors import ClassifierError, ModelRejected

KEY_BYTES = 32


class BadKey(ClassifierError):
    """A signing key, or one to trust, is not 32 bytes in base64."""


@dataclass(frozen=True)
class Trust:
    """The public keys whose models may be opened."""

    keys: tuple[bytes, ...]

    def check(self, content: bytes, signature: bytes, where: str) -> None:
        """Nothing, where one of the keys has signed these bytes. Raises `ModelRejected`."""
        try:
            signed = base64.b64decode(json.loads(signature)["signature"], validate=True)
        except (ValueError, KeyError, TypeError) as broken:
            raise ModelRejected(
                f"{where}: there is no signature that could be read; it was not opened; train again with `triage train`"
            ) from broken
        if not any(_signed(key, signed, content) for key in self.keys):
            known = ", ".join(short(key) for key in self.keys) or "none"
            raise ModelRejected(
                f"{where}: not signed by a key that is trusted here ({known}), or changed since; it was not opened"
            )


@dataclass(frozen=True)
class Signer:
    """The private half of a key."""

    private: bytes

    @property
    def public(self) -> bytes:
        """The half that may be told to everybody."""
        return _private(self.private).public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        """A signature file for these bytes: JSON with the key's name, to be found by a person, and the signature."""
        signed = base64.b64encode(_private(self.private).sign(content)).decode()
        return json.dumps({"key": short(self.public), "signature": signed}).encode()


def new_signer() -> Signer:
    """A key that nobody has seen before."""
    return Signer(Ed25519PrivateKey.generate().private_bytes_raw())


def key_from(words: str) -> bytes:
    """A key from its base64. Raises `BadKey`."""
    try:
        key = base64.b64decode(words.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise BadKey(f"a key is {KEY_BYTES} bytes in base64 (44 characters ending in =); this is something else")
    return key


def key_words(key: bytes) -> str:
    """A key as words for a setting or a file."""
    return base64.b64encode(key).decode()


def short(public: bytes) -> str:
    """How a public key is named to people."""
    return hashlib.sha256(public).hexdigest()[:12]


def _private(raw: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw)


def _signed(key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True
