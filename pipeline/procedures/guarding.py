"""Guard the terms that run: the last meeting in time, what falls due, what must be said before a holiday.

Pure. A reminder has a key by which it is given once; rounds that were missed are caught up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.dates import ONE_DAY, LegalCalendar, SchoolHolidays, dutch_date, dutch_weekday_date
from pipeline.values import Absence, Deadline, Guard, MeetingDate, Procedure

# --- when a term starts ----------------------------------------------------------------


def guard(
    term: Deadline,
    meetings: tuple[MeetingDate, ...],
    calendar: LegalCalendar,
    holidays: SchoolHolidays | None,
    *,
    known_on: date | None = None,
) -> Guard:
    """Work out at once by when the council must really act.

    Args:
        term: A term with a strict day, in which the council must act.
        meetings: The council's rooster.
        calendar: Rest days.
        holidays: School holidays; None when none are known.
        known_on: Day on which the council heard of what started it; an earlier meeting could not
            know. None = on that day itself.
    """
    strict, heard = term.strict or term.trigger, max(term.trigger, known_on or term.trigger)
    days = [row.day for row in meetings if row.day and heard < row.day <= strict]
    meeting = max(days, default=None)
    return Guard(
        term=term.term,
        last_meeting=meeting,
        last_school_day=_last_school_day(term.trigger, strict, calendar, holidays),
        alarm=_passed(term, strict) if strict < heard else _alarm(term, strict, meeting, holidays),
    )


def _last_school_day(
    trigger: date, strict: date, calendar: LegalCalendar, holidays: SchoolHolidays | None
) -> date | None:
    """Find the last working day outside the school holidays on or before the strict day."""
    day = strict
    while day > trigger:
        if calendar.is_working_day(day) and not _holiday(day, holidays):
            return day
        day -= ONE_DAY
    return None


def _holiday(day: date, holidays: SchoolHolidays | None) -> str:
    """Name the school holiday a day falls in; empty outside them."""
    found = next(holidays.overlapping(day, day), None) if holidays else None
    return f"de {found.name} ({found.span})" if found else ""


def _passed(term: Deadline, strict: date) -> str:
    return (
        f"De uiterste dag van ‘{term.name}’, {dutch_weekday_date(strict)}, was al voorbij toen dit bekend "
        "werd. Laat vandaag nog nagaan wat er nog kan."
    )


def _alarm(term: Deadline, strict: date, meeting: date | None, holidays: SchoolHolidays | None) -> str:
    """Say why a term needs attention the day it starts; empty when there is a meeting and no holiday."""
    holiday = _holiday(strict, holidays)
    if meeting is None:
        until = f"op of vóór de uiterste dag, {dutch_weekday_date(strict)}"
        late = f" Die dag valt bovendien in {holiday}." if holiday else ""
        return f"Er is geen vergadering meer {until} (‘{term.name}’): plan er een.{late}"
    if holiday:
        return (
            f"De uiterste dag van ‘{term.name}’, {dutch_weekday_date(strict)}, valt in {holiday}. "
            f"De laatste vergadering daarvoor is {dutch_weekday_date(meeting)}."
        )
    return ""


# --- reminders -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something that is said once.

    Attributes:
        key: The same reminder always has the same one.
        procedure: What it is about.
        term: The term that falls due.
        days_left: Days from today to its strict day; negative when that has passed.
        early: Dutch, the holiday or absence before which it is said early; may be empty.
    """

    key: str
    procedure: Procedure
    term: Deadline
    days_left: int
    early: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """When reminders are given.

    Attributes:
        days: Days before the strict day, e.g. 14, 7, 2, 0, -1.
        absences: Periods in which the secretary is away.
        holidays: School holidays; None when none are known.
    """

    days: tuple[int, ...]
    absences: tuple[Absence, ...]
    holidays: SchoolHolidays | None

    def leaves(self, since: date, today: date) -> bool:
        """Tell whether an absence or school holiday begins on the morrow of a day after ``since``."""
        first, last = since + 2 * ONE_DAY, today + ONE_DAY
        holidays = self.holidays.overlapping(first, last) if self.holidays else ()
        return any(first <= one.first <= last for one in (*self.absences, *holidays))


def reminders(
    procedures: tuple[Procedure, ...],
    since: date | None,
    today: date,
    watch: Watch,
    *,
    known: frozenset[str] | None = None,
) -> tuple[Reminder, ...]:
    """Give what has to be said of every running term, after the last round up to and including today.

    Of rounds that were missed only the newest reminder of each term is given.

    Args:
        procedures: All procedures.
        since: Day of the last round; None before the first.
        today: Legal day.
        watch: When reminders are given.
        known: Terms that ran at the last round (``term_keys``); of one that did not, a moment that
            has passed since is told all the same. None = all did.
    """
    found = (
        newest
        for procedure in procedures
        for term in procedure.deadlines
        if (
            newest := _newest(
                procedure,
                term,
                since if known is None or term_key(procedure, term) in known else None,
                today,
                watch,
            )
        )
        is not None
    )
    return tuple(sorted(found, key=lambda one: (one.term.strict or date.max, one.procedure.dossier)))


def term_keys(procedures: tuple[Procedure, ...]) -> frozenset[str]:
    """Name every term that runs with its day, so that the next round knows which ones are new."""
    return frozenset(term_key(one, term) for one in procedures for term in one.deadlines if term.strict)


def term_key(procedure: Procedure, term: Deadline) -> str:
    """Name a term that runs, with the day from which and to which it does."""
    return f"{procedure.dossier}:{term.term}:{term.trigger}:{term.strict}"


def _newest(
    procedure: Procedure, term: Deadline, since: date | None, today: date, watch: Watch
) -> Reminder | None:
    if term.strict is None:
        return None
    moment = newest_moment(term.strict, since, today, watch)
    if moment is None:
        return None
    days, early = moment
    identity = f"{procedure.dossier}:{term.term}:{term.trigger}:{term.strict}:{days}"
    return Reminder(
        key=f"{identity}:vooraf" if early else identity,
        procedure=procedure,
        term=term,
        days_left=(term.strict - today).days,
        early=early,
    )


def newest_moment(strict: date, since: date | None, today: date, watch: Watch) -> tuple[int, str] | None:
    """Find the newest reminder of a day that fell due after the last round; None when there is none.

    Args:
        strict: The day that is guarded.
        since: Day of the last round; None before the first.
        today: Legal day.
        watch: When reminders are given.

    Returns:
        Days before ``strict`` it belongs to, and Dutch the absence it is given before; may be empty.
    """
    early = since is None or watch.leaves(since, today)  # else no such moment can be new
    due = [one for one in _moments(strict, watch, early=early) if one[0] <= today]
    if not due:
        return None
    planned, days, before = max(due, key=lambda one: (one[0], -one[1]))
    return None if since is not None and planned <= since else (days, before)


def _moments(strict: date, watch: Watch, *, early: bool) -> Iterator[tuple[date, int, str]]:
    """Give each reminder with its day; ``early`` also before the holiday or absence that it falls in."""
    for days in watch.days:
        planned = strict - timedelta(days=days)
        yield planned, days, ""
        first, name = _away(planned, watch) if early else (None, "")
        if first is not None:
            yield first - ONE_DAY, days, name


def _away(day: date, watch: Watch) -> tuple[date | None, str]:
    """Find the first day of the absence or school holiday a day lies in; both in one go when they meet."""
    first, name = None, ""
    while True:
        period = _period_of(day if first is None else first - ONE_DAY, watch)
        if period is None:
            return first, name
        first, name = period[0], name or period[1]


def _period_of(day: date, watch: Watch) -> tuple[date, str] | None:
    away = next((one for one in watch.absences if one.first <= day <= one.last), None)
    if away is not None:
        return away.first, f"uw afwezigheid vanaf {dutch_date(away.first)}"
    holiday = next(watch.holidays.overlapping(day, day), None) if watch.holidays else None
    return (holiday.first, f"de {holiday.name} vanaf {dutch_date(holiday.first)}") if holiday else None
