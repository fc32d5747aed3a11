"""What a second reader said: of every message of a part, about a message that is there, and mostly what its writer said."""

from __future__ import annotations

import json

import pytest

from benchmarks.agreement import READINGS, identifier, pairs, parts, rows
from tests.data.test_examples import lines, rules

KNOWN = {identifier(line.example.text): line for line in lines()}


def readings(part: str) -> dict[str, dict[str, str | None]]:
    rows = [json.loads(text) for text in (READINGS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]
    return {str(row["id"]): row for row in rows}


@pytest.mark.parametrize("part", [*parts(), "first"])
def test_every_reading_is_legal_and_of_a_message_that_is_there(part: str) -> None:
    for identity, row in readings(part).items():
        assert identity in KNOWN
        assert row["category"] in {*rules().categories, None}
        assert row["severity"] in {"A", "B", "C", None}


@pytest.mark.parametrize("part", parts())
def test_every_message_of_a_part_was_read(part: str) -> None:
    here = {key for key, line in KNOWN.items() if f"_{part}.jsonl:" in line.where}
    assert here == set(readings(part))


@pytest.mark.parametrize("part", parts())
def test_writers_and_the_second_reader_mostly_agree(part: str) -> None:
    agreement = [float(kappa) for _, _, _, kappa, _ in rows(pairs(part))]
    assert min(agreement) > 0.9


def test_what_was_settled_is_a_message_on_which_the_two_differed() -> None:
    differed = {identifier(pair.text) for part in parts() for pair in pairs(part) if pair.writer != pair.reader}
    assert set(readings("first")) <= differed
