"""A stored model is verified before it is opened: whatever was done to it, it is refused, and nothing in it has run."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest

from classifier.errors import ModelRejected
from classifier.files import load_model, save_model
from classifier.manifest import MANIFEST, MODEL, Manifest, read_manifest
from classifier.model import Model, Part, Vocabulary
from classifier.outlier import Familiar, Known, Scale
from classifier.predict import Predictor
from classifier.thresholds import Lines

LINES = Lines(act=0.8, confirm=0.3, clarity=0.5, outlier=3.0, share=0.1)
NOTHING = np.zeros((0, 4), dtype=np.float32)


def saved(folder: Path, model: Model) -> Manifest:
    return save_model(model, folder, examples={"total": 3}, report={"messages": 1}, trained_at="2026-11-23T12:00:00")


def stub(*labels: str) -> Model:
    """A model that knows its labels and nothing else."""
    familiar = Familiar(NOTHING, Known(NOTHING, np.zeros(4, dtype=np.intp)), Scale(0, 1), Scale(0, 1))
    part = Part(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING[:, 0], 1.0, LINES, familiar)
    return Model(labels, {}, Vocabulary({}, NOTHING[:, 0]), Vocabulary({}, NOTHING[:, 0]), None, part)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    saved(tmp_path / "model", stub("billing", "exchange"))
    return tmp_path / "model"


def test_a_model_comes_back_as_it_was(model: Model, predictor: Predictor, tmp_path: Path) -> None:
    stored = saved(tmp_path, model)
    back, manifest = load_model(tmp_path)
    assert manifest == stored
    text = "plus personne ne reçoit de mail"
    assert Predictor(back, "small").predict(text) == predictor.predict(text)


def test_the_manifest_says_what_is_known_of_the_model(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert manifest.labels == ("billing", "exchange")
    assert (manifest.thresholds, manifest.examples, manifest.report) == (
        LINES.thresholds(),
        {"total": 3},
        {"messages": 1},
    )
    assert manifest.version == manifest.sha256[:12]
    assert manifest.trained_at == "2026-11-23T12:00:00"


def test_a_model_with_any_byte_changed_is_refused(folder: Path) -> None:
    whole = (folder / MODEL).read_bytes()
    dice = random.Random(7)
    for _ in range(100):
        place, flip = dice.randrange(len(whole)), dice.randrange(1, 256)
        (folder / MODEL).write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
        with pytest.raises(ModelRejected, match="SHA-256 differs"):
            load_model(folder)
    (folder / MODEL).write_bytes(whole)
    load_model(folder)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_model_cut_short_is_refused(share: float, folder: Path) -> None:
    whole = (folder / MODEL).read_bytes()
    (folder / MODEL).write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ModelRejected, match="SHA-256 differs"):
        load_model(folder)


def test_a_model_with_something_behind_it_is_refused(folder: Path) -> None:
    with (folder / MODEL).open("ab") as stream:
        stream.write(b"\n")
    with pytest.raises(ModelRejected, match="SHA-256 differs"):
        load_model(folder)


def test_a_missing_model_is_refused_with_its_path(folder: Path) -> None:
    (folder / MODEL).unlink()
    with pytest.raises(ModelRejected, match=rf"{folder / MODEL}.*cannot be read"):
        load_model(folder)


def test_where_there_is_nothing_yet_it_says_how_to_get_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelRejected, match=r"no model here yet.*triage train"):
        load_model(tmp_path)


def test_a_model_of_another_scikit_learn_is_refused_with_both_versions(folder: Path) -> None:
    _rewrite(folder, sklearn="0.24.2")
    with pytest.raises(ModelRejected, match=r"sklearn '0\.24\.2', this is '1\."):
        load_model(folder)


def test_a_model_of_another_format_is_refused(folder: Path) -> None:
    _rewrite(folder, format=1)
    with pytest.raises(ModelRejected, match="another format"):
        load_model(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"text"',
        b"{}",
        b'{"format": 3}',
        b"\xff\xfe\x00",
        b'{"format": 3, "labels": null}',
    ],
)
def test_a_broken_manifest_is_refused_with_its_path(content: bytes, folder: Path) -> None:
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(ModelRejected, match=str(folder / MANIFEST)):
        load_model(folder)


def test_a_manifest_with_a_field_too_many_or_too_few_is_refused(folder: Path) -> None:
    _rewrite(folder, extra="x")
    with pytest.raises(ModelRejected, match="no manifest of ours"):
        load_model(folder)
    _rewrite(folder, extra=None, sha256=None)
    with pytest.raises(ModelRejected, match="no manifest of ours"):
        load_model(folder)


def test_a_crash_between_model_and_manifest_leaves_a_model_that_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / MANIFEST, tmp_path / MANIFEST)
    saved(folder, stub("network"))
    shutil.copy(tmp_path / MANIFEST, folder / MANIFEST)
    with pytest.raises(ModelRejected, match="SHA-256 differs"):
        load_model(folder)


def test_saving_leaves_nothing_beside_the_two_files(folder: Path) -> None:
    saved(folder, stub("network"))
    assert {path.name for path in folder.iterdir()} == {MODEL, MANIFEST}
    assert load_model(folder)[1].labels == ("network",)


@pytest.mark.parametrize(
    "dump", [joblib.dump, lambda bomb, path: path.write_bytes(pickle.dumps(bomb))], ids=["joblib", "pickle"]
)
def test_code_put_in_the_place_of_a_model_does_not_run(dump: Any, folder: Path, tmp_path: Path) -> None:
    crater = tmp_path / "crater"
    dump(Bomb(crater), folder / MODEL)
    with pytest.raises(ModelRejected, match="it was not opened"):
        load_model(folder)
    assert not crater.exists()
    joblib.load(folder / MODEL)
    assert crater.exists(), "the bomb of this test is a dud: it shows nothing"


class Bomb:
    """An object whose unpickling makes a folder."""

    def __init__(self, crater: Path) -> None:
        self.crater = crater

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.crater),)


def _rewrite(folder: Path, **changes: Any) -> None:
    """Change fields of the manifest; None takes one away."""
    path = folder / MANIFEST
    stored = {**json.loads(path.read_text(encoding="utf-8")), **changes}
    path.write_text(json.dumps({key: value for key, value in stored.items() if value is not None}), encoding="utf-8")


def test_a_model_is_loaded_and_serves_without_scikit_learn(model: Model, tmp_path: Path) -> None:
    saved(tmp_path, model)
    code = (
        "import sys; from pathlib import Path; from classifier.files import load_model; from classifier.predict import Predictor;"
        "model, manifest = load_model(Path(sys.argv[1])); print(Predictor(model, 'm').predict('no mail').categories);"
        "sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr


def test_a_machine_without_the_encoder_may_load_a_model(folder: Path) -> None:
    _rewrite(folder, encoder="another one 9.9")
    assert load_model(folder)[1].encoder == "another one 9.9"
