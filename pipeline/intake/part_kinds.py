"""Tell what a part can be by its declared type, its name, its place and its size.

Pure. The content is not looked at: what a file really is, is found when it is read.
"""

import re

from pipeline.values import Disposition, Part

_PICTURE_BYTES = 60_000
_TINY_PICTURE_BYTES = 10_000
_BLANK_TEXT_BYTES = 4

_DOCUMENT_TYPES = (
    "application/pdf",
    "application/msword",
    "application/rtf",
    "text/rtf",
    "text/plain",
    "text/html",
    "text/csv",
    "text/markdown",
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-word",
    "image/",
)
_DOCUMENT_NAMES = re.compile(
    r"(?i)\.(?:pdf|docx?|docm|dotx|rtf|odt|ods|odp|xlsx?|xlsm|pptx?|txt|md|csv|html?|jpe?g|png|gif|bmp|webp|tiff?|heic|heif)$"
)
_PICTURE_NAMES = re.compile(r"(?i)\.(?:jpe?g|png|gif|bmp|webp|tiff?|heic|heif)$")
_UNKNOWN_TYPES = (
    "application/octet-stream",
    "application/x-unknown",
    "application/download",
    "binary/octet-stream",
)
_ALWAYS_OTHER = re.compile(r"(?i)\.(?:exe|scr|bat|cmd|com|js|vbs|ps1|msi|jar|lnk|zip|7z|rar|iso)$")
_CALENDAR_TYPES = ("text/calendar", "application/ics")
_LOGO_NAME = re.compile(r"(?i)^(?:image\d{3,}|logo|outlook-).*\.(?:png|gif|jpe?g)$")


def is_document(part: Part) -> bool:
    """Tell whether a part can be a paper; an unknown type is judged by its name."""
    if part.content_type in _CALENDAR_TYPES or _ALWAYS_OTHER.search(part.name):
        return False
    if part.content_type.startswith(_DOCUMENT_TYPES):
        return True
    is_unknown = part.content_type in _UNKNOWN_TYPES or not re.match(r"[a-z]+/", part.content_type)
    return (is_unknown or part.content_type.startswith("application/")) and bool(
        _DOCUMENT_NAMES.search(part.name)
    )


def is_calendar(part: Part) -> bool:
    """Tell whether a part is an invitation or answer of a calendar."""
    return part.content_type in _CALENDAR_TYPES or part.name.lower().endswith(".ics")


def is_picture(part: Part) -> bool:
    """Tell whether a part is an image; an unknown type is judged by its name."""
    is_unknown = part.content_type in _UNKNOWN_TYPES
    return part.content_type.startswith("image/") or (is_unknown and bool(_PICTURE_NAMES.search(part.name)))


def is_logo(part: Part) -> bool:
    """Recognise a picture that belongs to the layout: shown in the text, and small.

    Never by its size alone: a small picture that was attached may be a photographed letter.
    """
    if part.disposition is not Disposition.INLINE or not is_picture(part) or part.size_bytes > _PICTURE_BYTES:
        return False
    return bool(part.content_id or _LOGO_NAME.match(part.name)) or part.size_bytes <= _TINY_PICTURE_BYTES


def is_blank(part: Part) -> bool:
    """Tell whether a part holds nothing, or no more text than a line end."""
    return part.size_bytes == 0 or (
        part.content_type.startswith("text/") and part.size_bytes <= _BLANK_TEXT_BYTES and not part.name
    )
