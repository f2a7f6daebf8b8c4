"""Say in Dutch what is not certain about the end of a term.

Pure. The codes are stable: others filter on them. Every sentence is for a secretary who is no
lawyer; places in the law come from the term and the calendar, never from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.dates import (
    ONE_DAY,
    HolidayPeriod,
    LegalCalendar,
    SchoolHolidays,
    dutch_date,
    dutch_weekday_date,
)
from pipeline.procedures.catalogue import Direction, Extension, Pauses, Status, Term, TermKind
from pipeline.procedures.explain import Counted, is_clamped, sentence
from pipeline.values import TermWarning


class WarningCode(StrEnum):
    """What a person must know about a computed term."""

    NOG_TE_CONTROLEREN = "nog_te_controleren"
    """Own knowledge or unverified: this never starts, guards, closes or lapses anything."""
    TOEKOMST = "toekomst"
    """The event has yet to happen: a forecast."""
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
    GELIJKGESTELDE_DAGEN_LOPEN_AF = "gelijkgestelde_dagen_lopen_af"
    SCHOOLVAKANTIES_LOPEN_AF = "schoolvakanties_lopen_af"


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
        TermWarning(code=code, text=sentence(text)) for code, check in checks if (text := check(case))
    )


def future_warning(term: Term | None, trigger: date, today: date) -> TermWarning | None:
    """Warn that the event has yet to happen; not for a fixed date, nor for a meeting that is to come.

    Args:
        term: The term; None for a free computation.
        trigger: Day of the event.
        today: Legal day.
    """
    needs_no_event = term and (term.kind is TermKind.FIXED_DATE or term.direction is Direction.BACK)
    if trigger <= today or needs_no_event:
        return None
    return TermWarning(
        code=WarningCode.TOEKOMST,
        text=f"{sentence(dutch_weekday_date(trigger))[:-1]} ligt in de toekomst: dit is een vooruitblik. "
        "Er loopt nog geen termijn; controleer het jaartal als de dag al voorbij is.",
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
    return " ".join(
        f"Dit artikel is veranderd op {dutch_date(change.since)} en de nieuwe tekst is nog niet nagelezen. "
        f"Volgens een samenvatting geldt sindsdien: {change.text}"
        for change in case.term.amendments
        if change.since <= case.trigger
    )


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
        "Dat deze termijn wordt verlengd, is een eigen lezing van Stukkenstroom van de Algemene "
        f"termijnenwet. Reken daar niet op: houd {dutch_weekday_date(case.strict)} aan."
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
    if not is_clamped(case.term, case.trigger, case.strict):
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
