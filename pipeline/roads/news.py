"""What a day brings, gathered from the journal for the mail of that day."""

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.archive.unfiled import told_unfiled
from pipeline.dates import Unit, count_on, dutch_date
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures import digest, guarding
from pipeline.procedures.catalogue import BYLAW
from pipeline.procedures.horizon import calendar_warnings
from pipeline.roads.access import access_problems
from pipeline.roads.cards import card_problems, told_of
from pipeline.roads.links import link_problems
from pipeline.roads.reconciling import unseen
from pipeline.values import Deadline, Procedure, SendPurpose


@dataclass(frozen=True, slots=True)
class Span:
    """What lies between two rounds.

    Attributes:
        since: Day of the round before; None at the first.
        today: Day of this one.
        lines: The lines of the journal between them.
        terms: The terms that ran before (``guarding.term_keys``), one per line.
        untold: First line from which what was not filed has not been told; mails are not sent every day.
    """

    since: date | None
    today: date
    lines: range
    terms: str
    untold: int

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
        unfiled=_unfiled(span, ledger),
        learned=tuple(line.text for line in lines if line.event == "learned")[-1:],
        problems=(
            *unseen(ledger),
            *map(told_of, ledger.failed_jobs()),
            *card_problems(ledger, office),
            *book.trouble,
        ),
        warnings=_warnings(span.today, span.since, office),
    )


def _unfiled(span: Span, ledger: Ledger) -> tuple[str, ...]:
    """Tell what was taken apart since it was last told, and became no paper."""
    lines = (line for line in ledger.lines(since=span.untold - 1) if line.seq < span.lines.stop)
    parts = (line.subject for line in lines if line.event.startswith(_PART))
    keys = dict.fromkeys(part.rpartition("#")[0] for part in parts)
    return told_unfiled(ledger.documents(key) for key in keys if not ledger.papers_of(key))


_PART = "part-"
"""Lines of the journal that tell what a part of an arrival is begin so."""


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
    found += (*access_problems(office), *link_problems(office))
    again = since is None or since.month != today.month
    before = since or today
    known = {one.text for one in calendar_warnings(before, book.calendar, book.holidays)} if since else set()
    known |= {office.access_warning(before)} if since else set()
    return tuple(text for text in found if again or text not in known)
