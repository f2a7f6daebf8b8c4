"""Read the school holidays out of ``rooster.ics``, the calendar that many schools publish.

Only what is certainly a holiday counts: an event of more than one whole day whose name is that of a
school holiday, with at most a region, a year or a remark in brackets. Everything else is left alone: a
holiday that is missed makes a term end early, never late. May touch: the one file it is asked to read.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from icalendar import BrokenCalendarProperty, Calendar, Component

from pipeline.dates import ONE_DAY, HolidayPeriod, dutch_date, period_faults
from pipeline.edges.reading.charset import one_line
from pipeline.errors import ListUnreadableError

_HOLIDAY = re.compile(
    r"(?:herfst|kerst|voorjaars|krokus|carnavals|lente|paas|mei|zomer)[ -]?vakantie"
    r"(?:\s+(?:(?:regio\s+)?(?:noord|midden|zuid)|\d{4}(?:\s?[-/]\s?\d{2,4})?|\([^()]*\)))*",
    re.IGNORECASE,
)
_LONGEST = timedelta(weeks=9)
"""No school holiday is longer: the summer holiday is six weeks, seven in some places."""
_DO = "Verbeter dit in de agenda, maak een nieuw bestand en zet dat in de map Instellingen."


def read_school_holidays_ics(path: Path) -> tuple[tuple[str, date, date], ...]:
    """Read the school holidays of rooster.ics; without that file there are none.

    Returns:
        Name, first day and last day (inclusive) of each, soonest first; they do not overlap.

    Raises:
        ListUnreadableError: It is no calendar, or holds faults; all of them are named.
    """
    if not path.is_file():
        return ()
    faults: list[str] = []
    periods = dict.fromkeys(_periods(_calendar(path), faults))
    faults += [fault[:1].upper() + fault[1:] for fault in period_faults(periods)]
    if faults:
        lines = "\n".join(f"- {fault}" for fault in faults)
        raise ListUnreadableError(
            f"{len(faults)} fault(s) in a calendar",
            wat=f"In {path.name} klopt nog iets niet:\n{lines}\n",
            doe=_DO,
        )
    return tuple(sorted(((one.name, one.first, one.last) for one in periods), key=lambda row: row[1:]))


def _calendar(path: Path) -> Calendar:
    try:
        calendar = Calendar.from_ical(path.read_bytes())
    except (OSError, ValueError, IndexError, KeyError) as fault:
        raise _no_calendar(path) from fault
    if not isinstance(calendar, Calendar):
        raise _no_calendar(path)
    return calendar


def _no_calendar(path: Path) -> ListUnreadableError:
    return ListUnreadableError(
        "no calendar",
        wat=f"{path.name} is geen agendabestand dat gelezen kan worden.",
        doe="Bewaar de agenda van de school opnieuw als iCalendar-bestand (.ics) in de map Instellingen.",
    )


def _periods(calendar: Calendar, faults: list[str]) -> Iterator[HolidayPeriod]:
    for event in calendar.walk("VEVENT"):
        name = one_line(event.get("SUMMARY", ""))
        if not _HOLIDAY.fullmatch(name) or str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        try:
            first, end = _whole_day(event, "DTSTART"), _end(event)
        except (BrokenCalendarProperty, OverflowError):
            faults.append(f"'{name}' heeft een datum die niet bestaat. Kies een andere datum.")
            continue
        if first is None or end is None:
            continue
        if event.get("RRULE") is not None:
            faults.append(f"'{name}' wordt herhaald. Zet elke vakantie er als een eigen afspraak in.")
        elif end < first:
            faults.append(f"'{name}' eindigt vóór {dutch_date(first)}, de eerste dag. Draai de datums om.")
        elif end - first > _LONGEST:
            faults.append(f"'{name}' duurt tot {dutch_date(end)}, langer dan negen weken. Kijk de datums na.")
        elif end - first > ONE_DAY:
            yield HolidayPeriod(name=name, first=first, last=end - ONE_DAY, obligatory=False)


def _whole_day(event: Component, key: str) -> date | None:
    """Read a day; None when it is missing or holds a time of day."""
    moment = getattr(event.get(key), "dt", None)
    if isinstance(moment, datetime):
        return moment.date() if moment.time() == time() else None
    return moment if isinstance(moment, date) else None


def _end(event: Component) -> date | None:
    """Find the day after the last; an event without end or length is one day."""
    if event.get("DTEND") is not None:
        return _whole_day(event, "DTEND")
    first, length = _whole_day(event, "DTSTART"), getattr(event.get("DURATION"), "dt", ONE_DAY)
    if first is None or not isinstance(length, timedelta):
        return None
    return first + length
