"""Read a mail: its header, its own text and every one of its parts.

Touches nothing. No mail raises, however broken: what was wrong and was
survived stands in ``Message.defects``. Every leaf and every container of the tree appears
exactly once; see ``tree`` for the numbers. The body (``Disposition.BODY``) is the text at
the top of the mail itself: of a plain and an HTML version of one text it is the plain one,
unless that is empty or a mere stub; the other version is ``INLINE``, and so is every text of an
embedded mail. The text in a winmail.dat is the body only when the mail has no other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256

from pipeline.dates import legal_day
from pipeline.edges.mail import headers as mail_headers
from pipeline.edges.mail.html import html_to_text
from pipeline.edges.mail.inside import BOX_TYPES, MAIL_TYPE
from pipeline.edges.mail.machine import is_bulk, machine_reason, machine_within
from pipeline.edges.mail.reports import delivery_reports
from pipeline.edges.mail.tree import WHOLE_FILE, Entity, split_file, split_mail
from pipeline.edges.reading import charset
from pipeline.intake.quoting import read_layers
from pipeline.ports import PartContent
from pipeline.values import Disposition, ForwardedOrigin, MailWithin, Message, Part

_BODY_TYPES = ("text/plain", "text/html", "text/enriched")
_STUB_CHARACTERS = 300
_STUB_FACTOR = 5
_CONTENT_ID = re.compile(r"""(?i)\bcid:([^"'\s>)]+)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """A mail taken apart.

    Attributes:
        message: Header and own text.
        parts: All parts in reading order, at least one.
    """

    message: Message
    parts: tuple[PartContent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """What the place of a part depends on: containers and bodies by number, content ids that are shown."""

    containers: Mapping[str, Entity]
    bodies: frozenset[str]
    shown: frozenset[str]


def parse(raw: bytes) -> ParsedMail:
    """Read a mail.

    Args:
        raw: The bytes as they came; anything at all, also nothing.

    Returns:
        The message and its parts. Never raises on content.
    """
    entities = split_mail(raw)
    containers = {entity.number: entity for entity in entities if entity.is_container}
    bodies = _bodies(entities, containers)
    places = _Places(
        containers=containers,
        bodies=frozenset(body.number for body in bodies),
        shown=_shown_in_html(entities),
    )
    parts = tuple(_part_content(entity, places) for entity in entities)
    return ParsedMail(message=_message(entities, bodies), parts=parts)


def parts_of_file(content: bytes, name: str, content_type: str) -> tuple[PartContent, ...]:
    """Take apart a file that came by itself and is no mail.

    Returns:
        The file as part 0, and below it what it holds, if anything. Never raises on content.
    """
    entities = split_file(content, name, content_type)
    containers = {entity.number: entity for entity in entities if entity.is_container}
    places = _Places(containers=containers, bodies=frozenset(), shown=_shown_in_html(entities))
    return tuple(_part_content(entity, places) for entity in entities)


# --- the body ----------------------------------------------------------------------------


def _bodies(entities: tuple[Entity, ...], containers: Mapping[str, Entity]) -> tuple[Entity, ...]:
    """Choose the texts that together are the body, in order; one of each set of alternatives."""
    loose = [entity for entity in entities if _is_body_text(entity)]
    own = [entity for entity in loose if not entity.box]
    texts = own if any(_text_of(entity).strip() for entity in own) else loose
    chosen: dict[str, Entity] = {}
    for entity in texts:
        key = _alternative(entity, containers) or entity.number
        chosen[key] = _fuller(chosen[key], entity) if key in chosen else entity
    return tuple(chosen.values())


def _is_body_text(entity: Entity) -> bool:
    """Tell whether a leaf is text of the mail itself and not a file."""
    disposition = mail_headers.text_of(entity.headers, "Content-Disposition").lower()
    is_file = bool(entity.name) or disposition.startswith("attachment")
    return (
        entity.mail == "" and not entity.is_container and entity.content_type in _BODY_TYPES and not is_file
    )


def _alternative(entity: Entity, containers: Mapping[str, Entity]) -> str:
    """Give the number of the multipart/alternative a leaf lies in, at any depth; empty when in none."""
    above = containers.get(entity.parent)
    while above is not None:
        if above.content_type == "multipart/alternative":
            return above.number
        above = containers.get(above.parent)
    return ""


def _fuller(first: Entity, second: Entity) -> Entity:
    """Choose between two versions of a text: the first, unless it is empty or a stub of the second."""
    first_text, second_text = _text_of(first).strip(), _text_of(second).strip()
    is_stub = len(first_text) < _STUB_CHARACTERS and len(first_text) * _STUB_FACTOR < len(second_text)
    if first.content_type == "text/html" and second.content_type == "text/plain" and second_text:
        return second
    return second if is_stub else first


def _text_of(entity: Entity) -> str:
    """Give the text of a text part as it is read by a person."""
    declared = mail_headers.parameter(entity.headers, "Content-Type", "charset")
    text = charset.decode(entity.content, declared).replace("\x00", "")
    return html_to_text(text) if entity.content_type == "text/html" else text.replace("\xa0", " ")


def _shown_in_html(entities: tuple[Entity, ...]) -> frozenset[str]:
    """Collect the content ids that an HTML text of the mail refers to."""
    pages = (
        charset.decode(e.content) for e in entities if e.content_type == "text/html" and not e.is_container
    )
    return frozenset(found for page in pages for found in _CONTENT_ID.findall(page))


# --- the parts ---------------------------------------------------------------------------


def _part_content(entity: Entity, places: _Places) -> PartContent:
    content_id = mail_headers.text_of(entity.headers, "Content-ID").strip("<> ")
    part = Part(
        number=entity.number,
        name=entity.name,
        content_type=_shown_type(entity),
        disposition=_disposition(entity, places, is_shown=content_id in places.shown),
        content_id=content_id,
        sha256=sha256(entity.content).hexdigest(),
        size_bytes=len(entity.content),
        problem=entity.problem,
    )
    return PartContent(part=part, content=entity.content)


def _shown_type(entity: Entity) -> str:
    """Give the content type; a mail that came as an unknown file is called a mail."""
    is_mail = entity.is_container and not entity.content_type.startswith(("multipart/", *BOX_TYPES))
    return MAIL_TYPE if is_mail else entity.content_type


def _disposition(entity: Entity, places: _Places, *, is_shown: bool) -> Disposition:
    if entity.is_container:
        return Disposition.CONTAINER
    if entity.number == WHOLE_FILE:
        return Disposition.FILE
    if entity.number in places.bodies:
        return Disposition.BODY
    declared = mail_headers.text_of(entity.headers, "Content-Disposition").lower()
    if declared.startswith("attachment") and not is_shown:
        return Disposition.ATTACHMENT
    is_loose_text = entity.content_type in _BODY_TYPES and not entity.name
    above = places.containers.get(entity.parent)
    is_related = above is not None and above.content_type == "multipart/related"
    is_inline = is_shown or is_related or is_loose_text or declared.startswith("inline")
    return Disposition.INLINE if is_inline else Disposition.ATTACHMENT


# --- the message -------------------------------------------------------------------------


def _message(entities: tuple[Entity, ...], bodies: tuple[Entity, ...]) -> Message:
    headers = entities[0].headers
    full_text = "\n\n".join(filter(None, (_text_of(body).strip() for body in bodies)))
    subject = mail_headers.text_of(headers, "Subject")
    references = mail_headers.message_ids(
        mail_headers.text_of(headers, "In-Reply-To"), mail_headers.text_of(headers, "References")
    )
    layers = read_layers(full_text, subject, is_answer=bool(references))
    machine = machine_reason(entities)
    sender = mail_headers.addresses(headers, "From") or mail_headers.addresses(headers, "Sender")
    return Message(
        message_id=_message_id(mail_headers.text_of(headers, "Message-ID")),
        sender=sender[0] if sender else None,
        recipients=mail_headers.addresses(headers, "To", "Cc"),
        subject=subject,
        sent_at=mail_headers.instant(headers, "Date"),
        received_at=_received_at(mail_headers.texts_of(headers, "Received")),
        references=references,
        machine=machine,
        bulk=is_bulk(headers),
        authentication=mail_headers.texts_of(headers, "Authentication-Results"),
        own_text=layers.own_text,
        full_text=full_text,
        forwarded=layers.forwarded if machine or layers.forwarded else _sent_along(entities),
        defects=_defects(entities),
        signatures=tuple(one for entity in entities if entity.mail == "" for one in entity.signatures),
        trace=mail_headers.trace(headers),
        machine_within=machine_within(entities),
        reports=delivery_reports(entities, machine) if machine else (),
        within=tuple(_within(entities)),
    )


def _message_id(text: str) -> str:
    found = mail_headers.message_ids(text)
    return found[0] if found else text.strip("<> ")


def _received_at(received: tuple[str, ...]) -> datetime | None:
    """Read the day and time behind the last semicolon of the topmost ``Received``."""
    return mail_headers.instant_in(received[0].rpartition(";")[2].strip()) if received else None


def _within(entities: tuple[Entity, ...]) -> Iterator[MailWithin]:
    """Give the mails that came along whole, in order."""
    mails = {one.number for one in entities if one.is_container and _shown_type(one) == MAIL_TYPE}
    for entity in entities:
        if entity.parent in mails:
            yield MailWithin(number=entity.parent, origin=_origin(entity.headers))


def _origin(headers: EmailMessage) -> ForwardedOrigin:
    sent = mail_headers.instant(headers, "Date")
    sender = mail_headers.addresses(headers, "From")
    return ForwardedOrigin(
        sender=sender[0] if sender else None,
        sent_on=legal_day(sent) if sent else None,
        subject=mail_headers.text_of(headers, "Subject"),
    )


def _sent_along(entities: tuple[Entity, ...]) -> ForwardedOrigin | None:
    """Give the origin of a mail that was forwarded whole, as an attachment; of several the first."""
    own = {entity.number for entity in entities if entity.mail == "" and not entity.box}
    return next((one.origin for one in _within(entities) if one.number in own), None)


def _defects(entities: tuple[Entity, ...]) -> tuple[str, ...]:
    """Note what was wrong: in the tree, and in the header of the mail."""
    headers = entities[0].headers
    notes = [defect for entity in entities for defect in entity.defects]
    missing = (name for name in ("From", "Date", "Message-ID") if not mail_headers.text_of(headers, name))
    notes.extend(f"no {name} header" for name in missing)
    received = mail_headers.texts_of(headers, "Received")
    if received and _received_at(received) is None:
        notes.append("topmost Received header has no readable date")
    if mail_headers.text_of(headers, "Date") and mail_headers.instant(headers, "Date") is None:
        notes.append("Date header unreadable")
    return tuple(notes)
