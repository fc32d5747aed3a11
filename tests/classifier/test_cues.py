"""The words that speak for a severity: each family hears both languages, and nobody is heard louder for shouting."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.cues import joined, load_cues
from classifier.errors import ClassifierError
from classifier.marks import CueFeatures
from classifier.text import bare, tidy
from tests.classifier.examples import DATA, all_examples, cues

HEARD = [
    ("many", "nobody can log in", "nobody"),
    ("many", "Plus personne n’a de mail", "personne"),
    ("many", "toute l'équipe attend", "toute l'équipe"),
    ("one", "only on my laptop", "my laptop"),
    ("one", "c'est juste moi", "juste moi"),
    ("outage", "the site is down", "is down"),
    ("outage", "la messagerie est en panne", "en panne"),
    ("partial", "Teams is slow", "slow"),
    ("partial", "Outlook rame", "rame"),
    ("time", "payroll has to run today", "payroll has to run today"),
    ("time", "il le faut avant midi", "avant midi"),
    ("money", "we are losing sales", "losing sales"),
    ("money", "on perd de l'argent", "perd de l'argent"),
    ("workaround", "it works in the browser", "works in the browser"),
    ("workaround", "ça passe par le web", "passe par le web"),
    ("calm", "no rush at all", "no rush"),
    ("calm", "ce n'est pas urgent", "pas urgent"),
    ("question", "how do I add a licence", "how do"),
    ("question", "comment ajouter une licence", "comment ajouter"),
    ("failure", "I get an error", "error"),
    ("failure", "ça ne marche pas", "ne marche"),
    ("lockout", "the only admin forgot it", "only admin"),
    ("lockout", "notre seul administrateur", "seul administrateur"),
]


@pytest.mark.parametrize(("family", "text", "words"), HEARD)
def test_a_family_hears_its_words_as_they_were_written(family: str, text: str, words: str) -> None:
    found = cues().find(text)
    assert family in found
    assert found[family].casefold() in text.replace("’", "'").casefold()
    assert set(words.split()) & set(found[family].split())


def test_every_family_hears_english_and_french() -> None:
    for family in cues().patterns:
        assert sum(heard == family for heard, _, _ in HEARD) >= 2, family
    assert {heard for heard, _, _ in HEARD} == set(cues().patterns)


@pytest.mark.parametrize(
    "shouting", ["URGENT", "URGENT!!!", "ASAP", "VITE VITE VITE", "I PAY FOR THIS", "AU SECOURS", "!!!!!!"]
)
def test_shouting_is_no_cue(shouting: str) -> None:
    assert cues().find(shouting) == {}


@pytest.mark.parametrize("text", [text for _, text, _ in HEARD])
def test_shouting_changes_no_cue(text: str) -> None:
    assert set(cues().find(text.upper())) == set(cues().find(text))


def test_accents_may_be_left_out() -> None:
    assert set(cues().find("personne ne reçoit rien, à l’arrêt")) == set(
        cues().find("personne ne recoit rien, a l'arret")
    )


@given(st.text(max_size=40), st.sampled_from([text for _, text, _ in HEARD]))
def test_the_words_of_a_cue_stand_in_the_text(noise: str, text: str) -> None:
    whole = f"{noise} {text}"
    for words in cues().find(whole).values():
        assert words in tidy(whole)


@pytest.mark.parametrize("prefix", ["", "😀 ", "ﬁ ", "é ", "İİİ "])
def test_the_words_of_a_cue_are_cut_out_at_their_place(prefix: str) -> None:
    assert cues().find(f"{prefix}Nobody receives mail")["many"] == "Nobody"


@pytest.mark.parametrize("text", ["", " ", "😀", "\n\n"])
def test_nothing_said_is_no_cue(text: str) -> None:
    assert cues().find(text) == {}


def test_a_pattern_that_is_no_expression_is_refused_with_file_and_family(tmp_path: Path) -> None:
    path = tmp_path / "cues.toml"
    path.write_text("[[cue]]\nid = 'many'\npatterns = ['(nobody']\n")
    with pytest.raises(ClassifierError, match=rf"{path}: cue many: '\(nobody' is no regular expression"):
        load_cues(path)


def test_features_are_a_column_for_each_family_in_the_file_s_order() -> None:
    rows = (
        CueFeatures({"many": "nobody", "calm": "no rush"})
        .fit([])
        .transform(["nobody", "no rush", "nobody: no rush", ""])
    )
    assert rows.tolist() == [[1, 0], [0, 1], [1, 1], [0, 0]]
    assert rows.dtype == np.float32


def test_no_texts_are_no_rows_of_as_many_columns() -> None:
    assert CueFeatures({"many": "nobody", "calm": "no rush"}).fit([]).transform([]).shape == (0, 2)


@pytest.mark.parametrize(
    "patterns",
    [
        [r"\bdown\b", r"\?\s*$"],
        [r"\bone|two", r"\bthree\b"],
        [r"\b(a|b)c", r"[(|]x", r"\(y"],
        [r"x"],
        [r"\b(?:no|not) (one|body)", r"\bnone\b"],
    ],
)
@pytest.mark.parametrize(
    "text", ["is it down?", "one", "intwo", "two three", "ac (x bc", "|x (y", "nobody none no one", ""]
)
def test_patterns_find_together_what_each_finds_alone(patterns: list[str], text: str) -> None:
    together, apart = re.compile(joined(patterns)), [re.search(pattern, text) for pattern in patterns]
    found = together.search(text)
    starts = [match.start() for match in apart if match]
    assert (found.start() if found else None) == min(starts, default=None)
    assert together.groups == 0


def test_the_families_find_what_their_patterns_find_one_by_one() -> None:
    rows = tomllib.loads((DATA / "rules" / "cues.toml").read_text(encoding="utf-8"))["cue"]
    for text in (bare(tidy(example.text)) for example in all_examples("examples/heldout")):
        for row in rows:
            alone = any(re.search(pattern, text) for pattern in row["patterns"])
            assert bool(re.search(cues().patterns[row["id"]], text)) == alone, (row["id"], text)
