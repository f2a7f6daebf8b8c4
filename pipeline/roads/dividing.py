"""The road of a paper that is several things: a sheet beside it, and once filed for each thing it is.

    notice_divisions -> (lay the sheet) -> divide -> finish

Nothing is filed before every row of the sheet is right and she says that it is. Numbers are given
in the journal first; killed anywhere and done again gives the same.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.archive import apply as archiving
from pipeline.archive import dividing, notes
from pipeline.archive import plan as archive
from pipeline.archive.dividing import SHEET_ENDING, Portion, Vocabulary
from pipeline.classify.citations import CatalogueRight
from pipeline.errors import ListOpenError, ListUnreadableError
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.roads.decisions import MEER_DAN_EEN, held_at
from pipeline.roads.formal_check import right_facts
from pipeline.roads.post import finish, write_down
from pipeline.sources import plan as sources
from pipeline.toetsing.ground import is_of_organ, is_of_regime
from pipeline.values import (
    Division,
    DivisionChoices,
    Entry,
    Filed,
    HeldPaper,
    Job,
    JobKind,
    Place,
    Share,
    holder_words,
    is_recorded,
    is_refusal,
    refusal,
)

_YES = ("ja", "j", "x")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """A paper that lies in ``Meer dan één/``.

    Attributes:
        paper: As it is held, or would be held again when it is a copy of a filed one.
        filed: Its filings, when it is a copy; else empty.
    """

    paper: HeldPaper
    filed: tuple[Filed, ...] = ()


# --- noticing --------------------------------------------------------------------------


def notice_divisions(office: Office) -> None:
    """Lay a sheet beside every paper in ``Meer dan één/``, see which were saved, clear the lonely ones."""
    entries = office.werkmap.listing(Place.TE_BEOORDELEN, digests=True)
    files = tuple(entry for entry in entries if not entry.is_folder)
    papers = tuple(entry for entry in files if _may_be_paper(entry))
    with office.journal.transaction() as ledger:
        held, filed = (ledger.held(), ledger.filed()) if papers else ((), ())
    beside = set()
    for entry in papers:
        found = _found(entry, held, filed)
        if found is not None:
            beside.add(f"{entry.path}{SHEET_ENDING}")
            _notice_sheet(entry.path, found, office)
            if not found.filed:
                _bring_note(entry.path, found.paper, {one.path for one in files}, office)
    for entry in files:
        if entry.path.endswith(SHEET_ENDING) and entry.path not in beside:
            _clear_lonely(entry.path, office)
        elif entry.path.endswith(notes.WHY_ENDING):
            _clear_lonely_note(entry, beside, office)


def _bring_note(path: str, paper: HeldPaper, lying: set[str], office: Office) -> None:
    """Have the note of a held paper follow it; it would lie beside nothing."""
    old, new = notes.why_name(paper.place), notes.why_name(path)
    if old not in lying or paper.place in lying:
        return
    archiving.move_note(old, new, office.shelf)
    with office.journal.transaction() as ledger:
        ledger.set_fact(_note_key(new), office.disk.sha256_of(office.werkmap.path(Place.TE_BEOORDELEN, new)))


def _note_key(path: str) -> str:
    return f"division-note:{path}"


def _clear_lonely_note(entry: Entry, beside: set[str], office: Office) -> None:
    """Remove a note that followed its paper, when that went on; what she wrote herself stays."""
    paper = entry.path.removesuffix(notes.WHY_ENDING)
    with office.journal.transaction() as ledger:
        ours = ledger.fact(_note_key(entry.path))
    if ours and ours == entry.sha256 and f"{paper}{SHEET_ENDING}" not in beside:
        office.shelf.remove(Place.TE_BEOORDELEN, entry.path)


def sheets_to_fill(office: Office) -> Mapping[str, str]:
    """Name the sheets that wait for her, by the held paper they are about, else by the copy beside them."""
    files = [one for one in office.werkmap.listing(Place.TE_BEOORDELEN, digests=True) if not one.is_folder]
    lying = {one.path for one in files}
    papers = [one for one in files if _may_be_paper(one) and f"{one.path}{SHEET_ENDING}" in lying]
    with office.journal.transaction() as ledger:
        held = ledger.held() if papers else ()
    waiting = ((entry, held_at(entry, held)) for entry in papers)
    return {
        (paper.origin.paper if paper else entry.path): f"{entry.path}{SHEET_ENDING}"
        for entry, paper in waiting
    }


def refused(sheets: Iterable[str], ledger: Ledger) -> Iterator[str]:
    """Tell, in Dutch, what is not recorded of the sheets that lie there, and why."""
    for path in (sheet.removesuffix(SHEET_ENDING) for sheet in sheets):
        for row, why in json.loads(ledger.fact(_refused_key(path)) or "[]"):
            about = f": ‘{row}’" if row else ""
            yield f"Verdeling van '{path.rpartition('/')[2]}'{about} is niet vastgelegd: {why}"


def _may_be_paper(entry: Entry) -> bool:
    folder, inside, name = entry.path.partition("/")
    ours = name.endswith((SHEET_ENDING, notes.WHY_ENDING))
    return bool(inside) and folder == MEER_DAN_EEN and not ours and not sources.is_ignored(name)


def _found(entry: Entry, held: tuple[HeldPaper, ...], filed: tuple[Filed, ...]) -> _Paper | None:
    waiting = held_at(entry, held)
    if waiting is not None:
        return _Paper(paper=waiting)
    return _copy_of(next((paper for paper in filed if paper.sha256 == entry.sha256), None), filed)


def _copy_of(first: Filed | None, filed: tuple[Filed, ...]) -> _Paper | None:
    """See a filed paper as if it were held again, with all the filings of the same bytes."""
    if first is None:
        return None
    same = tuple(paper for paper in filed if paper.sha256 == first.sha256)
    return _Paper(paper=archive.held_again(first, frozenset()), filed=same)


def _notice_sheet(path: str, found: _Paper, office: Office) -> None:
    sheet = office.werkmap.path(Place.TE_BEOORDELEN, f"{path}{SHEET_ENDING}")
    saved = office.disk.sha256_of(sheet) if sheet.is_file() else ""
    with office.journal.transaction() as ledger:
        known = ledger.fact(_sheet_key(path))
    if not saved:
        shares = dividing.proposal(found.paper, found.filed, _words(office), office.rulebook.labels)
        _answer(path, Division(shares=shares), office)
    elif saved != known and not _is_open(path, office):
        with office.journal.transaction() as ledger:
            ledger.add_job(_job(path, found.paper.origin.paper, saved, ledger, office))


def _sheet_key(path: str) -> str:
    return f"division-sheet:{path}"


def _job(path: str, paper: str, saved: str, ledger: Ledger, office: Office) -> Job:
    turn = ledger.fact(f"undone:{paper}") or "0"
    return Job(
        key=f"division:{paper}:{path}:{saved}:{turn}",
        kind=JobKind.DIVISION,
        subject=paper,
        detail=path,
        due=office.clock(),
    )


def _is_open(path: str, office: Office) -> bool:
    """Tell whether a sheet is open in Excel; then what lies on disk is not her last word."""
    try:
        _read(path, office)
    except ListOpenError:
        return True
    except ListUnreadableError:
        return False
    return False


def _read(path: str, office: Office) -> Division | None:
    return office.lists.read_division(office.werkmap.path(Place.TE_BEOORDELEN, f"{path}{SHEET_ENDING}"))


def _clear_lonely(path: str, office: Office) -> None:
    """Remove a sheet of ours whose paper went elsewhere; what is open, or no sheet of ours, stays."""
    try:
        _read(path.removesuffix(SHEET_ENDING), office)
    except ListUnreadableError:
        return
    office.shelf.remove(Place.TE_BEOORDELEN, path)


def _answer(path: str, division: Division, office: Office) -> None:
    """Write the sheet, and remember how it lies there and what was refused on it."""
    words = _words(office)
    choices = DivisionChoices(sorts=tuple(words.kinds), rights=tuple(words.rights), holders=words.holders)
    sheet = office.werkmap.path(Place.TE_BEOORDELEN, f"{path}{SHEET_ENDING}")
    office.lists.write_division(sheet, division, choices)
    wrong = [
        (", ".join(filter(None, (one.sort, one.subject))), one.recorded.removeprefix(refusal("")))
        for one in division.shares
        if is_refusal(one.recorded)
    ]
    with office.journal.transaction() as ledger:
        ledger.set_fact(_sheet_key(path), office.disk.sha256_of(sheet))
        ledger.set_fact(_refused_key(path), json.dumps(wrong) if wrong else "")


def _refused_key(path: str) -> str:
    return f"division-refused:{path}"


# --- what can be chosen ----------------------------------------------------------------


def _words(office: Office) -> Vocabulary:
    kinds = {label: kind for kind, label in office.rulebook.labels.items()}
    mine = (one for one in office.rulebook.rights if _is_ours(one, office))
    return Vocabulary(kinds=kinds, rights={_shown(one): one.as_right() for one in mine})


def _is_ours(right: CatalogueRight, office: Office) -> bool:
    """Tell whether a right is of this council: of its law and kind of school, or one of its own."""
    facts, council = right_facts(right), office.council
    of_law = is_of_regime(facts, council.regime) and is_of_organ(facts, council.organ)
    return of_law or right.id.startswith("EIGEN-")


def _shown(right: CatalogueRight) -> str:
    cited = f"{right.place} {right.law}: " if not right.id.startswith("EIGEN-") else ""
    return f"{cited}{right.label} ({right.right}, {holder_words(right.geleding).removeprefix('de ')})"


# --- doing what the sheet says ---------------------------------------------------------


def divide(job: Job, office: Office) -> None:
    """File a paper as often as its sheet says, or answer on the sheet why not."""
    with office.journal.transaction() as ledger:
        found = _waiting(job, ledger)
        decided = ledger.fact(_decided_key(job))
    if not decided:
        division = _read(job.detail, office) if found else None
        if found is None or division is None or not _plan(job, found, division, office):
            with office.journal.transaction() as ledger:
                ledger.finish_job(job)
            return
    _clear_away(job, office)
    finish(job, _arrival(job), office)


def _decided_key(job: Job) -> str:
    return f"divided:{job.key}"


def _arrival(job: Job) -> str:
    return job.subject.rpartition("#")[0]


def _waiting(job: Job, ledger: Ledger) -> _Paper | None:
    """Find the paper of a job: held, or filed already."""
    held = next((one for one in ledger.held() if one.origin.paper == job.subject), None)
    if held is not None:
        return _Paper(paper=held)
    filed = ledger.filed()
    return _copy_of(next((one for one in filed if one.origin.paper == job.subject), None), filed)


def _plan(job: Job, found: _Paper, division: Division, office: Office) -> bool:
    """Give out numbers when the sheet is complete and right; else answer on it.

    Returns:
        True when numbers were given.
    """
    already = _already(found, office)
    new = _new(division, already)
    ready = division.ready.casefold() in _YES
    understood = dividing.understand(new, _words(office), office.today())
    portions = tuple(one for one in understood if isinstance(one, Portion))
    if not ready or len(portions) < len(understood) or not portions:
        _answer(job.detail, _answered(division.ready, already, new, understood), office)
        return False
    with office.journal.transaction() as ledger:
        waiting = ledger.held()
        followers = () if found.filed else tuple(one for one in waiting if one.follows == job.subject)
        plan = dividing.plan_division(
            found.paper,
            portions,
            _shelves(job, found, ledger),
            followers=followers,
            labels=office.rulebook.title_words,
            today=office.today(),
            last_serial=ledger.last_serial(office.today().year),
        )
        write_down(plan, ledger)
        ledger.note("divided", job.subject, " ".join(paper.kenmerk for paper in plan.filed))
        for settled in () if found.filed else (found.paper, *followers):
            ledger.set_fact(f"lay:{settled.origin.paper}", settled.place)
        ledger.set_fact(_decided_key(job), "ja")
    return True


def _already(found: _Paper, office: Office) -> tuple[Share, ...]:
    """Give the rows of what a paper is filed as; on the sheet they cannot be changed."""
    labels = office.rulebook.labels
    return dividing.proposal(found.paper, found.filed, _words(office), labels) if found.filed else ()


def _new(division: Division, already: tuple[Share, ...]) -> tuple[Share, ...]:
    """Give the rows that say what the paper is besides what it is filed as."""
    known = {(one.sort, one.right, one.subject) for one in already}
    return tuple(
        one
        for one in division.shares
        if not (already and is_recorded(one.recorded)) and (one.sort, one.right, one.subject) not in known
    )


def _answered(
    ready: str, already: tuple[Share, ...], new: tuple[Share, ...], understood: tuple[Portion | str, ...]
) -> Division:
    """Answer the rows: what is wrong with them is only told when she said that she is done."""
    if not new and (ready or not already):
        return Division(shares=(*already, Share(recorded=refusal(_MORE if already else _NOTHING))))
    if ready.casefold() in _YES:
        problems = zip(new, understood, strict=True)
        told = [
            replace(one, recorded=refusal(what) if isinstance(what, str) else "") for one, what in problems
        ]
    elif ready:
        first = replace(new[0], recorded=refusal(f"'{ready}' is geen antwoord. {_CHOOSE_YES}"))
        told = [first, *new[1:]]
    else:
        told = list(new)
    return Division(shares=(*already, *told))


_MORE = "zet op een lege regel wat het stuk nog meer is."
_NOTHING = "er staat niets op dit blad. Zet op elke gele regel één ding dat dit stuk is."
_CHOOSE_YES = "Kies in de kolom 'klaar' het woord ja als alles klopt."


def _shelves(job: Job, found: _Paper, ledger: Ledger) -> dividing.Shelves:
    dossiers = {one.dossier: ledger.dossier(one.dossier) for one in found.filed}
    return dividing.Shelves(
        filed=found.filed,
        dossiers={number: dossier for number, dossier in dossiers.items() if dossier},
        used={number: ledger.used_numbers(number) for number in dossiers},
        taken=frozenset(one.origin.paper for one in ledger.papers_of(_arrival(job))),
    )


def _clear_away(job: Job, office: Office) -> None:
    """Remove the paper, its sheet and its note, and those of what waited for it."""
    with office.journal.transaction() as ledger:
        mine = tuple(one for one in ledger.planned() if one.origin.arrival == _arrival(job))
        places = tuple(filter(None, (ledger.fact(f"lay:{one.origin.paper}") for one in mine)))
    for place in places:
        archiving.clear_away(place, place, office.shelf)
    for path in (job.detail, f"{job.detail}{SHEET_ENDING}", notes.why_name(job.detail)):
        office.shelf.remove(Place.TE_BEOORDELEN, path)
