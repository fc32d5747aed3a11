"""Whatever one of two connected people does: it is for the other, it ends the conversation, or it is a button that goes on working."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.lookup import Found
from dialogs.scene import Scene
from dialogs.talk import GO_ON, framed, named
from dialogs.values import Draft, State
from handoff.bridge import UNSEEN, Bridge, Ends
from handoff.effects import ChangeCase, Connect, Disconnect, Speak
from handoff.people import Person
from tests.dialogs.lives import ADA, CAST, EVIL, NOW, NUMBER, SAM, UGO, Life
from tests.dialogs.turns import NOTHING_YET, certain, press, read, say, verbs

BRIDGE = Bridge("bridge", NUMBER, UGO, SAM, NOW, NOW)
OUTAGE = "nobody in the company can open the SharePoint site"
FREE = Ends(None, requester_reachable=True, owner_reachable=True)


def talking(person: Person, bridge: Bridge = BRIDGE, of: Life | None = None) -> Scene:
    return replace(CAST.seen_by(person, of or CAST.acknowledged()), bridge=bridge)


@pytest.mark.parametrize("who", [UGO, SAM], ids=lambda who: who.name)
@pytest.mark.parametrize("words", [OUTAGE, "yes", "cancel", "français", "my cases", "talk to a person", "T-7KM-2Q4X"])
def test_words_are_for_the_other_one_and_the_bot_says_nothing(who: Person, words: str) -> None:
    turn = say(talking(who), words, NOTHING_YET, certain(words, "sharepoint", A=1.0))

    assert turn.messages == ()
    change, speech = turn.effects
    assert isinstance(change, ChangeCase)
    assert isinstance(speech, Speak)
    assert (change.change.event.verb, change.change.event.words, change.change.event.by.id) == ("said", words, who.id)
    assert (speech.words, speech.bridge.heard_at) == (words, talking(who).now)


def test_what_is_said_changes_no_language_and_leaves_the_table_as_it_was() -> None:
    state = State("en", "proposal", draft=Draft("my mail is slow", token="t"))
    for words in ("plus rien ne marche depuis ce matin dans tout le bâtiment", "merci", "français"):
        assert say(talking(UGO), words, state).state == state


def test_once_it_is_over_the_language_follows_the_person_again() -> None:
    over = replace(BRIDGE, ended_at=NOW - timedelta(days=1), ended_by=UGO.id)
    assert say(replace(talking(UGO, over), found=Found()), "français", State("en")).state.language == "fr"


@pytest.mark.parametrize("words", ["end", "End.", "back to the bot", "fin", "retour au robot"])
@pytest.mark.parametrize("who", [UGO, SAM], ids=lambda who: who.name)
def test_either_ends_it_in_either_language(who: Person, words: str) -> None:
    turn = say(talking(who), words)
    assert turn.effects == (Disconnect(BRIDGE, "said"),)
    assert any(over in read(turn) for over in ("has ended", "est terminée"))


@pytest.mark.parametrize("words", ["help", "aide"])
def test_help_shows_how_to_end(words: str) -> None:
    turn = say(talking(UGO), words)
    assert turn.effects == ()
    assert {"help": "**end**", "aide": "**fin**"}[words] in read(turn)
    assert verbs(turn) == ["end_talk"]


@pytest.mark.parametrize(
    "verb", ["open", "answer", "choose", "wrong", "person", "helped", "new_problem", "act_for", "x"]
)
def test_no_button_makes_the_bot_propose_anything(verb: str) -> None:
    assert verb not in GO_ON
    turn = press(talking(UGO), verb, State(said=OUTAGE), certain(OUTAGE, "sharepoint"), case=NUMBER)
    assert turn.effects == ()
    assert verbs(turn) == ["end_talk"]


def test_the_buttons_of_a_case_go_on_working() -> None:
    [effect] = press(talking(SAM), "resolve", case=NUMBER, words="Restarted").effects
    assert isinstance(effect, ChangeCase)
    assert effect.change.event.verb == "resolve"


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_nothing_is_no_message(words: str) -> None:
    turn = say(talking(UGO), words)
    assert turn.effects == ()
    assert "nothing was sent" in read(turn)


def test_what_was_meant_for_the_other_is_no_problem_of_the_bots_a_moment_later() -> None:
    over = replace(BRIDGE, ended_at=talking(SAM).now - UNSEEN / 2, ended_by=UGO.id)
    late = say(talking(SAM, over), OUTAGE, NOTHING_YET, certain(OUTAGE, "sharepoint"))
    assert late.effects == ()
    assert "Not delivered, the conversation has ended" in read(late)


@pytest.mark.parametrize("by", [SAM.id, UGO.id])
def test_after_that_or_for_whoever_ended_it_the_bot_listens(by: str) -> None:
    now = talking(SAM).now
    over = replace(BRIDGE, ended_at=now - (UNSEEN if by == UGO.id else timedelta()), ended_by=by)
    here = replace(talking(SAM, over), found=Found())
    turn = say(here, OUTAGE, NOTHING_YET, certain(OUTAGE, "sharepoint", A=1.0))
    assert "Not delivered" not in read(turn)
    assert turn.state.draft is not None


def wished(person: Person = UGO) -> Life:
    return CAST.fresh(person=person, category=None, severity=None, wants_a_person=True)


def seen(person: Person, of: Life, ends: Ends = FREE) -> Scene:
    found = Found(case=of.case, tenant=CAST.home, events=of.events, ends=ends)
    return replace(CAST.seen_by(person, of), found=found)


def test_whoever_takes_on_a_wish_for_a_person_is_connected() -> None:
    change, connection = press(seen(ADA, wished()), "take", case=NUMBER).effects
    assert isinstance(change, ChangeCase)
    assert isinstance(connection, Connect)
    assert (connection.bridge.requester, connection.bridge.owner) == (UGO, ADA)


def test_who_did_not_ask_for_a_person_is_not_connected_unless_somebody_presses_so() -> None:
    assert [type(one) for one in press(seen(ADA, CAST.fresh()), "take", case=NUMBER).effects] == [ChangeCase]
    assert [type(one) for one in press(seen(ADA, CAST.fresh()), "talk", case=NUMBER).effects] == [ChangeCase, Connect]
    assert [type(one) for one in press(seen(ADA, CAST.taken()), "talk", case=NUMBER).effects] == [Connect]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (replace(FREE, requester_reachable=False), "has no chat with me"),
        (replace(FREE, owner_reachable=False), "Write to me in your own chat first"),
        (replace(FREE, requester_free=False), "is talking with somebody else"),
        (replace(FREE, owner_free=False), "You are talking with somebody else"),
        (replace(FREE, live=replace(BRIDGE, owner=ADA)), "You are talking about case"),
    ],
)
def test_who_cannot_be_connected_is_told_why_and_has_the_case_all_the_same(ends: Ends, said: str) -> None:
    turn = press(seen(ADA, CAST.taken(), ends), "talk", case=NUMBER)
    assert turn.effects == ()
    assert said in read(turn)
    if ends.live is None:
        claimed = press(seen(ADA, wished(), ends), "take", case=NUMBER)
        assert [type(one) for one in claimed.effects] == [ChangeCase]
        assert said in read(claimed)


def test_nobody_talks_for_somebody_else_with_themselves_or_about_what_is_solved() -> None:
    nia = replace(SAM, id="nia", name="Nia")
    assert "Sam has case" in read(press(seen(nia, CAST.acknowledged()), "talk", case=NUMBER))
    assert "is solved" in read(press(seen(SAM, CAST.resolved()), "talk", case=NUMBER))
    own = wished(ADA)
    assert [type(one) for one in press(seen(ADA, own), "talk", case=NUMBER).effects] == []
    assert press(seen(UGO, CAST.taken()), "talk", case=NUMBER).effects == ()


def test_to_end_what_is_none_is_said_to_be_so() -> None:
    assert "You are not talking with anybody" in read(say(CAST.seen_by(UGO), "end"))
    assert "You are not talking with anybody" in read(press(CAST.seen_by(UGO), "end_talk"))


def test_words_and_names_are_shown_and_not_obeyed() -> None:
    of = replace(BRIDGE, requester=replace(UGO, name=EVIL))
    text = framed(of, of.requester, f"{EVIL}\n# big <b>", CAST.seen_by(SAM).say).text
    assert r"\[click here\]\(http://evil.example\) \*now\*" in text
    assert "\n\n\\# big \\<b>" in text
    assert named(replace(UGO, name=""), BRIDGE, CAST.seen_by(SAM).say) == "Somebody"
