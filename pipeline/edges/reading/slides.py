"""Read the text on the slides of a .pptx, slide by slide, as lines.

Hidden slides and speaker's notes are left out, as they are in print; what a drawing of SmartArt or a
chart says is not read. The container must have been judged by ``zipped`` first. Touches nothing.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pipeline.edges.reading.sheet import limited
from pipeline.edges.reading.titles import sensible_title

MAX_SLIDES = 500
"""A presentation of a whole day has a hundred."""
MAX_SHAPES = 2_000
"""Shapes per slide; a drawing that was imported may have thousands without a word."""
MAX_DEPTH = 20


def _shapes(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    for shape in islice(shapes, MAX_SHAPES):
        if hasattr(shape, "shapes"):
            if depth < MAX_DEPTH:
                yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _words(shape: Any) -> Iterator[str]:
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells).rstrip()
    elif getattr(shape, "has_text_frame", False):
        yield from shape.text_frame.text.replace("\v", "\n").split("\n")


def _lines(slides: Iterable[Any]) -> Iterator[str]:
    for slide in islice(slides, MAX_SLIDES):
        if slide.element.get("show") != "0":
            lines = (line for shape in _shapes(slide.shapes) for line in _words(shape) if line.strip())
            yield from (*lines, "")


def read_slides(content: bytes) -> tuple[str, str]:
    """Read a presentation.

    Args:
        content: The whole .pptx.

    Returns:
        Text and title; the title may be empty.

    Raises:
        Whatever python-pptx, lxml and zipfile raise on a file that is not in order; the caller
        (``text.read``) turns that into a problem.
    """
    from pptx import Presentation  # noqa: PLC0415 - 0.2 s, and presentations are rare

    shown = Presentation(io.BytesIO(content))
    return limited(_lines(shown.slides)), sensible_title(shown.core_properties.title or "")
