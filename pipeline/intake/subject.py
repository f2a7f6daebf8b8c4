"""What a subject line is about, without reply marks and without the name of the kind. Pure."""

import re

_MOST_CONNECTORS = 6
_FEWEST_LETTERS = 3
_PREFIX = re.compile(
    r"^\s{0,5}(?:(?:re|fw|fwd|antw|antwoord|doorst|doorgestuurd|tr|aw|wg|betreft|betr|"
    r"onderwerp|herinnering|bijlage)\s?:"
    r"|\[[^\]]{1,40}\])\s{0,5}",
    re.IGNORECASE,
)
_KIND_WORD = re.compile(
    r"^(?:concept[- ]?)?(?:formele\s|aanvullende\s)?(?:advies[- ]?aanvra(?:ag|ge)|"
    r"adviesverzoek|instemmings(?:verzoek|aanvraag|vraag)|"
    r"(?:verzoek|aanvraag)\s(?:om|tot|voor)\s(?:advies|instemming|informatie|overleg)|"
    r"aanvraag\s(?:advies|instemming)|"
    r"ter\s(?:instemming|advisering|advies|informatie|kennisneming|kennisname|kennisgeving|"
    r"bespreking)|t\.k\.n\.|"
    r"reactie\sop\s(?:uw|het|jullie)\s(?:positie(?:f|ve)\s|negatie(?:f|ve)\s)?(?:initiatief(?:voorstel)?|voorstel|ongevraagd\sadvies|advies)|"
    r"initiatiefvoorstel|ongevraagd\sadvies|"
    r"(?:definitief\s)?besluit(?:\sna\s(?:advies|instemming))?|instemmingsbesluit|"
    r"(?:positief\s|negatief\s)?advies|instemming|"
    r"factuur|uitnodiging|agenda|notulen|verslag|klacht|nieuwsbrief|brief(?=\s(?:over|inzake)\s))(?!\w)"
    r"(?:\s(?:aan\s(?:de\s)?)?(?:c|g|p|o|l)?-?(?:mr|or)(?!\w))?",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(
    r"^[\s:,\u2013\u2014-]{0,5}(?:(?:(?:naar\saanleiding\svan|n\.a\.v\.|in\sreactie\sop|op)\s(?:uw|jullie|het)\s"
    r"(?:positie(?:f|ve)\s|negatie(?:f|ve)\s)?(?:advies|instemming|instemmingsbesluit)|"
    r"over|inzake|m\.b\.t\.|mbt|met\sbetrekking\stot|"
    r"betreffende|aangaande|omtrent|met|voor|van|op|tot|"
    r"ingevolge\sartikel\s[\w\s,]{1,40}?\s(?:wor|wms)|(?:het\s)?voorgenomen\sbesluit|het|"
    r"de)(?![\w-])[\s:]{0,3})?",
    re.IGNORECASE,
)  # fmt: skip


_TRAILER = re.compile(
    r"[\s,(\u2013\u2014-]{1,5}ter\s(?:instemming|advisering|advies|informatie|kennisneming|kennisname|kennisgeving)\)?$",
    re.IGNORECASE,
)


def clean_subject(raw: str) -> str:
    """Take reply marks and the name of the kind off a subject.

    ``RE: Adviesaanvraag vakantierooster 2027-2028`` becomes ``Vakantierooster 2027-2028``.
    A subject that is nothing but the name of a kind, or that and a number, is kept.
    """
    subject = " ".join(raw.split())
    while match := _PREFIX.match(subject):
        subject = subject[match.end() :]
    rest = subject
    if kind_word := _KIND_WORD.match(subject):
        rest = rest[kind_word.end() :]
        for _ in range(_MOST_CONNECTORS):
            rest = _CONNECTOR.sub("", rest, count=1)
    rest = _TRAILER.sub("", rest).strip(" .:-\u2013\u2014")
    if sum(character.isalpha() for character in rest) < _FEWEST_LETTERS:
        rest = subject.strip()
    return rest[:1].upper() + rest[1:]


def starts_with_kind(line: str) -> bool:
    """Tell whether a line begins with the name of a kind, as a title does."""
    return _KIND_WORD.match(line) is not None


def is_title(line: str) -> bool:
    """Tell whether a line names a kind as a title does; ``Ter informatie gezonden aan …`` does not."""
    return starts_with_kind(line) and not line.endswith((".", ",")) and not _SENT_TO.search(line)


_SENT_TO = re.compile(r"(?:ge|ver|toege)zonden\s(?:aan|naar)", re.IGNORECASE)
