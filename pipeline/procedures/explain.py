"""Say in Dutch how the end of a term was found, step by step.

Pure. Every sentence is for a secretary who is no lawyer; places in the law come from the term
and the calendar, never from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline.dates import (
    ONE_DAY,
    HolidayPeriod,
    LegalCalendar,
    Unit,
    dutch_date,
    dutch_day_month,
    dutch_weekday_date,
)
from pipeline.procedures.catalogue import BYLAW, Direction, Extension, Pauses, Term, TermKind
from pipeline.values import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The days of a term, before they are put into words.

    Attributes:
        strict: Last day without extension; None for a prompt.
        last_day: Last day with extension.
        advised: Day to aim for.
        passed: Rest days that the end moved over, in order.
        moved_to: Where the end came after those; earlier than ``last_day`` when the term was too
            short to hold enough working days. None when nothing can move.
        skipped: School holidays that did not count.
    """

    strict: date | None = None
    last_day: date | None = None
    advised: date | None = None
    passed: tuple[date, ...] = ()
    moved_to: date | None = None
    skipped: tuple[HolidayPeriod, ...] = ()


# --- steps -----------------------------------------------------------------------------


def explain(term: Term, trigger: date, counted: Counted, calendar: LegalCalendar) -> tuple[Step, ...]:
    """Give the computation in steps, in order, each a whole sentence with the day it reaches."""
    return tuple(replace(step, text=sentence(step.text)) for step in _steps(term, trigger, counted, calendar))


def sentence(text: str) -> str:
    """Write a text as a sentence: a capital first, a full stop last."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _steps(term: Term, trigger: date, counted: Counted, calendar: LegalCalendar) -> Iterator[Step]:
    strict, last_day = counted.strict, counted.last_day
    if strict is None or last_day is None:
        yield Step(day=trigger, text=f"{dutch_date(trigger)}: {term.event}; {_prompt(term)}")
        return
    yield Step(day=trigger, text=_beginning(term, trigger))
    for period in counted.skipped:
        first = max(period.first, trigger + ONE_DAY)
        yield Step(day=first, text=f"de {period.name} ({period.span}) telt niet mee")
    yield Step(day=strict, text=_reached(term, trigger, counted, strict))
    if counted.passed and counted.moved_to:
        yield Step(day=counted.moved_to, text=_moved(term, counted.passed, counted.moved_to, calendar))
    if counted.moved_to and counted.moved_to < last_day:
        yield Step(day=last_day, text=_short(last_day, calendar))
    if strict == last_day and (name := calendar.rest_name(strict)):
        yield Step(day=strict, text=_rests(term, strict, name))
    advised = counted.advised or strict
    if advised < strict and (advised > trigger or term.direction is Direction.BACK):
        yield _aim(advised)


def _prompt(term: Term) -> str:
    number = "hier is geen betrouwbaar getal bekend" if term.only_warns else "de wet noemt geen aantal dagen"
    return f"{number}. {term.must}".rstrip()


def _beginning(term: Term, trigger: date) -> str:
    if term.direction is Direction.BACK:
        return f"{dutch_weekday_date(trigger)}: {term.event}; van hier wordt teruggeteld"
    if term.kind is TermKind.FIXED_DATE:
        return f"{dutch_date(trigger)}: gezocht is de eerste keer op of na deze dag"
    return f"{dutch_date(trigger)}: {term.event}; de dag erna is dag\u00a01"


def _reached(term: Term, trigger: date, counted: Counted, strict: date) -> str:
    if term.kind is TermKind.FIXED_DATE:
        return f"{dutch_weekday_date(strict)} is de laatste dag ({term.cited})"
    length = length_words(term)
    if term.direction is Direction.BACK:
        return f"{length} vóór {dutch_date(trigger)} is {dutch_weekday_date(strict)}: uiterlijk die dag"
    shorter = is_clamped(term, trigger, strict)
    month = f"; een dag {trigger.day} heeft die maand niet, dus telt de laatste dag ervan" if shorter else ""
    outside = " buiten de schoolvakanties" if term.pauses is not Pauses.NONE else ""
    ends = _ENDS if counted.last_day == strict else {**_ENDS, **_STRICT_ENDS}
    end = f"{dutch_weekday_date(strict)}{month}: {ends[term.kind]}"
    return f"{length}{outside} na {dutch_date(trigger)} is {end}"


_ENDS = {
    TermKind.DEADLINE: "de laatste dag",
    TermKind.SUSPENSION: "de laatste dag van de opschorting",
    TermKind.INTERVAL: "uiterlijk dan opnieuw",
    TermKind.VALIDITY: "de laatste dag dat het geldt",
    TermKind.FIXED_DATE: "de laatste dag",
    TermKind.PROMPT: "",
}
_STRICT_ENDS = {
    TermKind.DEADLINE: "de strikte laatste dag",
    TermKind.SUSPENSION: "de laatste dag van de opschorting, strikt geteld",
}
"""Only where an extension follows: without one there is nothing to tell it apart from."""


def is_clamped(term: Term, trigger: date, strict: date) -> bool:
    """Tell whether a month had no such day, so that its last day was taken."""
    months = term.unit is Unit.MAAND or term.unit is Unit.JAAR
    return (
        months
        and term.pauses is Pauses.NONE
        and term.direction is Direction.FORWARD
        and strict.day != trigger.day
    )


def length_words(term: Term) -> str:
    """Write the length of a term: ``6 weken``; empty when it has none."""
    if term.unit is None:
        return ""
    return f"{term.length} {term.unit.value if term.length == 1 else _PLURAL[term.unit.value]}"


_PLURAL = {"dag": "dagen", "week": "weken", "maand": "maanden", "jaar": "jaar"}


def _moved(term: Term, passed: tuple[date, ...], moved_to: date, calendar: LegalCalendar) -> str:
    first, *rest = passed
    named = [f"{dutch_date(first)} is {calendar.rest_name(first)}"]
    named += [f"{dutch_day_month(day)} {calendar.rest_name(day)}" for day in rest]
    days = f"{', '.join(named[:-1])} en {named[-1]}" if rest else named[0]
    until = f"de termijn door tot en met {dutch_weekday_date(moved_to)} ({calendar.act.citation_end})"
    if term.extension is Extension.UNSETTLED:
        return f"{days}: als verlenging ook hier geldt, loopt {until}; dat staat niet vast"
    return f"{days}: daarom loopt {until}"


def _short(last_day: date, calendar: LegalCalendar) -> str:
    return (
        f"in de termijn moeten ten minste {calendar.act.working_days} werkdagen vallen: hij loopt door "
        f"tot en met {dutch_weekday_date(last_day)} ({calendar.act.citation_working_days})"
    )


def _rests(term: Term, day: date, name: str) -> str:
    why = {
        TermKind.FIXED_DATE: "een vaste datum schuift niet op",
        TermKind.INTERVAL: "wat terugkomt schuift niet op",
        TermKind.VALIDITY: "een termijn van deze lengte schuift niet op",
    }.get(term.kind, "deze termijn schuift niet op")
    if term.direction is Direction.BACK:
        why = "bij terugtellen schuift de dag nooit op"
    elif term.law == BYLAW:
        why = "een termijn van het reglement schuift niet op, tenzij het reglement dat zegt"
    return f"{dutch_date(day)} is {name}; {why}"


def _aim(advised: date) -> Step:
    return Step(
        day=advised, text=f"de laatste werkdag daarvoor is {dutch_weekday_date(advised)}: houd die dag aan"
    )
