"""Reading how a page of a source lies, and what is drawn on it.

Reads only, on objects that pypdf has read.
"""

from pypdf.generic import (
    DictionaryObject,
    FloatObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from pipeline.edges.pdf.source import MALFORMED, as_array, resolve
from pipeline.edges.pdf.stamp import PageShape, is_tidy, page_shape

MAX_COUNTED_BYTES = 4_000_000


def numbers(value: object) -> tuple[float, ...]:
    """Give the numbers of an array; what is not a number is left out."""
    found = (resolve(item) for item in list(as_array(value)))
    return tuple(float(item) for item in found if isinstance(item, NumberObject | FloatObject))


def shape_of(page: DictionaryObject) -> PageShape:
    """Read how a page lies."""
    rotation, unit = resolve(page.get("/Rotate")), resolve(page.get("/UserUnit"))
    return page_shape(
        media=numbers(page.get("/MediaBox")),
        crop=numbers(page.get("/CropBox")),
        rotation=float(rotation) if isinstance(rotation, NumberObject | FloatObject) else 0.0,
        unit=float(unit) if isinstance(unit, NumberObject | FloatObject) else 1.0,
    )


def content_of(page: DictionaryObject) -> list[PdfObject]:
    """Give references to the content streams of a page, in order."""
    raw = page.get("/Contents")
    values = list(as_array(raw)) or [raw]
    return [value for value in values if isinstance(resolve(value), StreamObject)]


def can_be_followed(streams: list[PdfObject]) -> bool:
    """Tell whether our drawing can simply follow this content; very large content is trusted."""
    found = [stream for stream in map(resolve, streams) if isinstance(stream, StreamObject)]
    size = sum(len(stream._data) for stream in found)  # noqa: SLF001  the public accessor decodes
    return size > MAX_COUNTED_BYTES or is_tidy(decoded(streams))


def decoded(streams: list[PdfObject]) -> bytes:
    """Decode content, without leaving decoded copies behind; what cannot be decoded is left out."""
    return b"\n".join(
        _decoded_stream(found) for found in map(resolve, streams) if isinstance(found, StreamObject)
    )


def _decoded_stream(stream: StreamObject) -> bytes:
    try:
        return stream.get_data()
    except MALFORMED:
        return b""
    finally:
        stream.decoded_self = None
