"""Draw one page of a PDF or a picture: upright, grey, at a given fineness, as a PGM.

Runs in the worker process. Pictures are turned as the camera says. Touches nothing but the bytes it is given.
"""

import io

import pypdfium2
from PIL import Image, ImageOps

from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.errors import UnreadableError

MAX_PIXELS = 100_000_000
_POINTS_PER_INCH = 72
_FAULTS = (OSError, ValueError, SyntaxError, TypeError, EOFError, Image.DecompressionBombError, KeyError)


def grey_picture(content: bytes, name: str, page_number: int, dpi: int) -> bytes:
    """Draw a page.

    Args:
        content: A PDF or a picture (JPEG, PNG, TIFF, HEIC …).
        name: Its file name.
        page_number: 1-based; of a picture the frame.
        dpi: Of a PDF; a picture keeps its own pixels.

    Raises:
        UnreadableError: There is no such page, it cannot be drawn, or it would be too large.
    """
    kind = sniff(content, name)
    try:
        if kind is FileType.PDF:
            return _as_pgm(_pdf_page(content, page_number, dpi))
        if kind is FileType.HEIC:
            import pi_heif  # noqa: PLC0415  # only for photos of telephones

            pi_heif.register_heif_opener()
        return _as_pgm(_frame(content, page_number))
    except (pypdfium2.PdfiumError, *_FAULTS) as fault:
        raise UnreadableError(f"page cannot be drawn: {type(fault).__name__}") from fault


def _pdf_page(content: bytes, page_number: int, dpi: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as pdf:
        if not 1 <= page_number <= len(pdf):
            raise UnreadableError("no such page")
        page, scale = pdf[page_number - 1], dpi / _POINTS_PER_INCH
        _refuse_large(page.get_width() * scale * page.get_height() * scale)
        if pdf.get_formtype():
            pdf.init_forms()
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        return picture.convert("L")


def _frame(content: bytes, page_number: int) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        if page_number < 1:
            raise UnreadableError("no such page")
        image.seek(page_number - 1)
        _refuse_large(image.width * image.height)
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA", "P"):
            layered = upright.convert("RGBA")
            upright = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
        return upright.convert("L")


def _refuse_large(pixels: float) -> None:
    if pixels > MAX_PIXELS:
        raise UnreadableError("page too large", wat="De pagina of foto is te groot om te verwerken.")


def _as_pgm(image: Image.Image) -> bytes:
    """Write grey pixels behind the shortest header there is."""
    return b"P5\n%d %d\n255\n" % image.size + image.tobytes()
