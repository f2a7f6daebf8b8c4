"""Decide what a request starts: which term runs, at which meeting it must be, what is left to do.

Pure. The council's own term comes from its reglement; without a number there the procedure
starts all the same, with a warning instead of a date. Silence never answers a request.
"""

from dataclasses import dataclass
from datetime import date

from pipeline import contexts
from pipeline.dates import LegalCalendar, SchoolHolidays, dutch_date, legal_day
from pipeline.errors import NotInCalendarError
from pipeline.procedures.terms import compute, reglement_term
from pipeline.values import (
    Actor,
    BylawTerm,
    Deadline,
    Filed,
    Kind,
    MeetingDate,
    Procedure,
    ProcedureState,
    TermWarning,
)

CLOSED = (ProcedureState.AFGEROND, ProcedureState.TERUGGEDRAAID)
"""States in which no term of the request runs any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What terms are counted with.

    Attributes:
        terms: Terms of the council's own reglement.
        calendar: Rest days.
        holidays: School holidays of the council's own rooster or its region; None without.
        meetings: The council's rooster.
    """

    terms: tuple[BylawTerm, ...]
    calendar: LegalCalendar
    holidays: SchoolHolidays | None
    meetings: tuple[MeetingDate, ...]


def start_procedure(request: Filed, rules: Rules) -> Procedure:
    """Start the procedure of a request.

    The council must act, so its term counts from the earliest day that may be the day of
    receipt, until a person has confirmed which one it is.

    Args:
        request: The request as it was filed; its kind is adviesaanvraag or instemmingsverzoek.
        rules: What terms are counted with.
    """
    trigger = request.received.earliest
    deadline = _own_deadline(request, trigger, rules)
    meeting = _meeting_in_time(trigger, deadline.strict, rules.meetings)
    return Procedure(
        dossier=request.dossier,
        kind=request.kind,
        title=request.title,
        right_holder=_right_holder(request),
        state=ProcedureState.ONTVANGEN,
        received=request.received,
        deadlines=(deadline,),
        meeting_day=meeting,
        to_do=_to_do(request, deadline, meeting),
    )


def _own_deadline(request: Filed, trigger: date, rules: Rules) -> Deadline:
    """Work out the council's own term, or say why there is no date."""
    term = next((term for term in rules.terms if term.kind is request.kind), None)
    if term is None:
        return _without_date(request.kind, trigger, _NO_NUMBER)
    row = reglement_term(
        request.kind.value, term.length, term.unit, term.article, term.without_school_holidays
    )
    try:
        return compute(row, trigger, rules.calendar, rules.holidays)
    except NotInCalendarError as fault:
        return _without_date(
            request.kind, trigger, TermWarning(code="buiten-kalender", text=f"{fault.wat} {fault.doe}")
        )


_NO_NUMBER = TermWarning(
    code="geen-getal",
    text="Het reglement geeft voor dit verzoek nog geen termijn: vul lengte en artikel in reglement.toml in.",
)


def _without_date(kind: Kind, trigger: date, warning: TermWarning) -> Deadline:
    return Deadline(
        term=f"reglement-{kind.value}",
        name="termijn van de raad",
        trigger=trigger,
        strict=None,
        last_day=None,
        advised=None,
        actor=Actor.RAAD,
        steps=(),
        basis=None,
        warnings=(warning,),
    )


def _right_holder(request: Filed) -> str:
    holders = {right.geleding for right in request.judgement.rights}
    return holders.pop() if len(holders) == 1 else "hele raad"


def _meeting_in_time(trigger: date, strict: date | None, meetings: tuple[MeetingDate, ...]) -> date | None:
    """Find the last meeting after receipt at which the council can still answer in time."""
    days = [
        row.day for row in meetings if row.day and row.day > trigger and (strict is None or row.day <= strict)
    ]
    if strict is None:
        return min(days, default=None)
    return max(days, default=None)


def _to_do(request: Filed, deadline: Deadline, meeting: date | None) -> tuple[str, ...]:
    received = request.received
    tasks = []
    if not received.confirmed:
        days = ", ".join(f"{dutch_date(day.day)} ({day.source})" for day in received.candidates)
        tasks.append(f"Bevestig de dag van ontvangst; tot die tijd telt de vroegste. Mogelijk: {days}.")
    tasks.append("Bevestig de ontvangst; het concept ligt in Brieven/Concept.")
    tasks.append("Controleer of het verzoek volledig is.")
    if deadline.strict is None:
        tasks.append("Stel de termijn vast: er is nog geen uiterste dag.")
    elif meeting is None:
        tasks.append("Plan een vergadering: in het rooster valt er geen meer binnen de termijn.")
    return tuple(tasks)


def running(procedures: tuple[Procedure, ...]) -> tuple[tuple[Procedure, Deadline], ...]:
    """Give every running term with its procedure, soonest first; those without a date last."""
    pairs = [
        (procedure, term)
        for procedure in procedures
        if procedure.state not in CLOSED
        for term in procedure.deadlines
    ]
    return tuple(sorted(pairs, key=lambda pair: (pair[1].strict or date.max, pair[0].dossier)))


# --- the overview ----------------------------------------------------------------------

_SHORT_MONTHS = (
    "jan.",
    "feb.",
    "mrt.",
    "apr.",
    "mei",
    "juni",
    "juli",
    "aug.",
    "sep.",
    "okt.",
    "nov.",
    "dec.",
)
_SHORT_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_WEEK, _SOON = 7, 21


def overview(procedures: tuple[Procedure, ...], today: date) -> tuple[contexts.TermLine, ...]:
    """Fill the overview of terms, soonest first."""
    return tuple(_term_line(procedure, term, today) for procedure, term in running(procedures))


def _term_line(procedure: Procedure, term: Deadline, today: date) -> contexts.TermLine:
    left = (term.strict - today).days if term.strict else None
    confirmed = procedure.received.confirmed
    return contexts.TermLine(
        dossier=procedure.dossier,
        onderwerp=procedure.title,
        recht="instemming" if procedure.kind is Kind.INSTEMMINGSVERZOEK else "advies",
        houder=procedure.right_holder,
        ontvangen=_short(term.trigger) + ("" if confirmed else " (te bevestigen)"),
        uiterste_datum=_short(term.strict, weekday=True) if term.strict else "te bepalen",
        nog=_left(left),
        urgentie=_urgency(left),
        vergadering=_short(procedure.meeting_day, weekday=True) if procedure.meeting_day else "",
        stappen=tuple(step.text for step in term.steps),
        te_doen=procedure.to_do,
        waarschuwingen=tuple(warning.text for warning in term.warnings),
    )


def _short(day: date, *, weekday: bool = False) -> str:
    text = f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"
    return f"{_SHORT_DAYS[day.weekday()]} {text}" if weekday else text


def _left(days: int | None) -> str:
    if days is None:
        return ""
    if days < 0:
        return "verlopen"
    return {0: "vandaag", 1: "nog 1 dag"}.get(days, f"nog {days} dagen")


def _urgency(days: int | None) -> contexts.Urgency:
    if days is None:
        return contexts.Urgency.ONBEKEND
    if days < 0:
        return contexts.Urgency.VERLOPEN
    if days <= _WEEK:
        return contexts.Urgency.DEZE_WEEK
    return contexts.Urgency.BINNENKORT if days <= _SOON else contexts.Urgency.RUIM


def received_on(paper: Filed) -> date:
    """Give the legal day on which a paper was received, as far as it is known."""
    return legal_day(paper.received.at)
