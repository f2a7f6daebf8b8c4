"""Say in Dutch how the end of a term was found, and what is not certain about it.

Pure. The warning codes are stable: others filter on them. Every sentence is for a secretary
who is no lawyer; places in the law come from the term and the calendar, never from here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pipeline.dates import (
    ONE_DAY,
    HolidayPeriod,
    LegalCalendar,
    SchoolHolidays,
    Unit,
    dutch_date,
    dutch_day_month,
    dutch_weekday_date,
)
from pipeline.procedures.catalogue import BYLAW, Direction, Extension, Pauses, Status, Term, TermKind
from pipeline.values import Step, TermWarning


class WarningCode(StrEnum):
    """What a person must know about a computed term."""

    NOG_TE_CONTROLEREN = "nog_te_controleren"
    """Own knowledge or unverified: this never starts, guards, closes or lapses anything."""
    BRON_NIET_LETTERLIJK = "bron_niet_letterlijk_gelezen"
    WIJZIGING_NIET_GELEZEN = "wijziging_niet_gelezen"
    VERLENGING_ONZEKER = "verlenging_onzeker"
    VERLENGING_EIGEN_LEZING = "verlenging_eigen_lezing"
    GELIJKGESTELDE_DAGEN_ONBEKEND = "gelijkgestelde_dagen_onbekend"
    GELIJKGESTELDE_DAG_NIET_GELEZEN = "gelijkgestelde_dag_niet_gelezen"
    MAANDEINDE = "maandeinde"
    VORIGE_KEER = "gerekend_vanaf_vorige_keer"
    GEEN_GRONDSLAG = "geen_grondslag"
    SCHOOLVAKANTIE_VERLENGT_NIET = "schoolvakantie_verlengt_niet"
    SCHOOLVAKANTIES_ONBEKEND = "schoolvakanties_onbekend"
    SCHOOLVAKANTIES_NIET_GELEZEN = "schoolvakanties_niet_letterlijk_gelezen"
    ADVIESWEKEN = "adviesweken"


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
    return tuple(
        replace(step, text=_sentence(step.text)) for step in _steps(term, trigger, counted, calendar)
    )


def _sentence(text: str) -> str:
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
    length = _length(term)
    if term.direction is Direction.BACK:
        return f"{length} vóór {dutch_date(trigger)} is {dutch_weekday_date(strict)}: uiterlijk die dag"
    clamped = _clamped(term, trigger, strict)
    month = f"; een dag {trigger.day} heeft die maand niet, dus telt de laatste dag ervan" if clamped else ""
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


def _clamped(term: Term, trigger: date, strict: date) -> bool:
    """Tell whether a month had no such day, so that its last day was taken."""
    months = term.unit is Unit.MAAND or term.unit is Unit.JAAR
    return (
        months
        and term.pauses is Pauses.NONE
        and term.direction is Direction.FORWARD
        and strict.day != trigger.day
    )


def _length(term: Term) -> str:
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


# --- warnings --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A counted term with everything a warning may look at."""

    term: Term
    trigger: date
    counted: Counted
    calendar: LegalCalendar
    holidays: SchoolHolidays | None
    strict: date
    last_day: date
    only_warns: bool


def warn(
    term: Term, trigger: date, counted: Counted, calendar: LegalCalendar, holidays: SchoolHolidays | None
) -> tuple[TermWarning, ...]:
    """Give everything a person must know about this date, weightiest first."""
    case = _Case(
        term=term,
        trigger=trigger,
        counted=counted,
        calendar=calendar,
        holidays=holidays,
        strict=counted.strict or trigger,
        last_day=counted.last_day or trigger,
        only_warns=term.only_warns,
    )
    checks = _ALWAYS if counted.strict is None else _ALWAYS + _WITH_DATES
    return tuple(
        TermWarning(code=code, text=_sentence(text)) for code, check in checks if (text := check(case))
    )


def _unverified(case: _Case) -> str:
    if not case.only_warns:
        return ""
    if not case.term.id:
        return (
            "Nog te controleren: er is geen wetsartikel genoemd, dus lengte en verlenging zijn niet nagegaan."
        )
    if case.term.status is Status.UNVERIFIED or case.term.confidence == "K":
        return (
            "Nog te controleren: deze regel is niet in de geldende tekst gelezen. "
            "Er wordt niets op gestart of gesloten."
        )
    return "Nog te controleren: de bron noemt dit getal of deze datum niet; het is een aanname."


def _paraphrased(case: _Case) -> str:
    if case.only_warns or "P" not in (case.term.confidence, case.term.number_confidence):
        return ""
    return (
        f"Bron niet letterlijk gelezen: {case.term.cited} is alleen uit een samenvatting bekend. "
        "Controleer de tekst."
    )


def _amended(case: _Case) -> str:
    if not case.term.amendments:
        return ""
    changes = [change.text for change in case.term.amendments if change.since <= case.trigger]
    return f"Gewijzigd na de gelezen tekst: {' '.join(changes)}" if changes else ""


def _no_basis(case: _Case) -> str:
    if case.term.law or case.term.direction is Direction.BACK:
        return ""
    return (
        "Er is geen grondslag opgegeven. Gerekend is zonder verlenging; "
        "een wettelijke termijn kan later eindigen."
    )


def _unsettled(case: _Case) -> str:
    if case.term.extension is not Extension.UNSETTLED or case.strict == case.last_day:
        return ""
    return (
        f"Het staat niet vast of deze termijn wordt verlengd. Strikt: {dutch_weekday_date(case.strict)}; "
        f"met verlenging: {dutch_weekday_date(case.last_day)}."
    )


def _own_reading(case: _Case) -> str:
    lengthened = case.term.extension is Extension.ATW and case.last_day > case.strict
    if not lengthened or case.term.extension_confidence != "K":
        return ""
    return (
        "Dat deze termijn wordt verlengd is onze eigen lezing van de Algemene termijnenwet. "
        f"Wie uiterlijk {dutch_weekday_date(case.strict)} handelt, is in elk geval op tijd."
    )


def _decrees_unknown(case: _Case) -> str:
    known = case.calendar.decrees_known
    if known(case.strict) and known(case.last_day):
        return ""
    year = case.last_day.year if known(case.strict) else case.strict.year
    return (
        f"De gelijkgestelde dagen van {year} zijn niet bekend; de laatste dag kan daardoor anders uitvallen."
    )


def _decree_unread(case: _Case) -> str:
    if not case.counted.passed:
        return ""
    used = [day for day in case.counted.passed if day in case.calendar.equalised]
    if not used or case.calendar.equalised_confidence == "V":
        return ""
    days = " en ".join(dutch_date(day) for day in used)
    return f"Bron niet letterlijk gelezen: dat {days} een gelijkgestelde dag is, komt uit een overzicht."


def _month_end(case: _Case) -> str:
    if not _clamped(case.term, case.trigger, case.strict):
        return ""
    return (
        "Dat de termijn op de laatste dag van de maand eindigt is de gangbare telwijze; de wet zegt het niet."
    )


def _from_last_time(case: _Case) -> str:
    if case.term.kind is not TermKind.INTERVAL:
        return ""
    return "De wet noemt geen datum, alleen hoe vaak. Gerekend is vanaf de opgegeven vorige keer."


def _not_lengthened(case: _Case) -> str:
    if case.holidays is None or not case.term.is_statutory or not _runs(case.term):
        return ""
    found = next(case.holidays.overlapping(case.trigger + ONE_DAY, case.last_day), None)
    return holiday_notice(found) if found else ""


def _runs(term: Term) -> bool:
    running = term.kind is TermKind.DEADLINE or term.kind is TermKind.SUSPENSION
    return running and term.direction is Direction.FORWARD


def holiday_notice(period: HolidayPeriod) -> str:
    """Say that a school holiday does not lengthen a statutory term."""
    return (
        f"De {period.name} ({period.span}) valt in deze termijn, maar verlengt een wettelijke termijn niet."
    )


def _list_ends(case: _Case) -> str:
    if case.term.pauses is Pauses.NONE:
        return ""
    if case.holidays is None:
        return (
            "Er is geen regio of rooster bekend: gerekend is zonder schoolvakanties. "
            "De termijn kan later eindigen."
        )
    if case.holidays.covers(case.trigger, case.last_day):
        return ""
    return (
        f"De lijst met schoolvakanties loopt van {dutch_date(case.holidays.covered_from)} tot en met "
        f"{dutch_date(case.holidays.covered_to)}; deze termijn valt daar (deels) buiten. "
        "Vul het eigen rooster in."
    )


def _list_unread(case: _Case) -> str:
    unread = [period for period in case.counted.skipped if period.confidence != "V"]
    if not unread:
        return ""
    names = " en ".join(f"de {period.name} ({period.span})" for period in unread)
    return (
        f"Bron niet letterlijk gelezen: {names}. Controleer dit op rijksoverheid.nl of in het eigen rooster."
    )


def _advised_weeks(case: _Case) -> str:
    if case.holidays is None or case.holidays.own_rooster:
        return ""
    loose = [period for period in case.counted.skipped if not period.obligatory or period.remark]
    if not loose:
        return ""
    names = " en ".join(f"de {period.name} ({period.remark or 'adviesdata'})" for period in loose)
    return (
        f"Uw school kan andere data hebben voor {names}. Het rooster van de school gaat voor: controleer dat."
    )


_Check = tuple[WarningCode, Callable[[_Case], str]]
_ALWAYS: tuple[_Check, ...] = (
    (WarningCode.NOG_TE_CONTROLEREN, _unverified),
    (WarningCode.BRON_NIET_LETTERLIJK, _paraphrased),
    (WarningCode.WIJZIGING_NIET_GELEZEN, _amended),
    (WarningCode.GEEN_GRONDSLAG, _no_basis),
)
_WITH_DATES: tuple[_Check, ...] = (
    (WarningCode.VERLENGING_ONZEKER, _unsettled),
    (WarningCode.VERLENGING_EIGEN_LEZING, _own_reading),
    (WarningCode.GELIJKGESTELDE_DAGEN_ONBEKEND, _decrees_unknown),
    (WarningCode.GELIJKGESTELDE_DAG_NIET_GELEZEN, _decree_unread),
    (WarningCode.MAANDEINDE, _month_end),
    (WarningCode.VORIGE_KEER, _from_last_time),
    (WarningCode.SCHOOLVAKANTIE_VERLENGT_NIET, _not_lengthened),
    (WarningCode.SCHOOLVAKANTIES_ONBEKEND, _list_ends),
    (WarningCode.SCHOOLVAKANTIES_NIET_GELEZEN, _list_unread),
    (WarningCode.ADVIESWEKEN, _advised_weeks),
)
