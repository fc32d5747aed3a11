"""Points and spans of time as a person reads them: in their language, by the clock of their organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.moments import until, when
from dialogs.scene import Scene
from tests.dialogs.cards.scenes import scene

NOON = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def by_the_clock_of(zone: str, language: str = "en", now: datetime = NOON) -> Scene:
    in_ = scene(language)
    return replace(in_, tenant=replace(in_.tenant, zone=zone), now=now)


@pytest.mark.parametrize(
    ("at", "zone", "language", "read"),
    [
        (NOON, "UTC", "en", "Nov 24, 12:05"),
        (NOON, "Europe/Paris", "en", "Nov 24, 13:05"),
        (NOON, "Europe/Paris", "fr", "24 nov., 13:05"),
        (NOON, "America/New_York", "fr", "24 nov., 07:05"),
        (NOON, "Asia/Kolkata", "en", "Nov 24, 17:35"),
        (SUMMER, "Europe/Paris", "en", "Jul 2, 00:30"),
        (SUMMER, "Europe/Paris", "fr", "2 juil., 00:30"),
        (SUMMER, "Pacific/Auckland", "fr", "2 juil., 10:30"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_the_organisation(at: datetime, zone: str, language: str, read: str) -> None:
    assert when(at, by_the_clock_of(zone, language)) == read


@pytest.mark.parametrize(
    ("zone", "language", "read"),
    [
        ("UTC", "en", "Dec 31, 23:30"),
        ("Europe/Paris", "en", "Jan 1, 2027, 00:30"),
        ("Europe/Paris", "fr", "1 janv. 2027, 00:30"),
    ],
)
def test_the_year_is_told_where_it_is_another_one_there(zone: str, language: str, read: str) -> None:
    assert when(NEW_YEAR, by_the_clock_of(zone, language)) == read


@pytest.mark.parametrize(
    ("after", "language", "read"),
    [
        (timedelta(minutes=25), "en", "in 25 minutes"),
        (timedelta(minutes=25), "fr", "dans 25 minutes"),
        (timedelta(hours=-2), "en", "2 hours ago"),
        (timedelta(hours=-2), "fr", "il y a 2 heures"),
        (timedelta(days=1), "en", "in 1 day"),
        (timedelta(days=1), "fr", "dans 1 jour"),
        (timedelta(seconds=1), "en", "in 1 second"),
    ],
)
def test_a_span_is_told_with_its_direction(after: timedelta, language: str, read: str) -> None:
    assert until(NOON + after, by_the_clock_of("Asia/Tokyo", language)) == read
