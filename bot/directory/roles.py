"""Which roles of the directory make somebody an administrator: `data/rules/directory.toml`."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from dialogs.rows import BadPhrases, rows_of


def load_roles(path: Path) -> frozenset[str]:
    """The template ids, in small letters. Raises `BadPhrases` naming the file and the row."""
    templates: set[str] = set()
    for row in rows_of(path, "role", ()):
        template = str(row.get("template", "")).lower()
        if not is_guid(template):
            raise BadPhrases(f"{path}: [[role]] {row['id']!r}: template has to be a GUID, not {template!r}")
        if template in templates:
            raise BadPhrases(f"{path}: [[role]] {row['id']!r}: template {template} is there twice")
        templates.add(template)
    return frozenset(templates)


def is_guid(text: str) -> bool:
    """Whether a text is a GUID as directories write them."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
