"""Copying objects of a source into a bundle, leaving behind what leads out of the page.

References to pages, files, actions, structure and metadata become null, so that a resource
can never drag the rest of its document along. Streams are copied as they are, still encoded.
Touches pypdf objects in memory only.
"""

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from pipeline.edges.pdf.source import name_of, resolve

_TYPES_LEFT = frozenset(
    {
        "/Page",
        "/Pages",
        "/Catalog",
        "/Outlines",
        "/StructTreeRoot",
        "/StructElem",
        "/Filespec",
        "/F",
        "/EmbeddedFile",
        "/Action",
        "/Metadata",
    }
)
_STREAM_KEYS_LEFT = frozenset(
    {
        "/Length",
        "/F",
        "/FFilter",
        "/FDecodeParms",
        "/AF",
        "/OPI",
        "/Ref",
        "/PieceInfo",
        "/Metadata",
        "/StructParent",
        "/StructParents",
        "/LastModified",
    }
)


def register(writer: PdfWriter, value: PdfObject) -> IndirectObject:
    """Give an object a number in the bundle."""
    return writer._add_object(value)  # noqa: SLF001  pypdf has no public way to add a plain object


def name(text: str) -> NameObject:
    """Make a PDF name, e.g. ``/Font``."""
    return NameObject(text)


def stream_of(content: bytes) -> DecodedStreamObject:
    """Make a stream with these bytes."""
    stream = DecodedStreamObject()
    stream.set_data(content)
    return stream


class Copier:
    """Copies objects of one source into the bundle, each of them once."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._done: dict[tuple[int, int], PdfObject] = {}
        self._todo: list[tuple[PdfObject, PdfObject]] = []

    def copy(self, value: object) -> PdfObject:
        """Copy a value with all that it refers to; what must stay behind becomes null."""
        result = self._value(value)
        while self._todo:
            original, empty = self._todo.pop()
            self._fill(original, empty)
        return result

    def copied(self, value: object) -> IndirectObject | None:
        """Give the copy of an object if it was copied before; copies nothing."""
        if not isinstance(value, IndirectObject):
            return None
        found = self._done.get((value.idnum, value.generation))
        return found if isinstance(found, IndirectObject) else None

    def _value(self, value: object) -> PdfObject:
        if isinstance(value, IndirectObject):
            return self._reference(value)
        if isinstance(value, DictionaryObject | ArrayObject):
            return self._direct(value)
        return value if isinstance(value, PdfObject) else NullObject()

    def _direct(self, value: DictionaryObject | ArrayObject) -> PdfObject:
        if _stays_behind(value):
            return NullObject()
        empty = _empty_like(value)
        self._fill(value, empty)
        return empty

    def _reference(self, reference: IndirectObject) -> PdfObject:
        key = (reference.idnum, reference.generation)
        if key not in self._done:
            original = resolve(reference)
            if _stays_behind(original):
                self._done[key] = NullObject()
            elif isinstance(original, DictionaryObject | ArrayObject):
                empty = _empty_like(original)
                self._done[key] = register(self._writer, empty)
                self._todo.append((original, empty))
            else:
                self._done[key] = original
        return self._done[key]

    def _fill(self, original: PdfObject, empty: PdfObject) -> None:
        if isinstance(original, ArrayObject) and isinstance(empty, ArrayObject):
            empty.extend(self._value(value) for value in list(original))
        elif isinstance(original, DictionaryObject) and isinstance(empty, DictionaryObject):
            left = _STREAM_KEYS_LEFT if isinstance(original, StreamObject) else frozenset()
            for key, value in original.items():
                if key not in left:
                    empty[NameObject(key)] = self._value(value)


def _stays_behind(value: PdfObject) -> bool:
    return isinstance(value, DictionaryObject) and name_of(value.get("/Type")) in _TYPES_LEFT


def _empty_like(value: DictionaryObject | ArrayObject) -> PdfObject:
    """Make an empty object of the same kind; a stream already has its bytes, still encoded."""
    if isinstance(value, StreamObject):
        stream = EncodedStreamObject() if isinstance(value, EncodedStreamObject) else DecodedStreamObject()
        stream._data = value._data  # noqa: SLF001  the public accessors decode
        return stream
    return ArrayObject() if isinstance(value, ArrayObject) else DictionaryObject()
