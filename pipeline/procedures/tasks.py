"""Name what a person has to do in a procedure, and what she has to check. Pure; Dutch."""

from collections.abc import Iterator
from datetime import date

from pipeline.dates import dutch_date, dutch_weekday_date
from pipeline.procedures.definition import RECEIVED, all_hold
from pipeline.procedures.running import deadline_of, start_of
from pipeline.procedures.standing import Case
from pipeline.procedures.terms import Term
from pipeline.values import Actor, Deadline, Guard


def tasks(case: Case, running: tuple[Deadline, ...], guards: tuple[Guard, ...]) -> Iterator[str]:
    """Name, in Dutch, everything a person has to do, confirm or check now.

    Args:
        case: The procedure.
        running: Its terms that run.
        guards: Of those in which the council must act.
    """
    received = case.procedure.received
    if RECEIVED not in case.known and not received.confirmed:
        days = ", ".join(f"{dutch_date(day.day)} ({day.source})" for day in received.candidates)
        yield (
            f"Bevestig op de zaakkaart de dag van ontvangst; tot die tijd telt de vroegste. Mogelijk: {days}."
        )
    for task in case.definition.tasks:
        done = any(event in case.known for event in task.until)
        if not done and all_hold(task.when, case.known):
            yield task.text
    if any(term.strict is None and term.basis is None for term in running):
        yield "Stel de termijn vast: er is nog geen uiterste dag."
    yield from (one.alarm for one in guards if one.alarm)
    yield from _only_warned(case)
    for term in running:
        council_acts = term.actor in (Actor.RAAD, Actor.BEIDE)
        if council_acts and term.last_day and term.last_day < case.today:
            yield _lapse(term, case)


def _only_warned(case: Case) -> Iterator[str]:
    """Name the terms that are never counted on: not read in the law, or not yet law on that day."""
    for rule in case.definition.terms:
        term = case.rules.catalogue.get(rule.term)
        ended = case.first_day((*rule.met_by, *rule.ended_by))
        if term is None or ended or case.applies(rule) is not True:
            continue
        started = start_of(rule, case, term.actor)
        if started is not None and term.valid_from and started[0] < term.valid_from:
            day = dutch_date(started[0])
            yield f"‘{term.name}’ gold op {day} nog niet ({term.cited}). Controleer die dag."
        elif started is not None and term.only_warns:
            perhaps = _perhaps(term, started[0], case)
            yield f"Nog te controleren: mogelijk loopt ‘{term.name}’ ({term.cited}).{perhaps}"


def _perhaps(term: Term, trigger: date, case: Case) -> str:
    if term.length is None and term.month_day is None:
        return ""
    end = deadline_of(term, trigger, case.rules).strict
    return (
        f" Dat zou tot {dutch_weekday_date(end)} zijn; de tekst is niet in de geldende vorm gelezen."
        if end
        else ""
    )


def _lapse(term: Deadline, case: Case) -> str:
    """Say that a term lapsed and what that means; a fact that was not read verbatim never does."""
    rule = case.rules.catalogue.get(term.term)
    if rule is not None and not rule.may_close:
        return f"De termijn ‘{term.name}’ lijkt verstreken; controleer de tekst van {rule.cited}."
    own = next((_LAPSES[key] for key in _LAPSES if key in term.term), "")
    return (rule.lapse if rule is not None else own) or f"De termijn ‘{term.name}’ is verstreken."


_LAPSES = {
    "instemming": "De termijn is verstreken zonder instemming. Zwijgen is geen instemming.",
    "advies": "De termijn is verstreken zonder dat advies is uitgebracht.",
}
