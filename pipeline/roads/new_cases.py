"""Cases that a person opens: ``Lopend/Nieuwe zaak.xlsx``, of which each filled-in row is one case.

    notice_new_cases -> open_new_cases

The same case twice is one case; a closed case is opened again here too.
"""

from dataclasses import replace
from datetime import date

from pipeline.office import Office
from pipeline.procedures import answers
from pipeline.procedures.definition import CLOSED_ON, Definition
from pipeline.roads.procedures import open_case, tell, work
from pipeline.values import EventSource, Job, JobKind, NewCase, Place, ProcedureState, refusal

NEW_CASES = "Nieuwe zaak.xlsx"
REOPEN = "zaak heropenen"
"""On a row with the kenmerk of a closed case: takes back that it was closed."""


def notice_new_cases(office: Office) -> None:
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
        return replace(row, recorded=refusal(problem))
    key = f"new-case:{definition.id}|{row.subject.casefold()}|{begun_on}"
    with office.journal.transaction() as ledger:
        number = ledger.fact(key) or open_case(definition, row.subject, begun_on, ledger, office)
        ledger.set_fact(key, number)
    return replace(row, recorded=f"Geopend als {number}; de zaakkaart ligt in Lopend.")


def _reopen(kenmerk: str, office: Office) -> str:
    """Take back that a case was closed; tells in Dutch what became of it."""
    with office.journal.transaction() as ledger:
        found = ledger.procedure(kenmerk)
        if found is None or found.state is not ProcedureState.AFGEROND:
            return refusal("vul bij onderwerp het kenmerk van een afgesloten zaak in, op een nieuwe regel.")
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
