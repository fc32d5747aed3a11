"""Who is told that a case has changed: everybody whom it concerns, once, in their language, and with what they may do about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.lookup import Found
from dialogs.notices import OPENED, Recipient, audiences, notices
from dialogs.values import Message
from handoff.life import legal_moves
from handoff.people import Person, Role
from handoff.rulebook import Audience
from tests.dialogs.cards.life_gallery import EVENTS, happened
from tests.dialogs.cards.scenes import scene
from tests.dialogs.lives import ADA, CAST, CONTOSO, PAT, RULES, SAM, UGO
from tests.dialogs.turns import verbs
from tests.fakes import cards
from tests.players import said

BEA = Person("bea", "Bea", Role.ADMINISTRATOR)
EVERYBODY = [
    Recipient(UGO, Audience.REQUESTER, "en"),
    Recipient(ADA, Audience.ADMINISTRATORS, "fr"),
    Recipient(BEA, Audience.ADMINISTRATORS, "en"),
    Recipient(PAT, Audience.ADMINISTRATORS, "en"),
    Recipient(SAM, Audience.AGENTS, "fr"),
]
ADMINISTRATORS = {"Ada", "Bea", "Pat"}
SILENT = (OPENED, "warning", "missed", "unclaimed", "said")  # what nobody said or did, or what the whole card tells

every_event = pytest.mark.parametrize("verb", sorted(EVENTS))


def told(verb: str, recipients: list[Recipient] | None = None, by: Person | None = None) -> dict[str, Message]:
    """What everybody is told of an event, by their names."""
    life, event = happened(verb, CAST)
    event = replace(event, by=by) if by else event
    found = notices(life.case, CONTOSO, event, EVERYBODY if recipients is None else recipients, scene())
    return {recipient.person.name: message for recipient, message in found}


@pytest.mark.parametrize(
    ("verb", "names"),
    [
        (OPENED, ADMINISTRATORS),
        ("take", {"Ugo"}),
        ("ask", {"Ugo"}),
        ("escalate", {"Ugo", "Sam"}),
        ("acknowledge", {"Ugo", *ADMINISTRATORS}),
        ("answer", {"Sam", *ADMINISTRATORS}),
        ("comment", {"Ugo", "Sam", *ADMINISTRATORS}),
        ("recategorise", {"Ugo", *ADMINISTRATORS}),
        ("grade", {"Ugo", *ADMINISTRATORS}),
        ("resolve", {"Ugo", *ADMINISTRATORS}),
        ("expire", {"Ugo"}),
        ("reopen", {"Ugo", "Sam", *ADMINISTRATORS}),
        ("warning", {"Sam"}),
        ("missed", {"Sam", *ADMINISTRATORS}),
        ("unclaimed", {"Sam"}),
        ("assign", {"Ugo", "Sam"}),
        ("release", {"Ugo", "Sam"}),
        ("return", {"Ugo", "Sam"}),
        ("hand_back", {"Ugo", *ADMINISTRATORS}),
        ("said", set()),
    ],
)
def test_those_whom_it_concerns_are_told(verb: str, names: set[str]) -> None:
    assert told(verb).keys() == names


@pytest.mark.parametrize("verb", ["comment", "confirm", "answer"])
def test_support_is_not_told_of_what_it_does_not_have(verb: str) -> None:
    case = CAST.asked().case
    assert Audience.AGENTS not in audiences(RULES, case, verb)
    assert Audience.AGENTS in audiences(RULES, CAST.request().case, verb)


def test_a_case_that_went_straight_to_support_is_told_to_support() -> None:
    assert audiences(RULES, CAST.request().case, OPENED) == (Audience.AGENTS,)


@every_event
@pytest.mark.parametrize("who", [UGO, ADA, PAT, SAM], ids=lambda who: who.name)
def test_whoever_did_it_is_not_told(verb: str, who: Person) -> None:
    assert who.name not in told(verb, by=who)


@every_event
def test_nobody_is_told_twice_whatever_they_are(verb: str) -> None:
    both = replace(UGO, role=Role.ADMINISTRATOR, agent=True)
    roles = [Recipient(both, audience, "en") for audience in reversed(Audience)]
    life, event = happened(verb, CAST)

    found = notices(life.case, CONTOSO, event, roles, scene())

    assert len(found) <= 1
    if Audience.REQUESTER in audiences(RULES, life.case, verb):
        assert found[0][0].audience is Audience.REQUESTER


@every_event
def test_nobody_there_is_told_nothing(verb: str) -> None:
    assert told(verb, recipients=[]) == {}


@every_event
def test_each_is_told_in_their_own_language(verb: str) -> None:
    life, event = happened(verb, CAST)
    languages = {one.person.name: one.language for one in EVERYBODY}
    for name, message in told(verb).items():
        say = scene(languages[name]).say
        news = say(f"told-{verb}", number=life.case.number, who=event.by.name, name=event.facts.get("name", ""))
        assert message.text == news
        assert news in said(message)


@every_event
def test_the_buttons_are_exactly_what_each_may_do(verb: str) -> None:
    life, _ = happened(verb, CAST)
    people = {one.person.name: one.person for one in EVERYBODY}
    for name, message in told(verb).items():
        if verb in ("confirm", "expire") and name == "Ugo":
            assert verbs(message) == ["rate"]
            continue
        theirs = replace(scene(), person=people[name], tenant=CONTOSO, found=Found(case=life.case, tenant=CONTOSO))
        may = {*legal_moves(theirs.actor, life.case), *(["packet"] if life.case.is_request else [])}
        if people[name].agent:  # whose card has room for all, but for giving it to somebody where nobody is known
            assert set(verbs(message)) - {"talk"} == may - {"assign"}
            continue
        assert set(verbs(message)) == (may if len(may) <= 6 else may & set(verbs(message)))
        assert len(verbs(message)) == min(len(may), 6)


@every_event
def test_what_one_of_them_presses_says_nothing_about_the_others(verb: str) -> None:
    tokens = [
        {button["data"]["token"] for button in cards.buttons(message.card or {}) if "data" in button}
        for message in told(verb).values()
    ]
    assert all(len(one) == 1 for one in tokens if one)
    assert len(set().union(*tokens, {scene().token})) == len([one for one in tokens if one]) + 1


@pytest.mark.parametrize("verb", sorted(EVENTS - {*SILENT, "confirm", "expire"}))
def test_the_card_tells_what_was_said_or_done(verb: str) -> None:
    for name, message in told(verb).items():
        language = {"Ada": "fr", "Sam": "fr"}.get(name, "en")
        assert scene(language).say(f"event-{verb}") in said(message)
        if verb in ("ask", "answer", "comment", "resolve", "dispute", "reopen", "hand_back"):
            assert CAST.words in said(message)


@pytest.mark.parametrize("name", ["Pat", "Sam"])
def test_who_works_for_several_is_told_for_which_this_is(name: str) -> None:
    assert "Contoso" in said(told("comment")[name])


@pytest.mark.parametrize("name", ["Ugo", "Ada"])
def test_who_belongs_there_is_not_told_where_they_are(name: str) -> None:
    assert "Contoso" not in said(told("comment")[name])


def test_silence_asks_the_requester_how_it_went() -> None:
    message = told("expire")["Ugo"]

    assert "is closed: nobody said it was not solved" in said(message)
    assert "How did it go with case" in said(message)


def test_somebody_without_a_name_is_somebody() -> None:
    nameless = Person("x", "")
    assert told("comment", by=nameless)["Ugo"].text.startswith("Somebody wrote about case")
    assert told("comment", by=nameless)["Sam"].text.startswith("Quelqu’un a écrit")
