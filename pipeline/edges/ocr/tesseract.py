"""The program tesseract: is it there, and what does it read in one picture.

Started for each picture with our own words, in a process group of its own, one thread, limited in time
and (where the system can) in memory; the picture goes in and the table comes out through pipes.
"""

import contextlib
import functools
import os
import shutil
import signal
import subprocess

LANGUAGE = "nld"
"""English beside it costs a fifth more time, and the words of English papers are found without it."""
MAX_SECONDS = 60.0
"""Time for one picture; an ordinary page takes about one second, a page full of noise three."""
_MAX_BYTES = 2 * 1024**3
"""Address space; a page of A4 at 300 dpi takes less than a tenth of it."""
_ASKING_SECONDS = 20.0
_UNEVEN = ("-c", "thresholding_method=2")
"""Look for ink relative to the paper around it, not by one threshold for the page."""

NO_PROGRAM = (
    "Het programma dat scans leest, is op de computer van de dienst niet geïnstalleerd. Lees dit stuk zelf. "
    "Vraag de beheerder om tesseract te installeren, met de Nederlandse taal erbij (op Debian en Ubuntu: "
    "tesseract-ocr en tesseract-ocr-nld); volgende scans worden dan vanzelf gelezen."
)
NO_DUTCH = (
    "Het programma dat scans leest, kent op de computer van de dienst geen Nederlands. Lees dit stuk zelf. "
    "Vraag de beheerder om die taal voor tesseract te installeren (op Debian en Ubuntu: tesseract-ocr-nld); "
    "volgende scans worden dan vanzelf gelezen."
)


class PictureFaultError(Exception):
    """Tesseract did not read a picture: it ran out of time or memory, or failed."""


def missing() -> str:
    """Tell in Dutch what is missing before scans can be read; empty when nothing is."""
    program = shutil.which("tesseract")
    if program is None:
        return NO_PROGRAM
    return "" if LANGUAGE in _languages(program, os.environ.get("TESSDATA_PREFIX", "")) else NO_DUTCH


@functools.lru_cache(maxsize=4)
def _languages(program: str, _data: str) -> frozenset[str]:
    """Ask which languages it has, once for each place its data may lie."""
    try:
        asked = subprocess.run(  # noqa: S603 - our own words
            [program, "--list-langs"], capture_output=True, check=False, timeout=_ASKING_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(asked.stdout.decode(errors="replace").split())


def read_table(picture: bytes, *, dpi: int, uneven: bool, seconds: float = MAX_SECONDS) -> str:
    """Have one picture read.

    Args:
        picture: PNG of our own making.
        dpi: Its resolution, as far as known.
        uneven: There is a shadow over it.
        seconds: Time it may take.

    Returns:
        The words with their places, as tesseract's tab-separated table.

    Raises:
        PictureFaultError: It did not succeed.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise PictureFaultError("tesseract has gone")
    command = [program, "-", "-", "-l", LANGUAGE, "--dpi", str(dpi), *(_UNEVEN if uneven else ()), "tsv"]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            start_new_session=True,
        )
    except OSError as fault:
        raise PictureFaultError(f"does not start: {type(fault).__name__}") from fault
    with process:
        return _table_of(process, picture, seconds)


def _table_of(process: subprocess.Popen[bytes], picture: bytes, seconds: float) -> str:
    _limit_memory(process.pid)
    try:
        table, _ = process.communicate(picture, timeout=seconds)
    except subprocess.TimeoutExpired as fault:
        raise PictureFaultError(f"took over {seconds:.0f} s") from fault
    finally:
        _end(process)
    if process.returncode != 0:
        raise PictureFaultError(f"ended with {process.returncode}")
    return table.decode("utf-8", errors="replace")


def _limit_memory(pid: int) -> None:
    """Limit the process from outside: code that runs between fork and exec is not safe beside threads."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.prlimit(pid, resource.RLIMIT_AS, (_MAX_BYTES, _MAX_BYTES))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, and whatever it started, when it has not ended by itself."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
