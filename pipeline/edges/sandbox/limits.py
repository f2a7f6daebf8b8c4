"""What a worker process may use: memory, time, files; and what it may reach: nothing.

On Linux all of it holds. On macOS memory is not limited and the network not cut off; on Windows only
the time limit of the service holds. Touches only the process it is called in.
"""

import sys
import time
from pathlib import Path

from pipeline.edges.sandbox import kernel

MEMORY_BYTES = 3 * 1024**3 // 2
"""Address space; the files of the public corpora that were tried need at most a sixth of it."""
FILE_BYTES = 1024**3
OPEN_FILES = 64


def before_imports() -> bool:
    """Set the limits that must stand first, when there is one thread still.

    Returns:
        True when the network is cut off.
    """
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", FILE_BYTES)
    _limit("RLIMIT_NOFILE", OPEN_FILES)
    _limit("RLIMIT_AS", MEMORY_BYTES)
    kernel.give_up_privileges()
    return kernel.cut_network()


def before_foreign_files(folder: Path) -> bool:
    """Lock the door: from here on only this folder can be written, and nobody else reached.

    Returns:
        True when system calls for a network are refused.
    """
    kernel.write_only_below(folder)
    return kernel.refuse_calls()


def allow_seconds(seconds: int) -> None:
    """Give the piece of work at hand so many seconds of the processor; beyond those the process is ended."""
    _limit("RLIMIT_CPU", int(time.process_time()) + seconds + 1, soft_only=True)


def _limit(name: str, value: int, *, soft_only: bool = False) -> None:
    """Set one limit, where the system has it; never above what it was."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on every system

    which = getattr(resource, name)
    _, hard = resource.getrlimit(which)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(which, (value, hard if soft_only else value))
    except (ValueError, OSError):  # macOS refuses some
        return
