"""What a step has to see is named before it is taken, and nothing else is looked up."""

from __future__ import annotations

import pytest

from dialogs.cases import DEEDS
from dialogs.lookup import LISTS, NOTHING, REACHING, Listing, Wanted, wanted
from dialogs.values import Incoming
from tests.dialogs.cards.scenes import knowledge

NUMBER = "T-7KM-2Q4X"
OF_A_CASE = ["case", *DEEDS, "escalate", "submit", "packet", "follow_up", "rate", "add"]
OF_NO_CASE = [
    "open",
    "answer",
    "choose",
    "other",
    "wrong",
    "person",
    "helped",
    "each",
    "one",
    "act_for",
    "leave",
    "cancel",
]


def of_text(text: str) -> Wanted:
    return wanted(Incoming("message", text=text), knowledge().commands)


def of_button(verb: str, **values: str) -> Wanted:
    return wanted(Incoming("action", verb=verb, values=values), knowledge().commands)


@pytest.mark.parametrize("verb", OF_A_CASE)
def test_a_button_of_a_case_wants_that_case_and_no_list(verb: str) -> None:
    assert of_button(verb, case=NUMBER) == Wanted(case=NUMBER, ends=verb in REACHING)


@pytest.mark.parametrize("verb", OF_NO_CASE)
def test_a_button_of_the_conversation_wants_nothing(verb: str) -> None:
    assert of_button(verb) == NOTHING


@pytest.mark.parametrize("number", ["", "T-7KM", "'; drop table cases", "T-7KM-2Q4O", "7KM-2Q4X"])
def test_a_forged_number_is_looked_up_nowhere(number: str) -> None:
    assert of_button("case", case=number) == NOTHING


@pytest.mark.parametrize(("verb", "which"), [(verb, LISTS[verb]) for verb in ("my_cases", "queue", "requests")])
def test_a_button_of_a_list_wants_that_list(verb: str, which: Listing) -> None:
    assert of_button(verb, case=NUMBER) == Wanted(cases=which)


@pytest.mark.parametrize("verb", ["organisation", "save_organisation"])
def test_the_settings_want_the_people_of_the_organisation(verb: str) -> None:
    assert of_button(verb) == Wanted(people=True)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("my cases", Wanted(cases="mine")),
        ("Mes dossiers !", Wanted(cases="mine")),
        ("solved", Wanted(cases="mine")),
        ("C’est résolu", Wanted(cases="mine")),
        ("waiting cases", Wanted(cases="first_line")),
        ("service requests", Wanted(cases="requests")),
        ("submit a service request", Wanted(cases="first_line", people=True)),
        ("soumettre une demande de service", Wanted(cases="first_line", people=True)),
        ("settings", Wanted(people=True)),
        ("help", NOTHING),
        ("talk to a person", NOTHING),
        ("yes", NOTHING),
    ],
)
def test_a_command_wants_what_it_shows(text: str, seen: Wanted) -> None:
    assert of_text(text) == seen


@pytest.mark.parametrize(
    "text", [NUMBER, "t 7km 2q4x", "T7KM2Q4X", "what about T-7KM-2Q4X?", "où en est le dossier t-7km-2q4x"]
)
def test_a_few_words_that_name_a_case_want_it(text: str) -> None:
    assert of_text(text) == Wanted(case=NUMBER)


def test_a_story_that_names_a_case_tells_of_something_and_looks_nothing_up() -> None:
    assert of_text("since you closed T-7KM-2Q4X nobody in our company can open the site any more") == NOTHING


@pytest.mark.parametrize("text", ["Outlook is broken", "", "😀"])
def test_a_problem_wants_nothing(text: str) -> None:
    assert of_text(text) == NOTHING


def test_an_arrival_wants_nothing() -> None:
    assert wanted(Incoming("arrival"), knowledge().commands) == NOTHING
