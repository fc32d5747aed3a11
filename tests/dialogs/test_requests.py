"""From a case to a service request: the form, what was wrong with it, its text, the one that follows, and who may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.lookup import Found
from dialogs.scene import Scene
from handoff import life
from handoff.case import Decider, Holder, Judgement
from handoff.packet import FIELD_LENGTH, TITLE_LENGTH
from handoff.people import Person
from handoff.rulebook import Severity, Status
from tests.dialogs.lives import ADA, CAST, NOW, NUMBER, PAT, SAM, UGO, Life, cast_in
from tests.dialogs.turns import change, fields, opening, press, read, say, verbs
from tests.fakes import cards

GOOD = {
    "title": "Mail is down",
    "description": "Nobody gets mail",
    "contact": "Ada",
    "category": "exchange",
    "severity": "A",
}
FIELDS = {
    "category",
    "severity",
    "title",
    "description",
    "affected",
    "since",
    "tried",
    "workaround",
    "contact",
    "health",
}
OPEN = ["fresh", "taken", "asked"]


def told_more() -> Life:
    """The user has added a detail, and the administrator has tried something."""
    answered = Judgement(answers={"people": "several", "work": "workaround"})
    of = CAST.then(CAST.taken(judgement=answered), UGO, life.comment, "It began on Tuesday")
    return CAST.then(of, ADA, life.ask, "I restarted the server. Better?")


# the form


@pytest.mark.parametrize("stage", OPEN)
@pytest.mark.parametrize("who", [ADA, PAT], ids=lambda who: who.name)
def test_the_form_is_shown_to_who_may_submit_and_nothing_has_happened_yet(stage: str, who: Person) -> None:
    turn = press(CAST.seen_by(who, getattr(CAST, stage)()), "escalate", case=NUMBER)

    assert turn.effects == ()
    assert fields(turn).keys() == FIELDS
    assert verbs(turn) == ["submit", "case"]


def test_the_form_is_filled_in_with_all_that_was_gathered() -> None:
    filled = fields(press(CAST.seen_by(ADA, told_more()), "escalate", case=NUMBER))

    assert filled["title"] == CAST.problem
    assert filled["description"] == f"{CAST.problem}\nIt began on Tuesday"
    assert filled["tried"] == "I restarted the server. Better?"
    assert filled["contact"] == "Ada, Ugo"
    assert (filled["affected"], filled["workaround"]) == ("Several people", "Yes, there is a workaround")
    assert (filled["category"], filled["severity"]) == ("exchange", "B")


def test_an_endless_story_is_cut_to_what_a_field_takes() -> None:
    endless = CAST.taken(description="word " * 4000)
    filled = fields(press(CAST.seen_by(ADA, endless), "escalate", case=NUMBER))

    assert len(filled["description"]) <= FIELD_LENGTH
    assert len(filled["title"]) <= TITLE_LENGTH


def test_a_case_without_a_category_chooses_none_by_itself() -> None:
    unsaid = CAST.fresh(category=None, severity=None, wants_a_person=True)
    filled = fields(press(CAST.seen_by(ADA, unsaid), "escalate", case=NUMBER))

    assert (filled["category"], filled["severity"]) == ("", "B")


def test_only_what_support_takes_can_be_chosen() -> None:
    turn = press(CAST.seen_by(ADA, CAST.taken()), "escalate", case=NUMBER)
    offered = [one["value"] for one in cards.fields(turn.messages[-1].card or {})["category"]["choices"]]

    assert "network" not in offered
    assert len(offered) == 10


@pytest.mark.parametrize("verb", ["escalate", "submit"])
def test_an_end_user_is_told_who_submits_service_requests(verb: str) -> None:
    turn = press(CAST.seen_by(UGO, CAST.taken()), verb, case=NUMBER, **GOOD)

    assert turn.effects == ()
    assert "You cannot submit a service request here. This is for: your administrators" in read(turn)


@pytest.mark.parametrize("verb", ["escalate", "submit"])
@pytest.mark.parametrize("stage", ["request", "resolved", "closed"])
def test_what_is_with_support_is_not_submitted_again(verb: str, stage: str) -> None:
    turn = press(CAST.seen_by(ADA, getattr(CAST, stage)()), verb, case=NUMBER, **GOOD)

    assert turn.effects == ()
    assert "One cannot submit a service request while the case is" in read(turn)


# submitting


@pytest.mark.parametrize("stage", OPEN)
def test_a_submitted_form_makes_the_case_a_service_request_and_starts_its_clock(stage: str) -> None:
    made = change(press(CAST.seen_by(ADA, getattr(CAST, stage)()), "submit", case=NUMBER, since="Tuesday", **GOOD))

    case = made.change.case
    assert (case.status, case.holder, case.severity) == (Status.ESCALATED, Holder.SUPPORT, Severity.A)
    assert case.clock.running_since == NOW
    assert case.packet
    assert (case.packet.title, case.packet.since) == ("Mail is down", "Tuesday")
    assert made.key == "pressed"


def test_a_severity_left_as_it_was_is_still_whose_it_was_and_another_is_the_person_s() -> None:
    scene = CAST.seen_by(ADA, CAST.taken())
    left = change(press(scene, "submit", case=NUMBER, **{**GOOD, "severity": "B"})).change.case
    raised = change(press(scene, "submit", case=NUMBER, **GOOD)).change.case

    assert (left.severity_by, raised.severity_by) == (Decider.CLASSIFIER, Decider.PERSON)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "Title: this is needed"),
        ({"title": "x" * 130}, "Title: this is too long"),
        ({"description": ""}, "Description: this is needed"),
        ({"contact": ""}, "Contact: this is needed"),
        ({"category": "nonsense"}, "Category: this does not exist"),
        ({"category": "network"}, "Category: support does not take this category"),
        ({"severity": "Z"}, "Severity: this does not exist"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_entered_is_kept(wrong: dict[str, str], said: str) -> None:
    entered = {**GOOD, "since": "last Tuesday", "health": "EX123456", **wrong}

    turn = press(CAST.seen_by(ADA, CAST.taken()), "submit", case=NUMBER, **entered)

    assert turn.effects == ()
    assert said in read(turn)
    offered = {name: value.strip() for name, value in entered.items() if value not in ("nonsense", "network", "Z")}
    assert {name: fields(turn)[name] for name in offered} == offered


def test_everything_that_is_wrong_is_said_at_once() -> None:
    told = read(press(CAST.seen_by(ADA, CAST.taken()), "submit", case=NUMBER, title="", contact="", severity="Z"))

    assert all(f"- {field}: " in told for field in ("Title", "Contact", "Severity"))


def test_a_form_that_was_sent_twice_is_submitted_once() -> None:
    scene = CAST.seen_by(ADA, CAST.request())
    turn = press(replace(scene, found=replace(scene.found, done=True)), "submit", case=NUMBER, **GOOD)

    assert turn.effects == ()
    assert "passed on to support" in read(turn)


# the text of a request


@pytest.mark.parametrize("who", [UGO, ADA, SAM], ids=lambda who: who.name)
def test_a_request_can_be_read_as_text_to_paste(who: Person) -> None:
    told = read(press(CAST.seen_by(who, CAST.request()), "packet", case=NUMBER))

    assert f"Case: {NUMBER}" in told
    assert "Category: Exchange Online and mail" in told
    assert "Severity: B, high (proposed from the words used)" in told
    assert "Since when: not stated" in told
    assert "Language: English" in told


def test_a_request_in_french_is_read_in_french() -> None:
    cast = cast_in("fr")
    told = read(press(cast.seen_by(ADA, cast.request()), "packet", case=NUMBER))

    assert "Gravité" in told
    assert "Langue\N{NO-BREAK SPACE}: français" in told


def test_a_case_that_is_no_request_has_no_text() -> None:
    assert "There is no such case" in read(press(CAST.seen_by(ADA, CAST.taken()), "packet", case=NUMBER))


# a new one that follows


def following(scene: Scene) -> Scene:
    return replace(scene, number="T-333-3333")


def test_a_request_closed_too_long_ago_is_followed_by_a_new_one_that_says_why() -> None:
    turn = press(following(CAST.seen_by(ADA, CAST.closed(days=15))), "follow_up", case=NUMBER)

    effect = opening(turn)
    assert (effect.case.number, effect.case.follows, effect.case.key) == ("T-333-3333", NUMBER, "pressed")
    assert effect.case.status is Status.ESCALATED
    assert [event.verb for event in effect.also] == ["escalate"]
    assert effect.case.packet
    assert f"Follows case {NUMBER}, which was closed more than 14 days ago" in effect.case.packet.description
    assert NUMBER in read(turn)
    assert "T-333-3333" in read(turn)


def test_a_second_press_finds_the_one_that_was_opened() -> None:
    scene = replace(CAST.seen_by(ADA, CAST.closed(days=15)), opened="T-333-3333")
    turn = press(scene, "follow_up", case=NUMBER)

    assert turn.effects == ()
    assert "T-333-3333" in read(turn)


@pytest.mark.parametrize("of", [CAST.request(), CAST.resolved(), CAST.closed(days=13), CAST.closed_at_home(days=15)])
def test_what_lives_or_may_be_opened_again_or_was_no_request_is_not_followed(of: Life) -> None:
    turn = press(CAST.seen_by(ADA, of), "follow_up", case=NUMBER)

    assert turn.effects == ()
    assert "One cannot open a request that follows it while the case is" in read(turn)


@pytest.mark.parametrize("who", [UGO, SAM], ids=lambda who: who.name)
def test_only_who_may_submit_follows_up(who: Person) -> None:
    turn = press(CAST.seen_by(who, CAST.closed(days=15)), "follow_up", case=NUMBER)

    assert turn.effects == ()
    assert "You cannot open a request that follows it here" in read(turn)


def test_what_support_has_found_to_be_no_business_of_its_own_is_not_followed() -> None:
    closed = CAST.closed(days=15)
    turn = press(
        CAST.seen_by(ADA, replace(closed, case=replace(closed.case, category="network"))), "follow_up", case=NUMBER
    )

    assert turn.effects == ()
    assert "Support does not take cases of this category." in read(turn)


# asked for in words


def asks(who: Person, *lives: Life, named: tuple[Person, ...] = (ADA,)) -> Scene:
    found = Found(cases=tuple(one.case for one in lives), people=named, administrators=tuple(one.id for one in named))
    return replace(CAST.seen_by(who), found=found)


def test_an_administrator_who_wants_a_service_request_chooses_the_case() -> None:
    turn = say(asks(ADA, CAST.taken()), "submit a service request")

    assert turn.effects == ()
    assert "Which case shall go to support?" in read(turn)
    assert NUMBER in read(turn)


def test_an_end_user_is_told_who_can_and_a_comment_goes_on_their_case() -> None:
    turn = say(asks(UGO, CAST.taken()), "submit a service request")

    made = change(turn)
    assert "Only your administrators submit service requests: Ada." in read(turn)
    assert f"I have told them for case {NUMBER}." in read(turn)
    assert (made.change.event.verb, made.change.event.words) == ("comment", "Asks that this be passed on to support.")
    assert made.change.case.holder is Holder.ADMINISTRATORS


def test_an_end_user_without_a_case_is_told_who_can_and_how_to_begin() -> None:
    turn = say(asks(UGO), "submit a service request")

    assert turn.effects == ()
    assert "Only your administrators submit service requests: Ada. Describe the problem here" in read(turn)


def test_many_administrators_are_not_all_named() -> None:
    many = tuple(replace(ADA, id=f"ada{number}", name=f"Ada the {number}th of her name") for number in range(100))

    assert "Only your administrators submit service requests: Ada the 0th" in read(
        say(asks(UGO, named=many), "escalate")
    )


def test_an_organisation_that_has_named_nobody_says_so() -> None:
    assert "nobody is named in Triage" in read(say(asks(UGO, named=()), "contact microsoft"))
