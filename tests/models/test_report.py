"""The page that compares two models: it stands alone, says why it was refused, and runs nothing that people wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from bot.report.comparison import comparison_page
from classifier.compare import Bout, compare
from classifier.gate import Row, at_most
from classifier.judged import Judged
from dialogs.words import load_words
from tests.conftest import DATA
from tests.models.test_gate import OURS, messages

SAY = load_words(DATA / "words").voice("en")
HOSTILE = "<script>alert(1)</script>"


def compared(old: tuple[Judged, ...], new: tuple[Judged, ...], *, failed: bool = False) -> dict[str, Any]:
    finding = at_most("leak", 3 if failed else 0, 0, [Row("x.jsonl:7", HOSTILE, "is test message 4")])
    found = {
        **compare(Bout(old, new, frozenset(OURS))),
        "champion": "abc" if old else None,
        "corrections": {},
        "findings": [finding.to_json()],
    }
    return dict(json.loads(json.dumps(found)))  # as it is stored


def hostile(one: Judged) -> Judged:
    return replace(one, example=replace(one.example, text=HOSTILE))


def test_it_stands_alone_and_says_that_it_passed() -> None:
    page = comparison_page(compared(messages(), messages()), SAY)
    assert "It passed all 1 checks" in page
    assert "http" not in page
    assert "<svg" in page


def test_it_says_why_a_model_was_refused_and_what_to_look_at() -> None:
    page = comparison_page(compared(messages(), messages(right=270), failed=True), SAY)
    assert "The gate refused it: 1 of 1 checks" in page
    assert "3 examples are test messages, word for word" in page
    assert "x.jsonl:7" in page


def test_what_people_wrote_is_shown_and_never_run() -> None:
    old, new = (tuple(map(hostile, some)) for some in (messages(), messages(right=270)))
    page = comparison_page(compared(old, new, failed=True), SAY)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_first_model_has_nobody_beside_it() -> None:
    page = comparison_page(compared((), messages()), SAY)
    assert "with no champion to compare it with" in page
    assert 'class="ring"' not in page
