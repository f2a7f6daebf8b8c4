"""Look at the picture of a page: is it blank, does it lie on its side, askew, in the shadow; and mend that.

All looking is done on a reduced picture and takes a few hundredths of a second. The pictures were
made by ``rendering`` (or the worker that renders), so that no foreign file is decoded here. The
numbers below were measured on drawn pages (``tests/scans.py``): tesseract reads pages up to 4 degrees askew
as well as straight ones, from 6 on it loses words; 75 dpi lose words that enlarging brings back.
"""

import io
import math
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps

MAX_PIXELS = 120_000_000
"""Larger pictures are not looked at; ``rendering`` makes none."""
LONG_SIDE = 3_508
"""Of A4 at 300 dpi; a larger picture is made smaller, which loses no letter and saves time."""
_TOO_LARGE, _TOO_SMALL = 4_400, 1_500
_MOST_ENLARGED = 4
_A4_INCHES = 11.69

_LOOKED_AT = 440
"""Short side of the picture that is looked at; at this size a shift of one pixel is 0.13 degrees."""
_INK = 0.35
"""Part of the darkest ink that counts as ink too."""
_FAINTEST = 12
"""Difference in brightness from the paper around it that may be ink, on the darkest page or the faintest."""
_FEWEST_INK, _SPARSE_INK = 12, 120
"""Pixels of ink on the reduced page, without loose specks: below the first it is blank, below the second
there is no more than a page number; a line of two words has some hundreds."""
_MOST_SKEW, _COARSE, _FINE = 9.0, 1.0, 0.25
_TOLERATED_SKEW = 2.0
_CLEARLY = 1.5
"""So much sharper must lines be at an angle than level before a page counts as askew."""
_LYING = 1.3
"""So much sharper must columns be than rows before a page counts as lying on its side."""
_UNEVEN = 0.6
"""When the darkest paper has less than this part of the brightness of the lightest, there is a shadow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a glance at a page tells.

    Attributes:
        is_blank: Nothing stands on it.
        is_sparse: So little stands on it (a page number, a few specks) that a second attempt is not worth it.
        is_lying: Its lines run from top to bottom.
        may_lie: It cannot be told whether its lines run across.
        skew: Degrees by which its lines rise to the right; 0 when tesseract can do with it.
        is_uneven: There is a shadow over it.
    """

    is_blank: bool
    is_sparse: bool = False
    is_lying: bool = False
    may_lie: bool = False
    skew: float = 0.0
    is_uneven: bool = False


def opened(content: bytes) -> Image.Image:
    """Open a picture of our own making, in grey."""
    picture: Image.Image = Image.open(io.BytesIO(content))
    if picture.width * picture.height > MAX_PIXELS:
        raise Image.DecompressionBombError(f"{picture.width} x {picture.height}")
    return picture.convert("L")


def sized(picture: Image.Image) -> Image.Image:
    """Bring a page to a size at which it is read well; the same picture when it is."""
    longest = max(picture.size)
    if _TOO_SMALL <= longest <= _TOO_LARGE:
        return picture
    factor = min(LONG_SIDE / longest, _MOST_ENLARGED)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX)


def dpi_of(picture: Image.Image) -> int:
    """Guess the resolution, as if it were a page of A4."""
    return min(600, max(100, round(max(picture.size) / _A4_INCHES)))


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """Turn a page counter-clockwise; quarters lose nothing."""
    quarters = {
        90: Image.Transpose.ROTATE_90,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_270,
    }
    if degrees in quarters:
        return picture.transpose(quarters[int(degrees)])
    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def cleaned(picture: Image.Image) -> Image.Image:
    """Take specks and grain away and bring the contrast up."""
    return ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=1)


def encoded(picture: Image.Image) -> bytes:
    """Give a page as PNG, packed lightly: tesseract reads that faster than unpacked pixels."""
    target = io.BytesIO()
    picture.save(target, format="PNG", compress_level=1)
    return target.getvalue()


def look_at(picture: Image.Image) -> Look:
    """Look at a page in grey."""
    small = _reduced(picture)
    paper = _paper(small)
    ink, inked = _ink(small, paper)
    if inked < _FEWEST_INK:
        return Look(is_blank=True)
    skew, rows = _skew(ink)
    on_side, columns = _skew(ink.transpose(Image.Transpose.ROTATE_90))
    is_sparse = inked < _SPARSE_INK
    is_lying = not is_sparse and columns > rows * _LYING
    angle = on_side if is_lying else skew
    return Look(
        is_blank=False,
        is_sparse=is_sparse,
        is_lying=is_lying,
        may_lie=rows < columns * _LYING,
        skew=angle if abs(angle) > _TOLERATED_SKEW else 0.0,
        is_uneven=_is_uneven(paper),
    )


def _reduced(picture: Image.Image) -> Image.Image:
    factor = max(1, min(picture.size) // _LOOKED_AT)
    return picture.reduce(factor) if factor > 1 else picture


def _ink(small: Image.Image, paper: Image.Image) -> tuple[Image.Image, int]:
    """Tell where something stands that is darker than the paper around it.

    Returns:
        White where there is ink, and how many pixels that are; what is faint everywhere counts too.
    """
    dark = ImageChops.subtract(paper, small.filter(ImageFilter.MedianFilter(3)))
    counts = dark.histogram()
    darkest = next((value for value in range(255, 0, -1) if sum(counts[value:]) > _FEWEST_INK), 0)
    limit = max(_FAINTEST, darkest * _INK)
    return dark.point(lambda value: 255 if value > limit else 0), sum(counts[_FAINTEST + 1 :])


def _paper(small: Image.Image) -> Image.Image:
    """Tell how bright the paper is everywhere, as if nothing stood on it."""
    coarse = small.reduce(4) if min(small.size) >= 4 else small  # noqa: PLR2004  # the same four
    bright = coarse.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MaxFilter(5))
    return bright.filter(ImageFilter.BoxBlur(3)).resize(small.size, Image.Resampling.BILINEAR)


def _is_uneven(paper: Image.Image) -> bool:
    tiles = sorted(paper.resize((12, 16), Image.Resampling.BOX).tobytes())
    dark, light = tiles[len(tiles) // 20], tiles[-len(tiles) // 20]
    return dark < light * _UNEVEN


def _skew(ink: Image.Image) -> tuple[float, float]:
    """Find the angle at which the lines of a page are sharpest.

    Returns:
        Degrees by which they rise to the right, 0 when they are hardly sharper there; how sharp they are.
    """
    level = _sharpness(ink, 0.0)
    steps = int(_MOST_SKEW / _COARSE)
    coarse = max((_sharpness(ink, step * _COARSE), step * _COARSE) for step in range(-steps, steps + 1))
    around = (coarse[1] + step * _FINE for step in (-3, -2, -1, 1, 2, 3))
    sharpness, angle = max(coarse, *((_sharpness(ink, degrees), degrees) for degrees in around))
    return (angle if sharpness > level * _CLEARLY else 0.0), sharpness


def _sharpness(ink: Image.Image, degrees: float) -> float:
    """Tell how much rows differ from their neighbours once lines that rise so much have been laid level."""
    slope = math.tan(math.radians(degrees))
    # A shear is as good as a turn for small angles, and quicker; the middle stays where it is.
    shear = (1, 0, 0, -slope, 1, slope * ink.width / 2)
    sheared = ink.transform(ink.size, Image.Transform.AFFINE, shear, Image.Resampling.NEAREST)
    rows = sheared.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(rows))
