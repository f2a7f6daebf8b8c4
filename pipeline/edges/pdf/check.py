"""Judging a PDF from outside: can it be read, and what does it carry.

May read the file and write one repaired or opened-up copy of it; the original is never
changed. A file with a reading password that the council does not know, or one that is empty after
repair, is refused: a person must decide. Repair is qpdf's (through pikepdf), and only counts when
there is ink on the pages afterwards, because a tool that "repairs" to blank pages looks like success.
Not covered: time limits; see ``source``.
"""

import io
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

import pikepdf
import pypdfium2

from pipeline.edges import files
from pipeline.edges.pdf.annotations import (
    Loss,
    annotations,
    count_losses,
    is_dynamic_form,
    lacks_appearance,
)
from pipeline.edges.pdf.file import new_writer
from pipeline.edges.pdf.layers import add_layers
from pipeline.edges.pdf.outline import part_entries
from pipeline.edges.pdf.pages import PageMaker, PageStamp, destination, make_furniture
from pipeline.edges.pdf.source import DAMAGED, Source, declared_pages, one_line, open_source, readable
from pipeline.edges.reading.problems import LOCKED
from pipeline.errors import UnreadableError
from pipeline.ports import CheckedPdf

INK_SIDE_PIXELS = 200
INK_SHADE = 245
HEADER_WINDOW_BYTES = 1_024
END_OF_FILE = b"\n%%EOF\n"
_PROGRAM_AND_SUFFIX = re.compile(
    r"^Microsoft (?:Office )?\w+ - |\.(?:docx?|odt|pdf|xlsx?|pptx?|rtf|txt)$", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    r"(?:untitled|naamloos|geen titel|blank|document|presentatie|map|scan)?[\s_.\d-]*", re.IGNORECASE
)
# pikepdf raises these, besides its own, on objects of another type than the format asks.
QPDF_ERRORS = (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError, RuntimeError)

# Its warnings quote what stands in the file.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", category=UserWarning, module="pikepdf")


class _State(Enum):
    """What the structure of a file is like, according to qpdf."""

    SOUND = "sound"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"


def check(path: Path, repaired: Path, *, passwords: Sequence[str] = ()) -> CheckedPdf:
    """Judge a PDF; make a usable copy where the file itself cannot be used.

    Args:
        path: The file; never changed.
        repaired: Where a copy may be written: repaired, without its password, or with its form fields
            made visible.
        passwords: Tried in order on a file with a reading password.

    Raises:
        UnreadableError: Empty, not a PDF, a reading password that is not among these, damaged beyond repair,
            blank after repair, without pages or with more than 5,000, or a form only Adobe's reader shows.
    """
    _refuse_other_files(path)
    state = _structure_of(path, passwords)
    if state is _State.SOUND:
        try:
            return _described(path, repaired)
        except UnreadableError as error:
            if error.wat != DAMAGED:
                raise
            state = _State.DAMAGED
    unlocked = _rewrite(path, repaired, passwords, recover=state is _State.DAMAGED)
    if state is _State.ENCRYPTED:
        return _described(repaired, repaired, decrypted=True, unlocked=unlocked)
    blank = _inkless_pages(repaired)
    return _described(repaired, repaired, repaired=True, unlocked=unlocked, blank_pages=blank)


def _refuse_other_files(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(HEADER_WINDOW_BYTES)
    if not start:
        raise UnreadableError("empty file", wat="Het bestand is leeg (0 bytes).")
    if b"%PDF-" not in start:
        raise UnreadableError("no PDF header", wat="Het bestand heet pdf, maar is geen pdf-bestand.")


@contextmanager
def _qpdf(detail: str) -> Iterator[None]:
    """Translate what pikepdf raises; a password error is not one of its PDF errors."""
    try:
        yield
    except pikepdf.PasswordError as error:
        raise UnreadableError(
            "reading password",
            wat=LOCKED,
            doe="Vraag de afzender om een exemplaar zonder wachtwoord en zet dat in Inkomend.",
        ) from error
    except QPDF_ERRORS as error:
        raise UnreadableError(f"{detail}: {type(error).__name__}", wat=DAMAGED) from error


def _opened(content: bytes, passwords: Sequence[str], *, recover: bool) -> tuple[pikepdf.Pdf, str]:
    """Open a file with the first password that fits, none before all others; tell which one."""
    for password in ("", *passwords):
        with suppress(pikepdf.PasswordError):
            return pikepdf.open(io.BytesIO(content), password=password, attempt_recovery=recover), password
    raise pikepdf.PasswordError


def _structure_of(path: Path, passwords: Sequence[str]) -> _State:
    """Let qpdf read the file strictly."""
    try:
        with _qpdf("strict"), _opened(path.read_bytes(), passwords, recover=False)[0] as pdf:
            return _State.ENCRYPTED if pdf.is_encrypted else _State.SOUND
    except UnreadableError as error:
        if error.wat != DAMAGED:
            raise
        return _State.DAMAGED


def _rewrite(path: Path, copy: Path, passwords: Sequence[str], *, recover: bool) -> bool:
    """Write a copy without encryption and with a sound structure.

    qpdf forgets the last object of a file that ends right after it, and writes no size when a
    lost trailer had none; so a damaged file gets an end, and the copy a trailer with a size.

    Returns:
        True when it took a password to open it.
    """
    content = path.read_bytes() + (END_OF_FILE if recover else b"")
    with _qpdf("repair"):
        pdf, password = _opened(content, passwords, recover=recover)
        with pdf:
            if "/Size" not in pdf.trailer:
                pdf.trailer.Size = len(pdf.objects) + 1
            _save(pdf, copy)
    return bool(password)


def _save(pdf: pikepdf.Pdf, copy: Path) -> None:
    """Write without encryption, without a random identifier, and without reading the XMP."""
    with files.replacing(copy) as stream:
        pdf.save(
            stream, encryption=False, deterministic_id=True, preserve_pdfa=False, fix_metadata_version=False
        )


def _described(
    path: Path,
    copy: Path,
    *,
    repaired: bool = False,
    decrypted: bool = False,
    unlocked: bool = False,
    blank_pages: tuple[int, ...] = (),
) -> CheckedPdf:
    """Describe a sound file; where a filled-in field is not drawn, a copy in which it is."""
    source = open_source(path)
    with readable("contents"):
        if is_dynamic_form(source):
            raise UnreadableError(
                "dynamic XFA",
                wat="Dit is een invulformulier dat alleen Adobe Reader kan tonen.",
                doe="Open het in Adobe Reader, druk het af naar pdf en zet die in de map.",
            )
        counts = count_losses(source)
        declared = declared_pages(source)
        _try_out(source)
        unseen = any(lacks_appearance(field) for page in source.pages for field in annotations(page))
    if unseen:
        _draw_fields(path, copy)
    return CheckedPdf(
        path=copy if unseen else path,
        pages=len(source.pages),
        title=_title(source),
        repaired=repaired,
        decrypted=decrypted,
        unlocked=unlocked,
        blank_pages=blank_pages,
        missing_pages=max(0, declared - len(source.pages)) if repaired else 0,
        tags=counts.get(Loss.TAGS, 0),
        attachments=counts.get(Loss.ATTACHMENTS, 0),
        form_fields=counts.get(Loss.FIELDS, 0),
        signatures=counts.get(Loss.SIGNATURES, 0),
        scripts=counts.get(Loss.SCRIPTS, 0),
        actions=counts.get(Loss.ACTIONS, 0),
        multimedia=counts.get(Loss.MULTIMEDIA, 0),
    )


def _try_out(source: Source) -> None:
    """Copy all pages as a bundle would, and throw them away: what fails must fail here, not there."""
    writer = new_writer()
    maker = PageMaker(writer, make_furniture(writer), source)
    stamps = [PageStamp(text="", concept=False)] * len(source.pages)
    made = maker.add_part(range(len(source.pages)), stamps)
    goal = destination(made.pages[0], ())
    for _entry in part_entries(source, made, "trial", 0, goal):
        pass
    add_layers(writer, source, maker.copier)


def _draw_fields(path: Path, copy: Path) -> None:
    """Write a copy in which qpdf has drawn the values of fields."""
    with _qpdf("form fields"), pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.generate_appearance_streams()
        _save(pdf, copy)


def _title(source: Source) -> str:
    """Give the title; metadata that cannot be read is no reason to refuse a paper."""
    try:
        with readable("metadata"):
            metadata = source.reader.metadata
            given = one_line(metadata.title) if metadata and metadata.title else ""
    except UnreadableError:
        return ""
    title = _PROGRAM_AND_SUFFIX.sub("", given).strip()
    return "" if _SAYS_NOTHING.fullmatch(title) else title


def _inkless_pages(path: Path) -> tuple[int, ...]:
    """Find the pages without ink of a repaired file.

    Raises:
        UnreadableError: There is no ink on any page, or it cannot be drawn.
    """
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            inkless = tuple(number for number, page in enumerate(pdf, start=1) if not _has_ink(page))
            total = len(pdf)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("cannot be drawn after repair", wat=DAMAGED) from error
    if len(inkless) == total:
        raise UnreadableError(
            "blank after repair",
            wat="Het pdf-bestand is beschadigd: het is leeg na herstel.",
        )
    return inkless


def _has_ink(page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_width(), page.get_height()
    if min(width, height) <= 0:
        return False
    bitmap = page.render(scale=INK_SIDE_PIXELS / max(width, height), grayscale=True)
    darkest, _lightest = bitmap.to_pil().getextrema()
    return bool(darkest < INK_SHADE)
