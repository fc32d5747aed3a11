"""Examples brought from elsewhere (CSV or JSONL): read line by line, held against what is known, scrubbed, and taken in or not."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot.errors import CannotStart
from classifier.corpus import SEVERITIES, Example, fingerprint

LIKE = 90  # of 100: from this likeness on, a message of some words is a near-copy
TELLING = 4  # words from which on likeness means something
LONGEST = 20_000
UNQUOTED = re.compile(r"^'(?=\s*[=+@-])")  # what an export puts before a text that a spreadsheet would run
EMPTY = ("", "-", "none", "null", "–")
REFUSING = (
    "unreadable",
    "no-text",
    "unknown-language",
    "unknown-category",
    "unknown-severity",
    "conflict",
    "duplicate",
    "test-message",
)


@dataclass(frozen=True)
class Note:
    """What there is to say of a line: `kind` is one of REFUSING, or `near-copy` or `personal-data`, which are only told."""

    line: int
    kind: str
    facts: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the line is left out for it."""
        return self.kind in REFUSING


@dataclass(frozen=True)
class Intake:
    """What may be taken in, scrubbed, and what there is to say, in the file's order."""

    examples: tuple[Example, ...]
    notes: tuple[Note, ...]
    lines: int


@dataclass(frozen=True)
class Known:
    """What lines are held against. `scrub` takes out what tells who somebody is; on `tests` models are measured, they learn none."""

    categories: Sequence[str]
    languages: Sequence[str]
    examples: Sequence[Example]
    scrub: Callable[[str], str]
    tests: Sequence[Example] = ()


def read_file(path: Path) -> list[tuple[int, Any]]:
    """Each line of the file with its number: a row as a mapping, or the sentence that says why it cannot be read."""
    if path.suffix.lower() not in (".csv", ".jsonl"):
        raise CannotStart(f"{path}: examples come as .csv or .jsonl")
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CannotStart(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as broken:
        raise CannotStart(f"{path}: cannot be read as UTF-8: {broken}") from None
    rows = _csv(content, path) if path.suffix.lower() == ".csv" else _jsonl(content)
    return list(rows)


def _jsonl(content: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as broken:
                yield number, f"no JSON: {broken}"


def _csv(content: str, path: Path) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(content.splitlines(keepends=True), restkey="")
    if not reader.fieldnames or "text" not in reader.fieldnames:
        raise CannotStart(f"{path}: the first line names the columns: text, lang, category, severity")
    for row in reader:
        yield reader.line_num, row


def take(rows: Sequence[tuple[int, Any]], known: Known) -> Intake:
    """Look at every line."""
    seen = {fingerprint(one.text): (one, one.where) for one in known.examples}
    asked = {fingerprint(one.text): one.where for one in known.tests if one.category}
    taken: list[Example] = []
    notes: list[Note] = []
    for number, row in rows:
        example, said = _looked_at(number, row, known, seen)
        notes += said
        if example is not None and fingerprint(example.text) in asked:
            notes.append(Note(number, "test-message", asked[fingerprint(example.text)]))
            example = None
        if example is not None:
            seen[fingerprint(example.text)] = (example, f"line {number}")
            taken.append(example)
    return Intake(tuple(taken), tuple(sorted([*notes, *_near(taken, known)], key=lambda one: one.line)), len(rows))


Seen = Mapping[tuple[str, ...], tuple[Example, str]]


def _looked_at(number: int, row: Any, known: Known, seen: Seen) -> tuple[Example | None, list[Note]]:
    example, wrong = _example(number, row, known)
    if example is None:
        return None, wrong
    scrubbed = replace(example, text=known.scrub(example.text))
    notes = [Note(number, "personal-data", "taken out before it is stored")] if scrubbed.text != example.text else []
    before = seen.get(fingerprint(scrubbed.text))
    if before is None:
        return scrubbed, notes
    same = (before[0].category, before[0].severity) == (example.category, example.severity)
    labels = f"there {before[0].category}, {before[0].severity}; here {example.category}, {example.severity}"
    return None, [
        *notes,
        Note(number, "duplicate", before[1]) if same else Note(number, "conflict", f"{before[1]}: {labels}"),
    ]


def _example(number: int, row: Any, known: Known) -> tuple[Example | None, list[Note]]:
    """A line as an example, or why it is none."""
    if not isinstance(row, dict):
        return None, [Note(number, "unreadable", str(row))]
    text = UNQUOTED.sub("", str(row.get("text") or "").replace("\0", "").strip())[:LONGEST]
    lang, category, severity = (_value(row, name) for name in ("lang", "category", "severity"))
    lang = lang or _value(row, "language")
    checks = (
        ("no-text", bool(text), ""),
        ("unknown-language", lang in known.languages, f"{lang!r}; one of: {', '.join(known.languages)}"),
        (
            "unknown-category",
            category is None or category in known.categories,
            f"{category!r}; one of: {', '.join(known.categories)}",
        ),
        (
            "unknown-severity",
            severity is None or severity in SEVERITIES,
            f"{severity!r}; one of: {', '.join(SEVERITIES)}",
        ),
    )
    wrong = [Note(number, kind, facts) for kind, well, facts in checks if not well]
    return (
        (None, wrong) if wrong else (Example(text, str(lang), category, severity, "import", where=f"line {number}"), [])
    )


def _value(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    words = "" if value is None else str(value).strip()
    return None if words.lower() in EMPTY else words


def _near(taken: Sequence[Example], known: Known) -> Iterator[Note]:
    """Lines that nearly repeat what is known, or one another: told, for they teach little and inflate what is measured."""
    words = [" ".join(fingerprint(one.text)) for one in (*known.examples, *taken)]
    for place, one in enumerate(taken, start=len(known.examples)):
        if len(words[place].split()) < TELLING:
            continue
        found = process.extractOne(words[place], words[:place], scorer=fuzz.ratio, score_cutoff=LIKE)
        if found:
            other = (
                known.examples[found[2]].where
                if found[2] < len(known.examples)
                else taken[found[2] - len(known.examples)].where
            )
            yield Note(int(one.where.removeprefix("line ")), "near-copy", other)
