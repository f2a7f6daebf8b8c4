"""Do the books add up: every part of every arrival has one verdict, and every paper one place.

Pure. An account is what is known of one arrival: what the journal says, and what opening its
original again gives. What does not agree is a finding, in Dutch, with what can be done.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.dates import dutch_date, legal_day
from pipeline.values import Arrival, Document, Filed, PaperRow, Part, PartVerdict, Via

WHOLE_FILE = "0"
"""Number of the one part of a file that came by itself."""

_ASK_ADMINISTRATOR = "Vraag uw beheerder om de reservekopie van de datamap."
_AGAIN = "Leg de mail of het bestand opnieuw in 'Inkomend'."
_NEWER = "Dat kan door een nieuwe versie van Stukkenstroom komen; leg de post opnieuw in 'Inkomend'."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not add up.

    Attributes:
        code: Stable English name.
        subject: Key of the arrival, or what the journal calls the paper.
        text: Dutch, what is wrong and what can be done.
    """

    code: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of one arrival.

    Attributes:
        arrival: The arrival.
        documents: Its parts with their verdicts, as the journal has them.
        original: Digest of the original as it lies there now; empty when it is gone.
        parts: Its parts as they are when it is opened again; empty when the original is gone.
        work: State of the work on it: ``waiting``, ``done`` or ``stuck``; empty when there is none.
        problem: Dutch, why that work failed so far; may be empty.
    """

    arrival: Arrival
    documents: tuple[Document, ...]
    original: str
    parts: tuple[Part, ...]
    work: str
    problem: str


def needs_place(document: Document, via: Via) -> bool:
    """Tell whether a part is filed or held; an empty file that somebody dropped is asked about too."""
    held = (PartVerdict.UNREADABLE, PartVerdict.OTHER)
    if document.part.is_signature:
        return False
    dropped_empty = document.verdict is PartVerdict.EMPTY and document.part.number == WHOLE_FILE
    return document.is_paper or document.verdict in held or (dropped_empty and via is Via.INKOMEND)


def findings_of(account: Account, rows: Mapping[str, PaperRow]) -> tuple[Finding, ...]:
    """Tell what does not add up for one arrival.

    Args:
        account: What is known of it.
        rows: Where every paper of the journal stands, by its identity.
    """
    return (*_original(account), *_verdicts(account), *_places(account, rows))


def _original(account: Account) -> Iterator[Finding]:
    if not account.original:
        yield _finding("original-missing", account, f"het origineel is weg. {_ASK_ADMINISTRATOR}")
    elif account.original != account.arrival.sha256:
        yield _finding("original-changed", account, f"het origineel is veranderd. {_ASK_ADMINISTRATOR}")


def _verdicts(account: Account) -> Iterator[Finding]:
    if not account.documents:
        yield _without_verdict(account)
        return
    judged = {one.part.number: one.part.sha256 for one in account.documents}
    counted = Counter(one.part.number for one in account.documents)
    for number in (number for number, times in counted.items() if times > 1):
        yield _finding("double-verdict", account, f"deel {number} heeft meer dan één oordeel. {_AGAIN}")
    if account.original != account.arrival.sha256:
        return
    found = {part.number: part.sha256 for part in account.parts}
    for number in found.keys() - judged.keys():
        yield _finding("part-without-verdict", account, f"deel {number} heeft geen oordeel. {_NEWER}")
    for number in judged.keys() - found.keys():
        yield _finding("verdict-without-part", account, f"deel {number} is er niet meer. {_NEWER}")
    for number in (number for number in found.keys() & judged.keys() if found[number] != judged[number]):
        yield _finding("part-changed", account, f"deel {number} is anders dan bij het oordeel. {_NEWER}")


def _without_verdict(account: Account) -> Finding:
    if account.problem:
        return _finding("failed", account, f"het is nog niet verwerkt. {account.problem}")
    if account.work in ("waiting", "stuck"):
        return _finding("waiting", account, "het wacht nog op verwerking. Start de dienst, of wacht even.")
    return _finding("forgotten", account, f"het is blijven liggen zonder beoordeling. {_AGAIN}")


def _places(account: Account, rows: Mapping[str, PaperRow]) -> Iterator[Finding]:
    for document in account.documents:
        row = rows.get(f"{account.arrival.key}#{document.part.number}")
        about, wanted = f"deel {document.part.number}", needs_place(document, account.arrival.via)
        if wanted and row is None:
            yield _finding("no-place", account, f"{about} is niet opgeborgen en wacht niet op u. {_AGAIN}")
        elif row is not None and not wanted:
            yield _finding("needless-place", account, f"{about} telt als stuk, maar is dat niet. {_AGAIN}")
        elif row is not None and row.sha256 != document.part.sha256:
            yield _finding("other-bytes", account, f"{about} is anders bewaard dan het binnenkwam. {_AGAIN}")
        elif row is not None and row.state == "planned":
            yield _finding("not-put-away", account, f"{about} is nog niet opgeborgen. Start de dienst.")


def _finding(code: str, account: Account, what: str) -> Finding:
    day = dutch_date(legal_day(account.arrival.received.at))
    return Finding(code=code, subject=account.arrival.key, text=f"'{account.arrival.name}' van {day}: {what}")


def strays(rows: Mapping[str, PaperRow], known: frozenset[str]) -> tuple[Finding, ...]:
    """Name the papers of which the journal does not know where they came from.

    Args:
        rows: Where every paper of the journal stands.
        known: Identities of all parts that have a verdict.
    """
    return tuple(
        Finding(
            code="paper-without-part",
            subject=row.paper,
            text=f"Van een stuk is niet bekend uit welke post het komt. {_ASK_ADMINISTRATOR}",
        )
        for row in rows.values()
        if row.paper.partition("~")[0] not in known  # what follows tells filings of the same bytes apart
    )


def not_in_archive(filed: tuple[Filed, ...], lying: Mapping[str, str]) -> tuple[Finding, ...]:
    """Name the papers that do not lie in the archive as they came.

    Args:
        filed: The papers that should.
        lying: Digest of everything that lies there, by its path.
    """
    return tuple(
        Finding(
            code="not-in-archive",
            subject=paper.kenmerk,
            text=(
                f"{paper.kenmerk} '{paper.title}' is "
                f"{'gewijzigd' if paper.path in lying else 'verdwenen'} in het archief. "
                "De dienst legt het origineel vanzelf terug."
            ),
        )
        for paper in filed
        if lying.get(paper.path) != paper.sha256
    )
