"""Names: safe on Windows and in Explorer, readable, short enough, never taken from outside as a path.

Pure. A name is NFC, one line, without characters Windows refuses, without trailing dots or
spaces, and at most the given number of characters (and 200 bytes, so that an ending fits behind it);
too long is shortened in the middle, with the full name in the side-car.
"""

import re
import unicodedata
from datetime import date

PATH_LIMIT = 150
"""Characters of a path inside the werkmap."""
FOLDER_LIMIT = 60
FILE_LIMIT = 80
_BYTES_LIMIT = 200
_GAP = " … "
_SHORTEST_TITLE = 15
_NEAR = 14
"""Characters within which a cut looks for the edge of a word."""
_UNIT = re.compile(
    r"\d{1,2} (?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?: \d{4})?"
    r"|\d+(?:[-./:,]\d+)*",
    re.IGNORECASE,
)
"""What a cut leaves whole: a date, a number."""
_SIDE_CAR = len(" - tekst.txt")
"""Longest of what is put behind the name of a paper for what lies beside it."""
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+'
)
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|(com|lpt)[\d¹²³])\s*(\.|$)")
_MEANINGLESS = re.compile(
    r"(?i)^(scan|img|image|foto|document|doc|bijlage|attachment|file|bestand|kopie van|copy of|naamloos|"
    r"untitled|whatsapp image|dsc|pxl|concept|nieuw microsoft word-document)?[\s_\-.()\d]*$"
)


def safe(text: str, limit: int) -> str:
    """Make a name of outside text.

    Args:
        text: Any text.
        limit: Greatest number of characters, at least 12.

    Returns:
        A name that may stand in a path; ``zonder naam`` when nothing is left.
    """
    plain = unicodedata.normalize("NFC", text)
    plain = re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", plain)).strip(" .")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return shorten(plain, limit) or "zonder naam"


def shorten(text: str, limit: int) -> str:
    """Shorten a text in the middle; both ends stay readable: no date or number is cut, seldom a word."""
    shorter, keep = text, min(limit, len(text)) + 1
    while len(shorter) > limit or len(shorter.encode()) > _BYTES_LIMIT:
        keep -= 1
        head, end = _ends(text, keep - len(_GAP))
        shorter = f"{head}{_GAP}{end}".strip(" .")
    return shorter


def _ends(text: str, room: int) -> tuple[str, str]:
    """Cut a beginning and an end from a text, together at most ``room`` characters."""
    units = [found.span() for found in _UNIT.finditer(text)]
    least, first_word = room - room * 2 // 3, len(text.partition(" ")[0])
    most = max(least, min(room * 2 // 3, room - first_word))
    end = text[_end_from(text, len(text) - least, len(text) - most, units) :].lstrip()
    head = text[: _head_to(text, room - len(end), units)].rstrip(" ,.-")
    return (head, end) if head or end else (text[:room].rstrip(), "")


def _head_to(text: str, at: int, units: list[tuple[int, int]]) -> int:
    """Find where a beginning ends: before what must stay whole, after a whole word when one ends near."""
    at = next((first for first, last in units if first < at < last), at)
    if _in_word(text, at):
        space = text.rfind(" ", max(1, at - _NEAR), at)
        return space if space > 0 else at
    return at


def _end_from(text: str, at: int, earliest: int, units: list[tuple[int, int]]) -> int:
    """Find where an end begins: with all of the date, number or word that stands there, or else after it."""
    for first, last in units:
        if first < at < last:
            return first if first >= earliest else last
    if not _in_word(text, at):
        return at
    first, after = text.rfind(" ", 0, at) + 1, text.find(" ", at, at + _NEAR)
    return first if first >= earliest else max(after, at)


def _in_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()


def extension(name: str) -> str:
    """Give the extension of a file name, with its dot, lower case; empty when it has none."""
    found = re.search(r"\.([A-Za-z0-9]{1,8})$", name.strip())
    return f".{found[1].lower()}" if found else ""


_OPENXML, _OPENDOCUMENT = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
)
_ENDINGS = {
    "application/pdf": ".pdf",
    f"{_OPENXML}wordprocessingml.document": ".docx",
    f"{_OPENXML}spreadsheetml.sheet": ".xlsx",
    f"{_OPENXML}presentationml.presentation": ".pptx",
    f"{_OPENDOCUMENT}text": ".odt",
    f"{_OPENDOCUMENT}spreadsheet": ".ods",
    f"{_OPENDOCUMENT}presentation": ".odp",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/zip": ".zip",
    "application/vnd.ms-outlook": ".msg",
    "message/rfc822": ".eml",
}
"""What Windows opens a file by, for each type that is recognised by its content."""
_NO_ENDING = re.compile(r"\.\d+")


def with_ending(name: str, content_type: str) -> str:
    """Give a file name the extension of what it is, when it has none: ``Brief d.d. 16.11`` has none.

    Args:
        name: As given.
        content_type: What it is; for an unknown type the name stays as it is.
    """
    own, found = extension(name), _ENDINGS.get(content_type, "")
    is_none = not own or _NO_ENDING.fullmatch(own) is not None
    return f"{name}{found}" if name and is_none else name


def safe_file(name: str, limit: int = FILE_LIMIT) -> str:
    """Make a file name of an outside file name; the extension stays."""
    ending = extension(name)
    stem = name.strip()[: len(name.strip()) - len(ending)] if ending else name
    return safe(stem, limit - len(ending)) + ending


def title_of_file(name: str) -> str:
    """Make a title of a file name; empty when the name says nothing (``Scan_0012``)."""
    stem = name[: len(name) - len(extension(name))] if extension(name) else name
    words = re.sub(r"(?i)^ontvangen \d{4}-\d\d-\d\d\s*", "", stem.replace("_", " "))
    words = re.sub(
        r"(?i)(?:^|[\s(-]+)(def(initief)?|(?-i:v)\d+(\.\d+)?|versie \d+(\.\d+)?|final)\)?\s*$", "", words
    ).strip(" -_.")
    return "" if _MEANINGLESS.match(words) else words[:1].upper() + words[1:]


def title_for(subject: str, own_title: str, file_name: str, fallback: str) -> str:
    """Choose the readable title of a paper.

    Args:
        subject: What the paper says it is about.
        own_title: The document's own title.
        file_name: Its original file name.
        fallback: Used when all of these say nothing.
    """
    for candidate in (subject, own_title, title_of_file(file_name)):
        line = " ".join(candidate.split())
        if line and title_of_file(line):
            return shorten(line, 120)
    return fallback


def school_year(day: date) -> str:
    """Name the school year of a day: ``2026-2027``, from 1 August."""
    first = day.year if day.month >= 8 else day.year - 1  # noqa: PLR2004  # August
    return f"{first}-{first + 1}"


def dossier_folder(number: str, title: str) -> str:
    """Name the folder of a dossier."""
    return f"{number} {safe(title, FOLDER_LIMIT - len(number) - 1)}"


def paper_path(folder: str, kenmerk: str, title: str, *, day: date | None, ending: str) -> str:
    """Give the place of a paper inside ``Archief/``.

    Args:
        folder: Folder of the dossier inside ``Archief/``: year folder and name.
        kenmerk: Number of the paper.
        title: Its title.
        day: Date of the document, if known.
        ending: Extension with its dot, or empty.
    """
    tail = f" {day.isoformat()}" if day and day.isoformat() not in title else ""
    room = min(FILE_LIMIT, PATH_LIMIT - _SIDE_CAR - len("Archief/") - len(folder) - 1)
    stem = safe(title, max(12, room - len(kenmerk) - 1 - len(tail) - len(ending)))
    return f"{folder}/{kenmerk} {stem}{tail}{ending}"


def free_name(name: str, taken: frozenset[str]) -> str:
    """Find a name that is not taken, ignoring case: ``Brief (2).pdf``."""
    used = {other.casefold() for other in taken}
    ending = extension(name)
    stem = name[: len(name) - len(ending)] if ending else name
    number = 2
    while name.casefold() in used:
        name = f"{stem} ({number}){ending}"
        number += 1
    return name


def short_paper_name(name: str, kenmerk: str, place: str) -> str:
    """Name the copy of a filed paper so that its path keeps to the limit; its kenmerk always stays.

    Args:
        name: Name in the archive.
        kenmerk: Number of the paper, with which that name begins.
        place: Folder of the copy, inside the werkmap.
    """
    room = PATH_LIMIT - len(place) - 1
    if len(name) <= room:
        return name
    ending = extension(name)
    left = room - len(kenmerk) - 1 - len(ending)
    title = name[len(kenmerk) + 1 : len(name) - len(ending)]
    return f"{kenmerk} {shorten(title, left)}{ending}" if left >= _SHORTEST_TITLE else f"{kenmerk}{ending}"
