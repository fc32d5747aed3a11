"""Spelling is repaired towards the words of the examples, and never where a word is one already."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.spelling import Speller

SPELLER = Speller(
    ["mailbox", "invoice", "licence", "calendar", "site", "mail box", "password", "3com"],
    {"nurse", "Contoso"}.__contains__,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("the mailbxo is full", "the mailbox is full"),
        ("my Pasword!", "my password!"),
        ("two invocies", "two invoice"),
        ("calandar, licnece", "calendar, licence"),
        ("the stie is slow", "the site is slow"),
    ],
)
def test_a_slip_is_repaired(written: str, meant: str) -> None:
    assert SPELLER.repair(written) == meant


@pytest.mark.parametrize(
    "text", ["", "the mailbox is full", "nurse at Contoso", "sit", "xyzzyplugh", "m4ilbox", "550 5.7.708", "Mailbox"]
)
def test_what_is_right_short_foreign_or_no_word_is_left_alone(text: str) -> None:
    assert SPELLER.repair(text) == ""


@given(st.text(max_size=100))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(SPELLER.repair(text), str)
