"""Several problems in one message are several cases, if the person says so; words beside a case are its own, if they say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.scene import Scene
from dialogs.values import Reading, State, Turn
from handoff.effects import ChangeCase, OpenCase, RecordLabel
from tests.dialogs.cards.scenes import scene
from tests.dialogs.lives import CAST, NUMBER, UGO
from tests.dialogs.turns import certain, change, press, read, say, unclear, verbs

SITE, BILL, WIFI = "nobody can open the HR site", "the last invoice is wrong", "the wifi on floor two is slow"
BOTH, ALL = f"{SITE} and {BILL}", f"{SITE} and {WIFI} and {BILL}"
HEARD = {
    SITE: certain(SITE, "sharepoint", A=1.0),
    BILL: certain(BILL, "billing", C=1.0),
    WIFI: certain(WIFI, "network"),
}


def mostly(text: str, category: str) -> Reading:
    """A reading that leaves room for a second thing."""
    return replace(certain(text, category), categories={category: 0.9, "billing": 0.1})


def heard(whole: str, *parts: str, category: str = "sharepoint") -> tuple[Reading, ...]:
    """The readings of a message and of its parts."""
    return (mostly(whole, category), *(HEARD[part] for part in parts))


def offered(in_: Scene, whole: str = BOTH, *parts: str) -> Turn:
    return say(in_, whole, State(), *heard(whole, *(parts or (SITE, BILL))))


def after(in_: Scene, token: str) -> Scene:
    """The next turn, with a token and a number of its own."""
    return replace(in_, token=token, number=f"T-{token[:3]}-{token[:4]}")


def opened(turn: Turn) -> list[str]:
    return [effect.case.description for effect in turn.effects if isinstance(effect, OpenCase)]


def token_of(turn: Turn) -> str:
    assert turn.state.draft is not None
    return turn.state.draft.token


def test_two_problems_are_offered_as_two_cases() -> None:
    turn = offered(scene())

    assert "I see 2 different problems" in read(turn)
    assert "SharePoint Online" in read(turn)
    assert "Billing" in read(turn)
    assert verbs(turn) == ["each", "one", "person", "cancel"]
    assert turn.effects == ()


def test_two_parts_about_the_same_thing_are_one_problem() -> None:
    same = certain(BILL, "sharepoint")
    turn = say(scene(), BOTH, State(), certain(BOTH, "sharepoint"), HEARD[SITE], same)

    assert turn.state.asked == "proposal"


def test_a_part_that_says_too_little_is_no_problem_of_its_own() -> None:
    turn = say(scene(), BOTH, State(), certain(BOTH, "sharepoint"), HEARD[SITE], unclear(BILL))

    assert turn.state.asked == "proposal"


def test_they_are_taken_one_after_the_other() -> None:
    in_ = scene()
    first = press(after(in_, "222222"), "each", offered(in_).state, token="token-2")
    second = press(after(in_, "333333"), "open", first.state, token="222222")
    last = press(after(in_, "444444"), "open", second.state, token=token_of(second))

    assert SITE in read(first)
    assert BILL not in read(first)
    assert opened(second) == [SITE]
    assert "Case T-333-3333 is open" in read(second)
    assert BILL in read(second)
    assert opened(last) == [BILL]
    assert (last.state.draft, last.state.later) == (None, ())


@pytest.mark.parametrize("words", ["cancel", "solved", "annuler"])
def test_the_next_one_follows_whatever_became_of_the_first(words: str) -> None:
    in_ = scene()
    first = press(after(in_, "222222"), "each", offered(in_).state, token="token-2")

    turn = say(after(in_, "333333"), words, first.state)

    assert opened(turn) == []
    assert BILL in read(turn)
    assert turn.state.draft is not None
    assert turn.state.draft.category == "billing"


def test_a_part_that_is_not_ours_is_shown_its_way_out_and_the_next_one_follows() -> None:
    in_ = scene()
    first = press(after(in_, "222222"), "each", offered(in_, ALL, SITE, WIFI, BILL).state, token="token-2")

    turn = press(after(in_, "333333"), "open", first.state, token="222222")

    assert opened(turn) == [SITE]
    assert "This one belongs to your network team" in read(turn)
    assert BILL in read(turn)
    assert turn.state.draft is not None
    assert (turn.state.draft.category, turn.state.later) == ("billing", ())


def test_contradicting_a_way_out_says_nothing_about_the_problem_after_it() -> None:
    in_ = scene()
    whole = f"{WIFI} and {BILL}"
    turn = press(after(in_, "222222"), "each", offered(in_, whole, WIFI, BILL).state, token="token-2")
    way_out = turn.messages[0]
    assert "wrong" in verbs(way_out)
    assert token_of(turn) not in str(way_out.card)

    wrong = press(after(in_, "333333"), "wrong", turn.state, token="222222")

    assert not [effect for effect in wrong.effects if isinstance(effect, RecordLabel)]


def test_one_problem_goes_on_with_the_whole() -> None:
    in_ = scene()
    turn = press(after(in_, "222222"), "one", offered(in_).state, token="token-2")
    case = press(after(in_, "333333"), "open", turn.state, token="222222")

    assert BOTH in read(turn)
    assert opened(case) == [BOTH]
    assert case.state.later == ()


@pytest.mark.parametrize("verb", ["person", "cancel"])
def test_the_way_out_of_the_question_is_the_way_out_of_all_of_them(verb: str) -> None:
    in_ = scene()
    turn = press(after(in_, "222222"), verb, offered(in_).state, token="token-2")

    assert opened(turn) == ([BOTH] if verb == "person" else [])
    assert (turn.state.draft, turn.state.later) == (None, ())


def test_a_new_problem_instead_of_an_answer_sets_them_aside() -> None:
    other = "Outlook crashes on my laptop"
    turn = say(scene(), other, offered(scene()).state, certain(other, "office_apps"))

    assert turn.state.later == ()
    assert turn.state.draft is not None
    assert turn.state.draft.text == other


def test_an_aside_shows_the_question_again() -> None:
    asked = offered(scene())

    assert say(after(scene(), "222222"), "help", asked.state).state == asked.state


# words beside a case


MORE = "it was the same last week"


def beside(in_: Scene, text: str = MORE, state: State | None = None) -> Turn:
    """Words that are no clear problem, while a case is on the table."""
    return say(in_, text, state or State(case=NUMBER), unclear(text))


def test_words_beside_a_case_are_asked_whether_they_belong_to_it() -> None:
    turn = beside(scene())

    assert f"Does this belong to case {NUMBER}?" in read(turn)
    assert MORE in read(turn)
    assert verbs(turn) == ["add", "new_problem", "leave"]


def test_words_of_somebody_who_is_waited_for_are_asked_about_too() -> None:
    assert f"Does this belong to case {NUMBER}?" in read(beside(replace(scene(), unanswered=NUMBER), state=State()))


def test_a_clear_problem_beside_a_case_is_a_new_one() -> None:
    assert say(scene(), SITE, State(case=NUMBER), HEARD[SITE]).state.asked == "proposal"


def test_they_are_added_to_the_case() -> None:
    asked = beside(scene())

    turn = press(CAST.seen_by(UGO, CAST.asked()), "add", asked.state, case=NUMBER)

    made = change(turn)
    assert (made.change.event.verb, made.change.event.words) == ("answer", MORE)
    assert (turn.state.asked, turn.state.said, turn.state.case) == ("", "", NUMBER)


def test_a_second_press_adds_nothing() -> None:
    asked = beside(scene())
    added = press(CAST.seen_by(UGO, CAST.asked()), "add", asked.state, case=NUMBER)

    assert press(CAST.seen_by(UGO, CAST.taken()), "add", added.state, case=NUMBER).effects == ()


def test_or_they_are_a_new_problem() -> None:
    asked = beside(scene())

    turn = press(scene(), "new_problem", asked.state, unclear(MORE))

    assert (turn.state.asked, turn.state.case) == ("detail", "")
    assert "Tell me a little more" in read(turn)


def test_or_they_are_nothing() -> None:
    turn = press(scene(), "leave", beside(scene()).state)

    assert read(turn) == "Nothing was changed."
    assert (turn.state.asked, turn.state.said, turn.effects) == ("", "", ())


@pytest.mark.parametrize("typed", ["yes", "no", "help", "oui", "merci"])
def test_typing_something_else_shows_the_question_again(typed: str) -> None:
    asked = beside(scene())

    again = say(after(scene(), "222222"), typed, asked.state)

    assert (again.state.asked, again.state.said, again.state.case) == ("whose", MORE, NUMBER)
    assert verbs(again) == ["add", "new_problem", "leave"]
    assert not [effect for effect in again.effects if isinstance(effect, ChangeCase)]


def test_a_message_that_is_surely_about_one_thing_is_not_taken_apart() -> None:
    turn = say(scene(), BOTH, State(), certain(BOTH, "sharepoint"), HEARD[SITE], HEARD[BILL])
    assert turn.state.asked != "several"


def test_a_message_that_says_that_another_thing_follows_is_taken_apart_in_any_case() -> None:
    whole = f"{SITE}. Also, {BILL}"
    turn = say(scene(), whole, State(), certain(whole, "sharepoint"), HEARD[SITE], HEARD[BILL])
    assert turn.state.asked == "several"
