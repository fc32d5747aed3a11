"""Settings say what is wrong with them, and each one is documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import PREFIX, ROOT, BadSettings, Settings, read_settings


def test_a_setting_given_by_hand_outranks_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_PORT", "4000")

    assert read_settings().port == 4000
    assert read_settings(port=5000).port == 5000


def test_a_misspelt_variable_is_refused_with_the_right_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_DATABSE_URL", "x")

    with pytest.raises(BadSettings, match=r"TRIAGE_DATABSE_URL.*did you mean TRIAGE_DATABASE_URL"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "high"), ("PORT", "70000"), ("APP_TYPE", "MultiTenant"), ("SERVICE_HOSTS", "a,b"), ("LOG_LEVEL", "loud")],
)
def test_a_value_that_cannot_be_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(PREFIX + name, value)

    with pytest.raises(BadSettings, match=name):
        read_settings()


def test_a_misspelt_key_of_the_env_file_is_refused_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TRIAGE_PROT=4000\n")

    with pytest.raises(BadSettings, match="did you mean TRIAGE_PORT"):
        read_settings()


def test_the_app_password_is_never_shown() -> None:
    assert "hunter2" not in repr(read_settings(app_password="hunter2"))


@pytest.mark.parametrize("document", [".env.example", "docs/settings.md"])
def test_every_setting_is_documented_in_its_own_words(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert PREFIX + name.upper() in text, f"{document} does not name {PREFIX + name.upper()}"
        assert str(field.description) in text, f"{document} does not say what {name} is for"


def test_the_example_file_holds_every_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert f"# TRIAGE_PORT={Settings.model_fields['port'].default}" in lines
    assert f"# TRIAGE_PLAN={Settings.model_fields['plan'].default}" in lines
