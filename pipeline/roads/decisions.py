"""What a person decides by moving a file: this is what it is, it belongs there, take it back.

notice_decisions -> handle_decision | handle_undo
"""

from pipeline.archive import apply as archiving
from pipeline.archive import naming, notes
from pipeline.archive import plan as archive
from pipeline.archive.dividing import SHEET_ENDING
from pipeline.archive.photos import is_bound, loosened
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures.overview import CLOSED
from pipeline.roads import choosing
from pipeline.roads.learning import note_lesson
from pipeline.roads.photos import take_pictures_out
from pipeline.roads.post import finish, lay_out, write_down
from pipeline.roads.procedures import take_back
from pipeline.roads.recognising import dossier_named_in
from pipeline.sources import plan as sources
from pipeline.values import (
    Entry,
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
    with office.journal.transaction() as ledger:
        held = ledger.held()
        papers = {paper.sha256 for paper in held}
        files = [
            entry
            for entry in entries
            if not entry.is_folder and (entry.sha256 in papers or not entry.path.endswith(_OURS))
        ]
        filed = ledger.filed() if any(entry.path.startswith(_FILED_MATTERS) for entry in files) else ()
        planned = {paper.sha256 for paper in ledger.planned()}
        settled = planned | {paper.sha256 for paper in filed}
        for entry in files:
            folder, inside, _ = entry.path.partition("/")
            if sources.is_ignored(entry.path.rpartition("/")[2]):
                continue
            known = _filing_of(entry, filed) if folder == _UNDO else held_at(entry, held)
            if known is None and entry.sha256 in (settled if folder in _FOR_FILED else planned):
                continue  # work on it has begun, or its road asks about it
            if known is None:
                _take_in(folder if inside else "", entry.path, ledger, office)
            elif inside and (_is_decision(folder, ledger, office) or _are_loose(folder, known)):
                ledger.add_job(_decision(folder, entry.path, known.origin.paper, ledger, office))
    _ask_which(entries, filed, office)
    lying = {entry.path for entry in entries}
    for paper in held:
        lost_its_note = paper.place in lying and notes.why_name(paper.place) not in lying
        if lost_its_note or not _lies_there(paper, held, files):
            lay_out(paper, office)


_OURS = (*notes.OUR_ENDINGS, SHEET_ENDING)


def held_at(entry: Entry, held: tuple[HeldPaper, ...]) -> HeldPaper | None:
    """Find the held paper that a file is; of several with the same bytes the one that was called so."""
    same = [paper for paper in held if paper.sha256 == entry.sha256]
    name = entry.path.rpartition("/")[2]
    return next((paper for paper in same if paper.place == name), next(iter(same), None))


def _filing_of(entry: Entry, filed: tuple[Filed, ...]) -> Filed | None:
    """Find the filing that a copy is of; what was filed more than once is told apart by its kenmerk."""
    same = [paper for paper in filed if paper.sha256 == entry.sha256]
    named = [paper for paper in same if paper.kenmerk in entry.path]
    return next(iter(named if len(same) > 1 else same), None)


def _ask_which(entries: tuple[Entry, ...], filed: tuple[Filed, ...], office: Office) -> None:
    """Ask beside a copy of what was filed more than once which filing is meant; an old question goes."""
    mine = [entry for entry in entries if not entry.is_folder and entry.path.startswith(f"{_UNDO}/")]
    asked = {entry.path for entry in mine if entry.path.endswith(notes.WHY_ENDING)}
    for entry in mine:
        numbers = [paper.kenmerk for paper in filed if paper.sha256 == entry.sha256]
        if len(numbers) > 1 and _filing_of(entry, filed) is None:
            text = notes.which_filing(entry.path.rpartition("/")[2], numbers)
            office.shelf.write(text.encode("utf-8-sig"), Place.TE_BEOORDELEN, notes.why_name(entry.path))
            asked -= {notes.why_name(entry.path)}
    for path in asked:
        office.shelf.remove(Place.TE_BEOORDELEN, path)


def _lies_there(paper: HeldPaper, held: tuple[HeldPaper, ...], files: list[Entry]) -> bool:
    """Tell whether a held paper still lies somewhere: of the same bytes as often as it is held."""
    lying = sum(entry.sha256 == paper.sha256 for entry in files)
    return lying >= sum(one.sha256 == paper.sha256 for one in held)


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
    return known or dossier_named_in(folder, ledger) is not None


def _are_loose(folder: str, known: Filed | HeldPaper) -> bool:
    """Tell whether she says of a paper that was made of pictures that they do not belong together."""
    return folder == _LOOSE and isinstance(known, HeldPaper) and is_bound(known.origin)


def _kind_of(folder: str, office: Office) -> Kind | None:
    """Tell which kind of paper a folder in ``Te beoordelen/`` stands for; a disk may change its case."""
    kinds = {name.casefold(): kind for kind, name in office.rulebook.folders.items()}
    return kinds.get(folder.casefold())


MEER_DAN_EEN = Place.MEER_DAN_EEN.rpartition("/")[2]
_UNDO = Place.TERUG_TE_DRAAIEN.rpartition("/")[2]
_FOR_FILED = (MEER_DAN_EEN, _UNDO)
"""Folders in which a copy of a filed paper means something."""
_FILED_MATTERS = tuple(f"{folder}/" for folder in _FOR_FILED)
_LOOSE = Place.LOSSE_FOTOS.rpartition("/")[2]


_WORK = {_UNDO: JobKind.UNDO, _LOOSE: JobKind.LOOSE_PHOTOS}


def _decision(folder: str, path: str, paper: str, ledger: Ledger, office: Office) -> Job:
    """Make the job that follows from a known paper in a folder."""
    kind = _WORK.get(folder, JobKind.DECISION)
    turn = ledger.fact(f"undone:{paper}") or "0"
    return Job(
        key=f"{kind.value}:{paper}:{folder}:{turn}", kind=kind, subject=paper, detail=path, due=office.clock()
    )


def _take_in(folder: str, path: str, ledger: Ledger, office: Office) -> None:
    """Take in a file that nobody held: loose as post, in a folder that decides with that decided.

    One in ``Meer dan één/`` is held, whatever it seems to be: she said that it is several things.
    """
    kind, lying = _kind_of(folder, office), office.werkmap.path(Place.TE_BEOORDELEN, path)
    several = folder == MEER_DAN_EEN
    into = dossier_named_in(folder, ledger) if kind is None else None
    means_nothing = kind is None and into is None and not several
    if (folder and means_nothing) or not office.werkmap.is_complete(lying):
        return
    key = office.werkmap.claim(lying, office.clock())
    if several or kind is not None:
        choosing.remember(key, kind, ledger)
    elif into is not None:
        choosing.remember_matter(key, into.number, ledger)
    if kind is not None:
        note_lesson(f"{key}#0", kind, ledger)


def not_understood(office: Office) -> tuple[str, ...]:
    """Name what lies in ``Terug te draaien/`` and is no filed paper; it stays there, nothing happens."""
    lying = office.werkmap.listing(Place.TERUG_TE_DRAAIEN, digests=True)
    with office.journal.transaction() as ledger:
        filed = {paper.sha256 for paper in ledger.filed()}
    names = (entry.path for entry in lying if not entry.is_folder and entry.sha256 not in filed)
    return tuple(
        f"'{name}' in 'Terug te draaien' is geen ongewijzigde kopie van een opgeborgen stuk. "
        "Leg er een kopie uit het archief neer, of haal het weg."
        for name in names
        if not sources.is_ignored(name.rpartition("/")[2]) and not name.endswith(notes.WHY_ENDING)
    )


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
    """Plan what she decided; who says to which matter a paper belongs does not say what it is."""
    into = dossier_named_in(folder, ledger)
    return archive.plan_decision(
        paper,
        _kind_of(folder, office) or Kind.OVERIG,
        followers=followers,
        labels=office.rulebook.title_words,
        today=office.today(),
        last_serial=ledger.last_serial(office.today().year),
        into=into,
        used_numbers=ledger.used_numbers(into.number) if into else 0,
    )


def handle_loose_photos(job: Job, office: Office) -> None:
    """Lay the pictures out one by one of which a paper was made that is none."""
    with office.journal.transaction() as ledger:
        held = ledger.held()
        paper = next((one for one in held if one.origin.paper == job.subject), None)
        if paper is not None:
            taken = frozenset(one.place for one in held if one is not paper)
            loose = loosened(ledger.pages(job.subject), taken)
            ledger.undo(paper)
            for picture in loose:
                ledger.hold(picture)
            ledger.note("loosened", job.subject, paper.place)
            ledger.set_fact(f"lay:{job.subject}", paper.place)
    with office.journal.transaction() as ledger:
        place = ledger.fact(f"lay:{job.subject}")
    archiving.clear_away(place, job.detail, office.shelf)
    finish(job, job.subject.rpartition("#")[0], office)


def handle_undo(job: Job, office: Office) -> None:
    """Take a filing back: the paper is held again, and what it started ends."""
    with office.journal.transaction() as ledger:
        filing = next((one for one in ledger.filed() if one.origin.paper == job.subject), None)
        dossier = ledger.dossier(filing.dossier) if filing else None
        taken = ledger.held_places()
    if filing is not None:
        if dossier is not None:
            take_pictures_out(filing, dossier, office)
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
