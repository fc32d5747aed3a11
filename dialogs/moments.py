"""Points and spans of time as a person reads them: in their language, by the clock of their organisation."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_skeleton, format_timedelta

from dialogs.scene import Scene


def when(at: datetime, scene: Scene) -> str:
    """A moment: "Nov 24, 09:30"; with the year where it is not this one."""
    local = at.astimezone(ZoneInfo(scene.tenant.zone))
    now = scene.now.astimezone(ZoneInfo(scene.tenant.zone))
    pattern = "MMMd" if local.year == now.year else "yMMMd"
    day = format_skeleton(pattern, local, locale=scene.language)
    return f"{day}, {format_datetime(local, 'HH:mm', locale=scene.language)}"


def until(at: datetime, scene: Scene) -> str:
    """The time left, or past: "in 25 minutes", "2 hours ago"."""
    return format_timedelta(at - scene.now, add_direction=True, locale=scene.language)
