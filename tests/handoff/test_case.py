"""A case: a number that can be read aloud, and somebody who has it in hand first."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.case import NUMBER_ALPHABET, Case, Holder, Judgement, as_number, holder_for, number_from, open_case
from handoff.people import Person, Role, Tenant
from handoff.rulebook import Severity, Status
from tests.handoff.books import rules

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL_NUMBERS = len(NUMBER_ALPHABET) ** 7

OURS = [category for category in rules().categories if rules().in_scope(category)]
NOT_OURS = [category for category in rules().categories if not rules().in_scope(category)]


def somebody(role: Role = Role.END_USER) -> Person:
    return Person("alice", "Alice", role)


def opened(person: Person, category: str | None = "exchange", *, wants_a_person: bool = False) -> Case:
    return open_case(
        rules(),
        Tenant("contoso", "enterprise_e3"),
        person,
        number=number_from(1),
        key="token",
        language="fr",
        description="Plus personne ne reçoit de mail",
        category=category,
        severity=Severity.A if category else None,
        judgement=Judgement(),
        now=NOON,
        wants_a_person=wants_a_person,
    )


@given(st.integers(0, 2**64))
def test_a_number_has_the_form_that_is_read_aloud(randomness: int) -> None:
    assert re.fullmatch(rf"T-[{NUMBER_ALPHABET}]{{3}}-[{NUMBER_ALPHABET}]{{4}}", number_from(randomness))


def test_no_number_has_a_letter_that_could_be_another() -> None:
    assert not set(NUMBER_ALPHABET) & set("O0I1LU")
    assert len(set(NUMBER_ALPHABET)) == len(NUMBER_ALPHABET) == 30
    assert NUMBER_ALPHABET.upper() == NUMBER_ALPHABET


def test_a_hundred_thousand_random_numbers_are_all_different() -> None:
    drawn = random.Random(23).sample(range(ALL_NUMBERS), 100_000)
    assert len({number_from(one) for one in drawn}) == 100_000


def test_every_symbol_is_drawn_about_as_often_as_any_other() -> None:
    dice = random.Random(23)
    drawn = "".join(number_from(dice.getrandbits(64)).replace("-", "")[1:] for _ in range(3000))
    average = len(drawn) / len(NUMBER_ALPHABET)
    assert all(0.8 * average < drawn.count(symbol) < 1.2 * average for symbol in NUMBER_ALPHABET)


@given(st.integers(0, ALL_NUMBERS - 1), st.sampled_from(["{}", "about {}, please", "<{}>", "({}).", "{}?"]))
def test_a_number_is_found_wherever_it_is_written(randomness: int, around: str) -> None:
    number = number_from(randomness)
    assert as_number(around.format(number)) == number
    assert as_number(around.format(number.lower().replace("-", " "))) == number
    assert as_number(around.format(number.replace("-", ""))) == number


@pytest.mark.parametrize(
    "text", ["", "T-7KM", "T-7KM-2Q4XX", "XT-7KM-2Q4X", "T-7KM-2Q4O", "T-7KM-2Q41", "T--7KM-2Q4X", "no number here"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert as_number(text) == ""


@pytest.mark.parametrize("category", OURS)
@pytest.mark.parametrize(
    ("role", "holder"),
    [
        (Role.END_USER, Holder.ADMINISTRATORS),
        (Role.ADMINISTRATOR, Holder.SUPPORT),
        (Role.PARTNER, Holder.SUPPORT),
    ],
)
def test_what_is_ours_goes_to_support_only_from_an_administrator(category: str, role: Role, holder: Holder) -> None:
    assert holder_for(rules(), somebody(role), category) is holder


@pytest.mark.parametrize("category", NOT_OURS)
@pytest.mark.parametrize("role", Role)
def test_what_is_not_ours_never_goes_to_support(category: str, role: Role) -> None:
    assert holder_for(rules(), somebody(role), category) is Holder.ADMINISTRATORS


@pytest.mark.parametrize(
    ("role", "holder"), [(Role.END_USER, Holder.ADMINISTRATORS), (Role.ADMINISTRATOR, Holder.SUPPORT)]
)
def test_who_asks_for_a_person_gets_the_one_in_charge_of_them(role: Role, holder: Holder) -> None:
    assert opened(somebody(role), category=None, wants_a_person=True).holder is holder


def test_an_opened_case_keeps_what_was_said_and_who_said_it() -> None:
    case = opened(somebody())
    assert (case.requester, case.tenant, case.opened_at) == (somebody(), "contoso", NOON)
    assert (case.description, case.language) == ("Plus personne ne reçoit de mail", "fr")
    assert (case.number, case.key) == (number_from(1), "token")
    assert (case.category, case.severity, case.wants_a_person) == ("exchange", Severity.A, False)
    assert (case.status, case.is_request, case.follows, case.revision) == (Status.NEW, False, "", 0)


def test_a_category_that_does_not_exist_opens_nothing() -> None:
    with pytest.raises(KeyError):
        opened(somebody(), category="astrology")
