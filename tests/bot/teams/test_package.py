"""The app package: valid by Microsoft's own schema, true to the bot, and refused by name wherever it is broken."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.errors import CannotStart
from bot.settings import ROOT
from bot.teams import BadPackage, Listing, make_package, problems, read_package, write_package
from bot.teams.manifest import texts_of
from bot.teams.source import load_app
from dialogs.words import LANGUAGES
from tests.bot.teams.schemas import NAMES, published
from tests.dialogs.cards.scenes import knowledge

GUID = "11111111-2222-3333-4444-555555555555"
HOME = "https://support.contoso.example"
LISTING = Listing(
    GUID, GUID, "1.2.3", "Contoso", HOME, f"{HOME}/privacy", f"{HOME}/terms", ("support.contoso.example",)
)
PACKAGE = make_package(ROOT / "data", knowledge().words, LISTING)

Json = dict[str, Any]


@pytest.fixture(scope="module")
def schemas(pytestconfig: pytest.Config) -> Mapping[str, Any]:
    return published(pytestconfig.cache.mkdir("teams-schema"))


def part(name: str, package: Mapping[str, bytes] = PACKAGE) -> Json:
    made: Json = json.loads(package[name])
    return made


def faults(schema: Any, value: Any) -> list[str]:
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{fault.json_path}: {fault.message}" for fault in checker.iter_errors(value)]


def test_the_manifest_and_its_french_are_valid_by_the_published_schema(schemas: Mapping[str, Any]) -> None:
    manifest_schema, language_schema = (schemas[name] for name in NAMES)
    assert faults(manifest_schema, part("manifest.json")) == []
    assert faults(language_schema, part("fr.json")) == []


def test_single_sign_on_is_valid_too(schemas: Mapping[str, Any]) -> None:
    listing = replace(LISTING, resource=f"api://botid-{GUID}")
    made = part("manifest.json", make_package(ROOT / "data", knowledge().words, listing))
    assert made["webApplicationInfo"] == {"id": GUID, "resource": f"api://botid-{GUID}"}
    assert faults(schemas[NAMES[0]], made) == []


def test_the_schema_would_notice_a_field_that_does_not_exist(schemas: Mapping[str, Any]) -> None:
    assert faults(schemas[NAMES[0]], {**part("manifest.json"), "bot": []})


def test_our_own_judgement_finds_nothing_wrong() -> None:
    assert problems(PACKAGE) == []


def test_files_and_the_domain_of_the_bot_are_declared() -> None:
    made = part("manifest.json")
    [bot] = made["bots"]
    assert bot["supportsFiles"] is True
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert made["validDomains"] == ["support.contoso.example"]
    assert "webApplicationInfo" not in made


def test_the_extension_has_the_two_commands_that_the_bot_answers() -> None:
    [extension] = part("manifest.json")["composeExtensions"]
    escalate, search = extension["commands"]
    assert (escalate["id"], escalate["type"], escalate["fetchTask"]) == ("escalate", "action", True)
    assert "message" in escalate["context"]
    assert (search["id"], search["type"]) == ("searchCases", "query")
    assert [one["name"] for one in search["parameters"]] == ["query"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_teams_offers_is_one_that_the_bot_hears(language: str) -> None:
    say, commands = knowledge().words.voice(language), knowledge().commands
    for one in load_app(ROOT / "data/teams/app.toml").lists:
        for id_ in one.commands:
            heard = commands.hear(say(f"app-command-{id_}"))
            assert heard is not None, id_
            assert heard.id == id_


@pytest.mark.parametrize("scope", ["personal", "team", "groupChat"])
def test_every_scope_has_a_prompt_to_begin_with(scope: str) -> None:
    lists = part("manifest.json")["bots"][0]["commandLists"]
    [commands] = [one["commands"] for one in lists if one["scopes"] == [scope]]
    assert any(one.get("type") == "prompt" and one["prompt"] for one in commands)


def test_a_package_is_the_same_file_twice_and_can_be_read_again(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_package(PACKAGE, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert read_package(tmp_path / "one.zip") == PACKAGE


# what is broken is refused by name


def changed(name: str, change: Callable[[Json], object]) -> dict[str, bytes]:
    made = part(name)
    change(made)
    return {**PACKAGE, name: json.dumps(made).encode()}


def commands_of(made: Json, place: int = 0) -> list[Json]:
    commands: list[Json] = made["bots"][0]["commandLists"][place]["commands"]
    return commands


def without(name: str) -> dict[str, bytes]:
    return {file: content for file, content in PACKAGE.items() if file != name}


def of_the_manifest(change: Callable[[Json], object]) -> dict[str, bytes]:
    return changed("manifest.json", change)


FIRST = "bots[0].commandLists[0].commands[0].title"
BROKEN: dict[str, tuple[dict[str, bytes], str]] = {
    "a slash": (
        of_the_manifest(lambda made: commands_of(made)[3].update(title="/help")),
        "bots[0].commandLists[0].commands[3]: '/help' begins with a slash",
    ),
    "a slash in French": (
        changed("fr.json", lambda made: made.update({FIRST: "/aide"})),
        "fr.json: '/aide' begins with a slash",
    ),
    "a command twice": (
        of_the_manifest(lambda made: commands_of(made)[4].update(title="HELP")),
        "bots[0].commandLists[0]: 'help' is there 2 times",
    ),
    "too many commands": (
        of_the_manifest(lambda made: commands_of(made).extend({"title": f"more {n}"} for n in range(5))),
        "bots[0].commandLists[0]: 16 commands, at most 12 are possible",
    ),
    "no command": (
        of_the_manifest(lambda made: made["bots"][0].pop("commandLists")),
        "bots[0].commandLists: at least one command has to be listed",
    ),
    "a prompt without words": (
        of_the_manifest(lambda made: commands_of(made)[0].pop("prompt")),
        "bots[0].commandLists[0].commands[0]: 'No mail arrives' is a prompt without words",
    ),
    "a scope twice": (
        of_the_manifest(lambda made: made["bots"][0]["commandLists"][1].update(scopes=["personal"])),
        "bots[0].commandLists: 'personal' has 2 lists",
    ),
    "a missing icon": (without("outline.png"), "icons.outline: the file 'outline.png' is missing"),
    "an icon of the wrong size": (
        {**PACKAGE, "outline.png": PACKAGE["color.png"]},
        "icons.outline: outline.png is 192 by 192 pixels, 32 by 32 are needed",
    ),
    "an icon that is none": ({**PACKAGE, "color.png": b"<svg/>"}, "icons.color: color.png is no PNG"),
    "a missing language": (without("fr.json"), "fr.json is missing"),
    "an unequal localisation": (changed("fr.json", lambda made: made.pop(FIRST)), f"fr.json: {FIRST} is missing"),
    "a localisation of nothing": (
        changed("fr.json", lambda made: made.update({"staticTabs[0].name": "Onglet"})),
        "fr.json: staticTabs[0].name is not in the manifest",
    ),
    "a name too long": (
        of_the_manifest(lambda made: made["name"].update(short="x" * 31)),
        "name.short: 31 characters, 1 to 30 are possible",
    ),
    "a French text too long": (
        changed("fr.json", lambda made: made.update({"description.short": "x" * 81})),
        "fr.json: description.short: 81 characters, 1 to 80 are possible",
    ),
    "an id that is none": (of_the_manifest(lambda made: made.update(id="triage")), "id: 'triage' is no GUID"),
    "a version that is none": (
        of_the_manifest(lambda made: made.update(version="1")),
        "version: '1' is not like 1.2.3",
    ),
    "a page without https": (
        of_the_manifest(lambda made: made["developer"].update(privacyUrl="http://a.example")),
        "developer.privacyUrl: 'http://a.example' is no https address",
    ),
    "no manifest": (without("manifest.json"), "manifest.json is missing"),
    "a manifest that is no JSON": ({**PACKAGE, "manifest.json": b"{"}, "manifest.json is not JSON"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_package_is_refused_with_the_reason(name: str) -> None:
    package, reason = BROKEN[name]
    assert reason in problems(package)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_texts_are_those_that_fit(language: str) -> None:
    made = part("manifest.json") if language == "en" else part(f"{language}.json")
    found = {key: text for key, _, text in texts_of(made)} if language == "en" else made
    assert len(found["name.short"]) <= 30
    assert len(found["description.short"]) <= 80


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (
            'accent = "#000000"\n[[list]]\nscope = "chat"\ncommands = []\nprompts = []\n',
            "scope = 'chat'; one of: personal",
        ),
        ('[[list]]\nscope = "team"\ncommands = []\nprompts = []\n', "there is no 'accent'"),
        ("accent", "app.toml"),
    ],
)
def test_a_source_that_cannot_be_used_is_refused_with_its_file(tmp_path: Path, told: str, reason: str) -> None:
    path = tmp_path / "app.toml"
    path.write_text(told)
    with pytest.raises(CannotStart, match=r"app\.toml") as refused:
        load_app(path)
    assert reason in str(refused.value)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "app.zip").write_text("no zip")
    with pytest.raises(BadPackage, match=r"app\.zip"):
        read_package(tmp_path / "app.zip")


# the command


def triage(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", "teams", *arguments]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_an_administrator_writes_a_package_and_has_it_checked(tmp_path: Path) -> None:
    written = triage("package", "--app-id", GUID, "--public-url", HOME, cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    assert "TRIAGE_TEAMS_PRIVACY is not set" in written.stderr
    assert problems(read_package(tmp_path / "triage-teams.zip")) == []
    assert triage("check", "triage-teams.zip", cwd=tmp_path).returncode == 0

    write_package(without("color.png"), tmp_path / "broken.zip")
    refused = triage("check", "broken.zip", cwd=tmp_path)
    assert refused.returncode == 1
    assert "icons.color: the file 'color.png' is missing" in refused.stderr


def test_what_the_package_needs_is_named_before_anything_is_written(tmp_path: Path) -> None:
    refused = triage("package", cwd=tmp_path)
    assert refused.returncode == 1
    assert "TRIAGE_APP_ID" in refused.stderr
    assert "TRIAGE_PUBLIC_URL" in refused.stderr
    assert list(tmp_path.iterdir()) == []
