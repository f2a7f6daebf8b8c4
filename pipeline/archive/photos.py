"""Pictures that came in one mail: proposed as the pages of one paper, or laid out one by one.

Pure. The paper made of them is a proposal and nothing more: the pictures stay what they are, keep
the verdict of their own, and lie beside the paper once a person has said that it is one.
"""

from collections.abc import Callable
from dataclasses import replace

from pipeline.archive import naming
from pipeline.archive.plan import Judged
from pipeline.values import (
    Disposition,
    Document,
    Facts,
    Held,
    HeldPaper,
    Origin,
    Part,
    PartVerdict,
    Reading,
    Verdict,
)

FEWEST = 2
"""So many pictures in one mail may be one letter."""
BOUND = "bladen"
"""Variant of a paper that was made of pictures."""


def is_bound(origin: Origin) -> bool:
    """Tell whether a paper was made of pictures, or is one more thing that such a paper is."""
    return origin.variant.partition("-")[0] == BOUND


def bound_paper(origin: Origin) -> str:
    """Give the identity of the paper that was made of pictures; empty for any other paper."""
    return replace(origin, variant=BOUND).paper if is_bound(origin) else ""


def bound_name(subject: str, pages: int) -> str:
    """Name the paper: ``Foto's bij 'Rooster' (3 bladen).pdf``."""
    tail = f"' ({pages} bladen).pdf"
    head = "Foto's bij '"
    return f"{head}{naming.safe(subject or 'mail', naming.FILE_LIMIT - len(head) - len(tail))}{tail}"


def bound_document(
    pictures: tuple[Judged, ...],
    subject: str,
    sha256: str,
    size_bytes: int,
    facts_of: Callable[[Reading], Facts],
) -> Document:
    """Describe the paper that was made of pictures, with what could be read of all of them.

    Args:
        pictures: The pictures, in order.
        subject: What the mail is about.
        sha256: Digest of the PDF.
        size_bytes: Its length.
        facts_of: Reads what a text says of itself; a letter may name its day on one page and the day by
            which it wants an answer on the next.
    """
    documents = [picture.document for picture in pictures]
    texts = [one.reading.text for one in documents if one.reading and one.reading.text]
    reading = Reading(text="\n\n".join(texts), pages=len(pictures))
    facts = facts_of(reading) if texts else Facts()
    return Document(
        part=Part(
            number=documents[0].part.number,
            name=bound_name(subject, len(pictures)),
            content_type="application/pdf",
            disposition=Disposition.ATTACHMENT,
            content_id="",
            sha256=sha256,
            size_bytes=size_bytes,
        ),
        verdict=PartVerdict.PAPER,
        reason=f"Dit zijn {len(pictures)} foto's uit dezelfde mail.",
        reading=reading,
        facts=replace(facts, subject=facts.subject or subject),
    )


def propose(pictures: tuple[Judged, ...], document: Document, guess: Verdict) -> Judged:
    """Propose that pictures are the pages of one paper; it always waits for a person.

    Args:
        pictures: The pictures, in order.
        document: The paper that was made of them.
        guess: What its text seems to be.
    """
    origin = replace(pictures[0].origin, name=document.part.name, variant=BOUND)
    judgement = guess.judgement if document.reading and document.reading.text else None
    own, cautions = (guess.reasons, guess.cautions) if isinstance(guess, Held) and judgement else ((), ())
    return Judged(
        origin=origin,
        # Not a paper by itself: without a yes it must never follow the head of its mail.
        document=replace(document, verdict=PartVerdict.OTHER),
        verdict=Held(judgement=judgement, reasons=(_reason(len(pictures)), *own), cautions=cautions),
        received=pictures[0].received,
        pages=tuple(
            _page(picture, origin, place, len(pictures)) for place, picture in enumerate(pictures, 1)
        ),
    )


def _reason(count: int) -> str:
    return (
        f"Deze {count} foto's lijken de bladen van één brief. Klopt dat? Sleep de pdf dan naar de map van de "
        "juiste soort. Horen ze niet bij elkaar? Sleep de pdf dan naar de map 'Losse foto's'; u krijgt de "
        "foto's dan één voor één voorgelegd."
    )


def _page(picture: Judged, bound: Origin, number: int, count: int) -> HeldPaper:
    return HeldPaper(
        origin=picture.origin,
        sha256=picture.document.part.sha256,
        place=naming.safe_file(picture.document.part.name or f"foto {number}.jpg"),
        verdict=Held(
            judgement=picture.verdict.judgement,
            reasons=(part_of(number, count),),
            cautions=picture.verdict.cautions if isinstance(picture.verdict, Held) else (),
        ),
        facts=picture.document.facts,
        received=picture.received,
        page_of=bound.paper,
    )


def part_of(number: int, count: int) -> str:
    """Say of a picture which page of the proposed paper it is."""
    return f"Deze foto is met de andere uit deze mail samengevoegd tot één brief: blad {number} van {count}."


def loosened(pages: tuple[HeldPaper, ...], taken: frozenset[str]) -> tuple[HeldPaper, ...]:
    """Lay the pictures out one by one, for a person to decide on each.

    Args:
        pages: The pictures, in order.
        taken: Names that lie in ``Te beoordelen/`` already.
    """
    places: list[str] = []
    for page in pages:
        places.append(naming.free_name(page.place, taken | set(places)))
    return tuple(
        replace(
            page,
            place=place,
            page_of="",
            verdict=replace(page.verdict, reasons=(_LOOSE,)),
        )
        for page, place in zip(pages, places, strict=True)
    )


_LOOSE = (
    "U gaf aan dat de foto's uit deze mail niet bij elkaar horen. "
    "Sleep elke foto naar de map van de juiste soort."
)


def page_path(folder: str, kenmerk: str, number: int, page: HeldPaper) -> str:
    """Give the place inside ``Archief/`` of a picture beside the paper that was made of it.

    Args:
        folder: Folder of the dossier inside ``Archief/``.
        kenmerk: Number of the paper.
        number: Which page it is, 1-based.
        page: The picture.
    """
    return f"{folder}/Foto's/{kenmerk} blad {number}{naming.extension(page.origin.name) or '.jpg'}"
