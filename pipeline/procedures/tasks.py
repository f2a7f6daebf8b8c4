"""Name what a person has to do in a procedure, and what she has to check. Pure; Dutch."""

from collections.abc import Iterator
from datetime import date

from pipeline.dates import dutch_date, dutch_weekday_date
from pipeline.procedures.definition import HOLDER, RECEIVED, all_hold
from pipeline.procedures.running import deadline_of, start_of
from pipeline.procedures.standing import Case
from pipeline.procedures.terms import Term
from pipeline.values import Actor, Deadline, EventSource, Guard


def tasks(case: Case, running: tuple[Deadline, ...], guards: tuple[Guard, ...], holder: str) -> Iterator[str]:
    """Name, in Dutch, everything a person has to do, confirm or check now.

    Args:
        case: The procedure.
        running: Its terms that run.
        guards: Of those in which the council must act.
        holder: Who holds the right, as it is worked out.
    """
    received, known = case.procedure.received, {**case.known, HOLDER: holder}
    if RECEIVED not in case.known and not received.confirmed:
        if case.procedure.unread:
            yield _UNREAD.format(paper=case.procedure.paper)
        days = ", ".join(f"{dutch_date(day.day)} ({day.source})" for day in received.candidates)
        yield (
            f"Bevestig op de zaakkaart de dag van ontvangst; tot die tijd telt de vroegste. Mogelijk: {days}."
        )
    yield from _told_otherwise(case)
    yield from _other_right(case)
    for task in case.definition.tasks:
        done = any(event in case.known for event in task.until)
        runs = not task.term or any(one.term == task.term for one in running)
        if runs and not done and all_hold(task.when, known):
            yield task.text
    if any(term.strict is None and term.basis is None for term in running):
        yield _NO_DAY
    yield from (one.alarm for one in guards if one.alarm)
    yield from _only_warned(case)
    for term in running:
        council_acts = term.actor in (Actor.RAAD, Actor.BEIDE)
        if council_acts and term.last_day and term.last_day < case.today:
            yield _lapse(term, case)


_UNREAD = (
    "Uit stuk {paper} kon niets worden gelezen: wat het vraagt en welke dagen het noemt, is niet bekend. De "
    "termijn telt van de dag van ontvangst. Open het stuk zelf en bevestig die dag op de zaakkaart; is het "
    "geen verzoek, leg dan een kopie ervan in 'Terug te draaien'."
)


def _told_otherwise(case: Case) -> Iterator[str]:
    """Ask about what a later paper says otherwise, until a person has given the answer anew."""
    standing = {one.field: one for one in case.procedure.events if one.withdrawn_at is None}
    for event in case.procedure.events:
        now, rule = standing.get(event.field), case.definition.event(event.field)
        asked = event.source is EventSource.POST and event.withdrawn_at == event.recorded_at
        if not asked or now is None or rule is None or now.recorded_at > event.recorded_at:
            continue
        day, other = (dutch_date(date.fromisoformat(one.answer)) for one in (now, event))
        yield (
            f"Stuk {event.paper} noemt {other} bij ‘{rule.question}’; vastgelegd blijft {day}. "
            "Klopt dat niet, verbeter het dan op de zaakkaart."
        )


def _other_right(case: Case) -> Iterator[str]:
    """Say that the right on the card is of another sort than this procedure is for."""
    kind = case.right_kind
    if case.definition.right and kind and kind != case.definition.right:
        yield (
            f"Dit is een recht van {kind}, geen recht van {case.definition.right}. Klopt het recht op de "
            f"zaakkaart, vraag het bestuur dan om {_ASKED.get(kind, kind)}."
        )


_ASKED = {"advies": "een adviesaanvraag", "instemming": "een instemmingsverzoek"}


_NO_DAY = (
    "Er is nog geen uiterste dag. Vul uw eigen termijn in reglement.toml in, of lees bij ‘Let op’ wat er "
    "ontbreekt."
)


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
    until = dutch_weekday_date(end) if end else ""
    told = f" Dat zou tot en met {until} zijn; de tekst is niet in de geldende vorm gelezen."
    return told if end else ""


def _lapse(term: Deadline, case: Case) -> str:
    """Say that a term lapsed and what that means; a fact that was not read verbatim never does."""
    rule = case.rules.catalogue.get(term.term)
    if rule is not None and not rule.may_close:
        return f"De termijn ‘{term.name}’ lijkt verstreken; controleer de tekst van {rule.cited}."
    lapsed = f"De termijn ‘{term.name}’ is verstreken."
    if rule is not None:
        return f"{lapsed} {rule.lapse}".rstrip()
    return next((_LAPSES[key] for key in _LAPSES if key in term.term), lapsed)


_LAPSES = {
    "instemming": "De termijn is verstreken zonder instemming. Zwijgen is geen instemming.",
    "advies": "De termijn is verstreken zonder dat advies is uitgebracht.",
}
