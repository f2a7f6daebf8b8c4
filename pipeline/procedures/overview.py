"""Show the terms that run, soonest first: in which words, how urgent, and what is still to be done. Pure."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from pipeline import contexts
from pipeline.procedures.cautions import WarningCode
from pipeline.procedures.definition import RECEIVED
from pipeline.procedures.standing import answers_of
from pipeline.values import ASKED, Actor, Deadline, Kind, Procedure, ProcedureState, board_word, holder_words

CLOSED = (ProcedureState.AFGEROND, ProcedureState.TERUGGEDRAAID)
"""States in which no term of the procedure runs any more."""


_STATES: Mapping[ProcedureState, str] = MappingProxyType(
    {
        ProcedureState.ONTVANGEN: "ontvangen",
        ProcedureState.ONVOLLEDIG: "onvolledig",
        ProcedureState.VOLLEDIG: "volledig",
        ProcedureState.OP_AGENDA: "op de agenda",
        ProcedureState.TERMIJN_VERSTREKEN: "termijn verstreken",
        ProcedureState.BEANTWOORD: "antwoord gegeven",
        ProcedureState.NADER_OVERLEG: "nader overleg",
        ProcedureState.BESLOTEN: "besloten",
        ProcedureState.OPGESCHORT: "uitvoering opgeschort",
        ProcedureState.INGETROKKEN: "ingetrokken",
        ProcedureState.AFGEROND: "afgerond",
        ProcedureState.TERUGGEDRAAID: "teruggedraaid",
    }
)
_BEGUN = (Kind.OVERIG, Kind.VERKIEZING, Kind.INFORMATIEVERSTREKKING)
"""Kinds of procedures in which nothing is received: they begin."""


def state_words(procedure: Procedure) -> str:
    """Say in Dutch where a procedure stands; a suspension that is not certain is said to be so."""
    if procedure.state is ProcedureState.ONTVANGEN and procedure.kind in _BEGUN:
        return "begonnen"
    suspending = _suspending(procedure)
    unsure = bool(suspending) and all(map(_is_provisional, suspending))
    if procedure.state is ProcedureState.OPGESCHORT and unsure:
        return "uitvoering mogelijk opgeschort"
    return _STATES[procedure.state]


def _suspending(procedure: Procedure) -> tuple[Deadline, ...]:
    """Give the terms in which a decision may not be carried out: they end, but no day is aimed for."""
    return tuple(one for one in procedure.deadlines if one.strict and one.advised is None)


def _is_provisional(term: Deadline) -> bool:
    return any(warning.code == "voorlopig" for warning in term.warnings)


def running(procedures: tuple[Procedure, ...]) -> tuple[tuple[Procedure, Deadline], ...]:
    """Give every running term with its procedure, soonest first; those without a date last."""
    pairs = [
        (procedure, term)
        for procedure in procedures
        if procedure.state not in CLOSED
        for term in procedure.deadlines
    ]
    return tuple(sorted(pairs, key=lambda pair: (pair[1].strict or date.max, pair[0].dossier)))


def is_confirmed(procedure: Procedure) -> bool:
    """Tell whether the day of receipt is sure."""
    return procedure.received.confirmed or RECEIVED in answers_of(procedure.events)


def is_sure(procedure: Procedure, term: Deadline) -> bool:
    """Tell whether it is sure that a term runs, and from which day."""
    return is_confirmed(procedure) and not _is_provisional(term)


def subject_of(procedure: Procedure, term: Deadline) -> str:
    """Say what a term is about: ``instemming``, ``advies``, else its own name."""
    if not term.answers_request:
        return term.name
    return ASKED.get(procedure.kind, term.name)


def actor_words(procedure: Procedure, term: Deadline) -> str:
    """Say who must act before a term ends; the word for the board is that of the law of the term."""
    if term.actor is Actor.RAAD:
        return holder_words(procedure.right_holder)
    board = board_word(term.term)
    return {
        Actor.BEVOEGD_GEZAG: board,
        Actor.BEIDE: f"raad en {board}",
        Actor.SECRETARIAAT: "secretaris",
    }[term.actor]


def cautions_of(term: Deadline) -> tuple[str, ...]:
    """Give what a person must know of a term; where its text was not read, how she can raise it."""
    texts = tuple(warning.text for warning in term.warnings)
    unread = any(warning.code == WarningCode.BRON_NIET_LETTERLIJK for warning in term.warnings)
    raised = f"Heeft u de tekst zelf gelezen? Leg dat vast in wet.toml, bij {term.term}."
    return (*texts, raised) if unread else texts


def step_lines(term: Deadline) -> tuple[str, ...]:
    """Number the steps of the computation, in order."""
    return tuple(f"{number}. {step.text}" for number, step in enumerate(term.steps, start=1))


def meeting_of(procedure: Procedure, term: Deadline) -> date | None:
    """Give the last meeting in time for a term; of the own term the one it is on."""
    if term.answers_request:
        return procedure.meeting_day
    return next((one.last_meeting for one in procedure.guards if one.term == term.term), None)


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
_UNSURE = " (te\N{NO-BREAK SPACE}bevestigen)"


def overview(procedures: tuple[Procedure, ...], today: date) -> tuple[contexts.TermLine, ...]:
    """Fill the overview of terms, soonest first."""
    return tuple(_term_line(procedure, term, today) for procedure, term in running(procedures))


def _term_line(procedure: Procedure, term: Deadline, today: date) -> contexts.TermLine:
    meeting = meeting_of(procedure, term)
    return contexts.TermLine(
        dossier=procedure.dossier,
        onderwerp=procedure.title,
        recht=subject_of(procedure, term),
        houder=actor_words(procedure, term),
        ontvangen=_short(term.trigger) + ("" if is_sure(procedure, term) else _UNSURE),
        uiterste_datum=_last(term),
        nog=left_words(term, today),
        urgentie=urgency_of(term, today),
        vergadering=_short(meeting, weekday=True) if meeting else "",
        stappen=tuple(step.text for step in term.steps),
        te_doen=procedure.to_do,
        waarschuwingen=cautions_of(term),
    )


def _last(term: Deadline) -> str:
    """Write the last day; with an extension both: act before the first, lapsed after the second."""
    if term.strict is None:
        return "zo spoedig mogelijk" if term.basis else "te bepalen"
    strict = _short(term.strict, weekday=True)
    extended = term.last_day and term.last_day != term.strict
    return f"{strict} (verlengd: {_short(term.last_day)})" if extended and term.last_day else strict


def _short(day: date, *, weekday: bool = False) -> str:
    text = f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"
    return f"{_SHORT_DAYS[day.weekday()]} {text}" if weekday else text


def left_words(term: Deadline, today: date) -> str:
    """Say how long a term still runs: ``nog 24 dagen``; empty without a date."""
    days = _days_left(term, today)
    if days is None:
        return ""
    if days < 0:
        return "verlopen"
    return {0: "vandaag", 1: "nog 1 dag"}.get(days, f"nog {days} dagen")


def urgency_of(term: Deadline, today: date) -> contexts.Urgency:
    """Tell how soon a term ends."""
    days = _days_left(term, today)
    if days is None:
        return contexts.Urgency.ONBEKEND
    if days < 0:
        return contexts.Urgency.VERLOPEN
    if days <= _WEEK:
        return contexts.Urgency.DEZE_WEEK
    return contexts.Urgency.BINNENKORT if days <= _SOON else contexts.Urgency.RUIM


def _days_left(term: Deadline, today: date) -> int | None:
    return (term.strict - today).days if term.strict else None
