"""A fast converter that stands in for LibreOffice: real PDF pages with the words of the document.

Everything else in the tests is the product itself.
"""

import io
import re
import zipfile
from pathlib import Path

from pipeline.errors import ConversionError
from pipeline.ports import Made

_LINES_A_PAGE = 60
_BREAK = re.compile(r'<w:pageBreakBefore(?:/>| w:val="(?:1|true)"/>)')
_STYLE = re.compile(r'<w:style [^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


class FastConverter:
    """Makes a PDF without any office program; a new page where a paragraph asks for one."""

    available = True

    def to_pdf(self, source: Path, name: str, out: Path) -> Made:  # noqa: ARG002  # the port has it
        """Make a PDF of a document."""
        content = source.read_bytes()
        if content.startswith(b"%PDF"):
            out.write_bytes(content)
            return Made(by="direct")
        out.write_bytes(pdf_of(_pages(content)))
        return Made(by="libreoffice")


def pdf_of(pages: list[list[str]]) -> bytes:
    """Write a plain PDF with these lines on its pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = b"".join(b"(" + _escaped(line) + b") Tj T* " for line in lines)
        stream = b"BT /F1 9 Tf 11 TL 60 780 Td " + shown + b"ET"
        page = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    return _written(objects)


def _written(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, value in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + trailer


def _escaped(line: str) -> bytes:
    return re.sub(rb"([\\()])", rb"\\\1", line.encode("cp1252", "replace"))


def _styles_of(package: zipfile.ZipFile) -> str:
    return package.read("word/styles.xml").decode() if "word/styles.xml" in package.namelist() else ""


def _pages(content: bytes) -> list[list[str]]:
    if not content.startswith(b"PK"):
        return [content.decode("utf-8", "replace").splitlines()[:_LINES_A_PAGE]]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            document = package.read("word/document.xml").decode()
            styles = _styles_of(package)
    except (zipfile.BadZipFile, KeyError) as fault:
        raise ConversionError("no document in it") from fault
    broken = {f'w:pStyle w:val="{found[1]}"' for found in _STYLE.finditer(styles) if _BREAK.search(found[0])}
    pages: list[list[str]] = [[]]
    for paragraph in _PARAGRAPH.findall(document):
        if pages[-1] and (_BREAK.search(paragraph) or any(style in paragraph for style in broken)):
            pages.append([])
        text = "".join(_TEXT.findall(paragraph))
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
        if text:
            pages[-1].append(text)
    return pages
