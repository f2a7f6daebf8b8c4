"""Watching folders with watchdog: a change wakes the service sooner than its next look around.

Only a hint. On a share no event may come, and an event may tell less than the truth; the
periodic look around stays the truth. A folder that the system will not watch is left to that look.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

LOG = logging.getLogger("stukkenstroom")

_CHANGES = frozenset(("created", "modified", "moved", "deleted", "closed"))


class _Waker(FileSystemEventHandler):
    """Calls when something changed; opening or reading a file is no change."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the service."""
        if event.event_type in _CHANGES:
            self._wake()


@contextmanager
def watch(folders: tuple[Path, ...], wake: Callable[[], None]) -> Iterator[None]:
    """Call ``wake`` from another thread whenever something changes below these folders.

    Args:
        folders: Those that are not there are left out.
        wake: Must be quick and safe to call from any thread.
    """
    observer = Observer()
    observer.start()
    try:
        for folder in folders:
            if folder.is_dir():
                _watch_one(observer, folder, wake)
        yield
    finally:
        observer.stop()
        observer.join()


def _watch_one(observer: BaseObserver, folder: Path, wake: Callable[[], None]) -> None:
    try:
        observer.schedule(_Waker(wake), str(folder), recursive=True)
    except OSError as fault:  # a share that knows no events, or all watches of this user are taken
        LOG.warning("not-watched folder=%s errno=%s", folder.name, fault.errno)
