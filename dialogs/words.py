"""Everything a person reads, by id, in each language served: Fluent messages from `data/words/<language>/*.ftl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "fr")
FALLBACK = "en"


class UnknownWords(KeyError):
    """No message has this id in this language, or it could not be made with the facts given."""


class Say(Protocol):
    """One language's voice: `say("case-opened", number="T-7KM-2Q4X")`."""

    def __call__(self, id: str, /, **facts: str | float) -> str:  # noqa: A002 - "id" is Fluent's own name for it
        """The message with this id, with its facts set in. Raises `UnknownWords`."""
        ...


@dataclass(frozen=True)
class Words:
    """The catalogues of all languages."""

    bundles: Mapping[str, FluentBundle]
    voices: Mapping[str, Say]

    def ids(self, language: str) -> frozenset[str]:
        """Every message of a language; all languages have the same."""
        return frozenset(self.bundles[language]._messages)

    def voice(self, language: str) -> Say:
        """How to speak a language. An unserved one is answered in English."""
        return self.voices.get(language) or self.voices[FALLBACK]


def load_words(folder: Path) -> Words:
    """Read all catalogues once. A file that Fluent cannot read is refused with its name by `UnknownWords`."""
    bundles = {language: _bundle(folder / language, language) for language in LANGUAGES}
    return Words(bundles, {language: _voice(bundle) for language, bundle in bundles.items()})


def _voice(bundle: FluentBundle) -> Say:
    unchanging: dict[str, str] = {}  # most messages have no facts: they are made once

    def say(id: str, /, **facts: str | float) -> str:  # noqa: A002
        if not facts and id in unchanging:
            return unchanging[id]
        if not bundle.has_message(id):
            raise UnknownWords(id)
        text, problems = bundle.format_pattern(bundle.get_message(id).value, facts)
        if problems:
            raise UnknownWords(f"{id}: {problems}")
        return str(text) if facts else unchanging.setdefault(id, str(text))

    return say


def _bundle(folder: Path, language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for path in sorted(folder.glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        junk = [entry.content for entry in resource.body if type(entry).__name__ == "Junk"]
        if junk:
            raise UnknownWords(f"{path}: cannot read {junk[0].strip()!r}")
        bundle.add_resource(resource)
    return bundle
