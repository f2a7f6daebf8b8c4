"""Steps side by side: all are done before anybody hears of a failure."""

import os
import threading
from pathlib import Path

import pytest

from pipeline.edges.side_by_side import side_by_side
from pipeline.errors import FolderError


def fail() -> None:
    raise FolderError


def test_all_is_done_even_when_one_fails(tmp_path: Path) -> None:
    steps = [(tmp_path / str(number)).touch for number in range(5)]
    for wrong in ([fail, *steps], [*steps, fail]):
        with pytest.raises(FolderError):
            side_by_side(wrong)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1", "2", "3", "4"]
        for path in tmp_path.iterdir():
            path.unlink()


def test_nothing_to_do_is_fine() -> None:
    side_by_side([])


def test_they_are_done_at_the_same_time() -> None:
    """Each waits for the others."""
    together = threading.Barrier(4)
    side_by_side([lambda: together.wait(10)] * 4)


def test_a_step_may_do_things_side_by_side_itself(tmp_path: Path) -> None:
    """More of them than there are threads."""
    steps = [
        lambda number=number: side_by_side([(tmp_path / f"{number}-{one}").touch for one in range(3)])
        for number in range(20)
    ]
    side_by_side(steps)
    assert len(list(tmp_path.iterdir())) == 60


def test_a_failure_within_a_step_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        side_by_side([lambda: side_by_side([fail, (tmp_path / "a").touch]), (tmp_path / "b").touch])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_has_threads_of_its_own(tmp_path: Path) -> None:
    side_by_side([bool, bool])
    child = os.fork()
    if child == 0:
        side_by_side([(tmp_path / "a").touch, (tmp_path / "b").touch])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
