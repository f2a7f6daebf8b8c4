"""A change in a watched folder wakes; reading does not."""

import threading
from pathlib import Path

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
