"""What can go wrong in this room, each named for the fact.

HandoffError
└── BadRules            the rule book cannot be used
"""


class HandoffError(Exception):
    """Anything this room refuses."""


class BadRules(HandoffError):
    """The rule book cannot be used: the text names file, line, field and legal values."""
