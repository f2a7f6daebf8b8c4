"""Give every part of an arrival its verdict, with the reason in Dutch.

Pure. The rules stand in ``_RULES``, in the order in which they are asked; the first that answers
decides. The sum of the verdicts is the number of parts: nothing is skipped, and what is not
recognised is ``other``, which a person gets to see. An embedded mail is judged like the mail
itself, within its own parts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.intake import part_kinds as kinds
from pipeline.intake.again import ALREADY_RECEIVED, brings_no_news
from pipeline.intake.part_tree import alternative_of, containers_of, in_envelope, mail_of
from pipeline.values import Disposition, Document, Message, Part, PartVerdict, Reading

_SHORT_WORDS = 40
_NOTE_WORDS = 150
_MUCH_MORE = 2
"""A text in a winmail.dat that is this much longer than the one outside says more than that one."""


_REFERS = re.compile(
    r"(?i)\b(?:bijgaande?|bijgevoegde?|bijlagen?|hierbij|ingesloten|als\s+pdf|attached|doorgestuurd|ter\s+info(?:rmatie)?)\b"
    r"|\b(?:stuur|sturen|zend|zenden|mail|mailen)\s+(?:ik|wij|we)\s+(?:u|je|jou|jullie)\b"
    r"|\b(?:ik|wij|we)\s+(?:stuur|sturen|zend|zenden|mail|mailen)\s+(?:u|je|jou|jullie)\b"
    r"|\b(?:ontvangt|vindt|treft)\s+u\b|\b(?:ontvangen|vinden|treffen)\s+jullie\b"
)
_SALUTATION = re.compile(r"(?i)\A\W{0,3}(?:geachte?|beste|dag|hallo|hoi|l\.s\.|aan\s+(?:de|het)\b)")
_ASKS = re.compile(
    r"(?i)\b(?:(?:vraag|vragen|verzoek|verzoeken|verzoekt|vraagt)\b.{0,80}?\b(?:advies|instemming|in\s+te\s+stemmen|te\s+adviseren)"
    r"|ter\s+(?:advisering|instemming)|(?:om|uw)\s+(?:advies|instemming)\b|artikel\s+\d{1,2}\b.{0,60}\b(?:wms|wor|wmcz))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A part with what is needed to judge it.

    Attributes:
        part: The part.
        message: The mail it came in; None for a file by itself.
        tree: All parts of the arrival by number.
        siblings: The parts of the same (embedded) mail, in order.
        readings: What was read, by part number.
        is_repeat: The same bytes stand earlier in this arrival.
        known: Digests of everything that was filed before.
    """

    part: Part
    message: Message | None
    tree: Mapping[str, Part]
    siblings: Sequence[Part]
    readings: Mapping[str, Reading]
    is_repeat: bool
    known: frozenset[str]

    @property
    def is_known(self) -> bool:
        """Tell whether the same bytes were filed before."""
        return self.part.sha256 in self.known


_Answer = tuple[PartVerdict, str] | None


def judge_parts(
    message: Message | None,
    parts: tuple[Part, ...],
    readings: Mapping[str, Reading],
    known_sha256: frozenset[str],
) -> tuple[Document, ...]:
    """Judge all parts of an arrival.

    Args:
        message: The mail; None for a file that came by itself.
        parts: Its parts in reading order.
        readings: By part number, for every part of which ``part_kinds.needs_reading`` is true.
        known_sha256: Digests of everything that was filed before.

    Returns:
        One document per part, in the same order. ``facts`` are left empty. A body has the
        own text of the mail as its reading.
    """
    tree = {part.number: part for part in parts}
    mails: dict[str, list[Part]] = {}
    for part in parts:
        mails.setdefault(mail_of(part, tree), []).append(part)
    documents: list[Document] = []
    seen: set[str] = set()
    for part in parts:
        case = _Case(
            part=part,
            message=message,
            tree=tree,
            siblings=mails[mail_of(part, tree)],
            readings=readings,
            is_repeat=part.sha256 in seen,
            known=known_sha256,
        )
        seen.add(part.sha256)
        documents.append(_judge(case))
    return tuple(documents)


def _judge(case: _Case) -> Document:
    verdict, reason = next(answer for rule in _RULES if (answer := rule(case)))
    reading = _reading_of(case, verdict)
    return Document(
        part=case.part,
        verdict=verdict,
        reason=reason,
        reading=reading,
        mail=mail_of(case.part, case.tree),
        obstacle=kinds.obstacle_of(case.part, verdict, reading),
        came_before=reason == ALREADY_RECEIVED,
    )


def _reading_of(case: _Case, verdict: PartVerdict) -> Reading | None:
    if verdict in (PartVerdict.BODY_IS_LETTER, PartVerdict.COVERING_NOTE):
        return Reading(text=_body_text(case))
    if verdict in (PartVerdict.PAPER, PartVerdict.UNREADABLE):
        return case.readings.get(case.part.number)
    return None


# --- the rules, each: verdict and reason, or None when it does not apply --------------------


def _container(case: _Case) -> _Answer:
    if case.part.disposition is not Disposition.CONTAINER:
        return None
    if kinds.is_mail(case.part):
        return PartVerdict.CONTAINER, "Dit is een meegestuurde mail; de delen ervan zijn apart beoordeeld."
    return PartVerdict.CONTAINER, kinds.wrapping_label(case.part)


def _not_opened(case: _Case) -> _Answer:
    """Set aside for a person what holds other things that cannot be taken out."""
    return (PartVerdict.UNREADABLE, case.part.problem) if case.part.problem else None


def _left_over(case: _Case) -> _Answer:
    return (PartVerdict.EMPTY, kinds.LEFT_OVER) if kinds.is_left_over(case.part) else None


def _machine_mail(case: _Case) -> _Answer:
    if case.message is None:
        return None
    if case.message.machine:
        return PartVerdict.MACHINE_MAIL, f"Dit is automatische mail: {case.message.machine}."
    if mail_of(case.part, case.tree) in case.message.machine_within:
        return PartVerdict.MACHINE_MAIL, "Dit hoort bij een meegestuurd automatisch bericht."
    return None


def _empty(case: _Case) -> _Answer:
    if case.part.size_bytes == 0:
        return PartVerdict.EMPTY, "Er zit niets in."
    if not _is_body(case):
        return (PartVerdict.EMPTY, "Er staat geen tekst in.") if kinds.is_blank(case.part) else None
    if _body_text(case).strip() or (_has_papers(case) and _whole_text(case).strip()):
        return None
    return PartVerdict.EMPTY, "Er is geen eigen tekst van de afzender."


def _calendar(case: _Case) -> _Answer:
    if not kinds.is_calendar(case.part):
        return None
    return PartVerdict.CALENDAR, "Dit is een uitnodiging voor de agenda."


def _signature_picture(case: _Case) -> _Answer:
    if not kinds.is_logo(case.part):
        return None
    return PartVerdict.SIGNATURE_PICTURE, "Dit is een klein plaatje in de tekst van de mail, zoals een logo."


def _other_version(case: _Case) -> _Answer:
    """Set the second version of a text aside, and a text that the body already includes."""
    part = case.part
    alternative = alternative_of(part, case.tree)
    is_text = part.content_type in ("text/plain", "text/html", "text/enriched", "text/rtf") and not part.name
    if is_text and alternative and _chosen_of(alternative, case) != part.number:
        return PartVerdict.DUPLICATE, "Dit is dezelfde tekst in een andere opmaak."
    if is_text and not _is_body(case) and _repeats_the_body(case):
        return PartVerdict.DUPLICATE, "Dit is de tekst van de mail, die ook in het winmail.dat-bestand staat."
    if part.disposition is Disposition.BODY and _first_body(case) != part.number:
        return (
            PartVerdict.DUPLICATE,
            "Dit vervolg van de mailtekst is al opgenomen bij het eerste deel.",
        )
    return None


def _covering_note(case: _Case) -> _Answer:
    if not _is_body(case) or not _has_papers(case):
        return None
    text = _body_text(case)
    words = len(text.split())
    if _only_known_papers(case) and not brings_no_news(text):
        return None  # "hierbij nogmaals": the words are what is new
    if (_ASKS.search(text) and not _papers_ask(case)) or _has_news(text, case):
        return None
    if words <= _SHORT_WORDS:
        return PartVerdict.COVERING_NOTE, "Dit is een korte tekst bij de bijlage."
    if words <= _NOTE_WORDS and _REFERS.search(text):
        return PartVerdict.COVERING_NOTE, "Dit is een begeleidende tekst die naar de bijlage verwijst."
    return None


_NEWS = re.compile(
    r"(?i)\b(?:besloten|besluit\s+(?:is|wij|ik)|niet\s+te\s+volgen|trek(?:ken|t)?\b[^.]{0,80}\b(?:in|terug)\b"
    r"|ingetrokken|dien\w*\b[^.]{0,60}\bklacht|klacht\s+in|maken?\s+(?:mij|me|ons)\s+zorgen)"
)
_RIGHTS = {"advies": re.compile(r"(?i)\badvies|\badviser"), "instemming": re.compile(r"(?i)\binstem")}


def _has_news(text: str, case: _Case) -> bool:
    """Tell whether a covering text says what its papers do not: a decision, a complaint, another right."""
    if _NEWS.search(text):
        return True
    papers = " ".join(reading.text for reading in _read_beside(case))
    asks = _ASKS.search(text) is not None and bool(papers)
    return asks and any(right.search(text) and not right.search(papers) for right in _RIGHTS.values())


def _calendar_note(case: _Case) -> _Answer:
    """Recognise the text that a calendar invitation brings along.

    What greets its readers, asks for advice or consent, or is long, is a letter all the same.
    """
    if not _is_body(case) or not any(kinds.is_calendar(part) for part in case.siblings):
        return None
    text = _body_text(case)
    if len(text.split()) > _NOTE_WORDS or _SALUTATION.match(text) or _ASKS.search(text):
        return None
    return PartVerdict.COVERING_NOTE, "Dit is de tekst bij een uitnodiging voor de agenda."


def _duplicate(case: _Case) -> _Answer:
    if case.is_repeat:
        where = "deze mail" if case.message else "dit bestand"
        return PartVerdict.DUPLICATE, f"Hetzelfde stuk zit al eerder in {where}."
    if case.is_known and (_is_body(case) or kinds.is_document(case.part)):
        return PartVerdict.DUPLICATE, ALREADY_RECEIVED
    return None


def _body_is_letter(case: _Case) -> _Answer:
    if not _is_body(case):
        return None
    if _has_papers(case):
        return PartVerdict.BODY_IS_LETTER, "De mail is zelf een brief, met bijlagen."
    return PartVerdict.BODY_IS_LETTER, "De mail is zelf de brief."


def _paper(case: _Case) -> _Answer:
    reading = case.readings.get(case.part.number)
    if reading is None and not kinds.is_document(case.part):
        return None
    if reading is None:
        return PartVerdict.UNREADABLE, "De inhoud kon niet worden gelezen."
    if reading.problem:
        return PartVerdict.UNREADABLE, reading.problem
    return PartVerdict.PAPER, _where_it_lay(case)


def _where_it_lay(case: _Case) -> str:
    if any(kinds.is_zip(above) for above in containers_of(case.part, case.tree)):
        return "Dit is een document uit een zipbestand."
    if case.part.disposition is Disposition.INLINE:
        return "Dit is een document in de tekst van de mail."
    return "Dit is een document." if case.message is None else "Dit is een bijlage bij de mail."


def _other(case: _Case) -> _Answer:
    if case.part.is_signature:
        return PartVerdict.OTHER, "Dit is de digitale handtekening van de mail."
    return PartVerdict.OTHER, kinds.why_not_opened(case.part)


_RULES: tuple[Callable[[_Case], _Answer], ...] = (
    _container,  # has no content of its own
    _machine_mail,  # whatever a machine sends starts nothing
    _not_opened,  # nobody knows what is in it
    _left_over,
    _other_version,  # before empty: a blank plain version beside an html one
    _empty,
    _calendar,
    _signature_picture,  # before duplicate: a logo is known after the first mail
    _covering_note,  # before duplicate: "zie bijlage" is the same every time
    _calendar_note,
    _duplicate,
    _body_is_letter,
    _paper,
    _other,  # always answers
)


# --- the place of a part in its mail --------------------------------------------------------


def _repeats_the_body(case: _Case) -> bool:
    """Tell whether a text came out of a winmail.dat while the mail has its text outside of it too."""
    if not in_envelope(case.part, case.tree):
        return False
    outside = [part for part in case.siblings if not in_envelope(part, case.tree) and _is_filled_text(part)]
    reading = case.readings.get(case.part.number)
    said = sum(part.size_bytes for part in outside)
    return bool(outside) and (reading is None or len(reading.text) <= _MUCH_MORE * said)


def _is_filled_text(part: Part) -> bool:
    return _is_loose_text(part) or (part.disposition is Disposition.BODY and not kinds.is_blank(part))


def _chosen_of(alternative: str, case: _Case) -> str:
    """Give the number of the version that counts: the body, else the first text that is not blank."""
    versions = [
        part
        for part in case.siblings
        if part.content_type in ("text/plain", "text/html") and alternative_of(part, case.tree) == alternative
    ]
    bodies = [part for part in versions if part.disposition is Disposition.BODY]
    filled = [part for part in versions if not kinds.is_blank(part)]
    return next((part.number for part in (*bodies, *filled, *versions)), "")


def _first_body(case: _Case) -> str:
    return next(part.number for part in case.siblings if part.disposition is Disposition.BODY)


def _is_body(case: _Case) -> bool:
    """Tell whether a part is the text of its mail; of an embedded mail the first nameless text."""
    part = case.part
    if part.disposition is Disposition.BODY:
        return True
    is_embedded = mail_of(part, case.tree) != ""
    return is_embedded and part.number == next((p.number for p in case.siblings if _is_loose_text(p)), "")


def _is_loose_text(part: Part) -> bool:
    is_text = part.content_type in ("text/plain", "text/html") and not part.name
    return is_text and part.disposition is Disposition.INLINE and not kinds.is_blank(part)


def _is_top_body(case: _Case) -> bool:
    return case.part.disposition is Disposition.BODY


def _body_text(case: _Case) -> str:
    if _is_top_body(case) and case.message is not None:
        return case.message.own_text
    reading = case.readings.get(case.part.number)
    return reading.text if reading else ""


def _whole_text(case: _Case) -> str:
    """Give the text of a body with what it quotes and the signature."""
    is_top = _is_top_body(case) and case.message is not None
    return case.message.full_text if is_top and case.message else _body_text(case)


# --- the papers beside a body ---------------------------------------------------------------


def _has_papers(case: _Case) -> bool:
    return bool(_papers_beside(case))


def _papers_beside(case: _Case) -> tuple[Part, ...]:
    """Give the documents and mails that came along with a body."""
    return tuple(part for part in case.siblings if _comes_along(part))


def _only_known_papers(case: _Case) -> bool:
    """Tell whether a body brings nothing but papers that were filed before."""
    return all(part.sha256 in case.known for part in _papers_beside(case))


def _comes_along(part: Part) -> bool:
    if part.disposition is Disposition.CONTAINER:
        return kinds.is_mail(part)
    return bool(part.problem) or (kinds.needs_reading(part) and not _is_loose_text(part))


def _papers_ask(case: _Case) -> bool:
    """Tell whether one of the papers asks the council for something; a mail along with it may."""
    is_mail = any(part.disposition is Disposition.CONTAINER for part in _papers_beside(case))
    return is_mail or any(_ASKS.search(reading.text) for reading in _read_beside(case))


def _read_beside(case: _Case) -> list[Reading]:
    """Give what was read of the papers beside a part."""
    found = (case.readings.get(part.number) for part in _papers_beside(case))
    return [reading for reading in found if reading is not None]
