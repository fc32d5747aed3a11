"""Lines come in small batches as they are written, and a name is told from a message."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.errors import CannotStart
from bot.lines import TOGETHER, batches, message_file, text_of


def lines(content: bytes) -> list[str]:
    return [line for batch in batches(io.BytesIO(content)) for line in batch.lines]


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", []), (b"a", ["a"]), (b"a\n", ["a"]), (b"a\n\nb\r\n", ["a", "", "b\r"]), ("é😀\n".encode(), ["é😀"])],
)
def test_each_line_comes_once_and_an_empty_one_too(content: bytes, expected: list[str]) -> None:
    assert lines(content) == expected


def test_a_letter_cut_in_two_by_a_read_is_whole() -> None:
    text = "é" * 50_000
    assert lines(f"{text}\nb".encode()) == [text, "b"]


def test_bytes_that_are_no_text_are_replaced_and_stop_nothing() -> None:
    assert lines(b"\xff\xfe\nb\n") == ["\ufffd\ufffd", "b"]


def test_no_batch_is_larger_than_what_is_read_together_and_all_bytes_are_counted() -> None:
    content = b"abc\n" * 1000
    found = list(batches(io.BytesIO(content)))
    assert max(len(batch.lines) for batch in found) == TOGETHER
    assert sum(batch.size for batch in found) == len(content)


def test_a_file_that_is_there_is_meant_and_a_message_is_none(tmp_path: Path) -> None:
    file = tmp_path / "mails of today"
    file.write_text("a\n")
    assert message_file(str(file)) == file
    assert message_file("nobody can open report.txt") is None
    assert message_file("x" * 5000) is None


def test_a_file_that_is_not_there_is_not_read_as_a_message() -> None:
    with pytest.raises(CannotStart, match=r"messages\.jsonl: there is no such file"):
        message_file("messages.jsonl")


@pytest.mark.parametrize("line", ["hello", '"hello"', '{"text": "hello"}', "hello\r\n"])
def test_a_message_may_be_written_three_ways(line: str) -> None:
    assert text_of(line) == "hello"
