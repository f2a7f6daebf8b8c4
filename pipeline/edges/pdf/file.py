"""Writing a PDF: whole or not at all, the same bytes for the same content.

Writes through ``files``.
"""

import hashlib
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import TextStringObject

from pipeline.edges import files
from pipeline.edges.pdf.copying import name

VERSION = "%PDF-1.7"
PRODUCER = "Stukkenstroom"
MERGE_ROUNDS = 4


def new_writer() -> PdfWriter:
    """Make an empty PDF without a date or identifier."""
    writer = PdfWriter()
    writer.pdf_header = VERSION
    writer.metadata = {"/Producer": PRODUCER}
    writer.root_object[name("/Lang")] = TextStringObject("nl-NL")
    return writer


def write_pdf(writer: PdfWriter, out: Path) -> str:
    """Write a PDF whole or not at all.

    Returns:
        Its sha256.

    Raises:
        DiskFullError: No room; ``out`` is as it was.
        FolderError: It cannot be written there.
    """
    with files.replacing(out) as stream:
        writer.write(stream)
        stream.seek(0)
        return hashlib.file_digest(stream, "sha256").hexdigest()


def merge_identical(writer: PdfWriter) -> None:
    """Keep one of identical objects and none that nothing refers to.

    Each round can make objects identical that differed in a reference only.
    """
    left = -1
    for _ in range(MERGE_ROUNDS):
        writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
        now = sum(1 for value in writer._objects if value is not None)  # noqa: SLF001  no public count
        if now == left:
            return
        left = now
