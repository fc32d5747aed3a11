"""Examples are read line by line, and one that cannot be learned from is refused with file, line, field and legal values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifier.corpus import FIELDS, Example, distinct, read_examples
from classifier.errors import BadExamples
from tests.classifier.examples import line, written

CATEGORIES = ("exchange", "billing")


def refusal(folder: Path, broken: str) -> str:
    """What is said of a file whose third line is broken."""
    with pytest.raises(BadExamples) as refused:
        read_examples(written(folder, [line(), line(text="two"), broken]), CATEGORIES)
    return str(refused.value)


@pytest.mark.parametrize(
    ("changes", "field", "legal"),
    [
        ({"category": "mail"}, "category", "'mail' is not one of: exchange, billing, null"),
        ({"category": ""}, "category", "'' is not one of: exchange, billing, null"),
        ({"category": 7}, "category", "7 is not one of: exchange, billing, null"),
        ({"severity": "D"}, "severity", "'D' is not one of: A, B, C, null"),
        ({"severity": "a"}, "severity", "'a' is not one of: A, B, C, null"),
        ({"lang": "de"}, "lang", "'de' is not one of: en, fr"),
        ({"lang": None}, "lang", "None is not one of: en, fr"),
        ({"also": ["mail"]}, "also", "'mail' is not one of: exchange, billing"),
        ({"also": "billing"}, "also", "'billing' is no list of categories"),
        ({"text": ""}, "text", "needs words"),
        ({"text": " \t"}, "text", "needs words"),
        ({"text": ["a"]}, "text", "needs words"),
        ({"text": None}, "text", "needs words"),
    ],
)
def test_an_illegal_value_is_refused_with_its_place_and_what_is_legal(
    changes: dict[str, object], field: str, legal: str, tmp_path: Path
) -> None:
    said = refusal(tmp_path, line(**changes))
    assert said.startswith(f"{tmp_path / 'some.jsonl'}:3: {field}: ")
    assert legal in said


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_field_is_refused_with_all_the_fields_there_are(field: str, tmp_path: Path) -> None:
    row = json.loads(line())
    del row[field]
    said = refusal(tmp_path, json.dumps(row))
    assert said.startswith(f"{tmp_path / 'some.jsonl'}:3: {field}: the field is missing")
    assert all(name in said for name in FIELDS)


@pytest.mark.parametrize("broken", ["{", "nobody receives mail", "7", "null", '{"text": "a"} {}'])
def test_a_line_that_is_no_object_is_refused_with_its_place(broken: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, broken).startswith(f"{tmp_path / 'some.jsonl'}:3: this is no JSON object")


def test_an_empty_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadExamples, match=rf"{tmp_path}: there are no examples"):
        read_examples(tmp_path, CATEGORIES)


def test_empty_lines_are_no_examples_and_keep_the_count_of_lines(tmp_path: Path) -> None:
    assert "some.jsonl:5: category" in _refused(tmp_path, [line(), "", "  ", line(text="two"), line(category="x")])


def test_a_line_separator_inside_a_text_does_not_end_the_line(tmp_path: Path) -> None:
    (example,) = read_examples(written(tmp_path, [line(text="first\u2028second\x85third")]), CATEGORIES)
    assert example.text == "first\u2028second\x85third"


def test_an_example_may_have_no_label_because_it_says_too_little(tmp_path: Path) -> None:
    (example,) = read_examples(written(tmp_path, [line(text="help", category=None, severity=None)]), CATEGORIES)
    assert (example.category, example.severity) == (None, None)


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    written(tmp_path, [line(text="second file")], "b.jsonl")
    written(tmp_path, [line(text="first file")], "a.jsonl")
    assert [one.text for one in read_examples(tmp_path, CATEGORIES)] == ["first file", "second file"]


@pytest.mark.parametrize(
    "copy",
    [
        "Nobody receives mail",
        "nobody receives mail!!!",
        " nobody  receives\nmail ",
        "nobody, receives: mail",
        "ｎobody receives mail",
    ],
)
def test_a_near_copy_is_no_second_witness(copy: str) -> None:
    assert distinct([_example("nobody receives mail"), _example(copy)]) == [_example("nobody receives mail")]


def test_accents_make_no_difference_between_copies() -> None:
    assert len(distinct([_example("ça ne marche plus"), _example("Ca ne marche plus.")])) == 1


@pytest.mark.parametrize("other", ["nobody sends mail", "mail nobody receives", "nobody receives mail today"])
def test_other_words_or_another_order_are_another_example(other: str) -> None:
    assert len(distinct([_example("nobody receives mail"), _example(other)])) == 2


def test_texts_without_letters_are_told_apart_all_the_same() -> None:
    assert len(distinct([_example("?!"), _example("😀"), _example("?!")])) == 2


def _example(text: str) -> Example:
    return Example(text, "en", "exchange", "A", "hand-1")


def _refused(folder: Path, lines: list[str]) -> str:
    with pytest.raises(BadExamples) as refused:
        read_examples(written(folder, lines), CATEGORIES)
    return str(refused.value)
