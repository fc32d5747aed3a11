"""The service description read as a test oracle: the tables of a Markdown page, and its links."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

from bot.settings import ROOT

SERVICE = ROOT / "docs" / "service"
DOMAIN = SERVICE / "domain.md"
SEED = SERVICE / "support.fr.md"


def tables(path: Path, heading: str) -> list[list[list[str]]]:
    """The tables under a heading, each a list of rows of cells, without the line of dashes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("#") and heading in line)
    section = list(takewhile(lambda line: not line.startswith("#"), lines[start + 1 :]))
    found: list[list[list[str]]] = [[]]
    for line in section:
        if line.startswith("|"):
            found[-1].append([_plain(cell) for cell in line.strip().strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [[row for row in table if not _is_ruler(row)] for table in found if table]


def links(path: Path) -> dict[str, str]:
    """Every link of a page: its address, and the first text that leads there."""
    found: dict[str, str] = {}
    for text, address in re.findall(r"\[([^\]]+)\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        found.setdefault(address, text)
    return found


def _plain(cell: str) -> str:
    without = re.sub(r"<sup>.*?</sup>|\*\*", "", cell)
    return " ".join(without.split())


def _is_ruler(row: list[str]) -> bool:
    return all(re.fullmatch(r":?-*:?", cell) for cell in row)
