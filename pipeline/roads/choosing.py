"""The folder in which a new file was laid is a decision: remembered when claimed, asked when judged.

remember | remember_matter -> choice_of -> let_count
"""

from dataclasses import replace

from pipeline.archive.choosing import Choice, as_chosen, held_whole
from pipeline.archive.plan import Judged
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.roads.recognising import Recognised
from pipeline.sources.plan import received_of_mail
from pipeline.values import Filed, HeldPaper, Kind, PartVerdict, Place

_SEVERAL = "meer dan een"
"""What was decided of a file that was dropped in ``Meer dan één/``: it is not one thing."""


def remember(arrival: str, kind: Kind | None, ledger: Ledger) -> None:
    """Remember of a file that was claimed as which kind it was laid down; None: as several things."""
    ledger.set_fact(f"decided:{arrival}", kind.value if kind else _SEVERAL)


def remember_matter(arrival: str, dossier: str, ledger: Ledger) -> None:
    """Remember of a file that was claimed to which matter it was laid down."""
    ledger.set_fact(f"into:{arrival}", dossier)


def choice_of(arrival: str, ledger: Ledger, office: Office) -> Choice | None:
    """Tell what the folder said; None for what came in by itself."""
    decided, labels = ledger.fact(f"decided:{arrival}"), office.rulebook.labels
    into = ledger.dossier(ledger.fact(f"into:{arrival}"))
    if decided == _SEVERAL:
        return Choice(folder=Place.MEER_DAN_EEN.rpartition("/")[2], labels=labels)
    if decided:
        kind = Kind(decided)
        return Choice(folder=office.rulebook.folders[kind], labels=labels, kind=kind)
    return Choice(folder=f"Bij {into.number}", labels=labels, into=into) if into else None


def let_count(
    choice: Choice, judged: tuple[Judged, ...], seen: Recognised, office: Office
) -> tuple[Judged, ...]:
    """Let the folder count for the papers of an arrival; one that gives no paper at all is held whole."""
    if judged:
        return as_chosen(judged, choice)
    with office.journal.transaction() as ledger:
        earlier = _earlier(seen, ledger)
    arrival, message = seen.arrival, seen.taken.message
    if message is not None:
        arrival = replace(arrival, received=received_of_mail(message, None, arrival.received.at))
    return held_whole(arrival, message, seen.taken.documents, choice, earlier)


def _earlier(seen: Recognised, ledger: Ledger) -> tuple[Filed | HeldPaper, ...]:
    """Find what was here before of a file that brings nothing new."""
    repeats = (one for one in seen.taken.documents if one.verdict is PartVerdict.DUPLICATE)
    digests = dict.fromkeys((seen.arrival.sha256, *(one.part.sha256 for one in repeats)))
    return tuple(paper for sha256 in digests for paper in ledger.papers_with(sha256))
