"""Writing a PDF: whole or not at all, the same bytes for the same content.

Touches the target and a temporary file beside it.
"""

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import TextStringObject

from pipeline.edges.pdf.copying import name
from pipeline.errors import DiskFullError

VERSION = "%PDF-1.7"
PRODUCER = "Stukkenstroom"
MERGE_ROUNDS = 4
_NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def new_writer() -> PdfWriter:
    """Make an empty PDF without a date or identifier."""
    writer = PdfWriter()
    writer.pdf_header = VERSION
    writer.metadata = {"/Producer": PRODUCER}
    writer.root_object[name("/Lang")] = TextStringObject("nl-NL")
    return writer


def write_pdf(writer: PdfWriter, out: Path) -> str:
    """Write a PDF through a temporary file beside it, on disk before it gets its name.

    Returns:
        Its sha256.

    Raises:
        DiskFullError: No room; ``out`` is as it was.
    """
    temporary = out.with_name(f".{out.name}.tmp")
    try:
        with temporary.open("w+b") as file:
            writer.write(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        temporary.replace(out)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno in _NO_ROOM:
            raise DiskFullError(f"no room to write a PDF: {error.errno}") from error
        raise
    _sync_folder(out.parent)
    return digest


def _sync_folder(folder: Path) -> None:
    """Have the new name on disk too, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network folder may refuse it
            os.fsync(handle)
    finally:
        os.close(handle)


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
