"""What happens each day: everything counted anew, what falls due told once, what cannot wait told at once.

    notice_round -> make_round -> (digest) -> notices.deliver

Rounds that were missed are caught up by the next one; nothing is told twice.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline import __version__
from pipeline.dates import Unit, count_on, dutch_date
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures import digest, guarding, overview
from pipeline.procedures.catalogue import BYLAW
from pipeline.procedures.definition import Definition
from pipeline.procedures.horizon import calendar_warnings
from pipeline.roads.access import access_problems
from pipeline.roads.cards import card_problems, told_of
from pipeline.roads.letters import drafted_key
from pipeline.roads.procedures import due_letters, keep, letter_job, open_case, recounted
from pipeline.values import (
    Deadline,
    Job,
    JobKind,
    Procedure,
    SendPurpose,
)

ROUND = "round"
"""Subject of the notice that tells of a day."""
_LAST = "last-round"


@dataclass(frozen=True, slots=True)
class _LastRound:
    """What a round leaves behind for the next one.

    Attributes:
        day: Its day; empty before the first.
        rules: Digest of what it counted with.
        turn: How many rounds there were.
        line: Last line of the journal it has told of.
        terms: Terms that ran (``guarding.term_keys``), one per line.
    """

    day: str = ""
    rules: str = ""
    turn: int = 0
    line: int = 0
    terms: str = ""

    @classmethod
    def read(cls, ledger: Ledger) -> "_LastRound":
        """Read it; an empty one before the first round."""
        kept = ledger.fact(_LAST)
        if not kept:
            return cls()
        head, _, terms = kept.partition("\n")
        day, rules, turn, line = head.split("|")
        return cls(day, rules, int(turn), int(line), terms)

    def keep(self, ledger: Ledger) -> None:
        """Write it in the place of the one before."""
        ledger.set_fact(_LAST, f"{self.day}|{self.rules}|{self.turn}|{self.line}\n{self.terms}")


# --- the round -------------------------------------------------------------------------


def notice_round(office: Office) -> None:
    """Add today's round; another one when the rooster or the rules changed since."""
    counted_with, today = _rules_print(office), office.today().isoformat()
    with office.journal.transaction() as ledger:
        last = _LastRound.read(ledger)
        if last.day < today or last.rules != counted_with:  # a clock that was set back makes no new day
            ledger.add_job(
                Job(
                    key=f"round:{today}:{counted_with}:{last.turn}",
                    kind=JobKind.ROUND,
                    subject=today,
                    detail=counted_with,
                    due=office.clock(),
                )
            )


def _rules_print(office: Office) -> str:
    """Digest what procedures are counted with, as far as a person can change it."""
    book, (meetings, _) = office.rulebook, office.meetings()
    law = [(term.id, term.confidence, term.length, term.unit) for term in book.catalogue.values()]
    rights = [(right.id, right.geleding) for right in book.rights]
    counted_with = (__version__, office.council.regime, book.terms, book.holidays, meetings, law, rights)
    return hashlib.sha256(repr(counted_with).encode()).hexdigest()[:16]


def make_round(job: Job, office: Office) -> None:
    """Count what may stand otherwise today, open what begins every year, and have told what falls due."""
    today, rules = office.today(), office.rules()
    with office.journal.transaction() as ledger:
        last = _LastRound.read(ledger)
        since = date.fromisoformat(last.day) if last.day else None
        same_rules = last.rules == job.detail
        procedures = []
        for one in ledger.procedures():
            fresh = one if same_rules and _stands(one, today) else recounted(one, office, rules)
            if fresh != one:
                keep(fresh, one, ledger, office)
                _draft_due(fresh, ledger, office)
            procedures.append(fresh)
        _open_yearly(since, today, ledger, office)
        this = replace(last, day=max(today, since or today).isoformat(), rules=job.detail, turn=last.turn + 1)
        if since is None or since < today:
            this = _tell(tuple(procedures), since, this, ledger, office)
        this.keep(ledger)
        ledger.finish_job(job)


def _stands(procedure: Procedure, today: date) -> bool:
    """Tell whether a procedure stands as it did, as long as nothing is told and no rule changes."""
    return procedure.changes_on is None or today < procedure.changes_on


def _tell(
    procedures: tuple[Procedure, ...], since: date | None, this: "_LastRound", ledger: Ledger, office: Office
) -> "_LastRound":
    """Add the digest of the day when there is something to say; give the round with what it knew."""
    today, first = date.fromisoformat(this.day), this.line + 1
    ledger.note("round", this.day, "")
    last = ledger.last_seq()
    running = tuple(one for one in procedures if one.state not in overview.CLOSED)
    news = day_news(running, Span(since, today, range(first, last + 1), this.terms), ledger, office)
    if news.is_worth_a_mail:
        ledger.set_fact(f"digest:{today}", this.terms)
        detail = f"{today}|{since or ''}|{first}|{last}"
        key = f"digest:{today}"
        ledger.add_job(Job(key=key, kind=JobKind.NOTICE, subject=ROUND, detail=detail, due=office.clock()))
    return replace(this, line=last, terms="\n".join(sorted(guarding.term_keys(running))))


def _draft_due(procedure: Procedure, ledger: Ledger, office: Office) -> None:
    """Have a letter drafted that became due because a day passed, as when the board is late."""
    definition = office.rulebook.definition(procedure.definition)
    for rule in due_letters(procedure, definition, office.today()):
        if not ledger.fact(drafted_key(procedure, rule)):
            turn = office.today().isoformat()
            ledger.add_job(letter_job(procedure.dossier, rule.template, turn, office))


def _open_yearly(since: date | None, today: date, ledger: Ledger, office: Office) -> None:
    """Open what begins every year, when its day came after the last round."""
    for definition in office.rulebook.definitions:
        begins = _last_beginning(definition, today)
        if begins is None or office.council.regime not in definition.regimes:
            continue
        key = f"yearly:{definition.id}:{begins}"
        if since is not None and since < begins and not ledger.fact(key):
            title = _year_title(definition, begins)
            ledger.set_fact(key, open_case(definition, title, begins, ledger, office))


def _last_beginning(definition: Definition, today: date) -> date | None:
    if definition.yearly is None:
        return None
    this_year = date(today.year, *definition.yearly)
    return this_year if this_year <= today else date(today.year - 1, *definition.yearly)


def _year_title(definition: Definition, begins: date) -> str:
    whole = (begins.month, begins.day) == (1, 1)
    years = str(begins.year) if whole else f"{begins.year}-{begins.year + 1}"
    return f"{definition.name[:1].upper()}{definition.name[1:]} {years}"


# --- what a day brings -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """What lies between two rounds: the days, the lines of the journal, and the terms that ran before."""

    since: date | None
    today: date
    lines: range
    terms: str

    @property
    def known(self) -> frozenset[str] | None:
        """Name the terms that ran at the round before; None at the first round."""
        return None if self.since is None else frozenset(self.terms.splitlines())


def day_news(running: tuple[Procedure, ...], span: Span, ledger: Ledger, office: Office) -> digest.DayNews:
    """Gather what a day brings."""
    council, book = office.council, office.rulebook
    watch = guarding.Watch(days=council.reminder_days, absences=council.absences, holidays=book.holidays)
    lines = [line for line in ledger.lines(since=span.lines.start - 1) if line.seq in span.lines]
    started = {line.subject for line in lines if line.event == "procedure-started"}
    sent = {one.meeting for one in ledger.sendings() if one.purpose is SendPurpose.LEDEN and one.file}
    return digest.DayNews(
        reminders=guarding.reminders(running, span.since, span.today, watch, known=span.known),
        started=tuple(one for one in running if one.dossier in started),
        begun=_begun(running, started, span),
        papers=_papers(span.since, span.today, watch, sent, office),
        held=len(ledger.held()),
        learned=tuple(line.text for line in lines if line.event == "learned")[-1:],
        problems=(*map(told_of, ledger.failed_jobs()), *card_problems(ledger, office), *book.trouble),
        warnings=_warnings(span.today, span.since, office),
    )


def _begun(
    running: tuple[Procedure, ...], started: set[str], span: Span
) -> tuple[tuple[Procedure, Deadline], ...]:
    """Name the terms that began in procedures that ran before; the first round knows of none."""
    known = span.known
    if known is None:
        return ()
    return tuple(
        (one, term)
        for one in running
        if one.dossier not in started
        for term in one.deadlines
        if term.strict and guarding.term_key(one, term) not in known
    )


def _papers(
    since: date | None, today: date, watch: guarding.Watch, sent: set[str], office: Office
) -> tuple[tuple[date, date], ...]:
    """Name the meetings whose papers must go out, unless they went."""
    ahead = office.council.papers_days_before
    if ahead is None:
        return ()
    done = {name[:10] for name in sent}
    days = [row.day for row in office.meetings()[0] if row.day and row.day >= today]
    due = ((day, day - timedelta(days=ahead)) for day in days if day.isoformat() not in done)
    return tuple(
        (day, last) for day, last in due if guarding.newest_moment(last, since, today, watch) is not None
    )


def _warnings(today: date, since: date | None, office: Office) -> tuple[str, ...]:
    """Name what runs out; each warning is given on the day it begins to hold, and then once a month."""
    book = office.rulebook
    found = [one.text for one in calendar_warnings(today, book.calendar, book.holidays)]
    horizon = count_on(today, book.calendar.warn_months_ahead, Unit.MAAND)
    found += [
        f"Het eigen recht ‘{one.label}’ geldt tot en met {dutch_date(one.valid_until)}; "
        "daarna vervalt het, tenzij het wordt verlengd."
        for one in book.rights
        if one.law == BYLAW and one.valid_until and today <= one.valid_until <= horizon
    ]
    found += access_problems(office)
    again = since is None or since.month != today.month
    before = since or today
    known = {one.text for one in calendar_warnings(before, book.calendar, book.holidays)} if since else set()
    known |= {office.access_warning(before)} if since else set()
    return tuple(text for text in found if again or text not in known)
