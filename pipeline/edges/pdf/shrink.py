"""Making the large pictures of a bundle smaller, so that it can be mailed. Text is never touched.

Only pictures of 8 bits in grey or colour are written anew, as JPEG, and only where that saves much:
never below the resolution asked at the largest size at which the picture is shown, never larger than it
was. Black-and-white scans, small pictures, those with a palette, in CMYK or in formats we do not write
stay as they are, and so do pictures that are not found in the content of a page. May read the file and
write the copy. Runs in the worker, since it decodes what came from outside.
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from pipeline.edges.pdf.check import QPDF_ERRORS
from pipeline.edges.pdf.image import MAX_PIXELS, PILLOW_ERRORS

QUALITY = 80
LEAST_BYTES = 60_000
MOST_KEPT = 0.8
"""A picture is only replaced when the new one has at most this share of its bytes."""
DEEPEST = 12
MOST_FORMS = 20_000
POINTS_PER_INCH = 72.0
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FLATE, _JPEG = ("/FlateDecode",), ("/DCTDecode",)

Matrix = tuple[float, float, float, float, float, float]


def shrink(source: Path, out: Path, dpi: int) -> int:
    """Write a copy of a PDF with smaller pictures.

    Args:
        source: One of our own bundles.
        out: Where the copy comes; with no picture made smaller nothing is written.
        dpi: Pixels per inch that every picture keeps, as it is shown.

    Returns:
        How many pictures were made smaller.
    """
    with pikepdf.open(source) as pdf:
        shown = _Shown()
        for page in pdf.pages:
            shown.add_page(page)
        count = sum(_replace(image, size, dpi) for image, size in shown.found.values())
        if count:
            pdf.save(out, deterministic_id=True)
    return count


# --- how large a picture is shown ------------------------------------------------------


@dataclass(slots=True)
class _Shown:
    """The pictures of the pages, each with the largest width and height at which it is shown, in inches."""

    found: dict[tuple[int, int], tuple[pikepdf.Object, tuple[float, float]]] = field(default_factory=dict)
    _forms: set[tuple[object, ...]] = field(default_factory=set)

    def add_page(self, page: pikepdf.Page) -> None:
        """Add what one page shows; content that cannot be read leaves its pictures as they are."""
        unit = float(page.obj.get("/UserUnit", 1) or 1)
        start = (unit, 0.0, 0.0, unit, 0.0, 0.0)
        self._walk(page.obj, page.obj.get("/Resources", pikepdf.Dictionary()), start, depth=0)

    def _walk(self, holder: pikepdf.Object, resources: pikepdf.Object, matrix: Matrix, depth: int) -> None:
        objects = resources.get("/XObject", None) if isinstance(resources, pikepdf.Dictionary) else None
        if objects is None or depth > DEEPEST:
            return
        for name, placed in _drawn(holder, matrix):
            drawn = objects.get(name, None)
            if not isinstance(drawn, pikepdf.Stream):
                continue
            if drawn.get("/Subtype", None) == pikepdf.Name.Image:
                self._keep(drawn, placed)
            elif drawn.get("/Subtype", None) == pikepdf.Name.Form:
                self._form(drawn, resources, placed, depth)

    def _form(self, form: pikepdf.Object, resources: pikepdf.Object, matrix: Matrix, depth: int) -> None:
        """Look into a form, once for each scale at which it is drawn."""
        key = (*form.objgen, *(round(value, 2) for value in matrix[:4]))
        if key in self._forms or len(self._forms) > MOST_FORMS:
            return
        self._forms.add(key)
        own = _numbers(form.get("/Matrix", None)) or _IDENTITY
        self._walk(form, form.get("/Resources", resources), _times(own, matrix), depth + 1)

    def _keep(self, image: pikepdf.Object, matrix: Matrix) -> None:
        a, b, c, d, _, _ = matrix
        width, height = math.hypot(a, b) / POINTS_PER_INCH, math.hypot(c, d) / POINTS_PER_INCH
        _, (wide, high) = self.found.get(image.objgen, (image, (0.0, 0.0)))
        self.found[image.objgen] = (image, (max(width, wide), max(height, high)))


def _drawn(holder: pikepdf.Object, matrix: Matrix) -> Iterator[tuple[str, Matrix]]:
    """Give what a content stream draws by name, with the matrix that then holds."""
    try:
        steps = pikepdf.parse_content_stream(holder, "q Q cm Do")
    except QPDF_ERRORS:
        return
    kept: list[Matrix] = []
    for step in steps:
        operator, operands = str(step.operator), step.operands
        if operator == "q":
            kept.append(matrix)
        elif operator == "Q" and kept:
            matrix = kept.pop()
        elif operator == "cm":
            matrix = _times(_numbers(operands) or _IDENTITY, matrix)
        elif operator == "Do" and operands:
            yield str(operands[0]), matrix


def _numbers(values: object) -> Matrix | None:
    try:
        a, b, c, d, e, f = (float(value) for value in values)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    return (a, b, c, d, e, f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Give the matrix that first does ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


# --- one picture -----------------------------------------------------------------------


def _replace(image: pikepdf.Object, inches: tuple[float, float], dpi: int) -> bool:
    """Write a picture anew when that saves much; False leaves it as it is."""
    try:
        mode = _mode(image)
        if not mode:
            return False
        before = len(image.read_raw_bytes())
        pixels = int(image.Width), int(image.Height)
        small = _target(pixels, inches, dpi)
        made = _encoded(image, mode, small) if before >= LEAST_BYTES and small else b""
    except (*QPDF_ERRORS, *PILLOW_ERRORS, AttributeError):
        return False
    if small is None or not made or len(made) > before * MOST_KEPT:
        return False
    image.write(made, filter=pikepdf.Name.DCTDecode)
    image.Width, image.Height = small
    return True


def _mode(image: Any) -> str:
    """Give Pillow's name for the pixels of a picture that we may write anew; else an empty text."""
    filters = image.get("/Filter", pikepdf.Array())
    listed = isinstance(filters, pikepdf.Array)
    names = tuple(str(filters[place]) for place in range(len(filters))) if listed else (str(filters),)
    soft = image.get("/SMask", pikepdf.Dictionary())
    masked = "/Mask" in image or "/ImageMask" in image or "/Matte" in soft
    odd = "/Decode" in image or "/Alternates" in image or (names == _JPEG and "/DecodeParms" in image)
    if names not in (_FLATE, _JPEG) or masked or odd or int(image.get("/BitsPerComponent", 0)) != 8:  # noqa: PLR2004  # bits
        return ""
    return {1: "L", 3: "RGB"}.get(_components(image.get("/ColorSpace", None)), "")


def _components(space: object) -> int:
    """Count the components of a colour space that a JPEG can have too; 0 for any other."""
    if isinstance(space, pikepdf.Array) and len(space) == 2:  # noqa: PLR2004  # a name and its parameters
        family = str(space[0])
        if family == "/ICCBased":
            return int(space[1].get("/N", 0))
        return {"/CalRGB": 3, "/CalGray": 1}.get(family, 0)
    return {"/DeviceRGB": 3, "/DeviceGray": 1}.get(str(space), 0)


def _target(pixels: tuple[int, int], inches: tuple[float, float], dpi: int) -> tuple[int, int] | None:
    """Give the pixels a picture keeps; its own when it has no more than it needs, None when it is no size."""
    width, height = pixels
    if width < 1 or height < 1 or width * height > MAX_PIXELS or min(inches) <= 0:
        return None
    share = max(inches[0] * dpi / width, inches[1] * dpi / height)
    if share >= 1:
        return pixels
    return min(width, math.ceil(width * share)), min(height, math.ceil(height * share))


def _encoded(image: pikepdf.Object, mode: str, size: tuple[int, int]) -> bytes:
    """Encode a picture as JPEG of this size; empty when its pixels are not what it says they are."""
    lossless = "/DCTDecode" not in str(image.get("/Filter"))
    pixels = int(image.Width), int(image.Height)
    if lossless:
        data = image.read_bytes()
        if len(data) != pixels[0] * pixels[1] * len(mode):
            return b""
        picture = Image.frombytes(mode, pixels, data)
    else:
        picture = Image.open(io.BytesIO(image.read_raw_bytes()), formats=("JPEG",))
        if picture.mode != mode or picture.size != pixels:
            return b""
        picture.draft(mode, size)
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, optimize=True, subsampling=0 if lossless else 2)
    return target.getvalue()
