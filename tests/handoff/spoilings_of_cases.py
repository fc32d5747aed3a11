"""Every way to break the rules about cases: who may do what, the life of a case, and self-service."""

from __future__ import annotations

from tests.handoff.books import rules
from tests.handoff.spoilings import Spoiling

REACHES = ("'none'", "'own'", "'tenant'", "'requests'")
STATUSES = (
    *("'new'", "'with_administrator'", "'escalated'", "'acknowledged'"),
    *("'waiting'", "'resolved'", "'closed'", "'reopened'"),
)

TAKE = """[[move]]
verb = "take"
from = ["new", "reopened"]
to = "with_administrator"
request = "no"
tell = ["requester"]
"""

RATE = """[[authority]]
verb = "rate"
end_user = "own"
administrator = "own"
partner = "own"
agent = "none"
"""

FIRST_SELF_HELP = """category = "exchange"
resources = ["help_and_training", "office365_community"]"""

SPOILINGS_OF_AUTHORITY = {
    "a role that may do something unheard of": Spoiling(
        "authority.toml", 'agent = "requests"', 'agent = "everything"', 'agent = "everything"', "agent", REACHES
    ),
    "a role that does not exist": Spoiling(
        "authority.toml",
        'end_user = "own"',
        'end_user = "own"\nguest = "own"',
        'guest = "own"',
        "guest",
        ("not permitted",),
    ),
    "a role that is missing": Spoiling(
        "authority.toml", 'partner = "tenant"\n', "", "[[authority]]", "partner", ("required",)
    ),
    "a verb that stands twice": Spoiling(
        "authority.toml", RATE, RATE + RATE, 'verb = "rate"', "verb", ("'rate'", "twice")
    ),
    "a verb with a capital": Spoiling(
        "authority.toml", 'verb = "rate"', 'verb = "Rate"', 'verb = "Rate"', "verb", ("pattern", "a-z")
    ),
    "a verb that is missing": Spoiling("authority.toml", RATE, "", 'verb = "open"', "verb", ("'rate'", "missing")),
    "a verb that is no word": Spoiling(
        "authority.toml", 'verb = "delegate"', "verb = 3", "verb = 3", "verb", ("valid string",)
    ),
}

SPOILINGS_OF_LIFE = {
    "a move that nobody has authority for": Spoiling(
        "life.toml", 'verb = "take"', 'verb = "tkae"', 'verb = "tkae"', "verb", ("'tkae'", "authority.toml", "take")
    ),
    "a move that is missing": Spoiling("life.toml", TAKE, "", "[[life]]", "life", ("'take'", "missing")),
    "a move that stands twice": Spoiling("life.toml", TAKE, TAKE + TAKE, 'verb = "take"', "verb", ("'take'", "twice")),
    "a move from nowhere": Spoiling(
        "life.toml", 'from = ["closed"]', "from = []", "from = []", "from", ("at least 1",)
    ),
    "a move from a status that does not exist": Spoiling(
        "life.toml", 'from = ["closed"]', 'from = ["shut"]', 'from = ["shut"]', "from", STATUSES
    ),
    "a move to a status that does not exist": Spoiling(
        "life.toml", 'to = "resolved"', 'to = "done"', 'to = "done"', "to", (*STATUSES, "'same'", "'back'")
    ),
    "a move without a way to": Spoiling("life.toml", 'to = "resolved"\n', "", "[[move]]", "to", ("required",)),
    "a move for something unheard of": Spoiling(
        "life.toml", 'request = "yes"', 'request = "perhaps"', 'request = "perhaps"', "request", ("'yes'", "'no'")
    ),
    "somebody to tell who does not exist": Spoiling(
        "life.toml",
        'tell = ["requester"]',
        'tell = ["everybody"]',
        'tell = ["everybody"]',
        "tell",
        ("'requester'", "'administrators'", "'agents'"),
    ),
    "nobody said who is told": Spoiling(
        "life.toml", 'tell = ["requester", "agents"]\n', "", "[[move]]", "tell", ("required",)
    ),
    "a misspelt field of a move": Spoiling(
        "life.toml", 'request = "yes"', 'requests = "yes"', 'requests = "yes"', "requests", ("not permitted",)
    ),
    "no day to reopen": Spoiling(
        "life.toml", "reopen_days = 14 ", "reopen_days = 0 ", "reopen_days = 0", "reopen_days", ("greater than 0",)
    ),
    "half a day to reopen": Spoiling(
        "life.toml", "reopen_days = 14 ", "reopen_days = 0.5 ", "reopen_days = 0.5", "reopen_days", ("integer",)
    ),
    "a silence without end": Spoiling(
        "life.toml",
        "silence_days = 5 ",
        "silence_days = -1 ",
        "silence_days = -1",
        "silence_days",
        ("greater than 0",),
    ),
    "a warning after the miss": Spoiling(
        "life.toml", "warn_at = 0.75 ", "warn_at = 1.5 ", "warn_at = 1.5", "warn_at", ("less than 1",)
    ),
    "no warning at all": Spoiling("life.toml", "warn_at = 0.75 ", "# ", "[[life]]", "warn_at", ("required",)),
    "the numbers twice": Spoiling(
        "life.toml",
        "[[life]]\n",
        "[[life]]\nreopen_days = 7\nsilence_days = 5\nwarn_at = 0.5\nclaim_at = 0.5\nclaim_hours = 4\nreturn_hours = 8\n"
        "talk_minutes = 30\n[[life]]\n",
        "[[life]]",
        "life",
        ("once",),
    ),
}

SPOILINGS_OF_SELF_HELP = {
    "self-service for a category that does not exist": Spoiling(
        "self_help.toml",
        'category = "identity"',
        'category = "astrology"',
        'category = "astrology"',
        "category",
        ("'astrology'", *rules().categories),
    ),
    "self-service at an address that does not exist": Spoiling(
        "self_help.toml",
        'resources = ["help_and_training"]',
        'resources = ["the_moon"]',
        'resources = ["the_moon"]',
        "resources",
        ("'the_moon'", *rules().resources),
    ),
    "self-service twice for one category": Spoiling(
        "self_help.toml",
        FIRST_SELF_HELP,
        f"{FIRST_SELF_HELP}\n[[self_help]]\n{FIRST_SELF_HELP}",
        'category = "exchange"',
        "category",
        ("'exchange'", "twice"),
    ),
    "self-service without an address": Spoiling(
        "self_help.toml", 'resources = ["help_and_training"]', "", "[[self_help]]", "resources", ("required",)
    ),
}

SPOILINGS_OF_CASES = {**SPOILINGS_OF_AUTHORITY, **SPOILINGS_OF_LIFE, **SPOILINGS_OF_SELF_HELP}
