"""The folder of a procedure in ``Lopend/``: its zaakkaart, on which every event can be given, and its terms.

    notice_cards -> read_card -> procedures.keep -> write_case
    Nieuwe zaak.xlsx -> open_new_cases

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
from pipeline.roads.procedures import keep, letter_job, open_case, recounted, tell, work
from pipeline.values import (
    Dossier,
    EventSource,
    Job,
    JobKind,
    NewCase,
    Place,
    Procedure,
    ProcedureState,
    Right,
)

CARD = "zaakkaart.xlsx"
NEW_CASES = "Nieuwe zaak.xlsx"
REOPEN = "zaak heropenen"
"""On a row of ``Nieuwe zaak.xlsx`` with the kenmerk of a closed case: takes back that it was closed."""
REFUSED = "Niet vastgelegd:"


# --- the folder of a procedure ---------------------------------------------------------


def case_folder(dossier: str, title: str) -> str:
    """Name the folder of a procedure in ``Lopend/``."""
    return naming.safe(f"{dossier} {title}", naming.FOLDER_LIMIT)


def write_case(job: Job, office: Office) -> None:
    """Bring the folder of a procedure up to date; of a closed one its papers go to the archive."""
    with office.journal.transaction() as ledger:
        found = _procedure(job.subject, ledger)
        dossier = next((one for one in ledger.dossiers() if one.number == job.subject), None)
    if found is not None and dossier is not None:
        archiving.keep_procedure(found, dossier, office.shelf)
        clear_concepts(found, office)
        folder = case_folder(found.dossier, found.title)
        if found.state not in overview.CLOSED or office.werkmap.path(Place.LOPEND, folder).is_dir():
            _write_card(found, office)
            _write_terms(found, office)
            lay_form(found, folder, office)
        if found.state in overview.CLOSED:
            _put_away(found, dossier, office)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def _procedure(dossier: str, ledger: Ledger) -> Procedure | None:
    return next((one for one in ledger.procedures() if one.dossier == dossier), None)


def _write_card(procedure: Procedure, office: Office) -> None:
    """Write the zaakkaart; what was typed on it since it was last read is read first."""
    path = office.werkmap.path(Place.LOPEND, case_folder(procedure.dossier, procedure.title), CARD)
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
    folder = case_folder(procedure.dossier, procedure.title)
    office.lay_pdf("termijnen", context, office.werkmap.path(Place.LOPEND, folder, "Termijnen.pdf"))


def _put_away(procedure: Procedure, dossier: Dossier, office: Office) -> None:
    """Lay what stands in the folder of a closed procedure in its dossier, and take the folder away."""
    folder = office.werkmap.path(Place.LOPEND, case_folder(procedure.dossier, procedure.title))
    archived = office.werkmap.path(Place.ARCHIEF, dossier.year_folder, dossier.folder)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith("~$"):
            office.disk.copy(path, archived / path.name, office.disk.sha256_of(path))
            office.disk.remove(path)
    office.disk.remove_folder_if_empty(folder)


# --- the card --------------------------------------------------------------------------


def notice_cards(office: Office) -> None:
    """See which cards were saved with something new, which are gone, and which cases are new."""
    with office.journal.transaction() as ledger:
        running = [one for one in ledger.procedures() if one.state not in overview.CLOSED]
    for one in running:
        _notice_card(one, office)
    _notice_new_cases(office)


def _notice_card(procedure: Procedure, office: Office) -> None:
    path = office.werkmap.path(Place.LOPEND, case_folder(procedure.dossier, procedure.title), CARD)
    saved = office.disk.sha256_of(path) if path.is_file() else ""
    with office.journal.transaction() as ledger:
        turn = ledger.fact(f"case-turn:{procedure.dossier}")
        known = (ledger.fact(f"card:{procedure.dossier}"), ledger.fact(f"card-read:{procedure.dossier}"))
        if not saved and known[0]:
            ledger.add_job(work(JobKind.CASE, procedure.dossier, f"{turn}:{known[0][:16]}:gone", office))
        elif saved and saved not in known and not _is_open(path, office):
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
        procedure = _procedure(job.subject, ledger)
    if procedure is not None:
        _read_card(procedure, office)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def _read_card(procedure: Procedure, office: Office) -> None:
    path = office.werkmap.path(Place.LOPEND, case_folder(procedure.dossier, procedure.title), CARD)
    filled = office.lists.read_card(path)
    if filled is None:
        return
    saved = office.disk.sha256_of(path)
    definition = office.rulebook.definition(procedure.definition)
    told = answers.read_answers(filled, procedure, definition, checks(office))
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
    lid = f" lid {right.lid}" if right.lid else ""
    onderdeel = f" onder {right.onderdeel}" if right.onderdeel else ""
    return f"artikel {right.article}{lid}{onderdeel} {right.law}" if right.article else right.label


_LAWS: Mapping[str, str] = {"wor": "WOR", "wmcz": "Wmcz 2018"}


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
    return why or f"'{text}' is geen artikel van de {law}. Schrijf bijvoorbeeld artikel 11 onder m."


# --- cases that a person opens ---------------------------------------------------------


def _notice_new_cases(office: Office) -> None:
    """Keep ``Nieuwe zaak.xlsx`` there, and see whether something was filled in."""
    path = office.werkmap.path(Place.LOPEND, NEW_CASES)
    if not path.is_file():
        office.lists.write_new_cases(path, (), _sorts(office))
        with office.journal.transaction() as ledger:
            ledger.set_fact("new-cases", office.disk.sha256_of(path))
        return
    saved = office.disk.sha256_of(path)
    with office.journal.transaction() as ledger:
        if ledger.fact("new-cases") != saved:
            ledger.add_job(work(JobKind.NEW_CASES, "nieuw", saved, office))


def _sorts(office: Office) -> tuple[str, ...]:
    return (*sorted(one.name for one in _by_hand(office)), REOPEN)


def _by_hand(office: Office) -> tuple[Definition, ...]:
    regime = office.council.regime
    return tuple(one for one in office.rulebook.definitions if one.by_hand and regime in one.regimes)


def open_new_cases(job: Job, office: Office) -> None:
    """Open every case that was filled in, and answer on its row; the same case twice is one case."""
    path = office.werkmap.path(Place.LOPEND, NEW_CASES)
    rows = office.lists.read_new_cases(path)
    answered = tuple(one if one.recorded else _open_row(one, office) for one in rows)
    office.lists.write_new_cases(path, answered, _sorts(office))
    with office.journal.transaction() as ledger:
        ledger.set_fact("new-cases", office.disk.sha256_of(path))
        ledger.finish_job(job)


def _open_row(row: NewCase, office: Office) -> NewCase:
    if row.sort.casefold() == REOPEN:
        return replace(row, recorded=_reopen(row.subject.strip(), office))
    definition = next((one for one in _by_hand(office) if one.name == row.sort.casefold()), None)
    begun_on = answers.read_day(row.begun_on) if row.begun_on else office.today()
    problem = _wrong_row(row, definition, begun_on, office)
    if problem or definition is None or begun_on is None:
        return replace(row, recorded=f"{REFUSED} {problem}")
    key = f"new-case:{definition.id}|{row.subject.casefold()}|{begun_on}"
    with office.journal.transaction() as ledger:
        number = ledger.fact(key) or open_case(definition, row.subject, begun_on, ledger, office)
        ledger.set_fact(key, number)
    return replace(row, recorded=f"Geopend als {number}; de zaakkaart ligt in Lopend.")


def _reopen(kenmerk: str, office: Office) -> str:
    """Take back that a case was closed; tells in Dutch what became of it."""
    with office.journal.transaction() as ledger:
        found = _procedure(kenmerk, ledger)
        if found is None or found.state is not ProcedureState.AFGEROND:
            return f"{REFUSED} vul bij onderwerp het kenmerk van een afgesloten zaak in, op een nieuwe regel."
        tell(found, ((CLOSED_ON, ""),), ledger, office, source=EventSource.ZAAKKAART)
    return f"Zaak {kenmerk} is heropend; de zaakkaart ligt weer in Lopend."


def _wrong_row(row: NewCase, definition: Definition | None, begun_on: date | None, office: Office) -> str:
    if definition is None:
        return f"kies een soort uit de lijst: {', '.join(_sorts(office))}. Vul daarna een nieuwe regel in."
    if not row.subject:
        return "vul in waar het over gaat, op een nieuwe regel."
    if begun_on is None:
        return (
            f"'{row.begun_on}' is geen bestaande dag. Vul een nieuwe regel in, met bijvoorbeeld 16-11-2026."
        )
    if begun_on > office.today():
        return "die dag moet nog komen. Vul een nieuwe regel in zodra het zover is."
    return ""


def card_problems(office: Office) -> tuple[str, ...]:
    """Name, in Dutch, the cards on which something was filled in that could not be recorded."""
    with office.journal.transaction() as ledger:
        refused = {key: fact for key, fact in ledger.facts(_REFUSED_ON).items() if fact not in ("", "[]")}
        open_now = {one.dossier for one in ledger.procedures() if one.state not in overview.CLOSED}
    return tuple(
        f"Zaakkaart {dossier}: ‘{question}’ is niet vastgelegd. {why}"
        for key, fact in refused.items()
        if (dossier := key.removeprefix(_REFUSED_ON)) in open_now
        for question, _, why in _refusals(fact)
    )


_REFUSED_ON = "card-refused:"
