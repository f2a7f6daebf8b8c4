"""What is drawn over the pages of a bundle: the stamp, the word CONCEPT, flattened fields.

Pure: numbers and texts in, a piece of content stream out. Positions are computed in visual
space (as a reader sees the page: crop box, rotation and user unit applied; origin bottom
left, points of 1/72 inch), and one matrix brings them to the page's own space.
"""

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

FONT_SIZE = 8.0
MARGIN = 18.0
PADDING = 3.0
SHADE = 0.30
NAME_SHADE = 0.45
ROOM_OF_STAMP = 260.0
"""Width that is left to the stamp at the right when a name stands at the left."""
BOX_OPACITY = 0.75
CONCEPT_OPACITY = 0.12
CONCEPT_EDGE_OPACITY = 0.35
FURTHEST = 1_000_000.0
A4 = (0.0, 0.0, 595.276, 841.89)

# Advance widths of Helvetica in 1/1000 of the font size, for the characters 32 to 126.
_WIDTHS = (
    (278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278)
    + (556,) * 10
    + (278, 278, 584, 584, 584, 556, 1015)
    + (667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833)
    + (722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611)
    + (278, 278, 278, 469, 556, 333)
    + (556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833)
    + (556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500)
    + (334, 260, 334, 584)
)
_OTHER_WIDTHS = {"·": 278, "–": 556, "—": 1000, "…": 1000, "€": 556, "‘": 222, "’": 222, "“": 333, "”": 333}
_WIDEST = 1015

_PAIRED_BYTES = ((b"(", b")"), (b"[", b"]"), (b"<", b">"))
_PAIRED_OPERATORS = re.compile(rb"(?<![^\s\]>)}])(?:[qQ]|BT|ET|BI|EI|BDC|BMC|EMC)(?![^\s\[<(/{%])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in a page's own space, lower left to upper right."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Give the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give the height."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShape:
    """How a page lies.

    Attributes:
        media: The whole sheet.
        visible: The part that is shown, inside ``media``.
        rotation: 0, 90, 180 or 270 degrees clockwise.
        unit: Points per unit of the page's own space.
    """

    media: Box
    visible: Box
    rotation: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Give width and height as a reader sees them, in points."""
        width, height = self.visible.width * self.unit, self.visible.height * self.unit
        return (height, width) if self.rotation in {90, 270} else (width, height)


@dataclass(frozen=True, slots=True, kw_only=True)
class StampNames:
    """Names of our resources on a page, e.g. ``/StkF``; free in that page's resources."""

    font: str
    box_state: str
    concept_state: str
    form: str


def page_shape(media: tuple[float, ...], crop: tuple[float, ...], rotation: float, unit: float) -> PageShape:
    """Make sense of a page's boxes and rotation, whatever they hold.

    Args:
        media: Corners of the media box in any order; not four numbers = A4.
        crop: Corners of the crop box; empty = the media box.
        rotation: Degrees clockwise; rounded to a quarter turn.
        unit: Points per unit; not above zero = 1.
    """
    sheet = box_of(media) or Box(left=A4[0], bottom=A4[1], right=A4[2], top=A4[3])
    shown = _intersection(sheet, box_of(crop) or sheet) or sheet
    quarter = round(rotation / 90) % 4 * 90 if math.isfinite(rotation) else 0
    return PageShape(media=sheet, visible=shown, rotation=quarter, unit=unit if 0 < unit < math.inf else 1.0)


def box_of(corners: tuple[float, ...]) -> Box | None:
    """Make a box of two opposite corners in any order, or None when they are not a box."""
    try:
        x1, y1, x2, y2 = corners
    except ValueError:
        return None
    if not all(abs(value) <= FURTHEST for value in corners) or x1 == x2 or y1 == y2:
        return None
    return Box(left=min(x1, x2), bottom=min(y1, y2), right=max(x1, x2), top=max(y1, y2))


def _intersection(one: Box, other: Box) -> Box | None:
    return box_of(
        (
            left := max(one.left, other.left),
            bottom := max(one.bottom, other.bottom),
            max(left, min(one.right, other.right)),
            max(bottom, min(one.top, other.top)),
        )
    )


def visual_matrix(shape: PageShape) -> tuple[float, float, float, float, float, float]:
    """Give the matrix that brings visual space (points) to the page's own space."""
    box, scale = shape.visible, 1 / shape.unit
    turns = {
        0: (scale, 0.0, 0.0, scale, box.left, box.bottom),
        90: (0.0, scale, -scale, 0.0, box.right, box.bottom),
        180: (-scale, 0.0, 0.0, -scale, box.right, box.top),
        270: (0.0, -scale, scale, 0.0, box.left, box.top),
    }
    return turns[shape.rotation]


def winansi(text: str) -> bytes:
    """Encode a text for a WinAnsi font; a character it lacks loses its accent or becomes ``?``."""
    return b"".join(_winansi_character(character) for character in text)


def _winansi_character(character: str) -> bytes:
    for form in (character, unicodedata.normalize("NFKD", character)[:1]):
        try:
            return form.encode("cp1252")
        except UnicodeEncodeError:
            continue
    return b"?"


def text_width(text: str, size: float) -> float:
    """Measure a text in Helvetica, in points."""
    return sum(_advance(character) for character in text) * size / 1000


def _advance(character: str) -> int:
    base = unicodedata.normalize("NFD", character)[:1]
    place = ord(base) - 32
    return _WIDTHS[place] if 0 <= place < len(_WIDTHS) else _OTHER_WIDTHS.get(character, _WIDEST)


def _literal(text: str) -> bytes:
    """Write a text as a PDF string."""
    return b"<" + winansi(text).hex().encode() + b">"


def _numbers(*values: float) -> bytes:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") or "0" for value in values).encode()


def _matrix(*values: float) -> bytes:
    """Write a matrix; its scale may be small, so it has more decimals than a position."""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") or "0" for value in values).encode()


def draw_stamp(shape: PageShape, text: str, names: StampNames, *, concept: bool) -> bytes:
    """Draw the stamp at the bottom right and, on a concept, the word CONCEPT.

    Returns:
        A content stream that expects, and leaves, the page's initial graphics state.
    """
    parts = [b"q", _matrix(*visual_matrix(shape)), b"cm"]
    if concept:
        parts.append(_concept(shape, names))
    parts += [_corner(shape, text, names), b"Q"]
    return b" ".join(parts)


def draw_name(shape: PageShape, text: str, names: StampNames) -> bytes:
    """Draw whose copy it is, small and grey, at the bottom left; on a narrow page above the stamp.

    Returns:
        A content stream that expects, and leaves, the page's initial graphics state.
    """
    label = _corner(shape, text, names, at_left=True)
    return b" ".join([b"q", _matrix(*visual_matrix(shape)), b"cm", label, b"Q"])


def _corner(shape: PageShape, text: str, names: StampNames, *, at_left: bool = False) -> bytes:
    """Draw a line on its light background; it shrinks on a page that is too small for it."""
    width, height = shape.size
    margin = min(MARGIN, width / 20, height / 20)
    room = min((width - 2 * margin) / (text_width(text, FONT_SIZE) + 2 * PADDING), height / (4 * FONT_SIZE))
    scale = min(1.0, room)
    size, padding = FONT_SIZE * scale, PADDING * scale
    wide, high = text_width(text, size) + 2 * padding, size + 2 * padding
    left, bottom = margin if at_left else width - margin - wide, margin
    if at_left and width < wide + ROOM_OF_STAMP:
        bottom += high
    box = b" ".join(
        [b"q", names.box_state.encode(), b"gs 1 g", _numbers(left, bottom, wide, high), b"re f Q"]
    )
    letters = b" ".join(
        [
            b"BT",
            names.font.encode(),
            _numbers(size),
            b"Tf",
            _numbers(NAME_SHADE if at_left else SHADE),
            b"g",
            _numbers(left + padding, bottom + padding + size * 0.14),
            b"Td",
            _literal(text),
            b"Tj ET",
        ]
    )
    return box + b" " + letters


def _concept(shape: PageShape, names: StampNames) -> bytes:
    """Draw CONCEPT through the middle, rising to the right, hardly darker than the paper.

    Its white edge is not seen on paper and shows the word on a photo as grey as the word.
    """
    width, height = shape.size
    word = "CONCEPT"
    angle = math.atan2(height, width)
    size = 0.5 * math.hypot(width, height) / text_width(word, 1.0)
    size = min(size, 0.45 * min(width, height))
    cos, sin = math.cos(angle), math.sin(angle)
    along, across = -text_width(word, size) / 2, -size * 0.36
    x, y = width / 2 + along * cos - across * sin, height / 2 + along * sin + across * cos
    return b" ".join(
        [
            b"q",
            names.concept_state.encode(),
            b"gs 0.4 g 1 G 1.5 w BT 2 Tr",
            names.font.encode(),
            _numbers(size),
            b"Tf",
            _matrix(cos, sin, -sin, cos, x, y),
            b"Tm",
            _literal(word),
            b"Tj ET Q",
        ]
    )


def draw_form(name: str, matrix: tuple[float, ...]) -> bytes:
    """Draw a form XObject under its resource name, e.g. the appearance of a field."""
    return b" ".join([b"q", _matrix(*matrix), b"cm", name.encode(), b"Do Q"])


def appearance_matrix(rect: Box, bbox: Box, matrix: tuple[float, ...]) -> tuple[float, ...]:
    """Fit an appearance into the rectangle of its annotation.

    Args:
        rect: Rectangle of the annotation on the page.
        bbox: Bounding box of the appearance, in its own space.
        matrix: Matrix of the appearance, six numbers.

    Source:
        ISO 32000-1:2008, 12.5.5, algorithm 8.1.
    """
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (bbox.left, bbox.right) for y in (bbox.bottom, bbox.top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    sx = rect.width / wide if wide else 1.0
    sy = rect.height / high if high else 1.0
    return (sx, 0.0, 0.0, sy, rect.left - min(xs) * sx, rect.bottom - min(ys) * sy)


def is_tidy(content: bytes) -> bool:
    """Tell whether content ends in the state in which it began, so that ours can follow it.

    A quick count of things that come in pairs. Binary data may look untidy while it is not:
    the caller then isolates the content, which looks the same.
    """
    if any(content.count(opening) != content.count(closing) for opening, closing in _PAIRED_BYTES):
        return False
    found = Counter(_PAIRED_OPERATORS.findall(content))
    return (
        found[b"q"] == found[b"Q"]
        and found[b"BT"] == found[b"ET"]
        and found[b"BI"] == found[b"EI"]
        and found[b"BDC"] + found[b"BMC"] == found[b"EMC"]
    )
