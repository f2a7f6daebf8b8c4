"""A change in a watched folder wakes; reading does not."""

import errno
import threading
from pathlib import Path

import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from pipeline.edges import watching
from pipeline.edges.watching import watch

LONG, SHORT = 5.0, 0.4


def test_a_change_wakes_also_in_a_sub_folder(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    woken = threading.Event()
    with watch((tmp_path, tmp_path / "bestaat niet"), woken.set):
        (tmp_path / "map" / "brief.txt").write_text("tekst")
        assert woken.wait(LONG)


def test_reading_does_not_wake(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("tekst")
    woken = threading.Event()
    with watch((tmp_path,), woken.set):
        woken.wait(SHORT)
        woken.clear()
        path.read_text()
        assert not woken.wait(SHORT)


def test_afterwards_nothing_wakes(tmp_path: Path) -> None:
    woken = threading.Event()
    with watch((tmp_path,), woken.set):
        pass
    (tmp_path / "brief.txt").write_text("tekst")
    assert not woken.wait(SHORT)


def test_a_folder_that_the_system_will_not_watch_stops_neither_the_service_nor_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D13: a share may know no events, and the watches of a user can run out."""

    class Unwilling(Observer):  # type: ignore[misc,valid-type]  # which class it is hangs on the system
        def schedule(
            self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False
        ) -> ObservedWatch:
            if Path(path).name == "share":
                raise OSError(errno.ENOSPC, "inotify watch limit reached")
            return super().schedule(handler, path, recursive=recursive)

    for name in ("share", "map"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(watching, "Observer", Unwilling)
    woken = threading.Event()
    with watch((tmp_path / "share", tmp_path / "map"), woken.set):
        (tmp_path / "map" / "brief.txt").write_text("tekst")
        assert woken.wait(LONG)
