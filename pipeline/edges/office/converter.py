"""Turn Word, Excel, PowerPoint and other documents, and pictures, into PDF.

LibreOffice does it, kept warm in a process of its own (``worker.py``). Without LibreOffice
``dxpdf`` does Word documents, texts and web pages, in a process of its own too. May touch: a private
folder inside the work folder it is given, the source (read only) and the file it is asked to make.
"""

import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.edges import files
from pipeline.edges.office import plain_docx
from pipeline.edges.office.fonts import write_fonts_conf, write_narrow_conf
from pipeline.edges.office.process import (
    DocumentFaultError,
    Job,
    OfficeAwayError,
    OfficeProcess,
    OfficeSilentError,
    environment,
)
from pipeline.edges.reading.charset import decode
from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.edges.reading.webpage import declared_charset, stripped, visible_text
from pipeline.edges.reading.zipped import container_fault
from pipeline.edges.sandbox import shared_workers
from pipeline.errors import ConversionError, OfficeStartError
from pipeline.ports import Made

WITHOUT_OFFICE = "STUKKENSTROOM_ZONDER_LIBREOFFICE"
"""Environment variable: ``1`` means do as if there were no LibreOffice."""

RECYCLE_AFTER = 200
"""Documents after which LibreOffice is started afresh, so that its memory does not grow for ever."""

ATTEMPTS = 2

MAX_PLAIN_BYTES = 5 * 1024**2
"""A text or web page longer than this would be thousands of pages."""

_IMPORT_FILTERS = {
    FileType.DOCX: "MS Word 2007 XML",
    FileType.ODT: "writer8",
    FileType.RTF: "Rich Text Format",
    FileType.HTML: "HTML (StarWriter)",
    FileType.XLSX: "Calc MS Excel 2007 XML",
    FileType.ODS: "calc8",
    FileType.PPTX: "Impress MS PowerPoint 2007 XML",
    FileType.ODP: "impress8",
    FileType.DOC: "",
    FileType.XLS: "",
    FileType.PPT: "",
}
"""Import filter per kind, so that LibreOffice never takes a file for something else; empty: by content."""

_ZIPPED = (FileType.DOCX, FileType.XLSX, FileType.PPTX, FileType.ODT, FileType.ODS, FileType.ODP)
_WITHOUT_OFFICE_TOO = (FileType.DOCX, FileType.TXT, FileType.HTML)
_THIS = {
    FileType.ODT: "Deze OpenDocument-tekst",
    FileType.RTF: "Dit RTF-document",
    FileType.XLSX: "Dit Excel-bestand",
    FileType.ODS: "Dit OpenDocument-rekenblad",
    FileType.PPTX: "Deze PowerPoint-presentatie",
    FileType.ODP: "Deze OpenDocument-presentatie",
    FileType.DOC: "Dit oude Word-document",
    FileType.XLS: "Dit oude Excel-bestand",
    FileType.PPT: "Deze oude PowerPoint-presentatie",
}
"""What only LibreOffice can convert, as a sentence about it begins; members read it in the bundle."""

_PDF_HEAD = b"%PDF-"
_PDF_TAIL = b"%%EOF"
_TAIL_BYTES = 1_024
_LOG_CHARACTERS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tools:
    """The two programs that conversion by LibreOffice takes."""

    soffice: str
    python: str


@functools.cache
def _tools() -> _Tools | None:
    """Find LibreOffice and a Python that can talk to it; asked once per process."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        return None
    beside = Path(soffice).resolve().parent / "python"
    for python in ("/usr/bin/python3", str(beside), shutil.which("python3") or ""):
        if python and Path(python).exists() and _has_uno(python):
            return _Tools(soffice=soffice, python=python)
    return None


def _has_uno(python: str) -> bool:
    question = "import importlib.util, sys; sys.exit(importlib.util.find_spec('uno') is None)"
    try:
        asked = subprocess.run(  # noqa: S603 - our own words
            [python, "-I", "-c", question], capture_output=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _check_pdf(path: Path, made_by: str) -> None:
    """Believe a file only when it is a whole PDF; a converter's word is not enough."""
    content = path.read_bytes() if path.is_file() else b""
    if not content.startswith(_PDF_HEAD) or _PDF_TAIL not in content[-_TAIL_BYTES:]:
        raise ConversionError(f"{made_by} gave no whole PDF ({len(content)} bytes)")


class Converter:
    """Turns documents into PDF; starts LibreOffice when first needed and keeps it warm.

    Safe to use from several threads; LibreOffice takes one document at a time, dxpdf several.
    Use it as a context manager, or call ``close()``.
    """

    def __init__(self, *, work: Path, timeout_seconds: float = 60.0) -> None:
        """Prepare; nothing is started yet.

        Args:
            work: Existing folder in which a private folder may be made.
            timeout_seconds: Time one document may take, per attempt.
        """
        self._work = work
        self._timeout_seconds = timeout_seconds
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._fonts: Path | None = None
        self._office: OfficeProcess | None = None
        self._lock = threading.RLock()

    @property
    def available(self) -> bool:
        """True when LibreOffice can be used; nothing is started to find out."""
        return os.environ.get(WITHOUT_OFFICE, "") != "1" and _tools() is not None

    def to_pdf(self, source: Path, name: str, out: Path) -> Made:
        """Make a PDF of a document.

        The source is never changed. Macros do not run, links are not updated, nothing is fetched.

        Args:
            source: The document; its own name does not matter.
            name: Name as given by the sender; helps to tell texts apart.
            out: Where the PDF goes; replaced in one step, and only by a whole PDF.

        Returns:
            What made it.

        Raises:
            UnreadableError: It is a picture that cannot be read.
            ConversionError: It cannot be done with this document; ``wat`` says why.
            OfficeStartError: LibreOffice does not start; nothing is known of the document.
            DiskFullError: There is no room.
            FolderError: The source cannot be read, or the PDF not be written.
        """
        kind = sniff(source, name)
        if kind.is_image:
            with files.guarded():
                content = source.read_bytes()
            files.write(out, shared_workers().bind((content,)))
            return Made(by="direct")
        with files.guarded():
            if kind is FileType.PDF:
                files.copy(source, out, files.sha256_of(source))
                return Made(by="direct")
            if not self.available:
                return self._convert(source, kind, out)
            with self._lock:
                return self._convert(source, kind, out)

    def close(self) -> None:
        """Stop LibreOffice and remove the private folder; the converter can be used again."""
        with self._lock:
            self._stop_office()
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _convert(self, source: Path, kind: FileType, out: Path) -> Made:
        _refuse(source, kind, office=self.available)
        with tempfile.TemporaryDirectory(dir=self._own_folder(), prefix="stuk-") as folder:
            made = Path(folder) / "gemaakt.pdf"
            by = self._make(source, kind, made)
            _check_pdf(made, by.by)
            files.write(out, made.read_bytes())
        return by

    def _make(self, source: Path, kind: FileType, made: Path) -> Made:
        """Choose the converter; a LibreOffice that does not start is done without where that can be."""
        if self.available:
            try:
                self._by_office(source, kind, made)
            except OfficeStartError:
                if kind not in _WITHOUT_OFFICE_TOO:
                    raise
            else:
                return Made(by="libreoffice")
        self._by_dxpdf(source, kind, made)
        return Made(by="dxpdf")

    def _by_office(self, source: Path, kind: FileType, made: Path) -> None:
        kind, ready = _for_office(source, kind, made.parent)
        job = Job(source=ready, target=made, filter_name=_IMPORT_FILTERS[kind])
        try:
            self._with_office(job)
        except DocumentFaultError as error:
            raise ConversionError(
                f"LibreOffice: {error}", wat="Het bestand is beschadigd of kan niet worden geopend."
            ) from error
        except (OfficeAwayError, OfficeSilentError) as error:
            raise ConversionError(
                f"LibreOffice failed on this document {ATTEMPTS} times: {error}",
                wat="Het omzetten naar pdf liep vast op dit bestand.",
            ) from error

    def _with_office(self, job: Job) -> None:
        """Hand a job to LibreOffice; when it hangs or dies, once more to a fresh one."""
        for attempt in range(1, ATTEMPTS + 1):
            office = self._warm_office()
            try:
                office.convert(job, self._timeout_seconds)
            except (OfficeAwayError, OfficeSilentError):
                self._stop_office()
                if attempt == ATTEMPTS:
                    raise
            else:
                return

    def _warm_office(self) -> OfficeProcess:
        if self._office is not None and self._office.jobs_done >= RECYCLE_AFTER:
            self._stop_office()
        if self._office is None:
            self._office = self._start_office()
        return self._office

    def _start_office(self) -> OfficeProcess:
        tools = _tools()
        if tools is None:
            raise OfficeStartError("LibreOffice has gone")
        folder = Path(tempfile.mkdtemp(dir=self._own_folder(), prefix="office-"))
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return OfficeProcess(
                    python=tools.python,
                    soffice=tools.soffice,
                    folder=folder / str(attempt),
                    fonts=self._fonts_conf(),
                )
            except (OfficeAwayError, OfficeSilentError) as error:
                if attempt == ATTEMPTS:
                    raise OfficeStartError(f"LibreOffice does not start: {error}") from error
        raise AssertionError

    def _stop_office(self) -> None:
        if self._office is not None:
            self._office.stop()
            shutil.rmtree(self._office.folder.parent, ignore_errors=True)
            self._office = None

    def _by_dxpdf(self, source: Path, kind: FileType, made: Path) -> None:
        """Let dxpdf make the pages, in a child that may fail without harm."""
        spec = importlib.util.find_spec("dxpdf")
        if spec is None or spec.origin is None:
            raise ConversionError("neither LibreOffice nor dxpdf is installed")
        ready = _as_docx(source, kind, made.parent)
        worker = Path(__file__).with_name("dxpdf_worker.py")
        command = [
            sys.executable,
            "-I",
            str(worker),
            str(Path(spec.origin).parents[1]),
            str(ready),
            str(made),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                command,
                capture_output=True,
                check=False,
                timeout=self._timeout_seconds,
                env=environment(self._narrow_conf(), made.parent),
            )
        except subprocess.TimeoutExpired as error:
            raise ConversionError(
                f"dxpdf took over {self._timeout_seconds} s",
                wat="Het omzetten naar pdf liep vast op dit bestand.",
            ) from error
        if done.returncode != 0:
            log = done.stderr.decode("utf-8", errors="replace").strip()[-_LOG_CHARACTERS:]
            raise ConversionError(
                f"dxpdf ended with {done.returncode}: {log}",
                wat="Het bestand is beschadigd of kan niet worden geopend.",
            )

    def _own_folder(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(dir=self._work, prefix="omzetten-")
                self._fonts = None
            return Path(self._folder.name)

    def _narrow_conf(self) -> Path:
        with self._lock:
            return write_narrow_conf(self._own_folder(), self._fonts_conf())

    def _fonts_conf(self) -> Path:
        folder = self._own_folder()
        with self._lock:
            if self._fonts is None:
                self._fonts = write_fonts_conf(folder)
            return self._fonts


def _refuse(source: Path, kind: FileType, *, office: bool) -> None:
    """Refuse what cannot be converted, or should not be tried."""
    if kind is FileType.LOCKED:
        raise ConversionError(
            "password",
            wat="Het bestand is met een wachtwoord beveiligd.",
            doe="Vraag de afzender om een exemplaar zonder wachtwoord.",
        )
    if kind is FileType.EMPTY:
        raise ConversionError(
            "empty", wat="Het bestand is leeg.", doe="Vraag de afzender om het opnieuw te sturen."
        )
    if kind not in _IMPORT_FILTERS and kind is not FileType.TXT:
        raise ConversionError(
            f"no way from {kind} to PDF", wat=f"Van {kind.label} kan geen pdf worden gemaakt."
        )
    if not office and kind not in _WITHOUT_OFFICE_TOO:
        raise ConversionError(
            f"{kind} needs LibreOffice",
            wat=f"{_THIS[kind]} kon niet in pdf worden omgezet.",
            doe=f"{ConversionError.doe} Of vraag de beheerder om LibreOffice te installeren.",
        )
    if kind in (FileType.TXT, FileType.HTML) and source.stat().st_size > MAX_PLAIN_BYTES:
        raise ConversionError(f"{kind} too long", wat="Het bestand is te groot om er pagina's van te maken.")
    if kind in _ZIPPED:
        with source.open("rb") as stream:
            if fault := container_fault(stream):
                raise ConversionError(f"unsafe or damaged {kind}", wat=fault)


def _for_office(source: Path, kind: FileType, folder: Path) -> tuple[FileType, Path]:
    """Make the copy that LibreOffice opens, so that it never writes beside the source."""
    if kind is FileType.TXT:
        return FileType.DOCX, _as_docx(source, kind, folder)
    ready = folder / f"stuk.{kind.value}"
    if kind is FileType.HTML:
        ready.write_text(stripped(_page(source)), encoding="utf-8")
    else:
        shutil.copyfile(source, ready)
    return kind, ready


def _as_docx(source: Path, kind: FileType, folder: Path) -> Path:
    """Give a Word document; of a text or a web page its text, plainly set."""
    if kind is FileType.DOCX:
        return source
    ready = folder / "stuk.docx"
    text = visible_text(_page(source)) if kind is FileType.HTML else decode(source.read_bytes())
    plain_docx.write(text, ready)
    return ready


def _page(source: Path) -> str:
    content = source.read_bytes()
    return decode(content, declared_charset(content))
