"""What happens each day: everything counted anew, what falls due told once, what cannot wait told at once.

    notice_round -> make_round -> (digest) -> notices.deliver

Rounds that were missed are caught up by the next one; nothing is told twice.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from pipeline import __version__
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures import guarding, overview
from pipeline.procedures.definition import Definition
from pipeline.roads.letters import drafted_key
from pipeline.roads.news import Span, day_news
from pipeline.roads.procedures import due_letters, keep, letter_job, open_case, recounted
from pipeline.values import (
    Job,
    JobKind,
    Procedure,
)

ROUND = "round"
"""Subject of the notice that tells of a day."""
_LAST = "last-round"
_UNTOLD = "unfiled-untold"
"""First line of the journal of which no mail has told what was not filed."""


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
    untold = int(ledger.fact(_UNTOLD) or first)
    news = day_news(running, Span(since, today, range(first, last + 1), this.terms, untold), ledger, office)
    if news.is_worth_a_mail:
        ledger.set_fact(f"digest:{today}", this.terms)
        ledger.set_fact(_UNTOLD, str(last + 1))
        detail = f"{today}|{since or ''}|{first}|{last}|{untold}"
        key = f"digest:{today}"
        ledger.add_job(Job(key=key, kind=JobKind.NOTICE, subject=ROUND, detail=detail, due=office.clock()))
    else:
        ledger.set_fact(_UNTOLD, str(untold))
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
