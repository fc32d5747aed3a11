"""A file of the rule book: read, checked against its models, and refused with file, line, field and legal values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import GenericAlias
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from handoff.errors import BadRules

Row = TypeVar("Row", bound=BaseModel)


class RuleFile:
    """One TOML file of arrays of tables, checked against a model for each array. Raises `BadRules` for what it refuses."""

    def __init__(self, path: Path, **kinds: type[BaseModel]) -> None:
        self._path = path
        fields: dict[str, Any] = {name: (GenericAlias(tuple, (kind, ...)), ...) for name, kind in kinds.items()}
        model = create_model("File", __config__=ConfigDict(extra="forbid"), **fields)
        try:
            self._text = path.read_text(encoding="utf-8")
            self._content = model.model_validate(tomllib.loads(self._text))
        except FileNotFoundError as missing:
            raise BadRules(f"{path}: the file is missing") from missing
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            raise BadRules(f"{path}: {broken}") from broken
        except ValidationError as invalid:
            raise BadRules("\n".join(self._problem(error["loc"], error["msg"]) for error in invalid.errors())) from None

    def rows(self, name: str, _kind: type[Row]) -> tuple[Row, ...]:
        """The tables of this name, in the file's order."""
        rows: tuple[Row, ...] = getattr(self._content, name)
        return rows

    def by_id(self, name: str, kind: type[Row], key_field: str = "id") -> Mapping[str, Row]:
        """The tables of this name by their id, which stands once."""
        result: dict[str, Row] = {}
        for position, row in enumerate(self.rows(name, kind)):
            key = str(getattr(row, key_field))
            if key in result:
                self.refuse(name, position, key_field, f"{key!r} stands twice")
            result[key] = row
        return result

    def refers(self, name: str, field: str, legal: Iterable[str]) -> None:
        """Refuse a row whose `field` (one id or several) names something that does not exist."""
        known = list(legal)
        for position, row in enumerate(getattr(self._content, name)):
            value = getattr(row, field)
            for reference in (value,) if isinstance(value, str) else value:
                if reference not in known:
                    self.refuse(name, position, field, f"{reference!r} is unknown; one of: {', '.join(known)}")

    def refuse(self, name: str, position: int, field: str, why: str) -> NoReturn:
        """Refuse the file because of one field of the position-th table of this name."""
        raise BadRules(self._problem((name, position, field), why))

    def _problem(self, where: tuple[int | str, ...], why: str) -> str:
        name, position, field = (*where, 0, "")[:3] if len(where) < 3 else where[:3]
        return f"{self._path}:{_line_of(self._text, str(name), position, str(field))}: {field or name}: {why}"


def _line_of(text: str, table: str, position: int | str, field: str) -> int:
    """The line of a field in the position-th `[[table]]`; the line of the table where the field is missing; else 1."""
    seen, start = -1, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[", line):
            if seen == position:
                break
            seen += line.strip() == f"[[{table}]]"
            start = number if seen == position else start
        elif seen == position and re.match(rf"\s*{re.escape(field)}\s*=", line):
            return number
    return start
