"""Read OpenDocument files (.odt, .ods, .odp): text, sheets and slides in the order of the document.

A small reader upon lxml instead of a library: those build an object per element and follow the
repeat counts of a sheet, which a few bytes can make a billion. Deleted text, comments, headers,
hidden sheets and slides, and speaker's notes are not read. The container must have been judged by ``zipped``
first. Touches nothing.

Source:
    OASIS OpenDocument 1.3, part 3, sections 5 (text), 6 (inline), 9 (tables) and 10.2 (pages).
"""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.edges.reading.problems import LockedError
from pipeline.edges.reading.sheet import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, limited
from pipeline.edges.reading.titles import sensible_title

MAX_DEPTH = 60
"""Depth of tables, lists and frames in each other; people do not get beyond ten."""
MAX_SLIDES = 500
_MOST_SPACES = 20
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_WHITE = re.compile(r"[ \t\r\n]+")


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


_PARAGRAPHS = (_tag("text:p"), _tag("text:h"))
_TABLE, _ROW = _tag("table:table"), _tag("table:table-row")
_CELLS = (_tag("table:table-cell"), _tag("table:covered-table-cell"))
_SPACES, _TAB, _BREAK = _tag("text:s"), _tag("text:tab"), _tag("text:line-break")
_ASIDE = (_tag("draw:text-box"), _tag("text:note-body"))
_NOT_READ = frozenset(
    _tag(name)
    for name in (
        "text:tracked-changes",
        "office:annotation",
        "office:forms",
        "text:note-citation",
        "text:sequence-decls",
        "presentation:notes",
        "office:dde-source",
    )
)


def _inline(node: etree._Element, aside: list[etree._Element], depth: int) -> Iterator[str]:
    """Give the text of a paragraph; boxes and notes anchored in it are set aside."""
    yield _WHITE.sub(" ", node.text or "")
    for child in node:
        if child.tag == _SPACES:
            yield " " * _count(child, _tag("text:c"), _MOST_SPACES)
        elif child.tag in (_TAB, _BREAK):
            yield "\t" if child.tag == _TAB else "\n"
        elif child.tag in _ASIDE:
            aside.append(child)
        elif isinstance(child.tag, str) and child.tag not in _NOT_READ and depth < MAX_DEPTH:
            yield from _inline(child, aside, depth + 1)
        yield _WHITE.sub(" ", child.tail or "")


def _count(node: etree._Element, attribute: str, most: int) -> int:
    """Read a repeat count, at least one and never more than is sane."""
    told = node.get(attribute, "1")
    return max(1, min(int(told), most)) if told.isdecimal() else 1


def _paragraph(node: etree._Element, depth: int) -> Iterator[str]:
    aside: list[etree._Element] = []
    yield "".join(_inline(node, aside, depth)).strip(" ")
    for one in aside:
        yield from _blocks(one, depth + 1)


def _blocks(node: etree._Element, depth: int = 0) -> Iterator[str]:
    """Give the lines of a body, cell, list, frame or slide, in order."""
    if depth > MAX_DEPTH:
        return
    for child in node:
        if child.tag in _PARAGRAPHS:
            yield from _paragraph(child, depth)
        elif child.tag == _TABLE:
            yield from _table(child, depth)
        elif isinstance(child.tag, str) and child.tag not in _NOT_READ:
            yield from _blocks(child, depth + 1)


def _table(node: etree._Element, depth: int) -> Iterator[str]:
    for row in _own(node, _ROW):
        cells = (" ".join(filter(None, _blocks(cell, depth + 1))) for cell in _cells(row))
        yield "\t".join(cells).rstrip()


def _own(table: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Give the rows of a table, also those in groups, not those of a table inside it."""
    return (row for row in table.iter(tag) if next(row.iterancestors(_TABLE)) is table)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (child for child in row if child.tag in _CELLS)


# --- sheets ----------------------------------------------------------------------------


def _shown(cell: etree._Element) -> str:
    """Give what a cell shows; a file that no spreadsheet made may hold the bare value only."""
    words = " ".join(filter(None, _blocks(cell)))
    values = (cell.get(_tag(f"office:{name}")) for name in ("string-value", "date-value", "value"))
    return words or next((value for value in values if value), "")


def _sheet_row(row: etree._Element) -> str:
    shown: list[str] = []
    for cell in _cells(row):
        room = MAX_COLUMNS - len(shown)
        if room <= 0:
            break
        shown += [_shown(cell)] * _count(cell, _tag("table:number-columns-repeated"), room)
    return "\t".join(shown).rstrip()


def _hidden(content: etree._Element, properties: str, attribute: str, value: str) -> frozenset[str]:
    """Give the names of the styles that hide a sheet or a slide."""
    wanted = f"{_tag('style:style')}/{_tag(properties)}[@{_tag(attribute)}='{value}']"
    found = (one.getparent() for one in content.iterfind(f".//{wanted}"))
    return frozenset(one.get(_tag("style:name"), "") for one in found if one is not None)


def _sheets(content: etree._Element) -> Iterator[str]:
    """Give the name of each visible sheet that holds something, and its lines."""
    hidden = _hidden(content, "style:table-properties", "table:display", "false")
    rows_left = MAX_ROWS
    for sheet in list(content.iter(_TABLE))[:MAX_SHEETS]:
        if sheet.get(_tag("table:style-name"), "-") in hidden or rows_left <= 0:
            continue
        rows: list[str] = []
        for row in _own(sheet, _ROW):
            if line := _sheet_row(row):
                rows += [line] * _count(row, _tag("table:number-rows-repeated"), rows_left - len(rows))
            if len(rows) >= rows_left:
                break
        rows_left -= len(rows)
        if rows:
            yield from (sheet.get(_tag("table:name"), ""), *rows, "")


# --- the whole -------------------------------------------------------------------------


def _slides(content: etree._Element) -> Iterator[str]:
    hidden = _hidden(content, "style:drawing-page-properties", "presentation:visibility", "hidden")
    for slide in list(content.iter(_tag("draw:page")))[:MAX_SLIDES]:
        if slide.get(_tag("draw:style-name"), "-") not in hidden:
            yield from (*_blocks(slide), "")


def _root(box: zipfile.ZipFile, member: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(box.read(member), parser)


def _title(box: zipfile.ZipFile, content: etree._Element) -> str:
    own = ""
    if "meta.xml" in box.namelist():
        own = _root(box, "meta.xml").findtext(f".//{_tag('dc:title')}") or ""
    heading = content.find(f".//{_tag('text:h')}")
    return sensible_title(own) or sensible_title("" if heading is None else "".join(heading.itertext()))


def read_opendocument(content: bytes) -> tuple[str, str]:
    """Read a text, a spreadsheet or a presentation.

    Args:
        content: The whole file.

    Returns:
        Text and title; the title may be empty.

    Raises:
        LockedError: It is behind a password.
        Whatever lxml and zipfile raise on a file that is not in order; the caller (``text.read``)
        turns that into a problem.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        if _MANIFEST in box.namelist() and _ENCRYPTED in box.read(_MANIFEST):
            raise LockedError
        root = _root(box, "content.xml")
        title = _title(box, root)
    if (book := root.find(f".//{_tag('office:spreadsheet')}")) is not None:
        return limited(_sheets(root)) if len(book) else "", title
    if root.find(f".//{_tag('office:presentation')}") is not None:
        return limited(_slides(root)), title
    body = root.find(f".//{_tag('office:text')}")
    return limited(_blocks(body)) if body is not None else "", title
