"""Every way to break the rule book that has to be told apart: one wrong field each, and what its refusal has to say."""

from __future__ import annotations

from dataclasses import dataclass

from tests.handoff.books import rules

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
        "routes.toml", 'owner = "organisation"\n', 'ouner = "x"\n', 'ouner = "x"', "ouner", ("not permitted",)
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
        "routes.toml", '\nscope = "out"', '\nscope = "away"', 'scope = "away"', "scope", ("'in'", "'out'")
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
        "routes.toml",
        '\nscope = "out"',
        '\nscope = "out"\nhours = "plan"',
        'hours = "plan"',
        "hours",
        ("'out'", "none"),
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
    "a mistake without a cost": Spoiling("severity.toml", "cost = 60\n", "", "[[mistake]]", "cost", ("required",)),
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
