"""An organisation's settings: who may change them, what is refused field by field, and that nothing changes until all is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from dialogs.lookup import Found
from dialogs.scene import Scene
from handoff.effects import DescribeTenant
from handoff.people import Person
from tests.dialogs.lives import ADA, CAST, CONTOSO, PAT, SAM, UGO
from tests.dialogs.turns import fields, only, press, read, say, verbs
from tests.fakes import cards

NAMED = Found(people=(ADA, PAT, UGO), administrators=("ada",), partners=("pat",))
FORM = {
    "plan": "business",
    "name": "Contoso France",
    "zone": "Europe/Paris",
    "country": "fr",
    "opens": "08:30",
    "closes": "18:00",
    "days": "0,1,2,3",
    "support_phone": "0800 1",
    "network_team": "net@contoso.example",
    "help_desk": "4000",
    "administrators": "ada,ugo",
    "partners": "pat",
}


def settings(who: Person = ADA, language: str = "en") -> Scene:
    """A turn for which the people of the organisation have been looked up."""
    return replace(CAST.seen_by(who), found=NAMED, language=language)


def saved(who: Person = ADA, **entered: str) -> DescribeTenant:
    effect = only(press(settings(who), "save_organisation", **{**FORM, **entered}))
    assert isinstance(effect, DescribeTenant)
    return effect


@pytest.mark.parametrize("who", [ADA, PAT], ids=lambda who: who.name)
def test_the_form_shows_the_settings_as_they_stand(who: Person) -> None:
    turn = say(settings(who), "settings")

    assert turn.effects == ()
    shown = fields(turn)
    assert (shown["name"], shown["plan"], shown["opens"], shown["closes"]) == (
        "Contoso",
        CONTOSO.plan,
        "09:00",
        "17:00",
    )
    assert (shown["days"], shown["administrators"]) == ("0,1,2,3,4", "ada")
    assert verbs(turn) == ["save_organisation", "leave"]


@pytest.mark.parametrize("who", [UGO, SAM], ids=lambda who: who.name)
def test_who_does_not_administer_sees_and_saves_nothing(who: Person) -> None:
    for turn in (say(settings(who), "settings"), press(settings(who), "save_organisation", **FORM)):
        assert turn.effects == ()
        assert "You cannot change the settings of the organisation here" in read(turn)
        assert fields(turn) == {}


def test_what_was_entered_is_saved_as_a_whole() -> None:
    effect = saved()

    assert effect.tenant == replace(
        CONTOSO,
        plan="business",
        name="Contoso France",
        country="FR",
        opens=time(8, 30),
        closes=time(18),
        days=(0, 1, 2, 3),
        support_phone="0800 1",
        network_team="net@contoso.example",
        help_desk="4000",
    )
    assert (effect.administrators, effect.partners) == (("ada", "ugo"), ("pat",))


def test_saving_says_so_by_the_new_name() -> None:
    turn = press(settings(), "save_organisation", **FORM)

    assert "The settings of Contoso France are saved" in read(turn)
    assert verbs(turn) == ["organisation"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"plan": "gold"}, "Plan: this does not exist"),
        ({"zone": "Europe/Pariss"}, "Time zone (such as Europe/Paris): this does not exist"),
        (
            {"country": "France"},
            "Country for public holidays (two letters, such as FR; empty for none): this does not exist",
        ),
        ({"opens": "soon"}, "Opens at: write a time of day such as 09:00"),
        ({"closes": "08:00"}, "Closes at: this must be later than the opening"),
        ({"days": ""}, "Working days: this is needed"),
        ({"name": "x" * 600}, "Name: this is too long"),
        ({"administrators": ""}, "Administrators: this is needed"),
        ({"administrators": " , ;"}, "Administrators: this is needed"),
    ],
)
def test_what_is_wrong_is_said_nothing_changes_and_what_was_entered_is_kept(wrong: dict[str, str], said: str) -> None:
    turn = press(settings(), "save_organisation", **{**FORM, **wrong})

    assert turn.effects == ()
    assert "Nothing was changed yet." in read(turn)
    assert said in read(turn)
    kept = {name: value for name, value in FORM.items() if name not in wrong}
    assert {name: fields(turn)[name] for name in kept} == kept


@pytest.mark.parametrize(
    ("zone", "meant"),
    [("Europe/Pariss", "Europe/Paris"), ("europe/paris", "Europe/Paris"), ("New_York", "America/New")],
)
def test_a_misspelt_time_zone_is_answered_with_what_it_may_have_meant(zone: str, meant: str) -> None:
    turn = press(settings(), "save_organisation", **{**FORM, "zone": zone})

    assert turn.effects == ()
    assert "Did you mean" in read(turn)
    assert meant in read(turn)


def test_a_list_that_a_client_leaves_out_is_a_list_with_nothing_chosen() -> None:
    left_out = {name: value for name, value in FORM.items() if name != "partners"}
    effect = only(press(settings(), "save_organisation", **left_out))
    assert isinstance(effect, DescribeTenant)
    assert effect.partners == ()

    nobody = {name: value for name, value in FORM.items() if name != "administrators"}
    assert press(settings(), "save_organisation", **nobody).effects == ()


def test_somebody_who_has_never_talked_to_the_bot_stays_in_the_list() -> None:
    scene = replace(settings(), found=replace(NAMED, administrators=("ada", "0b1f-9c")))
    turn = say(scene, "settings")

    assert fields(turn)["administrators"] == "ada,0b1f-9c"
    offered = [one["value"] for one in cards.fields(turn.messages[-1].card or {})["administrators"]["choices"]]
    assert "0b1f-9c" in offered


def test_a_person_is_named_once_and_an_endless_id_is_cut() -> None:
    assert saved(administrators="ada, ada;ugo").administrators == ("ada", "ugo")
    assert saved(administrators="x" * 1000).administrators == ("x" * 255,)


def test_a_partner_changes_the_settings_but_brings_in_no_other_partner() -> None:
    assert "partners" not in fields(say(settings(PAT), "settings"))

    effect = saved(PAT, partners="pat,friend")
    assert effect.tenant.name == "Contoso France"
    assert effect.partners is None


def test_leaving_the_form_changes_nothing() -> None:
    turn = press(settings(), "leave")

    assert turn.effects == ()
    assert read(turn) == "Nothing was changed."
