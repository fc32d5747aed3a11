"""What may be sent along, read once at start from `data/rules/files.toml`, and refused as a whole if one field is wrong."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from handoff.errors import BadRules

Suffix = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,8}$")]
Start = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}|\?\?)+$")]
Host = Annotated[str, StringConstraints(pattern=r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Table):
    """How much may be sent, how long may be waited for it, and how long it is kept where no case came of it."""

    megabytes: int = Field(ge=1, le=100)
    files: int = Field(ge=1, le=20)
    seconds: int = Field(ge=1, le=12)
    days: int = Field(ge=1)

    @property
    def bytes(self) -> int:
        """The largest file."""
        return self.megabytes * 1024 * 1024


class Hosts(_Table):
    """Where files lie that a client has put there for us: names, or `*.name` for all below it."""

    files: tuple[Host, ...]


class Kind(_Table):
    """A kind of file: how its bytes begin, what a container of it holds and must not hold, how its names end."""

    id: str
    media: str
    suffixes: tuple[Suffix, ...]
    starts: tuple[Start, ...] = ()
    holds: str = ""
    never: tuple[str, ...] = ()


class FileRules(_Table):
    """The whole file."""

    limits: Limits
    hosts: Hosts
    kind: tuple[Kind, ...]


def load_file_rules(path: Path) -> FileRules:
    """Read and check the rules. Raises `BadRules`, whose text names the file, the line, the field and what it takes."""
    try:
        text = path.read_text(encoding="utf-8")
        return FileRules.model_validate(tomllib.loads(text))
    except FileNotFoundError:
        raise BadRules(f"{path}: the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise BadRules(f"{path}: {broken}") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = [str(part) for part in first["loc"]]
        raise BadRules(f"{path}:{_line(text, where)}: {'.'.join(where)}: {first['msg']}") from None


def _line(text: str, where: list[str]) -> int:
    """The line on which a field stands, or on which its table begins."""
    table, *rest = where
    heads = list(re.finditer(rf"^\[\[?{re.escape(table)}\]\]?", text, re.MULTILINE))
    place = int(rest[0]) if rest and rest[0].isdecimal() else 0
    if place >= len(heads):
        return 1
    start = heads[place].start()
    names = [part for part in rest if not part.isdecimal()]
    field = re.search(rf"^{re.escape(names[0])}\s*=", text[start:], re.MULTILINE) if names else None
    return text.count("\n", 0, start + (field.start() if field else 0)) + 1
