"""A case on the table: seen, listed and changed by whoever may; whoever may not learns nothing, not even that it exists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.cases import DEEDS
from dialogs.lookup import Found
from dialogs.scene import Scene
from dialogs.values import State
from handoff.life import legal_moves
from handoff.people import Person
from handoff.rulebook import Severity, Status
from tests.dialogs.lives import ADA, CAST, NUMBER, PAT, SAM, SUPPORT, UGO, Life
from tests.dialogs.turns import change, press, read, say, verbs

COLLEAGUE = Person("cal", "Cal")
UNKNOWN = CAST.seen_by(UGO)
STRANGERS = {
    "a colleague": CAST.seen_by(COLLEAGUE, CAST.taken()),
    "an agent, before it is a request": CAST.seen_by(SAM, CAST.taken()),
    "an administrator elsewhere": CAST.seen_by(ADA, CAST.taken(), tenant=SUPPORT),
    "a partner of another organisation": CAST.seen_by(PAT, CAST.taken(), tenant=SUPPORT),
    "the same id in another organisation": CAST.seen_by(UGO, CAST.taken(), tenant=SUPPORT),
}
INPUTS = {"words": "some words", "category": "identity", "severity": "A"}

every_stranger = pytest.mark.parametrize("who", STRANGERS)
every_button = pytest.mark.parametrize(
    "verb", ["case", *DEEDS, "escalate", "submit", "packet", "follow_up", "rate", "add"]
)


# seeing


@pytest.mark.parametrize("text", [NUMBER, NUMBER.lower(), "t 7km 2q4x", f"what about {NUMBER}?", f"et le {NUMBER}"])
def test_a_case_is_shown_to_who_names_it(text: str) -> None:
    turn = say(CAST.seen_by(UGO, CAST.taken()), text)

    assert NUMBER in read(turn)
    assert CAST.problem in read(turn)
    assert turn.state.case == NUMBER
    assert turn.effects == ()


@every_stranger
@every_button
def test_a_foreign_case_and_an_unknown_one_are_answered_with_the_same_words(who: str, verb: str) -> None:
    foreign = press(STRANGERS[who], verb, case=NUMBER, **INPUTS)

    assert foreign == press(UNKNOWN, verb, case=NUMBER, **INPUTS)
    assert foreign.effects == ()
    assert UNKNOWN.say("case-unknown") in read(foreign)


@every_stranger
@pytest.mark.parametrize("text", [NUMBER, f"what about {NUMBER}?", "t 7km 2q4x please"])
def test_a_foreign_number_that_is_typed_is_answered_like_an_unknown_one(who: str, text: str) -> None:
    foreign = say(STRANGERS[who], text)

    assert foreign == say(UNKNOWN, text)
    assert UNKNOWN.say("case-unknown") in read(foreign)


@pytest.mark.parametrize("text", ["cannot transfer any mail", "we didn't get them", "T-shirt orders fail"])
def test_words_that_only_look_like_a_number_are_a_problem(text: str) -> None:
    assert UNKNOWN.say("case-unknown") not in read(say(UNKNOWN, text))


def test_the_latest_events_are_told_with_who_did_what_and_what_they_said() -> None:
    told = read(say(CAST.seen_by(UGO, CAST.asked()), NUMBER))

    assert "Ada · takes care of it" in told
    assert "Ada · asks" in told
    assert CAST.words in told


# doing


@pytest.mark.parametrize(
    ("stage", "who", "verb", "status"),
    [
        ("fresh", ADA, "take", Status.WITH_ADMINISTRATOR),
        ("taken", UGO, "comment", Status.WITH_ADMINISTRATOR),
        ("taken", ADA, "ask", Status.WAITING),
        ("asked", UGO, "comment", Status.WITH_ADMINISTRATOR),
        ("request", SAM, "acknowledge", Status.ACKNOWLEDGED),
        ("acknowledged", SAM, "recategorise", Status.ACKNOWLEDGED),
        ("acknowledged", SAM, "grade", Status.ACKNOWLEDGED),
        ("acknowledged", SAM, "resolve", Status.RESOLVED),
        ("resolved", UGO, "confirm", Status.CLOSED),
        ("resolved", UGO, "dispute", Status.REOPENED),
        ("closed", ADA, "reopen", Status.REOPENED),
    ],
)
def test_a_button_makes_its_move_and_shows_what_came_of_it(stage: str, who: Person, verb: str, status: Status) -> None:
    life: Life = getattr(CAST, stage)()

    turn = press(CAST.seen_by(who, life), verb, case=NUMBER, **INPUTS)

    made = change(turn)
    assert (made.change.case.status, made.change.event.by, made.key) == (status, who, "pressed")
    assert NUMBER in read(turn)
    assert turn.state.case == ("" if status is Status.CLOSED else NUMBER)


@pytest.mark.parametrize(("verb", "changed"), [("recategorise", ("identity", "B")), ("grade", ("exchange", "A"))])
def test_support_corrects_what_was_proposed(verb: str, changed: tuple[str, str]) -> None:
    case = change(press(CAST.seen_by(SAM, CAST.acknowledged()), verb, case=NUMBER, **INPUTS)).change.case

    assert (case.category, case.severity) == changed


def test_a_second_press_of_one_button_shows_what_the_first_one_did() -> None:
    scene = CAST.seen_by(ADA, CAST.taken())
    scene = replace(scene, found=replace(scene.found, done=True))

    turn = press(scene, "take", case=NUMBER)

    assert turn.effects == ()
    assert "with an administrator" in read(turn)


@pytest.mark.parametrize("verb", ["comment", "ask", "resolve"])
@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_move_that_needs_words_asks_for_them_and_changes_nothing(verb: str, words: str) -> None:
    turn = press(CAST.seen_by(ADA, CAST.taken()), verb, case=NUMBER, words=words)

    assert turn.effects == ()
    assert "Please write a few words first." in read(turn)


@pytest.mark.parametrize(
    ("verb", "value", "why"),
    [
        ("recategorise", {"category": "nonsense"}, "There is no such category."),
        ("grade", {"severity": "Z"}, "The severity is A, B or C."),
    ],
)
def test_a_value_that_does_not_exist_is_refused_with_the_case(verb: str, value: dict[str, str], why: str) -> None:
    turn = press(CAST.seen_by(SAM, CAST.acknowledged()), verb, case=NUMBER, **value)

    assert turn.effects == ()
    assert why in read(turn)


@pytest.mark.parametrize("stage", ["fresh", "taken", "asked", "request", "acknowledged", "resolved", "closed"])
@pytest.mark.parametrize("who", [UGO, ADA, SAM, PAT], ids=lambda who: who.name)
def test_the_buttons_of_a_card_are_what_this_person_may_do(stage: str, who: Person) -> None:
    scene = CAST.seen_by(who, getattr(CAST, stage)())
    if not verbs(press(scene, "case", case=NUMBER)):
        return

    assert scene.found.case is not None
    offered = [verb for verb in verbs(press(scene, "case", case=NUMBER)) if verb not in ("packet", "talk")]
    assert sorted(offered) == sorted(legal_moves(scene.actor, scene.found.case))


@pytest.mark.parametrize("stage", ["fresh", "taken", "asked", "request", "acknowledged", "resolved", "closed"])
@pytest.mark.parametrize("who", [UGO, ADA, SAM, PAT], ids=lambda who: who.name)
@pytest.mark.parametrize("verb", DEEDS)
def test_a_move_that_is_not_offered_is_refused_in_words(stage: str, who: Person, verb: str) -> None:
    scene = CAST.seen_by(who, getattr(CAST, stage)())
    assert scene.found.case is not None
    if verb in legal_moves(scene.actor, scene.found.case):
        return

    turn = press(scene, verb, case=NUMBER, **INPUTS)

    assert turn.effects == ()
    refusals = (f"You cannot {scene.say(f'verb-{verb}')} here", f"One cannot {scene.say(f'verb-{verb}')} while")
    assert any(words in read(turn) for words in (*refusals, scene.say("case-unknown")))


def test_whoever_may_not_is_told_who_may() -> None:
    told = read(press(CAST.seen_by(UGO, CAST.taken()), "resolve", case=NUMBER, words="done"))

    assert "You cannot say that it is solved here" in told
    assert "your administrators, your delegated partner, support agents" in told


def test_what_is_not_possible_now_is_answered_with_what_is() -> None:
    told = read(press(CAST.seen_by(UGO, CAST.taken()), "dispute", case=NUMBER, words="no"))

    assert "while the case is “with an administrator”" in told
    assert "Possible now: add something, confirm that it is solved." in told


def test_a_case_that_was_closed_too_long_ago_names_the_day_until_which_it_was_possible() -> None:
    turn = press(CAST.seen_by(ADA, CAST.closed(days=15)), "reopen", case=NUMBER, words="again")

    assert turn.effects == ()
    assert "could be opened again until Nov 22, 13:00" in read(turn)
    assert "follow_up" in verbs(turn)


def test_a_severity_set_by_support_is_told_as_such() -> None:
    turn = press(CAST.seen_by(SAM, CAST.acknowledged()), "grade", case=NUMBER, severity="A")

    assert change(turn).change.case.severity is Severity.A
    assert "A, critical — set by support" in read(turn)


# lists and "solved"


def with_cases(who: Person, *lives: Life) -> Scene:
    """A turn for which these cases have been listed."""
    return replace(CAST.seen_by(who), found=Found(cases=tuple(one.case for one in lives)))


def test_one_s_cases_are_listed_with_where_they_stand() -> None:
    told = read(say(with_cases(UGO, CAST.asked(), CAST.fresh("T-333-3333", category="billing")), "my cases"))

    assert "Your cases" in told
    assert f"**{NUMBER} · waiting for an answer · B**" in told
    assert "**T-333-3333 · new · B**" in told


def test_a_list_of_none_says_so() -> None:
    assert "There are none." in read(say(with_cases(UGO), "my cases"))


@pytest.mark.parametrize(
    ("text", "title"), [("waiting cases", "Cases of Contoso"), ("service requests", "Service requests")]
)
@pytest.mark.parametrize("who", [ADA, PAT], ids=lambda who: who.name)
def test_who_administers_sees_the_lists_of_the_organisation(text: str, title: str, who: Person) -> None:
    assert title in read(say(with_cases(who, CAST.request()), text))


def test_an_agent_sees_the_service_requests_and_no_first_line() -> None:
    scene = with_cases(SAM, CAST.request())

    assert NUMBER in read(say(scene, "service requests"))
    assert NUMBER not in read(say(scene, "waiting cases"))


@pytest.mark.parametrize("text", ["waiting cases", "service requests"])
def test_an_end_user_is_told_for_whom_a_list_is(text: str) -> None:
    told = read(say(with_cases(UGO, CAST.request()), text))

    assert NUMBER not in told
    assert "This is for: your administrators, your delegated partner" in told


def test_solved_confirms_the_one_case_that_is_open_and_asks_how_it_went() -> None:
    turn = say(with_cases(UGO, CAST.resolved(), CAST.closed(number="T-333-3333")), "solved")

    assert (change(turn).change.case.number, change(turn).change.event.verb) == (NUMBER, "confirm")
    assert f"How did it go with case {NUMBER}?" in read(turn)
    assert verbs(turn) == ["rate"]


def test_solved_with_several_open_cases_asks_which() -> None:
    turn = say(with_cases(UGO, CAST.resolved(), CAST.taken(number="T-333-3333")), "solved")

    assert turn.effects == ()
    assert "T-333-3333" in read(turn)


def test_solved_with_none_says_that_there_is_none() -> None:
    assert "There are none." in read(say(with_cases(UGO), "it works again", State()))
