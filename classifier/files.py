"""A model on disk: one joblib file and a manifest with its hash. Nothing is unpickled before the hash holds."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import sklearn

from classifier.encoder import IDENTITY
from classifier.errors import ModelRejected
from classifier.model import Model

FORMAT = 1
MODEL, MANIFEST = "model.joblib", "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What is known of a model file: `thresholds` are probabilities, `report` the figures on held-out messages."""

    version: str
    sha256: str
    sklearn: str
    encoder: str
    labels: tuple[str, ...]
    thresholds: Mapping[str, float]
    examples: Mapping[str, Any]
    report: Mapping[str, Any]
    trained_at: str


def save_model(
    model: Model,
    folder: Path,
    *,
    thresholds: Mapping[str, float],
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
    labels = tuple(str(label) for label in model.category.classes_)
    manifest = Manifest(
        version=digest[:12],
        sha256=digest,
        sklearn=sklearn.__version__,
        encoder=IDENTITY,
        labels=labels,
        thresholds=thresholds,
        examples=examples,
        report=report,
        trained_at=trained_at,
    )
    _replace(folder / MODEL, content)
    _replace(folder / MANIFEST, json.dumps({"format": FORMAT, **vars(manifest)}, indent=2, ensure_ascii=False).encode())
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest alone. Raises `ModelRejected`."""
    path = folder / MANIFEST
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored.pop("format") != FORMAT:
            raise ModelRejected(f"{path}: written in another format; train again with `triage train`")
        return Manifest(**{**stored, "labels": tuple(stored["labels"])})
    except FileNotFoundError as missing:
        raise ModelRejected(f"{path}: there is no model here yet; train one with `triage train`") from missing
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise ModelRejected(f"{path}: this is no manifest of ours: {broken}") from broken


def load_model(folder: Path) -> tuple[Model, Manifest]:
    """Verify, then load. Raises `ModelRejected` when the file is missing, changed, or written with another scikit-learn or encoder."""
    manifest = read_manifest(folder)
    path = folder / MODEL
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise ModelRejected(f"{path}: the model file cannot be read: {missing.strerror}") from missing
    if hashlib.sha256(content).hexdigest() != manifest.sha256:
        raise ModelRejected(
            f"{path}: the file is not the one its manifest describes (SHA-256 differs); it was not opened"
        )
    if manifest.sklearn != sklearn.__version__:
        raise ModelRejected(
            f"{path}: written with scikit-learn {manifest.sklearn}, this is {sklearn.__version__}; train again"
        )
    if manifest.encoder != IDENTITY:
        raise ModelRejected(f"{path}: made for the encoder {manifest.encoder!r}, this is {IDENTITY!r}; train again")
    return joblib.load(io.BytesIO(content)), manifest


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)
