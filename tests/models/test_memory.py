"""What was encoded before is not encoded again, and what the last training did not use is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.memory import Memory, encoded, load_memory, remembering


class Encoder:
    """Counts what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def test_each_text_is_encoded_once_and_the_rows_keep_their_order(tmp_path: Path) -> None:
    encoder = Encoder()
    with remembering(Memory()):
        first = encoded(["aa", "b", "aa"], encoder)
        encoded(["b", "cccc"], encoder)
    assert first[:, 0].tolist() == [2, 1, 2]
    assert encoder.asked == ["aa", "b", "cccc"]


def test_it_is_kept_between_trainings_and_what_was_not_used_is_forgotten(tmp_path: Path) -> None:
    path, encoder = tmp_path / "cache" / "vectors.npz", Encoder()
    first = Memory()
    first.encode(["aa", "b"], encoder)
    first.save(path)
    second = load_memory(path)
    second.encode(["aa"], encoder)
    second.save(path)
    assert encoder.asked == ["aa", "b"]

    load_memory(path).encode(["b"], encoder)
    assert encoder.asked == ["aa", "b", "b"]


def test_what_cannot_be_read_is_an_empty_memory(tmp_path: Path) -> None:
    broken = tmp_path / "vectors.npz"
    broken.write_bytes(b"not a zip")
    encoder = Encoder()
    for path in (broken, tmp_path / "missing.npz"):
        assert load_memory(path).encode(["x"], encoder).shape == (1, 2)


def test_outside_of_it_everything_is_encoded() -> None:
    encoder = Encoder()
    encoded(["a", "a"], encoder)
    assert encoder.asked == ["a", "a"]
