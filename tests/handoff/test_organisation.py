"""What an administrator sets of their organisation: checked field by field, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.errors import Unfit
from handoff.organisation import LONGEST, described, near
from handoff.people import Tenant
from tests.handoff.books import rules

CONTOSO = Tenant("contoso", "enterprise_e3", "Contoso", "net@contoso", "4000", "4001", "Europe/Paris", "FR")

AS_ENTERED = {
    "name": "Fabrikam",
    "plan": "business_premium",
    "zone": "America/New_York",
    "country": "us",
    "opens": "08:30",
    "closes": "18:00",
    "days": "0, 1,2,3",
    "support_phone": "+1 555 0100",
    "network_team": " net@fabrikam ",
    "help_desk": "",
}


def problems(values: dict[str, str]) -> dict[str, str]:
    with pytest.raises(Unfit) as refusal:
        described(rules(), CONTOSO, values)
    return dict(refusal.value.problems)


def test_everything_can_be_set_at_once() -> None:
    assert described(rules(), CONTOSO, AS_ENTERED) == Tenant(
        id="contoso",
        plan="business_premium",
        name="Fabrikam",
        network_team="net@fabrikam",
        help_desk="",
        support_phone="+1 555 0100",
        zone="America/New_York",
        country="US",
        opens=time(8, 30),
        closes=time(18),
        days=(0, 1, 2, 3),
    )


@pytest.mark.parametrize("field", AS_ENTERED)
def test_a_field_left_out_stays(field: str) -> None:
    kept = described(rules(), CONTOSO, {name: value for name, value in AS_ENTERED.items() if name != field})
    assert getattr(kept, field) == getattr(CONTOSO, field)


@pytest.mark.parametrize("values", [{}, {"id": "fabrikam"}, {"administrators": "eva"}, {"calendar": "x"}])
def test_what_is_none_of_its_fields_changes_nothing(values: dict[str, str]) -> None:
    assert described(rules(), CONTOSO, values) == CONTOSO


@pytest.mark.parametrize("plan", rules().plans)
def test_every_plan_of_the_rule_book_can_be_chosen(plan: str) -> None:
    assert described(rules(), CONTOSO, {"plan": plan}) == replace(CONTOSO, plan=plan)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"plan": "enterprise_e9"}, {"plan": "unknown"}),
        ({"plan": ""}, {"plan": "unknown"}),
        ({"plan": "Office 365 Enterprise E3"}, {"plan": "unknown"}),
        ({"zone": "Europe/Pari"}, {"zone": "unknown"}),
        ({"zone": "europe/paris"}, {"zone": "unknown"}),
        ({"zone": ""}, {"zone": "unknown"}),
        ({"country": "ZZ"}, {"country": "unknown"}),
        ({"country": "France"}, {"country": "unknown"}),
        ({"opens": "nine"}, {"opens": "no-time"}),
        ({"opens": "25:00"}, {"opens": "no-time"}),
        ({"closes": ""}, {"closes": "no-time"}),
        ({"closes": "17:00+01:00"}, {"closes": "no-time"}),
        ({"opens": "18:00"}, {"closes": "too-early"}),  # closes at 17:00, as before
        ({"closes": "09:00"}, {"closes": "too-early"}),
        ({"opens": "10:00", "closes": "10:00"}, {"closes": "too-early"}),
        ({"days": ""}, {"days": "missing"}),
        ({"days": "7"}, {"days": "missing"}),
        ({"days": "monday"}, {"days": "missing"}),
        ({"name": "a" * (LONGEST + 1)}, {"name": "too-long"}),
        ({"help_desk": "a" * (LONGEST + 1)}, {"help_desk": "too-long"}),
        (
            {"plan": "x", "zone": "x", "country": "x", "days": "x", "opens": "x", "name": "a" * 501},
            {
                "name": "too-long",
                "plan": "unknown",
                "zone": "unknown",
                "country": "unknown",
                "days": "missing",
                "opens": "no-time",
            },
        ),
    ],
)
def test_what_is_wrong_is_told_field_by_field(values: dict[str, str], wrong: dict[str, str]) -> None:
    assert problems(values) == wrong


@pytest.mark.parametrize("field", AS_ENTERED)
def test_one_wrong_field_refuses_all_of_them(field: str) -> None:
    bad = {"days": "", "opens": "x", "closes": "x", "plan": "x", "zone": "x", "country": "x"}.get(field, "a" * 501)
    assert problems(AS_ENTERED | {field: bad}).keys() == {field}


def test_a_country_may_be_left_empty_and_then_has_no_holidays() -> None:
    assert described(rules(), CONTOSO, {"country": ""}).country == ""


@given(
    st.dictionaries(
        st.sampled_from([*AS_ENTERED, "id"]), st.text(max_size=20) | st.sampled_from(list(AS_ENTERED.values()))
    )
)
def test_whatever_is_entered_the_organisation_has_hours_or_is_refused(values: dict[str, str]) -> None:
    try:
        tenant = described(rules(), CONTOSO, values)
    except Unfit:
        return
    assert tenant.calendar.opens < tenant.calendar.closes
    assert tenant.plan in rules().plans
    assert tenant.id == "contoso"


def test_a_misspelt_zone_is_recognised() -> None:
    assert near("Europe/Pari") == ("Europe/Paris",)
    assert near("Mars/Olympus") == ()
