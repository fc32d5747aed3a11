"""A model on disk: one joblib file and a manifest with its hash. Nothing is unpickled before the hash holds."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joblib

from classifier.manifest import MODEL, Manifest, encoder_here, needed, replace, verified, write_manifest
from classifier.model import Model


def save_model(
    model: Model,
    folder: Path,
    *,
    examples: Mapping[str, Any],
    report: Mapping[str, Any],
    trained_at: str,
) -> Manifest:
    """Write model and manifest; the manifest last, so that a crash in between leaves a model that is refused, not half a model."""
    folder.mkdir(parents=True, exist_ok=True)
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
        **needed(),
    )
    replace(folder / MODEL, content)
    write_manifest(folder, manifest)
    return manifest


def load_model(folder: Path) -> tuple[Model, Manifest]:
    """Verify, then load. Raises `ModelRejected` when the file is missing, changed, or of another format.

    What is unpickled are plain arrays: neither this nor serving needs scikit-learn."""
    content, manifest = verified(folder)
    return joblib.load(io.BytesIO(content)), manifest
