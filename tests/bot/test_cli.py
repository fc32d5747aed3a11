"""The command line as a person uses it, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.settings import ROOT

COMMANDS = [
    *("serve", "chat", "doctor", "train", "evaluate", "classify", "retrain", "models", "examples"),
    *("cases", "tenant", "agents", "surveys", "routes", "outbox", "operator", "privacy", "teams"),
]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory, model_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("var")
    shutil.copytree(model_folder, folder / "model")
    return folder


def triage(
    *arguments: str, var: Path | None = None, typed: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", *arguments, *(["--var", str(var)] if var else [])]
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", **(env or {})}
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120, check=False
    )


def test_a_message_is_classified_for_a_person(var: Path) -> None:
    answer = triage("classify", "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin", var=var)

    assert answer.returncode == 0, answer.stderr
    assert "exchange" in answer.stdout
    assert "A, critique" in answer.stdout
    assert "Plus personne" in answer.stdout


def test_a_thousand_messages_are_classified_in_order(var: Path) -> None:
    lines = [
        "nobody can open SharePoint",
        '"le wifi est lent"',
        json.dumps({"text": "Outlook crashes"}),
        "",
        "{broken",
        "😀",
        '{"text": 5}',
        "[1]",
    ]
    typed = "\n".join(lines * 125) + "\n"

    answer = triage("classify", "--json", var=var, typed=typed)

    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(rows) == 1000
    assert [row["category"] for row in rows[:3]] == ["sharepoint", "network", "office_apps"]
    assert set(rows[0]) == {
        "category",
        "severity",
        "confidence",
        "decision",
        "alternatives",
        "evidence",
        "language",
        "model",
    }
    assert rows[1]["severity"] is None
    assert {row["decision"] for row in rows[3:6]} == {"ask"}
    assert rows[:8] == rows[8:16]


def test_several_processes_keep_the_order_and_change_no_answer(var: Path, tmp_path: Path) -> None:
    texts = [f"message {number}: {what}" for number in range(150) for what in ("no mail", "wifi is slow")]
    file = tmp_path / "messages.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")

    alone = triage("classify", "--json", str(file), var=var)
    together = triage("classify", "--json", "--jobs", "2", "-", var=var, typed=file.read_text(encoding="utf-8"))

    assert alone.returncode == together.returncode == 0, together.stderr
    assert together.stdout == alone.stdout
    assert len(alone.stdout.splitlines()) == len(texts)
    assert alone.stderr == ""


def test_whoever_writes_a_line_and_waits_is_answered(var: Path) -> None:
    command = [sys.executable, "-m", "bot.cli", "classify", "--json", "--var", str(var)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as waiting:
        assert waiting.stdin is not None
        assert waiting.stdout is not None
        for text in ("the wifi is slow", "nobody can open SharePoint"):
            waiting.stdin.write(f"{text}\n")
            waiting.stdin.flush()
            assert "category" in json.loads(waiting.stdout.readline())


def test_several_processes_without_a_model_refuse_in_one_sentence(tmp_path: Path) -> None:
    answer = triage("classify", "--json", "--jobs", "2", var=tmp_path, typed="hello\n")

    assert answer.returncode == 1
    assert "triage train" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_model_is_measured_beside_trivial_ones(var: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"

    answer = triage("evaluate", "--json", "--html", str(page), var=var)

    report = json.loads(answer.stdout)
    assert report["same_examples"] is True
    assert set(report["category"]["models"]) == {"triage", "TF-IDF + LinearSVC", "always the commonest"}
    assert "from the true category alone" in report["severity"]["models"]
    assert set(report["zero_shot"]) == {"all", "de", "es", "it", "pt"}
    assert report["category"]["models"]["triage"]["all"]["accuracy"]["of"] > 600
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_nothing_said_is_asked_about_and_not_guessed(var: Path) -> None:
    typed = "help\nça marche pas\nbonjour\nit doesn't work\nurgent !!!\n"

    answer = triage("classify", "--json", var=var, typed=typed)

    assert [json.loads(line)["decision"] for line in answer.stdout.splitlines()] == ["ask"] * 5


def test_a_changed_model_is_refused_before_it_is_opened(tmp_path: Path, var: Path) -> None:
    shutil.copytree(var / "model", tmp_path / "model")
    model = tmp_path / "model" / "model.joblib"
    model.write_bytes(model.read_bytes()[:-1] + b"\x00")

    answer = triage("classify", "hello", var=tmp_path)

    assert answer.returncode == 1
    assert "SHA-256 differs" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_missing_model_says_how_to_get_one(tmp_path: Path) -> None:
    answer = triage("classify", "hello", var=tmp_path)

    assert answer.returncode == 1
    assert "triage train" in answer.stderr


def test_the_doctor_finds_nothing_wrong_in_a_fresh_set_up(var: Path) -> None:
    answer = triage("doctor", var=var)

    assert answer.returncode == 0, answer.stdout
    assert "✗" not in answer.stdout


def test_the_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    answer = triage("doctor", var=tmp_path)

    assert answer.returncode == 1
    assert "✗ model" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_a_conversation_in_the_terminal_opens_a_case_that_is_listed(var: Path) -> None:
    talk = triage(
        "chat",
        "--language",
        "fr",
        var=var,
        typed="Plus personne ne reçoit de mail dans l'entreprise depuis ce matin\n1\n",
    )
    listed = triage("cases", "--json", var=var)

    assert "Le dossier T-" in talk.stdout
    [case] = [json.loads(line) for line in listed.stdout.splitlines()]
    assert case["number"] in talk.stdout
    assert case["category"] == "exchange"
    assert case["number"] in triage("cases", var=var).stdout


def test_a_tenant_is_described_and_shown(var: Path) -> None:
    triage(
        "tenant",
        "contoso",
        "--plan",
        "business_premium",
        "--administrator",
        "ada",
        "--network-team",
        "net@contoso.example",
        *("--name", "Contoso", "--zone", "Europe/Paris", "--country", "fr", "--opens", "08:30", "--partner", "pat"),
        var=var,
    )

    shown = json.loads(triage("tenant", "contoso", var=var).stdout)

    assert shown == {
        "id": "contoso",
        "plan": "business_premium",
        "name": "Contoso",
        "network_team": "net@contoso.example",
        "help_desk": "",
        "support_phone": "",
        "zone": "Europe/Paris",
        "country": "FR",
        "opens": "08:30",
        "closes": "17:00",
        "days": [0, 1, 2, 3, 4],
        "administrators": ["ada"],
        "partners": ["pat"],
    }


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--plan", "gold", "business_essentials"),
        ("--zone", "Europe/Pari", "Europe/Paris"),
        ("--country", "Atlantis", "two letters"),
        ("--closes", "08:00", "the opening before the closing"),
        ("--days", "never", "0 (Monday)"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_what_could_be_and_changes_nothing(
    var: Path, option: str, value: str, hint: str
) -> None:
    answer = triage("tenant", "fabrikam", option, value, var=var)

    assert answer.returncode == 1
    assert hint in answer.stderr
    assert "Traceback" not in answer.stderr
    assert json.loads(triage("tenant", "fabrikam", var=var).stdout)["plan"] == "enterprise_e3"


def test_agents_are_named_and_listed(var: Path) -> None:
    triage("agents", "--agent", "sam", "--agent", "sam", "--agent", "kim", var=var)

    assert triage("agents", var=var).stdout.split() == ["kim", "sam"]


def test_surveys_that_nobody_answered_are_an_empty_list(var: Path) -> None:
    assert triage("surveys", "--json", var=var).stdout == ""


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/db", "sqlite:///file.db"])
def test_a_database_that_is_not_served_is_refused_in_one_sentence(var: Path, url: str) -> None:
    answer = triage("cases", var=var, env={"TRIAGE_DATABASE_URL": url})

    assert answer.returncode == 1
    assert "TRIAGE_DATABASE_URL" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_app_id_without_its_secret_is_refused_in_one_sentence(var: Path) -> None:
    answer = triage("serve", "--port", "0", var=var, env={"TRIAGE_APP_ID": "app"})

    assert answer.returncode == 1
    assert "password" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_plan_that_does_not_exist_is_refused(var: Path) -> None:
    answer = triage("tenant", "contoso", "--plan", "gold", var=var)

    assert answer.returncode == 1
    assert "business_essentials" in answer.stderr


def test_serving_strangers_without_an_app_id_is_refused(var: Path) -> None:
    answer = triage("serve", "--host", "0.0.0.0", var=var)

    assert answer.returncode == 1
    assert "TRIAGE_APP_ID" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_stands_in_the_documentation(command: str) -> None:
    help_ = triage(command, "--help")

    assert help_.returncode == 0
    assert len(help_.stdout) > 200
    assert f"triage {command}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_the_page_of_commands_is_what_the_program_says_of_itself() -> None:
    page = subprocess.run([sys.executable, "-m", "bot.manual"], capture_output=True, text=True, check=True).stdout

    assert page == (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), "`make manual` writes it anew"
