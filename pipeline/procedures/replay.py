"""Work out where a procedure stands from what was told of it: its terms, its state, what is left to do.

Pure. The same events always give the same outcome, so a correction withdraws an event and
everything that followed from it is gone. Silence never answers a request, and what was not read
in the law's own text never starts anything.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.dates import ONE_DAY, legal_day
from pipeline.procedures.definition import (
    CLOSED_ON,
    HOLDER,
    ON_AGENDA,
    RECEIVED,
    RIGHT,
    Definition,
    EventRule,
)
from pipeline.procedures.guarding import guard
from pipeline.procedures.running import terms_of
from pipeline.procedures.standing import Case, Rules, answers_of
from pipeline.procedures.tasks import tasks
from pipeline.procedures.terms import TermKind
from pipeline.values import (
    WHOLE_COUNCIL,
    Actor,
    AnswerKind,
    Deadline,
    DoneTerm,
    Guard,
    Procedure,
    ProcedureState,
    is_own_term,
)


def recount(procedure: Procedure, definition: Definition, rules: Rules, today: date) -> Procedure:
    """Work a procedure out anew from its events.

    Args:
        procedure: Its events and what never changes; the rest is worked out.
        definition: What it is.
        rules: What terms are counted with.
        today: Legal day; tells which terms have lapsed.
    """
    case = Case(
        procedure=procedure,
        definition=definition,
        rules=rules,
        known=answers_of(procedure.events),
        today=today,
    )
    worked_out = tuple(terms_of(case))
    closed = CLOSED_ON in case.known or procedure.state is ProcedureState.TERUGGEDRAAID
    running = tuple(one for one in worked_out if isinstance(one, Deadline) and not closed)
    guards, holder = tuple(_guards(running, case)), _holder(case)
    return replace(
        procedure,
        right_holder=holder,
        state=_state(case, running),
        deadlines=tuple(sorted(running, key=_soonest)),
        done=tuple(one for one in worked_out if isinstance(one, DoneTerm)),
        guards=guards,
        meeting_day=_meeting(case, running, guards),
        to_do=() if closed else tuple(tasks(case, running, guards, holder)),
        changes_on=_changes_on(case, running),
    )


def _changes_on(case: Case, running: tuple[Deadline, ...]) -> date | None:
    """Find the next day on which the outcome may change though nothing is told and no rule changes."""
    told = (case.known.get(rule.id, "") for rule in case.definition.events if rule.answer is AnswerKind.DAG)
    days = [date.fromisoformat(answer) for answer in told if answer]
    turning = (
        *days,
        *(day + ONE_DAY for day in days),
        *(one.last_day + ONE_DAY for one in running if one.last_day),
    )
    return min((day for day in turning if day > case.today), default=None)


def _soonest(term: Deadline) -> tuple[date, str]:
    return term.strict or date.max, term.term


# --- what follows ----------------------------------------------------------------------


def _guards(running: tuple[Deadline, ...], case: Case) -> Iterator[Guard]:
    for term in running:
        rule = case.rules.catalogue.get(term.term)
        acts = term.actor in (Actor.RAAD, Actor.BEIDE) and (rule is None or rule.kind is TermKind.DEADLINE)
        if term.strict is not None and acts:
            rules, heard = case.rules, _heard_of(term, case)
            yield guard(term, rules.meetings, rules.calendar, rules.holidays, known_on=heard)


def _heard_of(term: Deadline, case: Case) -> date | None:
    """Tell on which day what started a term was first recorded."""
    started = term.trigger.isoformat()
    told = [
        one.recorded_at for one in case.procedure.events if one.answer == started and not one.withdrawn_at
    ]
    return legal_day(min(told)) if told else None


def _holder(case: Case) -> str:
    """Tell who holds the right: as a person said, as the right says, else the whole council."""
    told = case.known.get(HOLDER)
    if told:
        return told
    by_right = dict(case.rules.holders).get(case.known.get(RIGHT, ""))
    holders = {right.geleding for right in case.procedure.rights}
    return by_right or (holders.pop() if len(holders) == 1 else WHOLE_COUNCIL)


_ORDER = tuple(ProcedureState)


def _state(case: Case, running: tuple[Deadline, ...]) -> ProcedureState:
    """Give the furthest state that something told has brought it to."""
    if case.procedure.state is ProcedureState.TERUGGEDRAAID:
        return ProcedureState.TERUGGEDRAAID
    told = [rule.state for rule in case.definition.events if rule.state and _has_come(rule, case)]
    if any(_lapsed(one, case) for one in running):
        told.append(ProcedureState.TERMIJN_VERSTREKEN)
    if any(_suspends(one, case) for one in running):
        told.append(ProcedureState.OPGESCHORT)
    return max(told, key=_ORDER.index, default=ProcedureState.ONTVANGEN)


def _has_come(rule: EventRule, case: Case) -> bool:
    """Tell whether something happened; being planned is only enough to be on the agenda."""
    answer = case.known.get(rule.id, "")
    planned = rule.answer is AnswerKind.DAG and answer > case.today.isoformat()
    return bool(answer) and (not planned or rule.state is ProcedureState.OP_AGENDA)


def _lapsed(term: Deadline, case: Case) -> bool:
    """Tell whether the council's own term has lapsed: only a number that was read may say so."""
    return term.answers_request and term.last_day is not None and term.last_day < case.today


def _suspends(term: Deadline, case: Case) -> bool:
    rule = case.rules.catalogue.get(term.term)
    still = term.last_day is not None and term.last_day >= case.today
    return rule is not None and rule.kind is TermKind.SUSPENSION and still


def _meeting(case: Case, running: tuple[Deadline, ...], guards: tuple[Guard, ...]) -> date | None:
    """Tell at which meeting it is treated: as was said, else the last one in time for the first term."""
    agenda = case.known.get(ON_AGENDA, "")
    answers_request = any(is_own_term(one.term) for one in guards)
    if agenda and (answers_request or not guards or agenda >= case.today.isoformat()):
        return date.fromisoformat(agenda)
    if guards:
        return guards[0].last_meeting
    open_own = any(term.strict is None and term.actor is Actor.RAAD for term in running)
    received = case.day(RECEIVED, Actor.RAAD) or case.today
    later = [row.day for row in case.rules.meetings if row.day and row.day > received]
    return min(later, default=None) if open_own else None
