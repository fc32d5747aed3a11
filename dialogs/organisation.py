"""An administrator describes their organisation; a partner chooses for which one they speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.cards.note import note_card
from dialogs.cards.organisation import choose_tenant, organisation_card, saved_card
from dialogs.phrases import organisation_name
from dialogs.refusals import words_for
from dialogs.scene import Scene, forget
from dialogs.values import Incoming, Message, State, Turn
from handoff.authority import Subject, may, require
from handoff.effects import DescribeTenant
from handoff.errors import Refused, Unfit
from handoff.organisation import described
from handoff.people import Tenant

LONGEST_ID = 255
LISTS = ("days", "administrators", "partners")  # of which a client sends nothing where nothing is chosen


def form(state: State, scene: Scene) -> Turn:
    """The settings as they stand."""
    try:
        require(scene.rules, scene.person, scene.tenant.id, "describe_organisation", Subject(scene.tenant.id))
    except Refused as refusal:
        return _told(state, words_for(refusal, scene))
    return _form(state, _values(scene), {}, scene)


def save(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """Store what was entered, or show it again with what is wrong; then nothing is changed."""
    here, entered = Subject(scene.tenant.id), {**_values(scene), **dict.fromkeys(LISTS, ""), **incoming.values}
    try:
        require(scene.rules, scene.person, scene.tenant.id, "describe_organisation", here)
        require(scene.rules, scene.person, scene.tenant.id, "name_administrators", here)
        tenant = described(scene.rules, scene.tenant, entered)
        administrators = _ids(entered["administrators"])
        if not administrators:
            raise Unfit({"administrators": "missing"})
    except Unfit as unfit:
        return _form(state, entered, unfit.problems, scene)
    except Refused as refusal:
        return _told(state, words_for(refusal, scene))
    delegates = may(scene.rules, scene.person, scene.tenant.id, "delegate", here)
    partners = _ids(entered["partners"]) if delegates else None
    scene = replace(scene, tenant=tenant)
    message = Message(
        scene.say("organisation-saved", name=organisation_name(tenant, scene)), saved_card(scene), replaces=True
    )
    return Turn(state, (message,), (DescribeTenant(tenant, administrators, partners),))


def choose(state: State, said: str, scene: Scene) -> Turn:
    """Ask a partner for whom they speak; what they `said` is kept for afterwards."""
    title = scene.say("choose-tenant")
    message = Message(title, choose_tenant(scene), replaces=True)
    return Turn(replace(forget(state), asked="tenant", said=said, acting_for=""), (message,))


def chosen(incoming: Incoming, scene: Scene) -> Tenant | None:
    """The organisation that was chosen, if it is one of those that delegated it."""
    wanted = incoming.values.get("tenant", "")
    return next((tenant for tenant in scene.organisations if tenant.id == wanted), None)


def speaks_for(state: State, tenant: Tenant, scene: Scene) -> Turn:
    """From now on this person acts for this organisation."""
    text = scene.say("acting-for", name=organisation_name(tenant, scene))
    return Turn(replace(forget(state), acting_for=tenant.id), (Message(text, note_card(text), replaces=True),))


def nothing_to_switch(state: State, scene: Scene) -> Turn:
    """Somebody who speaks for one organisation only."""
    return _told(state, scene.say("acting-for-one", name=organisation_name(scene.tenant, scene)))


def _told(state: State, text: str) -> Turn:
    return Turn(state, (Message(text, note_card(text), replaces=True),))


def _form(state: State, values: Mapping[str, str], problems: Mapping[str, str], scene: Scene) -> Turn:
    title = scene.say("organisation-title", name=organisation_name(scene.tenant, scene))
    return Turn(state, (Message(title, organisation_card(values, problems, scene), replaces=True),))


def _values(scene: Scene) -> dict[str, str]:
    """The tenant as a form shows it."""
    tenant = scene.tenant
    texts = ("plan", "name", "zone", "country", "support_phone", "network_team", "help_desk")
    return {
        **{name: getattr(tenant, name) for name in texts},
        "opens": tenant.opens.strftime("%H:%M"),
        "closes": tenant.closes.strftime("%H:%M"),
        "days": ",".join(map(str, tenant.days)),
        "administrators": ",".join(scene.found.administrators),
        "partners": ",".join(scene.found.partners),
    }


def _ids(entered: str) -> tuple[str, ...]:
    """The ids in a list with commas, each once."""
    ids = (one.strip()[:LONGEST_ID] for one in entered.replace(";", ",").split(","))
    return tuple(dict.fromkeys(one for one in ids if one))
