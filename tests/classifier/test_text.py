"""A text made ready to be read: one form of letters, no invisible marks, a bounded length."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text import LONGEST, bare, has_words, tidy

SOFT_HYPHEN, JOINER, BOM = "\N{SOFT HYPHEN}", "\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  two   words\n", "two words"),
        ("l’équipe", "l'équipe"),
        ("ｍａｉｌ", "mail"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        (f"pass{SOFT_HYPHEN}word{JOINER}{BOM}", "password"),
        ("one\N{NO-BREAK SPACE}two", "one two"),
        ("\ud83d mail", "mail"),
        ("", ""),
    ],
)
def test_a_text_is_read_as_a_person_sees_it(written: str, read: str) -> None:
    assert tidy(written) == read


@given(st.text(max_size=60), st.integers(1, 200))
def test_no_text_is_read_for_ever(text: str, times: int) -> None:
    assert len(tidy(text * times)) <= LONGEST


@given(st.text())
def test_nothing_invisible_is_read(text: str) -> None:
    read = tidy(text)
    assert not {unicodedata.category(mark) for mark in read} & {"Cf", "Cs", "Co"}
    assert read == " ".join(read.split())


@given(st.text())
@example("İstanbul")
def test_bare_letters_stand_where_the_written_ones_do(text: str) -> None:
    written = tidy(text)
    assert len(bare(written)) == len(written)


@pytest.mark.parametrize(
    ("written", "read"), [("Déjà VU", "deja vu"), ("ŒUVRE", "œuvre"), ("Ça", "ca"), ("ñandú", "nandu")]
)
def test_bare_letters_have_no_case_and_no_accents(written: str, read: str) -> None:
    assert bare(written) == read


@pytest.mark.parametrize("text", ["ok", "ça", "mail 5.7.1", "1a2bc", "Ω и"[:1] + "ж"])
def test_two_letters_in_a_row_are_a_word(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "?!", "5.7.708", "a", "1a2b", "_ _"])
def test_marks_figures_and_single_letters_are_no_words(text: str) -> None:
    assert not has_words(text)
