"""What the gate sees in the examples alone: too few, missing, leaked, contradicting, moved, or in the wrong language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from classifier.corpus import SEVERITIES, Example, distinct, fingerprint
from classifier.gate import Finding, Row, at_least, at_most
from classifier.language import language_of
from classifier.limits import Limits
from classifier.text import tidy

NOTHING = "nothing said"  # how messages without a category are counted
TELLING = 4  # words from which on likeness means something


@dataclass(frozen=True)
class Lessons:
    """The examples to be learned from, near-copies included, beside the frozen test.

    `before` is what the champion learned from (`Manifest.examples`), None where there is none.
    """

    rows: Sequence[Example]
    tests: Sequence[Example]
    categories: Sequence[str]
    before: Mapping[str, Any] | None = None
    languages: Sequence[str] = ("en", "fr")


def look_at_examples(lessons: Lessons, limits: Limits) -> list[Finding]:
    """All that can be said before anything is trained."""
    return [
        _enough(lessons, limits),
        _enough_of_champion(lessons, limits),
        _categories(lessons, limits),
        _levels(lessons, limits),
        *_leaks(lessons, limits),
        _contradictions(lessons, limits),
        _languages(lessons, limits),
        *_shifts(lessons, limits),
    ]


def _enough(lessons: Lessons, limits: Limits) -> Finding:
    return at_least("too-few", len(distinct(lessons.rows)), limits["examples", "fewest"])


def _enough_of_champion(lessons: Lessons, limits: Limits) -> Finding:
    before = int((lessons.before or {}).get("total", 0))
    share = len(distinct(lessons.rows)) / before if before else 1.0
    return at_least("too-few-now", share, limits["examples", "share_of_champion"], before=before)


def _categories(lessons: Lessons, limits: Limits) -> Finding:
    """The category with the fewest examples in a language."""
    counts = Counter((one.category or NOTHING, one.lang) for one in distinct(lessons.rows))
    wanted = [(category, lang) for category in (*lessons.categories, NOTHING) for lang in lessons.languages]
    return _fewest("category-missing", counts, wanted, limits["examples", "of_a_category"])


def _levels(lessons: Lessons, limits: Limits) -> Finding:
    counts = Counter((str(one.severity), one.lang) for one in distinct(lessons.rows))
    wanted = [(level, lang) for level in SEVERITIES for lang in lessons.languages]
    return _fewest("level-missing", counts, wanted, limits["examples", "of_a_level"])


def _fewest(
    check: str, counts: Mapping[tuple[str, str], int], wanted: Sequence[tuple[str, str]], limit: float
) -> Finding:
    name, lang = min(wanted, key=lambda one: counts.get(one, 0))
    short = [Row("", "", f"{label}, {language}: {counts.get((label, language), 0)}") for label, language in wanted]
    few = [row for row, one in zip(short, wanted, strict=True) if counts.get(one, 0) < limit]
    return at_least(check, counts.get((name, lang), 0), limit, few, name=name, language=lang)


def _leaks(lessons: Lessons, limits: Limits) -> Iterator[Finding]:
    """Test messages among the examples: the same words, or nearly the same. "Hi", which says nothing, anybody may write."""
    asked = {fingerprint(one.text): one for one in lessons.tests if one.category}
    same = [one for one in lessons.rows if fingerprint(one.text) in asked]
    rows = [Row(one.where, one.text, f"is test message {asked[fingerprint(one.text)].where}") for one in same]
    yield at_most("leak", len(same), 0, rows)
    near = list(_near(lessons, limits["examples", "near"]))
    share = len({row.note for row in near}) / max(1, len(lessons.tests))
    yield at_most("near-leak", share, limits["examples", "near_copies"], near)


def _near(lessons: Lessons, likeness: float) -> Iterator[Row]:
    """Examples that nearly repeat a test message which has a label."""
    tests = [one for one in lessons.tests if one.category and len(fingerprint(one.text)) >= TELLING]
    rows = distinct(lessons.rows)
    if not tests:
        return
    words = [[" ".join(fingerprint(one.text)) for one in some] for some in (tests, rows)]
    found = process.cdist(*words, scorer=fuzz.ratio, score_cutoff=100 * likeness, dtype=np.uint8)
    for test, row in zip(*np.nonzero(found), strict=True):
        if fingerprint(tests[test].text) != fingerprint(rows[row].text):
            yield Row(rows[row].where, rows[row].text, f"nearly repeats test message {tests[test].where}")


def _contradictions(lessons: Lessons, limits: Limits) -> Finding:
    """The same words with different labels."""
    seen: dict[tuple[str, ...], list[Example]] = defaultdict(list)
    for one in lessons.rows:
        seen[fingerprint(one.text)].append(one)
    against = [some for some in seen.values() if len({(one.category, one.severity) for one in some}) > 1]
    rows = [Row(one.where, one.text, f"{one.category}, {one.severity}") for some in against for one in some]
    share = len(against) / max(1, len(seen))
    return at_most("contradictions", share, limits["examples", "contradictions"], rows)


def _languages(lessons: Lessons, limits: Limits) -> Finding:
    """Examples that are plainly in another language than they name."""
    read = [(one, language_of(tidy(one.text))) for one in distinct(lessons.rows)]
    wrong = [
        Row(one.where, one.text, f"names {one.lang}, reads as {found}")
        for one, found in read
        if found not in ("", one.lang)
    ]
    return at_most("wrong-language", len(wrong) / max(1, len(read)), limits["examples", "wrong_language"], wrong)


def _shifts(lessons: Lessons, limits: Limits) -> Iterator[Finding]:
    """How many examples have moved to other labels than the champion's had."""
    rows = distinct(lessons.rows)
    now = {
        "category": Counter(str(one.category) for one in rows),
        "severity": Counter(str(one.severity) for one in rows),
        "language": Counter(one.lang for one in rows),
    }
    for what, counts in now.items():
        before = (lessons.before or {}).get(f"by_{what}")
        if before:
            moved, most = _moved(counts, before)
            yield at_most(f"{what}-shift", moved, limits["examples", "shift"], name=most)


def _moved(now: Mapping[str, int], before: Mapping[str, int]) -> tuple[float, str]:
    """Half the sum of the differences in share, and the label that differs most."""
    whole, old = sum(now.values()) or 1, sum(before.values()) or 1
    moved = {label: now.get(label, 0) / whole - before.get(label, 0) / old for label in {*now, *before}}
    return sum(map(abs, moved.values())) / 2, max(sorted(moved), key=lambda label: abs(moved[label]))
