"""What a file is, by its bytes: its sender's word for it counts only as far as its name has to fit."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Iterable
from pathlib import Path

from bot.files.rules import Kind

HEAD_BYTES = 64 * 1024
MOST_MEMBERS = 5_000
WRITTEN = frozenset("\t\n\r\f\x1b")  # control characters that texts have
MARKED = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def kind_of(path: Path, name: str, kinds: Iterable[Kind]) -> Kind | None:
    """The kind of the file at `path` whose sender calls it `name`, or None for one that is not taken. A name may be missing."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    for kind in kinds:
        if (not name or suffix in kind.suffixes) and _is(kind, head, path):
            return kind
    return None


def _is(kind: Kind, head: bytes, path: Path) -> bool:
    if not kind.starts:
        return _is_text(head)
    begins = any(_begins(head, start) for start in kind.starts)
    return begins and (not kind.holds or _holds(path, kind))


def _begins(head: bytes, start: str) -> bool:
    wanted = [start[place : place + 2] for place in range(0, len(start), 2)]
    return len(head) >= len(wanted) and all(
        one in ("??", f"{byte:02x}") for one, byte in zip(wanted, head, strict=False)
    )


def _holds(path: Path, kind: Kind) -> bool:
    """Whether a container has what makes it this kind, and nothing that runs. Its members are named, never unpacked."""
    try:
        with zipfile.ZipFile(path) as container:
            names = [name.lower() for name in container.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return False
    runs = any(part in name for name in names for part in kind.never)
    return len(names) <= MOST_MEMBERS and kind.holds in names and not runs


def _is_text(head: bytes) -> bool:
    """Whether these bytes are text, in UTF-8, UTF-16 with its mark, or Windows' own."""
    encoding = next((name for mark, name in MARKED.items() if head.startswith(mark)), "")
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = codecs.getincrementaldecoder(candidate)().decode(head)  # the last character may be cut in two
        except UnicodeDecodeError:
            continue
        return bool(text) and all(
            mark.isprintable() or mark.isspace() or mark in WRITTEN or mark == "\ufeff" for mark in text
        )
    return False
