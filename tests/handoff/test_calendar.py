"""The calendar: which days are worked, from when to when, also on the days when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from handoff.calendar import Calendar, in_utc, known_country, known_zone, near_zones

PARIS = Calendar("Europe/Paris", country="FR")
NEW_YORK = Calendar("America/New_York", country="US")
LONDON = Calendar("Europe/London", country="GB")

MARCH, OCTOBER = date(2026, 3, 29), date(2026, 10, 25)  # when Paris changes its clocks, at 02:00 and at 03:00


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def paris(opens: str, closes: str) -> Calendar:
    return Calendar("Europe/Paris", time.fromisoformat(opens), time.fromisoformat(closes), frozenset(range(7)))


def length(calendar: Calendar, day: date) -> timedelta | None:
    window = calendar.window(day)
    return window and window[1] - window[0]


@pytest.mark.parametrize(
    ("calendar", "day", "opens", "closes"),
    [
        (PARIS, date(2026, 2, 2), "2026-02-02 08:00", "2026-02-02 16:00"),
        (PARIS, date(2026, 8, 3), "2026-08-03 07:00", "2026-08-03 15:00"),
        (NEW_YORK, date(2026, 2, 2), "2026-02-02 14:00", "2026-02-02 22:00"),
        (NEW_YORK, date(2026, 8, 3), "2026-08-03 13:00", "2026-08-03 21:00"),
        (Calendar("Pacific/Auckland"), date(2026, 2, 2), "2026-02-01 20:00", "2026-02-02 04:00"),
    ],
)
def test_hours_are_those_of_the_wall_clock_there(calendar: Calendar, day: date, opens: str, closes: str) -> None:
    assert calendar.window(day) == (at(opens), at(closes))


@pytest.mark.parametrize("day", [date(2026, 2, 7), date(2026, 2, 8)])
def test_nobody_works_at_the_weekend(day: date) -> None:
    assert not PARIS.is_working_day(day)
    assert PARIS.window(day) is None


def test_a_week_may_have_other_days() -> None:
    riyadh = Calendar("Asia/Riyadh", days=frozenset({6, 0, 1, 2, 3}))
    assert riyadh.is_working_day(date(2026, 2, 8))
    assert not riyadh.is_working_day(date(2026, 2, 6))


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        (PARIS, date(2026, 7, 14)),
        (PARIS, date(2026, 4, 6)),  # Easter Monday
        (NEW_YORK, date(2026, 11, 26)),  # Thanksgiving
        (NEW_YORK, date(2026, 7, 3)),  # the Fourth is a Saturday
        (NEW_YORK, date(2027, 12, 31)),  # the first of January 2028 is a Saturday
        (LONDON, date(2026, 5, 4)),
        (LONDON, date(2026, 12, 28)),  # Boxing Day is a Saturday
    ],
)
def test_a_public_holiday_is_no_working_day_where_it_is_kept(calendar: Calendar, day: date) -> None:
    assert not calendar.is_working_day(day)
    assert calendar.window(day) is None


def test_a_public_holiday_is_a_day_like_any_other_elsewhere() -> None:
    assert NEW_YORK.is_working_day(date(2026, 7, 14))
    assert PARIS.is_working_day(date(2026, 11, 26))


def test_without_a_country_there_are_no_public_holidays() -> None:
    assert Calendar("Europe/Paris").is_working_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        (paris("00:00", "06:00"), MARCH, timedelta(hours=5)),
        (paris("00:00", "06:00"), OCTOBER, timedelta(hours=7)),
        (paris("02:30", "03:30"), MARCH, timedelta(minutes=30)),  # opens as the clocks jump to 03:00
        (paris("01:30", "02:30"), MARCH, timedelta(minutes=30)),  # closes as they jump
        (paris("02:15:30.5", "03:00:00.5"), MARCH, timedelta(seconds=0.5)),
        (paris("02:00", "03:00"), MARCH, None),
        (paris("02:15", "02:45"), MARCH, None),
        (
            paris("01:00", "02:30"),
            OCTOBER,
            timedelta(minutes=90),
        ),  # once closed, it does not open again at the second 02:00
        (paris("02:00", "02:30"), OCTOBER, timedelta(minutes=30)),
        (paris("02:30", "03:30"), OCTOBER, timedelta(hours=2)),
        (paris("09:00", "17:00"), MARCH, timedelta(hours=8)),
        (Calendar("America/Santiago", time(0), time(8), frozenset({6})), date(2026, 9, 6), timedelta(hours=7)),
        (Calendar("Pacific/Apia"), date(2011, 12, 30), None),  # a Friday that Samoa never had
    ],
)
def test_hours_that_a_clock_change_skips_do_not_count(
    calendar: Calendar, day: date, expected: timedelta | None
) -> None:
    assert length(calendar, day) == expected


def test_windows_follow_one_another_over_weekends_and_holidays() -> None:
    windows = PARIS.windows(at("2026-12-24 23:30"))  # it is Christmas Day in Paris by then
    assert [next(windows)[0] for _ in range(5)] == [
        at("2026-12-28 08:00"),
        at("2026-12-29 08:00"),
        at("2026-12-30 08:00"),
        at("2026-12-31 08:00"),
        at("2027-01-04 08:00"),
    ]


def test_where_it_stays_closed_for_ever_the_windows_end() -> None:
    class Closed(Calendar):
        def is_working_day(self, day: date) -> bool:
            return day < date(2026, 1, 3)

    assert len(list(Closed("UTC").windows(at("2026-01-01 00:00")))) == 2


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"zone": "Europe/Pari"}, "'Europe/Pari'"),
        ({"zone": ""}, "''"),
        ({"country": "ZZ"}, "'ZZ'"),
        ({"days": frozenset()}, "working days"),
        ({"days": frozenset({7})}, "working days"),
        ({"opens": time(17), "closes": time(9)}, "not after"),
        ({"opens": time(9), "closes": time(9)}, "not after"),
        ({"closes": time(17, tzinfo=UTC)}, "no zone"),
    ],
)
def test_a_calendar_that_cannot_be_kept_is_refused(changed: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Calendar(**{"zone": "Europe/Paris"} | changed)


def test_calendars_are_values() -> None:
    assert Calendar("Europe/Paris", country="FR") == PARIS
    assert len({PARIS, Calendar("Europe/Paris", country="FR"), NEW_YORK}) == 2


def test_a_naive_datetime_names_no_instant() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        in_utc(datetime(2026, 2, 2, 9))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="no time zone"):
        next(PARIS.windows(datetime(2026, 2, 2, 9)))  # noqa: DTZ001


@pytest.mark.parametrize("code", ["FR", "US", "GB", "DE", "CA", "JP"])
def test_countries_are_known_by_two_capitals(code: str) -> None:
    assert known_country(code)


@pytest.mark.parametrize("code", ["", "fr", "FRA", "UK", "ZZ", "France"])
def test_what_is_no_country_code_is_not_known(code: str) -> None:
    assert not known_country(code)


@pytest.mark.parametrize("name", ["Europe/Paris", "America/New_York", "UTC", "America/Argentina/Buenos_Aires"])
def test_zones_are_known_by_their_name(name: str) -> None:
    assert known_zone(name)


@pytest.mark.parametrize(
    "name", ["", "europe/paris", "Europe/Pari", "localtime", "Factory", "../etc/passwd", "/etc/localtime"]
)
def test_what_is_no_zone_is_not_known(name: str) -> None:
    assert not known_zone(name)


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        ("Europe/Pari", ("Europe/Paris",)),
        ("europe/paris", ("Europe/Paris",)),
        ("Paris", ("Europe/Paris",)),
        ("New York", ("America/New_York",)),
        ("Amerca/New_York", ("America/New_York",)),
        ("Mars/Olympus", ()),
        ("", ()),
    ],
)
def test_a_misspelt_zone_is_recognised(name: str, zones: tuple[str, ...]) -> None:
    assert near_zones(name) == zones


def test_at_most_three_zones_are_suggested() -> None:
    assert len(near_zones("Etc/GMT+")) == 3
