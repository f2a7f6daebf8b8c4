"""Pictures of a letter that came in one mail: bound into one paper, which is proposed to a person.

Nothing is kept or written here but the bytes; what was made is given back to the road of the post.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pipeline.archive import apply as archiving
from pipeline.archive import photos
from pipeline.archive.plan import Judged
from pipeline.errors import UnreadableError
from pipeline.intake.apply import TakenApart, facts_of
from pipeline.intake.part_kinds import is_picture
from pipeline.intake.subject import clean_subject
from pipeline.office import Office
from pipeline.values import Document, Dossier, Filed, Verdict


def bind_photos(
    judged: tuple[Judged, ...],
    taken: TakenApart,
    office: Office,
    judge: Callable[[Document], Verdict],
) -> tuple[tuple[Judged, ...], tuple[Document, ...]]:
    """Put one proposed paper in the place of the pictures of a mail.

    Pictures that cannot be bound, because one is broken, stay as they are.

    Args:
        judged: The papers of an arrival.
        taken: The arrival, taken apart.
        office: The desk.
        judge: Says what a paper is by its text.

    Returns:
        The papers, and the parts of the arrival with what each picture is part of.
    """
    pictures = tuple(paper for paper in judged if is_picture(paper.document.part))
    if taken.message is None or len(pictures) < photos.FEWEST:
        return judged, taken.documents
    contents = {one.part.number: one.content for one in taken.contents}
    kept = [contents[paper.document.part.number] for paper in pictures]
    try:
        pdf = office.binder(kept)
    except UnreadableError:
        return judged, taken.documents
    for content in (*kept, pdf):
        office.originals.keep(content, hashlib.sha256(content).hexdigest())
    subject, sha256 = clean_subject(taken.message.subject), hashlib.sha256(pdf).hexdigest()
    facts = partial(facts_of, message=taken.message, seen_on=None, bears_subject=True)
    document = photos.bound_document(pictures, subject, sha256, len(pdf), facts)
    proposal = photos.propose(pictures, document, judge(document))
    kept_apart = tuple(proposal if paper is pictures[0] else paper for paper in judged)
    return (
        tuple(paper for paper in kept_apart if paper not in pictures),
        _told(taken.documents, pictures),
    )


def _told(documents: tuple[Document, ...], pictures: tuple[Judged, ...]) -> tuple[Document, ...]:
    """Say with each picture of which paper it is a page; its verdict stays its own."""
    numbers = [picture.document.part.number for picture in pictures]
    return tuple(
        replace(one, reason=photos.part_of(numbers.index(one.part.number) + 1, len(numbers)))
        if one.part.number in numbers
        else one
        for one in documents
    )


def keep_pictures(paper: Filed, dossier: Dossier, office: Office) -> None:
    """Lay the pictures a paper was made of beside it in its dossier, as they came."""
    for path, sha256 in _places(paper, dossier, office):
        archiving.lay_beside(sha256, path, office.shelf)


def take_pictures_out(paper: Filed, dossier: Dossier, office: Office) -> None:
    """Take the pictures of a paper that was taken back out of its dossier; their bytes stay."""
    for path, _ in _places(paper, dossier, office):
        archiving.remove_beside(path, office.shelf)


def _places(paper: Filed, dossier: Dossier, office: Office) -> tuple[tuple[str, str], ...]:
    bound = photos.bound_paper(paper.origin)
    if not bound:
        return ()
    with office.journal.transaction() as ledger:
        pages = ledger.pages(bound)
    folder = f"{dossier.year_folder}/{dossier.folder}"
    return tuple(
        (photos.page_path(folder, paper.kenmerk, number, page), page.sha256)
        for number, page in enumerate(pages, start=1)
    )
