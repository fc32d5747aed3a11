"""Why a request is refused before anybody looks at what it says.

Refused
├── Malformed     400  not an activity
├── Unauthorised  401  not signed by the channel
├── Forbidden     403  signed, but not for this
├── TooLarge      413  longer than an activity can be
└── NotJson       415  another content type
"""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """The request goes no further. The message is for the log: facts, never the request's own text."""

    status: ClassVar[int] = 400


class Malformed(Refused):
    """Not an activity."""


class Unauthorised(Refused):
    """Not signed by the channel."""

    status = 401


class Forbidden(Refused):
    """Signed by the channel, but not for this activity."""

    status = 403


class TooLarge(Refused):
    """Longer than an activity can be."""

    status = 413


class NotJson(Refused):
    """The content type is not JSON."""

    status = 415
