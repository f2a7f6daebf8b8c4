"""Take an arrival apart and read its parts; touches only the opener and the reader it is given."""

from dataclasses import dataclass, replace
from datetime import date

from pipeline.dates import legal_day
from pipeline.intake.facts import find_facts
from pipeline.intake.part_kinds import needs_reading
from pipeline.intake.plan import judge_parts
from pipeline.ports import Opened, Opener, PartContent, TextReader
from pipeline.values import Document, Facts, Message, PartVerdict, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenApart:
    """An arrival with a verdict for each of its parts.

    Attributes:
        message: The mail; None for a file that came by itself.
        contents: The parts with their bytes, in reading order.
        documents: One verdict per part, in the same order, with text and facts of the papers.
    """

    message: Message | None
    contents: tuple[PartContent, ...]
    documents: tuple[Document, ...]


def take_apart(
    content: bytes,
    name: str,
    *,
    opener: Opener,
    reader: TextReader,
    known: frozenset[str],
    seen_on: date | None,
) -> TakenApart:
    """Give every part of an arrival its verdict, and read those that are papers.

    Args:
        content: The arrival as it came.
        name: Its file name.
        opener: Takes it apart.
        reader: Reads a document.
        known: Digests of everything that was filed or held before.
        seen_on: Day from which dates without a year count when the mail itself has none.
    """
    opened = opener(content, name)
    readings = _readings(opened, reader)
    parts = tuple(one.part for one in opened.parts)
    documents = judge_parts(opened.message, parts, readings, known)
    bearers = _subject_bearers(documents)
    return TakenApart(
        message=opened.message,
        contents=opened.parts,
        documents=tuple(
            _with_facts(document, opened, seen_on, bears_subject=document.part.number in bearers)
            for document in documents
        ),
    )


def _readings(opened: Opened, reader: TextReader) -> dict[str, Reading]:
    """Read the parts that must be; what could not even be opened is not tried."""
    if opened.problem:
        return {one.part.number: Reading(text="", problem=opened.problem) for one in opened.parts}
    return {
        one.part.number: reader(one.content, one.part.name, one.part.content_type)
        for one in opened.parts
        if needs_reading(one.part)
    }


def _subject_bearers(documents: tuple[Document, ...]) -> frozenset[str]:
    """Choose what the subject of each mail is about: its text, else the first paper that is no annex."""
    mails: dict[str, list[Document]] = {}
    for document in documents:
        mails.setdefault(document.mail, []).append(document)
    return frozenset(one.part.number for within in mails.values() for one in _bearers_in(within))


def _bearers_in(documents: list[Document]) -> list[Document]:
    bodies = [one for one in documents if one.verdict is PartVerdict.BODY_IS_LETTER]
    papers = [one for one in documents if one.verdict is PartVerdict.PAPER]
    letters = [one for one in papers if not one.is_called_annex]
    return bodies or (letters or papers)[:1]


def _with_facts(document: Document, opened: Opened, seen_on: date | None, *, bears_subject: bool) -> Document:
    if not document.is_paper or document.reading is None:
        return document
    message = opened.message.seen_from(document.mail) if opened.message else None
    facts = facts_of(document.reading, message, seen_on, bears_subject=bears_subject)
    return replace(document, facts=facts)


def facts_of(
    reading: Reading, message: Message | None, seen_on: date | None, *, bears_subject: bool
) -> Facts:
    """Read what a paper says of itself, with what the mail it came in says.

    Args:
        reading: Its text.
        message: The mail; None for a file that came by itself.
        seen_on: Day on which it was seen, when nothing better is known.
        bears_subject: The subject of the mail is about this paper.
    """
    if message is None:
        return find_facts(reading.text, seen_on, "", "")
    forwarded = message.forwarded
    sender = forwarded.sender if forwarded and forwarded.sender else message.sender
    sent = legal_day(message.sent_at) if message.sent_at else seen_on
    reference = forwarded.sent_on if forwarded and forwarded.sent_on else sent
    subject = forwarded.subject if forwarded and forwarded.subject else message.subject
    facts = find_facts(
        reading.text, reference, sender.email if sender else "", subject if bears_subject else ""
    )
    under_letter = "" if forwarded else facts.signed  # of a forwarded mail that may be who passed it on
    return replace(facts, signed=sender.name if sender and sender.name else under_letter)
