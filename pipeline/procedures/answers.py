"""Check what a person tells on the zaakkaart, and decide which events that adds and withdraws.

Pure. Everything she typed is either recorded or refused with a reason; nothing is filled in for
her. An emptied cell takes its event back.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipeline.dates import AMSTERDAM, LegalCalendar, dutch_date
from pipeline.procedures.definition import RIGHT, Answers, Definition, EventRule
from pipeline.procedures.standing import answers_of
from pipeline.values import (
    Actor,
    AnswerKind,
    CardAnswer,
    EventSource,
    Procedure,
    ProcedureEvent,
    Right,
)

ASK_LETTER = "Brief klaarzetten"
"""Question on the card with which a person asks for a letter; it is no event."""

_FURTHEST = timedelta(days=365)
"""A planned day beyond this is a slip: an extension to a wrong year would silence a term."""

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
    card: tuple[CardAnswer, ...],
    procedure: Procedure,
    definition: Definition,
    checks: Checks,
    refused_before: tuple[tuple[str, str, str], ...] = (),
) -> Told:
    """Decide what a saved card means.

    Only what she changed counts: a card may have lain open while the post told something. What was
    refused and still stands there is refused again.

    Args:
        card: What stands in its cells.
        procedure: The procedure as it is recorded.
        definition: What it is.
        checks: What answers are checked with.
        refused_before: What the card that she changed had refused.
    """
    standing = {question: typed for question, typed, _ in refused_before}
    cells = {one.question: one for one in card if one.is_touched or standing.get(one.question) == one.answer}
    known = answers_of(procedure.events)
    changed, refused = {}, []
    for rule in definition.events:
        cell = cells.get(rule.question)
        if cell is None:
            continue
        answer = _understood(rule, cell.answer, checks)
        now, problem = known.get(rule.id, ""), answer.problem
        if not problem and answer.text != now and rule.question not in standing:
            problem = _told_meanwhile(rule, cell, now, checks)
        if problem:
            refused.append((rule.question, cell.answer, problem))
        elif answer.text != now:
            changed[rule.id] = answer.text
    wanted = {**known, **changed}
    questions = {rule.id: rule.question for rule in definition.events}
    for event_id, problem in dict(_contradictions(changed, wanted, definition)).items():
        question = questions[event_id]
        refused.append((question, cells[question].answer if question in cells else "", problem))
        del changed[event_id]
    asked = cells[ASK_LETTER].answer if ASK_LETTER in cells else ""
    letter = _letter(asked, definition)
    if asked and not letter:
        names = ", ".join(one.name for one in definition.letters)
        refused.append((ASK_LETTER, asked, f"'{asked}' is geen brief van deze zaak. Kies uit: {names}."))
    return Told(answers=tuple(changed.items()), refused=tuple(refused), letter=letter)


def _told_meanwhile(rule: EventRule, cell: CardAnswer, now: str, checks: Checks) -> str:
    """Refuse a change of something that was recorded after the card was written; empty when it was not."""
    shown_now = shown_answer(rule, now, checks) if now else ""
    if cell.shown is None or cell.shown == shown_now:
        return ""
    told = f"hier is intussen vastgelegd: {shown_now}" if now else "dit is intussen teruggenomen"
    return f"{told[0].upper()}{told[1:]}. Klopt dat niet, vul het dan opnieuw in."


def shown_answer(rule: EventRule, answer: str, checks: Checks) -> str:
    """Write an answer as the card shows it: ``16-11-2026``, ``deels``, ``artikel 11 onder m WMS``."""
    if rule.answer is AnswerKind.DAG:
        return f"{date.fromisoformat(answer):%d-%m-%Y}"
    if rule.answer is AnswerKind.KEUZE:
        return next((one.label for one in rule.choices if one.id == answer), answer)
    return checks.right_words.get(answer, answer) if rule.id == RIGHT else answer


def closing_problem(procedure: Procedure, today: date) -> str:
    """Say in Dutch why a procedure cannot be closed: the council can still act; empty when it can.

    Args:
        procedure: The procedure with everything else that was told.
        today: Legal day.
    """
    running = (one for one in procedure.deadlines if one.actor is Actor.RAAD and one.last_day)
    term = next((one for one in running if one.last_day and one.last_day >= today), None)
    if term is None or term.last_day is None:
        return ""
    return (
        f"Er loopt nog ‘{term.name}’, tot en met {dutch_date(term.last_day)}; afsluiten stopt de bewaking. "
        "Vul eerst in wat de raad deed, dat de raad ervan afziet, of dat het is ingetrokken."
    )


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


def ask_about(
    procedure: Procedure, told: tuple[tuple[str, str], ...], *, now: datetime, paper: str
) -> Procedure:
    """Keep what a paper says otherwise than what stands, without letting it count; a person decides.

    Args:
        procedure: The procedure.
        told: Pairs of event and the answer that differs.
        now: When, UTC.
        paper: Kenmerk of the paper.
    """
    events = list(procedure.events)
    for field, answer in told:
        events.append(
            ProcedureEvent(
                number=len(events) + 1,
                field=field,
                answer=answer,
                source=EventSource.POST,
                recorded_at=now,
                paper=paper,
                withdrawn_at=now,
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
    if day > checks.today + _FURTHEST:
        return _Answer(problem=f"{dutch_date(day)} is meer dan een jaar vooruit. Controleer het jaartal.")
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
