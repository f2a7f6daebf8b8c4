"""What a Dutch text says of itself: its dates, who wrote it to whom, and what about.

Pure: values in, values out. A fact that is not plainly there stays None or empty; nothing is
guessed from the file or from the day of reading. ``answer_date`` is the last day on which an
answer is in time: for ``vóór 15 december`` that is 14 December.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from pipeline.intake.dutch_dates import FoundDate, find_dates
from pipeline.intake.subject import clean_subject, is_title
from pipeline.values import Facts

_LONGEST_READ = 200_000
_MOST_DATES = 300
_MOST_NAME_WORDS = 6
_HEAD_LINES = 40
_TOP_LINES = 12
_CLOSE_LINES = 30
_TITLE_LENGTH = 140
_HEADING_LENGTH = 90
_SUBJECT_LENGTH = 200
_REACH = 160

_DATE_LABEL = re.compile(
    r"^\W{0,3}(?:datum(?:\s(?:brief|dagtekening|verzending|verzonden|vergadering|nota|stuk))?|"
    r"dagtekening|date|"
    r"factuurdatum|verzonden(?:\sop)?|verzenddatum|sent|opgesteld(?:\sop)?|d\.?\s?d\.?)\s{0,12}(?::|\t|\s|$)",
    re.IGNORECASE,
)
_NUMBER_NEAR_END = re.compile(r"\d\D{0,40}\Z")
_PLACE_LINE = re.compile(
    r"^['\u2019]?[A-Za-zÀ-ÿ][\w'\u2019 .()/-]{1,60}(?:,|\s)\s{0,2}(?:(?:d\.?\s?d\.?|de|op)\s{0,2})?$"
)
_NOT_OWN_DATE = re.compile(
    r"\b(?:uw|jullie|ons|onze|naar aanleiding|n\.a\.v|reactie|antwoord|betreft|betr|onderwerp|"
    r"inzake|aanvraag van|advies op)\b",
    re.IGNORECASE,
)
_TITLE_DATE = re.compile(
    r"\b(?:notulen|verslag|agenda|besluitenlijst|actielijst|convocatie|uitnodiging|vergadering|overleg|"
    r"adviesaanvraag|instemmingsverzoek|nieuwsbrief)\b",
    re.IGNORECASE,
)
_MEETING_TITLE = re.compile(
    r"^\W{0,3}(?:(?:concept|voorlopige?)[\s-]?)?(?:notulen|(?:vergader)?verslag|agenda|besluitenlijst|convocatie)\b",
    re.IGNORECASE,
)
_HOUR_AFTER = re.compile(r",?\s{1,3}(?:(?:om|van|vanaf|aanvang)\s)?\d{1,2}[.:]\d\d")
_ITEM = re.compile(r"^\s{0,8}(?:\d{1,2}[a-z]?[.)]|[-*\u2022])\s")
_SUBJECT_LABEL = re.compile(
    r"^\W{0,3}(?:betreft|onderwerp|betr\.?|inzake|subject|re|over)\s{0,12}:\s{0,12}(.{0,200})$",
    re.IGNORECASE,
)
_SUBJECT_CELL = re.compile(r"^\W{0,3}(?:betreft|onderwerp)(?:\t([^\t]{1,200}))?$", re.IGNORECASE)
_HEAD_CELL = re.compile(
    r"^\W{0,3}(?:aan|van|datum|kenmerk|cc|bijlagen?|behandeld door|auteur)\t", re.IGNORECASE
)
"""Rows of the head of a memo; without such a neighbour ``Onderwerp`` heads a column of a table."""
_REFERENCE = re.compile(
    r"^\W{0,3}(?P<whose>ons\s|onze\s|uw\s)?(?:kenmerk|referentie|ref\.?|briefnummer|"
    r"documentnummer|zaaknummer|registratienummer)"
    r"\s{0,3}[:.]\s{0,3}(?P<value>[A-Za-z0-9][\w./-]{0,30}(?:\s(?=[\w./-]{0,20}\d)[\w./-]{1,20})?)",
    re.IGNORECASE | re.MULTILINE,
)
_COUNCIL = (
    r"(?:(?:gemeenschappelijke|centrale|groeps|deel|bovenschoolse)[\s-]?)?"
    r"(?:medezeggenschapsraad|ondernemingsraad|personeelsvertegenwoordiging|ondersteuningsplanraad)|"
    r"(?:centrale\s)?cli[eë]ntenraad|(?:personeels|ouder|leerlingen)geleding|deelraad|"
    r"(?:g|c|p|o|l|gp|go)?-?mr(?:-[pol])?\b|(?:c|g)?or\b|opr\b|pvt\b"
)
_BODY = re.compile(
    rf"(?<![\w@.-])(?:(?:de|het|alle)\s)?(?:leden\svan\s(?:de|het)\s)?(?P<body>(?:de\s)?(?:{_COUNCIL}|"
    r"college\svan\sbestuur|raad\svan\s(?:bestuur|toezicht)|cvb|rvb|bevoegd\sgezag|directie|"
    r"bestuurder|schoolleiding|"
    r"bestuur|directeur(?:-bestuurder)?|rector|klachtencommissie|ouderraad|leerlingenraad))(?![\w@])",
    re.IGNORECASE,
)
_ADDRESS_LINE = re.compile(
    r"^\W{0,3}(?:(?i:aan)(?:\s{0,12}:|\t)|Aan\s|AAN\s|"
    r"(?i:t\.?\s?a\.?\s?v\.?|ter attentie van)(?:\s{0,12}:|\s)|"
    r"(?i:geachte?|beste|dag|hallo|hoi)\b|(?i:l\.s\.))"
)
_TO_LABEL = re.compile(r"^\W{0,3}aan(?:\s{0,12}:|\t)\s{0,12}(.{2,80})$", re.IGNORECASE)
_FROM_LABEL = re.compile(r"^\W{0,3}(?:van|afzender|from)(?:\s{0,12}:|\t)\s{0,12}(.{2,120})$", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_CLOSING = re.compile(
    r"^\W{0,3}(?:(?:met|m\.)?\s?(?:de\s)?(?:vriendelijke|hartelijke|collegiale|"
    r"beste)\sgroet(?:en)?|groet(?:en|jes)?\b|hoogachtend|mvg\b|"
    r"vriendelijke\sgroet|hartelijke\sgroet|met\sgroet)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^\W{0,3}(?:namens|mede\snamens|het\s|de\s|voorzitter|secretaris|directeur|bestuurder|"
    r"rector|college|i\.o\.|"
    r"medezeggenschapsraad|tel|t\.|e-?mail|www|bijlage|sent|verzonden|stichting|handtekening)|[@:|\d_]",
    re.IGNORECASE,
)  # fmt: skip
_NAME_START = re.compile(r"(?:(?:prof|drs|dr|ir|ing|mr|dhr|mw|mevr)\.?\s)?[A-ZÀ-Þ]")
_ANSWER = re.compile(
    r"\b(?:advies|adviseren|instemming|instemmen|re[ai]ctie|reageren|antwoord\w{0,3}|"
    r"beantwoord\w{0,2}|vernemen|horen|terugkoppel\w{0,4}|"
    r"standpunt|zienswijze|opmerkingen|inbreng|laten\sweten|(?:uw|jullie)\s(?:\w{1,20}\s)?(?:besluit|beslissing)|"
    r"laat\s(?:u|je|het)\b|besluit\svan\sde\s(?:g?mr|raad|or)|bericht)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:graag|verzoek\w{0,3}|vragen|vraagt|vraag|gaarne|wilt|willen|zien|ontvangen|"
    r"vernemen|stellen\swij|s\.?v\.?p|"
    r"gewenste?|gevraagde?|uiterste|termijn|deadline|kunt|kunnen|hopen|verwachten)\b",
    re.IGNORECASE,
)
_ANSWER_LABEL = re.compile(
    r"(?:(?:gewenste|uiterste|gevraagde)?\s?(?:reactie|advies|antwoord|instemmings)(?:datum|termijn)|"
    r"(?:reactie|advies|antwoord|instemming)\s(?:gevraagd|gewenst|graag|"
    r"s\.?v\.?p\.?)[\w\s]{0,20}|deadline(?:\s\w{2,20})?|reageren|advies|reactie)"
    r"\s{0,3}:?\s{0,3}(?:(?:uiterlijk|vóór|voor|tot|op|t/m)\s{1,3}){0,2}\Z",
    re.IGNORECASE,
)
_NOT_ANSWER = re.compile(
    r"\b(?:ingang|ingaan|invoer\w{0,4}|start\w{0,2}|aanmeld\w{0,3}|opgeven|opgave|"
    r"inschrijv\w{0,3}|betal\w{0,3}|uitvoer\w{0,4})\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(r"\b(?:u|uw|jullie|wij|we|ons|ik|je|graag|gaarne|reageren|s\.?v\.?p)\b", re.IGNORECASE)
"""Minutes and reports speak of days in the third person; a request speaks to its reader."""
_NUMBERS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_WITHIN = re.compile(
    rf"\bbinnen\s(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS[1:])})\s(?P<unit>weken|week|dagen)\sna\s"
    r"(?:vandaag|heden|dagtekening|verzending|de\sdatum|datum)\b",
    re.IGNORECASE,
)
_DECISION_BEFORE = re.compile(
    r"\b(?:besluit(?:en|vorming)?|besloten|vastgesteld|vaststelling)\b[^.;:]{0,60}?"
    r"(?:\bop|\bd\.?\s?d\.?|\bdd|\bvan|:|\bdatum)\s{1,3}\Z",
    re.IGNORECASE,
)
_DECISION_LABEL = re.compile(
    r"\b(?:besluitdatum|datum\sbesluit|(?:definitief\s)?besluit|besluitvorming|"
    r"vaststelling)\s{0,3}:?\s{0,3}\Z",
    re.IGNORECASE,
)
_ON_DAY = re.compile(
    r"(?:\bop|\bin\s(?:de|zijn|haar)\s(?:\w{1,30}\s){0,3}vergadering\svan|\bd\.?\s?d\.?|"
    r"\bvergadering\svan)\s{1,3}\Z",
    re.IGNORECASE,
)
_DECISION_AFTER = re.compile(
    r"\A[^.;\n]{0,90}?\b(?:besloten|besloot|besluit\s(?:te\s)?(?:nemen|genomen)|besluit\b|"
    r"te\sbesluiten|vast\s?(?:ge|te\s)?stel\w{0,3})\b",
    re.IGNORECASE,
)
_OTHER_PAPER = re.compile(
    r"\b(?:advies|adviesaanvraag|brief|verzoek|mail|instemmingsverzoek|gesprek|ingang|"
    r"aanvraag)\s(?:van|d\.?\s?d\.?|dd\.?)\s{1,3}\Z",
    re.IGNORECASE,
)


def find_facts(text: str, reference: date | None, sender_hint: str, subject_hint: str) -> Facts:
    """Read what a text says of itself.

    Args:
        text: Plain text of a letter, mail or paper; any length, the first 200,000 characters count.
        reference: Day of the mail or file; days without a year count from the text's own date,
            else from this one.
        sender_hint: Address of the sender when the way of arrival tells it, else empty.
        subject_hint: Subject of the mail, else empty.

    Returns:
        The facts; None and empty mean "not found".
    """
    text = unicodedata.normalize("NFC", text[:_LONGEST_READ])
    lines = text.split("\n")
    document_date = _document_date(lines, reference)
    dates = find_dates(text, document_date or reference)[:_MOST_DATES]
    return Facts(
        document_date=document_date,
        answer_date=_answer_date(text, dates) or _answer_in_weeks(text, document_date or reference),
        decision_date=_decision_date(text, dates),
        sender=sender_hint.strip().lower() or _sender(lines),
        signed=_signed(lines),
        addressee=_addressee(lines[:_HEAD_LINES]),
        subject=_subject(lines, subject_hint),
        reference=_reference("\n".join(lines[:_HEAD_LINES])),
    )


# --- dates -----------------------------------------------------------------------------


def _document_date(lines: list[str], reference: date | None) -> date | None:
    head = lines[:_HEAD_LINES]
    for found in (
        _labelled_dates(head, reference),
        _place_dates(head, reference),
        _meeting_dates(head[:_TOP_LINES], reference),
        _title_dates(head[:_TOP_LINES], reference),
        _place_dates(lines[-_CLOSE_LINES:], reference),
    ):
        day = next(iter(found), None)
        if day is not None:
            return day
    return None


def _labelled_dates(lines: list[str], reference: date | None) -> Iterable[date]:
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        label = _DATE_LABEL.match(line)
        if label is None:
            continue
        for candidate in (line[label.start() :][:_TITLE_LENGTH], following[:_TITLE_LENGTH]):
            yield from (found.day for found in find_dates(candidate, reference))


def _place_dates(lines: list[str], reference: date | None) -> Iterable[date]:
    """Find lines that are a date only, or a place and a date (``Almere, 3 november 2026``)."""
    for line in lines:
        short = line.strip()
        may_be = len(short) <= _TITLE_LENGTH and _NUMBER_NEAR_END.search(short.rstrip(" .,"))
        dates = find_dates(short, reference) if may_be else ()
        if len(dates) != 1 or short[dates[0].end :].strip(" .,") or dates[0].limit:
            continue
        before = short[: dates[0].start]
        is_place = (
            "," in before
            or before.endswith(("   ", "\t"))
            or before.strip().lower().endswith("d.d.")
            or len(before.split()) == 1
        )
        if not before.strip() or (
            is_place and _PLACE_LINE.match(before) and not _NOT_OWN_DATE.search(before)
        ):
            yield dates[0].day


def _meeting_dates(lines: list[str], reference: date | None) -> Iterable[date]:
    """Find the day and hour below the title of minutes (``Dinsdag 3 november 2026, 19.30 uur``)."""
    titled = False
    for line in lines:
        dates = find_dates(line, reference) if titled and len(line) <= _TITLE_LENGTH else ()
        if dates and not line[: dates[0].start].strip() and _HOUR_AFTER.match(line, dates[0].end):
            yield dates[0].day
        titled = titled or _MEETING_TITLE.match(line) is not None


def _title_dates(lines: list[str], reference: date | None) -> Iterable[date]:
    """Find a date in a title (``Notulen MR d.d. 3 november 2026``), not in a line on another paper.

    An item of an agenda (``2. Notulen van 15 september``) is no title.
    """
    for line in lines:
        if len(line) > _TITLE_LENGTH or _NOT_OWN_DATE.search(line) or line.rstrip().endswith((".", "?", "!")):
            continue
        if _ITEM.match(line):
            continue
        if _TITLE_DATE.search(line) or re.match(r"\W{0,3}d\.?\s?d\.?\s", line, re.IGNORECASE):
            yield from (found.day for found in find_dates(line, reference) if not found.limit)


def _answer_date(text: str, dates: tuple[FoundDate, ...]) -> date | None:
    scored = [(_answer_score(text, found), -found.start, found.last_day) for found in dates]
    best = max((row for row in scored if row[0] > 0), default=None)
    return best[2] if best else None


def _answer_in_weeks(text: str, written: date | None) -> date | None:
    """Count ``binnen zes weken na dagtekening`` from the day of the letter or mail."""
    match = _WITHIN.search(text)
    if (
        match is None
        or written is None
        or not _ANSWER.search(text[max(0, match.start() - _REACH) : match.start()])
    ):
        return None
    number = int(match["number"]) if match["number"].isdigit() else _NUMBERS.index(match["number"].lower())
    return written + timedelta(days=number * (7 if match["unit"].lower().startswith("we") else 1))


def _answer_score(text: str, found: FoundDate) -> int:
    """Say how plainly a day is the one by which an answer is wanted; 0 = it is not."""
    before, after = _around(text, found)
    is_label = found.limit or ":" in before[-40:] or "datum" in before[-40:].lower()
    if is_label and _ANSWER_LABEL.search(before):
        return 4
    sentence = f"{before} {after}"
    if not _ANSWER.search(sentence) or _OTHER_PAPER.search(before):
        return 0
    asks = bool(_ASKING.search(sentence))
    if not _DIRECT.search(sentence):
        return 0
    if found.limit:
        return 0 if _NOT_ANSWER.search(sentence) and not asks else 2 + asks
    return int(
        asks and bool(re.search(r"\bop\s{1,3}\Z", before, re.IGNORECASE)) and _is_about_receiving(sentence)
    )


def _is_about_receiving(sentence: str) -> bool:
    words = r"\b(?:uw|jullie|het)\s(?:\w{1,20}\s)?(?:advies|instemming|reactie|antwoord)\b"
    return bool(
        re.search(words, sentence, re.IGNORECASE) and re.search(r"\b(?:ontvangen|vernemen)\b", sentence)
    )


def _decision_date(text: str, dates: tuple[FoundDate, ...]) -> date | None:
    scored = [(_decision_score(text, found), -found.start, found.day) for found in dates]
    best = max((row for row in scored if row[0] > 0), default=None)
    return best[2] if best else None


def _decision_score(text: str, found: FoundDate) -> int:
    before, after = _around(text, found)
    if _OTHER_PAPER.search(before) or re.search(
        r"\b(?:ingang van|per|vanaf|sinds)\s{1,3}\Z", before, re.IGNORECASE
    ):
        return 0
    if _DECISION_LABEL.search(before):
        return 4
    if not (_DECISION_BEFORE.search(before) or (_ON_DAY.search(before) and _DECISION_AFTER.match(after))):
        return 0
    return 1 if "voorgenomen" in f"{before} {after}".lower() else 2


def _around(text: str, found: FoundDate) -> tuple[str, str]:
    """Give what stands before and after a day within its sentence, one line each."""
    before = text[max(0, found.start - _REACH) : found.start]
    after = text[found.end : found.end + _REACH]
    before = re.split(r"[!?]\s|\n\s{0,3}\n|(?<=[a-z)]{3})\.\s(?=\S)", before)[-1]
    after = re.split(r"[!?]\s|\n\s{0,3}\n|\.\s(?=[A-Z])|\.\n|\.\Z", after, maxsplit=1)[0]
    return " ".join(before.split()) + " " * before[-1:].isspace(), " ".join(after.split())


# --- people and subject ----------------------------------------------------------------


def _addressee(head: list[str]) -> str:
    named = [line for line in head if len(line) <= _TITLE_LENGTH and _ADDRESS_LINE.match(line)]
    for line in named:
        if body := _BODY.search(line):
            return body["body"].strip()
    labelled = (match[1].strip() for line in named if (match := _TO_LABEL.match(line)))
    return next(labelled, "")


def _sender(lines: list[str]) -> str:
    for line in lines[:_TOP_LINES]:
        if named := _FROM_LABEL.match(line):
            email = _EMAIL.search(named[1])
            return email[0].lower() if email else named[1].strip()
    return _signed(lines)


def _signed(lines: list[str]) -> str:
    for index, line in enumerate(lines):
        if _CLOSING.match(line) and (name := _name_under(lines[index + 1 : index + 12])):
            return name
    return ""


def _name_under(lines: list[str]) -> str:
    for raw in lines:
        line = raw.strip().strip(",")
        words = line.split()
        if line and len(words) <= _MOST_NAME_WORDS and _NAME_START.match(line) and not _NO_NAME.search(line):
            return line
    return ""


def _subject(lines: list[str], hint: str) -> str:
    for index in range(min(_HEAD_LINES, len(lines))):
        if value := _named_subject(lines, index):
            return clean_subject(value[:_SUBJECT_LENGTH])
    if hint.strip():
        return clean_subject(hint)
    titles = (line.strip() for line in lines[:_TOP_LINES] if 0 < len(line.strip()) <= _HEADING_LENGTH)
    return next((clean_subject(line) for line in titles if is_title(line)), "")


def _named_subject(lines: list[str], index: int) -> str:
    """Give the subject that a line names, or that stands below the line; empty when it does not."""
    line = lines[index].rstrip()
    below = next((more.strip() for more in lines[index + 1 : index + 3] if more.strip()), "")
    below = "" if "\t" in below else below
    if label := _SUBJECT_LABEL.match(line):
        return label[1].partition("\t")[0].strip() or below
    cell = _SUBJECT_CELL.match(line)
    if cell is None or not cell[1]:
        return below if cell else ""
    around = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    return cell[1].strip() if any(_HEAD_CELL.match(row) for row in around) else ""


def _reference(head: str) -> str:
    found = [match for match in _REFERENCE.finditer(head) if (match["whose"] or "").strip().lower() != "uw"]
    return found[0]["value"].rstrip(".") if found else ""
