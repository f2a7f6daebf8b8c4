"""What lies in ``Archief/`` stays there: dragged out it is put back, changed there it is taken in as new."""

from pipeline.archive import apply as archiving
from pipeline.office import Office
from pipeline.values import Place


def guard_archive(office: Office) -> None:
    """Put back what was dragged out of ``Archief/``; a changed copy there is taken in as a new arrival."""
    lying = {entry.path: entry.sha256 for entry in office.werkmap.listing(Place.ARCHIEF, digests=True)}
    with office.journal.transaction() as ledger:
        astray = [ledger.paper(one) for path, (one, sha) in ledger.places().items() if lying.get(path) != sha]
        papers = [(paper, ledger.dossier(paper.dossier)) for paper in astray if paper]
    for paper, dossier in papers:
        if dossier is None:
            continue
        if paper.path in lying:
            office.werkmap.claim(office.werkmap.path(Place.ARCHIEF, paper.path), office.clock())
        archiving.put_away(paper, dossier, office.shelf)
        with office.journal.transaction() as ledger:
            ledger.note("put-back", paper.kenmerk, "gewijzigd" if paper.path in lying else "verdwenen")
