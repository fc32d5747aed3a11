"""Every refusal has words: who may, what is possible instead, until when it was, what is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.refusals import words_for
from dialogs.words import LANGUAGES
from handoff.authority import who_may
from handoff.errors import IllegalMove, NotAllowed, Refused, TooLate, Unfit
from handoff.rulebook import Status
from tests.dialogs import spoilt
from tests.dialogs.lives import CAST, NOW, RULES, UGO

every_language = pytest.mark.parametrize("language", LANGUAGES)
UNFIT = spoilt.problems(spoilt.moves)


def told(refusal: Refused, language: str = "en") -> str:
    return words_for(refusal, CAST.seen_by(UGO, language=language))


@every_language
@pytest.mark.parametrize("verb", RULES.authority)
def test_whoever_may_not_is_told_who_may(verb: str, language: str) -> None:
    assert told(NotAllowed(verb, who_may(RULES, verb)), language)


def test_the_roles_are_named_as_people_know_them() -> None:
    assert told(NotAllowed("grade", who_may(RULES, "grade"))) == (
        "You cannot change the severity here. This is for: support agents. Nothing was changed."
    )


@every_language
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", sorted(set(RULES.authority) & set(RULES.moves)))
def test_what_is_not_possible_now_is_answered_in_any_status(verb: str, status: Status, language: str) -> None:
    assert told(IllegalMove(verb, status, ("comment", "confirm")), language)


def test_where_nothing_is_possible_nothing_is_offered() -> None:
    assert told(IllegalMove("take", Status.CLOSED, ())) == (
        "One cannot take care of it while the case is “closed”. Nothing was changed."
    )


@pytest.mark.parametrize(("language", "moment"), [("en", "Nov 22, 13:00"), ("fr", "22 nov., 13:00")])
def test_too_late_is_told_by_the_clock_of_the_organisation(language: str, moment: str) -> None:
    assert moment in told(TooLate(NOW - timedelta(days=1)), language)


@every_language
@pytest.mark.parametrize("problem", UNFIT, ids="-".join)
def test_whatever_is_unfit_is_said(problem: tuple[str, str], language: str) -> None:
    assert told(UNFIT[problem], language)


def test_several_things_that_are_unfit_are_said_together() -> None:
    both = told(Unfit({"category": "missing", "severity": "missing"}))
    assert both == "Please choose a category. Please choose a severity: A, B or C."
