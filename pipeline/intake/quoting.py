"""Tell what the sender of a mail wrote now from what hangs below it.

Pure: text in, text out. Three things come off: earlier messages that an answer quotes, the
address block and disclaimer under a name, and the header block of a forwarded message. The
body of a *forwarded* message stays: there the forwarded text is the letter. In doubt text is
kept; the whole text stays available beside it.

Not covered: layers in other languages than Dutch and English, answers written between the
lines of an unquoted original.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pipeline.intake.dutch_dates import find_dates
from pipeline.values import Address, ForwardedOrigin

_MAX_NESTING = 8
_BLOCK_LINES = 12
_ATTRIBUTION_LINES = 3
_LOOSE_SIGNATURE_LINES = 20
_VALUE_CHARACTERS = 1_000
_CLOSING_CHARACTERS = 80

_FORWARD_MARK = re.compile(
    r"(?i)^[\s>*_-]*(?:begin\s+)?(?:(?:doorgestuurd|doorgezonden)e?\s+(?:e-?mail)?bericht"
    r"|forwarded\s+message)"
    r"(?:\s+van\s.{1,80})?[\s:*_-]*$"
)
_ORIGINAL_MARK = re.compile(
    r"(?i)^[\s>]*-{2,}\s*(?:oorspronkelijke?|originele?|original)\s+(?:bericht|e-?mail|message)\s*-{2,}\s*$"
)
_HEADER_LINE = re.compile(
    r"(?i)^[\s>*_]*(van|from|verzonden(?:\s+op)?|verstuurd|datum|sent|date|aan|to|cc|kopie|onderwerp|subject"
    r"|betreft|antwoord aan|reply-to|prioriteit|importance|bijlagen?)\s?\*?:\*?(?:\s+(.*))?$"
)
_HEADER_NAMES = {
    "van": "from", "from": "from", "verzonden": "sent", "verzonden op": "sent",
    "verstuurd": "sent", "sent": "sent",
    "datum": "date", "date": "date", "aan": "to", "to": "to",
    "onderwerp": "subject", "subject": "subject", "betreft": "subject",
}  # fmt: skip
_ATTRIBUTION = re.compile(
    r"(?is)^(?:(?:op|on)\s.{5,240}?(?:schreef|geschreven|wrote)\b.{0,120}?:"
    r"|.{3,160}?\bschreef\s+op\s.{5,80}?:)\s*$"
)
_ATTRIBUTION_START = re.compile(r"(?i)(?:op|on)\s")
_SURELY_MAIL = re.compile(r"@|\b\d{1,2}[:.]\d{2}\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_FORWARD_PREFIX = re.compile(r"(?i)^\s*(?:fwd?|doorst|doorgestuurd|doorsturen|tr|wg)\s*:")
_ANSWER_PREFIX = re.compile(r"(?i)^\s*(?:re|antw|antwoord|aw|beantw)\s*(?:\[\d+\])?\s*:")
_CLOSING = re.compile(
    r"(?i)^(?:(?:met\s+)?(?:een\s+)?(?:vriendelijke|hartelijke|collegiale|sportieve|medezeggenschappelijke)\s+groet"
    r"|met\s+(?:hoogachting|groet)|m\.?v\.?g\.?|hoogachtend|groet(?:en|jes)?\b|(?:with\s+)?(?:kind|best)\s+regards)"
)
_CONTACT = re.compile(
    r"(?i)^(?:[tmef]\s*[:.|]|tel(?:efoon)?\b|mob(?:iel)?\b|fax\b|e-?mail\s*:|www\.|https?://|postbus\s+\d|kvk\b"
    r"|bezoekadres|postadres|correspondentieadres|aanwezig\s*:|werkdagen\s*:|bereikbaar\s*:|\[cid:|volg ons"
    r"|verzonden\s+vanaf|verstuurd\s+vanaf|sent\s+from|outlook\s+voor\s+(?:ios|android)|download\s+outlook)"
    r"|(?:^|[\s|:(])(?:\+31|0031|0\d{1,3}[\s-]|06\d{8})[\d\s()-]{5,}|\b[1-9]\d{3}\s?[A-Z]{2}\b\s+\w"
    r"|^[\w.+-]+@[\w.-]+$|^<?[\w.+-]+@[\w.-]+>?\s*[|·]"
)
_DISCLAIMER = re.compile(
    r"(?i)\bdisclaimer\b|(?:uitsluitend|alleen|slechts)\s+bestemd\s+voor\s+(?:de\s+)?(?:geadresseerde|beoogde)"
    r"|niet\s+de\s+(?:beoogde|bedoelde)\s+(?:ontvanger|geadresseerde)|ten\s+onrechte\s+(?:ontvangt|ontvangen|hebt)"
    r"|abusievelijk|intended\s+(?:recipient|solely)|(?:e-?mail|message).{0,80}\bconfidential\b"
    r"|denk\s+aan\s+het\s+milieu|milieu.{0,40}\bprint|consider\s+the\s+environment|aansprakelijk.{0,120}e-?mail"
)
_ENGLISH_DATE = re.compile(
    r"(?i)\b(?:(\d{1,2})\s+)?([a-z]{3})[a-z]*\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b"
)
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ADDRESS = re.compile(r"[<\[(]?(?:mailto:)?([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)(?:<mailto:[^>]*>)?[>\])]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """A mail body taken apart.

    Attributes:
        own_text: What was written now; for a forward the note and the forwarded text.
        forwarded: Where the forwarded text comes from; None when nothing is forwarded.
    """

    own_text: str
    forwarded: ForwardedOrigin | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """The first line at which an earlier message begins.

    Attributes:
        start: Index of the first line that is no longer the sender's own.
        body: Index of the first line of the earlier message itself.
        origin: What its header block says; None under an attribution (``Op … schreef …:``).
        is_marked: True when the line says in words that it is forwarded.
    """

    start: int
    body: int
    origin: ForwardedOrigin | None
    is_marked: bool


def read_layers(text: str, subject: str, *, is_answer: bool) -> Layers:
    r"""Take a mail body apart.

    Args:
        text: The whole body with ``\n`` line ends.
        subject: Subject of the mail; ``FW:`` and ``RE:`` tell a forward from an answer.
        is_answer: True when the headers refer to an earlier mail; decides when the subject does not.

    Returns:
        The own text, without blank lines at its ends, and the origin of a forwarded mail.
    """
    return _read(text, subject, is_answer=is_answer, nesting=0)


def _read(text: str, subject: str, *, is_answer: bool, nesting: int) -> Layers:
    lines = [line.rstrip() for line in text.split("\n")]
    cut = _first_cut(lines)
    if cut is None:
        return Layers(own_text=_tidy(_without_signature(_unquoted(lines))), forwarded=None)
    above = _tidy(_without_signature(_unquoted(lines[: cut.start])))
    if (
        cut.origin is None
        or nesting >= _MAX_NESTING
        or not _is_forward(cut, subject, above, is_answer=is_answer)
    ):
        return Layers(own_text=above, forwarded=None)
    body = "\n".join(_dequoted(lines[cut.body :]))
    inner = _read(body, cut.origin.subject, is_answer=False, nesting=nesting + 1)
    own_text = "\n\n".join(part for part in (above, inner.own_text) if part)
    return Layers(own_text=own_text, forwarded=inner.forwarded or cut.origin)


def _is_forward(cut: _Cut, subject: str, above: str, *, is_answer: bool) -> bool:
    """Tell a forward from an answer: both carry the earlier message below a header block."""
    if cut.is_marked or _FORWARD_PREFIX.match(subject):
        return True
    return not (_ANSWER_PREFIX.match(subject) or is_answer) and not above


# --- where an earlier message begins -----------------------------------------------------


def _first_cut(lines: list[str]) -> _Cut | None:
    for index, line in enumerate(lines):
        cut = _cut_at(lines, index) if line else None
        if cut is not None:
            return cut
    return None


def _cut_at(lines: list[str], index: int) -> _Cut | None:
    line = lines[index]
    is_marked = _FORWARD_MARK.match(line) is not None
    if is_marked or _ORIGINAL_MARK.match(line):
        block, body = _header_block(lines, index + 1)
        return _Cut(start=index, body=body, origin=_origin(block), is_marked=is_marked)
    if _HEADER_LINE.match(line):
        block, body = _header_block(lines, index)
        if _is_mail_block(block):
            return _Cut(start=_before_rule(lines, index), body=body, origin=_origin(block), is_marked=False)
    return _attribution_at(lines, index)


def _before_rule(lines: list[str], index: int) -> int:
    """Step back over a line of underscores or dashes and the blank lines above a header block."""
    start = index
    while start > 0 and not lines[start - 1].strip(" >_-*"):
        start -= 1
    return start


def _attribution_at(lines: list[str], index: int) -> _Cut | None:
    """Find ``Op 2 nov. 2026 om 10:15 schreef Jan:``, over at most three lines, before a quotation.

    The line of a letter (``Op 3 november schreef u ons:``) has neither time nor address and is
    followed by unquoted text.
    """
    for count in range(1, _ATTRIBUTION_LINES + 1):
        text = _attribution([line.strip(" >") for line in lines[index : index + count]])
        if not text:
            continue
        body = index + count
        below = next((line for line in lines[body:] if line.strip()), "")
        if below.startswith(">") and not lines[index].startswith(">"):
            return (
                None
                if _has_own_text(lines[body:])
                else _Cut(start=index, body=body, origin=None, is_marked=False)
            )
        if _SURELY_MAIL.search(text):
            return _Cut(start=index, body=body, origin=None, is_marked=False)
    return None


def _attribution(lines: list[str]) -> str:
    """Join lines that together are an attribution; empty when they are not.

    Only the form that begins with ``Op`` may run on over lines, and never over a blank one:
    otherwise the sentence above it would be taken along.
    """
    if len(lines) > 1 and not (all(lines) and _ATTRIBUTION_START.match(lines[0])):
        return ""
    text = " ".join(lines)
    return text if _ATTRIBUTION.match(text) else ""


def _has_own_text(lines: list[str]) -> bool:
    """Tell whether the sender wrote below or between the quoted lines."""
    return any(line.strip() and not line.startswith(">") for line in lines)


def _header_block(lines: list[str], start: int) -> tuple[dict[str, str], int]:
    """Read ``Van: …`` lines; values may go on on the next line, blank lines may stand between.

    Returns:
        The values under the names of ``_HEADER_NAMES``, and the index after the block.
    """
    block: dict[str, str] = {}
    end, name = start, ""
    for index in range(start, min(start + _BLOCK_LINES, len(lines))):
        line = lines[index].strip(" >*_")
        found = _HEADER_LINE.match(lines[index])
        if found:
            name = _HEADER_NAMES.get(found[1].lower(), "other")
            block.setdefault(name, (found[2] or "").strip(" *")[:_VALUE_CHARACTERS])
            end = index + 1
        elif line and not block:
            return {}, start
        elif (
            line and end == index and name in ("from", "to", "other") and ("@" in line or line.endswith(";"))
        ):
            end = index + 1
        elif line or "subject" in block:
            break
    return block, end


def _is_mail_block(block: dict[str, str]) -> bool:
    """Tell the header of a mail from the head of a memo, which has no time and no address."""
    if "from" not in block or not ({"to", "subject"} & block.keys()):
        return False
    if "sent" in block:
        return True
    return "date" in block and ("@" in block["from"] or _CLOCK.search(block["date"]) is not None)


def _origin(block: dict[str, str]) -> ForwardedOrigin:
    return ForwardedOrigin(
        sender=_sender(block.get("from", "")),
        sent_on=day_in(block.get("sent") or block.get("date") or ""),
        subject=block.get("subject", ""),
    )


def _sender(text: str) -> Address | None:
    found = _ADDRESS.search(text)
    name = " ".join(_ADDRESS.sub(" ", text).strip(" \"';,|").split())
    if found is None and not name:
        return None
    return Address(email=found[1].lower() if found else "", name=name)


def day_in(text: str) -> date | None:
    """Read the day in the date line of a mail, Dutch or English; None when it is not certain."""
    found = find_dates(text, None)
    if found:
        slashed = "/" in found[0].raw and found[0].ambiguous
        return None if slashed else found[0].day
    english = _ENGLISH_DATE.search(text)
    if english is None or english[2].lower() not in _ENGLISH_MONTHS:
        return None
    try:
        day = int(english[1] or english[3] or 0)
        return date(int(english[4]), _ENGLISH_MONTHS.index(english[2].lower()) + 1, day)
    except ValueError:
        return None


# --- lines -------------------------------------------------------------------------------


def _unquoted(lines: list[str]) -> list[str]:
    """Leave out quoted lines and the attribution right above them."""
    kept: list[str] = []
    for index, line in enumerate(lines):
        if not line.startswith(">"):
            kept.append(line)
        elif index and not lines[index - 1].startswith(">"):
            _drop_attribution(kept)
    return kept


def _drop_attribution(kept: list[str]) -> None:
    while kept and not kept[-1].strip():
        kept.pop()
    for count in range(1, min(_ATTRIBUTION_LINES, len(kept)) + 1):
        if _attribution([line.strip() for line in kept[-count:]]):
            del kept[-count:]
            return


def _dequoted(lines: list[str]) -> list[str]:
    """Take one level of ``>`` off a forwarded body that is quoted as a whole."""
    filled = [line for line in lines if line.strip()]
    if not filled or not all(line.startswith(">") for line in filled):
        return lines
    return [line.removeprefix(">").removeprefix(" ") for line in lines]


def _without_signature(lines: list[str]) -> list[str]:
    """Take off what stands under ``-- ``, and address lines and disclaimers under a closing."""
    lines = lines[: _signature_start(lines)]
    closings = (
        index
        for index, line in enumerate(lines)
        if len(line) < _CLOSING_CHARACTERS and _CLOSING.match(line.strip())
    )
    closing = next(closings, None)
    if closing is None:
        return list(_without_disclaimers(lines))
    below = (line for line in lines[closing + 1 :] if not _CONTACT.search(line.strip()))
    return lines[: closing + 1] + list(_without_disclaimers(list(below)))


def _signature_start(lines: list[str]) -> int:
    """Find the line ``--`` that opens a signature; it may not stand above much text."""
    start, filled = len(lines), 0
    for index in reversed(range(len(lines))):
        filled += bool(lines[index].strip())
        if filled > _LOOSE_SIGNATURE_LINES:
            break
        if lines[index].strip() == "--":
            start = index
    return start


def _without_disclaimers(lines: list[str]) -> Iterator[str]:
    """Leave out each paragraph that is a disclaimer of the mail."""
    for is_blank, group in groupby(lines, key=lambda line: not line.strip()):
        paragraph = list(group)
        if is_blank or not _DISCLAIMER.search(" ".join(paragraph)):
            yield from paragraph


def _tidy(lines: list[str]) -> str:
    """Join lines; at most one blank line in a row, none at the ends."""
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n _").strip()
