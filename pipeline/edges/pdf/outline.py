"""Writing the bookmarks of a bundle.

The outline is first a flat list of entries with a level, in reading order; an entry may lie at
most one level deeper than the one before it, and what lies too deep is lifted. Then it becomes
the linked tree that the format asks. Touches pypdf objects in memory only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    TextStringObject,
)

from pipeline.edges.pdf.copying import name, register
from pipeline.edges.pdf.pages import MadePart, destination
from pipeline.edges.pdf.source import Source, bookmarks, one_line

MAX_LEVEL = 7
OPEN_LEVELS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """A bookmark of the bundle: level from 0, one-line title, explicit destination."""

    level: int
    title: str
    goal: ArrayObject


@dataclass(slots=True, kw_only=True)
class _Node:
    """An entry while the tree is being built."""

    reference: IndirectObject
    item: DictionaryObject
    level: int
    children: "list[_Node]"


def part_entries(
    source: Source | None, part: MadePart, title: str, level: int, goal: ArrayObject
) -> Iterable[OutlineEntry]:
    """Give the bookmark of a part, and under it those of its source that point into the part.

    Args:
        source: Where the part comes from; None leaves out its bookmarks.
        part: Its pages.
        title: Bookmark of the part; empty = the part has none, and its source's are left out too.
        level: Level of the part's bookmark.
        goal: Its destination.
    """
    heading = one_line(title)
    if not heading:
        return
    yield OutlineEntry(level=level, title=heading, goal=goal)
    first = next(iter(part.pages))
    for mark in bookmarks(source) if source else ():
        page = part.pages.get(mark.target.page_index)
        repeats = mark.title == heading and mark.target.page_index == first
        if page is not None and not repeats:
            yield OutlineEntry(
                level=level + 1 + mark.depth, title=mark.title, goal=destination(page, mark.target.fit)
            )


def write_outline(writer: PdfWriter, entries: Sequence[OutlineEntry]) -> None:
    """Put the bookmarks into the bundle; the top level is open, the rest folded."""
    root = _new_node(writer, DictionaryObject({name("/Type"): name("/Outlines")}), level=-1)
    path = [root]
    for entry in entries:
        level = min(entry.level, MAX_LEVEL, path[-1].level + 1)
        while path[-1].level >= level:
            path.pop()
        item = DictionaryObject({name("/Title"): TextStringObject(entry.title), name("/Dest"): entry.goal})
        node = _new_node(writer, item, level)
        path[-1].children.append(node)
        path.append(node)
    if root.children:
        _link(root)
        writer.root_object[name("/Outlines")] = root.reference


def _new_node(writer: PdfWriter, item: DictionaryObject, level: int) -> _Node:
    return _Node(reference=register(writer, item), item=item, level=level, children=[])


def _link(node: _Node) -> int:
    """Tie a node to its children; give how many entries are visible when it is open."""
    visible = len(node.children)
    for place, child in enumerate(node.children):
        child.item[name("/Parent")] = node.reference
        if place:
            child.item[name("/Prev")] = node.children[place - 1].reference
            node.children[place - 1].item[name("/Next")] = child.reference
        below = _link(child)
        visible += below if child.level < OPEN_LEVELS else 0
    if node.children:
        node.item[name("/First")] = node.children[0].reference
        node.item[name("/Last")] = node.children[-1].reference
        is_open = node.level < OPEN_LEVELS
        node.item[name("/Count")] = NumberObject(visible if is_open else -visible)
    return visible
