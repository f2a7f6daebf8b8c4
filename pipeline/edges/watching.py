"""Watching folders with watchdog: a change wakes the service sooner than its next look around.

Only a hint. On a share no event may come, and an event may tell less than the truth; the
periodic look around stays the truth.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

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
    for folder in folders:
        if folder.is_dir():
            observer.schedule(_Waker(wake), str(folder), recursive=True)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
