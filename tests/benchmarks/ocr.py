"""Time the reading of scans beside plain tesseract in the same run; figures for README and notes, not a test.

    PYTHONPATH=.:tests python tests/benchmarks/ocr.py [TURNS]

Two ratios. One page: the picture of a letter, read by our road and by ``tesseract page.png - -l nld`` with
``OMP_THREAD_LIMIT=1``, in turns; the median of TURNS (default 7). A long scan: a PDF of 12 pages from
bytes to text, beside 12 plain runs spread over all cores. Target of each: at most 1.2. Prints processor
time as well, because a busy machine moves the clock.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import scans

from pipeline.edges.ocr import ScanReader, render
from pipeline.edges.ocr.page import read_page
from pipeline.edges.reading import read

PAGES, LONG_TURNS = 12, 3
CORES = len(os.sched_getaffinity(0))
Times = tuple[float, float]


def plain(page: Path) -> None:
    """Read a page as anybody would."""
    subprocess.run(
        ["tesseract", str(page), "-", "-l", "nld"],
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
        capture_output=True,
    )


def plain_on_all_cores(page: Path) -> None:
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(plain, [page] * PAGES))


def timed(work: Callable[[], object]) -> Times:
    """Give seconds by the clock, and of processors, children included."""
    before, began = os.times(), time.perf_counter()
    work()
    after, ended = os.times(), time.perf_counter()
    return ended - began, sum(after[:4]) - sum(before[:4])


def told(what: str, ours: list[Times], floor: list[Times]) -> None:
    for number, unit in enumerate(("clock", "processor")):
        one, other = (statistics.median(times[number] for times in each) for each in (ours, floor))
        print(
            f"{what:10} {unit:9}  ours {one:6.2f} s  plain tesseract {other:6.2f} s  ratio {one / other:.2f}"
        )


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        page = scans.page()
        path = Path(folder) / "page.png"
        page.save(path, dpi=(300, 300))
        content, long_scan = path.read_bytes(), scans.scan_pdf(*[page] * PAGES)
        ours, floor = [], []
        for _ in range(turns):
            ours.append(timed(lambda: read_page(content)))
            floor.append(timed(lambda: plain(path)))
        told("one page", ours, floor)
        reader = ScanReader(plain=read, render=render)
        ours, floor = [], []
        for _ in range(LONG_TURNS):
            ours.append(timed(lambda: reader(long_scan, "scan.pdf")))
            floor.append(timed(lambda: plain_on_all_cores(path)))
        told(f"{PAGES} pages", ours, floor)


if __name__ == "__main__":
    main()
