"""The pieces of a card: an excerpt cut at a word, a button with its fallback, a list on its value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialogs.cards.pieces import card, choice, excerpt, press, quote


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Nobody receives mail.") == "Nobody receives mail."


def test_white_space_of_any_kind_becomes_single_spaces() -> None:
    assert excerpt("  one\n\ntwo\tthree ") == "one two three"


def test_a_long_text_is_cut_at_a_word_and_says_so() -> None:
    assert excerpt("alpha beta gamma", length=12) == "alpha beta …"


def test_a_long_text_of_one_word_is_cut_all_the_same() -> None:
    assert excerpt("x" * 10_000) == "x" * 400 + " …"


@given(st.text())
def test_an_excerpt_is_a_beginning_of_the_text(text: str) -> None:
    flat = " ".join(text.split())
    short = excerpt(text, length=20)
    assert len(short) <= 22
    assert flat.startswith(short.removesuffix(" …"))


def test_a_quote_is_a_text_run_and_never_a_text_block() -> None:
    (item,) = quote("**bold**")["items"]
    assert item == {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "**bold**", "isSubtle": True}]}


def test_a_button_carries_its_verb_its_token_and_its_values() -> None:
    button = press("Several", "answer", "t1", {"question": "people", "answer": "several"})
    data = {"verb": "answer", "token": "t1", "question": "people", "answer": "several"}
    assert (button["type"], button["verb"], button["data"]) == ("Action.Execute", "answer", data)
    assert (button["fallback"]["type"], button["fallback"]["data"]) == ("Action.Submit", data)


def test_a_list_stands_on_nothing_unless_something_is_chosen() -> None:
    options = [("a", "Alpha"), ("b", "Beta")]
    assert "value" not in choice("letter", "Letter", options)
    assert choice("letter", "Letter", options, "b")["value"] == "b"


def test_a_card_keeps_the_order_of_its_pieces() -> None:
    pieces = [{"type": "TextBlock", "text": name} for name in "abc"]
    assert card(*pieces)["body"] == pieces
