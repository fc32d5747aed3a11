"""Signs requests as the Bot Connector does, publishes the keys, and forges tokens as an attacker would."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"


@dataclass(frozen=True)
class Key:
    """A private key, with the id it is published under and the channels it may speak for."""

    kid: str = field(default_factory=lambda: uuid4().hex)
    endorsements: tuple[str, ...] = ("msteams",)
    private: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def public_pem(self) -> bytes:
        encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(encoding, form)

    def jwk(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**public, "use": "sig", "kid": self.kid, "endorsements": list(self.endorsements)}


class Signer:
    """The channel's side of authentication, for the bot with this app id."""

    def __init__(self, app_id: str) -> None:
        self.app_id = app_id
        self.keys = [Key()]

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one stays published."""
        self.keys.insert(0, Key())

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.jwk() for key in self.keys]}

    def claims(self, service_url: str, **changes: Any) -> dict[str, Any]:
        """Return a good token's claims with some changed; None takes one away."""
        now = int(time.time())
        good = {"iss": ISSUER, "aud": self.app_id, "exp": now + 3600, "nbf": now - 300, "serviceurl": service_url}
        return {name: value for name, value in (good | changes).items() if value is not None}

    def token(self, service_url: str, key: Key | None = None, kid: str | None = None, **changes: Any) -> str:
        """Return a token; good unless something of it is changed."""
        key = key or self.keys[0]
        return jwt.encode(
            self.claims(service_url, **changes), key.private, algorithm="RS256", headers={"kid": kid or key.kid}
        )

    def forgeries(self, service_url: str) -> dict[str, str]:
        """Return attacks by name, each as the value of the Authorization header. A bot must refuse them all."""
        good, kid, now = self.token(service_url), self.keys[0].kid, int(time.time())
        rogue = Key()
        header, payload, signature = good.split(".")
        other_payload = _part(self.claims(service_url, aud=self.app_id, extra=1))
        tokens = {
            "empty": "",
            "garbage": "x",
            "three parts of garbage": "a.b.c",
            "expired": self.token(service_url, exp=now - 3600),
            "without expiry": self.token(service_url, exp=None),
            "expiry that is no number": self.token(service_url, exp="soon"),
            "not yet valid": self.token(service_url, nbf=now + 3600),
            "issued in the future": self.token(service_url, iat=now + 3600),
            "another bot's": self.token(service_url, aud=str(uuid4())),
            "for this bot among others": self.token(service_url, aud=[self.app_id, "other"]),
            "without audience": self.token(service_url, aud=None),
            "another issuer": self.token(service_url, iss="https://sts.windows.net/evil/"),
            "without issuer": self.token(service_url, iss=None),
            "for another service URL": self.token("https://smba.trafficmanager.net/other/"),
            "without service URL": self.token(service_url, serviceurl=None),
            "unknown key": self.token(service_url, key=rogue),
            "known key id, other key": self.token(service_url, key=rogue, kid=kid),
            "without key id": jwt.encode(self.claims(service_url), self.keys[0].private, algorithm="RS256"),
            "algorithm none": f"{_part({'alg': 'none', 'kid': kid})}.{payload}.",
            "signed with the public key": self._confused(service_url, kid),
            "another algorithm": jwt.encode(
                self.claims(service_url), self.keys[0].private, algorithm="RS512", headers={"kid": kid}
            ),
            "changed payload": f"{header}.{other_payload}.{signature}",
            "signature cut off": f"{header}.{payload}.",
            "key brought along": jwt.encode(
                self.claims(service_url),
                rogue.private,
                algorithm="RS256",
                headers={
                    "kid": rogue.kid,
                    "jwk": rogue.jwk(),
                    "jku": f"{service_url}keys",
                    "x5u": f"{service_url}keys",
                },
            ),
            "key id that is no string": f"{_part({'alg': 'RS256', 'kid': {'a': 1}})}.{payload}.{signature}",
            "header without end": f"{_encode(b'[' * 3000)}.{payload}.{signature}",
        }
        schemes = {"no header at all": "", "scheme only": "Bearer", "another scheme": f"Basic {good}"}
        return schemes | {name: f"Bearer {token}" for name, token in tokens.items()}

    def _confused(self, service_url: str, kid: str) -> str:
        """The classic: a verifier that lets the token choose HS256 takes the public key for the shared secret."""
        head = f"{_part({'alg': 'HS256', 'kid': kid, 'typ': 'JWT'})}.{_part(self.claims(service_url))}"
        return f"{head}.{_encode(hmac.new(self.keys[0].public_pem(), head.encode(), hashlib.sha256).digest())}"


def endorsed(channels: Iterable[str]) -> Key:
    """Return a new key that may speak for these channels only."""
    return Key(endorsements=tuple(channels))


def _part(value: dict[str, Any]) -> str:
    return _encode(json.dumps(value).encode())


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
