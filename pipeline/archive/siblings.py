"""What came with a paper in the same mail or zip, and what became of it. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.archive.accounts import WHOLE_FILE
from pipeline.values import Caution, Document, Filed, HeldPaper, Kind, PartVerdict

A_MAIL = "dezelfde mail"
_ZIP = "application/zip"

_BODY = "de tekst van de mail zelf"
_OTHERWISE: Mapping[PartVerdict, str] = MappingProxyType(
    {
        PartVerdict.COVERING_NOTE: "begeleidende tekst",
        PartVerdict.CALENDAR: "uitnodiging voor de agenda",
        PartVerdict.EMPTY: "leeg bestand",
    }
)
"""What a part is that never becomes a paper; logos and wrappings are not told of."""


def siblings_of(
    paper: HeldPaper,
    pages: tuple[HeldPaper, ...],
    documents: tuple[Document, ...],
    placed: tuple[Filed | HeldPaper, ...],
    labels: Mapping[Kind, str],
) -> tuple[str, ...]:
    """Tell of every other part of the mail what it is and where it went, with its kenmerk.

    Args:
        paper: The paper that waits.
        pages: The pictures it was made of, if it was.
        documents: All parts of its arrival, in order.
        placed: Papers of the same arrival that are filed, planned or held.
        labels: Dutch name of each kind.
    """
    own = {page.origin.part for page in pages}
    lines: list[str] = []
    for document in documents:
        number = document.part.number
        here = [one for one in placed if one.origin.part == number]
        others = [one for one in here if one.origin.paper != paper.origin.paper]
        if others:
            lines += [_placed(one, labels) for one in others]
        elif not here and number != paper.origin.part and number not in own:
            lines += _unplaced(document)
    return tuple(lines)


def came_in(documents: tuple[Document, ...]) -> str:
    """Say in Dutch in what the parts of an arrival came: a mail, or a zip that somebody dropped.

    Args:
        documents: All parts of the arrival.
    """
    zips = (one.part for one in documents if one.part.number == WHOLE_FILE and one.part.content_type == _ZIP)
    return next((f"hetzelfde zipbestand '{part.name}'" for part in zips), A_MAIL)


def has_no_cue(paper: HeldPaper) -> bool:
    """Tell whether nothing can be pointed at that says what a paper is: then no kind is named."""
    return Caution.NO_CUE in paper.verdict.cautions


def _placed(paper: Filed | HeldPaper, labels: Mapping[Kind, str]) -> str:
    name = paper.origin.name or _BODY
    if isinstance(paper, Filed):
        return f"{name}: {labels[paper.kind]} (opgeborgen als {paper.kenmerk})"
    judgement = paper.verdict.judgement
    what = f": misschien {labels[judgement.kind]}" if judgement and not has_no_cue(paper) else ""
    return f"{name}{what} (wacht op u)"


def _unplaced(document: Document) -> list[str]:
    """Tell of a part that is no paper by itself; a nameless second version of the text is not told of."""
    name, what = document.part.name, _OTHERWISE.get(document.verdict, "")
    if document.verdict is PartVerdict.EMPTY and not name:
        return []
    if what:
        return [f"{name or _BODY}: {what}"]
    told = (PartVerdict.DUPLICATE, PartVerdict.PAPER, PartVerdict.UNREADABLE, PartVerdict.OTHER)
    return [f"{name}: {document.reason}"] if name and document.verdict in told else []
