"""Look at a picture of a paper: how many pages it has, and each page upright for who reads it.

Cameras store a photo lying down with a mark that says how to hold it; that mark (EXIF orientation) is
followed here. There is no text in a picture: OCR is for others. Touches nothing.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.edges.reading.filetype import FileType
from pipeline.edges.reading.problems import DAMAGED, NO_PAGES, SCAN, TOO_BIG, unreadable
from pipeline.values import Reading

MAX_PAGES = 500
"""Pages of one TIFF that are looked at; a fax of a whole reglement has some hundred."""
MAX_PIXELS = 200_000_000
"""A3 at 1,000 dots an inch: more is no paper, and takes gigabytes to unpack."""

FORMATS = {
    FileType.JPEG: ("JPEG", "MPO"),
    FileType.PNG: ("PNG",),
    FileType.TIFF: ("TIFF",),
    FileType.HEIC: ("HEIF",),
}
"""What the content may be, by kind, as Pillow calls it; nothing else is tried on it."""

BROKEN_PICTURE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    ZeroDivisionError,
)
"""What Pillow raises on a picture that is not in order; it promises nothing narrower."""


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence Pillow, which warns of oddities and of size; size is judged here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(content: bytes, kind: FileType) -> Image.Image:
    if kind is FileType.HEIC:
        from pi_heif import register_heif_opener  # noqa: PLC0415 - photos of one make of telephone

        register_heif_opener()
    return Image.open(io.BytesIO(content), formats=FORMATS[kind])


def _pages(picture: Image.Image, kind: FileType) -> int:
    """Count pages; only a TIFF has several that are papers (a photo may hold a small one beside it)."""
    if kind is not FileType.TIFF:
        return 1
    for number in range(1, MAX_PAGES):
        try:
            picture.seek(number)
        except EOFError:
            return number
    return MAX_PAGES


def read_picture(content: bytes, kind: FileType) -> Reading:
    """Count the pages of a picture.

    Args:
        content: The whole file.
        kind: JPEG, PNG, TIFF or HEIC.

    Returns:
        A reading without text, with every page among ``scanned``.
    """
    try:
        with _quiet(), _opened(content, kind) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                return unreadable(TOO_BIG)
            if not width * height:
                return unreadable(NO_PAGES)
            pages = _pages(picture, kind)
    except BROKEN_PICTURE:
        return unreadable(DAMAGED)
    return Reading(text="", pages=pages, problem=SCAN, scanned=tuple(range(1, pages + 1)))


def upright_page(content: bytes, kind: FileType, number: int = 1) -> Image.Image:
    """Give one page of a picture as it should be held, in memory.

    Args:
        content: The whole file.
        kind: JPEG, PNG, TIFF or HEIC.
        number: Page, 1-based.

    Raises:
        One of ``BROKEN_PICTURE``: It cannot be unpacked.
    """
    picture = _opened(content, kind)
    picture.seek(number - 1)
    if picture.size[0] * picture.size[1] > MAX_PIXELS:
        raise Image.DecompressionBombError(f"{picture.size[0]} x {picture.size[1]} pixels")
    return ImageOps.exif_transpose(picture)
