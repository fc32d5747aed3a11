"""The turns of phrase that cards share: how sure, why this severity, what happens next, what is promised."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dialogs.phrases import (
    because,
    category_choices,
    how_sure,
    organisation_name,
    own_contact,
    promise,
    severity_choices,
    what_happens,
)
from dialogs.words import Say
from handoff.people import Role, Tenant
from handoff.rulebook import Severity
from tests.dialogs.cards.scenes import draft, knowledge, scene

ENGLISH, FRENCH = scene("en").say, scene("fr").say


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (1.0, "very sure (99%)"),
        (0.9, "very sure (90%)"),
        (0.894, "fairly sure (89%)"),
        (0.7, "fairly sure (70%)"),
        (0.69, "not very sure (69%)"),
        (0.0, "not very sure (0%)"),
    ],
)
def test_how_sure_is_a_word_and_a_share_and_never_a_hundred_percent(confidence: float, said: str) -> None:
    assert how_sure(confidence, ENGLISH) == said


def test_how_sure_is_said_in_french_too() -> None:
    assert how_sure(0.93, FRENCH) == "très sûr (93\N{NO-BREAK SPACE}%)"


def test_the_answers_given_come_before_the_words_used() -> None:
    told = draft(answers={"people": "several", "work": "blocked"}, cues={"many": "Nobody"})
    assert because(told, ENGLISH) == "because of: Several people, No, it is blocked, “Nobody”"


def test_a_reason_inside_a_longer_one_is_not_said_twice() -> None:
    told = draft(cues={"many": "personne", "outage": "plus personne", "failure": "plus personne"})
    assert because(told, FRENCH).replace("\N{NO-BREAK SPACE}", " ") == "à cause de : « plus personne »"


def test_a_reason_written_in_two_ways_is_said_once() -> None:
    told = draft(cues={"many": "Nobody", "outage": "nobody"})
    assert because(told, ENGLISH).casefold() == "because of: “nobody”"


@pytest.mark.parametrize("say", [ENGLISH, FRENCH])
@pytest.mark.parametrize("letter", ["x", "*"])
def test_endless_words_are_cut_and_very_many_are_not_all_told(letter: str, say: Say) -> None:
    endless = {f"cue {number}": f"{number} {letter * 5000}" for number in range(20)}
    assert len(because(draft(cues=endless, answers={"people": "several", "work": "blocked"}), say)) < 1000


@pytest.mark.parametrize("say", [ENGLISH, FRENCH])
def test_without_a_reason_none_is_made_up(say: Say) -> None:
    assert because(draft(cues={}, answers={}), say) == say("because-nothing")


@pytest.mark.parametrize(
    ("role", "category", "language", "said"),
    [
        (
            Role.END_USER,
            "exchange",
            "en",
            "Your administrators receive the case first. They solve it, or pass it on to Microsoft technical support.",
        ),
        (Role.ADMINISTRATOR, "exchange", "en", "The case goes straight to Microsoft technical support."),
        (Role.ADMINISTRATOR, "billing", "fr", "Le dossier va directement au support de facturation."),
        (
            Role.END_USER,
            "presales",
            "fr",
            "Vos administrateurs reçoivent d’abord le dossier. Ils le règlent, ou le transmettent au support avant-vente.",
        ),
    ],
)
def test_what_happens_next_depends_on_who_asks(role: Role, category: str, language: str, said: str) -> None:
    assert what_happens(category, scene(language, role)) == said


@pytest.mark.parametrize(
    ("plan", "severity", "language", "said"),
    [
        ("enterprise_e3", "A", "en", "**1 hour, 24/7**"),
        ("enterprise_e3", "A", "fr", "**1 heure, 24/7**"),
        ("enterprise_e3", "B", "fr", "**1 jour, 24/7**"),
        ("advanced", "C", "en", "**4 hours, 24/7**"),
        ("advanced", "B", "fr", "**2 heures, 24/7**"),
        ("business", "C", "en", "**no commitment, in business hours**"),
        ("business", "B", "fr", "**aucun engagement, aux heures ouvrables**"),
    ],
)
def test_the_promise_is_the_plan_s(plan: str, severity: str, language: str, said: str) -> None:
    assert promise("exchange", Severity(severity), scene(language, plan=plan)).startswith(said)


@pytest.mark.parametrize("plan", knowledge().rules.plans)
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_billing_promises_no_time_on_any_plan(plan: str, severity: Severity, language: str) -> None:
    in_ = scene(language, plan=plan)
    promised = promise("billing", severity, in_).replace(in_.say(f"plan-{plan}"), "")
    assert not re.search(r"\d", promised)
    assert in_.say("target-none") in promised
    assert in_.say("availability-business") in promised


def test_the_plan_is_named_so_that_a_wrong_one_is_noticed() -> None:
    assert "(Office 365 Enterprise E3)" in promise("exchange", Severity.A, scene("en"))


@pytest.mark.parametrize(
    ("route", "contacts", "shown"),
    [
        ("network_team", {"network_team": "net@contoso.example"}, "net@contoso.example"),
        ("own_help_desk", {"help_desk": "extension 4000"}, "extension 4000"),
        ("network_team", {"help_desk": "extension 4000"}, ""),
        ("network_team", {}, ""),
        ("community", {"network_team": "net@contoso.example", "help_desk": "extension 4000"}, ""),
    ],
)
def test_one_s_own_colleagues_are_named_where_the_organisation_did(
    route: str, contacts: dict[str, str], shown: str
) -> None:
    in_ = scene("en", **contacts)
    said = own_contact(in_.rules.routes[route], in_)
    assert shown in said
    assert bool(said) is bool(shown)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_category_is_offered_once_in_the_rule_book_s_order(language: str) -> None:
    choices = category_choices(scene(language))
    assert [value for value, _ in choices] == list(knowledge().rules.categories)
    assert len({title for _, title in choices}) == 19


@pytest.mark.parametrize("say", [ENGLISH, FRENCH])
def test_the_three_levels_are_offered_gravest_first(say: Say) -> None:
    choices = severity_choices(say)
    assert [value for value, _ in choices] == ["A", "B", "C"]
    assert [title[0] for _, title in choices] == ["A", "B", "C"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_organisation_is_called_by_its_id(language: str) -> None:
    id_ = "2f8a1c3e-0000-4000-8000-000000000000"
    unnamed, here = Tenant(id_, "enterprise_e3"), scene(language)
    ours = organisation_name(unnamed, replace(here, tenant=unnamed))
    theirs = organisation_name(unnamed, here)
    assert id_ not in ours + theirs
    assert "2f8a1c3e" in theirs
    assert ours != theirs
    assert organisation_name(replace(unnamed, name="Contoso"), here) == "Contoso"


def test_who_works_for_several_organisations_is_not_told_that_one_of_them_is_theirs() -> None:
    here = scene(role=Role.PARTNER)
    assert organisation_name(here.tenant, here) == "organisation contoso…"
