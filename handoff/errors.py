"""What can go wrong in this room, each named for the fact and carrying it; words are found for it in one place.

HandoffError
├── BadRules            the rule book cannot be used
└── Refused             somebody asked for what the rules do not allow
    ├── NotAllowed          their role may not
    ├── IllegalMove         the case is not where that can happen
    ├── TooLate             the days for it are over
    └── Unfit               what was entered cannot be taken
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime


class HandoffError(Exception):
    """Anything this room refuses."""


class BadRules(HandoffError):
    """The rule book cannot be used: the text names file, line, field and legal values."""


class Refused(HandoffError):
    """Somebody asked for what the rules do not allow; nothing has changed."""


class NotAllowed(Refused):
    """The person's role may not do this. `who` are the roles that may."""

    def __init__(self, verb: str, who: tuple[str, ...]) -> None:
        super().__init__(f"{verb} is for {', '.join(who) or 'nobody'}")
        self.verb = verb
        self.who = who


class IllegalMove(Refused):
    """The case is not in a status where this can happen. `legal` are the moves that this person may make now."""

    def __init__(self, verb: str, status: str, legal: tuple[str, ...]) -> None:
        super().__init__(
            f"{verb} is not possible while the case is {status}; possible: {', '.join(legal) or 'nothing'}"
        )
        self.verb = verb
        self.status = status
        self.legal = legal


class TooLate(Refused):
    """The case was closed too long ago: it could be reopened until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"it could be reopened until {until.isoformat()}")
        self.until = until


class Unfit(Refused):
    """What was entered cannot be taken. `problems` maps each field to what is wrong with it, as ids of texts."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {problem}" for field, problem in problems.items()))
        self.problems = problems
