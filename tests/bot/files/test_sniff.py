"""What a file is, its bytes say; its name has to fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files.filing import LONGEST_NAME, named
from bot.files.rules import load_file_rules
from bot.files.sniff import kind_of
from bot.settings import ROOT
from handoff.errors import BadRules
from tests.fakes.sending import PDF, PNG, office

PATH = ROOT / "data" / "rules" / "files.toml"
RULES = load_file_rules(PATH)


def kind(tmp_path: Path, name: str, content: bytes) -> str:
    path = tmp_path / "arrived"
    path.write_bytes(content)
    found = kind_of(path, name, RULES.kind)
    return found.id if found else ""


@pytest.mark.parametrize(
    ("name", "content", "id_"),
    [
        ("a.png", PNG, "png"),
        ("", PNG, "png"),
        ("A.PNG", PNG, "png"),
        ("photo.jpg", b"\xff\xd8\xff\xe0rest", "jpeg"),
        ("x.webp", b"RIFF\x01\x02\x03\x04WEBPVP8 ", "webp"),
        ("scan.pdf", PDF, "pdf"),
        ("a.docx", office(), "word"),
        ("a.xlsx", office("xl/workbook.xml"), "excel"),
        ("error.log", "à côté\r\n".encode(), "text"),
        ("error.log", "à côté".encode("cp1252"), "text"),
        ("export.csv", b"\xff\xfe" + "a;b".encode("utf-16-le"), "text"),
        ("cut.txt", b"a" * (64 * 1024 - 1) + "é".encode(), "text"),
    ],
)
def test_what_is_taken(tmp_path: Path, name: str, content: bytes, id_: str) -> None:
    assert kind(tmp_path, name, content) == id_


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ\x90\x00"),
        ("virus.png", b"MZ\x90\x00"),
        ("script.bat", b"@echo off"),
        ("page.svg", b"<svg onload='x'/>"),
        ("page.html", b"<script>"),
        ("a.zip", office("readme")),
        ("a.docx", office("readme")),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("a.docx", b"PK\x03\x04 and no container"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.txt", b"binary\x00"),
        ("a.txt", b"\x81\x8d"),
        ("noend", b"text"),
        ("a.png", b""),
        ("a.png", b"\x89PN"),
    ],
)
def test_what_is_not_taken(tmp_path: Path, name: str, content: bytes) -> None:
    assert kind(tmp_path, name, content) == ""


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("a.png", "a.png"),
        ("C:\\Users\\x\\a.png", "a.png"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egnp.exe", "agnp.exe"),
        ('a<b>"|?.png', "ab.png"),
        ("..", ""),
    ],
)
def test_a_name_is_a_name_and_nothing_else(given: str, name: str) -> None:
    assert named(given) == name


def test_a_long_name_keeps_its_end() -> None:
    assert len(named("x" * 500 + ".docx")) <= LONGEST_NAME
    assert named("x" * 500 + ".docx").endswith("….docx")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("megabytes = 10", "megabytes = 0", r"files\.toml:5: limits\.megabytes"),
        ('id = "gif"', "", r"kind\.2\.id: Field required"),
        ('starts = ["ffd8ff"]', 'starts = ["xyz"]', r"kind\.1\.starts"),
        ('"*.sharepoint.com"', '"https://x"', r"hosts\.files"),
        ("[limits]", "[limit", "files.toml"),
    ],
)
def test_wrong_rules_are_refused_with_their_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "files.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadRules, match=says):
        load_file_rules(path)
