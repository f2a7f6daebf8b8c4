"""Write what the secretary is told once a day, and what cannot wait. Pure; Dutch.

A confidential dossier is named by its number only: a mail leaves the werkmap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline import contexts
from pipeline.dates import dutch_date, dutch_weekday_date
from pipeline.procedures.catalogue import AGREEMENT, BYLAW
from pipeline.procedures.guarding import Reminder
from pipeline.values import Actor, Deadline, Guard, Procedure

_VEIL = "(vertrouwelijk)"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNews:
    """Everything a day brings.

    Attributes:
        reminders: Terms that fall due.
        started: Procedures that were opened since the last round.
        begun: Terms that began since then in procedures that ran before.
        papers: Meetings whose papers must go out: day of the meeting and last day for the papers.
        held: Papers that wait in ``Te beoordelen/``.
        unfiled: Dutch, what came in and became no paper.
        learned: Dutch, what the service learned from her decisions.
        problems: Dutch, what could not be done.
        warnings: Dutch, what runs out or is about to.
    """

    reminders: tuple[Reminder, ...] = ()
    started: tuple[Procedure, ...] = ()
    begun: tuple[tuple[Procedure, Deadline], ...] = ()
    papers: tuple[tuple[date, date], ...] = ()
    held: int = 0
    unfiled: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_worth_a_mail(self) -> bool:
        """Tell whether anything asks attention today; what waits, was not filed or was learned does not."""
        news = self.reminders or self.started or self.begun or self.papers
        return bool(news or self.warnings or self.problems)


def digest(
    news: DayNews, today: date, *, council: str, board: str, secretary: str, secret: frozenset[str]
) -> contexts.DigestMailContext:
    """Fill the daily digest.

    Args:
        news: What the day brings.
        today: Legal day.
        council: Its name.
        board: Who decides, with the article: ``het bestuur``.
        secretary: Name of who reads it.
        secret: Numbers of dossiers that are named by number only.
    """
    council_acts = [one for one in news.reminders if one.term.actor is not Actor.BEVOEGD_GEZAG]
    board_acts = [one for one in news.reminders if one.term.actor is Actor.BEVOEGD_GEZAG]
    blocks = (
        ("Termijnen van de raad", [_reminded(one, today, secret) for one in council_acts]),
        (f"Dit moet {board} nog doen, of laten", [_reminded(one, today, secret) for one in board_acts]),
        ("Stukken die de deur uit moeten", [_papers(*one, today) for one in news.papers]),
        ("Nieuwe zaken", [_started(one, secret) for one in news.started]),
        ("Nieuwe termijnen", [_begun(*one, secret) for one in news.begun]),
        ("Let op", [contexts.DigestLine(tekst=one) for one in news.warnings]),
        ("Dit wacht op u", list(_waiting(news))),
        ("Niet gearchiveerd", [contexts.DigestLine(tekst=one) for one in news.unfiled]),
        ("Geleerd", [contexts.DigestLine(tekst=one) for one in news.learned]),
    )
    return contexts.DigestMailContext(
        raad=council,
        onderwerp=f"Stukkenstroom: wat vandaag aandacht vraagt ({dutch_date(today)})",
        aanhef=f"Beste {secretary}",
        datum=dutch_weekday_date(today),
        blokken=tuple(contexts.DigestBlock(kop=head, regels=tuple(lines)) for head, lines in blocks if lines),
    )


def _named(procedure: Procedure, secret: frozenset[str]) -> str:
    return f"{procedure.dossier} {_VEIL if procedure.dossier in secret else procedure.title}"


def _reminded(reminder: Reminder, today: date, secret: frozenset[str]) -> contexts.DigestLine:
    term = reminder.term
    day = dutch_weekday_date(term.strict) if term.strict else ""
    early = f" U leest dit nu al vanwege {reminder.early}." if reminder.early else ""
    left, until = _left(reminder.days_left), "uiterlijk" if term.advised else "tot en met"
    return contexts.DigestLine(
        tekst=f"{_named(reminder.procedure, secret)}: {term.name}, {until} {day} ({left}).",
        uitleg=f"{_extended(term, today)}{_basis(term)}{early}".strip(),
    )


def _left(days: int) -> str:
    if days < 0:
        return f"{-days} {'dag' if days == -1 else 'dagen'} geleden"
    return {0: "vandaag", 1: "morgen"}.get(days, f"nog {days} dagen")


def _extended(term: Deadline, today: date) -> str:
    """Say what an extension leaves: both days are told where the law is unsettled."""
    if term.last_day is None or term.last_day == term.strict:
        return ""
    if term.strict and term.strict < today <= term.last_day:
        until = _day(term.last_day)
        return (
            f"De strikte dag is voorbij. Geldt de verlenging, dan loopt de termijn tot en met {until}; "
            "ga na of dat zo is. "
        )
    return f"Met verlenging: {_day(term.last_day)}. "


def _day(day: date) -> str:
    return dutch_weekday_date(day)


def _basis(term: Deadline) -> str:
    return f"Grondslag: {term.basis.words}." if term.basis else ""


def _papers(meeting: date, until: date, today: date) -> contexts.DigestLine:
    text = f"De stukken voor de vergadering van {_day(meeting)} gaan uiterlijk {_day(until)} de deur uit"
    return contexts.DigestLine(tekst=f"{text} ({_left((until - today).days)}).")


def _started(procedure: Procedure, secret: frozenset[str]) -> contexts.DigestLine:
    first = next((one for one in procedure.deadlines if one.strict), None)
    until = f" Eerste uiterste dag: {_day(first.strict)} ({first.name})." if first and first.strict else ""
    return contexts.DigestLine(tekst=f"{_named(procedure, secret)}.{until}")


def _begun(procedure: Procedure, term: Deadline, secret: frozenset[str]) -> contexts.DigestLine:
    day = _day(term.strict) if term.strict else ""
    until = "uiterlijk" if term.advised else "tot en met"
    return contexts.DigestLine(
        tekst=f"{_named(procedure, secret)}: {term.name}, {until} {day}.", uitleg=_basis(term)
    )


def _waiting(news: DayNews) -> Iterable[contexts.DigestLine]:
    if news.held:
        papers = "1 stuk ligt" if news.held == 1 else f"{news.held} stukken liggen"
        yield contexts.DigestLine(tekst=f"{papers} in de map Te beoordelen.")
    yield from (contexts.DigestLine(tekst=one) for one in news.problems)


def alarm(
    procedure: Procedure,
    guard: Guard,
    term: Deadline,
    *,
    council: str,
    reader: str,
    secret: frozenset[str],
    letter: str,
    template: str,
) -> contexts.AlarmMailContext:
    """Fill the mail about a term that needs attention the day it starts.

    Args:
        procedure: The procedure.
        guard: Why it needs attention.
        term: The term.
        council: Its name.
        reader: Name of who reads it.
        secret: Numbers of dossiers that are named by number only.
        letter: Name of the concept that lies ready; may be empty.
        template: Name of its template; may be empty.
    """
    last = guard.last_school_day
    workday = f"De laatste werkdag buiten de schoolvakanties is {_day(last)}." if last else ""
    return contexts.AlarmMailContext(
        raad=council,
        onderwerp=f"Let op: uiterste dag {dutch_date(term.strict or term.trigger)} ({procedure.dossier})",
        aanhef=f"Beste {reader}",
        zaak=_named(procedure, secret),
        termijn=term.name,
        uiterste_datum=_day(term.strict or term.trigger),
        waarom=tuple(text for text in (guard.alarm, workday) if text),
        stappen=tuple(step.text for step in term.steps),
        doe=(
            "Plan een extra vergadering, of spreek af wie namens de raad op tijd handelt.",
            "Klopt de uiterste dag niet? Verbeter dan het antwoord op de zaakkaart.",
            *((_RUNS_ON,) if _runs_on(term, template) else ()),
        ),
        brief=letter,
    )


_RUNS_ON = "Overleg of uitstel houdt deze termijn niet tegen."


def _runs_on(term: Deadline, template: str) -> bool:
    """Tell whether a letter that asks for time or talks lies ready while the law lets the term run on."""
    of_law = term.basis is not None and term.basis.law not in (BYLAW, AGREEMENT)
    return of_law and template in ("nader_overleg", "uitstel")
