"""The service request packet: what was gathered, what a form adds to it, and what is still missing."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.packet import FIELD_LENGTH, TITLE_LENGTH, Packet, packet_from, problems, title_from

WHOLE = Packet(
    "Mail is down", "Nobody receives mail", "everyone", "Monday", "a restart", "the web", "Ada", "en", "green"
)
WRITTEN = ("title", "description", "affected", "since", "tried", "workaround", "contact", "health")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize("field", WRITTEN)
def test_a_form_changes_the_field_that_it_has_and_no_other(field: str) -> None:
    assert packet_from(WHOLE, {field: "  something else\n"}) == replace(WHOLE, **{field: "something else"})


@pytest.mark.parametrize("field", ["title", "description", "contact", "tried"])
def test_a_field_can_be_emptied(field: str) -> None:
    assert asdict(packet_from(WHOLE, {field: " "}))[field] == ""


@pytest.mark.parametrize("values", [{}, {"language": "xx"}, {"category": "exchange", "severity": "A", "case": "T"}])
def test_what_is_no_field_of_the_packet_changes_nothing(values: dict[str, str]) -> None:
    assert packet_from(WHOLE, values) == WHOLE


def test_a_field_without_end_is_cut() -> None:
    assert len(packet_from(WHOLE, {"description": "a" * 100_000}).description) == FIELD_LENGTH


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, {}),
        ({"title": ""}, {"title": "missing"}),
        ({"description": " \n\t"}, {"description": "missing"}),
        ({"contact": ""}, {"contact": "missing"}),
        ({"title": "a" * TITLE_LENGTH}, {}),
        ({"title": "a" * (TITLE_LENGTH + 1)}, {"title": "too-long"}),
        (dict.fromkeys(["affected", "since", "tried", "workaround", "health"], ""), {}),
        (dict.fromkeys(WRITTEN, ""), {"title": "missing", "description": "missing", "contact": "missing"}),
    ],
)
def test_what_support_needs_is_asked_for_field_by_field(changed: dict[str, str], wrong: dict[str, str]) -> None:
    assert problems(replace(WHOLE, **changed)) == wrong


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("Nobody receives mail", "Nobody receives mail"),
        ("  Nobody\n\nreceives\tmail ", "Nobody receives mail"),
        ("", ""),
        ("word " * 40, ("word " * 23).rstrip() + " …"),
        ("a" * 300, "a" * 118 + " …"),
    ],
)
def test_a_title_is_the_first_words(description: str, title: str) -> None:
    assert title_from(description) == title


@given(words | words.map(lambda text: text * 3))
def test_every_description_has_a_title_that_can_be_submitted(description: str) -> None:
    title = title_from(description)
    wrong = problems(replace(WHOLE, title=title, description=description))
    assert wrong == ({} if description.strip() else {"title": "missing", "description": "missing"})
    assert " ".join(description.split()).startswith(title.removesuffix(" …"))
