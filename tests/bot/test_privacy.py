"""One person's data: all of it is found, all of it goes, and nobody else's is touched. Every table is accounted for."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, LargeBinary, String, Text, insert, select
from typer.testing import CliRunner

from bot.cli import app
from bot.privacy import cell, told, write_csv
from bot.review import Decision, Reviews
from bot.store.personal import REGISTRY
from bot.store.privacy import Erased
from bot.store.tables import (
    bridge_ends,
    bridges,
    cases,
    directory,
    feedback,
    files,
    metadata,
    model_blobs,
    model_lessons,
    models,
    training_runs,
)
from bot.store.transaction import transaction
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.bots import Bot

NAME = "Zéphyrine Quarkowitz"
MINE = "Plus personne ne reçoit de mail au service bricoflamingo depuis ce matin, Zéphyrine Quarkowitz"
THEIRS = "Plus personne ne reçoit de mail au service trottigirafe depuis ce matin"
TRACES = ("quarkowitz", "zéphyrine", "z\\u00e9phyrine", "bricoflamingo")
OPEN = "Ouvrir le dossier"


def test_every_column_that_can_hold_words_is_accounted_for() -> None:
    for table in metadata.tables.values():
        held = REGISTRY.get(table.name)
        assert held, f"{table.name}: say in bot/store/personal.py what it holds of people"
        said = [*held.plain, *held.theirs, *held.acted, *held.beside, *held.words, *held.places]
        assert len(said) == len(set(said)), table.name
        wordy = {one.name for one in table.columns if isinstance(one.type, String | Text | JSON | LargeBinary)}
        assert wordy == set(said), (
            f"{table.name}: say in bot/store/personal.py what {wordy ^ set(said)} holds of people"
        )
    assert set(REGISTRY) == set(metadata.tables)


@pytest.fixture
async def lived(database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge) -> AsyncIterator[Bot]:
    """A bot that two people have talked to: alone, in a group, with a case that support worked on, and a lesson that was learned."""
    async with Bot(database_url, tmp_path, classifier, knowledge) as bot:
        for name, text in ((NAME, MINE), ("Bea Bonnet", THEIRS)):
            await live(bot, name, text)
        reviews = Reviews(bot.store, bot.knowledge.rules, 9.0, bot.clock)
        while (shown := await reviews.next(bot.teams.person("Bea Bonnet").directory_id)) is not None:
            await reviews.accept(
                shown.candidate.origin, bot.teams.person("Bea Bonnet").directory_id, Decision("exchange", "A")
            )
        yield bot


async def live(bot: Bot, name: str, text: str) -> None:
    person, agent = bot.teams.person(name, locale="fr-FR"), bot.teams.person("Sam Support", locale="fr-FR")
    chat, support = await bot.teams.personal(person), await bot.teams.personal(agent)
    await bot.store.agents([agent.directory_id])
    tenant, *_ = await bot.store.tenant(bot.teams.tenant)
    await bot.store.describe_tenant(tenant, (person.directory_id,), ())
    await support.say("bonjour")
    await chat.press(await chat.say(text), OPEN, {"category": "service_config"})
    group = await bot.teams.group([person, agent])
    await group.say(text)
    case = (await bot.cases())[0]
    say = bot.knowledge.words.voice("fr")
    shown = await support.say(case.number)
    await support.press(shown, say("do-comment"), {"words": f"Bonjour {name}, je regarde"})
    await support.press(await support.say(case.number), say("do-recategorise"), {"category": "exchange"})


async def dump(bot: Bot) -> str:
    async with transaction(bot.store._engine) as connection:
        whole: dict[str, Any] = {}
        for name, table in metadata.tables.items():
            whole[name] = [dict(row) for row in (await connection.execute(select(table))).mappings()]
    return json.dumps(whole, default=str, ensure_ascii=False).lower()


def traced(folder: Path) -> list[str]:
    """Files with a trace, and which."""
    files = {
        str(file): file.read_bytes().decode("utf-8", "replace").lower() for file in folder.rglob("*") if file.is_file()
    }
    return [f"{name}: {trace}" for name, content in files.items() for trace in TRACES if trace in content]


def id_of(bot: Bot, name: str) -> str:
    return bot.teams.person(name).directory_id


async def test_a_person_is_forgotten_in_every_table_and_others_are_not(lived: Bot, tmp_path: Path) -> None:
    before = await dump(lived)
    assert all(trace in before for trace in ("quarkowitz", "bricoflamingo"))
    tables = {name: await lived.count(name) for name in ("cases", "surveys", "audit")}

    await lived.store.privacy.erase(id_of(lived, NAME))

    after = await dump(lived)
    for trace in (*TRACES, id_of(lived, NAME)):
        assert trace not in after, after[max(0, after.find(trace) - 300) : after.find(trace) + 100]
    assert "trottigirafe" in after
    assert "bea bonnet" in after
    assert tables == {name: await lived.count(name) for name in tables}  # the record of the work stays
    assert traced(tmp_path) == []


async def test_forgetting_twice_forgets_once(lived: Bot) -> None:
    await lived.store.privacy.erase(id_of(lived, NAME))
    again = await lived.store.privacy.erase(id_of(lived, NAME))
    assert again == Erased({}, (), ())


async def test_what_is_left_of_a_case_can_still_be_shown_and_worked(lived: Bot) -> None:
    await lived.store.privacy.erase(id_of(lived, NAME))
    async with transaction(lived.store._engine) as connection:
        blank = (await connection.execute(select(cases).where(cases.c.description == ""))).mappings().one()
    assert (blank["requester_id"], blank["requester_name"]) == (f"erased:{blank['number']}", "")
    assert blank["category"] == "exchange"

    support = await lived.teams.personal(lived.teams.person("Sam Support", locale="fr-FR"))
    shown = await support.say(blank["number"])

    assert blank["number"] in shown.says


async def test_a_reviewer_who_is_forgotten_leaves_what_they_accepted(lived: Bot) -> None:
    lessons = await lived.store.examples.accepted()
    await lived.store.privacy.erase(id_of(lived, "Bea Bonnet"))
    left = await lived.store.examples.accepted()
    assert 0 < len(left) < len(lessons)
    assert {one.accepted_by for one in left} == {"erased"}


async def test_models_that_learned_are_named_and_their_files_and_reports_go(lived: Bot) -> None:
    mine = next(one for one in await lived.store.examples.accepted() if one.person == id_of(lived, NAME))
    await learned(lived, "retired1", "retired", 1, mine.id, mine.text, lived.clock())
    await learned(lived, "serving1", "champion", 2, mine.id, mine.text, lived.clock())
    await learned(lived, "other1", "retired", 3, 9999 + mine.id, "something else", lived.clock(), missing=False)

    erased = await lived.store.privacy.erase(id_of(lived, NAME))

    assert erased.models == ("retired1", "serving1")
    assert erased.deleted == ("retired1",)
    assert "bricoflamingo" not in await dump(lived)
    assert "Retrain, promote" in " ".join(told("x", erased))

    async with transaction(lived.store._engine) as connection:  # a successor was promoted
        await connection.execute(models.update().where(models.c.version == "serving1").values(status="retired"))
    again = await lived.store.privacy.erase(id_of(lived, NAME))
    assert again.deleted == ("serving1",)


async def learned(
    bot: Bot, version: str, status: str, serial: int, example: int, text: str, now: datetime, *, missing: bool = True
) -> None:
    compared = {
        "findings": [{"check": "labels", "rows": [{"where": "x", "text": text, "note": ""}]}],
        "figures": {"n": 1},
    }
    row = {"serial": serial, "version": version, "sha256": version, "status": status, "manifest": b"", "signature": b""}
    row |= {"created_at": now, "created_by": "x", "comparison": compared, "report": f"<p>{text}</p>"}
    run = {"id": version, "asked_by": "x", "asked_at": now, "state": "finished", "findings": compared["findings"]}
    async with transaction(bot.store._engine) as connection:
        await connection.execute(insert(models), row)
        await connection.execute(insert(training_runs), run)
        await connection.execute(insert(model_blobs), {"sha256": version, "content": b"words"})
        if missing:
            await connection.execute(insert(model_lessons), {"version": version, "example": example})


async def test_an_export_holds_all_of_theirs_and_nothing_of_others(lived: Bot, tmp_path: Path) -> None:
    kept = await lived.store.privacy.kept(id_of(lived, NAME))

    assert {"people", "conversations", "inbox", "outbox", "cases", "audit", "labels", "readings", "examples"} <= set(
        kept
    )
    assert "trottigirafe" not in json.dumps(kept, default=str)


def test_the_commands_write_files_and_forget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async def prepare() -> None:
        from bot.store import open_store

        store = open_store(f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}", "enterprise_e3")
        await store.start()
        async with transaction(store._engine) as connection:
            row = {"tenant": "t", "id": "p-1", "name": "=cmd|' /C calc'!A0", "language": "fr"}
            await connection.execute(insert(metadata.tables["people"]), row)
        await store.close()

    asyncio.run(prepare())
    run, folder = CliRunner().invoke, tmp_path / "out"
    exported = run(app, ["privacy", "export", "p-1", "--to", str(folder), "--var", str(tmp_path)])
    assert exported.exit_code == 0, exported.output
    assert json.loads((folder / "export.json").read_text(encoding="utf-8"))["tables"]["people"][0]["id"] == "p-1"
    with (folder / "people.csv").open(encoding="utf-8-sig", newline="") as opened:
        [row] = csv.DictReader(opened)
    assert row["name"].startswith("'=cmd")

    assert run(app, ["privacy", "erase", "p-1", "--var", str(tmp_path)], input="n\n").exit_code == 1
    erased = run(app, ["privacy", "erase", "p-1", "--yes", "--var", str(tmp_path)])
    assert "p-1 is forgotten: 1 in people" in erased.output
    assert "nothing was kept" in run(app, ["privacy", "erase", "p-1", "--yes", "--var", str(tmp_path)]).output


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(tmp_path: Path, value: str) -> None:
    assert cell(value).startswith("'")
    assert cell(-1.5) == "-1.5"
    assert cell(None) == ""
    write_csv(tmp_path / "x.csv", [{"a": value, "b": {"c": 1}}])
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert list(csv.reader(opened)) == [["a", "b"], [f"'{value}", '{"c": 1}']]


async def test_files_thumbs_and_bridges_go_with_their_person_and_those_of_others_stay(bot: Bot) -> None:
    now = bot.clock()
    who = {"tenant": "t", "at": now}
    sent = {**who, "case": "", "kind": "image/png", "size": 1}
    thumb = {**who, "channel": "c", "conversation": "x", "message": "m", "reaction": "like", "reason": "", "token": ""}
    thumb |= {"category": "", "model": ""}
    bridge = {"case": "T", "requester_name": "", "owner_name": "", "owner_agent": True, "opened_at": now}
    bridge |= {"heard_at": now, "owner_id": "sam"}
    async with transaction(bot.store._engine) as connection:
        for person in ("ugo", "bea"):
            row = {**sent, "id": person, "name": f"{person}.png", "person": person, "sha256": f"only {person}"}
            await connection.execute(insert(files), row)
            await connection.execute(insert(feedback), {**thumb, "person": person})
            row = {"tenant": "t", "person": person, "administers": True, "checked_at": now}
            await connection.execute(insert(directory), row)
            await connection.execute(insert(bridges), {**bridge, "id": person, "requester_id": person})
            for end in ("asks", "works"):
                await connection.execute(insert(bridge_ends), {"stream": f"{person} {end}", "bridge": person})

    assert {"files", "feedback", "directory", "bridges", "bridge_ends"} <= set(await bot.store.privacy.kept("ugo"))
    erased = await bot.store.privacy.erase("ugo")

    assert erased.hashes == {"only ugo"}
    assert erased.rows == {"files": 1, "feedback": 1, "directory": 1, "bridges": 1, "bridge_ends": 2}
    for table, left in (("files", 1), ("feedback", 1), ("directory", 1), ("bridges", 1), ("bridge_ends", 2)):
        assert await bot.count(table) == left, table


def test_the_command_takes_the_bytes_of_files_away(tmp_path: Path) -> None:
    import asyncio

    async def prepare() -> None:
        from bot.store import open_store

        store = open_store(f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}", "enterprise_e3")
        await store.start()
        async with transaction(store._engine) as connection:
            for id_, person, sha256 in (("1", "p-1", "aa1"), ("2", "p-1", "bb2"), ("3", "p-2", "bb2")):
                row = {"id": id_, "tenant": "t", "person": person, "name": "a.png", "kind": "image/png", "size": 1}
                await connection.execute(insert(files), {**row, "sha256": sha256, "at": datetime.now(UTC)})
        await store.close()

    asyncio.run(prepare())
    for sha256 in ("aa1", "bb2"):
        (tmp_path / "files" / sha256[:2]).mkdir(parents=True)
        (tmp_path / "files" / sha256[:2] / sha256).write_bytes(b"x")
    erased = CliRunner().invoke(app, ["privacy", "erase", "p-1", "--yes", "--var", str(tmp_path)])
    assert erased.exit_code == 0, erased.output
    assert [one.name for one in (tmp_path / "files").glob("*/*")] == ["bb2"], "somebody else has sent it as well"
