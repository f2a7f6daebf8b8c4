"""What a file is, by its content and not by its name."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import PIL.Image
import pytest

from pipeline.edges.reading.compound_file import MAGIC
from pipeline.edges.reading.filetype import FileType, sniff

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(*root_names: str, inside: str = "", chain: int = END) -> bytes:
    """Make the smallest OLE file with these names in its root; ``inside`` lies in a storage below it.

    Sector 0 is the allocation table, sectors 1 and 2 the directory; ``chain`` is what follows sector 2.
    """
    names = [*root_names, *(["ObjectPool", inside] if inside else [])]
    entries = [_entry("Root Entry", child=1)]
    for place, name in enumerate(names, start=1):
        storage = bool(inside) and name == "ObjectPool"
        last = place == len(root_names) + bool(inside)
        below = bool(inside) and place == len(names)
        right = FREE if last or below else place + 1
        entries.append(_entry(name, right=right, child=len(names) if storage else FREE))
    directory = b"".join(entries).ljust(1024, b"\0")
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<128I", TABLE, 2, chain, *[FREE] * 125)
    return header + table + directory


def _entry(name: str, *, right: int = FREE, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", len(name) * 2 + 2, 2, 1)
    return (raw + struct.pack("<III", FREE, right, child)).ljust(128, b"\0")


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as box:
        for name, content in members.items():
            box.writestr(name, content)
    return target.getvalue()


def picture(kind: str) -> bytes:
    target = io.BytesIO()
    PIL.Image.new("RGB", (2, 2)).save(target, kind)
    return target.getvalue()


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


OPEN = b"application/vnd.oasis.opendocument."
WORD = saved(docx.Document())
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(200)

SAMPLES = [
    (b"", "a.pdf", FileType.EMPTY),
    (b" \r\n\t", "a.txt", FileType.EMPTY),
    (b"%PDF-1.7\n...", "a", FileType.PDF),
    (b"\r\n\r\n%PDF-1.4\n", "a.docx", FileType.PDF),
    (WORD, "zonder naam", FileType.DOCX),
    (WORD[:2000], "a.docx", FileType.DOCX),
    (WORD[:2000], "a.zip", FileType.ZIP),
    (saved(openpyxl.Workbook()), "a.docx", FileType.XLSX),
    (zipped(**{"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "", FileType.PPTX),
    (zipped(mimetype=OPEN + b"text"), "", FileType.ODT),
    (zipped(mimetype=OPEN + b"text-template"), "", FileType.ODT),
    (zipped(mimetype=OPEN + b"spreadsheet"), "", FileType.ODS),
    (zipped(mimetype=OPEN + b"presentation"), "", FileType.ODP),
    (zipped(**{"word/document.xml": b""}), "a.docx", FileType.ZIP),
    (zipped(), "leeg.zip", FileType.ZIP),
    (compound("WordDocument", "1Table"), "a.doc", FileType.DOC),
    (compound("1Table", "WordDocument", inside="Workbook"), "a.xls", FileType.DOC),
    (compound("Workbook"), "", FileType.XLS),
    (compound("Book"), "", FileType.XLS),
    (compound("PowerPoint Document"), "", FileType.PPT),
    (compound("__properties_version1.0", inside="WordDocument"), "", FileType.MSG),
    (compound("EncryptionInfo", "EncryptedPackage"), "a.docx", FileType.LOCKED),
    (compound("Iets anders"), "a.doc", FileType.UNKNOWN),
    (compound("Book", chain=1), "", FileType.XLS),
    (MAGIC, "a.doc", FileType.UNKNOWN),
    (MAGIC + b"\xff" * 3000, "a.doc", FileType.UNKNOWN),
    (rb"{\rtf1\ansi Hallo}", "a.doc", FileType.RTF),
    (picture("JPEG"), "a.png", FileType.JPEG),
    (picture("PNG"), "", FileType.PNG),
    (picture("TIFF"), "", FileType.TIFF),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_1.HEIC", FileType.HEIC),
    (b"\0\0\0\x18ftypisom\0\0\0\0", "film.mp4", FileType.UNKNOWN),
    (b"\x78\x9f\x3e\x22\x01\x00", "winmail.dat", FileType.TNEF),
    (b"0\x82\x10\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0", "smime.p7m", FileType.P7M),
    (EXE, "Factuur.pdf", FileType.EXE),
    (EXE.replace(b"\x03", b"%PDF-1.4"), "a.pdf", FileType.EXE),
    (b"\x7fELF\x02\x01\x01", "a", FileType.EXE),
    (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(20), "a.lnk", FileType.EXE),
    (b"#!/bin/sh\nrm -rf /\n", "a.txt", FileType.EXE),
    (b"CreateObject(1)", "Brief.docx.vbs", FileType.EXE),
    (b"MZ-overleg: de agenda", "a.txt", FileType.TXT),
    (b"<!DOCTYPE html><html><p>x", "a", FileType.HTML),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='y'>", "a.doc", FileType.HTML),
    (b"<!---->" * 5000 + b"<p>", "a.txt", FileType.TXT),
    (b"<p>stukje</p>", "a.htm", FileType.HTML),
    (b"<p>stukje</p>", "a.txt", FileType.TXT),
    (b"<svg xmlns='x'/>", "a.svg", FileType.UNKNOWN),
    (b"BEGIN:VCALENDAR\r\nVERSION:2.0", "uitnodiging", FileType.ICS),
    (b"Received: from a\r\nFrom: b@c.nl\r\nSubject: d\r\n\r\nHallo", "", FileType.EML),
    (b"From: b@c.nl\nSubject: d\n\nHallo", "bericht.eml", FileType.EML),
    (b"From: b@c.nl\nTo: e\nSubject: d\n\nHallo", "geplakt.txt", FileType.TXT),
    (b"Van: bestuur\nAan: MR\nBetreft: rooster\n", "", FileType.TXT),
    (b"Gewoon tekst", "Brief.docx", FileType.TXT),
    ("Coördinatie".encode("cp1252"), "a", FileType.TXT),
    ("Coördinatie".encode("utf-16"), "a", FileType.TXT),
    (b"a" * 65_535 + "é".encode(), "a", FileType.TXT),
    (bytes(range(256)) * 4, "a.txt", FileType.UNKNOWN),
    (bytes(1000), "a.pdf", FileType.UNKNOWN),
]


@pytest.mark.parametrize(
    ("content", "name", "kind"), SAMPLES, ids=[f"{n}-{s[2]}" for n, s in enumerate(SAMPLES)]
)
def test_kind(content: bytes, name: str, kind: FileType, tmp_path: Path) -> None:
    """The same answer for bytes and for a file."""
    (tmp_path / "inhoud").write_bytes(content)
    assert sniff(content, name) is kind
    if name:
        assert sniff(tmp_path / "inhoud", name) is kind


def test_name_of_the_file_itself_counts_when_no_other_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: x\n\ny")
    assert sniff(tmp_path / "a.eml") is FileType.EML


def test_bomb_is_only_looked_at() -> None:
    """A member of 2 GB by its own account is never unpacked."""
    bomb = bytearray(zipped(**{"[Content_Types].xml": b"", "word/document.xml": b"x"}))
    place = bomb.rfind(b"PK\x01\x02")
    struct.pack_into("<I", bomb, place + 24, 2**31)
    assert sniff(bytes(bomb), "a.docx") is FileType.DOCX


@pytest.mark.parametrize("kind", FileType)
def test_every_kind_has_a_dutch_name(kind: FileType) -> None:
    assert kind.label.startswith("een ")
