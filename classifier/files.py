"""A model on disk: one joblib file, a manifest with its hash, and the manifest's signature. Nothing is unpickled before both hold."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joblib

from classifier.manifest import (
    MODEL,
    Manifest,
    Stored,
    check,
    encoder_here,
    manifest_bytes,
    needed,
    replace,
    verified,
    write_manifest,
)
from classifier.model import Model
from classifier.signing import Signer, Trust


def save_model(
    model: Model,
    folder: Path,
    *,
    examples: Mapping[str, Any],
    report: Mapping[str, Any],
    trained_at: str,
    serial: int = 0,
    signer: Signer | None = None,
) -> Manifest:
    """Write model and manifest; the manifest last, so that a crash in between leaves a model that is refused, not half a model."""
    folder.mkdir(parents=True, exist_ok=True)
    content, manifest = _packed(model, examples, report, trained_at, serial)
    replace(folder / MODEL, content)
    write_manifest(folder, manifest, signer)
    return manifest


def pack_model(
    model: Model,
    signer: Signer,
    *,
    examples: Mapping[str, Any],
    report: Mapping[str, Any],
    trained_at: str,
    serial: int,
) -> tuple[Stored, Manifest]:
    """The same files as bytes, signed: for a registry."""
    content, manifest = _packed(model, examples, report, trained_at, serial)
    described = manifest_bytes(manifest)
    return Stored(described, signer.sign(described), content, manifest.version), manifest


def load_model(folder: Path, trust: Trust | None = None) -> tuple[Model, Manifest]:
    """Verify, then load. Raises `ModelRejected` when the file is missing, changed, unsigned, or of another format.

    `trust` None asks for no signature. What is unpickled are plain arrays: neither this nor serving needs scikit-learn.
    """
    return _opened(*verified(folder, trust))


def open_model(files: Stored, trust: Trust | None) -> tuple[Model, Manifest]:
    """The same for files that are in memory."""
    return _opened(*check(files, trust))


def _opened(content: bytes, manifest: Manifest) -> tuple[Model, Manifest]:
    return joblib.load(io.BytesIO(content)), manifest


def _packed(
    model: Model, examples: Mapping[str, Any], report: Mapping[str, Any], trained_at: str, serial: int
) -> tuple[bytes, Manifest]:
    buffer = io.BytesIO()
    joblib.dump(model, buffer)
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(
        version=digest[:12],
        sha256=digest,
        labels=model.labels,
        thresholds=model.lines.thresholds(),
        examples=examples,
        report=report,
        trained_at=trained_at,
        encoder=encoder_here(),
        serial=serial,
        size=len(content),
        **needed(),
    )
    return content, manifest
