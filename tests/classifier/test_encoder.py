"""Meaning as numbers: rows of one length, in the order of the texts, alike for what means the same."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.encoder import SentenceEncoder
from classifier.meaning import DIMENSIONS
from classifier.text import ENCODED

TEXTS = ["Nobody receives mail", "le wifi est lent", "", "😀", "x" * 5000, "how do I add two licences?"]


@pytest.mark.parametrize("weight", [1.0, 2.5, 4.0])
def test_every_row_is_as_long_as_its_weight(weight: float) -> None:
    rows = SentenceEncoder(weight).fit_transform(TEXTS)
    assert rows.shape == (len(TEXTS), DIMENSIONS)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(weight, abs=1e-5)


def test_no_texts_are_no_rows() -> None:
    assert SentenceEncoder().fit([]).transform([]).shape == (0, DIMENSIONS)


def test_rows_stand_in_the_order_of_the_texts_whatever_their_lengths() -> None:
    together = SentenceEncoder().transform(TEXTS)
    alone = np.vstack([SentenceEncoder().transform([text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-5)


def test_the_same_text_has_the_same_meaning_twice() -> None:
    first, second = SentenceEncoder().transform(["le wifi est lent"] * 2)
    assert first == pytest.approx(second, abs=1e-6)


def test_what_means_the_same_in_two_languages_is_closer_than_something_else() -> None:
    english, french, other = SentenceEncoder().transform(
        [
            "Nobody receives mail since this morning",
            "Plus personne ne reçoit de mail depuis ce matin",
            "How much is the E3 plan?",
        ]
    )
    assert english @ french > english @ other + 0.2


def test_what_is_past_the_first_lines_of_a_pasted_log_changes_nothing() -> None:
    head = "word " * (ENCODED // 5)
    first, second = SentenceEncoder().transform([head + "alpha", head + "omega"])
    assert first == pytest.approx(second)
