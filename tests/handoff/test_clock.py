"""The clock of a first response: what counts, until when, and whether two others who count otherwise agree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from handoff.calendar import Calendar
from handoff.clock import Clock, after, between

ALWAYS = frozenset(range(7))
PARIS = Calendar("Europe/Paris", country="FR")
NEW_YORK = Calendar("America/New_York", country="US")
LONDON = Calendar("Europe/London", country="GB")
NIGHTS = [  # open while the clocks change
    Calendar("Europe/Paris", time(0, 30), time(4, 15), ALWAYS, "FR"),
    Calendar("America/New_York", time(0, 15), time(23, 45), ALWAYS, "US"),
    Calendar("Europe/London", time(0), time(12), frozenset({5, 6}), "GB"),
]
ODD = [  # opening or closing at an hour that does not exist, or comes twice
    Calendar("Europe/Paris", time(2, 30), time(3, 30), ALWAYS, "FR"),
    Calendar("America/New_York", time(1), time(2, 30), ALWAYS, "US"),
    Calendar("Europe/London", time(0, 20), time(1, 40), ALWAYS, "GB"),
    Calendar("Australia/Lord_Howe", time(1, 45), time(2, 15), ALWAYS, "AU"),  # by half an hour
    Calendar("America/Santiago", time(0), time(23, 30), ALWAYS, "CL"),  # at midnight
]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FORTNIGHT = 14 * 24 * 60

calendars = st.sampled_from([None, PARIS, NEW_YORK, LONDON, *NIGHTS, *ODD])
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001
amounts = st.timedeltas(timedelta(0), timedelta(days=5))


def at(text: str, calendar: Calendar | None = PARIS) -> datetime:
    """What the wall clock of the calendar's zone shows."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(calendar.zone) if calendar else UTC)


@pytest.mark.parametrize(
    ("calendar", "start", "end", "hours"),
    [
        (PARIS, "2026-02-02 06:00", "2026-02-02 23:00", 8),
        (PARIS, "2026-02-02 09:00", "2026-02-02 17:00", 8),
        (PARIS, "2026-02-02 17:00", "2026-02-03 09:00", 0),
        (PARIS, "2026-02-06 16:00", "2026-02-09 10:00", 2),  # over a weekend
        (PARIS, "2026-02-07 10:00", "2026-02-08 10:00", 0),  # within one
        (PARIS, "2026-07-13 16:00", "2026-07-15 10:00", 2),  # over the fourteenth of July
        (NEW_YORK, "2026-07-13 16:00", "2026-07-15 10:00", 10),
        (LONDON, "2026-12-24 16:00", "2026-12-29 10:00", 2),  # over Christmas, Boxing Day on the Monday
        (PARIS, "2026-03-27 16:00", "2026-03-30 10:00", 2),  # spring, autumn: the hour that changes lies outside
        (NEW_YORK, "2026-10-30 16:00", "2026-11-02 10:00", 2),
        (NIGHTS[0], "2026-03-29 01:30", "2026-03-29 03:30", 1),  # inside
        (NIGHTS[0], "2026-10-25 01:30", "2026-10-25 03:30", 3),
        (NIGHTS[1], "2026-03-08 00:15", "2026-03-08 23:45", 22.5),
        (NIGHTS[1], "2026-11-01 00:15", "2026-11-01 23:45", 24.5),
        (None, "2026-02-06 16:00", "2026-02-09 10:00", 66),
        (PARIS, "2026-02-03 10:00", "2026-02-02 10:00", 0),  # backwards
        (None, "2026-02-03 10:00", "2026-02-02 10:00", 0),
    ],
)
def test_what_lies_in_opening_hours_counts(calendar: Calendar | None, start: str, end: str, hours: float) -> None:
    assert between(calendar, at(start, calendar), at(end, calendar)) == hours * HOUR


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "end"),
    [
        (PARIS, "2026-02-02 09:00", 8, "2026-02-02 17:00"),  # as the doors close, not when they open again
        (PARIS, "2026-02-02 17:00", 1, "2026-02-03 10:00"),
        (PARIS, "2026-02-06 16:00", 2, "2026-02-09 10:00"),
        (PARIS, "2026-07-13 16:00", 2, "2026-07-15 10:00"),
        (PARIS, "2026-02-07 12:00", 0, "2026-02-07 12:00"),
        (NIGHTS[0], "2026-03-29 01:30", 1, "2026-03-29 03:30"),
        (NIGHTS[0], "2026-10-25 01:30", 3, "2026-10-25 03:30"),
        (NIGHTS[1], "2026-11-01 00:15", 24.5, "2026-11-01 23:45"),
        (None, "2026-02-06 16:00", 24, "2026-02-07 16:00"),
        (None, "2026-02-06 16:00", -1, "2026-02-06 16:00"),
        (PARIS, "2026-02-02 09:00", 8 * 250, "2027-01-28 17:00"),
    ],
)
def test_an_amount_is_reached_at_the_first_instant_possible(
    calendar: Calendar | None, start: str, hours: float, end: str
) -> None:
    assert after(calendar, at(start, calendar), hours * HOUR) == at(end, calendar)


def test_results_are_in_utc() -> None:
    assert after(PARIS, at("2026-02-02 10:00"), HOUR).tzinfo is UTC
    assert after(None, at("2026-02-02 10:00"), HOUR).tzinfo is UTC
    assert Clock(HOUR, at("2026-02-02 10:00")).due(HOUR, PARIS) == datetime(2026, 2, 2, 9, tzinfo=UTC)


def test_naive_datetimes_are_refused_everywhere() -> None:
    naive, aware = datetime(2026, 2, 2), at("2026-02-02 10:00")  # noqa: DTZ001
    for use in (
        lambda: between(None, naive, aware),
        lambda: between(PARIS, aware, naive),
        lambda: after(None, naive, HOUR),
        lambda: Clock(running_since=naive),
        lambda: Clock(answered_at=naive),
        lambda: Clock().resume(naive),
        lambda: Clock().pause(naive, None),
        lambda: Clock().answer(naive, None),
        lambda: Clock().change(naive, None),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            use()


def test_where_it_stays_closed_nothing_is_waited_for_in_vain() -> None:
    class Closed(Calendar):
        def is_working_day(self, day: date) -> bool:
            return False

    with pytest.raises(ValueError, match="stays closed"):
        after(Closed("UTC"), at("2026-02-02 10:00"), HOUR)
    assert between(Closed("UTC"), at("2026-02-02 10:00"), at("2036-02-02 10:00")) == timedelta(0)


def test_a_clock_paused_over_a_weekend_goes_on_where_it_stood() -> None:
    clock = Clock().resume(at("2026-02-06 16:00")).pause(at("2026-02-06 16:30"), PARIS)
    assert clock == Clock(elapsed=0.5 * HOUR)
    assert clock.due(2 * HOUR, PARIS) is None
    assert clock.resume(at("2026-02-09 12:00")).due(2 * HOUR, PARIS) == at("2026-02-09 13:30")


def test_around_the_clock_a_pause_over_a_weekend_does_not_count_either() -> None:
    clock = Clock().resume(at("2026-02-06 16:00")).pause(at("2026-02-06 22:00"), None).resume(at("2026-02-09 08:00"))
    assert clock.due(24 * HOUR, None) == at("2026-02-10 02:00")


def test_a_change_of_severity_keeps_the_time_elapsed() -> None:
    clock = Clock().resume(at("2026-02-06 16:00")).change(at("2026-02-07 10:00"), PARIS)  # one business hour so far
    assert clock == Clock(elapsed=HOUR, running_since=at("2026-02-07 10:00"))
    assert clock.due(4 * HOUR, None) == at("2026-02-07 13:00")


def test_a_target_already_exceeded_is_due_when_it_was_found_to_be() -> None:
    clock = Clock().resume(at("2026-02-06 10:00")).change(at("2026-02-06 15:00"), None)
    assert clock.due(HOUR, None) == clock.due(HOUR, PARIS) == at("2026-02-06 15:00")


@given(st.builds(Clock, amounts, st.none() | instants), calendars)
def test_without_a_commitment_nothing_is_ever_due(clock: Clock, calendar: Calendar | None) -> None:
    assert clock.due(None, calendar) is None


def test_the_first_response_stops_the_clock_for_good() -> None:
    running = Clock().resume(at("2026-02-06 10:00"))
    answered = running.answer(at("2026-02-06 11:00"), PARIS)
    assert answered == Clock(elapsed=HOUR, answered_at=at("2026-02-06 11:00"))
    assert answered.due(4 * HOUR, PARIS) is None
    now = at("2026-02-06 15:00")
    after_that = answered.resume(now), answered.pause(now, None), answered.answer(now, None), answered.change(now, None)
    assert set(after_that) == {answered}


def test_a_paused_clock_can_be_answered() -> None:
    assert Clock(HOUR).answer(at("2026-02-06 11:00"), None) == Clock(HOUR, answered_at=at("2026-02-06 11:00"))


def test_an_event_that_comes_twice_does_no_harm() -> None:
    running = Clock().resume(at("2026-02-06 10:00"))
    assert running.resume(at("2026-02-06 11:00")) == running
    paused = running.pause(at("2026-02-06 11:00"), None)
    assert paused.pause(at("2026-02-06 12:00"), None) == paused == paused.change(at("2026-02-06 12:00"), None)


def test_an_answered_clock_that_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="does not run"):
        Clock(running_since=at("2026-02-06 10:00"), answered_at=at("2026-02-06 11:00"))


@given(calendars, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_time_adds_up(calendar: Calendar | None, three: list[datetime]) -> None:
    first, second, third = three
    assert between(calendar, first, second) + between(calendar, second, third) == between(calendar, first, third)
    assert timedelta(0) <= between(calendar, first, second) <= second - first


@given(calendars, instants, amounts)
def test_an_amount_has_counted_when_it_is_reached_and_not_before(
    calendar: Calendar | None, start: datetime, amount: timedelta
) -> None:
    end = after(calendar, start, amount)
    assert between(calendar, start, end) == amount
    if amount:
        assert between(calendar, start, end - timedelta(microseconds=1)) < amount


@given(calendars, instants, amounts, amounts)
def test_amounts_are_reached_one_after_the_other(
    calendar: Calendar | None, start: datetime, one: timedelta, other: timedelta
) -> None:
    assert after(calendar, after(calendar, start, one), other) == after(calendar, start, one + other)
    assert after(calendar, start, min(one, other)) <= after(calendar, start, max(one, other))


@given(calendars, instants, amounts, amounts, st.booleans())
def test_to_settle_what_has_counted_changes_no_due_time(
    calendar: Calendar | None, start: datetime, target: timedelta, passed: timedelta, changed: bool
) -> None:
    clock = Clock().resume(start)
    now = min(start + passed, after(calendar, start, target))
    settled = clock.change(now, calendar) if changed else clock.pause(now, calendar).resume(now)
    assert settled.due(target, calendar) == clock.due(target, calendar)


@given(calendars, instants, amounts, amounts)
def test_a_change_that_comes_before_its_clock_ran_counts_nothing_twice(
    calendar: Calendar | None, start: datetime, early: timedelta, target: timedelta
) -> None:
    clock = Clock().resume(start)
    assert clock.change(start - early, calendar) == clock


def test_business_time_is_what_businesstimedelta_finds() -> None:
    """A year with two changes of the clocks and the holidays of three countries."""
    random, compared, disagreements = Random(2026), set(), []
    for calendar in (PARIS, NEW_YORK, LONDON, *NIGHTS):
        rules = _rules(calendar)
        for start, amount in _drawn(calendar, random, 2_000):
            end = start + timedelta(seconds=random.randrange(3 * 86_400))
            compared.add((calendar, start))
            found = rules.difference(start, end).timedelta, start + BusinessTimeDelta(rules, timedelta=amount)
            ours = between(calendar, start, end), after(calendar, start, amount)
            if ours != found:
                disagreements.append((calendar, start, amount, ours, found))
    assert disagreements == []
    assert len(compared) >= 10_000


@pytest.mark.parametrize("calendar", [*NIGHTS, *ODD], ids=lambda calendar: f"{calendar.zone} {calendar.opens}")
def test_business_time_is_what_one_finds_who_counts_every_minute(calendar: Calendar) -> None:
    random, disagreements = Random(2026), []
    for change in _changes(calendar):
        begins = datetime.combine(change, time(0), tzinfo=UTC) - timedelta(days=7)
        counted = [0, *accumulate(_minutes(calendar, begins))]
        for _ in range(500):
            first, last = sorted(random.randrange(FORTNIGHT) for _ in range(2))
            start, end, minutes = begins + first * MINUTE, begins + last * MINUTE, counted[last] - counted[first]
            reached = begins + bisect_left(counted, counted[first] + minutes) * MINUTE if minutes else start
            ours = between(calendar, start, end), after(calendar, start, minutes * MINUTE)
            if ours != (minutes * MINUTE, reached):
                disagreements.append((start, end, ours, minutes, reached))
    assert disagreements == []


def _rules(calendar: Calendar) -> Rules:
    """The same calendar in the words of businesstimedelta."""
    zone = pytz.timezone(calendar.zone)
    off = set(country_holidays(calendar.country, years=range(2025, 2030)))
    worked = WorkDayRule(calendar.opens, calendar.closes, list(calendar.days), tz=zone)
    return Rules([worked, HolidayRule(off, tz=zone)])


def _drawn(calendar: Calendar, random: Random, count: int) -> Iterator[tuple[datetime, timedelta]]:
    """Instants of 2026 with an amount to count from there; half on notable days, a quarter as the doors open or close."""
    zone = ZoneInfo(calendar.zone)
    notable = [*_changes(calendar) * 4, *country_holidays(calendar.country, years=2026)]
    for n in range(count):
        day = random.choice(notable) if n % 2 else date(2026, 1, 1) + timedelta(days=random.randrange(365))
        opens, closes = (datetime.combine(day, wall, tzinfo=zone) for wall in (calendar.opens, calendar.closes))
        start = random.choice([opens, closes]) if n % 8 < 2 else closes - timedelta(seconds=random.randrange(86_400))
        days = random.choice([1, 2, random.uniform(0.001, 2)])
        yield start.astimezone(UTC), timedelta(seconds=int((closes - opens).seconds * days))


def _changes(calendar: Calendar) -> list[date]:
    """The two days of 2026 on which the clocks change."""
    midnights = [at(f"{date(2026, 1, 1) + timedelta(days=n)} 00:00", calendar) for n in range(366)]
    changes = [day.date() for day, next_day in pairwise(midnights) if day.utcoffset() != next_day.utcoffset()]
    assert len(changes) == 2
    return changes


def _minutes(calendar: Calendar, start: datetime) -> Iterator[bool]:
    """For each minute of a fortnight, whether it counts: the wall clock has read the opening hour that day, not yet the closing."""
    zone = ZoneInfo(calendar.zone)
    off = set(country_holidays(calendar.country, years=2026))
    latest = datetime.min  # noqa: DTZ901 - a wall clock's reading
    for n in range(FORTNIGHT):
        latest = max((start + n * MINUTE).astimezone(zone).replace(tzinfo=None), latest)
        worked = latest.weekday() in calendar.days and latest.date() not in off
        yield worked and calendar.opens <= latest.time() < calendar.closes
