"""Start, ask and end one worker process; the side of the service.

May start one process group of its own and ends that by its id. Holds the wall clock: whoever does not
answer in time is ended. On Windows a timer does that, elsewhere the pipe is never waited for longer.
"""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pipeline
from pipeline.edges.sandbox import wire
from pipeline.errors import ReaderStartError

_ROOT = str(Path(pipeline.__file__).parent.parent)
_START = (
    "import sys; sys.path[:0] = [one for one in sys.argv[2:] if one not in sys.path]; "
    "__import__(sys.argv[1], fromlist=['main']).main()"
)
START_SECONDS = 60.0
_END_SECONDS = 5.0
_PIPE_BYTES = 1024**2
_SET_PIPE_SIZE = 1031
_PIECE = 1024**2
_KEPT_VARIABLES = ("SYSTEMROOT", "PATH", "TZ", "LD_LIBRARY_PATH")


class LostWorkerError(Exception):
    """The worker gave no answer that can be used.

    Attributes:
        why: ``ended``, ``time`` or ``garbled``.
        retired: It had ended by itself, in good order, before it could have looked at the question.
    """

    def __init__(self, why: str, *, retired: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.retired = retired


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What a worker runs.

    Attributes:
        module: Has ``main``.
        paths: Where Python may look for it, besides its own places.
    """

    module: str = "pipeline.edges.sandbox.worker"
    paths: tuple[str, ...] = ()


class WorkerProcess:
    """One running worker.

    Attributes:
        pid: Of the process, leader of its own group.
        answers: How many it has given.
    """

    def __init__(self, program: Program) -> None:
        """Start it; it becomes ready on its own."""
        self.answers = 0
        self._owner = os.getpid()
        self._cut_off: bool | None = None
        self._folder = tempfile.mkdtemp(prefix="stukkenstroom-lezer-")
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-I", "-c", _START, program.module, _ROOT, *program.paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=self._folder,
            env=_environment(self._folder),
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._given, self._taken = self._pipes()

    def _pipes(self) -> tuple[int, int]:
        assert self._process.stdin is not None  # noqa: S101  # asked for above
        assert self._process.stdout is not None  # noqa: S101  # asked for above
        pipes = self._process.stdin.fileno(), self._process.stdout.fileno()
        if sys.platform != "win32":
            os.set_blocking(pipes[0], False)
        if sys.platform == "linux":
            import fcntl  # noqa: PLC0415  # not on every system

            for pipe in pipes:
                with contextlib.suppress(OSError):  # more than this user may have
                    fcntl.fcntl(pipe, _SET_PIPE_SIZE, _PIPE_BYTES)
        return pipes

    def await_ready(self) -> bool:
        """Wait for its greeting.

        Returns:
            True when it is cut off from the network.

        Raises:
            ReaderStartError: It does not become ready; it is ended.
        """
        if self._cut_off is None:
            deadline = time.monotonic() + START_SECONDS
            try:
                greeting = wire.read_frame(lambda size: self._receive(size, deadline))
            except (OSError, EOFError, wire.WireError) as fault:
                code = self.ended_by
                self.stop()
                raise ReaderStartError(f"worker does not start code={code}") from fault
            self._cut_off = bool(greeting.head.get("cut_off"))
        return self._cut_off

    def ask(self, head: Mapping[str, object], content: bytes, seconds: float) -> wire.Frame:
        """Send a question and wait for its answer.

        Raises:
            LostWorkerError: There is no answer; stop the worker.
            ReaderStartError: It never became ready; no file is to blame.
        """
        deadline = time.monotonic() + seconds
        watch = threading.Timer(seconds, self._process.kill) if sys.platform == "win32" else None
        if watch:
            watch.start()
        try:
            self.await_ready()
            for piece in wire.pieces(head, (content,)):
                self._send(piece, deadline)
            answer = wire.read_frame(lambda size: self._receive(size, deadline))
        except TimeoutError as fault:
            raise LostWorkerError("time") from fault
        except wire.WireError as fault:
            raise LostWorkerError("garbled") from fault
        except (OSError, EOFError) as fault:
            raise LostWorkerError("ended", retired=self._has_retired()) from fault
        finally:
            if watch:
                watch.cancel()
        self.answers += 1
        return answer

    def _send(self, piece: bytes, deadline: float) -> None:
        view = memoryview(piece)
        while view:
            _wait(deadline, writing=self._given)
            with contextlib.suppress(BlockingIOError):
                view = view[os.write(self._given, view[:_PIECE]) :]

    def _receive(self, size: int, deadline: float) -> bytes:
        found: list[bytes] = []
        missing = size
        while missing:
            _wait(deadline, reading=self._taken)
            more = os.read(self._taken, min(missing, _PIECE))
            if not more:
                raise EOFError
            found.append(more)
            missing -= len(more)
        return b"".join(found)

    def _has_retired(self) -> bool:
        """Tell whether it ended in good order after it had worked before."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.answers > 0 and self._process.wait(_END_SECONDS) == 0
        return False

    @property
    def is_ours(self) -> bool:
        """True in the process that started it: after a fork there are two that know of it."""
        return self._owner == os.getpid()

    @property
    def has_ended(self) -> bool:
        """True when there is nobody to ask any more."""
        return self._process.poll() is not None

    @property
    def ended_by(self) -> int:
        """Exit code, or minus the signal that ended it; 0 while it lives."""
        return self._process.poll() or 0

    def stop(self) -> None:
        """End the worker and whatever it may have started, and throw its folder away."""
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        else:
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _wait(deadline: float, *, reading: int | None = None, writing: int | None = None) -> None:
    """Wait until a pipe can be used.

    Raises:
        TimeoutError: It took too long.
    """
    if sys.platform == "win32":
        return
    left = deadline - time.monotonic()
    readers, writers = [reading] if reading is not None else [], [writing] if writing is not None else []
    if left <= 0 or not any(select.select(readers, writers, [], left)[:2]):
        raise TimeoutError


def _environment(folder: str) -> dict[str, str]:
    """Give the worker nothing of ours: no tokens, no settings, no home."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "HOME": folder, "TMPDIR": folder, "TEMP": folder, "LC_ALL": "C.UTF-8"}
