"""Read the text of a .docx in the order of the document.

Paragraphs, tables, content controls, text boxes and footnotes are read; headers, footers, deleted
text and comments are not. The container must have been judged by ``zipped`` first. Touches nothing.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from pipeline.edges.reading.titles import sensible_title

_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_ROW, _CELL, _TEXT = qn("w:tr"), qn("w:tc"), qn("w:t")
_BOX = qn("w:txbxContent")
_FOOTNOTE, _FOOTNOTE_TYPE = qn("w:footnote"), qn("w:type")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_READ = frozenset((_FALLBACK, qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr")))
_MARKS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_TITLE_STYLES = ("title", "titel", "heading 1", "kop 1")
_TITLE_WITHIN = 60
MAX_DEPTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WordText:
    """What a Word document holds.

    Attributes:
        text: With line ends between paragraphs and rows, tabs between cells.
        title: From its properties, else its first title or heading; may be empty.
    """

    text: str
    title: str


def _children(node: etree._Element) -> Iterator[etree._Element]:
    """Give the elements below, without comments and instructions, whose tag is no text."""
    return (child for child in node if isinstance(child.tag, str))


def _inline(node: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Give the text of a paragraph; text boxes anchored in it are set aside."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current.tag == _BOX:
            boxes.append(current)
        elif current.tag == _TEXT:
            yield current.text or ""
        elif current.tag in _MARKS:
            yield _MARKS[str(current.tag)]
        elif current.tag not in _NOT_READ:
            waiting += reversed(list(_children(current)))


def _paragraph(node: etree._Element, depth: int) -> Iterator[str]:
    boxes: list[etree._Element] = []
    yield "".join(_inline(node, boxes))
    for box in boxes:
        yield from _blocks(box, depth + 1)


def _table(node: etree._Element, depth: int) -> Iterator[str]:
    for row in node.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is node:
            cells = (" ".join(filter(None, _blocks(cell, depth + 1))) for cell in _own_cells(row))
            yield "\t".join(cells).rstrip()


def _own_cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row)


def _blocks(node: etree._Element, depth: int = 0) -> Iterator[str]:
    """Give the lines of a body, cell or text box, in order."""
    if depth > MAX_DEPTH:
        return
    for child in _children(node):
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child, depth)
        elif child.tag == _TABLE:
            yield from _table(child, depth)
        elif child.tag not in _NOT_READ:
            yield from _blocks(child, depth + 1)


def _footnotes(document: Document) -> Iterator[str]:
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iter(_FOOTNOTE):
                # A note with a type is the line above the notes, not a note.
                if note.get(_FOOTNOTE_TYPE) in (None, "normal"):
                    yield from _blocks(note)


def _heading(document: Document) -> str:
    for paragraph in document.paragraphs[:_TITLE_WITHIN]:
        style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
        if style in _TITLE_STYLES and (title := sensible_title(paragraph.text)):
            return title
    return ""


def read_word(content: bytes) -> WordText:
    """Read a Word document.

    Args:
        content: The whole .docx.

    Raises:
        Whatever python-docx, lxml and zipfile raise on a file that is not in order; the caller
        (``text.read``) turns that into a problem.
    """
    document = docx.Document(io.BytesIO(content))
    lines = [*_blocks(document.element.body), *_footnotes(document)]
    title = sensible_title(document.core_properties.title or "") or _heading(document)
    return WordText(text="\n".join(lines), title=title)
