"""Tell mail that a machine sent from mail that a person wrote, by its headers.

Standard library only; touches nothing. Delivery reports are looked at first, because they often
carry the marks of an automatic answer as well. A machine mail never starts anything.

Source:
    RFC 3834 (Auto-Submitted), RFC 3464 and 8098 (reports), RFC 5546 (METHOD:REPLY).
"""

import re
from email.message import EmailMessage

from pipeline.edges.mail import headers as mail_headers
from pipeline.edges.mail.tree import Entity

_CALENDAR_ANSWERS = ("reply", "refresh", "counter", "declinecounter")
_CALENDAR_METHOD = re.compile(rb"(?im)^METHOD:\s*([A-Z]+)")
_AUTOMATIC_SUBJECT = re.compile(
    r"(?i)^\s*(?:automatisch antwoord|automatic reply|auto-?reply|out of office|afwezigheidsbericht)\s*:"
)
_POSTMASTERS = ("mailer-daemon", "postmaster")


def machine_reason(entities: tuple[Entity, ...]) -> str:
    """Say why this is machine mail.

    Args:
        entities: The parts of the mail, the top one first.

    Returns:
        A Dutch reason; empty for a mail that a person may have written.
    """
    own = tuple(entity for entity in entities if entity.mail == "" and not entity.box)
    headers = own[0].headers
    return _report(own, headers) or _calendar_answer(own) or _automatic(headers)


def is_bulk(headers: EmailMessage) -> bool:
    """Tell whether a mail went to a list."""
    precedence = mail_headers.text_of(headers, "Precedence").lower()
    listed = mail_headers.text_of(headers, "List-Unsubscribe") or mail_headers.text_of(headers, "List-Id")
    return bool(listed) or precedence in ("bulk", "list", "junk")


def _report(own: tuple[Entity, ...], headers: EmailMessage) -> str:
    kinds = {entity.content_type for entity in own}
    top = next((entity for entity in own if not _is_signed(entity)), own[0])
    declared = mail_headers.parameter(top.headers, "Content-Type", "report-type").lower()
    is_report = top.content_type == "multipart/report"
    if "message/delivery-status" in kinds or (is_report and declared == "delivery-status"):
        return "bezorgbericht van een mailserver"
    if "message/disposition-notification" in kinds or (is_report and declared == "disposition-notification"):
        return "leesbevestiging"
    if is_report:
        return "automatisch rapport van een mailserver"
    return "bezorgbericht van een mailserver" if _is_old_bounce(headers) else ""


def _is_signed(entity: Entity) -> bool:
    """Recognise the wrapping of a signed mail; what the mail is, its content tells."""
    return entity.is_container and entity.content_type in ("multipart/signed", "application/pkcs7-mime")


def _is_old_bounce(headers: EmailMessage) -> bool:
    """Recognise a delivery report from before MIME: no return path, sent by the mail server itself."""
    returned = mail_headers.texts_of(headers, "Return-Path")
    senders = mail_headers.addresses(headers, "From")
    by_server = any(address.email.partition("@")[0] in _POSTMASTERS for address in senders)
    return by_server and bool(returned) and returned[0].replace(" ", "") == "<>"


def _calendar_answer(own: tuple[Entity, ...]) -> str:
    for entity in own:
        if entity.content_type == "text/calendar" and _method(entity) in _CALENDAR_ANSWERS:
            return "antwoord op een vergaderverzoek"
    return ""


def _method(entity: Entity) -> str:
    declared = mail_headers.parameter(entity.headers, "Content-Type", "method")
    found = _CALENDAR_METHOD.search(entity.content)
    return (declared or (found[1].decode("ascii") if found else "")).lower()


def _automatic(headers: EmailMessage) -> str:
    submitted = re.split(r"[;(\s]", mail_headers.text_of(headers, "Auto-Submitted").lower(), maxsplit=1)[0]
    precedence = mail_headers.text_of(headers, "Precedence").lower().replace("-", "_")
    replied = (
        submitted == "auto-replied"
        or precedence == "auto_reply"
        or any(mail_headers.text_of(headers, name) for name in ("X-Autoreply", "X-Autorespond"))
        or _AUTOMATIC_SUBJECT.match(mail_headers.text_of(headers, "Subject")) is not None
    )
    if replied:
        return "automatisch antwoord"
    return "automatisch aangemaakt bericht" if submitted not in ("", "no") else ""
