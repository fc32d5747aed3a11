"""`data/rules` says what the service description says: every category, every cell of the response table, every address."""

from __future__ import annotations

import re

import pytest

from handoff.rulebook import Cell, Commitment, Resource, Severity
from tests.handoff.books import rules
from tests.handoff.tables import DOMAIN, SEED, links, tables
from tests.handoff.vocabulary import AVAILABILITY, PLANS, PLANS_OF_THE_SEED, ROUTES, TARGETS

CATEGORIES = [row for row in tables(DOMAIN, "2. Categories")[0] if row[0].startswith("`")]

# Pages that the seed cites for what they say, and not as a place to take a problem to.
CITED_ONLY = {
    "https://docs.microsoft.com/office365/servicedescriptions/office-365-platform-service-description/office-365-platform-service-description",
    "partners.md",
    "office-365-plan-options.md#standalone-services",
}


def test_the_categories_are_the_nineteen_of_the_description_in_its_order() -> None:
    assert list(rules().categories) == [row[0].strip("`") for row in CATEGORIES]
    assert len(rules().categories) == 19


@pytest.mark.parametrize("row", CATEGORIES, ids=lambda row: row[0].strip("`"))
def test_a_category_goes_where_the_description_sends_it(row: list[str]) -> None:
    route = rules().route_of(row[0].strip("`"))
    assert (route.id, route.resources) == ROUTES[row[-1]]
    assert route.scope == ("out" if row[-1].startswith("out") else "in")
    assert rules().in_scope(row[0].strip("`")) is not row[-1].startswith("out")


def test_every_route_has_a_category() -> None:
    assert {category.route for category in rules().categories.values()} == set(rules().routes)


@pytest.mark.parametrize(
    ("route", "hours"),
    [("technical_support", "plan"), ("billing_support", "business"), ("presales_support", "business")],
)
def test_only_technical_support_follows_the_plan(route: str, hours: str) -> None:
    assert rules().routes[route].hours == hours


@pytest.mark.parametrize("route", ["network_team", "own_help_desk"])
def test_what_the_organisation_owns_goes_to_its_own_people_first(route: str) -> None:
    assert rules().routes[route].owner == "organisation"
    assert [one.id for one in rules().routes.values() if one.owner] == ["network_team", "own_help_desk"]


def test_every_cell_of_the_response_table_is_the_description_s() -> None:
    assert _promises() == _of_the_domain()


def test_every_cell_of_the_response_table_is_the_seed_s() -> None:
    of_the_seed = _of_the_seed()
    assert {key: promise for key, promise in _promises().items() if key[0] != "standalone"} == of_the_seed


@pytest.mark.parametrize("severity", Severity)
def test_a_standalone_plan_is_served_like_enterprise(severity: Severity) -> None:
    assert _promises()["standalone", severity] == _promises()["enterprise_e3", severity]


def test_only_the_advanced_options_let_the_customer_set_the_severity() -> None:
    assert [plan.id for plan in rules().plans.values() if plan.sets_severity] == ["advanced"]


def test_self_service_is_offered_where_a_case_would_be_opened_and_nowhere_else() -> None:
    places = {
        "help_and_training",
        "office365_community",
        "office_app_support",
    }  # section 6, "Self-service", and its app options
    assert rules().self_help
    for category, help_ in rules().self_help.items():
        assert rules().route_of(category).id == "technical_support"
        assert help_.resources
        assert set(help_.resources) <= places


@pytest.mark.parametrize("resource", rules().resources.values(), ids=lambda resource: resource.id)
def test_an_address_is_the_seed_s(resource: Resource) -> None:
    assert resource.url in _addresses()


def test_every_address_of_the_seed_can_be_given_to_a_person() -> None:
    ours = {resource.url for resource in rules().resources.values()}
    kept_apart = {_published(address) for address in CITED_ONLY}
    assert _addresses() - ours == kept_apart


def _promises() -> dict[tuple[str, Severity], Commitment]:
    book = rules()
    return {
        (plan.id, severity): book.commitments[Cell(plan.family, severity)]
        for plan in book.plans.values()
        for severity in Severity
    }


def _of_the_domain() -> dict[tuple[str, Severity], Commitment]:
    header, *rows = tables(DOMAIN, "4. Initial response")[0]
    return {
        (PLANS[name.strip()], Severity(row[0])): _commitment(*cell.split(" · "))
        for row in rows
        for column, cell in zip(header[1:], row[1:], strict=True)
        for name in re.split("[,;]", column)
    }


def _of_the_seed() -> dict[tuple[str, Severity], Commitment]:
    header, *rows = tables(SEED, "initial-response-times")[0]
    found = {}
    for row in rows:
        level = re.search(r"gravité ([ABC])", row[0])
        assert level, row[0]
        for column, cell in zip(header[1:], row[1:], strict=True):
            for name in filter(None, (part.strip() for part in column.split("<br/>"))):
                said = [part.strip() for part in cell.split("<br/>") if part.strip()]
                found[PLANS_OF_THE_SEED[name], Severity(level[1])] = _commitment(*said)
    return found


def _commitment(availability: str, target: str) -> Commitment:
    return Commitment(availability=AVAILABILITY[availability], target=TARGETS[target])


def _addresses() -> set[str]:
    """Every address of the seed outside itself, in its published form."""
    return {_published(address) for address in links(SEED) if not address.startswith("support.md")}


def _published(address: str) -> str:
    """A page beside the seed (`help-and-training.md`) is published beside the service description that the seed links to last."""
    if address.startswith("https://"):
        return address
    beside = [one for one in links(SEED) if "/servicedescriptions/" in one][-1].rpartition("/")[0]
    return f"{beside}/{address.replace('.md', '')}"
