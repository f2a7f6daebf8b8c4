"""Reads what the plain reader reads, and the pages that it says are pictures.

The text of those pages is put among the others in the order of the document; the document itself
stays as it is. Several pages are read at once, one on each core.
"""

import hashlib
import math
import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from pipeline.edges.ocr.page import read_page
from pipeline.edges.ocr.tesseract import PictureFaultError, missing
from pipeline.errors import UnreadableError
from pipeline.ports import KeptText, PageRenderer, ScannedPage, TextReader, Texts
from pipeline.values import Reading

MAX_PAGES = 60
"""Scanned pages of one paper that are read: half a minute on two cores, and enough to know what it is."""
MAX_SECONDS = 240.0
"""Time for the scanned pages of one paper, however slow. It stays below the lease of a job (300 s): the one
process that works holds a lock, so that an overrun does no harm, but nothing may count on that."""
DPI = 250
"""Measured on pages of 11, 8 and 6 points, clean and noisy: as many words as at 300, an eighth less time."""

IS_SCAN = "Dit is een scan of foto; de tekst kon niet worden gelezen."
NOTHING_READ = (
    "Op deze scan of foto is geen tekst gevonden. Bekijk die zelf, of vraag de afzender om een scherpere."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReader:
    """Reads documents, their scanned pages too.

    Attributes:
        plain: Reads all that is text, and tells which pages are pictures.
        render: Makes the picture of a page.
        texts: Keeps what was read from scans, so that it is read once; None keeps nothing.
    """

    plain: TextReader
    render: PageRenderer
    texts: Texts | None = None

    def __call__(self, content: bytes, name: str, content_type: str = "") -> Reading:
        """Read a document by what it is; what cannot be read comes back with ``problem`` set."""
        reading = self.plain(content, name, content_type)
        if not reading.scanned:
            return reading
        sha256 = hashlib.sha256(content).hexdigest()
        kept = self.texts.find(sha256) if self.texts else None
        wanted = reading.scanned[:MAX_PAGES]
        known = {number: page for number, page in kept.pages.items() if number in wanted} if kept else {}
        left = tuple(number for number in wanted if number not in known)
        lacking = missing() if left else ""
        read = known if lacking else {**known, **self._read_pages(content, name, left)}
        whole = _joined(reading, read, lacking)
        if self.texts and read != known:
            self.texts.keep(sha256, KeptText(text=whole.text, pages=read))
        return whole

    def _read_pages(self, content: bytes, name: str, numbers: tuple[int, ...]) -> dict[int, ScannedPage]:
        """Read pages, as many at once as there are cores; those that cannot be read are left out."""
        ends_at = time.monotonic() + MAX_SECONDS

        def read(number: int) -> ScannedPage | None:
            if time.monotonic() > ends_at:
                return None
            try:
                return read_page(self.render(content, name, number, DPI), ends_at=ends_at)
            except (UnreadableError, PictureFaultError):
                return None

        with ThreadPoolExecutor(max_workers=_cores(), thread_name_prefix="ocr") as pool:
            found = zip(numbers, pool.map(read, numbers), strict=True)
            return {number: page for number, page in found if page is not None}


def _cores() -> int:
    """Count the cores this process may use, not those the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _joined(plain: Reading, read: Mapping[int, ScannedPage], lacking: str) -> Reading:
    """Put scanned pages among the others, and tell what was not read."""
    text = "\n\n".join(page for page in _pages(plain, read) if page)
    if not any(mark.isalnum() for mark in text):
        return replace(plain, problem=f"{IS_SCAN} {lacking}" if lacking else NOTHING_READ)
    words = sum(page.words for page in read.values())
    sure = math.fsum(page.sure_words for page in read.values())
    return replace(
        plain,
        text=text,
        problem="",
        certainty=sure / words if words else 1.0,
        page_starts=(),
        unread=_unread(plain, read, lacking),
    )


def _pages(plain: Reading, read: Mapping[int, ScannedPage]) -> Iterator[str]:
    """Give the text of each page in order; without knowing where pages begin, the scanned ones last."""
    if not plain.page_starts:
        yield plain.text
        yield from (read[number].text for number in sorted(read))
        return
    ends = (*plain.page_starts[1:], len(plain.text))
    for number, (start, end) in enumerate(zip(plain.page_starts, ends, strict=True), start=1):
        yield read[number].text if number in read else plain.text[start:end].strip()


def _unread(plain: Reading, read: Mapping[int, ScannedPage], lacking: str) -> str:
    """Tell in Dutch which pages were not read."""
    tried, later = plain.scanned[:MAX_PAGES], plain.scanned[MAX_PAGES:]
    failed = tuple(number for number in tried if number not in read)
    told = []
    if failed:
        told.append(f"{_named(failed)} niet gelezen. {lacking or _LOOK_YOURSELF}")
    if later:
        told.append(
            f"Deze scan is te lang om helemaal te lezen: na {MAX_PAGES} gescande pagina's, vanaf pagina "
            f"{later[0]}, is de scan niet meer gelezen. {_LOOK_YOURSELF}"
        )
    return " ".join(told)


_LOOK_YOURSELF = "Kijk zelf of daar iets belangrijks staat."


def _named(numbers: tuple[int, ...]) -> str:
    """Name pages at the beginning of a sentence, a run of them by its ends."""
    if len(numbers) == 1:
        return f"Pagina {numbers[0]} is een scan en werd"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]} tot en met {run[-1]}" for run in runs]
    listed = " en ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"De pagina's {listed} zijn scans en werden"
