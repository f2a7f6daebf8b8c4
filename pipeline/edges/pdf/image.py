"""Turning a picture (JPG, PNG, TIFF and the like) into A4 pages.

May read the picture. Each frame becomes a page, upright according to the
camera, centred, never enlarged beyond its own size. Pixels are written anew, so that the data
a phone hides in a photo (place, owner, device) does not travel along.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, EncodedStreamObject, NameObject, NumberObject

from pipeline.edges.pdf.copying import name, register, stream_of
from pipeline.errors import UnreadableError

_FORMATS = ("JPEG", "MPO", "PNG", "TIFF", "GIF", "BMP", "WEBP", "HEIF")
"""No others: some of what Pillow can open starts another program."""
MAX_PIXELS = 80_000_000
MAX_FRAMES = 500
MAX_SIDE_PIXELS = 3_508  # A4 at 300 dpi
MAX_LOSSLESS_BYTES = 3_000_000
JPEG_QUALITY = 88
SHORT_SIDE, LONG_SIDE = 595.276, 841.89
MARGIN = 36.0
DEFAULT_DPI, LEAST_DPI, MOST_DPI = 96.0, 72.0, 1_200.0
PILLOW_ERRORS = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    SyntaxError,
    EOFError,
    OverflowError,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A picture as it goes into the PDF.

    Attributes:
        data: Encoded pixels.
        codec: PDF filter of ``data``.
        colours: PDF colour space.
        bits: Bits per component.
        width: Pixels.
        height: Pixels.
        natural: Width and height in points.
    """

    data: bytes
    codec: str
    colours: str
    bits: int
    width: int
    height: int
    natural: tuple[float, float]


def frames(picture: BinaryIO) -> Iterator[Frame]:
    """Read the frames of a picture, each upright and ready to become a page.

    Args:
        picture: A stream of its bytes.

    Raises:
        UnreadableError: It is too large.
    """
    Image.init()
    known = [one for one in _FORMATS if one in Image.OPEN]  # HEIF only where it was registered
    with Image.open(picture, formats=known) as image:
        is_photo = image.format in {"JPEG", "MPO", "HEIF"}
        frames = [image] if image.format in {"MPO", "GIF", "PNG", "WEBP"} else ImageSequence.Iterator(image)
        for number, frame in enumerate(frames):
            width, height = frame.size
            if width * height > MAX_PIXELS or number >= MAX_FRAMES:
                raise UnreadableError("picture too large", wat="De afbeelding is te groot om te verwerken.")
            yield _frame(frame, is_photo=is_photo)


def _frame(image: Image.Image, *, is_photo: bool) -> Frame:
    """Put a picture upright on white, not larger than it can be printed, and encode it."""
    dpi = _dpi(image)
    upright = ImageOps.exif_transpose(image)
    natural = (upright.width / dpi * 72, upright.height / dpi * 72)
    plain = _plain(upright)
    if max(plain.size) > MAX_SIDE_PIXELS:
        plain.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
    codec, data = _encode(plain, is_photo=is_photo)
    return Frame(
        data=data,
        codec=codec,
        colours="/DeviceRGB" if plain.mode == "RGB" else "/DeviceGray",
        bits=1 if plain.mode == "1" else 8,
        width=plain.width,
        height=plain.height,
        natural=natural,
    )


def _dpi(image: Image.Image) -> float:
    given = image.info.get("dpi", (0, 0))
    dpi = float(given[0]) if isinstance(given, tuple) and given else 0.0
    return dpi if LEAST_DPI <= dpi <= MOST_DPI else DEFAULT_DPI


def _plain(image: Image.Image) -> Image.Image:
    """Bring a picture to black and white, grey or RGB; what is transparent becomes white."""
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image.copy()
    if image.mode.startswith("I") or image.mode == "F":
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"CMYK", "YCbCr", "LAB", "HSV"}:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def _encode(image: Image.Image, *, is_photo: bool) -> tuple[str, bytes]:
    """Encode without loss, unless it is a photo or would become very large."""
    if not is_photo:
        lossless = zlib.compress(image.tobytes(), 9)
        if len(lossless) <= MAX_LOSSLESS_BYTES or image.mode == "1":
            return "/FlateDecode", lossless
    buffer = io.BytesIO()
    image.save(buffer, format="JPEG", quality=JPEG_QUALITY)
    return "/DCTDecode", buffer.getvalue()


def add_page(writer: PdfWriter, frame: Frame) -> None:
    """Add an A4 page, upright or lying as the picture is, with the picture in its middle."""
    lying = frame.width > frame.height
    wide, high = (LONG_SIDE, SHORT_SIDE) if lying else (SHORT_SIDE, LONG_SIDE)
    scale = min(1.0, (wide - 2 * MARGIN) / frame.natural[0], (high - 2 * MARGIN) / frame.natural[1])
    width, height = frame.natural[0] * scale, frame.natural[1] * scale
    place = (width, 0, 0, height, (wide - width) / 2, (high - height) / 2)
    page = writer.add_blank_page(width=wide, height=high)
    picture = register(writer, _image_object(frame))
    page[name("/Resources")] = DictionaryObject({name("/XObject"): DictionaryObject({name("/Im0"): picture})})
    drawing = "q " + " ".join(f"{value:.3f}" for value in place) + " cm /Im0 Do Q"
    page[name("/Contents")] = register(writer, stream_of(drawing.encode()))


def _image_object(frame: Frame) -> EncodedStreamObject:
    image = EncodedStreamObject()
    image.update(
        {
            name("/Type"): name("/XObject"),
            name("/Subtype"): name("/Image"),
            name("/Width"): NumberObject(frame.width),
            name("/Height"): NumberObject(frame.height),
            name("/BitsPerComponent"): NumberObject(frame.bits),
            name("/ColorSpace"): NameObject(frame.colours),
            name("/Filter"): NameObject(frame.codec),
        }
    )
    image._data = frame.data  # noqa: SLF001  the public setter would encode once more
    return image
