"""Tables of what people type (`commands.toml`, `joints.toml`): read, and refused with the file and the row that is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


class BadPhrases(Exception):
    """A table of phrases cannot be used: the text names the file, the row and the field."""


def rows_of(path: Path, table: str, lists: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of `[[table]]`, each with an id and these lists of strings. Raises `BadPhrases`."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    except FileNotFoundError:
        raise BadPhrases(f"{path}: the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise BadPhrases(f"{path}: {broken}") from None
    if not rows:
        raise BadPhrases(f"{path}: there is no [[{table}]]")
    for position, row in enumerate(rows, start=1):
        name = row.get("id") if isinstance(row, dict) else None
        if not isinstance(name, str):
            raise BadPhrases(f"{path}: [[{table}]] number {position} has no id")
        for field in lists:
            values = row.get(field)
            if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
                raise BadPhrases(f"{path}: [[{table}]] {name!r}: {field} has to be a list of texts")
        yield row
