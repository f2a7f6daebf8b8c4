"""Tell what a part can be by its declared type, its name, its place and its size.

Pure. The content is not looked at: what a file really is, is found when it is read.
"""

import re

from pipeline.values import Disposition, Obstacle, Part, PartVerdict, Reading

LEFT_OVER = "Dit is een hulpbestand dat de computer van de afzender zelf maakt; er staat geen stuk in."

_PICTURE_BYTES = 60_000
"""A logo is smaller than this; of a picture that is bigger, no sign makes a logo."""
_DOT_BYTES = 200
"""No letter can be seen in so few bytes: a dot that tells the sender that the mail was opened."""
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
_PROGRAM_NAMES = re.compile(
    r"(?i)\.(?:bat|cmd|com|cpl|exe|hta|jar|jse?|lnk|msi|ps1|reg|scr|vb[es]?|ws[fh])\s*$"
)
"""What Windows runs when it is double-clicked, whatever its content is declared to be."""
_PROGRAM_TYPES = (
    "application/x-executable",
    "application/x-msdownload",
    "application/x-msdos-program",
    "application/x-dosexec",
    "application/vnd.microsoft.portable-executable",
    "application/java-archive",
)
_PACKED_NAMES = re.compile(r"(?i)\.(?:7z|rar|iso)$")
_CALENDAR_TYPES = ("text/calendar", "application/ics")
_PHOTO_NAME = re.compile(
    r"(?i)(?:\b|_)(?:img[-_ ]?\d{3,}|pxl_\d|dsc[nf_]?\d|foto|photo|scan|brief|whatsapp image)"
)
"""Names that cameras, scanners and people give to pictures of paper."""
_LEFT_OVERS = re.compile(r"(?i)^(?:thumbs\.db|\.ds_store|desktop\.ini)$")
_LEFT_OVER_TYPES = ("application/applefile",)
_LEFT_OVER_BYTES = 5 * 1024**2
_MAIL_TYPES = ("message/rfc822", "message/global", "message/news")
_WRAPPINGS = {
    "application/zip": "Dit is een zipbestand; wat erin zit, is apart beoordeeld.",
    "application/ms-tnef": "Dit is een winmail.dat-bestand; wat erin zit, is apart beoordeeld.",
    "application/pkcs7-mime": "Dit is het omhulsel van een ondertekende mail; de inhoud is apart beoordeeld.",
}
_SEND_LOOSE = (
    "Het is bewaard, maar wordt niet geopend. Vraag de afzender om de stukken als losse bijlagen te sturen."
)
_ONE_OF_MORE = (
    "Dit is één deel van een mail die in delen is verstuurd. "
    "Vraag de afzender om de mail in zijn geheel te sturen."
)
_ELSEWHERE = (
    "Dit is alleen een verwijzing naar een bestand dat ergens anders staat. "
    "Vraag de afzender om het bestand zelf te sturen."
)
_CLOSED = (
    ("application/x-7z-compressed", f"Dit is een ingepakt bestand (7z). {_SEND_LOOSE}"),
    ("application/vnd.rar", f"Dit is een ingepakt bestand (rar). {_SEND_LOOSE}"),
    ("application/x-rar-compressed", f"Dit is een ingepakt bestand (rar). {_SEND_LOOSE}"),
    ("application/x-tar", f"Dit is een ingepakt bestand (tar). {_SEND_LOOSE}"),
    ("application/gzip", f"Dit is een ingepakt bestand (gz). {_SEND_LOOSE}"),
    ("application/x-gzip", f"Dit is een ingepakt bestand (gz). {_SEND_LOOSE}"),
    ("application/x-archive", f"Dit is een ingepakt bestand. {_SEND_LOOSE}"),
    ("audio/", "Dit is een geluidsbestand. Het is bewaard; beluister het zelf."),
    ("video/", "Dit is een video. Die is bewaard; bekijk die zelf."),
    ("application/x-database", "Dit is een databasebestand. Het is bewaard; vraag de afzender wat het is."),
    ("font/", "Dit is een lettertype; er staat geen tekst in. Het is bewaard."),
    ("message/partial", _ONE_OF_MORE),
    ("message/external-body", _ELSEWHERE),
)
_PROGRAM = "Dit is een programma. Het is bewaard, maar wordt niet geopend."
_PACKED = f"Dit is een ingepakt bestand. {_SEND_LOOSE}"
_UNKNOWN = "Dit is een onbekend soort bestand. Het is bewaard; vraag de afzender wat het is."
_OBSTACLES = (
    ("audio/", Obstacle.RECORDING),
    ("video/", Obstacle.RECORDING),
    ("message/", Obstacle.ELSEWHERE),
    ("application/x-database", Obstacle.UNKNOWN),
    ("font/", Obstacle.UNKNOWN),
)
_ENCRYPTED_MAIL = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_BOXES = (
    "application/zip",
    "application/x-zip",
    "application/ms-tnef",
    "application/vnd.ms-tnef",
    "application/x-tnef",
)
_CLOSED_TYPES = tuple(start for start, _ in _CLOSED)
_LOGO_NAME = re.compile(r"(?i)^(?:image\d{3,}|logo|outlook-).*\.(?:png|gif|jpe?g)$")


def is_document(part: Part) -> bool:
    """Tell whether a part can be a paper; an unknown type is judged by its name."""
    if part.content_type in _CALENDAR_TYPES or is_program(part) or _PACKED_NAMES.search(part.name):
        return False
    if part.content_type.startswith(_DOCUMENT_TYPES):
        return True
    is_unknown = part.content_type in _UNKNOWN_TYPES or not re.match(r"[a-z]+/", part.content_type)
    return (is_unknown or part.content_type.startswith("application/")) and bool(
        _DOCUMENT_NAMES.search(part.name)
    )


def is_program(part: Part) -> bool:
    """Recognise what would run when it is opened, by its name or by what it is."""
    return bool(_PROGRAM_NAMES.search(part.name)) or part.content_type in _PROGRAM_TYPES


def is_calendar(part: Part) -> bool:
    """Tell whether a part is an invitation or answer of a calendar."""
    return part.content_type in _CALENDAR_TYPES or part.name.lower().endswith(".ics")


def is_picture(part: Part) -> bool:
    """Tell whether a part is an image; an unknown type is judged by its name."""
    is_unknown = part.content_type in _UNKNOWN_TYPES
    return part.content_type.startswith("image/") or (is_unknown and bool(_PICTURE_NAMES.search(part.name)))


def is_logo(part: Part) -> bool:
    """Recognise a picture that belongs to the layout: small, and shown in the text by its id or its name.

    Never by its size alone: a small picture without such a sign may be a photographed letter.
    """
    if part.disposition is not Disposition.INLINE or not is_picture(part) or part.size_bytes > _PICTURE_BYTES:
        return False
    if part.size_bytes <= _DOT_BYTES:
        return True
    is_shown = bool(part.content_id) and not _PHOTO_NAME.search(part.name)
    return is_shown or bool(_LOGO_NAME.match(part.name))


def is_blank(part: Part) -> bool:
    """Tell whether a part holds nothing, or no more text than a line end."""
    return part.size_bytes == 0 or (
        part.content_type.startswith("text/") and part.size_bytes <= _BLANK_TEXT_BYTES and not part.name
    )


def is_mail(part: Part) -> bool:
    """Tell whether a container is a mail of its own; a zip or an envelope is only wrapped around things."""
    return part.content_type in _MAIL_TYPES and part.disposition is Disposition.CONTAINER


def is_zip(part: Part) -> bool:
    """Tell whether a container is a zip that was opened."""
    return part.content_type == "application/zip" and part.disposition is Disposition.CONTAINER


def is_envelope(part: Part) -> bool:
    """Tell whether a container is the winmail.dat that Outlook puts around a mail."""
    return part.content_type == "application/ms-tnef" and part.disposition is Disposition.CONTAINER


def is_left_over(part: Part) -> bool:
    """Recognise what Windows and macOS leave in folders: pictures of files, places of icons."""
    if part.content_type in _LEFT_OVER_TYPES:
        return True
    is_file = part.content_type in (*_UNKNOWN_TYPES, "text/plain")
    return is_file and part.size_bytes <= _LEFT_OVER_BYTES and bool(_LEFT_OVERS.match(part.name))


def wrapping_label(part: Part) -> str:
    """Say in Dutch what a container is whose parts lie below it."""
    return _WRAPPINGS.get(part.content_type, "Dit is het omhulsel van andere delen.")


def why_not_opened(part: Part) -> str:
    """Say in Dutch what a file is that is kept and not opened, and what can be done."""
    if is_program(part):
        return _PROGRAM
    told = next((text for start, text in _CLOSED if part.content_type.startswith(start)), "")
    return told or (_PACKED if _PACKED_NAMES.search(part.name) else _UNKNOWN)


def obstacle_of(part: Part, verdict: PartVerdict, reading: Reading | None) -> Obstacle:
    """Tell why a part cannot be read; ``NONE`` when it can, or when its reader does not know.

    Args:
        part: The part.
        verdict: What it is.
        reading: What was read of it, if that was tried.
    """
    if verdict is PartVerdict.EMPTY:
        return Obstacle.EMPTY
    if verdict is PartVerdict.OTHER:
        return _obstacle_of_closed(part)
    if verdict is not PartVerdict.UNREADABLE:
        return Obstacle.NONE
    if part.problem:
        return _obstacle_of_box(part)
    return reading.obstacle if reading else Obstacle.NONE


def _obstacle_of_closed(part: Part) -> Obstacle:
    """Tell why a file that is kept and not opened cannot be read."""
    if is_program(part):
        return Obstacle.PROGRAM
    known = next((one for start, one in _OBSTACLES if part.content_type.startswith(start)), None)
    if known is not None:
        return known
    is_packed = _PACKED_NAMES.search(part.name) or part.content_type.startswith(_CLOSED_TYPES)
    return Obstacle.PACKED if is_packed else Obstacle.UNKNOWN


def _obstacle_of_box(part: Part) -> Obstacle:
    """Tell why what a file holds cannot be taken out of it."""
    if part.content_type in _ENCRYPTED_MAIL:
        return Obstacle.ENCRYPTED_MAIL
    return Obstacle.PACKED if part.content_type in _BOXES else Obstacle.DAMAGED


def needs_reading(part: Part) -> bool:
    """Tell whether the content of a part must be read before it can be judged."""
    is_placed = part.disposition in (Disposition.ATTACHMENT, Disposition.INLINE, Disposition.FILE)
    if part.problem or is_left_over(part):
        return False
    return is_placed and not is_blank(part) and is_document(part) and not is_logo(part)
