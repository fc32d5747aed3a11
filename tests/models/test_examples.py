"""Examples brought from elsewhere: each line is answered for by its number, and what is stored tells nobody's name."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import CannotStart
from bot.models.exchange import bring_in, csv_of, take_out
from bot.models.intake import Intake, Known, read_file, take
from bot.settings import read_settings
from classifier.corpus import Example
from classifier.scrub import scrub

CATEGORIES = ("exchange", "billing", "network")
KNOWN = Known(
    CATEGORIES,
    ("en", "fr"),
    [Example("Nobody receives any mail", "en", "exchange", "A", "hand", where="en.jsonl:1")],
    scrub,
    [Example("The invoice of May is wrong again", "en", "billing", "C", "test", where="heldout.jsonl:4")],
)
GOOD = '{"text": "wifi is slow on every site", "lang": "en", "category": "network", "severity": null}'


def intake(tmp_path: Path, content: str, name: str = "some.jsonl") -> Intake:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return take(read_file(path), KNOWN)


def notes(tmp_path: Path, content: str, name: str = "some.jsonl") -> list[tuple[int, str]]:
    return [(one.line, one.kind) for one in intake(tmp_path, content, name).notes]


def line(text: str, category: str = "exchange", severity: str | None = "B", lang: str = "en") -> str:
    return json.dumps({"text": text, "lang": lang, "category": category, "severity": severity})


def test_each_line_is_answered_for_by_its_number(tmp_path: Path) -> None:
    content = "\n".join(
        [
            GOOD,
            "",
            "{broken",
            line(""),
            line("le mail est lent", lang="de"),
            line("x is slow", "printers"),
            line("y is slow", severity="D"),
            line("NOBODY receives any mail!!", severity="A"),
            line("nobody receives any mail", "billing", "C"),
            line("the invoice of May is wrong again.", "billing", "C"),
            line("Nobody receives any mails", severity="A"),
            line("write to alice.martin@contoso.com please, her mail is lost"),
        ]
    )
    assert notes(tmp_path, content) == [
        (3, "unreadable"),
        (4, "no-text"),
        (5, "unknown-language"),
        (6, "unknown-category"),
        (7, "unknown-severity"),
        (8, "duplicate"),
        (9, "conflict"),
        (10, "test-message"),
        (11, "near-copy"),
        (12, "personal-data"),
    ]


def test_what_is_taken_in_is_scrubbed_and_keeps_its_labels(tmp_path: Path) -> None:
    [first, second] = intake(tmp_path, f"{GOOD}\n{line('mail of bob@contoso.com is lost')}").examples
    assert (first.text, first.category, first.severity, first.where) == (
        "wifi is slow on every site",
        "network",
        None,
        "line 1",
    )
    assert "contoso" not in second.text


def test_a_spreadsheet_is_read_by_its_columns(tmp_path: Path) -> None:
    content = "text;x\n"
    with pytest.raises(CannotStart, match="the first line names the columns"):
        intake(tmp_path, content, "bad.csv")
    content = (
        'category,text,language,severity\nnetwork,"wifi, slow\non two lines",en,\nexchange,no mail since noon,en,A\n'
    )
    taken = intake(tmp_path, content, "good.csv").examples
    assert [(one.text, one.category, one.severity) for one in taken] == [
        ("wifi, slow\non two lines", "network", None),
        ("no mail since noon", "exchange", "A"),
    ]


@pytest.mark.parametrize("name", ["missing.csv", "missing.txt"])
def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotStart, match=name):
        read_file(tmp_path / name)


def test_a_dry_run_changes_nothing_and_an_export_comes_back_as_it_was(tmp_path: Path) -> None:
    settings = read_settings(var=tmp_path / "var")
    path = tmp_path / "some.jsonl"
    texts = ["=cmd|' /C calc'!A0 opens when mail arrives", "the quarterly frobnicator mail bounced"]
    path.write_text("\n".join(line(text) for text in texts), encoding="utf-8")
    noon = datetime(2026, 11, 26, 12, tzinfo=UTC)

    bring_in(settings, path, "olga", noon, dry_run=True)
    assert take_out(settings, tmp_path / "none.jsonl", as_csv=False) == 0
    bring_in(settings, path, "olga", noon, dry_run=False)
    assert take_out(settings, tmp_path / "all.jsonl", as_csv=False) == 2
    assert take_out(settings, tmp_path / "all.csv", as_csv=True) == 2

    rows = [json.loads(one) for one in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == texts
    assert (rows[0]["origin"], rows[0]["who"], rows[0]["when"]) == ("some.jsonl:1", "olga", "2026-11-26T12:00:00+00:00")
    other = read_settings(var=tmp_path / "other")
    assert len(bring_in(other, tmp_path / "all.csv", "olga", noon, dry_run=False).examples) == 2
    again = bring_in(settings, tmp_path / "all.csv", "olga", noon, dry_run=False)
    assert [one.kind for one in again.notes] == ["duplicate", "duplicate"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    [row] = csv.DictReader(io.StringIO(csv_of([{"text": text, "category": "exchange"}]), newline=""))
    assert row["text"] == f"'{text}"
