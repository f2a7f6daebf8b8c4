"""The calendar file of deadlines: one whole-day event for each term with a date. Touches nothing.

An event keeps its identity as long as dossier and term stay the same, so that a calendar that reads
the file again moves it instead of adding one. Outside text cannot add a line or a property.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from pipeline.dates import ONE_DAY, dutch_weekday_date
from pipeline.edges.reading.charset import one_line
from pipeline.procedures.overview import actor_words, meeting_of, step_lines, subject_of
from pipeline.values import Deadline, Procedure

_PRODID = "-//Stukkenstroom//Termijnen//NL"
_ALARM_DAYS = (7, 1)
_DOMAIN = "stukkenstroom.invalid"
_COUNCIL_DIGITS = 8


def deadlines_calendar(deadlines: tuple[tuple[Procedure, Deadline], ...], council: str) -> bytes:
    """Make an iCalendar file, one whole-day event for each deadline with a date.

    Args:
        deadlines: Terms with their procedures, in any order; those without a strict day are left out.
        council: Name of the council, for the name of the calendar.

    Returns:
        The file; the same deadlines give the same bytes.

    Source:
        RFC 5545 and, for the name of the calendar, the common ``X-WR-CALNAME``.
    """
    name = f"Termijnen {one_line(council)}"
    calendar = Calendar()
    for key, value in (
        ("prodid", _PRODID),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
    ):
        calendar.add(key, value)
    for day, procedure, term in sorted(
        _dated(deadlines), key=lambda one: (one[0], one[1].dossier, one[2].term)
    ):
        calendar.add_component(_event(day, procedure, term, council))
    return bytes(calendar.to_ical())


def _dated(deadlines: tuple[tuple[Procedure, Deadline], ...]) -> Iterator[tuple[date, Procedure, Deadline]]:
    for procedure, term in deadlines:
        if term.strict is not None:
            yield term.strict, procedure, term


def _identity(procedure: Procedure, term: Deadline, council: str) -> str:
    """Name an event: councils number alike, so theirs must differ within one calendar."""
    own = hashlib.sha256(one_line(council).encode()).hexdigest()[:_COUNCIL_DIGITS]
    return f"{one_line(procedure.dossier)}.{one_line(term.term)}.{own}@{_DOMAIN}"


def _event(day: date, procedure: Procedure, term: Deadline, council: str) -> Event:
    summary = _summary(procedure, term)
    event = Event()
    event.add("uid", _identity(procedure, term, council))
    event.add("dtstamp", datetime.combine(term.trigger, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)
    event.add("summary", summary)
    event.add("description", _description(procedure, term))
    event.add("transp", "TRANSPARENT")
    for days in _ALARM_DAYS:
        event.add_component(_alarm(summary, days))
    return event


def _summary(procedure: Procedure, term: Deadline) -> str:
    return one_line(f"Uiterste dag: {subject_of(procedure, term)} {procedure.title} ({procedure.dossier})")


def _alarm(summary: str, days_before: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-days_before))
    return alarm


def _description(procedure: Procedure, term: Deadline) -> str:
    """Tell whose right it is, how the day was found, on what it rests and what is not certain."""
    meeting = meeting_of(procedure, term)
    extended = term.last_day if term.last_day != term.strict else None
    lines = (
        f"Aan zet: {actor_words(procedure, term)}",
        f"Met verlenging: {dutch_weekday_date(extended)}" if extended else "",
        f"Vergadering: {dutch_weekday_date(meeting)}" if meeting else "",
        "Zo is de dag gevonden:" if term.steps else "",
        *step_lines(term),
        f"Grondslag: {term.basis.words}" if term.basis else "",
        *(f"Nog te doen: {task}" for task in procedure.to_do),
        *(f"Let op: {warning.text}" for warning in term.warnings),
    )
    return "\n".join(one_line(line) for line in lines if line)
