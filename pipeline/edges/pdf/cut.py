"""Cutting a bundle into parts for the mail, each with the page labels and bookmarks of the whole.

A link to a page in another part becomes plain text; a bookmark there stays as a line that says in which
part it is. Reads one of our own bundles and writes the part, whole or not at all.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import OutlineItem

from pipeline.edges import files
from pipeline.values import Stretch

SHOWN_LEVELS = 2
"""Bookmarks of other parts are shown so deep: agenda items and papers."""
DEEPEST = 10
_PartOf = Mapping[Any, int]
"""Number of an object that is a page -> the part it is in."""


def cut(source: Path, out: Path, stretches: Sequence[Stretch], number: int) -> None:
    """Write one stretch of a bundle as a file of its own.

    Args:
        source: The bundle.
        out: The file to write.
        stretches: All parts, in order.
        number: Which of them, 1-based.
    """
    own = stretches[number - 1]
    with pikepdf.open(source) as pdf:
        pages = [page.objgen for page in pdf.pages]
        part_of = {
            objgen: part
            for part, one in enumerate(stretches, start=1)
            for objgen in pages[one.first - 1 : one.last]
        }
        _mark_outline(pdf, part_of, number)
        for page in pdf.pages[own.first - 1 : own.last]:
            _drop_links(page, part_of, number)
        del pdf.pages[own.last :]
        del pdf.pages[: own.first - 1]
        labels = pikepdf.Dictionary(S=pikepdf.Name.D, St=own.first)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, labels]))
        pdf.docinfo["/Title"] = f"{pdf.docinfo.get('/Title', '')} (deel {number} van {len(stretches)})"
        with files.replacing(out) as stream:
            pdf.save(stream, deterministic_id=True)


def _drop_links(page: pikepdf.Page, part_of: _PartOf, number: int) -> None:
    """Take the links to pages that are not here off a page."""
    annotations = page.obj.get("/Annots", None)
    if not isinstance(annotations, pikepdf.Array):
        return
    kept = [one for one in annotations if "/Dest" not in one or _part(one.Dest, part_of) == number]
    if len(kept) < len(annotations):
        page.obj.Annots = pikepdf.Array(kept)


def _part(destination: object, part_of: _PartOf) -> int:
    """Tell in which part a destination lies; 0 when that is not known."""
    if not isinstance(destination, pikepdf.Array) or not len(destination):
        return 0
    return part_of.get(getattr(destination[0], "objgen", (0, 0)), 0)


def _mark_outline(pdf: pikepdf.Pdf, part_of: _PartOf, number: int) -> None:
    """Keep the bookmarks of this part; those of others say where they are and go nowhere."""
    with pdf.open_outline(max_depth=DEEPEST) as outline:
        outline.root[:] = _marked(outline.root, part_of, number, level=1)


def _marked(items: Sequence[OutlineItem], part_of: _PartOf, number: int, level: int) -> list[OutlineItem]:
    made = []
    for item in items:
        part = _part(item.destination, part_of)
        below = _marked(item.children, part_of, number, level + 1)
        if part != number and not below and level > SHOWN_LEVELS:
            continue
        new = OutlineItem(item.title if part == number else f"{item.title} (deel {part})")
        new.destination = item.destination if part == number else None
        new.is_closed = item.is_closed
        new.children.extend(below)
        made.append(new)
    return made
