"""Compute the end of a term: which day, which steps lead there, and what it rests on.

Pure: values in, a ``Deadline`` out. Every legal number comes from the term and the calendar;
school holidays can only move a term that says so, which no term of a law does.
"""

from datetime import date, timedelta

from pipeline.dates import ONE_DAY, LegalCalendar, SchoolHolidays, Unit, count_on, count_outside
from pipeline.errors import NotInCalendarError, TermInputError
from pipeline.procedures.catalogue import (
    BYLAW,
    Amendment,
    Direction,
    Extension,
    NumberFrom,
    Pauses,
    Status,
    Term,
    TermCatalogue,
    TermKind,
    bylaw_term,
    known_unit,
    missing_number,
    positive,
    reglement_term,
)
from pipeline.procedures.cautions import WarningCode, warn
from pipeline.procedures.explain import Counted, explain
from pipeline.values import Actor, Deadline

__all__ = [
    "Amendment",
    "Direction",
    "Extension",
    "NumberFrom",
    "Pauses",
    "Status",
    "Term",
    "TermCatalogue",
    "TermKind",
    "WarningCode",
    "bylaw_term",
    "compute",
    "compute_free",
    "reglement_term",
]

_STATUTORY = ("wet", "amvb")
_OWN_RULES = (BYLAW, "huishoudelijk reglement", "statuut", "overeenkomst", "afspraak", "regeling")
_NUMBER_SOURCES = {
    NumberFrom.REGLEMENT: "het reglement",
    NumberFrom.AFSPRAAK: "de afspraak met de ondernemer",
    NumberFrom.REGELING: "de medezeggenschapsregeling",
}


def compute(
    term: Term, trigger: date, calendar: LegalCalendar, holidays: SchoolHolidays | None = None
) -> Deadline:
    """Work out the end of a term.

    Args:
        term: The term; of its versions the one that held on the day of the trigger counts.
        trigger: Day of the event, which itself does not count; counting back, of the meeting.
        calendar: Rest days; must cover every year the term touches.
        holidays: School holidays. They move a term of a reglement that excludes them; for a
            term of a law they only add a warning.

    Returns:
        The deadline; its last day is inclusive. A prompt has no dates. A fixed date is the
        first one on or after ``trigger``.

    Raises:
        TermInputError: The term has no number of its own.
        NotInCalendarError: The term leaves the years of the calendar.

    Source:
        Which rule lengthens a term, and its place in the law, is data: ``calendar.act``.
    """
    term = term.on(trigger)
    counted = _count(term, trigger, calendar, holidays)
    return Deadline(
        term=term.id,
        name=term.name,
        trigger=trigger,
        strict=counted.strict,
        last_day=counted.last_day,
        advised=_aim(counted, term, trigger),
        actor=term.actor,
        steps=explain(term, trigger, counted, calendar),
        basis=term.basis,
        warnings=warn(term, trigger, counted, calendar, holidays),
    )


def compute_free(
    trigger: date,
    length: int,
    unit: str,
    calendar: LegalCalendar,
    *,
    basis: str = "",
    exclude: Pauses = Pauses.NONE,
    direction: Direction = Direction.FORWARD,
    holidays: SchoolHolidays | None = None,
) -> Deadline:
    """Work out a term of any length that is not in the catalogue.

    Args:
        trigger: Day of the event; counting back, of the meeting.
        length: Number of units, positive.
        unit: ``dag``, ``week``, ``maand`` or ``jaar``.
        calendar: Rest days.
        basis: ``wet`` (may be lengthened), ``reglement``, ``statuut`` … (never lengthened), or
            empty: then nothing is lengthened and the deadline has no basis.
        exclude: School holidays that do not count; not together with ``wet``.
        direction: Which way to count; back is never lengthened.
        holidays: Needed when something is excluded.

    Raises:
        TermInputError: The options do not make sense together.
        NotInCalendarError: The term leaves the years of the calendar.
    """
    law = basis.strip().lower()
    _check_free(law, exclude, direction)
    statutory = law in _STATUTORY
    lengthened = statutory and direction is Direction.FORWARD
    term = Term(
        id="",
        name="eigen termijn",
        law=law,
        article="",
        paragraph="",
        kind=TermKind.DEADLINE,
        confidence="K" if statutory else "V",
        number_confidence="K" if statutory else "V",
        extension_confidence="K" if statutory else "V",
        actor=Actor.BEIDE,
        event="dag van de vergadering" if direction is Direction.BACK else "de termijn gaat in",
        direction=direction,
        length=positive(length),
        unit=known_unit(unit),
        extension=Extension.ATW if lengthened else Extension.NONE,
        pauses=exclude,
        number_from=NumberFrom.LAW if statutory else NumberFrom.REGLEMENT,
        for_schools=holidays is not None,
    )
    return compute(term, trigger, calendar, holidays)


def _check_free(law: str, exclude: Pauses, direction: Direction) -> None:
    if law and law not in _STATUTORY + _OWN_RULES:
        raise TermInputError(
            f"unknown basis {law!r}",
            wat=f"De grondslag '{law}' is onbekend.",
            doe=f"Kies uit: {', '.join(_STATUTORY + _OWN_RULES)}.",
        )
    if exclude is Pauses.NONE:
        return
    if law in _STATUTORY:
        raise TermInputError(
            "school holidays excluded from a statutory term",
            wat="Schoolvakanties verlengen een wettelijke termijn niet.",
            doe="Laat de uitzondering weg, of kies de grondslag reglement als de wet de termijn niet geeft.",
        )
    if direction is Direction.BACK:
        raise TermInputError(
            "school holidays excluded while counting back",
            wat="Bij terugtellen kunnen schoolvakanties niet worden overgeslagen.",
            doe="Laat de uitzondering weg en controleer de datum tegen het schoolrooster.",
        )


# --- counting --------------------------------------------------------------------------


def _count(term: Term, trigger: date, calendar: LegalCalendar, holidays: SchoolHolidays | None) -> Counted:
    """Find the days of a term, by its kind."""
    if term.kind is TermKind.PROMPT:
        return Counted()
    if term.kind is TermKind.FIXED_DATE:
        return _fixed(term, trigger, calendar)
    length, unit = _number(term)
    if term.direction is Direction.BACK:
        return _plain(count_on(trigger, -length, unit), calendar)
    if term.pauses is not Pauses.NONE and holidays is not None:
        return _outside(term, trigger, calendar, holidays)
    strict = count_on(trigger, length, unit)
    if term.extension is Extension.NONE or not calendar.act.covers(length, unit):
        return _plain(strict, calendar, aims=term.kind is not TermKind.SUSPENSION)
    return _extended(term, trigger, strict, calendar)


def _number(term: Term) -> tuple[int, Unit]:
    """Give length and unit, or say who should fill them in."""
    if term.length is not None and term.unit is not None:
        return term.length, term.unit
    if term.number_from in _NUMBER_SOURCES:
        raise missing_number(_NUMBER_SOURCES[term.number_from], term.name)
    raise TermInputError(
        f"no number known for {term.id}",
        wat=f"Voor '{term.name}' ({term.cited}) is geen termijn bekend: de tekst is niet gelezen.",
        doe="Zoek de termijn op in de officiële tekst en reken hem uit met lengte en eenheid.",
    )


def _aim(counted: Counted, term: Term, trigger: date) -> date | None:
    """Never advise a day before the term began."""
    if counted.advised and counted.advised <= trigger and term.direction is Direction.FORWARD:
        return counted.last_day
    return counted.advised


def _plain(strict: date, calendar: LegalCalendar, *, aims: bool = True) -> Counted:
    _require(strict, calendar)
    return Counted(strict=strict, last_day=strict, advised=calendar.on_or_before(strict) if aims else None)


def _fixed(term: Term, trigger: date, calendar: LegalCalendar) -> Counted:
    month, day = term.month_day or (trigger.month, trigger.day)
    this_year = date(trigger.year, month, day)
    if this_year >= trigger:
        return _plain(this_year, calendar)
    _require(date(trigger.year, 12, 31) + ONE_DAY, calendar)
    return _plain(date(trigger.year + 1, month, day), calendar)


def _outside(term: Term, trigger: date, calendar: LegalCalendar, holidays: SchoolHolidays) -> Counted:
    """Count only days outside the holidays; the end never moves for a rest day."""
    length, unit = _number(term)
    listed = holidays.only(str(term.pauses)) if term.pauses is Pauses.ZOMERVAKANTIE else holidays
    try:
        end = _end_outside(trigger, length, unit, listed)
    except OverflowError as error:
        raise NotInCalendarError(f"{length} {unit} from {trigger} is out of range") from error
    _require(end, calendar)
    skipped = tuple(listed.overlapping(trigger + ONE_DAY, end))
    return Counted(strict=end, last_day=end, advised=calendar.on_or_before(end), skipped=skipped)


def _end_outside(trigger: date, length: int, unit: Unit, holidays: SchoolHolidays) -> date:
    """Count outside the holidays; months differ in length, so what begins after a holiday bounds it.

    Without that a term triggered before a holiday could end later than one triggered after it.
    """
    end = count_outside(trigger, (count_on(trigger, length, unit) - trigger).days, holidays)
    met = next(holidays.overlapping(trigger + ONE_DAY, end), None)
    if unit in (Unit.DAG, Unit.WEEK) or met is None:
        return end
    return min(end, _end_outside(met.last, length, unit, holidays))


def _extended(term: Term, trigger: date, strict: date, calendar: LegalCalendar) -> Counted:
    """Lengthen a term that ends on a rest day, or that holds too few working days."""
    _require(strict, calendar)
    moved = end = calendar.on_or_after(strict)
    passed = _days(strict, end)
    short = (strict - trigger).days >= calendar.act.short_from_days
    if short and (end - trigger).days <= _LONG_ENOUGH:
        end = _with_working_days(trigger, end, calendar)
    advised = calendar.on_or_before(strict) if term.kind is not TermKind.SUSPENSION else None
    return Counted(strict=strict, last_day=end, advised=advised, passed=passed, moved_to=moved)


_LONG_ENOUGH = 14
"""Days after which counting working days is skipped: no fortnight is all rest days."""


def _with_working_days(trigger: date, end: date, calendar: LegalCalendar) -> date:
    held = sum(calendar.is_working_day(day) for day in _days(trigger + ONE_DAY, end + ONE_DAY))
    while held < calendar.act.working_days:
        end = calendar.on_or_after(end + ONE_DAY)
        held += 1
    return end


def _days(first: date, stop: date) -> tuple[date, ...]:
    """Give the days from ``first`` up to but not including ``stop``."""
    return tuple(first + timedelta(days=number) for number in range((stop - first).days))


def _require(day: date, calendar: LegalCalendar) -> None:
    if not calendar.covers(day):
        raise NotInCalendarError(
            f"{day} is outside {calendar.first_year}-{calendar.last_year}",
            wat=f"De termijn loopt tot in {day.year}; de kalender gaat van {calendar.first_year} "
            f"tot en met {calendar.last_year}.",
        )
