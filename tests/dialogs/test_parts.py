"""Where one message may hold several problems, and where it is one story."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parts import FEWEST_WORDS, MOST_PARTS, load_joints
from dialogs.rows import BadPhrases
from tests.dialogs.cards.scenes import knowledge

PRINTER, MAIL = "the printer on floor two is dead", "nobody receives mail since this morning"
WIFI, COURRIER = "le wifi du bureau est lent", "plus personne ne reçoit de mail"


def parts(text: str) -> tuple[str, ...]:
    return knowledge().joints.parts(text)


@pytest.mark.parametrize(
    "between",
    [". ", "! ", "? ", "\n", " and ", ", and ", ". Also, ", " and also ", ". Another problem: ", ", by the way, "],
)
def test_english_turns_to_a_second_problem(between: str) -> None:
    assert parts(f"{PRINTER}{between}{MAIL}") == (PRINTER, MAIL)


@pytest.mark.parametrize(
    "between",
    [". ", " et ", ", et ", ". Par ailleurs, ", " et aussi ", ". Autre problème : ", ", au fait, ", ". Sinon "],
)
def test_french_turns_to_a_second_problem(between: str) -> None:
    assert parts(f"{WIFI}{between}{COURRIER}") == (WIFI, COURRIER)


@pytest.mark.parametrize(
    "text",
    [
        f"- {PRINTER}\n- {MAIL}",
        f"1. {PRINTER}\n2. {MAIL}",
        f"1) {PRINTER} 2) {MAIL}",
        f"Hello,\n* {PRINTER}\n* {MAIL}",
        f"(1) {PRINTER} (2) {MAIL}",
    ],
)
def test_a_list_is_parted_at_its_items(text: str) -> None:
    assert tuple(part.split(" ", 1)[-1] if part[0] in "1(*" else part for part in parts(text)) == (PRINTER, MAIL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Outlook crashes",
        PRINTER,
        "Outlook and Teams crash",
        "Word et Excel plantent",
        "nobody receives mail. Thanks!",
        "Bonjour. plus personne ne reçoit de mail",
    ],
)
def test_what_is_one_piece_has_no_parts(text: str) -> None:
    assert parts(text) == ()


@pytest.mark.parametrize("between", [". Also, ", " and also ", ". Sinon ", "\n- "])
def test_who_says_that_another_thing_follows_is_believed(between: str) -> None:
    assert knowledge().joints.turns(f"- {PRINTER}{between}{MAIL}")


@pytest.mark.parametrize("between", [". ", " and ", "\n"])
def test_a_mere_pause_is_no_turn(between: str) -> None:
    assert not knowledge().joints.turns(f"{PRINTER}{between}{MAIL}")


def test_a_story_of_many_sentences_is_taken_as_one() -> None:
    assert parts(". ".join([MAIL] * MOST_PARTS)) == (MAIL,) * MOST_PARTS
    assert parts(". ".join([MAIL] * (MOST_PARTS + 1))) == ()


@given(st.text())
def test_no_text_breaks_it_and_every_part_is_in_the_text(text: str) -> None:
    for part in parts(text):
        assert part in text
        assert len(part.split()) >= FEWEST_WORDS


@pytest.mark.parametrize("pattern", ["(", "[a-", "*", " (and|et) "])
def test_a_pattern_that_cannot_be_used_is_refused_by_its_file_and_name(tmp_path: Path, pattern: str) -> None:
    path = tmp_path / "joints.toml"
    path.write_text(
        f"[[turn]]\nid = 'broken'\npatterns = ['{pattern}']\n[[pause]]\nid = 'x'\npatterns = []\n", encoding="utf-8"
    )
    with pytest.raises(BadPhrases) as refused:
        load_joints(path)
    assert "joints.toml" in str(refused.value)
    assert repr(pattern) in str(refused.value)
