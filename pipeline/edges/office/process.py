"""Start, feed and end one LibreOffice worker process.

The other side is ``worker.py``; they talk in lines of JSON over stdin and stdout. May touch:
the folder it is given, and the process group it starts.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 45.0
_END_SECONDS = 5.0
_KEPT_VARIABLES = (
    *("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ"),
    *("SYSTEMROOT", "WINDIR", "COMSPEC", "PROGRAMFILES", "PROGRAMDATA", "APPDATA", "LOCALAPPDATA"),
)


def environment(fonts: Path, folder: Path) -> dict[str, str]:
    """Give a converter what it needs and no secret of ours: a document can name variables in an address.

    Args:
        fonts: The font configuration it gets.
        folder: Its home, and where it may put what passes.
    """
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    own = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), str(folder))
    return {**kept, **own, "FONTCONFIG_FILE": str(fonts)}


class OfficeAwayError(Exception):
    """The worker has ended; the document may or may not be the cause."""


class OfficeSilentError(Exception):
    """The worker did not answer in time."""


class DocumentFaultError(Exception):
    """LibreOffice is well, but this document cannot be converted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One conversion.

    Attributes:
        source: Absolute path of the document.
        target: Absolute path of the PDF to be.
        filter_name: LibreOffice's import filter; empty lets it find out.
    """

    source: Path
    target: Path
    filter_name: str


class OfficeProcess:
    """One running worker with its LibreOffice.

    Attributes:
        folder: Its private folder, with the profile.
        jobs_done: Documents it has been given.
        pid: The worker, leader of the process group.
    """

    def __init__(self, *, python: str, soffice: str, folder: Path, fonts: Path) -> None:
        """Start it and wait until it is warm (about 1 s, much more on a busy machine).

        Args:
            python: A Python that has ``uno``.
            soffice: The program LibreOffice.
            folder: Folder to be made for it alone.
            fonts: The font configuration it gets.

        Raises:
            OfficeAwayError: It ended at once.
            OfficeSilentError: It did not become ready in time.
        """
        self.folder = folder
        self.jobs_done = 0
        folder.mkdir(parents=True)
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [python, "-I", str(Path(__file__).with_name("worker.py")), soffice, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment(fonts, folder),
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self._answer(START_SECONDS)
        except (OfficeAwayError, OfficeSilentError):
            self.stop()
            raise

    def convert(self, job: Job, timeout_seconds: float) -> None:
        """Convert one document.

        Raises:
            DocumentFaultError: Not this document; the worker goes on.
            OfficeAwayError: The worker has ended.
            OfficeSilentError: No answer in time; stop the worker.
        """
        line = json.dumps({"source": str(job.source), "target": str(job.target), "filter": job.filter_name})
        stdin = self._process.stdin
        try:
            if stdin is None or self._process.poll() is not None:
                raise OfficeAwayError("ended between two documents")
            stdin.write(line.encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise OfficeAwayError("closed its ears") from error
        self.jobs_done += 1
        self._answer(timeout_seconds)

    def stop(self) -> None:
        """End the worker and its LibreOffice, whatever they are doing."""
        if hasattr(os, "killpg"):
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self._process.kill()
        else:
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                # What was still to be written goes to nobody.
                with contextlib.suppress(OSError):
                    stream.close()

    def _listen(self) -> None:
        """Collect answers; an empty line means that no more will come."""
        stdout = self._process.stdout
        if stdout is not None:
            for line in stdout:
                self._lines.put(line)
        self._lines.put(b"")

    def _answer(self, timeout_seconds: float) -> None:
        try:
            line = self._lines.get(timeout=timeout_seconds)
        except queue.Empty as error:
            raise OfficeSilentError(f"no answer in {timeout_seconds} s") from error
        if not line:
            raise OfficeAwayError("ended without an answer")
        answer = json.loads(line)
        if answer["state"] == "fault":
            raise DocumentFaultError(answer["detail"])
