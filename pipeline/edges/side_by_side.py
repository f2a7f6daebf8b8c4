"""Things that do not depend on each other, at the same time: a disk flushes many files as fast as one.

The threads that do them stay: to start them anew for each letter takes longer than what they save.
"""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache

_MOST_THREADS = 8
_NAME = "naast-elkaar"

Step = Callable[[], object]


def side_by_side(steps: Sequence[Step]) -> None:
    """Do things side by side; all are done, or have failed, when this returns.

    A step may do things side by side too; those are done one after the other.

    Raises:
        Exception: Of a step that failed; of several, of one of them.
    """
    if not steps:
        return
    *others, mine = steps
    start = _in_turn if threading.current_thread().name.startswith(_NAME) else _threads().submit
    started: list[Future[object]] = []
    try:
        started += map(start, others)
        mine()
    finally:
        wait(started)
    for one in started:
        one.result()


def _in_turn(step: Step) -> Future[object]:
    """Do a step now, and keep what comes of it."""
    done = Future[object]()
    try:
        done.set_result(step())
    except Exception as fault:  # noqa: BLE001  # raised when all others are done
        done.set_exception(fault)
    return done


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=_MOST_THREADS, thread_name_prefix=_NAME)


if hasattr(os, "register_at_fork"):  # a child has none of its parent's threads
    os.register_at_fork(after_in_child=_threads.cache_clear)
