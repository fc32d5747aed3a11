"""The examples in `data/examples/`: read, validated line by line, and freed of near-copies before anything is split."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.errors import BadExamples
from classifier.text import bare, tidy

FIELDS = ("text", "lang", "category", "severity", "source", "who", "when")
ALSO = "also"  # a field that a line may have: other categories that a reader would accept as well
SEVERITIES = ("A", "B", "C")


@dataclass(frozen=True)
class Example:
    """One labelled message. `category` None: the text says too little to have a label; `severity` None: it has none there.

    `also` are other categories that would do: nothing is learned from them, and a report counts them apart. `where` is the file and line
    that it stands in, or another name by which a person finds it.
    """

    text: str
    lang: str
    category: str | None
    severity: str | None
    who: str
    also: tuple[str, ...] = ()
    where: str = field(default="", compare=False)


def read_examples(folder: Path, categories: Sequence[str], languages: Sequence[str] = ("en", "fr")) -> list[Example]:
    """All examples of `folder/*.jsonl`, in the files' order, without near-copies.

    Raises `BadExamples` with file, line, field and legal values, or when there is no example at all.
    """
    return distinct(read_rows(folder, categories, languages))


def read_rows(folder: Path, categories: Sequence[str], languages: Sequence[str] = ("en", "fr")) -> list[Example]:
    """The same with near-copies, whose labels may contradict one another."""
    examples = [
        _parse(line, f"{path}:{number}", categories, languages)
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if line.strip()
    ]
    if not examples:
        raise BadExamples(f"{folder}: there are no examples (*.jsonl) here")
    return examples


def distinct(examples: Iterable[Example]) -> list[Example]:
    """The examples without those whose words were all seen before, in the same order: a near-copy is no second witness."""
    seen: dict[tuple[str, ...], Example] = {}
    for example in examples:
        seen.setdefault(fingerprint(example.text), example)
    return list(seen.values())


def fingerprint(text: str) -> tuple[str, ...]:
    """The words of a text: the same for near-copies, which differ in case, accents or punctuation only."""
    letters = "".join(mark if mark.isalnum() else " " for mark in bare(tidy(text)))
    return tuple(letters.split()) or (text,)


def _parse(line: str, where: str, categories: Sequence[str], languages: Sequence[str]) -> Example:
    try:
        row: dict[str, Any] = json.loads(line)
        missing = [field for field in FIELDS if field not in row]
    except (json.JSONDecodeError, TypeError) as broken:
        raise BadExamples(f"{where}: this is no JSON object: {broken}") from broken
    if missing:
        raise BadExamples(f"{where}: {missing[0]}: the field is missing; each line has {', '.join(FIELDS)}")
    if not isinstance(row["text"], str) or not row["text"].strip():
        raise BadExamples(f"{where}: text: an example needs words")
    _legal(row["lang"], "lang", languages, where)
    _legal(row["category"], "category", [*categories, None], where)
    _legal(row["severity"], "severity", [*SEVERITIES, None], where)
    also = row.get(ALSO) or []
    if not isinstance(also, list):
        raise BadExamples(f"{where}: {ALSO}: {also!r} is no list of categories")
    for other in also:
        _legal(other, ALSO, categories, where)
    return Example(row["text"], row["lang"], row["category"], row["severity"], row["who"], tuple(also), where)


def _legal(value: object, field: str, legal: Sequence[str | None], where: str) -> None:
    if value not in legal:
        names = ", ".join("null" if one is None else one for one in legal)
        raise BadExamples(f"{where}: {field}: {value!r} is not one of: {names}")
