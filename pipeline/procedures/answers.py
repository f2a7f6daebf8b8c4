"""Check what a person tells on the zaakkaart, and decide which events that adds and withdraws.

Pure. Everything she typed is either recorded or refused with a reason; nothing is filled in for
her. An emptied cell takes its event back.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pipeline.dates import AMSTERDAM, LegalCalendar, dutch_date
from pipeline.procedures.definition import RIGHT, Answers, Definition, EventRule
from pipeline.procedures.standing import answers_of
from pipeline.values import (
    AnswerKind,
    CardAnswer,
    EventSource,
    Procedure,
    ProcedureEvent,
    Right,
)

ASK_LETTER = "Brief klaarzetten"
"""Question on the card with which a person asks for a letter; it is no event."""

RightReader = Callable[[str], Right | str]
"""Reads an article as a person writes it; gives the right, or in Dutch why it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What answers are checked with.

    Attributes:
        today: Legal day.
        calendar: Tells which days can be counted with.
        read_right: Reads an article.
        right_words: Dutch citation of each right, by its id.
    """

    today: date
    calendar: LegalCalendar
    read_right: RightReader
    right_words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a filled-in card means.

    Attributes:
        answers: Per event the answer to record; empty to withdraw it. Only what changed.
        refused: Per question what was typed and, in Dutch, why it is not recorded.
        letter: Template of a letter that was asked for; may be empty.
    """

    answers: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str, str], ...]
    letter: str = ""


def read_answers(
    card: tuple[CardAnswer, ...], procedure: Procedure, definition: Definition, checks: Checks
) -> Told:
    """Decide what a saved card means.

    Args:
        card: What stands in its cells.
        procedure: The procedure as it is recorded.
        definition: What it is.
        checks: What answers are checked with.
    """
    typed = {one.question: one.answer for one in card}
    known = answers_of(procedure.events)
    changed, refused = {}, []
    for rule in definition.events:
        if rule.question not in typed:
            continue
        answer = _understood(rule, typed[rule.question], checks)
        if answer.problem:
            refused.append((rule.question, typed[rule.question], answer.problem))
        elif answer.text != known.get(rule.id, ""):
            changed[rule.id] = answer.text
    wanted = {**known, **changed}
    questions = {rule.id: rule.question for rule in definition.events}
    for event_id, problem in dict(_contradictions(changed, wanted, definition)).items():
        refused.append((questions[event_id], typed.get(questions[event_id], ""), problem))
        del changed[event_id]
    asked = typed.get(ASK_LETTER, "")
    letter = _letter(asked, definition)
    if asked and not letter:
        names = ", ".join(one.name for one in definition.letters)
        refused.append((ASK_LETTER, asked, f"'{asked}' is geen brief van deze zaak. Kies uit: {names}."))
    return Told(answers=tuple(changed.items()), refused=tuple(refused), letter=letter)


def check_answer(
    event: str, text: str, procedure: Procedure, definition: Definition, checks: Checks
) -> tuple[str, str]:
    """Check one answer that was not given on a card.

    Returns:
        The answer as it is recorded, and in Dutch why it cannot be; one of both is empty.
    """
    rule = definition.event(event)
    if rule is None:
        known = ", ".join(one.id for one in definition.events)
        return "", f"De gebeurtenis '{event}' hoort niet bij deze procedure. Kies uit: {known}."
    answer = _understood(rule, text, checks)
    wanted = {**answers_of(procedure.events), event: answer.text}
    problems = dict(_contradictions({event: answer.text}, wanted, definition)) if not answer.problem else {}
    problem = answer.problem or problems.get(event, "")
    return ("", problem) if problem else (answer.text, "")


def record(
    procedure: Procedure,
    answers: tuple[tuple[str, str], ...],
    *,
    source: EventSource,
    now: datetime,
    paper: str = "",
) -> Procedure:
    """Add events to a procedure; an earlier answer to the same question is withdrawn.

    Args:
        procedure: The procedure.
        answers: Pairs of event and answer; an empty answer only withdraws.
        source: Who told it.
        now: When, UTC.
        paper: Where it stands; may be empty.
    """
    events = list(procedure.events)
    for field, answer in answers:
        standing = next((one for one in events if one.field == field and one.withdrawn_at is None), None)
        if standing is not None and standing.answer == answer:
            continue
        if standing is not None:
            events[events.index(standing)] = replace(standing, withdrawn_at=now)
        if answer:
            events.append(
                ProcedureEvent(
                    number=len(events) + 1,
                    field=field,
                    answer=answer,
                    source=source,
                    recorded_at=now,
                    paper=paper,
                )
            )
    return replace(procedure, events=tuple(events))


# --- understanding one answer ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as it is recorded; or in Dutch why it cannot be."""

    text: str = ""
    problem: str = ""


def _understood(rule: EventRule, typed: str, checks: Checks) -> _Answer:
    if not typed:
        return _Answer()
    if rule.answer is AnswerKind.DAG:
        return _day(rule, typed, checks)
    if rule.answer is AnswerKind.KEUZE:
        return _choice(rule, typed)
    return _right(typed, checks) if rule.id == RIGHT else _Answer(text=typed)


def _day(rule: EventRule, typed: str, checks: Checks) -> _Answer:
    day = read_day(typed)
    if day is None:
        return _Answer(problem=f"'{typed}' is geen bestaande dag. Schrijf bijvoorbeeld 16-11-2026.")
    if not checks.calendar.covers(day):
        years = f"{checks.calendar.first_year} tot en met {checks.calendar.last_year}"
        return _Answer(
            problem=f"Het jaar {day.year} valt buiten de kalender ({years}). Controleer het jaartal."
        )
    if day > checks.today and not rule.ahead:
        return _Answer(problem=f"{dutch_date(day)} moet nog komen. Vul de dag in zodra het is gebeurd.")
    return _Answer(text=day.isoformat())


def read_day(text: str) -> date | None:
    """Read a day as the card or the command line writes it: ``16-11-2026`` or ``2026-11-16``."""
    for form in ("%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=AMSTERDAM).date()
        except ValueError:
            continue
    return None


def _choice(rule: EventRule, typed: str) -> _Answer:
    said = typed.casefold()
    found = next((one.id for one in rule.choices if said in (one.label.casefold(), one.id.casefold())), "")
    labels = ", ".join(one.label for one in rule.choices)
    return _Answer(text=found) if found else _Answer(problem=f"'{typed}' is geen keuze. Kies uit: {labels}.")


def _right(typed: str, checks: Checks) -> _Answer:
    """Read a right by its id, as the card shows it, or as a person writes it."""
    shown = [one for one, words in checks.right_words.items() if typed in (one, words)]
    if len(shown) == 1:
        return _Answer(text=shown[0])
    found = checks.read_right(typed)
    return _Answer(text=found.id) if isinstance(found, Right) else _Answer(problem=found)


def _contradictions(
    changed: Mapping[str, str], wanted: Answers, definition: Definition
) -> Iterator[tuple[str, str]]:
    """Find what was newly told and does not fit with the rest."""
    for rule in definition.events:
        answer = wanted.get(rule.id, "")
        needed = definition.event(rule.needs) if answer else None
        if needed is not None and not wanted.get(needed.id):
            if rule.id in changed:
                yield rule.id, f"Vul ook in: {needed.question}."
            else:
                yield needed.id, f"Maak eerst leeg: {rule.question}. Dat kan niet zonder dit antwoord."
            continue
        bound = definition.event(rule.not_before)
        first = wanted.get(rule.not_before, "") if bound else ""
        if bound is None or not answer or answer >= first:
            continue
        if rule.id in changed:
            yield rule.id, f"Dit ligt vóór {_with_day(bound, first)}. Verbeter een van beide."
        elif bound.id in changed:
            yield bound.id, f"Dit ligt na {_with_day(rule, answer)}. Verbeter een van beide."


def _with_day(rule: EventRule, day: str) -> str:
    question = f"{rule.question[0].lower()}{rule.question[1:]}"
    return f"‘{question}’ ({dutch_date(date.fromisoformat(day))})"


def _letter(typed: str, definition: Definition) -> str:
    said = typed.casefold()
    return next((one.template for one in definition.letters if one.name.casefold() == said), "")
