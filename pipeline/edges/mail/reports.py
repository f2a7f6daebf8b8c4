"""Read what a machine mail tells of a message that this service sent: delivered, late, refused, away.

Standard library only; touches nothing. Which message it is about is told by our own Message-ID or our own
header, wherever the report repeats them; a report on somebody else's mail gives nothing. A report
that does not say in the prescribed way what happened counts as a refusal only when its subject
does not say otherwise.

Source:
    RFC 3464 (delivery status: Action, Status, Diagnostic-Code, Original-Envelope-Id), RFC 3834.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

from pipeline.dispatch.plan import MESSAGE_DOMAIN
from pipeline.edges.mail import headers as mail_headers
from pipeline.edges.mail.machine import ANSWER, BOUNCE, OWN_MARK, RECEIPT, REPORT
from pipeline.edges.mail.tree import Entity
from pipeline.edges.reading.charset import decode, one_line
from pipeline.values import DeliveryReport, Outcome

_OWN_ID = re.compile(rf"\b([0-9a-f]{{32}}@{re.escape(MESSAGE_DOMAIN)})\b")
_OWN_HEADER = re.compile(rf"(?im)^{OWN_MARK}:\s*([0-9a-f]{{32}})\b")
_LONGEST_DETAIL = 300
_LONGEST_SEARCH = 200_000
_ACTIONS = {
    "failed": Outcome.NIET_BEZORGD,
    "delayed": Outcome.VERTRAAGD,
    "delivered": Outcome.BEZORGD,
    "relayed": Outcome.BEZORGD,
    "expanded": Outcome.BEZORGD,
}
_DELAYED_SUBJECT = re.compile(r"(?i)\b(?:delay|delayed|vertraagd|vertraging|warning)\b")
_DELIVERED_SUBJECT = re.compile(r"(?i)^\s*(?:afgeleverd|relayed|delivered|bezorgd|successful)\b")


def delivery_reports(entities: tuple[Entity, ...], machine: str) -> tuple[DeliveryReport, ...]:
    """Read what a machine mail tells of a message of ours, of each recipient that it names.

    Args:
        entities: The parts of the mail, the top one first.
        machine: Why this is machine mail, as ``machine_reason`` gives it.

    Returns:
        The reports; none when it is about no message of ours, or tells nothing of it.
    """
    told = tuple(_told(entities, machine))
    message_id = _own_message(entities) if told else ""
    return tuple(replace(one, message_id=message_id) for one in told if message_id)


def _told(entities: tuple[Entity, ...], machine: str) -> Iterator[DeliveryReport]:
    """Give what happened to whom, and in the words of the server why; not yet of which message."""
    top = entities[0].headers
    subject = mail_headers.text_of(top, "Subject")
    if machine in (ANSWER, RECEIPT):
        outcome, detail = (Outcome.AFWEZIG, subject) if machine == ANSWER else (Outcome.BEZORGD, "")
        answers = tuple(one.email for one in mail_headers.addresses(top, "From"))
        yield DeliveryReport(message_id="", outcome=outcome, detail=detail, recipients=answers[:1])
    elif machine in (BOUNCE, REPORT):
        reports = (entity for entity in entities if entity.content_type == "message/delivery-status")
        fields = [one for report in reports for one in _status(report) if _action(one) in _ACTIONS]
        for one in fields:
            yield _of_recipient(one)
        if not fields:
            detail = "" if _DELIVERED_SUBJECT.match(subject) else subject
            plain = DeliveryReport(message_id="", outcome=_by_subject(subject), detail=detail)
            failed = mail_headers.addresses(top, "X-Failed-Recipients")
            yield from (replace(plain, recipients=(one.email,)) for one in failed)
            if not failed:
                yield plain


def _by_subject(subject: str) -> Outcome:
    """Tell what happened when only the subject says; a refusal when that does not say otherwise."""
    if _DELIVERED_SUBJECT.match(subject):
        return Outcome.BEZORGD
    return Outcome.VERTRAAGD if _DELAYED_SUBJECT.search(subject) else Outcome.NIET_BEZORGD


def _of_recipient(fields: EmailMessage) -> DeliveryReport:
    """Read the block of one recipient: whom we wrote to, and to whom that was passed on."""
    named = (mail_headers.text_of(fields, name) for name in ("Original-Recipient", "Final-Recipient"))
    bare = (one.partition(";")[2].strip().strip("<>").lower() for one in named)
    return DeliveryReport(
        message_id="",
        outcome=_ACTIONS[_action(fields)],
        detail=_detail(fields),
        recipients=tuple(dict.fromkeys(filter(None, bare))),
    )


def _status(entity: Entity) -> tuple[EmailMessage, ...]:
    """Read the blocks of a delivery status that tell of a recipient."""
    blocks = re.split(rb"\r?\n[ \t]*\r?\n", entity.content.strip())
    read = (mail_headers.read_headers(block + b"\r\n") for block in blocks)
    return tuple(one for one in read if _action(one))


def _action(fields: EmailMessage) -> str:
    return re.split(r"[;(\s]", mail_headers.text_of(fields, "Action").lower(), maxsplit=1)[0]


def _detail(fields: EmailMessage) -> str:
    """Give what the server says: its own words, or else its code."""
    words = mail_headers.text_of(fields, "Diagnostic-Code").partition(";")[2].strip()
    return one_line(words or mail_headers.text_of(fields, "Status"))


def _own_message(entities: tuple[Entity, ...]) -> str:
    """Find which message of ours a mail is about; empty when it is about none."""
    top = entities[0].headers
    answered = " ".join(mail_headers.text_of(top, name) for name in ("In-Reply-To", "References"))
    within = (entity.headers for entity in entities[1:])
    repeated = " ".join(mail_headers.text_of(one, "Message-ID") for one in within)
    found = _OWN_ID.search(answered.lower()) or _OWN_ID.search(repeated.lower())
    if found:
        return found[1]
    marks = [mail_headers.text_of(entity.headers, OWN_MARK).strip().lower() for entity in entities[1:]]
    mark = next((one for one in marks if re.fullmatch(r"[0-9a-f]{32}", one)), "")
    return f"{mark}@{MESSAGE_DOMAIN}" if mark else _in_text(entities)


def _in_text(entities: tuple[Entity, ...]) -> str:
    """Search what the report repeats of our message as text."""
    for entity in entities:
        text = "" if entity.is_container else decode(entity.content[:_LONGEST_SEARCH])
        if found := _OWN_ID.search(text.lower()):
            return found[1]
        if marked := _OWN_HEADER.search(text):
            return f"{marked[1]}@{MESSAGE_DOMAIN}"
    return ""
