"""Answers that are typed instead of tapped, in either language, by name, by number, or in one's usual words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.commands import plain
from dialogs.prompts import typed_answer, typed_category, typed_severity
from dialogs.words import LANGUAGES
from tests.dialogs.cards.scenes import knowledge, scene

QUESTIONS = {question.id: question.answers for question in knowledge().rules.questions.values()}
ANSWERS = [(question, answer) for question, answers in QUESTIONS.items() for answer in answers]

every_answer = pytest.mark.parametrize(("question", "answer"), ANSWERS)
every_language = pytest.mark.parametrize("language", LANGUAGES)
spoken_in = pytest.mark.parametrize("spoken", LANGUAGES)


def titles(question: str, answer: str, language: str) -> list[str]:
    say = scene(language).say
    return [say(f"answer-{question}-{answer}"), *say(f"answer-{question}-{answer}-also").split("|")]


@every_answer
@every_language
@spoken_in
def test_an_answer_is_understood_in_either_language_whichever_is_spoken(
    question: str, answer: str, language: str, spoken: str
) -> None:
    for title in titles(question, answer, language):
        for typed in (title, title.upper(), f" {title} !"):
            assert typed_answer(typed, question, scene(spoken)) == answer, typed


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_words_mean_two_answers(question: str) -> None:
    meanings: dict[str, set[str]] = {}
    for answer in QUESTIONS[question]:
        for language in LANGUAGES:
            for title in titles(question, answer, language):
                meanings.setdefault(plain(title), set()).add(answer)
    assert {title: sorted(found) for title, found in meanings.items() if len(found) > 1} == {}


@every_answer
def test_an_answer_is_understood_by_its_number(question: str, answer: str) -> None:
    number = QUESTIONS[question].index(answer) + 1
    assert typed_answer(f"{number}", question, scene()) == answer
    assert typed_answer(f" {number}. ", question, scene("fr")) == answer


@pytest.mark.parametrize("text", ["0", "4", "-", "", "99999999999999999999", "1.5", "12", "three hundred", "maybe"])
def test_what_is_no_answer_is_none(text: str) -> None:
    assert typed_answer(text, "people", scene()) is None


@given(st.text())
@example("፩")
@example("²")
@example("9" * 5000)
def test_no_text_at_all_breaks_a_question(text: str) -> None:
    for question, answers in QUESTIONS.items():
        assert typed_answer(text, question, scene()) in (None, *answers)


@given(st.text())
def test_no_text_at_all_breaks_a_choice(text: str) -> None:
    assert typed_category(text, scene()) in (None, *knowledge().rules.categories)
    assert typed_severity(text) in (None, "A", "B", "C")


@pytest.mark.parametrize("category", knowledge().rules.categories)
@every_language
@spoken_in
def test_a_category_is_understood_by_its_name_in_either_language(category: str, language: str, spoken: str) -> None:
    name = scene(language).say(f"category-{category}")
    assert typed_category(name, scene(spoken)) == category
    assert typed_category(f"{name.upper()}.", scene(spoken)) == category


@pytest.mark.parametrize("text", ["", "mail", "category", "Exchange Online and mail is down", "exchange"])
def test_what_is_no_name_of_a_category_is_none(text: str) -> None:
    assert typed_category(text, scene()) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("B", "B"),
        ("severity a", "A"),
        ("Severity: C", "C"),
        ("gravité b", "B"),
        ("Gravité : A !", "A"),
        ("sévérité c", "C"),
        ("niveau B", "B"),
        ("level a", "A"),
    ],
)
def test_a_level_is_understood_as_a_correction(text: str, level: str) -> None:
    assert typed_severity(text) == level


@pytest.mark.parametrize("text", ["", "D", "severity", "severity d", "a problem", "plan B or C", "il y a", "AB"])
def test_what_is_no_level_is_none(text: str) -> None:
    assert typed_severity(text) is None
