"""Days as the law counts them: feestdagen, working days, school holidays, Dutch dates.

Values and pure functions; which days rest is data that ``settings`` hands over. Legal days are
``date`` in Europe/Amsterdam, both ends of a period are inclusive. Not covered: terms in hours.
"""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from types import MappingProxyType
from zoneinfo import ZoneInfo

from pipeline.errors import NaiveInstantError, NotInCalendarError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
_SATURDAY, _SUNDAY = 5, 6


# --- writing ---------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def dutch_day_month(day: date) -> str:
    """Write a day without its year: ``3 november``."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


@lru_cache(maxsize=4096)
def dutch_date(day: date) -> str:
    """Write a day in full: ``3 november 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=4096)
def dutch_weekday_date(day: date) -> str:
    """Write a day with its weekday: ``dinsdag 3 november 2026``."""
    return f"{_WEEKDAYS[day.weekday()]} {dutch_date(day)}"


def dutch_hours(starts: str, ends: str) -> str:
    """Write from when till when, ``19.30 tot 21.30 uur``; empty when the start is not known."""
    if starts and ends:
        return f"{starts} tot {ends} uur"
    return f"{starts} uur" if starts else ""


def legal_day(instant: datetime) -> date:
    """Find the day in Europe/Amsterdam on which an instant falls.

    Args:
        instant: Aware, in any zone.

    Raises:
        NaiveInstantError: The instant has no time zone.
    """
    if instant.tzinfo is None:
        raise NaiveInstantError(f"naive instant {instant.isoformat()}")
    return instant.astimezone(AMSTERDAM).date()


# --- counting --------------------------------------------------------------------------


class Unit(StrEnum):
    """The unit in which a term is counted; hours are not a legal day and have no place here."""

    DAG = "dag"
    WEEK = "week"
    MAAND = "maand"
    JAAR = "jaar"


def count_on(day: date, length: int, unit: Unit) -> date:
    """Count a number of units on from a day; the day after it is day 1.

    Months and years end on the same day number, or on the last day of a month that has no
    such day. A negative length counts back.

    Raises:
        NotInCalendarError: The result lies outside every calendar.
    """
    try:
        if unit is Unit.DAG:
            return day + timedelta(days=length)
        if unit is Unit.WEEK:
            return day + timedelta(weeks=length)
        return _count_months(day, length if unit is Unit.MAAND else length * 12)
    except (OverflowError, ValueError) as error:
        raise NotInCalendarError(f"{length} {unit} from {day} is out of range") from error


def _count_months(day: date, months: int) -> date:
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def easter(year: int) -> date:
    """Find Easter Sunday of a year in the Gregorian calendar.

    Source:
        The rule of the Gregorian reform: golden number, epact, first Sunday after the full moon.
    """
    century = year // 100
    golden = year % 19
    lunar = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full_moon = lunar - (lunar // 28) * (1 - (29 // (lunar + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full_moon + 2 - century + century // 4) % 7
    shift = full_moon - weekday
    month = 3 + (shift + 40) // 44
    return date(year, month, shift + 28 - 31 * (month // 4))


# --- rest days -------------------------------------------------------------------------


class HolidayAnchor(StrEnum):
    """What the date of a feestdag hangs on."""

    VAST = "vast"
    """The same day and month every year."""
    PASEN = "pasen"
    """A number of days from Easter Sunday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRule:
    """How a feestdag is found in a year.

    Attributes:
        name: Dutch, as it stands in a sentence: ``Hemelvaartsdag``.
        anchor: What its date hangs on.
        month: 1-12 for a fixed day, else 0.
        day: Day of the month for a fixed day, else 0.
        offset_days: Days after Easter Sunday, negative before it; 0 for a fixed day.
        sunday_shift_days: Days by which a fixed day moves when it is a Sunday.
    """

    name: str
    anchor: HolidayAnchor
    month: int = 0
    day: int = 0
    offset_days: int = 0
    sunday_shift_days: int = 0

    def in_year(self, year: int) -> date:
        """Find the date in a year."""
        if self.anchor is HolidayAnchor.PASEN:
            return easter(year) + timedelta(days=self.offset_days)
        day = date(year, self.month, self.day)
        return day + timedelta(days=self.sunday_shift_days) if day.weekday() == _SUNDAY else day


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAct:
    """The numbers and places of the Algemene termijnenwet.

    Attributes:
        citation_end: Where the rule on an end on a rest day stands, Dutch.
        citation_working_days: Where the rule on short terms stands, Dutch.
        short_from_days: Terms of at least this many days must hold enough working days.
        working_days: That number of working days.
        longest: Per unit the longest term the act covers; a unit that is missing is not covered.
    """

    citation_end: str
    citation_working_days: str
    short_from_days: int
    working_days: int
    longest: Mapping[Unit, int]

    def covers(self, length: int, unit: Unit) -> bool:
        """Tell whether a term of this length can be extended at all."""
        return length <= self.longest.get(unit, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalCalendar:
    """Which days rest, and what is not known about that.

    Attributes:
        names: Rest days besides Saturday and Sunday, with the Dutch name of each.
        equalised: Those of them that a royal decree put on a par with a feestdag.
        equalised_confidence: ``V`` the decrees were read, ``P`` only a list of them.
        first_year: First year covered.
        last_year: Last year covered.
        known_from: First year of which the decrees are known.
        unknown_from: First year of which the decrees are not known.
        act: The Algemene termijnenwet.
        warn_months_ahead: Months before a list runs out at which people are told.
    """

    names: Mapping[date, str]
    equalised: frozenset[date]
    equalised_confidence: str
    first_year: int
    last_year: int
    known_from: int
    unknown_from: int
    act: TermsAct
    warn_months_ahead: int = 0

    def covers(self, day: date) -> bool:
        """Tell whether the rest days of that year are known to this calendar."""
        return self.first_year <= day.year <= self.last_year

    def is_working_day(self, day: date) -> bool:
        """Tell whether a day is no Saturday, Sunday, feestdag or equalised day."""
        return day.weekday() < _SATURDAY and day not in self.names

    def rest_name(self, day: date) -> str:
        """Name a rest day as it stands in a Dutch sentence; empty for a working day."""
        if day in self.names:
            return self.names[day]
        return f"een {_WEEKDAYS[day.weekday()]}" if day.weekday() >= _SATURDAY else ""

    def on_or_before(self, day: date) -> date:
        """Find the nearest working day that is not later.

        Raises:
            NotInCalendarError: The search leaves the years covered.
        """
        return self._search(day, -ONE_DAY)

    def on_or_after(self, day: date) -> date:
        """Find the nearest working day that is not earlier.

        Raises:
            NotInCalendarError: The search leaves the years covered.
        """
        return self._search(day, ONE_DAY)

    def decrees_known(self, day: date) -> bool:
        """Tell whether the equalised days of the year of a day are known."""
        return self.known_from <= day.year < self.unknown_from

    def _search(self, day: date, stride: timedelta) -> date:
        while self.covers(day):
            if self.is_working_day(day):
                return day
            day += stride
        raise NotInCalendarError(f"no rest days known for {day.year}")


def legal_calendar(
    rules: Iterable[HolidayRule],
    equalised: Iterable[date],
    *,
    equalised_name: str,
    equalised_confidence: str,
    years: range,
    known_from: int,
    unknown_from: int,
    act: TermsAct,
    warn_months_ahead: int = 0,
) -> LegalCalendar:
    """Work out the rest days of a range of years.

    Args:
        rules: The feestdagen.
        equalised: Days that a decree put on a par with them.
        equalised_name: Dutch name of such a day in a sentence.
        equalised_confidence: How well the decrees are known.
        years: Years to cover, at least one.
        known_from: First year of which the decrees are known.
        unknown_from: First year of which they are not.
        act: The Algemene termijnenwet.
        warn_months_ahead: Months before a list runs out at which people are told.
    """
    decreed = frozenset(equalised)
    names = dict.fromkeys(decreed, equalised_name)
    names.update((rule.in_year(year), rule.name) for rule in rules for year in years)
    return LegalCalendar(
        names=MappingProxyType(names),
        equalised=decreed,
        equalised_confidence=equalised_confidence,
        first_year=years[0],
        last_year=years[-1],
        known_from=known_from,
        unknown_from=unknown_from,
        act=act,
        warn_months_ahead=warn_months_ahead,
    )


# --- school holidays -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayPeriod:
    """One school holiday.

    Attributes:
        name: Dutch: ``kerstvakantie``.
        first: First day.
        last: Last day, inclusive.
        obligatory: True when every school in the region has these dates.
        confidence: ``V`` read at the source, ``P`` from another list.
        remark: Dutch, why a school may differ all the same; may be empty.
    """

    name: str
    first: date
    last: date
    obligatory: bool
    confidence: str = "V"
    remark: str = ""

    @property
    def span(self) -> str:
        """Write the period: ``4 juli 2026 t/m 16 augustus 2026``."""
        return f"{dutch_date(self.first)} t/m {dutch_date(self.last)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHolidays:
    """The school holidays of a region, or of one school's own rooster.

    Attributes:
        periods: Sorted by first day, not overlapping (see ``period_faults``).
        region: ``noord``, ``midden``, ``zuid``, or empty for an own rooster.
        covered_from: First day about which the list tells.
        covered_to: Last day about which it tells, inclusive.
        own_rooster: True for the school's own rooster, which counts above the region's.
    """

    periods: tuple[HolidayPeriod, ...]
    region: str
    covered_from: date
    covered_to: date
    own_rooster: bool = False

    def covers(self, first: date, last: date) -> bool:
        """Tell whether the list is complete from ``first`` up to and including ``last``."""
        return self.covered_from <= first and last <= self.covered_to

    def overlapping(self, first: date, last: date) -> Iterator[HolidayPeriod]:
        """Give the periods with at least one day from ``first`` up to and including ``last``."""
        begin = bisect_left(self.periods, first, key=attrgetter("last"))
        return takewhile(lambda period: period.first <= last, self.periods[begin:])

    def only(self, name: str) -> "SchoolHolidays":
        """Keep the periods that a name stands in, e.g. ``zomervakantie``, however a rooster writes it."""
        return replace(self, periods=tuple(one for one in self.periods if name in one.name.casefold()))


def count_outside(trigger: date, days: int, holidays: SchoolHolidays) -> date:
    """Count days of which those inside a school holiday do not count.

    Args:
        trigger: Day of the event; the day after it is the first that can count.
        days: Days to count, at least 1.
        holidays: The periods to leave out.

    Returns:
        The last day, inclusive; never inside a holiday.
    """
    end = trigger + timedelta(days=days)
    done = trigger
    for period in holidays.periods:
        first = max(period.first, done + ONE_DAY)
        if first > end:
            break
        if period.last >= first:
            end += period.last - first + ONE_DAY
            done = period.last
    return end


def period_faults(periods: Iterable[HolidayPeriod]) -> tuple[str, ...]:
    """Tell, in Dutch, which periods are reversed or overlap; empty when all is well."""
    faults: list[str] = []
    previous: HolidayPeriod | None = None
    for period in sorted(periods, key=lambda one: (one.first, one.last)):
        if period.last < period.first:
            faults.append(
                f"de {period.name} eindigt op {dutch_date(period.last)}, vóór haar begin op "
                f"{dutch_date(period.first)}: draai de datums om."
            )
            continue
        if previous and period.first <= previous.last:
            faults.append(
                f"de {period.name} ({period.span}) overlapt de {previous.name} ({previous.span}): "
                "laat de ene eindigen vóór de andere begint."
            )
        previous = max(previous or period, period, key=attrgetter("last"))
    return tuple(faults)
