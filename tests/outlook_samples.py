"""Make small Outlook files by hand: a compound file with the streams of a .msg, and a winmail.dat."""

import struct
from collections.abc import Mapping

Tree = Mapping[str, "bytes | Tree"]

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STRING, _BINARY, _LONG = 0x001F, 0x0102, 0x0003


def compound_file(tree: Tree) -> bytes:
    """Write storages and streams as a compound file (version 3, one sector of table per 64 kB)."""
    entries: list[list[object]] = [["Root Entry", 5, b"", _FREE, _FREE]]
    _add(tree, 0, entries)
    mini, mini_table = bytearray(), []
    sectors: list[bytes] = []
    table: list[int] = []

    def put(data: bytes) -> int:
        start, count = len(sectors), -(-len(data) // _SECTOR)
        for index in range(count):
            sectors.append(data[index * _SECTOR : (index + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            table.append(start + index + 1 if index + 1 < count else _END)
        return start if count else _END

    placed: list[tuple[int, int]] = []
    for _, kind, data, _, _ in entries:
        content = data if isinstance(data, bytes) else b""
        if kind != 2 or not content:
            placed.append((_END if kind == 2 else 0, 0))
        elif len(content) >= _CUTOFF:
            placed.append((put(content), len(content)))
        else:
            start, count = len(mini_table), -(-len(content) // _MINI)
            mini_table += [*range(start + 1, start + count), _END]
            mini += content.ljust(count * _MINI, b"\0")
            placed.append((start, len(content)))
    placed[0] = (put(bytes(mini)), len(mini))
    mini_start = put(b"".join(struct.pack("<I", one) for one in mini_table))
    mini_sectors = -(-len(mini_table) * 4 // _SECTOR)
    raw = b"".join(_entry(one, *place) for one, place in zip(entries, placed, strict=True))
    directory = put(raw.ljust(-(-len(raw) // _SECTOR) * _SECTOR, b"\0"))
    tables = 1
    while tables * 128 < len(sectors) + tables:
        tables += 1
    places = list(range(len(sectors), len(sectors) + tables))
    table += [_FAT] * tables
    table += [_FREE] * (tables * 128 - len(table))
    head = struct.pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0, _CUTOFF,
        mini_start, mini_sectors, _END, 0,
    )  # fmt: skip
    head += b"".join(struct.pack("<I", place) for place in (places + [_FREE] * 109)[:109])
    return head + b"".join(sectors) + b"".join(struct.pack("<I", one) for one in table)


def _add(tree: Tree, parent: int, entries: list[list[object]]) -> None:
    before: int | None = None
    for name, value in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        is_stream = isinstance(value, bytes)
        entries.append([name, 2 if is_stream else 1, value, _FREE, _FREE])
        place = len(entries) - 1
        if before is None:
            entries[parent][4] = place
        else:
            entries[before][3] = place
        before = place
        if not isinstance(value, bytes):
            _add(value, place, entries)


def _entry(one: list[object], start: int, size: int) -> bytes:
    name, kind, _, right, child = one
    raw = str(name).encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack(
        "<HBB3I16xI16xIQ", len(raw), kind, 1, _FREE, right, child, 0, start, size
    )


def properties(
    head: int, texts: Mapping[int, str], binaries: Mapping[int, bytes], numbers: Mapping[int, int]
) -> dict[str, bytes]:
    """Write the properties of a message, recipient or attachment as its streams."""
    streams: dict[str, bytes] = {}
    rows = bytes(head)
    for kind, values in (
        (_STRING, {k: v.encode("utf-16-le") for k, v in texts.items()}),
        (_BINARY, binaries),
    ):
        for number, value in values.items():
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = value
            rows += struct.pack("<HHIII", kind, number, 6, len(value), 0)
    for number, count in numbers.items():
        rows += struct.pack("<HHIII", _LONG, number, 6, count, 0)
    return streams | {"__properties_version1.0": rows}


def message(
    texts: Mapping[int, str], attachments: tuple[Tree, ...] = (), *, head: int = 32, html: bytes = b""
) -> dict[str, "bytes | Tree"]:
    """Write a message; ``head`` is 24 for one within another."""
    binaries = {0x1013: html} if html else {}
    numbers = {0x3FDE: 65001} if html else {}
    storage: dict[str, bytes | Tree] = dict(properties(head, texts, binaries, numbers))
    for index, one in enumerate(attachments):
        storage[f"__attach_version1.0_#{index:08X}"] = one
    return storage


def attached(name: str, content: bytes, *, kind: str = "", content_id: str = "") -> Tree:
    texts = {0x3707: name, 0x370E: kind, 0x3712: content_id}
    return properties(8, {k: v for k, v in texts.items() if v}, {0x3701: content}, {0x3705: 1})


def attached_message(name: str, inner: Tree) -> Tree:
    return {**properties(8, {0x3001: name}, {}, {0x3705: 5}), "__substg1.0_3701000D": inner}


def winmail(body: str, files: Mapping[str, bytes]) -> bytes:
    """Write a winmail.dat with a plain text and files."""
    data = struct.pack("<IH", 0x223E9F78, 1)
    data += _field(1, 0x9006, 8, struct.pack("<I", 0x10000)) + _field(
        1, 0x9007, 6, struct.pack("<II", 1252, 0)
    )
    if body:
        data += _field(1, 0x800C, 2, body.encode("cp1252") + b"\0")
    for name, content in files.items():
        data += _field(2, 0x9002, 6, bytes(14))
        data += _field(2, 0x8010, 1, name.encode() + b"\0") + _field(2, 0x800F, 6, content)
    return data


def _field(level: int, number: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, number, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
