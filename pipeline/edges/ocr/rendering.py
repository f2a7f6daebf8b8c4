"""Make pictures of the pages of a PDF or of a picture file: upright, grey, not larger than can be read.

This decodes foreign bytes: the service has it done by a process that may die of it.
"""

import io

import pypdfium2
from PIL import Image

from pipeline.edges.ocr import picture as pictures
from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.edges.reading.pdf_text import PDFIUM, open_pdf
from pipeline.edges.reading.picture import BROKEN_PICTURE, upright_page
from pipeline.errors import UnreadableError

MAX_SIDE = 5_000
"""A page of a PDF is drawn no larger than this, however large its paper is said to be."""
_POINTS = 72


def render(
    content: bytes, name: str, page_number: int, dpi: int, *, passwords: tuple[str, ...] = ()
) -> bytes:
    """Make the picture of one page.

    Args:
        content: The whole document.
        name: Name as given by the sender.
        page_number: 1-based.
        dpi: Resolution for a page of a PDF; a picture keeps its own.
        passwords: Tried in order on a PDF that asks for one.

    Returns:
        PGM in grey, upright: packing it would only take time.

    Raises:
        UnreadableError: There is no such page, or it cannot be drawn.
    """
    try:
        kind = sniff(content, name)
        if kind is FileType.PDF:
            with PDFIUM:
                page = _pdf_page(content, page_number, dpi, passwords)
        else:
            page = pictures.sized(_on_white(upright_page(content, kind, page_number)))
    except (*BROKEN_PICTURE, pypdfium2.PdfiumError) as fault:
        raise UnreadableError(f"page {page_number}: {type(fault).__name__}") from fault
    target = io.BytesIO()
    page.save(target, format="PPM")
    return target.getvalue()


def _pdf_page(content: bytes, page_number: int, dpi: int, passwords: tuple[str, ...]) -> Image.Image:
    pdf, problem = open_pdf(content, passwords)
    if pdf is None:
        raise UnreadableError("page cannot be drawn", wat=problem)
    with pdf:
        if not 1 <= page_number <= len(pdf):
            raise UnreadableError(f"no page {page_number}")
        page = pdf[page_number - 1]
        scale = min(dpi / _POINTS, MAX_SIDE / max(1.0, *page.get_size()))
        drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        page.close()
    return drawn


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("L")
    return picture.convert("L")
