"""A held paper keeps what came with it in view: each time it is laid out its note tells how that stands."""

from dataclasses import replace

from pipeline.archive.siblings import came_in, siblings_of
from pipeline.office import Office
from pipeline.values import Filed, HeldPaper


def in_view(paper: HeldPaper, office: Office) -> HeldPaper:
    """Bring what a held paper says of the other parts of its mail up to date."""
    arrival = paper.origin.arrival
    with office.journal.transaction() as ledger:
        documents = ledger.documents(arrival)
        found = siblings_of(
            paper,
            ledger.pages(paper.origin.paper),
            documents,
            tuple(one for one in ledger.papers_of(arrival) if not _is_page(one)),
            office.rulebook.labels,
        )
        fresh = replace(paper, siblings=found, came_in=came_in(documents))
        if fresh != paper and paper in ledger.held():
            ledger.hold(fresh)
    return fresh


def _is_page(paper: Filed | HeldPaper) -> bool:
    """Tell whether it is one of the pictures of which another paper was made."""
    return isinstance(paper, HeldPaper) and bool(paper.page_of)
