"""Whatever was done to a model's files, they are refused before anything is unpickled, and nothing in them has run."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import joblib
import pytest

from bot.models.keys import PRIVATE, known_signer, signer_of, trust_of
from bot.models.served import confirm, point
from bot.settings import ROOT, Settings, read_settings
from bot.store.registry_values import Status, Version
from classifier.errors import ModelRejected
from classifier.files import load_model, open_model, save_model
from classifier.manifest import MANIFEST, MODEL, SIGNATURE, read_manifest, stored
from classifier.signing import BadKey, Signer, Trust, key_from, key_words, new_signer
from tests.classifier.test_files import Bomb, stub
from tests.conftest import SIGNER
from tests.models.conftest import now

TRUST = Trust((SIGNER.public,))
FILES = (MODEL, MANIFEST, SIGNATURE)


def saved(folder: Path, *labels: str, signer: Signer | None = SIGNER, serial: int = 1) -> Path:
    save_model(
        stub(*labels),
        folder,
        examples={"total": 3},
        report={"messages": 1},
        trained_at="2026-11-26T12:00:00",
        serial=serial,
        signer=signer,
    )
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return saved(tmp_path / "model", "billing", "exchange")


@pytest.fixture(autouse=True)
def _nothing_is_unpickled(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Unpickling anything at all is this test's failure, unless it says that it will."""
    if "opens" in request.keywords:
        return

    def burst(*_: object) -> None:
        raise AssertionError("something was unpickled before it was verified")

    monkeypatch.setattr(joblib, "load", burst)


@pytest.mark.parametrize("name", FILES)
def test_two_hundred_flipped_bytes_are_all_refused(name: str, folder: Path) -> None:
    whole = (folder / name).read_bytes()
    dice = random.Random(name)
    for _ in range(200):
        place, flip = dice.randrange(len(whole)), dice.randrange(1, 256)
        spoilt = whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]
        if name == SIGNATURE and _signature(spoilt) == _signature(whole):
            continue  # the key's name, which is told to people and proves nothing
        (folder / name).write_bytes(spoilt)
        with pytest.raises(ModelRejected):
            load_model(folder, TRUST)


def _signature(content: bytes) -> str | None:
    try:
        return str(json.loads(content)["signature"])
    except (ValueError, KeyError, TypeError):
        return None


def swapped_file(folder: Path) -> None:
    other = saved(folder.with_name("other"), "network", "identity")
    shutil.copy(other / MODEL, folder / MODEL)


def swapped_manifest(folder: Path) -> None:
    other = saved(folder.with_name("other"), "network", "identity")
    shutil.copy(other / MANIFEST, folder / MANIFEST)


def another_key(folder: Path) -> None:
    saved(folder, "network", signer=new_signer())


def no_signature(folder: Path) -> None:
    saved(folder, "network", signer=None)


def edited_manifest(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["thresholds"]["act"] = 0.0
    (folder / MANIFEST).write_text(json.dumps(manifest))


def bomb_with_its_hash(folder: Path) -> None:
    """Somebody who can write the folder sets the hash right as well: only the signature tells."""
    content = pickle.dumps(Bomb(folder / "crater"))
    (folder / MODEL).write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest |= {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    (folder / MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    "spoil", [swapped_file, swapped_manifest, another_key, no_signature, edited_manifest, bomb_with_its_hash]
)
def test_what_was_put_in_its_place_is_refused_and_does_not_run(spoil: Callable[[Path], None], folder: Path) -> None:
    spoil(folder)
    with pytest.raises(ModelRejected, match="not opened"):
        load_model(folder, TRUST)
    assert not (folder / "crater").exists()


def test_the_process_that_reads_texts_refuses_a_bomb_and_does_not_run_it(folder: Path) -> None:
    bomb_with_its_hash(folder)
    command = [sys.executable, "-m", "classifier.worker", str(folder), key_words(SIGNER.public)]
    ran = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "not signed by a key that is trusted here" in ran.stderr
    assert not (folder / "crater").exists()


@pytest.mark.opens
def test_the_bomb_is_no_dud(folder: Path) -> None:
    bomb_with_its_hash(folder)
    joblib.load(folder / MODEL)
    assert (folder / "crater").exists()


@pytest.mark.opens
def test_an_untouched_model_is_opened_with_any_trusted_key(folder: Path) -> None:
    assert load_model(folder, Trust((new_signer().public, SIGNER.public)))[1].serial == 1
    assert open_model(stored(folder), TRUST)[0].labels == ("billing", "exchange")


def test_where_nobody_is_trusted_nothing_is_opened(folder: Path) -> None:
    with pytest.raises(ModelRejected, match=r"trusted here \(none\)"):
        load_model(folder, Trust(()))


def test_an_older_model_is_not_the_one_that_was_asked_for(folder: Path) -> None:
    manifest = read_manifest(folder, TRUST)
    row = Version(manifest.version, 2, Status.CHAMPION, now(), "olga", manifest.sha256, {}, {}, {})
    with pytest.raises(ModelRejected, match="number 1, not 2"):
        confirm(manifest, row)


# keys


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("TRIAGE_TRUSTED_KEYS")
    return read_settings(var=tmp_path / "var")


def test_a_key_is_made_once_and_only_its_owner_reads_it(settings: Settings) -> None:
    assert known_signer(settings) is None
    made = signer_of(settings)
    assert signer_of(settings) == known_signer(settings) == made
    assert (settings.var / "keys" / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert trust_of(settings) == Trust((made.public,))


def test_a_key_may_be_given_by_setting(tmp_path: Path) -> None:
    given = read_settings(var=tmp_path, signing_key=key_words(SIGNER.private), trusted_keys=())
    assert signer_of(given) == SIGNER
    assert not (tmp_path / "keys").exists()


def test_what_is_no_key_is_refused_by_the_setting_s_name(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="TRIAGE_SIGNING_KEY: a key is 32 bytes in base64"):
        known_signer(read_settings(var=tmp_path, signing_key="secret"))
    with pytest.raises(BadKey, match="TRIAGE_TRUSTED_KEYS"):
        trust_of(read_settings(var=tmp_path, trusted_keys=("c2hvcnQ=",)))
    with pytest.raises(BadKey):
        key_from("é")


def test_var_model_leads_to_the_model_that_serves_and_keeps_what_was_there(settings: Settings, tmp_path: Path) -> None:
    old = saved(settings.model_folder, "billing")
    version = read_manifest(old).version
    new = saved(settings.var / "models" / "new", "exchange")

    point(settings, new)
    point(settings, new)

    assert settings.model_folder.resolve() == new.resolve()
    assert read_manifest(settings.var / "models" / version).labels == ("billing",)
    assert not os.path.lexists(settings.var / "model.new")


def test_nothing_in_the_bot_opens_a_model_without_asking_who_signed_it() -> None:
    """`trust` may be left out only where a model never left the hands of the one who made it."""
    calls = re.compile(r"(?<!def )\b(?:load_model|verified|read_manifest|open_model|check)\(([^()]|\([^()]*\))*\)")
    for path in (ROOT / "bot").rglob("*.py"):
        for call in calls.finditer(path.read_text(encoding="utf-8")):
            words = call[0]
            known = "trust" in words.lower() or (path.name == "served.py" and words == "verified(folder)")
            assert known or (words.startswith("check(") and "settings" in words), f"{path}: {words}"
