"""Reading a PDF that comes from outside: its pages, destinations and bookmarks.

Everything here reads and decides, nothing is changed or written. A source may be hostile:
every walk over a tree is iterative, remembers where it has been and stops at a limit, and
whatever pypdf raises on a malformed object leaves this module as ``UnreadableError``.
Not covered: time and memory limits; a caller that reads PDFs of strangers runs this in a
process of its own with limits.

Page indexes are 0-based here; page numbers elsewhere are 1-based.
"""

import logging
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from pipeline.errors import UnreadableError

MAX_PAGES = 5_000
MAX_TREE_NODES = 50_000
MAX_OUTLINE_ITEMS = 5_000
NO_PAGES = "Het pdf-bestand bevat geen enkele pagina."
DAMAGED = "Het pdf-bestand is beschadigd en kan niet worden gelezen."

# pypdf raises these, besides its own, on objects of another type than the format asks.
MALFORMED = (
    PyPdfError,
    DependencyError,
    DeprecationError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    zlib.error,
    struct.error,
)

# Its warnings quote the content of letters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place in a source.

    Attributes:
        page_index: 0-based.
        fit: How it is shown: ``/XYZ left top zoom``, ``/Fit`` … as in the source.
    """

    page_index: int
    fit: tuple[PdfObject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An entry of a source's outline: depth from 0, one-line title, where it points."""

    depth: int
    title: str
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An opened PDF.

    Attributes:
        reader: pypdf's reader, not encrypted.
        root: The document catalogue.
        pages: In order, inherited attributes filled in.
        indexes: Object number of a page -> its index.
        names: Named destinations: raw name -> what it stands for.
    """

    reader: PdfReader
    root: DictionaryObject
    pages: tuple[PageObject, ...]
    indexes: Mapping[int, int]
    names: Mapping[bytes, PdfObject]


@contextmanager
def readable(detail: str) -> Iterator[None]:
    """Translate whatever pypdf raises on a malformed file.

    Args:
        detail: English, for the log; names no path.

    Raises:
        UnreadableError: The file is damaged.
    """
    try:
        yield
    except UnreadableError:
        raise
    except MALFORMED as error:
        raise UnreadableError(f"{detail}: {type(error).__name__}", wat=DAMAGED) from error


def open_source(path: Path) -> Source:
    """Open a PDF and find its pages.

    Args:
        path: A PDF that opens without a password.

    Returns:
        The source; its file stays open as long as the reader lives.

    Raises:
        UnreadableError: Not readable, a page tree that loops, no page, or more than 5,000.
    """
    with readable("cannot open"):
        reader = PdfReader(path, strict=False)
        root = reader.root_object
        _measure_page_tree(root)
        pages = tuple(reader.pages)
        names = dict(_named_destinations(root))
    if not pages:
        raise UnreadableError("no pages", wat=NO_PAGES)
    indexes: dict[int, int] = {}
    for index, page in enumerate(pages):
        if page.indirect_reference is not None:
            indexes.setdefault(page.indirect_reference.idnum, index)
    return Source(reader=reader, root=root, pages=pages, indexes=indexes, names=names)


def declared_pages(source: Source) -> int:
    """Tell how many pages the page tree says it has, which may be a lie; 0 when it does not say."""
    count = as_dict(source.root.get("/Pages")).get("/Count")
    return int(count) if isinstance(count, NumberObject) else 0


def _measure_page_tree(root: DictionaryObject) -> None:
    """Refuse a page tree that loops, is empty or is too large, before pypdf walks it."""
    seen: set[int] = set()
    todo = [root.get("/Pages", NullObject())]
    pages = 0
    while todo:
        node = as_dict(todo.pop())
        if "/Kids" not in node:
            pages += bool(node)
        elif id(node) in seen:
            raise UnreadableError(
                "page tree loops", wat="De pagina's van het pdf-bestand verwijzen in een kring naar zichzelf."
            )
        else:
            seen.add(id(node))
            todo.extend(as_array(node.get("/Kids")))
        if pages > MAX_PAGES or len(seen) > MAX_TREE_NODES:
            raise UnreadableError(
                "too many pages",
                wat=f"Het pdf-bestand heeft meer dan {MAX_PAGES:,} pagina's.".replace(",", "."),
            )
    if not pages:
        raise UnreadableError("no pages", wat=NO_PAGES)


# --- values of any type ----------------------------------------------------------------


def resolve(value: object) -> PdfObject:
    """Follow a reference; what is missing is null."""
    found = value.get_object() if isinstance(value, PdfObject) else None
    return NullObject() if found is None else found


def as_dict(value: object) -> DictionaryObject:
    """Give the dictionary that this is or refers to, else an empty one."""
    found = resolve(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def as_array(value: object) -> ArrayObject:
    """Give the array that this is or refers to, else an empty one."""
    found = resolve(value)
    return found if isinstance(found, ArrayObject) else ArrayObject()


def name_of(value: object) -> str:
    """Give the name that this is or refers to (``/Link``), else an empty text."""
    found = resolve(value)
    return str(found) if isinstance(found, NameObject) else ""


def one_line(value: object, limit: int = 200) -> str:
    """Make a text of a source fit for a title: one line, printable, at most ``limit`` characters."""
    found = resolve(value) if isinstance(value, PdfObject) else value
    if isinstance(found, ByteStringObject):
        found = bytes(found).decode("latin-1")
    if not isinstance(found, str):
        return ""
    text = "".join(character if character.isprintable() else " " for character in found)
    return " ".join(text.split())[:limit].strip()


def _raw_name(value: PdfObject) -> bytes | None:
    """Give a destination name as bytes, however it is written."""
    if isinstance(value, NameObject):
        return value[1:].encode("utf-8", "surrogateescape")
    if isinstance(value, TextStringObject):
        return value.original_bytes
    return bytes(value) if isinstance(value, ByteStringObject) else None


def name_tree(root: object) -> Iterator[tuple[PdfObject, PdfObject]]:
    """Walk a name tree: key and value, in no promised order, each node once."""
    seen: set[int] = set()
    todo = [as_dict(root)]
    while todo and len(seen) < MAX_TREE_NODES:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        todo.extend(as_dict(kid) for kid in as_array(node.get("/Kids")))
        pairs = list(as_array(node.get("/Names")))
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            yield resolve(key), value


# --- destinations and bookmarks --------------------------------------------------------


def _named_destinations(root: DictionaryObject) -> Iterator[tuple[bytes, PdfObject]]:
    """Give all named destinations: those of PDF 1.1 (a dictionary) and of 1.2 (a name tree)."""
    for key, value in as_dict(root.get("/Dests")).items():
        yield key[1:].encode("utf-8", "surrogateescape"), value
    for name, value in name_tree(as_dict(root.get("/Names")).get("/Dests")):
        raw = _raw_name(name)
        if raw is not None:
            yield raw, value


def find_target(source: Source, destination: object) -> Target | None:
    """Find the page that a destination of any form stands for, or None."""
    found = resolve(destination)
    for _ in range(4):
        raw = _raw_name(found)
        if raw is not None:
            found = resolve(source.names.get(raw))
        elif isinstance(found, DictionaryObject):
            found = resolve(found.get("/D"))
        else:
            break
    if not isinstance(found, ArrayObject) or not found:
        return None
    index = _page_index(source, next(iter(found)))
    if index is None:
        return None
    return Target(page_index=index, fit=_simple_fit(found))


def _page_index(source: Source, page: object) -> int | None:
    if isinstance(page, IndirectObject):
        return source.indexes.get(page.idnum)
    if isinstance(page, NumberObject) and 0 <= int(page) < len(source.pages):
        return int(page)
    return None


def _simple_fit(destination: ArrayObject) -> tuple[PdfObject, ...]:
    fit = tuple(resolve(value) for value in list(destination)[1:6])
    nested = any(isinstance(value, DictionaryObject | ArrayObject) for value in fit)
    return (NameObject("/Fit"),) if nested or not fit else fit


def bookmarks(source: Source) -> Iterator[Bookmark]:
    """Walk the outline in reading order; entries without a page are left out, loops are cut."""
    seen: set[int] = set()
    todo = [(0, as_dict(as_dict(source.root.get("/Outlines")).get("/First")))]
    while todo and len(seen) < MAX_OUTLINE_ITEMS:
        depth, item = todo.pop()
        if not item or id(item) in seen:
            continue
        seen.add(id(item))
        todo.append((depth, as_dict(item.get("/Next"))))
        todo.append((depth + 1, as_dict(item.get("/First"))))
        target = find_target(source, destination_of(item))
        title = one_line(item.get("/Title"))
        if target and title:
            yield Bookmark(depth=depth, title=title, target=target)


def destination_of(holder: DictionaryObject) -> object:
    """Give the destination of a bookmark or link inside its own document, or None."""
    if "/Dest" in holder:
        return holder.get("/Dest")
    action = as_dict(holder.get("/A"))
    return action.get("/D") if name_of(action.get("/S")) == "/GoTo" else None
