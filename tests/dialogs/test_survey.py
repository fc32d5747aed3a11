"""How it went is asked of whoever had the problem, once for each resolution."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.scene import Scene
from handoff.effects import RecordSurvey
from handoff.people import Person
from tests.dialogs.lives import ADA, CAST, NUMBER, PAT, SAM, UGO, cast_in
from tests.dialogs.turns import only, press, read, verbs


def after_closing(who: Person = UGO, language: str = "en") -> Scene:
    cast = cast_in(language)
    return cast.seen_by(who, cast.closed())


@pytest.mark.parametrize("rating", ["1", "2", "3", "4", "5"])
def test_an_answer_is_recorded_with_the_resolution_that_it_is_about(rating: str) -> None:
    turn = press(after_closing(), "rate", case=NUMBER, round="1", rating=rating, words="  quick and kind ")

    assert only(turn) == RecordSurvey(NUMBER, 1, int(rating), "quick and kind")
    assert read(turn) == "Thank you for your answer."


def test_words_are_not_needed_and_endless_ones_are_cut() -> None:
    assert only(press(after_closing(), "rate", case=NUMBER, round="1", rating="4")) == RecordSurvey(NUMBER, 1, 4, "")
    endless = only(press(after_closing(), "rate", case=NUMBER, round="1", rating="4", words="x" * 9000))
    assert isinstance(endless, RecordSurvey)
    assert len(endless.words) == 4000


@pytest.mark.parametrize("rating", ["", "0", "6", "five", "-1", "5 "])
def test_a_missing_rating_is_asked_for_and_nothing_is_recorded(rating: str) -> None:
    turn = press(after_closing(), "rate", case=NUMBER, round="1", rating=rating, words="kind")

    assert turn.effects == ()
    assert "Please choose a rating from 1 to 5 first." in read(turn)
    assert verbs(turn) == ["rate"]


def test_a_second_answer_for_the_same_resolution_is_thanked_for_and_changes_nothing() -> None:
    scene = after_closing()
    turn = press(replace(scene, found=replace(scene.found, rated=True)), "rate", case=NUMBER, round="1", rating="1")

    assert turn.effects == ()
    assert "you have answered already" in read(turn)


@pytest.mark.parametrize("round_", ["0", "2", "", "one"])
def test_the_survey_of_another_resolution_records_nothing(round_: str) -> None:
    assert press(after_closing(), "rate", case=NUMBER, round=round_, rating="1").effects == ()


def test_a_reopened_case_that_is_solved_again_is_asked_about_again() -> None:
    again = CAST.closed()
    scene = CAST.seen_by(UGO, replace(again, case=replace(again.case, round=2)))

    assert only(press(scene, "rate", case=NUMBER, round="2", rating="5")) == RecordSurvey(NUMBER, 2, 5, "")


@pytest.mark.parametrize("who", [ADA, PAT, SAM], ids=lambda who: who.name)
def test_nobody_answers_for_the_person_who_had_the_problem(who: Person) -> None:
    turn = press(after_closing(who), "rate", case=NUMBER, round="1", rating="5")

    assert turn.effects == ()
    assert "There is no such case" in read(turn)


@pytest.mark.parametrize(("language", "title"), [("en", "How did it go"), ("fr", "Comment cela s’est-il passé")])
def test_who_confirms_their_own_case_is_asked_how_it_went(language: str, title: str) -> None:
    cast = cast_in(language)
    turn = press(cast.seen_by(UGO, cast.resolved()), "confirm", case=NUMBER)

    assert title in read(turn)
    assert verbs(turn) == ["rate"]


def test_who_confirms_for_somebody_else_is_not_asked() -> None:
    turn = press(CAST.seen_by(ADA, CAST.resolved()), "confirm", case=NUMBER)

    assert "rate" not in verbs(turn)
    assert "closed" in read(turn)
