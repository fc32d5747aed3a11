"""A rule book with one wrong field is refused as a whole, with the file, the line, the field and what would be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from handoff.errors import BadRules
from handoff.rulebook import Severity
from handoff.rules import load_rules
from tests.handoff.books import RULES, copied, rules, spoiled

THE_LAST_ROW = """[[response]]
family = "advanced"
severity = "C"
availability = "always"
target = { amount = 4, unit = "hour" }
"""


@dataclass(frozen=True)
class Spoiling:
    """`old` becomes `new` in `file`; the refusal names the line that reads `line`, the field, and says all of `legal`."""

    file: str
    old: str
    new: str
    line: str
    field: str
    legal: tuple[str, ...]


SPOILINGS = {
    "an unknown route": Spoiling(
        "categories.toml",
        'route = "billing_support"',
        'route = "nowhere"',
        'route = "nowhere"',
        "route",
        ("'nowhere'", *rules().routes),
    ),
    "a misspelt field": Spoiling(
        "categories.toml", 'route = "billing_support"', 'rout = "x"', 'rout = "x"', "rout", ("not permitted",)
    ),
    "a field that is missing": Spoiling(
        "categories.toml",
        'id = "domains"\nroute = "technical_support"',
        'id = "domains"',
        "[[category]]",
        "route",
        ("required",),
    ),
    "an id that stands twice": Spoiling(
        "categories.toml", 'id = "billing"', 'id = "exchange"', 'id = "exchange"', "id", ("'exchange'", "twice")
    ),
    "an id with a capital": Spoiling(
        "categories.toml", 'id = "billing"', 'id = "Billing"', 'id = "Billing"', "id", ("pattern", "a-z")
    ),
    "a wrong type": Spoiling("categories.toml", 'id = "billing"', "id = 7", "id = 7", "id", ("valid string",)),
    "an unknown table": Spoiling(
        "categories.toml", "[[category]]", "[[kategory]]\n[[category]]", "[[kategory]]", "kategory", ("not permitted",)
    ),
    "an unknown scope": Spoiling(
        "routes.toml", 'scope = "out"', 'scope = "away"', 'scope = "away"', "scope", ("'in'", "'out'")
    ),
    "an unknown resource": Spoiling(
        "routes.toml",
        '["microsoft_community"]',
        '["the_moon"]',
        'resources = ["the_moon"]',
        "resources",
        ("'the_moon'", *rules().resources),
    ),
    "a route in scope without hours": Spoiling(
        "routes.toml", 'hours = "plan"\n', "", "[[route]]", "hours", ("'plan'", "'business'")
    ),
    "a route out of scope with hours": Spoiling(
        "routes.toml", 'scope = "out"', 'scope = "out"\nhours = "plan"', 'hours = "plan"', "hours", ("'out'", "none")
    ),
    "unknown hours": Spoiling(
        "routes.toml", 'hours = "plan"', 'hours = "night"', 'hours = "night"', "hours", ("'plan'", "'business'")
    ),
    "an address that is not https": Spoiling(
        "resources.toml",
        'url = "https://answers.microsoft.com"',
        'url = "http://answers.microsoft.com"',
        'url = "http://answers.microsoft.com"',
        "url",
        ("https://",),
    ),
    "an address with a space": Spoiling(
        "resources.toml",
        'url = "https://answers.microsoft.com"',
        'url = "https://answers microsoft.com"',
        'url = "https://answers microsoft.com"',
        "url",
        ("https://",),
    ),
    "an unknown severity": Spoiling(
        "responses.toml", 'severity = "A"', 'severity = "D"', 'severity = "D"', "severity", ("'A'", "'B'", "'C'")
    ),
    "a missing row": Spoiling(
        "responses.toml", THE_LAST_ROW, "", 'family = "advanced"', "family", ("'advanced'", "severity C")
    ),
    "a row that stands twice": Spoiling(
        "responses.toml",
        THE_LAST_ROW,
        THE_LAST_ROW + THE_LAST_ROW,
        'severity = "C"',
        "severity",
        ("advanced/C", "twice"),
    ),
    "a target without a word": Spoiling(
        "responses.toml", 'target = "none"\n', "", "[[response]]", "target", ("required",)
    ),
    "a target of no hours": Spoiling(
        "responses.toml",
        "{ amount = 4,",
        "{ amount = 0,",
        'target = { amount = 0, unit = "hour" }',
        "target",
        ("greater than 0",),
    ),
    "a target in weeks": Spoiling(
        "responses.toml",
        'amount = 4, unit = "hour"',
        'amount = 4, unit = "week"',
        'target = { amount = 4, unit = "week" }',
        "target",
        ("'hour'", "'day'"),
    ),
    "an availability that does not exist": Spoiling(
        "responses.toml",
        'availability = "business"',
        'availability = "sometimes"',
        'availability = "sometimes"',
        "availability",
        ("'always'", "'business'"),
    ),
    "levels out of order": Spoiling("severity.toml", 'id = "A"', 'id = "C"', 'id = "C"', "id", ("A, B and C", "order")),
    "a probability above one": Spoiling(
        "severity.toml", "settled = 0.6", "settled = 60", "settled = 60", "settled", ("less than or equal to 1",)
    ),
    "a mistake without a cost": Spoiling("severity.toml", "cost = 10\n", "", "[[mistake]]", "cost", ("required",)),
    "a mistake that is none": Spoiling("severity.toml", 'said = "B"', 'said = "A"', 'said = "A"', "said", ("six",)),
    "a question that no ruling reads": Spoiling(
        "severity.toml", 'id = "people"', 'id = "weather"', 'id = "weather"', "id", ("'weather'", "people", "work")
    ),
    "an answer that nobody can give": Spoiling(
        "severity.toml",
        'work = ["blocked"]',
        'work = ["asleep"]',
        'work = ["asleep"]',
        "work",
        ("'asleep'", "blocked", "impaired", "workaround"),
    ),
}


@pytest.mark.parametrize("spoiling", SPOILINGS.values(), ids=SPOILINGS.keys())
def test_a_broken_book_is_refused_with_file_line_field_and_what_is_legal(spoiling: Spoiling, tmp_path: Path) -> None:
    book = spoiled(tmp_path, spoiling.file, spoiling.old, spoiling.new)
    with pytest.raises(BadRules) as refusal:
        load_rules(book)
    path = book / spoiling.file
    lines = path.read_text(encoding="utf-8").splitlines()
    told = re.match(rf"{re.escape(str(path))}:(\d+): (\w+): (.+)", str(refusal.value))
    assert told, refusal.value
    assert (lines[int(told[1]) - 1], told[2]) == (spoiling.line, spoiling.field)
    assert all(word in str(refusal.value) for word in spoiling.legal), refusal.value


def test_every_wrong_field_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    book = spoiled(tmp_path, "routes.toml", 'scope = "in"\nhours = "plan"', 'scope = "inn"\nhours = "never"')
    with pytest.raises(BadRules) as refusal:
        load_rules(book)
    assert len(str(refusal.value).splitlines()) == 2


def test_the_line_is_that_of_the_row_and_not_of_the_first_one_alike(tmp_path: Path) -> None:
    book = spoiled(
        tmp_path, "categories.toml", 'id = "unrelated"\nroute = "own_help_desk"', 'id = "unrelated"\nroute = "x"'
    )
    lines = (book / "categories.toml").read_text(encoding="utf-8").splitlines()
    line = lines.index('route = "x"') + 1
    with pytest.raises(BadRules, match=rf"categories\.toml:{line}: route"):
        load_rules(book)


@pytest.mark.parametrize(
    "file", ["categories.toml", "routes.toml", "resources.toml", "responses.toml", "severity.toml"]
)
def test_a_file_that_is_no_toml_is_refused_with_its_name_and_line(file: str, tmp_path: Path) -> None:
    book = copied(tmp_path)
    with (book / file).open("a", encoding="utf-8") as stream:
        stream.write('\n[[route]\nid = "x"\n')
    with pytest.raises(BadRules, match=rf"{file}: .*line \d+"):
        load_rules(book)


@pytest.mark.parametrize("file", ["categories.toml", "severity.toml"])
def test_a_file_that_is_missing_is_refused_with_its_name(file: str, tmp_path: Path) -> None:
    book = copied(tmp_path)
    (book / file).unlink()
    with pytest.raises(BadRules, match=f"{file}: the file is missing"):
        load_rules(book)


def test_a_file_in_another_encoding_is_refused_with_its_name(tmp_path: Path) -> None:
    book = copied(tmp_path)
    (book / "routes.toml").write_bytes("# priorité\n".encode("latin-1") + (RULES / "routes.toml").read_bytes())
    with pytest.raises(BadRules, match=r"routes\.toml"):
        load_rules(book)


def test_a_category_that_does_not_exist_has_no_route() -> None:
    with pytest.raises(KeyError):
        rules().route_of("astrology")


def test_being_right_costs_nothing_and_every_mistake_something() -> None:
    for (true, said), cost in rules().costs.items():
        assert (cost == 0) is (true == said)
    assert len(rules().costs) == len(Severity) ** 2


def test_a_rule_book_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        rules().categories["exchange"].route = "community"
