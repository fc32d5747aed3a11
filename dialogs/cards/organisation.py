"""The organisation's settings, for its administrators."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.cards.pieces import (
    Piece,
    card,
    choice,
    excerpt,
    heading,
    notice,
    paragraph,
    people_choice,
    press,
    several_choices,
    text_input,
)
from dialogs.markdown import literal
from dialogs.phrases import organisation_name, plan_choices
from dialogs.scene import Scene
from handoff.authority import Subject, may
from handoff.organisation import near

TEXTS = ("name", "zone", "country", "opens", "closes", "support_phone", "network_team", "help_desk")


def organisation_card(values: Mapping[str, str], problems: Mapping[str, str], scene: Scene) -> Piece:
    """The form; `values` are what stands in it, `problems` what was wrong with what was entered."""
    say = scene.say
    days = [(str(day), say(f"day-{day}")) for day in range(7)]
    delegates = may(scene.rules, scene.person, scene.tenant.id, "delegate", Subject(scene.tenant.id))
    return card(
        heading(say("organisation-title", name=organisation_name(scene.tenant, scene))),
        *([notice(_wrong(values, problems, scene), "attention")] if problems else [paragraph(say("organisation-why"))]),
        choice("plan", say("organisation-plan"), plan_choices(scene), values["plan"]),
        *(text_input(name, say(f"organisation-{name}"), values[name]) for name in TEXTS),
        several_choices("days", say("organisation-days"), days, values["days"].split(",")),
        _people("administrators", values, scene),
        *([_people("partners", values, scene)] if delegates else []),
        actions=[
            press(say("button-save"), "save_organisation", scene.token, style="positive"),
            press(say("button-cancel"), "leave", scene.token),
        ],
    )


def _people(field: str, values: Mapping[str, str], scene: Scene) -> Piece:
    """A list of people by name; who was chosen without ever having spoken is there too, and told from others."""
    chosen = [one for one in values[field].split(",") if one]
    met = {person.id: excerpt(person.name, 60) for person in scene.found.people if person.name}
    unmet = {one: scene.say("person-unmet", id=one[:8]) for one in chosen if one not in met}
    return people_choice(field, scene.say(f"organisation-{field}"), {**met, **unmet}.items(), chosen)


def saved_card(scene: Scene) -> Piece:
    """The settings are stored."""
    return card(
        heading(scene.say("organisation-saved", name=organisation_name(scene.tenant, scene))),
        actions=[press(scene.say("button-organisation"), "organisation", scene.token)],
    )


def choose_tenant(scene: Scene) -> Piece:
    """For which organisation somebody speaks who may speak for several."""
    say = scene.say
    options = [(tenant.id, organisation_name(tenant, scene)) for tenant in scene.organisations]
    return card(
        heading(say("choose-tenant")),
        choice("tenant", say("label-organisation"), options, options[0][0]),
        actions=[press(say("button-choose"), "act_for", scene.token, style="positive")],
    )


def _wrong(values: Mapping[str, str], problems: Mapping[str, str], scene: Scene) -> str:
    say = scene.say
    lines = [
        f"- {say('named', name=say(f'organisation-{field}'))} {say(f'problem-{problem}')}"
        for field, problem in problems.items()
    ]
    meant = near(values["zone"]) if "zone" in problems else ()
    hint = f"\n\n{say('did-you-mean', names=literal(', '.join(meant)))}" if meant else ""
    return "\n".join([say("organisation-wrong"), *lines]) + hint
