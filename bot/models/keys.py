"""The key that signs models here, and the keys whose models may be opened here."""

from __future__ import annotations

import os
from pathlib import Path

from bot.settings import Settings
from classifier.errors import ModelRejected
from classifier.signing import BadKey, Signer, Trust, key_from, key_words, new_signer, short

PRIVATE = "signing.key"


def keys_folder(settings: Settings) -> Path:
    """Where keys are."""
    return settings.var / "keys"


def signer_of(settings: Settings) -> Signer:
    """The key given by setting, else the one under var/keys, which is made when there is none. Raises `BadKey`."""
    known = known_signer(settings)
    return known or _make(keys_folder(settings) / PRIVATE)


def known_signer(settings: Settings) -> Signer | None:
    """The same, or None where there is no key yet."""
    given = settings.signing_key.get_secret_value()
    path = keys_folder(settings) / PRIVATE
    try:
        return Signer(key_from(given)) if given else Signer(key_from(path.read_text(encoding="ascii")))
    except FileNotFoundError:
        return None
    except BadKey as bad:
        raise BadKey(f"{'TRIAGE_SIGNING_KEY' if given else path}: {bad}") from bad


def trust_of(settings: Settings) -> Trust:
    """Our own key and those that a setting names: nobody else's model is opened. Raises `BadKey`."""
    own = known_signer(settings)
    try:
        named = tuple(map(key_from, settings.trusted_keys))
    except BadKey as bad:
        raise BadKey(f"TRIAGE_TRUSTED_KEYS: {bad}") from bad
    return Trust((*((own.public,) if own else ()), *named))


def _make(path: Path) -> Signer:
    """A new key, in a file that only its owner can read. Where another process made one meanwhile, that one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    signer = new_signer()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Signer(key_from(path.read_text(encoding="ascii")))
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key_words(signer.private) + "\n")
    return signer


def described(settings: Settings) -> str:
    """For `triage doctor`: who signs here, and who is trusted. Raises `BadKey`; `ModelRejected` where nobody is."""
    own, trust = known_signer(settings), trust_of(settings)
    if not trust.keys:
        raise ModelRejected("no key is trusted: train a model here, or name its maker in TRIAGE_TRUSTED_KEYS")
    others = ", ".join(short(key) for key in trust.keys if own is None or key != own.public)
    signs = f"models are signed here as {short(own.public)}" if own else "no key to sign with here"
    return f"{signs}; others trusted: {others or 'none'}"
