"""Read the text on the slides of an old presentation (.ppt, PowerPoint 97 to 2003), in their order.

Only what the file now counts as its slides is read: not the layouts, the notes, nor what was left
behind of earlier savings. Everything the file says of places is checked before it is believed.
Touches nothing.

Source:
    [MS-PPT] PowerPoint (.ppt) Binary File Format, sections 2.1.2 (reading), 2.3 (persist objects),
    2.4.14 (lists of slides) and 2.9 (text).
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from pipeline.edges.reading.old_word import title_in
from pipeline.edges.reading.problems import LockedError
from pipeline.edges.reading.sheet import limited

MAX_RECORDS = 500_000
"""Records looked at in one file; a big presentation has some ten thousand."""
MAX_DEPTH = 40
MAX_EDITS = 1_000

_HEADER_BYTES = 8
_CONTAINER = 0xF
_DOCUMENT, _SLIDE = 0x03E8, 0x03EE
_SLIDE_LIST, _SLIDE_PLACE = 0x0FF0, 0x03F3
_CHARS, _BYTES = 0x0FA0, 0x0FA8
_EDIT, _DIRECTORY = 0x0FF5, 0x1772
_SHOW, _SHOW_FLAGS_AT, _HIDDEN = 0x03F9, 10, 0x4
_LOCKED_TOKEN = 0xF3D1C4DF
_FIRST_PLACE_BITS = 20
_MARKS = str.maketrans({"\r": "\n", "\x0b": "\n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """One record: its kind and instance, whether it holds records, and where its content stands."""

    kind: int
    instance: int
    holds_records: bool
    start: int
    end: int


def _record(data: bytes, at: int, end: int) -> _Record:
    """Read the header of a record, which must fit before ``end``."""
    if at < 0 or at + _HEADER_BYTES > end:
        raise ValueError("a record outside the file")
    first, kind, size = struct.unpack_from("<HHI", data, at)
    return _Record(
        kind=kind,
        instance=first >> 4,
        holds_records=first & _CONTAINER == _CONTAINER,
        start=at + _HEADER_BYTES,
        end=min(at + _HEADER_BYTES + size, end),
    )


def _inside(data: bytes, outer: _Record) -> Iterator[_Record]:
    at, seen = outer.start, 0
    while at + _HEADER_BYTES <= outer.end and seen < MAX_RECORDS:
        one = _record(data, at, outer.end)
        yield one
        at, seen = max(one.end, at + _HEADER_BYTES), seen + 1


def _texts(data: bytes, outer: _Record, depth: int = 0) -> Iterator[str]:
    for one in _inside(data, outer):
        yield from _words(data, one)
        if one.holds_records and depth < MAX_DEPTH:
            yield from _texts(data, one, depth + 1)


def _words(data: bytes, one: _Record) -> Iterator[str]:
    if one.kind == _CHARS:
        yield data[one.start : one.end].decode("utf-16-le", "replace").translate(_MARKS)
    elif one.kind == _BYTES:
        yield data[one.start : one.end].decode("latin-1").translate(_MARKS)


def _objects(data: bytes, last_edit: int) -> dict[int, int]:
    """Map each object to its newest place, walking back from the last saving.

    Returns:
        Places by number; key 0 holds the number of the document itself.
    """
    places: dict[int, int] = {}
    for _ in range(MAX_EDITS):
        edit = _record(data, last_edit, len(data))
        if edit.kind != _EDIT:
            raise ValueError("no saving where one was told")
        _, _, last_edit, directory, document = struct.unpack_from("<5I", data, edit.start)
        places.setdefault(0, document)
        for number, place in _directory(data, _record(data, directory, len(data))):
            places.setdefault(number, place)
        if not last_edit:
            break
    return places


def _directory(data: bytes, record: _Record) -> Iterator[tuple[int, int]]:
    at = record.start
    while record.kind == _DIRECTORY and at + 4 <= record.end:
        (head,) = struct.unpack_from("<I", data, at)
        first, count = head & ((1 << _FIRST_PLACE_BITS) - 1), head >> _FIRST_PLACE_BITS
        count = min(count, (record.end - at - 4) // 4)
        yield from enumerate(struct.unpack_from(f"<{count}I", data, at + 4), start=first)
        at += 4 + 4 * count


def _slide(data: bytes, place: int | None) -> list[str] | None:
    """Give the text on a slide; None for a hidden one."""
    record = _record(data, -1 if place is None else place, len(data))
    if record.kind != _SLIDE:
        raise ValueError("no slide where one was told")
    return None if _is_hidden(data, record) else list(_texts(data, record))


def _is_hidden(data: bytes, slide: _Record) -> bool:
    shows = (one for one in _inside(data, slide) if one.kind == _SHOW)
    return any(
        struct.unpack_from("<H", data, one.start + _SHOW_FLAGS_AT)[0] & _HIDDEN
        for one in shows
        if one.end - one.start > _SHOW_FLAGS_AT + 1
    )


def _lines(data: bytes, places: dict[int, int]) -> Iterator[str]:
    """Give the text of the slides: what stands on each, and what the list of slides holds of it."""
    document = _record(data, places[places[0]], len(data))
    lists = [one for one in _inside(data, document) if one.kind == _SLIDE_LIST and one.instance == 0]
    shown: list[str] | None = None
    for one in (record for slides in lists for record in _inside(data, slides)):
        if one.kind == _SLIDE_PLACE:
            (number,) = struct.unpack_from("<I", data, one.start)
            shown = _slide(data, places.get(number))
            yield from ("", *(shown or ()))
        elif shown is not None:
            yield from _words(data, one)


def read_old_slides(content: bytes) -> tuple[str, str]:
    """Read an old presentation.

    Args:
        content: The whole .ppt.

    Returns:
        Text and title; the title may be empty.

    Raises:
        LockedError: It is behind a password.
        Whatever olefile and struct raise on a file that is not in order; the caller (``text.read``)
        turns that into a problem.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        _, token, last_edit = struct.unpack_from("<3I", ole.openstream("Current User").read(), 8)
        if token == _LOCKED_TOKEN:
            raise LockedError
        data = ole.openstream("PowerPoint Document").read()
        return limited(_lines(data, _objects(data, last_edit))), title_in(ole)
