"""The page is whole in itself, and what people wrote cannot become part of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bot.report.page import page
from bot.report.tables import beaten
from classifier.corpus import Example
from classifier.judged import LEVELS, Judged
from classifier.report import category_report, decisions
from classifier.severity_report import severity_report

NASTY = '<script>alert("x")</script> & so on'
PRICES = {(one, other): float(one != other) for one in LEVELS for other in LEVELS}


def report() -> dict[str, object]:
    some = [
        Judged(Example(NASTY, lang, true, "A", "w"), (("exchange", 0.9), ("billing", 0.1)), "act", (), level, {})
        for lang, true, level in (("en", "exchange", "A"), ("fr", "billing", "C"), ("fr", "exchange", "A"))
    ]
    category = category_report(some, {"<b>other</b>": [("exchange", 1.0), ("billing", 1.0), ("exchange", 1.0)]})
    return {
        "model": "m1",
        "trained_at": "2026-11-23",
        "learned_from": 5,
        "baselines_learned_from": 6,
        "same_examples": False,
        "messages": 3,
        "by_language": {"en": 1, "fr": 2},
        "category": category,
        "decisions": decisions(some),
        "severity": severity_report(some, {}, PRICES),
        "zero_shot": {},
    }


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_nothing_is_fetched_from_anywhere_and_nothing_runs() -> None:
    tags = Tags()
    tags.feed(page(report()))
    assert not [tag for tag, _ in tags.seen if tag in {"script", "link", "img", "iframe"}]
    assert not [given for _, given in tags.seen if {"src", "href", "onload"} & set(given)]
    assert "url(" not in page(report())


def test_a_message_is_shown_and_is_not_markup() -> None:
    html = page(report())
    assert "&lt;script&gt;alert" in html
    assert "<b>other</b>" not in html


def test_there_are_four_plots_in_light_and_in_dark() -> None:
    html = page(report())
    assert len(re.findall("<svg ", html)) == 4
    assert "prefers-color-scheme: dark" in html


def test_a_model_that_learned_from_other_examples_is_said_to_have() -> None:
    assert "learned from 5 examples, the baselines from 6" in page(report())


def test_a_baseline_that_is_better_is_named_first_and_one_that_is_worse_is_not() -> None:
    assert "only_theirs" not in page(report())
    assert "does better here" in page(report())
    assert not beaten({"other": {"only_ours_right": 2, "only_theirs_right": 1, "p": 1.0}})
