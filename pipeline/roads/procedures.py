"""The road of a procedure: what is told of it, and everything that follows from that.

    a paper, a card, a letter or a command tells -> record -> recount -> keep
    keep -> its folder (cards), letters that are due (letters), alarms (rounds)

What was told is kept; all else is worked out anew, so that taking back is forgetting.
"""

from dataclasses import replace
from datetime import date

from pipeline.archive import plan as archive
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures import answers, overview
from pipeline.procedures import plan as procedures
from pipeline.procedures.definition import CLOSED_ON, RECEIVED, Definition, LetterRule, all_hold
from pipeline.procedures.replay import recount
from pipeline.procedures.standing import Rules, answers_of
from pipeline.values import (
    Actor,
    Deadline,
    EventSource,
    Filed,
    Guard,
    Job,
    JobKind,
    Procedure,
    ProcedureState,
    is_own_term,
)

# --- what is told ----------------------------------------------------------------------


def open_procedure(paper: Filed, ledger: Ledger, office: Office) -> None:
    """Open the procedure of a paper that was filed, or record what the paper tells of a running one."""
    known = ledger.procedure(paper.dossier)
    if known is not None and known.state is not ProcedureState.TERUGGEDRAAID:
        if not _came_together(paper, known, ledger):
            _tell_of(paper, known, ledger, office)
        return
    definition = procedures.opens(paper, office.council.regime, office.rulebook.definitions)
    if definition is not None:
        opened = procedures.open_by_paper(paper, definition, office.rules(), now=office.clock())
        keep(opened, None, ledger, office)


def _tell_of(paper: Filed, procedure: Procedure, ledger: Ledger, office: Office) -> None:
    """Record what a paper tells; what stands already is never overwritten by the post, only asked about.

    A closed procedure about which something new is told is open again.
    """
    told = procedures.told_by(paper, office.rulebook.definition(procedure.definition))
    known = answers_of(procedure.events)
    fresh = tuple((event, day) for event, day in told if event not in known)
    other = tuple((event, day) for event, day in told if known.get(event, day) != day)
    if not fresh and not other:
        return
    asked = answers.ask_about(procedure, other, now=office.clock(), paper=paper.kenmerk)
    reopened = (*fresh, (CLOSED_ON, "")) if CLOSED_ON in known else fresh
    recorded = answers.record(
        asked, reopened, source=EventSource.POST, now=office.clock(), paper=paper.kenmerk
    )
    keep(recounted(recorded, office), procedure, ledger, office)


def _came_together(paper: Filed, procedure: Procedure, ledger: Ledger) -> bool:
    """Tell whether a paper came with the one that opened the procedure: then it is its annex."""
    first = ledger.paper(procedure.paper)
    return first is not None and first.origin.arrival == paper.origin.arrival


def tell(
    procedure: Procedure,
    told: tuple[tuple[str, str], ...],
    ledger: Ledger,
    office: Office,
    *,
    source: EventSource,
    paper: str = "",
) -> Procedure:
    """Record what was told of a procedure, with everything that follows from it.

    Args:
        procedure: The procedure as it is recorded.
        told: Pairs of event and answer; an empty answer takes the event back.
        ledger: The open transaction.
        office: The desk.
        source: Who told it.
        paper: Where it stands; may be empty.
    """
    recorded = answers.record(procedure, told, source=source, now=office.clock(), paper=paper)
    fresh = recounted(recorded, office)
    if fresh != procedure:
        keep(fresh, procedure, ledger, office)
    return fresh


def recounted(procedure: Procedure, office: Office, rules: Rules | None = None) -> Procedure:
    """Work a procedure out anew, with the rules and the rooster of today; ``rules`` spares reading them."""
    definition = office.rulebook.definition(procedure.definition)
    return recount(procedure, definition, rules or office.rules(), office.today())


def take_back(paper: Filed, ledger: Ledger, office: Office) -> None:
    """Take back what a filing told: the procedure it opened ends, events it told are withdrawn."""
    here = ledger.procedure(paper.dossier)
    if here is None or here.state in overview.CLOSED:
        return
    if here.paper == paper.kenmerk:
        keep(recounted(replace(here, state=ProcedureState.TERUGGEDRAAID), office), here, ledger, office)
        return
    own = (event for event in here.events if event.paper == paper.kenmerk and not event.withdrawn_at)
    tell(here, tuple((event.field, "") for event in own), ledger, office, source=EventSource.DIENST)


def keep(new: Procedure, old: Procedure | None, ledger: Ledger, office: Office) -> None:
    """Record a procedure as it stands now, and write down the work that follows."""
    ledger.save_procedure(new)
    if old is None:
        ledger.note("procedure-started", new.dossier, _told(new))
    elif new.state in overview.CLOSED and old.state is not new.state:
        ledger.note("procedure-ended", new.dossier, new.state.value)
    _note_events(new, old, ledger)
    turn = int(ledger.fact(f"case-turn:{new.dossier}") or 0) + 1
    ledger.set_fact(f"case-turn:{new.dossier}", str(turn))
    ledger.add_job(work(JobKind.CASE, new.dossier, str(turn), office))
    for letter in due_letters(new, office.rulebook.definition(new.definition), office.today()):
        ledger.add_job(letter_job(new.dossier, letter.template, str(turn), office))
    for guard in new.guards:
        if guard.alarm and (old is None or guard not in old.guards):
            _raise_alarm(new, guard, ledger, office)


def _told(procedure: Procedure) -> str:
    return " ".join(step.text for term in procedure.deadlines[:1] for step in term.steps)


def _note_events(new: Procedure, old: Procedure | None, ledger: Ledger) -> None:
    """Write every event in the chain once: what was told, and what was taken back."""
    before = {one.number: one for one in old.events} if old else {}
    for event in new.events:
        if event.number not in before:
            ledger.note("event-recorded", f"{new.dossier}#{event.number}", f"{event.field}: {event.answer}")
        if event.withdrawn_at and not (event.number in before and before[event.number].withdrawn_at):
            ledger.note("event-withdrawn", f"{new.dossier}#{event.number}", event.field)


def due_letters(procedure: Procedure, definition: Definition, today: date) -> tuple[LetterRule, ...]:
    """Name the letters that are drafted by themselves as the procedure stands today."""
    if procedure.state in overview.CLOSED:
        return ()
    known = {**answers_of(procedure.events), "houder": procedure.right_holder}
    pressing = {guard.term for guard in procedure.guards if guard.alarm}
    pressing |= {term.term for term in procedure.deadlines if _is_overdue(term, today)}
    own = any(map(is_own_term, pressing))
    ready = {rule.letter for rule in definition.terms if rule.term in pressing or (own and rule.own_kind)}
    return tuple(
        one
        for one in definition.letters
        if (one.records == RECEIVED or one.records not in known)
        and (one.template in ready or (one.when is not None and all_hold(one.when, known) is True))
    )


def _is_overdue(term: Deadline, today: date) -> bool:
    """Tell whether the board is late; a reminder is then laid ready."""
    late = term.last_day is not None and term.last_day < today
    return late and term.actor is Actor.BEVOEGD_GEZAG


def letter_job(dossier: str, template: str, turn: str, office: Office) -> Job:
    """Make the job that drafts a letter."""
    return Job(
        key=f"letter:{dossier}:{template}:{turn}",
        kind=JobKind.LETTER,
        subject=dossier,
        detail=template,
        due=office.clock(),
    )


def work(kind: JobKind, subject: str, turn: str, office: Office, detail: str = "") -> Job:
    """Make a job of a procedure; ``turn`` tells one change from the next."""
    return Job(
        key=f"{kind.value}:{subject}:{turn}", kind=kind, subject=subject, detail=detail, due=office.clock()
    )


def _raise_alarm(procedure: Procedure, guard: Guard, ledger: Ledger, office: Office) -> None:
    """Have secretary, chair and deputy told today, once for each end of the term."""
    term = next(one for one in procedure.deadlines if one.term == guard.term)
    key = f"{procedure.dossier}|{term.term}|{term.strict}|{guard.last_meeting}"
    ledger.note("alarm", procedure.dossier, guard.alarm)
    ledger.add_job(
        Job(key=f"alarm:{key}", kind=JobKind.NOTICE, subject="alarm", detail=key, due=office.clock())
    )


def open_case(definition: Definition, subject: str, begun_on: date, ledger: Ledger, office: Office) -> str:
    """Open a procedure without a paper, in a dossier of its own.

    Returns:
        Number of the new dossier.
    """
    dossier = archive.new_dossier(
        definition.kind,
        subject,
        definition.name,
        today=office.today(),
        serial=ledger.last_serial(office.today().year) + 1,
    )
    ledger.save_dossier(dossier)
    ledger.note("dossier-opened", dossier.number, dossier.title)
    opened = procedures.open_by_hand(dossier, definition, begun_on, office.rules(), now=office.clock())
    keep(opened, None, ledger, office)
    return dossier.number
