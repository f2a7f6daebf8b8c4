"""Read the names in the root of an OLE compound file (.doc, .xls, .ppt, .msg, locked Office files).

Only the directory is read, and never more of it than ``MAX_SECTORS``, so a file whose chains run in
circles ends too. May touch nothing but the stream it is given.

Source:
    [MS-CFB] Compound File Binary File Format, sections 2.2 (header), 2.3 (FAT) and 2.6 (directory).
"""

import struct
from dataclasses import dataclass
from typing import IO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_SECTORS = 2_000

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_NAME_BYTES = 64
_LAST_SECTOR = 0xFFFFFFFA
_NO_ENTRY = 0xFFFFFFFF
_SHIFTS = (9, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One line of the directory; left, right and child are places in it."""

    name: str
    left: int
    right: int
    child: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Where things stand: size of a sector, first one of the directory, sectors of the table."""

    sector_bytes: int
    directory: int
    tables: tuple[int, ...]


def _layout(stream: IO[bytes]) -> _Layout | None:
    header = stream.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(MAGIC):
        return None
    (shift,) = struct.unpack_from("<H", header, 30)
    (directory,) = struct.unpack_from("<I", header, 48)
    tables = struct.unpack_from("<109I", header, 76)
    if shift not in _SHIFTS:
        return None
    return _Layout(sector_bytes=1 << shift, directory=directory, tables=tables)


def _sector(stream: IO[bytes], layout: _Layout, number: int) -> bytes:
    stream.seek((number + 1) * layout.sector_bytes)
    return stream.read(layout.sector_bytes)


def _next(stream: IO[bytes], layout: _Layout, number: int) -> int:
    """Look up which sector follows; the tail of a very large file is out of reach and ends the chain."""
    per_table = layout.sector_bytes // 4
    table, place = divmod(number, per_table)
    if table >= len(layout.tables) or layout.tables[table] >= _LAST_SECTOR:
        return _NO_ENTRY
    sector = _sector(stream, layout, layout.tables[table])
    if len(sector) < layout.sector_bytes:
        return _NO_ENTRY
    return int(struct.unpack_from("<I", sector, place * 4)[0])


def _entry(raw: bytes) -> _Entry:
    left, right, child = struct.unpack_from("<3I", raw, 68)
    name = raw[:_NAME_BYTES].decode("utf-16-le", errors="replace").split("\0")[0]
    return _Entry(name=name, left=left, right=right, child=child)


def _entries(stream: IO[bytes], layout: _Layout) -> list[_Entry]:
    found: list[_Entry] = []
    number = layout.directory
    for _ in range(MAX_SECTORS):
        if number >= _LAST_SECTOR:
            break
        sector = _sector(stream, layout, number)
        found += [
            _entry(sector[at : at + _ENTRY_BYTES])
            for at in range(0, len(sector) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
        ]
        number = _next(stream, layout, number)
    return found


def root_names(stream: IO[bytes]) -> frozenset[str]:
    """Collect the names that stand in the root, not those of documents embedded deeper.

    Args:
        stream: The whole file, seekable, at its beginning.

    Returns:
        The names; empty when the file is not a compound file or its directory is broken.
    """
    layout = _layout(stream)
    entries = _entries(stream, layout) if layout else []
    waiting = [entries[0].child] if entries else []
    seen: set[int] = set()
    while waiting:
        place = waiting.pop()
        if place in seen or place >= len(entries):
            continue
        seen.add(place)
        waiting += [entries[place].left, entries[place].right]
    return frozenset(entries[place].name for place in seen)
