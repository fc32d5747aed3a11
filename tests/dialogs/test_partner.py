"""A partner speaks for one organisation at a time, of those that delegated it, and says which before anything else is taken up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.scene import Scene
from dialogs.values import Incoming, State
from handoff.people import Role, Tenant
from tests.dialogs.lives import CAST, CONTOSO, PAT, SUPPORT, UGO
from tests.dialogs.turns import certain, fields, opening, press, read, say, take, verbs
from tests.fakes import cards

OUTAGE = "nobody can open the site"
BILL = certain(OUTAGE, "sharepoint", A=1.0)
HERE, THERE = SUPPORT, CONTOSO  # a partner's own organisation comes first


def at_home(language: str = "en") -> Scene:
    """A partner who has not said for whom they speak."""
    return replace(CAST.seen_by(PAT), person=replace(PAT, role=Role.END_USER), tenant=HERE, organisations=(HERE, THERE))


def acting() -> Scene:
    """A partner who speaks for Contoso."""
    return replace(at_home(), person=PAT, tenant=THERE)


def test_the_choice_comes_with_the_welcome() -> None:
    turn = take(at_home(), Incoming("arrival"), State())

    assert "Hello, I am Triage" in read(turn)
    assert "For which organisation are you here?" in read(turn)
    assert turn.state.asked == "tenant"
    offered = [one["title"] for one in cards.fields(turn.messages[-1].card or {})["tenant"]["choices"]]
    assert offered == ["Support Ltd", "Contoso"]


@pytest.mark.parametrize("text", [OUTAGE, "hello"])
def test_whatever_comes_first_the_organisation_is_asked(text: str) -> None:
    turn = say(at_home(), text, State(), BILL)

    assert "For which organisation are you here?" in read(turn)
    assert turn.effects == ()


@pytest.mark.parametrize("text", ["help", "yes", "my cases"])
def test_an_aside_does_not_lose_the_question(text: str) -> None:
    asked = say(at_home(), OUTAGE, State(), BILL)

    aside = say(at_home(), text, asked.state)

    assert (aside.state.asked, aside.state.said) == ("tenant", OUTAGE)
    assert verbs(aside) == ["act_for"]


def test_what_was_said_is_kept_and_taken_up_for_the_one_that_was_chosen() -> None:
    asked = say(at_home(), OUTAGE, State(), BILL)

    turn = press(at_home(), "act_for", asked.state, BILL, tenant=THERE.id)

    assert turn.state.acting_for == THERE.id
    assert "You speak for Contoso now." in read(turn)
    assert "This is what I understood" in read(turn)
    assert "1 hour, 24/7" in read(turn)
    assert "goes straight to Microsoft technical support" in read(turn)


def test_the_case_is_the_organisation_s_and_says_so() -> None:
    asked = say(at_home(), OUTAGE, State(), BILL)
    chosen = press(at_home(), "act_for", asked.state, BILL, tenant=THERE.id)

    opened = press(acting(), "open", chosen.state, token="token-2", **fields(chosen))

    case = opening(opened).case
    assert (case.tenant, case.requester.id, case.is_request) == (THERE.id, PAT.id, True)
    assert "Contoso" in read(opened)
    assert opened.state.acting_for == THERE.id


def test_choosing_without_having_said_anything_only_says_for_whom() -> None:
    asked = say(at_home(), "hello")
    turn = press(at_home(), "act_for", asked.state, tenant=THERE.id)

    assert len(turn.messages) == 1
    assert turn.state.acting_for == THERE.id


@pytest.mark.parametrize("forged", ["fabrikam", "", "contoso "])
def test_an_organisation_that_delegated_nothing_cannot_be_chosen(forged: str) -> None:
    asked = say(at_home(), OUTAGE, State(), BILL)

    turn = press(at_home(), "act_for", asked.state, BILL, tenant=forged)

    assert turn.state.acting_for == ""
    assert "You speak for" not in read(turn)
    assert verbs(turn) == ["act_for"]


@pytest.mark.parametrize("tenant", [HERE.id, THERE.id])
def test_nobody_who_is_no_partner_can_choose(tenant: str) -> None:
    turn = press(CAST.seen_by(UGO), "act_for", State(), tenant=tenant)

    assert turn.state.acting_for == ""
    assert "You speak for" not in read(turn)


@pytest.mark.parametrize("text", ["switch organisation", "changer d’organisation"])
def test_switching_asks_again_and_drops_what_was_on_the_table(text: str) -> None:
    proposal = say(acting(), OUTAGE, State(acting_for=THERE.id), BILL)

    turn = say(acting(), text, proposal.state)

    assert (turn.state.acting_for, turn.state.draft, turn.state.asked) == ("", None, "tenant")
    assert verbs(turn) == ["act_for"]


def test_who_speaks_for_one_organisation_has_nothing_to_switch() -> None:
    assert "no other organisation has delegated its administration to you" in read(
        say(CAST.seen_by(UGO), "switch customer")
    )


@pytest.mark.parametrize("tenant", [HERE, THERE], ids=lambda tenant: tenant.name)
def test_one_s_own_organisation_can_be_chosen_as_well(tenant: Tenant) -> None:
    asked = say(at_home(), "hello")

    assert press(at_home(), "act_for", asked.state, tenant=tenant.id).state.acting_for == tenant.id
