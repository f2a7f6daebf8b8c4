"""Tell whether something came in before: the same content by another way, or part of it.

Pure. Content is what a mail says, not how it travelled: sender, subject and the bytes of every
leaf, of texts without regard to line ends. So a mail that is delivered twice, or arrives in the
postbus and is dropped in ``Inkomend/`` as well, has one content, and one with the same Message-ID
and another text has not.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from pipeline.dates import dutch_date, legal_day
from pipeline.ports import PartContent
from pipeline.values import (
    Arrival,
    Disposition,
    Document,
    Filed,
    HeldPaper,
    Message,
    PartVerdict,
)

_NO_CONTENT = (PartVerdict.CONTAINER, PartVerdict.EMPTY)


def content_of(message: Message | None, contents: tuple[PartContent, ...]) -> str:
    """Digest what an arrival says.

    Args:
        message: The mail; None for a file that came by itself.
        contents: Its parts in reading order.
    """
    sender = message.sender.email if message and message.sender else ""
    subject = " ".join(message.subject.split()) if message else ""
    leaves = (one for one in contents if one.part.disposition is not Disposition.CONTAINER)
    told = hashlib.sha256(f"{sender}\n{subject}\n".encode())
    for leaf in leaves:
        told.update(hashlib.sha256(_plain(leaf)).digest())
    return told.hexdigest()


def _plain(leaf: PartContent) -> bytes:
    """Give the bytes of a leaf; of the text of a mail the words, as servers change the line ends."""
    is_text = leaf.part.content_type.startswith("text/") and not leaf.part.name
    return b" ".join(leaf.content.split()) if is_text else leaf.content


def as_repeats(
    documents: tuple[Document, ...],
    twin: Arrival | None,
    firsts: Mapping[str, Filed | HeldPaper],
) -> tuple[Document, ...]:
    """Name the first one at every part that was here before.

    Args:
        documents: The parts with their verdicts.
        twin: What came in earlier with the very same content; all parts are duplicates then.
        firsts: By digest, the paper that was filed or held first.
    """
    return tuple(_repeat(one, twin, firsts.get(one.part.sha256)) for one in documents)


def _repeat(document: Document, twin: Arrival | None, first: Filed | HeldPaper | None) -> Document:
    if twin is not None and document.verdict not in _NO_CONTENT:
        reason = told_first(first) if first else f"Dit was al eerder ontvangen, op {_day(twin)}."
        return replace(document, verdict=PartVerdict.DUPLICATE, reason=reason, reading=None, came_before=True)
    if first is not None and document.came_before:
        return replace(document, reason=told_first(first))
    return document


def told_first(first: Filed | HeldPaper) -> str:
    """Say in Dutch where the first copy of a paper is, and when it came."""
    if isinstance(first, Filed):
        return f"Dit stuk was al eerder ontvangen: {first.kenmerk}, op {_day(first)}."
    return (
        f"Dit stuk was al eerder ontvangen, op {_day(first)}; "
        f"het ligt in 'Te beoordelen' als '{first.place}'."
    )


def told_namesake(earlier: Arrival, papers: tuple[Filed | HeldPaper, ...]) -> str:
    """Say in Dutch that another mail carries the same Message-ID, and where that is."""
    numbers = [paper.kenmerk for paper in papers if isinstance(paper, Filed)]
    where = f": {', '.join(numbers)}" if numbers else ""
    return (
        f"Op {_day(earlier)} kwam een mail met hetzelfde berichtnummer en een andere inhoud{where}. "
        "Vergelijk ze; dit kan een verbeterde versie zijn."
    )


def told_repeats(documents: tuple[Document, ...]) -> tuple[str, ...]:
    """Say in Dutch, for who looks at another part of the mail, which attachments were here before."""
    return tuple(
        f"'{one.part.name}' uit dezelfde mail: {one.reason[:1].lower()}{one.reason[1:]}"
        for one in documents
        if one.came_before and one.part.name
    )


def _day(what: Arrival | Filed | HeldPaper) -> str:
    return dutch_date(legal_day(what.received.at))
