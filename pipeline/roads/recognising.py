"""Look back before a paper is placed: was it here before, and to which matter does its mail belong.

recognise -> find_link; dossier_named_in

Reads the journal, changes nothing.
"""

from dataclasses import dataclass, replace

from pipeline.archive import linking
from pipeline.archive.linking import Link
from pipeline.archive.plan import Judged
from pipeline.intake import identity
from pipeline.intake.apply import TakenApart
from pipeline.ports import Ledger
from pipeline.procedures.overview import CLOSED
from pipeline.values import (
    Arrival,
    Disposition,
    Document,
    Dossier,
    Filed,
    Held,
    HeldPaper,
    Message,
    PartVerdict,
)

_NEW = (PartVerdict.PAPER, PartVerdict.UNREADABLE, PartVerdict.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """An arrival, held against what came in before.

    Attributes:
        arrival: With its Message-ID and content filled in.
        taken: Its parts; what was here before is a duplicate that names the first.
        remarks: Dutch, what a person who looks at a paper of it should know of earlier mail.
        carried: The papers it brings once more, as they were filed; empty when it brings a new one.
    """

    arrival: Arrival
    taken: TakenApart
    remarks: tuple[str, ...]
    carried: tuple[Filed, ...]


def recognise(taken: TakenApart, arrival: Arrival, ledger: Ledger) -> Recognised:
    """Find out what of an arrival was here before."""
    message_id = taken.message.message_id if taken.message else ""
    content = identity.content_of(taken.message, taken.contents)
    mine = replace(arrival, message_id=message_id, content=content)
    twin = next((one for one in ledger.arrivals_with_content(content) if one.key != mine.key), None)
    firsts = _firsts(taken.documents, ledger, all_parts=twin is not None)
    documents = identity.as_repeats(taken.documents, twin, firsts)
    return Recognised(
        arrival=mine,
        taken=replace(taken, documents=documents),
        remarks=() if twin else (*_namesakes(mine, ledger), *identity.told_repeats(documents)),
        carried=() if twin else _carried(documents, firsts),
    )


def _firsts(
    documents: tuple[Document, ...], ledger: Ledger, *, all_parts: bool
) -> dict[str, Filed | HeldPaper]:
    wanted = {one.part.sha256 for one in documents if all_parts or one.verdict is PartVerdict.DUPLICATE}
    return {sha256: papers[0] for sha256 in wanted if (papers := ledger.papers_with(sha256))}


def _namesakes(mine: Arrival, ledger: Ledger) -> tuple[str, ...]:
    """Tell of the first mail with the same Message-ID and another content."""
    others = ledger.arrivals_with_message_id(mine.message_id)
    first = next((one for one in others if one.key != mine.key and one.content != mine.content), None)
    return (identity.told_namesake(first, ledger.papers_of(first.key)),) if first else ()


def _carried(documents: tuple[Document, ...], firsts: dict[str, Filed | HeldPaper]) -> tuple[Filed, ...]:
    if any(one.verdict in _NEW for one in documents):
        return ()
    found = (firsts.get(one.part.sha256) for one in documents if one.part.disposition is not Disposition.BODY)
    return tuple(paper for paper in found if isinstance(paper, Filed))


def written_by_others(taken: TakenApart, ledger: Ledger) -> frozenset[str]:
    """Find texts that another person sent in before: ten parents may sign the very same words."""
    sender = taken.message.sender.email if taken.message and taken.message.sender else ""
    bodies = (
        one.part.sha256
        for one in taken.documents
        if one.part.disposition is Disposition.BODY and one.verdict is PartVerdict.DUPLICATE
    )
    return frozenset(
        sha256
        for sha256 in bodies
        if (earlier := ledger.papers_with(sha256)) and all(one.origin.sender != sender for one in earlier)
    )


def with_remarks(judged: tuple[Judged, ...], remarks: tuple[str, ...]) -> tuple[Judged, ...]:
    """Add to what is held why earlier mail matters; what is filed is filed."""
    return tuple(
        replace(paper, verdict=replace(paper.verdict, reasons=(*paper.verdict.reasons, *remarks)))
        if isinstance(paper.verdict, Held)
        else paper
        for paper in judged
    )


def find_link(known: Recognised, ledger: Ledger) -> Link:
    """Find the matter to which an arrival belongs; the weaker clues only when the stronger are silent."""
    message = known.taken.message
    if message is None:
        return linking.link_of_mail(known.arrival.name, "", (), _named_dossiers(known.arrival.name, ledger))
    mails = ledger.dossiers_of_mails(message.references)
    answered = tuple(mails[one] for one in message.references if one in mails)
    told = f"{message.subject}\n{message.own_text}"
    dossiers = _named_dossiers(told, ledger, *answered)
    link = linking.link_of_mail(message.subject, message.own_text, answered, dossiers)
    if link.is_silent and linking.is_answer(message.subject):
        link = _by_subject(message, ledger)
    if not link.is_silent or not known.carried:
        return link
    return linking.link_by_papers(
        known.carried, ledger.dossiers_named({paper.dossier for paper in known.carried})
    )


def dossier_named_in(folder: str, ledger: Ledger) -> Dossier | None:
    """Find the one dossier of which the name of a folder names the number."""
    return linking.linked_dossier(folder, _named_dossiers(folder, ledger))


def _named_dossiers(text: str, ledger: Ledger, *others: frozenset[str]) -> tuple[Dossier, ...]:
    """Read the dossiers of which a text names the number, and those that have one of the other numbers."""
    return ledger.dossiers_named(linking.named_numbers(text).union(*others))


def _by_subject(message: Message, ledger: Ledger) -> Link:
    running = ledger.papers_in([one.dossier for one in ledger.procedures() if one.state not in CLOSED])
    original = message.forwarded.sender if message.forwarded else None
    people = (message.sender, original, *message.recipients)
    correspondents = frozenset(one.email for one in people if one and one.email)
    dossiers = ledger.dossiers_named({paper.dossier for paper in running})
    return linking.link_by_subject(message.subject, correspondents, running, dossiers)
