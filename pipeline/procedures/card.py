"""Fill the zaakkaart: every event of a procedure with what is recorded, and what was refused with its reason.

Pure; Dutch.
"""

from datetime import datetime

from pipeline.dates import AMSTERDAM, dutch_date
from pipeline.procedures.answers import ASK_LETTER, Checks, Told, shown_answer
from pipeline.procedures.definition import RECEIVED, Answers, Definition, EventRule, all_hold
from pipeline.procedures.overview import state_words
from pipeline.procedures.standing import answers_of
from pipeline.values import AnswerKind, Card, CardLine, EventSource, Procedure, ProcedureEvent, refusal

_SOURCES = {
    EventSource.POST: "uit de post",
    EventSource.ZAAKKAART: "op deze kaart ingevuld",
    EventSource.BRIEF: "bij het verzenden van de brief",
    EventSource.OPDRACHT: "met een opdracht",
    EventSource.DIENST: "door de dienst",
}


def make_card(procedure: Procedure, definition: Definition, checks: Checks, told: Told | None = None) -> Card:
    """Fill the zaakkaart.

    Args:
        procedure: The procedure as it is recorded now.
        definition: What it is.
        checks: Words for rights.
        told: What was just read from the card; its refusals are answered on it.
    """
    known = answers_of(procedure.events)
    refusals = {question: (typed, why) for question, typed, why in told.refused} if told else {}
    asked = tuple(rule for rule in definition.events if _is_asked(rule, known))
    lines = tuple(_line(rule, procedure, checks, refusals.get(rule.question)) for rule in asked)
    letters = tuple(one.name for one in definition.letters)
    typed, why = refusals.get(ASK_LETTER, ("", ""))
    ask = CardLine(
        question=ASK_LETTER,
        answer=typed,
        kind=AnswerKind.KEUZE,
        choices=letters,
        hint="De brief komt als concept in Brieven/Concept.",
        recorded=_refused(why, "") if why else _letter_told(told, definition),
        refused=bool(why),
    )
    return Card(
        heading=f"{procedure.dossier} {procedure.title}",
        state=_state_sentence(procedure, definition),
        lines=(*lines, ask) if letters else lines,
    )


def _letter_told(told: Told | None, definition: Definition) -> str:
    letter = definition.letter(told.letter) if told and told.letter else None
    return f"{letter.name} ligt als concept in Brieven/Concept." if letter else ""


def _is_asked(rule: EventRule, known: Answers) -> bool:
    return rule.id in known or all_hold(rule.when, known) is not False


def _line(rule: EventRule, procedure: Procedure, checks: Checks, refusal: tuple[str, str] | None) -> CardLine:
    event = next((one for one in procedure.events if one.field == rule.id and one.withdrawn_at is None), None)
    shown = shown_answer(rule, event.answer, checks) if event else ""
    typed, why = refusal or ("", "")
    return CardLine(
        question=rule.question,
        answer=typed if refusal else shown,
        kind=rule.answer,
        choices=tuple(one.label for one in rule.choices),
        hint=_hint(rule, procedure),
        recorded=_refused(why, shown) if refusal else _recorded(rule, event, procedure),
        refused=refusal is not None,
    )


def _refused(why: str, standing: str) -> str:
    still = f" Wat er stond blijft gelden: {standing}." if standing else ""
    return refusal(f"{why}{still}")


def _hint(rule: EventRule, procedure: Procedure) -> str:
    received = procedure.received
    if rule.id != RECEIVED or received.confirmed or RECEIVED in answers_of(procedure.events):
        return rule.hint
    days = " of ".join(f"{dutch_date(one.day)} ({one.source})" for one in received.candidates)
    return f"Mogelijk: {days}. {rule.hint}".strip()


def _recorded(rule: EventRule, event: ProcedureEvent | None, procedure: Procedure) -> str:
    """Tell when and how an answer was recorded, or that the last one was taken back."""
    if event is None:
        taken_back = [one for one in procedure.events if one.field == rule.id and one.withdrawn_at]
        return f"Teruggenomen op {_moment(taken_back[-1].withdrawn_at)}" if taken_back else ""
    where = f" ({event.paper})" if event.paper else ""
    return f"Vastgelegd op {_moment(event.recorded_at)}, {_SOURCES[event.source]}{where}"


def _moment(instant: datetime | None) -> str:
    if instant is None:
        return ""
    local = instant.astimezone(AMSTERDAM)
    return f"{dutch_date(local.date())}, {local.hour}.{local:%M} uur"


def _state_sentence(procedure: Procedure, definition: Definition) -> str:
    first = next((term for term in procedure.deadlines if term.strict), None)
    until = (
        f" Eerste uiterste dag: {dutch_date(first.strict)} ({first.name})." if first and first.strict else ""
    )
    return f"Stand: {definition.name}, {state_words(procedure)}.{until}"
