"""One question of ``deadlines compute``: what may be asked, the answer, and its JSON.

Pure. Whatever does not make sense together is a ``TermInputError`` with a Dutch sentence that
says what to do; nothing is filled in silently.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.dates import ONE_DAY, LegalCalendar, SchoolHolidays, dutch_date
from pipeline.errors import TermInputError
from pipeline.procedures.catalogue import NumberFrom, Pauses, known_unit, positive
from pipeline.procedures.cautions import WarningCode, future_warning, holiday_notice
from pipeline.procedures.terms import Direction, Term, TermCatalogue, compute, compute_free
from pipeline.values import Deadline, TermWarning

Json = None | str | list[dict[str, str | None]] | dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermQuestion:
    """What is asked: a term of the catalogue, or a length of one's own; and from which day.

    Attributes:
        id: Handed through to the answer as it is; None when there is none.
        term: Id of the catalogue; empty for a free computation.
        length: Number of units; None when ``term`` is given.
        unit: ``dag``, ``week``, ``maand`` or ``jaar``, plural too; may be empty.
        basis: ``wet``, ``reglement`` …; may be empty.
        exclude: ``schoolvakanties``, ``zomervakantie`` or empty.
        region: ``noord``, ``midden``, ``zuid`` or empty.
        trigger: Day of the event.
        before: Day to count back from; not together with ``trigger``.
    """

    id: str | int | None = None
    term: str = ""
    length: int | None = None
    unit: str = ""
    basis: str = ""
    exclude: str = ""
    region: str = ""
    trigger: date | None = None
    before: date | None = None


def question_from_row(row: Mapping[str, object]) -> TermQuestion:
    """Read one row of a file of questions: the options of the command line as keys.

    Args:
        row: Parsed JSON object; days as ISO text.

    Raises:
        TermInputError: An unknown key, or a value of the wrong sort.
    """
    known = TermQuestion.__dataclass_fields__
    for key in row:
        if key not in known:
            raise _wrong(
                f"De optie '{key}' bestaat niet.", f"Kies uit: {', '.join(known)}.{_near(key, known)}"
            )
    return TermQuestion(
        id=_id(row.get("id")),
        term=_text(row, "term"),
        length=_length(row.get("length")),
        unit=_text(row, "unit"),
        basis=_text(row, "basis"),
        exclude=_text(row, "exclude"),
        region=_text(row, "region"),
        trigger=_day(row, "trigger"),
        before=_day(row, "before"),
    )


def answer(
    question: TermQuestion,
    catalogue: TermCatalogue,
    calendar: LegalCalendar,
    school_holidays: Mapping[str, SchoolHolidays],
    today: date | None = None,
) -> Deadline:
    """Answer a question.

    Args:
        question: What is asked.
        catalogue: The terms of the law.
        calendar: Rest days.
        school_holidays: Per region.
        today: Legal day; with it a trigger that has yet to come is answered with a warning.

    Raises:
        TermInputError: The question does not make sense as it stands.
        NotInCalendarError: The term leaves the years of the calendar.
    """
    day = _start(question, calendar)
    holidays = _holidays(question, school_holidays)
    if not question.term:
        free = _free(question, day, calendar, holidays)
        return free if question.before else _with_future(free, None, today)
    term = _term(question, catalogue).on(day)
    _check_direction(question, term)
    _check_validity(day, term)
    _check_region(term.pauses, holidays)
    found = compute(term, day, calendar, holidays)
    noticed = found if holidays else _with_notice(found, term, school_holidays)
    return _with_future(noticed, term, today)


def deadline_json(deadline: Deadline, question_id: str | int | None = None) -> dict[str, Json | int]:
    """Give a deadline with exactly the keys of the command line; days as ISO text or None."""
    basis = deadline.basis
    return {
        "id": question_id,
        "term": deadline.term or None,
        "trigger": deadline.trigger.isoformat(),
        "strict": _iso(deadline.strict),
        "last_day": _iso(deadline.last_day),
        "advised": _iso(deadline.advised),
        "steps": [{"date": step.day.isoformat(), "text": step.text} for step in deadline.steps],
        "basis": {
            "law": basis.law,
            "article": basis.article,
            "paragraph": basis.paragraph,
            "confidence": basis.confidence,
        }
        if basis
        else None,
        "warnings": [{"code": str(warning.code), "text": warning.text} for warning in deadline.warnings],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- reading a row ---------------------------------------------------------------------


def _wrong(wat: str, doe: str) -> TermInputError:
    return TermInputError(wat, wat=wat, doe=doe)


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(f"Bij '{key}' hoort tekst.", "Zet de waarde tussen aanhalingstekens.")
    return value


def _id(value: object) -> str | int | None:
    if value is None or isinstance(value, str | int):
        return value
    raise _wrong("Bij 'id' hoort tekst of een getal.", "Geef de vraag een eenvoudig id.")


def _length(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _wrong("Bij 'length' hoort een heel getal.", "Geef een heel getal van 1 of meer.")


def _day(row: Mapping[str, object], key: str) -> date | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise _wrong(
            f"Bij '{key}' staat '{value}'; dat is geen bestaande dag.",
            "Schrijf jaar-maand-dag, bijvoorbeeld 2026-11-03.",
        )
    return day


# --- checking --------------------------------------------------------------------------


def _start(question: TermQuestion, calendar: LegalCalendar) -> date:
    """Find the one day to count from."""
    if question.trigger and question.before:
        raise _wrong(
            "Er is zowel een dag om vanaf te tellen als een dag om van terug te tellen.",
            "Geef --trigger of --before, niet allebei.",
        )
    day = question.before or question.trigger
    if day is None:
        raise _wrong(
            "De dag waarop de termijn begint ontbreekt.",
            "Geef die met --trigger, of met --before om van een vergadering terug te tellen.",
        )
    if not calendar.covers(day):
        raise _wrong(
            f"De dag {dutch_date(day)} ligt buiten de kalender ({calendar.first_year} tot en met "
            f"{calendar.last_year}).",
            "Controleer het jaartal.",
        )
    return day


def _term(question: TermQuestion, catalogue: TermCatalogue) -> Term:
    if question.term not in catalogue:
        near = _near(question.term, catalogue) or " De ids staan in config/law/terms.yaml."
        raise _wrong(f"De termijn '{question.term}' bestaat niet.", f"Controleer het id.{near}")
    term = catalogue[question.term]
    if question.length is None and not (question.unit or question.basis or question.exclude):
        return term
    if term.number_from in (NumberFrom.LAW, NumberFrom.NOBODY) or question.length is None or question.basis:
        raise _wrong(
            f"De termijn {question.term} heeft een eigen lengte en grondslag.",
            "Geef --term alleen met --trigger of --before (en eventueel --region), of laat --term weg.",
        )
    return replace(
        term,
        length=positive(question.length),
        unit=known_unit(question.unit),
        pauses=_pauses(question.exclude),
    )


def _near(word: str, known: Mapping[str, object]) -> str:
    by_lower = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), by_lower, n=3, cutoff=0.6)
    return f" Bedoelde u: {', '.join(by_lower[name] for name in found)}?" if found else ""


def _check_direction(question: TermQuestion, term: Term) -> None:
    if question.before and term.direction is not Direction.BACK:
        raise _wrong(
            f"De termijn {term.id} ({term.name}) wordt vooruit geteld.",
            "Geef de dag van de gebeurtenis met --trigger.",
        )


def _check_validity(day: date, term: Term) -> None:
    if term.valid_from and day < term.valid_from:
        raise _wrong(
            f"De dag {dutch_date(day)} ligt vóór {dutch_date(term.valid_from)}: "
            f"van eerder is {term.cited} hier niet bekend.",
            "Controleer het jaartal, of zoek de oude tekst van de wet op.",
        )
    if term.valid_until and day > term.valid_until:
        raise _wrong(
            f"De termijn {term.id} gold tot en met {dutch_date(term.valid_until)}.",
            "Controleer het jaartal, of kies de termijn die daarna geldt.",
        )


def _holidays(question: TermQuestion, by_region: Mapping[str, SchoolHolidays]) -> SchoolHolidays | None:
    region = question.region.strip().lower()
    if not region:
        return None
    if region not in by_region:
        raise _wrong(f"De regio '{question.region}' bestaat niet.", f"Kies uit: {', '.join(by_region)}.")
    return by_region[region]


# --- answering -------------------------------------------------------------------------


def _free(
    question: TermQuestion, day: date, calendar: LegalCalendar, holidays: SchoolHolidays | None
) -> Deadline:
    if question.length is None or not question.unit:
        raise _wrong(
            "Er is geen termijn opgegeven.",
            "Geef --term met een id, of --length met --unit.",
        )
    pauses = _pauses(question.exclude)
    _check_region(pauses, holidays)
    return compute_free(
        day,
        question.length,
        question.unit,
        calendar,
        basis=question.basis,
        exclude=pauses,
        direction=Direction.BACK if question.before else Direction.FORWARD,
        holidays=holidays,
    )


def _check_region(pauses: Pauses, holidays: SchoolHolidays | None) -> None:
    if pauses is not Pauses.NONE and holidays is None:
        raise _wrong(
            "Om schoolvakanties over te slaan is een regio nodig.",
            "Geef --region noord, midden of zuid: de regio van de plaats waar de school staat.",
        )


def _pauses(exclude: str) -> Pauses:
    wanted = exclude.strip().lower()
    if not wanted:
        return Pauses.NONE
    for pauses in (Pauses.SCHOOLVAKANTIES, Pauses.ZOMERVAKANTIE):
        if wanted == pauses.value:
            return pauses
    raise _wrong(f"'{exclude}' kan niet worden overgeslagen.", "Kies schoolvakanties of zomervakantie.")


def _with_future(deadline: Deadline, term: Term | None, today: date | None) -> Deadline:
    """Without a day of today nothing can be said; asking ahead is allowed, so this only warns."""
    warning = future_warning(term, deadline.trigger, today) if today else None
    return replace(deadline, warnings=(warning, *deadline.warnings)) if warning else deadline


def _with_notice(deadline: Deadline, term: Term, by_region: Mapping[str, SchoolHolidays]) -> Deadline:
    """Without a region, mention the first school holiday of any region that the term meets."""
    runs = term.for_schools and term.length is not None and term.direction is Direction.FORWARD
    if not runs or deadline.last_day is None or term.extension.value == "none":
        return deadline
    found = (
        period
        for holidays in by_region.values()
        for period in holidays.overlapping(deadline.trigger + ONE_DAY, deadline.last_day)
    )
    period = next(found, None)
    if period is None:
        return deadline
    warning = TermWarning(code=WarningCode.SCHOOLVAKANTIE_VERLENGT_NIET, text=holiday_notice(period))
    return replace(deadline, warnings=(*deadline.warnings, warning))
