"""Read one page: as it is when it can be, and only when that fails turned, cleaned and read again.

An ordinary page is read once. A page that is read badly (a third of its letters is not sure) lies upside
down, or is dirty; both are tried, and the attempt that gave most is kept.
"""

import time
from collections.abc import Iterator

from PIL import Image

from pipeline.edges.ocr import picture as pictures
from pipeline.edges.ocr.lines import BLANK, page_text
from pipeline.edges.ocr.tesseract import MAX_SECONDS, PictureFaultError, read_table
from pipeline.ports import ScannedPage

GOOD = 0.6
"""Mean certainty from which a page counts as read. Measured on drawn pages: 0.95 straight and clean,
0.77 with grain and specks (9 of 10 words found), 0.62 with much (8 of 10), 0.36 upside down."""
_UPSIDE_DOWN, _QUARTER = 180, 90


def read_page(content: bytes, *, ends_at: float | None = None) -> ScannedPage:
    """Read the picture of a page.

    Args:
        content: PNG or PGM of our own making.
        ends_at: On the monotonic clock: when no further attempt is to be made; None for never.

    Returns:
        Its text; without words when something stands on it that is no text.

    Raises:
        PictureFaultError: Not one attempt succeeded.
    """
    try:
        picture = pictures.sized(pictures.opened(content))
    except (OSError, ValueError, Image.DecompressionBombError) as fault:
        raise PictureFaultError(f"cannot be opened: {type(fault).__name__}") from fault
    look = pictures.look_at(picture)
    if look.is_blank:
        return BLANK
    best: ScannedPage | None = None
    for attempt in _attempts(picture, look):
        found = _read(attempt, uneven=look.is_uneven, ends_at=ends_at)
        best = found if best is None or found.sure_words > best.sure_words else best
        if best.certainty >= GOOD or look.is_sparse or (ends_at is not None and time.monotonic() > ends_at):
            break
    return best or BLANK


def _attempts(picture: Image.Image, look: pictures.Look) -> Iterator[Image.Image]:
    """Give the page in the ways in which it may be readable, the likeliest first."""
    upright = pictures.turned(picture, _QUARTER) if look.is_lying else picture
    level = pictures.turned(upright, -look.skew) if look.skew else upright
    yield level
    yield pictures.turned(level, _UPSIDE_DOWN)
    yield pictures.cleaned(level)
    if look.may_lie and not look.is_lying:
        yield pictures.turned(picture, _QUARTER)
        yield pictures.turned(picture, _QUARTER + _UPSIDE_DOWN)


def _read(picture: Image.Image, *, uneven: bool, ends_at: float | None) -> ScannedPage:
    left = MAX_SECONDS if ends_at is None else max(1.0, ends_at - time.monotonic())
    packed = pictures.encoded(picture)
    table = read_table(packed, dpi=pictures.dpi_of(picture), uneven=uneven, seconds=min(MAX_SECONDS, left))
    return page_text(table)
