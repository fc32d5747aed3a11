"""From the proposal to the case: to one's administrators or straight to support, once; or what was shown first has helped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.scene import Scene
from dialogs.values import State, Turn
from handoff.case import Holder
from handoff.effects import OpenCase, RecordLabel, RecordSelfHelp
from handoff.people import Person, Role
from handoff.rulebook import Status
from tests.dialogs.cards.scenes import scene
from tests.dialogs.lives import ADA, CAST, NUMBER, PAT, SAM, UGO
from tests.dialogs.turns import certain, only, opening, press, read, say, verbs

SLOW = "my mail is slow"
PROMISED = "**1 day, 24/7** – the first response from support that your plan (Office 365 Enterprise E3) promises"


def proposed(in_: Scene, category: str = "exchange", **levels: float) -> Turn:
    return say(in_, SLOW, State(), certain(SLOW, category, **levels))


def opened(in_: Scene, **values: str) -> Turn:
    return press(in_, "open", proposed(in_).state, token="token-2", **values)


def test_an_end_user_s_case_goes_to_their_administrators() -> None:
    turn = opened(CAST.seen_by(UGO))

    effect = opening(turn)
    assert (effect.case.holder, effect.case.status, effect.also) == (Holder.ADMINISTRATORS, Status.NEW, ())
    assert (effect.case.key, turn.state.case) == ("token-2", NUMBER)
    assert verbs(turn) == ["case", "confirm"]


@pytest.mark.parametrize("who", [ADA, PAT, replace(ADA, name=""), replace(ADA, name="  ")], ids=repr)
def test_an_administrator_s_case_is_submitted_in_the_same_breath(who: Person) -> None:
    effect = opening(opened(CAST.seen_by(who)))

    assert (effect.case.holder, effect.case.status) == (Holder.SUPPORT, Status.ESCALATED)
    assert [event.verb for event in effect.also] == ["escalate"]
    assert effect.case.packet
    assert effect.case.packet.contact == (who.name.strip() or who.id)
    assert effect.case.packet.title == SLOW


def test_a_correction_on_the_card_is_a_label_for_the_operators() -> None:
    effects = opened(CAST.seen_by(UGO), category="identity", severity="C").effects

    [case, label] = effects
    assert isinstance(case, OpenCase)
    assert (case.case.category, case.case.severity) == ("identity", "C")
    assert isinstance(label, RecordLabel)
    assert (label.proposed, label.category, label.severity) == ("exchange", "identity", "C")


def test_a_second_press_is_told_the_number_of_the_first() -> None:
    turn = press(replace(CAST.seen_by(UGO), opened="T-333-3333"), "open", State(), token="token-2")

    assert turn.effects == ()
    assert "it opened case T-333-3333" in read(turn)


@pytest.mark.parametrize("who", [UGO, ADA], ids=lambda who: who.name)
def test_everybody_reads_what_the_customer_was_promised(who: Person) -> None:
    in_ = CAST.seen_by(who, CAST.request())

    assert PROMISED in read(press(in_, "case", case=NUMBER))


def test_support_reads_what_it_has_to_keep() -> None:
    in_ = CAST.seen_by(SAM, CAST.request())

    assert "1 day, 24/7 (Office 365 Enterprise E3)" in read(press(in_, "case", case=NUMBER))


# self-help


def test_an_end_user_is_shown_what_to_try_first() -> None:
    turn = proposed(scene())

    assert "Worth a try first" in read(turn)
    assert "Look in the junk folder" in read(turn)
    assert "helped" in verbs(turn)


@pytest.mark.parametrize(
    "turn",
    [
        proposed(scene(), A=1.0),
        proposed(scene(), category="billing"),
        proposed(scene(role=Role.ADMINISTRATOR)),
        proposed(scene(role=Role.PARTNER)),
    ],
    ids=["an outage", "nothing that one mends oneself", "an administrator", "a partner"],
)
def test_it_is_not_shown_where_it_does_not_help(turn: Turn) -> None:
    assert "Worth a try first" not in read(turn)
    assert "helped" not in verbs(turn)


@pytest.mark.parametrize("typed", ["", "solved", "it works now", "c’est réglé"])
def test_what_has_helped_is_recorded_and_nothing_is_opened(typed: str) -> None:
    shown = proposed(scene())

    turn = say(scene(), typed, shown.state) if typed else press(scene(), "helped", shown.state, token="token-2")

    assert only(turn) == RecordSelfHelp(SLOW, turn.state.language, "exchange", "test")
    assert turn.state.draft is None
    assert turn.messages[-1].text == scene(turn.state.language).say("solved-alone")
