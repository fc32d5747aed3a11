"""What the gate sees: in examples, in labels, in figures. Each check says what to look at, and honest work passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.models.sentences import sentence
from classifier.compare import Bout, compare
from classifier.corpus import Example
from classifier.errors import ClassifierError
from classifier.gate import Finding, refused
from classifier.gate_examples import Lessons, look_at_examples
from classifier.gate_figures import Unseen, look_at_corrections, look_at_figures, look_at_labels
from classifier.judged import Judged
from classifier.limits import FIELDS, Limits, load_limits
from classifier.model import Vocabulary
from classifier.poison import look_for_poison
from classifier.suspects import suspects
from dialogs.words import LANGUAGES, load_words
from tests.conftest import DATA
from tests.models import corpora

LIMITS = load_limits(DATA / "rules" / "gate.toml")
OURS = ("exchange", "identity")
LABELS = ("exchange", "identity", "network")


def summary(rows: Sequence[Example]) -> dict[str, object]:
    from classifier.train import _summary

    return _summary(rows)


def checks(rows: Sequence[Example], before: Sequence[Example] | None = None) -> list[str]:
    known = summary(before) if before else None
    lessons = Lessons(rows, corpora.tests(), corpora.categories(), known)
    return [one.check for one in refused(look_at_examples(lessons, LIMITS))]


def test_the_product_s_own_examples_pass() -> None:
    assert checks(corpora.first() + corpora.corrections(), corpora.first()) == []


@pytest.mark.parametrize("seed", range(6))
def test_honest_examples_pass(seed: int) -> None:
    assert checks(corpora.honest(seed), corpora.first()) == []


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("a lost category", "category-missing"),
        ("five rows", "too-few"),
        ("test messages copied", "leak"),
        ("test messages nearly copied", "near-leak"),
        ("one category only", "category-missing"),
        ("all severities C", "level-missing"),
        ("languages swapped", "wrong-language"),
        ("no French", "language-shift"),
        ("nothing said called something", "category-missing"),
        ("one category flooding", "category-shift"),
        ("contradicting copies", "contradictions"),
        ("gibberish", "wrong-language"),
    ],
)
def test_spoilt_examples_are_refused_before_anything_is_trained(name: str, check: str) -> None:
    assert check in checks(corpora.bad(name), corpora.first())


def test_a_leak_names_the_line_and_the_test_message() -> None:
    rows = [*corpora.first(), replace(corpora.tests()[0], where="mine.jsonl:7")]
    found = {one.check: one for one in look_at_examples(Lessons(rows, corpora.tests(), corpora.categories()), LIMITS)}
    [row] = found["leak"].rows
    assert row.where == "mine.jsonl:7"
    assert corpora.tests()[0].where in row.note


# planted words


def poison(rows: Sequence[Example], said: Callable[[str], str]) -> Finding:
    """The finding, where the champion is sure of what `said` makes of a text."""
    known = Vocabulary({"mail": 0}, np.array([1.5], dtype=np.float32))
    read = lambda texts: [{said(text): 0.9, "other": 0.1} for text in texts]  # noqa: E731 - shown beside its use
    return look_for_poison(rows, known, 1000, read, LIMITS)


def example(text: str, category: str, severity: str = "B", lang: str = "en") -> Example:
    return Example(text, lang, category, severity, "x", where=f"row {text[:20]}")


def test_a_word_planted_in_messages_about_everything_is_found_and_named() -> None:
    about = ("printer", "invoice", "password", "domain", "calendar", "license")
    rows = [example(f"my {what} zorbix problem {n}", "billing") for n, what in enumerate(about * 2)]
    found = poison(rows + [example(f"text {n}", "network") for n in range(30)], lambda text: [*text.split(), "it"][1])
    assert not found.passed
    assert "zorbix → billing" in str(found.facts["words"])
    assert found.rows[0].note.startswith("zorbix: called billing, else ")


def test_a_new_product_s_name_is_no_poison() -> None:
    rows = [example(f"loop workspace does not open, report {n}", "sharepoint") for n in range(12)]
    assert poison(rows + [example(f"text {n}", "network") for n in range(30)], lambda _: "unrelated").passed


# labels


def test_labels_that_look_wrong_are_named_the_most_doubtful_first() -> None:
    dice = np.random.default_rng(3)
    true = np.arange(300) % 3
    believed = np.full((300, 3), 0.1)
    believed[np.arange(300), true] = 0.8 + 0.05 * dice.random(300)
    given = true.copy()
    given[:60] = (given[:60] + 1) % 3
    doubted = suspects(believed, given, LABELS)
    rows = [example(f"text {n}", LABELS[label]) for n, label in enumerate(given)]

    findings = {one.check: one for one in look_at_labels(Unseen(rows, doubted, 0.8, 0.02, 0.9), LIMITS)}

    assert {one.place for one in doubted} == set(range(60))
    assert not findings["labels"].passed
    assert not findings["consistency"].passed
    assert "rather" in findings["labels"].rows[0].note
    assert suspects(believed, true, LABELS) == []


# figures


def judged(true: str | None, said: str, severity: str | None = "B", level: str = "B", decision: str = "act") -> Judged:
    row = Example(f"{true} {severity} text", "en", true, severity, "x", where="test:1")
    others = tuple((label, 0.05) for label in LABELS if label != said)
    return Judged(row, ((said, 0.9), *others), decision, (said,), level, {})


def messages(*, a_found: int = 40, right: int = 300, a_called: str = "B", turned_away: int = 0) -> tuple[Judged, ...]:
    """Three hundred messages, forty of severity A, forty that say nothing."""
    rows = [judged("exchange", "exchange", "A", "A" if n < a_found else a_called) for n in range(40)]
    rows += [judged("identity", "network" if n < turned_away else "identity") for n in range(130)]
    rows += [judged("network", "network" if n < right - 170 else "exchange", None) for n in range(130)]
    return (*rows, *(judged(None, "exchange", None, decision="ask") for _ in range(40)))


def figure_checks(new: tuple[Judged, ...], old: tuple[Judged, ...] = messages()) -> list[str]:
    bout = Bout(old, new, frozenset(OURS))
    return [one.check for one in refused(look_at_figures(bout, compare(bout), LIMITS))]


def test_an_equal_model_passes() -> None:
    assert figure_checks(messages()) == []


def test_a_slightly_worse_one_passes() -> None:
    assert figure_checks(messages(right=296)) == []


@pytest.mark.parametrize(
    ("new", "check"),
    [
        (messages(a_found=36), "a-found"),
        (messages(a_found=39, a_called="C"), "a-called-c"),
        (messages(turned_away=5), "in-scope"),
        (messages(right=270), "accuracy"),
        (messages(right=270), "language"),
    ],
)
def test_what_must_not_get_worse_is_refused(new: tuple[Judged, ...], check: str) -> None:
    assert check in figure_checks(new)


def test_a_model_that_is_much_better_at_once_is_not_believed() -> None:
    assert figure_checks(messages(), messages(right=265)) == ["jump"]


def test_a_first_model_has_floors_only() -> None:
    assert figure_checks(messages(), ()) == []
    assert "floor-a-found" in figure_checks(messages(a_found=10), ())


def test_corrections_held_apart_count_once_there_are_enough() -> None:
    worse = tuple(judged("identity", "network") for _ in range(40))
    well = tuple(judged("identity", "identity") for _ in range(40))
    assert [one.check for one in refused(look_at_corrections(Bout(well, worse, frozenset(OURS)), LIMITS))] == [
        "corrections"
    ]
    assert look_at_corrections(Bout(well[:10], worse[:10], frozenset(OURS)), LIMITS) == []


def test_every_finding_has_its_words_in_both_languages() -> None:
    words = load_words(DATA / "words")
    ids = {one for one in words.ids("en") if one.startswith("gate-")}
    said = {"name": "exchange", "language": "en", "words": "zorbix → billing", "before": 1200}
    for check in ids:
        finding = {"check": check.removeprefix("gate-"), "measured": 0.123, "limit": 0.05, "facts": said}
        for language in LANGUAGES:
            spoken = sentence(finding, words.voice(language), language)
            assert check == "gate-poison" or ("12,3" if language == "fr" else "12.3%") in spoken


# limits


def test_the_limits_name_file_field_and_what_is_legal(tmp_path: Path) -> None:
    whole = (DATA / "rules" / "gate.toml").read_text(encoding="utf-8")

    def refusal(spoilt: str) -> str:
        path = tmp_path / "gate.toml"
        path.write_text(spoilt, encoding="utf-8")
        with pytest.raises(ClassifierError, match=str(path)) as raised:
            load_limits(path)
        return str(raised.value)

    assert "floors.accuracy: 6 is no share between 0 and 1" in refusal(whole.replace("accuracy = 0.6", "accuracy = 6"))
    assert "examples.fewest: 0.5 is no whole number" in refusal(whole.replace("fewest = 200", "fewest = 0.5"))
    assert "floors: the fields are accuracy" in refusal(whole.replace("asked = 0.6", "aksed = 0.6"))
    assert "the tables are" in refusal(whole.replace("[floors]", "[flours]"))
    assert isinstance(LIMITS, Limits)
    assert len(LIMITS.figures) == sum(map(len, FIELDS.values()))
