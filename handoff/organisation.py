"""What an administrator may set of their organisation, checked field by field before anything changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from handoff.calendar import known_country, known_zone, near_zones
from handoff.errors import Unfit
from handoff.people import Tenant
from handoff.rules import Rules

LONGEST = 500
TEXTS = ("name", "support_phone", "network_team", "help_desk")


def described(rules: Rules, tenant: Tenant, values: Mapping[str, str]) -> Tenant:
    """The tenant with what was entered. Raises `Unfit` with the problem of each wrong field; a field left out stays.

    `values` are strings as a form sends them: `opens` "09:00", `days` "0,1,2" with 0 for Monday, `country` "FR" or empty.
    """
    given = {name: value.strip() for name, value in values.items()}
    wrong = _problems(rules, tenant, given)
    if wrong:
        raise Unfit(wrong)
    changes: dict[str, object] = {name: given[name] for name in (*TEXTS, "plan", "zone") if name in given}
    if "country" in given:
        changes["country"] = given["country"].upper()
    changes |= {name: time.fromisoformat(given[name]) for name in ("opens", "closes") if name in given}
    if "days" in given:
        changes["days"] = _days(given["days"])
    return replace(tenant, **changes)  # type: ignore[arg-type]


def near(zone: str) -> tuple[str, ...]:
    """What a misspelt time zone may have meant."""
    return near_zones(zone)


def _problems(rules: Rules, tenant: Tenant, given: Mapping[str, str]) -> dict[str, str]:
    wrong = {name: "too-long" for name in TEXTS if len(given.get(name, "")) > LONGEST}
    if "plan" in given and given["plan"] not in rules.plans:
        wrong["plan"] = "unknown"
    if "zone" in given and not known_zone(given["zone"]):
        wrong["zone"] = "unknown"
    if given.get("country") and not known_country(given["country"].upper()):
        wrong["country"] = "unknown"
    if "days" in given and not _days(given["days"]):
        wrong["days"] = "missing"
    return wrong | _hours(tenant, given)


def _hours(tenant: Tenant, given: Mapping[str, str]) -> dict[str, str]:
    """Opening before closing, both of them times of day."""
    hours: dict[str, time] = {"opens": tenant.opens, "closes": tenant.closes}
    for name in [name for name in hours if name in given]:
        try:
            hours[name] = time.fromisoformat(given[name])
        except ValueError:
            return {name: "no-time"}
        if hours[name].tzinfo is not None:
            return {name: "no-time"}
    return {"closes": "too-early"} if hours["closes"] <= hours["opens"] else {}


def _days(entered: str) -> tuple[int, ...]:
    """The days of a week that a form names; nothing else counts."""
    return tuple(sorted({int(day) for day in entered.split(",") if day.strip() in set("0123456")}))
