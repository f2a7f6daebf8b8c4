"""Decide which terms of a procedure run, from which day, and which were met or ended.

Pure. A term runs from the day that is safe for whoever must act. What is not known yet runs
provisionally where missing it could not be repaired; what was not read in the law never runs.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.dates import dutch_date, dutch_weekday_date
from pipeline.errors import NotInCalendarError, TermInputError
from pipeline.procedures.definition import COMPLETE, OWN_TERM, TermRule
from pipeline.procedures.standing import Case, Rules
from pipeline.procedures.terms import Term, bylaw_term, compute
from pipeline.values import Actor, Basis, Deadline, DoneTerm, Step, TermWarning


def terms_of(case: Case) -> Iterator[Deadline | DoneTerm]:
    """Give every term that runs or has run."""
    for rule in case.definition.terms:
        holds = case.applies(rule)
        if holds is False or (holds is None and not rule.provisional):
            continue
        term = _term(rule, case)
        started = start_of(rule, case, term.actor if isinstance(term, Term) else Actor.RAAD)
        if started is None or (isinstance(term, Term) and not _may_start(term, started[0])):
            continue
        deadline = deadline_of(term, started[0], case.rules)
        deadline = _to_be_confirmed(deadline) if holds is None else deadline
        cautions = (started[1], rule.provisional if holds is None else "")
        deadline = _also_from(_with_cautions(deadline, cautions), rule, term, case)
        yield _ended(rule, _extended(rule, deadline, case), case)


def _term(rule: TermRule, case: Case) -> Term | TermWarning:
    """Find the term: in the law, or in the council's reglement, where its number may be missing."""
    if rule.term != OWN_TERM:
        return case.rules.catalogue[rule.term]
    own = next((one for one in case.rules.terms if one.kind is rule.own_kind), None)
    if own is None:
        return _NO_NUMBER
    return bylaw_term(own)


_NO_NUMBER = TermWarning(
    code="geen-getal",
    text="Het reglement geeft voor dit verzoek nog geen termijn: vul lengte en artikel in reglement.toml in.",
)


def _may_start(term: Term, day: date) -> bool:
    """Tell whether a term may run: its law held on that day, and its text was read."""
    in_force = (term.valid_from is None or term.valid_from <= day) and (
        term.valid_until is None or day <= term.valid_until
    )
    return in_force and not term.only_warns


def start_of(rule: TermRule, case: Case, actor: Actor) -> tuple[date, str] | None:
    """Find the day a term starts, and Dutch what to know when it should be counted from another."""
    complete = _counts_from_complete(rule, case)
    whole = case.day(COMPLETE, actor) if complete else None
    if whole is not None:
        return whole, ""
    found = [(day, place) for place, event in enumerate(rule.starts) if (day := case.day(event, actor))]
    if not found:
        return None
    day, place = min(found) if rule.earliest else found[0]
    late = rule.late_start if place or rule.earliest else ""
    return day, _NOT_COMPLETE if complete else late


def _counts_from_complete(rule: TermRule, case: Case) -> bool:
    own = next((one for one in case.rules.terms if one.kind is rule.own_kind), None)
    asked = case.definition.event(COMPLETE) is not None
    return asked and rule.term == OWN_TERM and own is not None and own.starts_when_complete


_NOT_COMPLETE = (
    "Uw reglement telt vanaf een volledig verzoek. Zolang u het op de zaakkaart niet volledig verklaart, "
    "telt de dag van ontvangst."
)


def deadline_of(term: Term | TermWarning, trigger: date, rules: Rules) -> Deadline:
    """Work out the end of a term; without a number or a calendar it has no date but says why."""
    if isinstance(term, TermWarning):
        return _without_date(None, trigger, term)
    try:
        return compute(term, trigger, rules.calendar, rules.holidays)
    except (NotInCalendarError, TermInputError) as fault:
        warning = TermWarning(code="buiten-kalender", text=f"{fault.wat} {fault.doe}")
        return _without_date(term, trigger, warning)


def _without_date(term: Term | None, trigger: date, warning: TermWarning) -> Deadline:
    return Deadline(
        term=term.id if term else "reglement",
        name=term.name if term else "termijn van de raad",
        trigger=trigger,
        strict=None,
        last_day=None,
        advised=None,
        actor=term.actor if term else Actor.RAAD,
        steps=(),
        basis=None,
        warnings=(warning,),
    )


def _to_be_confirmed(deadline: Deadline) -> Deadline:
    """Say beside the day on which a term would start that this has yet to be confirmed."""
    first = (replace(one, text=one.text.replace(":", " (te bevestigen):", 1)) for one in deadline.steps[:1])
    return replace(deadline, steps=(*first, *deadline.steps[1:]))


def _with_cautions(deadline: Deadline, cautions: tuple[str, ...]) -> Deadline:
    added = tuple(TermWarning(code="voorlopig", text=text) for text in cautions if text)
    return replace(deadline, warnings=(*added, *deadline.warnings))


def _also_from(deadline: Deadline, rule: TermRule, term: Term | TermWarning, case: Case) -> Deadline:
    """Show a second end where the law leaves open from which day it counts."""
    other = case.day(rule.also_from, Actor.RAAD) if rule.also_from else None
    if other is None or other == deadline.trigger or isinstance(term, TermWarning):
        return deadline
    second = deadline_of(term, other, case.rules)
    if second.last_day is None:
        return deadline
    text = (
        f"De wet zegt niet vanaf welke dag dit telt. Vanaf {dutch_date(other)} gerekend eindigt het op "
        f"{dutch_weekday_date(second.last_day)}."
    )
    return replace(deadline, warnings=(*deadline.warnings, TermWarning(code="tweede-telling", text=text)))


def _extended(rule: TermRule, deadline: Deadline, case: Case) -> Deadline:
    """Move the end of the council's own term to the day that was agreed on."""
    until = case.day(rule.extended_by, Actor.RAAD) if rule.extended_by else None
    if until is None:
        return deadline
    if deadline.strict and until <= deadline.strict:
        text = f"De verlenging tot en met {dutch_date(until)} ligt niet na de uiterste dag en telt dus niet."
        return replace(
            deadline, warnings=(TermWarning(code="geen-verlenging", text=text), *deadline.warnings)
        )
    reason = case.known.get("reden_verlenging", "")
    text = f"Verlengd tot en met {dutch_weekday_date(until)}" + (f" ({reason})" if reason else "") + "."
    return replace(
        deadline,
        strict=until,
        last_day=until,
        advised=case.rules.calendar.on_or_before(until) if case.rules.calendar.covers(until) else until,
        steps=(*deadline.steps, Step(day=until, text=text)),
        basis=deadline.basis or Basis(law="afspraak", article="", paragraph="", confidence="V"),
    )


def _ended(rule: TermRule, deadline: Deadline, case: Case) -> Deadline | DoneTerm:
    own = rule.term == OWN_TERM
    met = case.first_day(rule.met_by, case.procedure.received.earliest if own else deadline.trigger)
    ended = case.first_day(rule.ended_by, deadline.trigger)
    if met is not None:
        return DoneTerm(deadline=deadline, day=met, how=_met_how(met, deadline))
    if ended is not None:
        return DoneTerm(deadline=deadline, day=ended, how=rule.ended_how)
    return deadline


def _met_how(day: date, deadline: Deadline) -> str:
    if deadline.last_day and day > deadline.last_day:
        return f"te laat: gedaan op {dutch_date(day)}, na de uiterste dag {dutch_date(deadline.last_day)}"
    if deadline.strict and day > deadline.strict:
        return f"gedaan op {dutch_date(day)}, binnen de verlenging maar na de strikte dag"
    return f"gedaan op {dutch_date(day)}"
