"""What people type to steer the conversation (help, cancel, a person …), known by heart from `data/rules/commands.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dialogs.rows import BadPhrases, rows_of
from dialogs.words import LANGUAGES


@dataclass(frozen=True)
class Command:
    """What was meant, and the language it was said in, or empty where the word belongs to none."""

    id: str
    language: str


@dataclass(frozen=True)
class Commands:
    """Every phrase, spoken plainly, and what it means."""

    phrases: Mapping[str, Command]

    def hear(self, text: str) -> Command | None:
        """The command that the whole text is, or None. A command inside a longer sentence is no command."""
        return self.phrases.get(plain(text))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A phrase without case, accents, punctuation and double spaces, for comparing; an emoji stays itself."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    words = re.sub(r"[^\w\s']", " ", bare)
    return " ".join(words.replace("-", " ").split()) or text.strip()


def load_commands(path: Path) -> Commands:
    """Read the phrases. Raises `BadPhrases`, for a phrase that would mean two things as well."""
    phrases: dict[str, Command] = {}
    for row in rows_of(path, "command", (*LANGUAGES, "any")):
        for language in (*LANGUAGES, "any"):
            for phrase in row[language]:
                command = Command(row["id"], "" if language == "any" else language)
                if phrases.setdefault(plain(phrase), command) != command:
                    raise BadPhrases(f"{path}: {phrase!r} means both {phrases[plain(phrase)].id} and {command.id}")
    return Commands(phrases)
