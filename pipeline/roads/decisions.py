"""What a person decides by moving a file: this is what it is, it belongs there, take it back.

notice_decisions -> handle_decision | handle_undo
"""

from pipeline.archive import apply as archiving
from pipeline.archive import naming, notes
from pipeline.archive import plan as archive
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures.overview import CLOSED
from pipeline.roads.learning import note_lesson
from pipeline.roads.post import finish, lay_out, write_down
from pipeline.roads.procedures import take_back
from pipeline.sources import plan as sources
from pipeline.values import (
    Filed,
    HeldPaper,
    Job,
    JobKind,
    Kind,
    Place,
)


def notice_decisions(office: Office) -> None:
    """See which held papers were moved to a folder that is a decision, and lay back what is gone.

    A file that nobody held is taken in as post, and so is a held one that somebody edited: the
    held paper itself comes back beside it.
    """
    _open_dossier_folders(office)
    entries = office.werkmap.listing(Place.TE_BEOORDELEN, digests=True)
    files = [entry for entry in entries if not entry.is_folder and not entry.path.endswith(notes.WHY_ENDING)]
    with office.journal.transaction() as ledger:
        held = {paper.sha256: paper for paper in ledger.held()}
        filed = {paper.sha256: paper for paper in ledger.filed()}
        for entry in files:
            folder, inside, _ = entry.path.partition("/")
            if sources.is_ignored(entry.path.rpartition("/")[2]):
                continue
            known: Filed | HeldPaper | None = (filed if folder == _UNDO else held).get(entry.sha256)
            if known is None:
                _take_in(folder if inside else "", entry.path, ledger, office)
            elif inside and _is_decision(folder, ledger, office):
                ledger.add_job(_decision(folder, entry.path, known.origin.paper, ledger, office))
    lying = {entry.sha256 for entry in files}
    for paper in held.values():
        if paper.sha256 not in lying:
            lay_out(paper, office)


def _open_dossier_folders(office: Office) -> None:
    """Keep a folder ``Bij …`` for every running matter; one of a closed matter goes when it is empty."""
    with office.journal.transaction() as ledger:
        procedures = ledger.procedures()
    for one in procedures:
        name = naming.safe(f"Bij {one.dossier} {one.title}", naming.FOLDER_LIMIT)
        folder = office.werkmap.path(Place.TE_BEOORDELEN, name)
        if one.state in CLOSED:
            office.disk.remove_folder_if_empty(folder)
        else:
            office.disk.make_folder(folder)


def _is_decision(folder: str, ledger: Ledger, office: Office) -> bool:
    """Tell whether lying in this folder says something; any other folder of hers does not."""
    known = folder == _UNDO or _kind_of(folder, office) is not None
    return known or archive.linked_dossier((folder,), ledger.dossiers()) is not None


def _kind_of(folder: str, office: Office) -> Kind | None:
    """Tell which kind of paper a folder in ``Te beoordelen/`` stands for; a disk may change its case."""
    kinds = {name.casefold(): kind for kind, name in office.rulebook.folders.items()}
    return kinds.get(folder.casefold())


_UNDO = Place.TERUG_TE_DRAAIEN.rpartition("/")[2]


def _decision(folder: str, path: str, paper: str, ledger: Ledger, office: Office) -> Job:
    """Make the job that follows from a known paper in a folder."""
    kind = JobKind.UNDO if folder == _UNDO else JobKind.DECISION
    turn = ledger.fact(f"undone:{paper}") or "0"
    return Job(
        key=f"{kind.value}:{paper}:{folder}:{turn}", kind=kind, subject=paper, detail=path, due=office.clock()
    )


def _take_in(folder: str, path: str, ledger: Ledger, office: Office) -> None:
    """Take in a file that nobody held: loose as post, in the folder of a kind with its kind decided."""
    kind = _kind_of(folder, office)
    lying = office.werkmap.path(Place.TE_BEOORDELEN, path)
    if (folder and kind is None) or not office.werkmap.is_complete(lying):
        return
    key = office.werkmap.claim(lying, office.clock())
    if kind is not None:
        ledger.set_fact(f"decided:{key}", kind.value)
        note_lesson(f"{key}#0", kind, ledger)


def handle_decision(job: Job, office: Office) -> None:
    """File a paper as a person said, and whatever waited for that."""
    with office.journal.transaction() as ledger:
        waiting = {one.origin.paper: one for one in ledger.held()}
        paper = waiting.get(job.subject)
        if paper is not None:
            followers = tuple(one for one in waiting.values() if one.follows == job.subject)
            plan = _plan_decision(paper, followers, job.detail.partition("/")[0], ledger, office)
            write_down(plan, ledger)
            ledger.note("decided", job.subject, job.detail.partition("/")[0])
            note_lesson(job.subject, _kind_of(job.detail.partition("/")[0], office), ledger)
            for settled in (paper, *followers):
                ledger.set_fact(f"lay:{settled.origin.paper}", settled.place)
    with office.journal.transaction() as ledger:
        mine = tuple(one for one in ledger.planned() if one.origin.arrival == job.subject.rpartition("#")[0])
        places = {one.origin.paper: ledger.fact(f"lay:{one.origin.paper}") for one in mine}
    for one in mine:
        found_at = job.detail if one.origin.paper == job.subject else places[one.origin.paper]
        archiving.clear_away(places[one.origin.paper], found_at, office.shelf)
    finish(job, job.subject.rpartition("#")[0], office)


def _plan_decision(
    paper: HeldPaper, followers: tuple[HeldPaper, ...], folder: str, ledger: Ledger, office: Office
) -> archive.FilingPlan:
    into = archive.linked_dossier((folder,), ledger.dossiers())
    guess = paper.verdict.judgement.kind if paper.verdict.judgement else Kind.OVERIG
    return archive.plan_decision(
        paper,
        _kind_of(folder, office) or (guess if into else Kind.OVERIG),
        followers=followers,
        labels=office.rulebook.title_words,
        today=office.today(),
        last_serial=ledger.last_serial(office.today().year),
        into=into,
        used_numbers=ledger.used_numbers(into.number) if into else 0,
    )


def handle_undo(job: Job, office: Office) -> None:
    """Take a filing back: the paper is held again, and what it started ends."""
    with office.journal.transaction() as ledger:
        filing = next((one for one in ledger.filed() if one.origin.paper == job.subject), None)
        taken = frozenset(one.place for one in ledger.held())
    if filing is not None:
        archiving.take_out(filing, office.shelf)
        again = archive.held_again(filing, taken)
        lay_out(again, office)
        office.shelf.remove(Place.TE_BEOORDELEN, job.detail)
        with office.journal.transaction() as ledger:
            ledger.undo(filing)
            ledger.hold(again)
            ledger.set_fact(f"undone:{job.subject}", str(int(ledger.fact(f"undone:{job.subject}") or 0) + 1))
            ledger.note("undone", filing.kenmerk, filing.title)
            note_lesson(job.subject, None, ledger)
            take_back(filing, ledger, office)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)
