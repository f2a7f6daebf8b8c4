"""The folder of a procedure in ``Lopend/``: its zaakkaart, on which every event can be given, and its terms.

    notice_cards -> read_card -> procedures.keep -> write_case

What a person typed is recorded or answered with the reason why not; nothing is filled in for her.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import contexts
from pipeline.archive import apply as archiving
from pipeline.archive import naming
from pipeline.classify.citations import CatalogueRight, find_citations
from pipeline.dates import dutch_weekday_date
from pipeline.errors import ListOpenError, ListUnreadableError
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures import answers, overview
from pipeline.procedures.card import make_card
from pipeline.procedures.definition import CLOSED_ON, Definition
from pipeline.roads.formal_check import lay_form
from pipeline.roads.letters import asked_key, clear_concepts
from pipeline.roads.procedures import keep, letter_job, recounted, work
from pipeline.values import (
    Dossier,
    EventSource,
    FailedJob,
    Job,
    JobKind,
    Place,
    Procedure,
    Right,
)

CARD = "zaakkaart.xlsx"


# --- the folder of a procedure ---------------------------------------------------------


def case_folder(procedure: Procedure, office: Office) -> Path:
    """Find the folder of a procedure in ``Lopend/``; one that a person renamed keeps her name."""
    own = office.werkmap.path(
        Place.LOPEND, naming.safe(f"{procedure.dossier} {procedure.title}", naming.FOLDER_LIMIT)
    )
    entries = office.werkmap.listing(Place.LOPEND)
    renamed = [one.path for one in entries if one.is_folder and one.path.startswith(f"{procedure.dossier} ")]
    top = [name for name in renamed if "/" not in name]
    return own if own.is_dir() or not top else office.werkmap.path(Place.LOPEND, top[0])


def write_case(job: Job, office: Office) -> None:
    """Bring the folder of a procedure up to date; of a closed one its papers go to the archive."""
    with office.journal.transaction() as ledger:
        found, dossier = ledger.procedure(job.subject), ledger.dossier(job.subject)
    if found is not None and dossier is not None:
        archiving.keep_procedure(found, dossier, office.shelf)
        clear_concepts(found, office)
        folder = case_folder(found, office)
        if found.state not in overview.CLOSED or folder.is_dir():
            _write_card(found, office)
            _write_terms(found, office)
            lay_form(found, folder, office)
        if found.state in overview.CLOSED:
            _put_away(found, dossier, office)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def _write_card(procedure: Procedure, office: Office) -> None:
    """Write the zaakkaart; what was typed on it since it was last read is read first."""
    path = case_folder(procedure, office) / CARD
    with office.journal.transaction() as ledger:
        ours = (ledger.fact(f"card:{procedure.dossier}"), ledger.fact(f"card-read:{procedure.dossier}"))
        refused = ledger.fact(f"card-refused:{procedure.dossier}")
        letter = ledger.fact(f"card-letter:{procedure.dossier}")
    if path.is_file() and office.disk.sha256_of(path) not in ours:
        return
    told = answers.Told(answers=(), refused=_refusals(refused), letter=letter)
    definition = office.rulebook.definition(procedure.definition)
    office.disk.make_folder(path.parent)
    office.lists.write_card(path, make_card(procedure, definition, checks(office), told))
    with office.journal.transaction() as ledger:
        ledger.set_fact(f"card:{procedure.dossier}", office.disk.sha256_of(path))


def _refusals(fact: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((question, typed, why) for question, typed, why in json.loads(fact or "[]"))


def _write_terms(procedure: Procedure, office: Office) -> None:
    context = contexts.TermsOverviewContext(
        raad=office.council.name,
        stand=f"{procedure.dossier} {procedure.title} – stand op {dutch_weekday_date(office.today())}",
        regels=overview.overview((procedure,), office.today()),
    )
    office.lay_pdf("termijnen", context, case_folder(procedure, office) / "Termijnen.pdf")


def _put_away(procedure: Procedure, dossier: Dossier, office: Office) -> None:
    """Lay what stands in the folder of a closed procedure in its dossier, and take the folder away."""
    folder = case_folder(procedure, office)
    archived = office.werkmap.path(Place.ARCHIEF, dossier.year_folder, dossier.folder)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith("~$"):
            sha256 = office.disk.sha256_of(path)
            with office.journal.transaction() as ledger:
                stale = path.name == CARD and sha256 != ledger.fact(f"card:{procedure.dossier}")
            name = f"{path.stem} - na sluiting bewaard{path.suffix}" if stale else path.name
            office.disk.copy(path, archived / name, sha256)
            office.disk.remove(path)
    office.disk.remove_folder_if_empty(folder)


# --- the card --------------------------------------------------------------------------


def notice_cards(office: Office) -> None:
    """See which cards were saved with something new, which are gone, and which cases are new."""
    with office.journal.transaction() as ledger:
        procedures = ledger.procedures()
    for one in procedures:
        if one.state not in overview.CLOSED:
            _notice_card(one, office)
        elif case_folder(one, office).is_dir():
            _again(one, office)


def _again(procedure: Procedure, office: Office) -> None:
    """Have the folder of a procedure brought up to date once more."""
    with office.journal.transaction() as ledger:
        turn = int(ledger.fact(f"case-turn:{procedure.dossier}") or 0) + 1
        ledger.set_fact(f"case-turn:{procedure.dossier}", str(turn))
        ledger.add_job(work(JobKind.CASE, procedure.dossier, str(turn), office))


def _notice_card(procedure: Procedure, office: Office) -> None:
    path = case_folder(procedure, office) / CARD
    saved = office.disk.sha256_if_any(path)
    with office.journal.transaction() as ledger:
        turn = ledger.fact(f"case-turn:{procedure.dossier}")
        known = (ledger.fact(f"card:{procedure.dossier}"), ledger.fact(f"card-read:{procedure.dossier}"))
    if not saved and known[0]:
        _again(procedure, office)
    elif saved and saved not in known and not _is_open(path, office):
        with office.journal.transaction() as ledger:
            ledger.add_job(work(JobKind.CARD, procedure.dossier, f"{turn}:{saved}", office, saved))


def _is_open(path: Path, office: Office) -> bool:
    """Tell whether a card is open in Excel; then what lies on disk is not her last word."""
    try:
        office.lists.read_card(path)
    except ListOpenError:
        return True
    except ListUnreadableError:
        return False
    return False


def read_card(job: Job, office: Office) -> None:
    """Record what a saved card tells; what cannot be recorded is answered on the card with its reason."""
    with office.journal.transaction() as ledger:
        procedure = ledger.procedure(job.subject)
    if procedure is not None:
        _read_card(procedure, office)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def _read_card(procedure: Procedure, office: Office) -> None:
    path = case_folder(procedure, office) / CARD
    filled = office.lists.read_card(path)
    if filled is None:
        return
    saved = office.disk.sha256_of(path)
    definition = office.rulebook.definition(procedure.definition)
    with office.journal.transaction() as ledger:
        before = _refusals(ledger.fact(f"{_REFUSED_ON}{procedure.dossier}"))
    told = answers.read_answers(filled, procedure, definition, checks(office), before)
    told = _without_closing(told, procedure, definition, office)
    with office.journal.transaction() as ledger:
        ledger.set_fact(f"card-read:{procedure.dossier}", saved)
        ledger.set_fact(f"card-refused:{procedure.dossier}", json.dumps(told.refused))
        ledger.set_fact(f"card-letter:{procedure.dossier}", told.letter)
        recorded = answers.record(
            procedure, told.answers, source=EventSource.ZAAKKAART, now=office.clock(), paper=""
        )
        keep(recounted(recorded, office), procedure, ledger, office)
        if told.letter:
            ledger.set_fact(f"drafted:{procedure.dossier}:{told.letter}", "")
            ledger.set_fact(asked_key(procedure.dossier, told.letter), "ja")
            ledger.add_job(letter_job(procedure.dossier, told.letter, saved[:16], office))


def _without_closing(
    told: answers.Told, procedure: Procedure, definition: Definition, office: Office
) -> answers.Told:
    """Refuse to close a case while the council can still act, judged with everything else on the card."""
    given = dict(told.answers)
    day = given.pop(CLOSED_ON, "")
    rest = answers.record(procedure, tuple(given.items()), source=EventSource.ZAAKKAART, now=office.clock())
    problem = answers.closing_problem(recounted(rest, office), office.today()) if day else ""
    if not problem:
        return told
    closing = definition.event(CLOSED_ON)
    question = closing.question if closing else CLOSED_ON
    shown = f"{date.fromisoformat(day):%d-%m-%Y}"
    return replace(told, answers=tuple(given.items()), refused=(*told.refused, (question, shown, problem)))


def checks(office: Office) -> answers.Checks:
    """Give what answers are checked with."""
    book = office.rulebook
    words = {one.id: _cited(one) for one in book.rights}
    return answers.Checks(
        today=office.today(),
        calendar=book.calendar,
        read_right=lambda text: _read_right(text, office),
        right_words=words,
    )


def _cited(right: CatalogueRight) -> str:
    """Cite a right; one of the council's own is named by its label."""
    return f"{right.place} {right.law}" if right.article else right.label


_LAWS: Mapping[str, str] = {"wor": "WOR", "wmcz": "Wmcz 2018"}
_EXAMPLES: Mapping[str, str] = {"WOR": "artikel 25 lid 1 onder d", "Wmcz 2018": "artikel 7"}


def _read_right(text: str, office: Office) -> Right | str:
    """Read an article as a person writes it; the council's own law is meant when she names none."""
    law = _LAWS.get(office.council.regime, "WMS")
    bare = text.lower().removeprefix("artikel ")
    whole = text if law.casefold() in text.casefold() else f"artikel {bare} {law}"
    found = find_citations(whole, office.rulebook.rights, default_law=law)
    sure = [one.right for one in found if one.right is not None]
    if len(sure) == 1:
        return sure[0]
    own = [one for one in office.rulebook.rights if one.label.casefold() == text.strip().casefold()]
    if len(own) == 1:
        return own[0].as_right()
    why = next((one.explain() for one in found), "")
    example = _EXAMPLES.get(law, "artikel 11 onder m")
    return why or f"'{text}' is hier niet bekend als recht in de {law}. Schrijf bijvoorbeeld {example}."


# --- what is wrong with cards ------------------------------------------------------------


def card_problems(ledger: Ledger, office: Office) -> tuple[str, ...]:
    """Name, in Dutch, what was filled in on cards and is not recorded, and copies that nobody reads."""
    refused = {key: fact for key, fact in ledger.facts(_REFUSED_ON).items() if fact not in ("", "[]")}
    cases = ledger.procedures() if refused else ()
    open_now = {one.dossier for one in cases if one.state not in overview.CLOSED}
    told = tuple(
        f"Zaakkaart {dossier}: ‘{question}’ is niet vastgelegd. {why}"
        for key, fact in refused.items()
        if (dossier := key.removeprefix(_REFUSED_ON)) in open_now
        for question, _, why in _refusals(fact)
    )
    return (*told, *_unread_copies(office))


def told_of(failed: FailedJob) -> str:
    """Say in Dutch what did not succeed; of a card also which one, and the way out."""
    if failed.job.kind not in (JobKind.CARD, JobKind.CASE):
        return failed.problem
    return f"Zaak {failed.job.subject}: {failed.problem} Gooit u de kaart weg, dan komt er een nieuwe."


def _unread_copies(office: Office) -> tuple[str, ...]:
    entries = [one.path for one in office.werkmap.listing(Place.LOPEND) if not one.is_folder]
    strange = [path for path in entries if "/" in path and path.endswith(".xlsx") and "~$" not in path]
    return tuple(
        f"Lopend/{path} wordt niet gelezen. Zet wat erin staat op {CARD} in die map en verwijder het."
        for path in strange
        if path.rpartition("/")[2] != CARD
    )


_REFUSED_ON = "card-refused:"
