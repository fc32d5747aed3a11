"""The language of a text, or that it does not tell: a product's name decides nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from classifier.language import WORDS, language_of
from classifier.text import tidy
from tests.classifier.examples import all_examples


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("it does not work", "en"),
        ("my mail is slow", "en"),
        ("Nobody receives mail since this morning", "en"),
        ("HOW DO I ADD TWO LICENCES?", "en"),
        ("ça marche pas", "fr"),
        ("le wifi est lent", "fr"),
        ("Plus personne ne reçoit de mail depuis ce matin", "fr"),
        ("PLUS PERSONNE NE RECOIT DE MAIL", "fr"),
        ("j’arrive plus à ouvrir le fichier partagé", "fr"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert language_of(tidy(text)) == language


@pytest.mark.parametrize(
    "text", ["", " ", "VPN", "Outlook ok", "mail teams", "help", "bonjour", "😀 😀 😀", "1234 5678 9012"]
)
def test_what_is_too_short_tells_nothing(text: str) -> None:
    assert language_of(tidy(text)) == ""


@pytest.mark.parametrize(
    "text", ["The meeting est annulé mais my calendar shows it", "bonjour hello my problem est grave"]
)
def test_what_is_half_and_half_tells_nothing(text: str) -> None:
    assert language_of(tidy(text)) == ""


@pytest.mark.parametrize("folder", ["examples", "examples/heldout"])
def test_of_the_examples_it_hears_nearly_all_and_mistakes_hardly_any(folder: str) -> None:
    heard = Counter(
        {example.lang: "right", "": "silent"}.get(language_of(tidy(example.text)), "wrong")
        for example in all_examples(folder)
        if len(example.text.split()) >= WORDS
    )
    assert heard["wrong"] <= 0.005 * heard.total()
    assert heard["silent"] <= 0.05 * heard.total()
