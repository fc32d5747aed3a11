"""When business is done: opening hours by the wall clock of a zone, on working days that are no public holiday there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from holidays import country_holidays, list_supported_countries

DAY = timedelta(days=1)
NO_ZONES = {
    "Factory",
    "localtime",
}  # listed, but the first means "not set" and the second whatever this machine is set to
LONGEST_CLOSURE = 400  # days without an opening, after which a calendar is taken to stay closed


@dataclass(frozen=True)
class Calendar:
    """When business is done: local opening hours on working days, except the country's public holidays.

    Raises ValueError for what could never open, and for a zone or a country that nobody knows.
    """

    zone: str
    """An IANA name: Europe/Paris."""
    opens: time = time(9)
    closes: time = time(17)
    """Later than `opens`, on the same day."""
    days: frozenset[int] = frozenset(range(5))
    """0 is Monday."""
    country: str = ""
    """ISO 3166-1 alpha-2, in capitals; without one there are no public holidays."""

    def __post_init__(self) -> None:
        if not known_zone(self.zone):
            raise ValueError(f"no time zone is called {self.zone!r}")
        if self.country and not known_country(self.country):
            raise ValueError(f"the public holidays of {self.country!r} are not known")
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("opening hours are read off the zone's own wall clock, they carry no zone")
        if not self.days or not self.days <= set(range(7)):
            raise ValueError(f"working days are some of 0 (Monday) to 6 (Sunday), not {sorted(self.days)}")
        if self.closes <= self.opens:
            raise ValueError(f"closes at {self.closes}, which is not after it opens at {self.opens}")

    def is_working_day(self, day: date) -> bool:
        """Whether this is one of the working days, and no public holiday."""
        return day.weekday() in self.days and not (self.country and day in _holidays(self.country, day.year))

    def window(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when business is done on this local day, in UTC; None when it is not done at all.

        It opens the first moment at which the wall clock reads `opens` or later, and closes the first moment at which it reads
        `closes` or later: so hours that a clock change skips do not count, and doors once closed do not open a second time.
        """
        if not self.is_working_day(day):
            return None
        zone = ZoneInfo(self.zone)
        opens, closes = (_first(datetime.combine(day, wall), zone) for wall in (self.opens, self.closes))
        return (opens, closes) if opens < closes else None

    def windows(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The windows one after the other, from the local day of `since` on; they end only where it stays closed for ever."""
        day = in_utc(since).astimezone(ZoneInfo(self.zone)).date()
        closed = 0
        while closed < LONGEST_CLOSURE:
            window = self.window(day)
            closed = 0 if window else closed + 1
            if window:
                yield window
            day += DAY


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive one, which names no instant."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} names no instant: it carries no time zone")
    return moment.astimezone(UTC)


def known_country(code: str) -> bool:
    """Whether the public holidays of this country are known (ISO 3166-1 alpha-2, in capitals)."""
    return code in _countries()


def known_zone(name: str) -> bool:
    """Whether this is the IANA name of a time zone, spelt as there."""
    return name in _zones()


def near_zones(name: str) -> tuple[str, ...]:
    """At most three zones that a misspelt name may mean, the nearest first; a city alone is enough of a name."""
    spellings = {_folded(zone.rpartition("/")[2]): zone for zone in _zones()} | {
        _folded(zone): zone for zone in _zones()
    }
    near = get_close_matches(_folded(name), spellings, n=6, cutoff=0.85)
    return tuple(dict.fromkeys(spellings[spelling] for spelling in near))[:3]


def _first(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of the day at which the wall clock reads this or later: where it is skipped, the jump over it."""
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early <= late:  # once; or twice, the clock being set back: the first time
        return early
    before = late.replace(microsecond=0)
    seconds = range(int((early - before).total_seconds()) + 1)
    return before + timedelta(
        seconds=bisect_left(seconds, True, key=lambda passed: _reads(before, passed, zone) >= wall)
    )


def _reads(instant: datetime, seconds: int, zone: ZoneInfo) -> datetime:
    """What the wall clock shows so many seconds after an instant."""
    return (instant + timedelta(seconds=seconds)).astimezone(zone).replace(tzinfo=None)


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> frozenset[date]:
    """A country's nationwide public holidays in a year, with the days they are observed on instead."""
    return frozenset(country_holidays(country, years=year, categories="public"))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(list_supported_countries(include_aliases=False))


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones() - NO_ZONES))


def _folded(name: str) -> str:
    return name.strip().replace(" ", "_").casefold()
