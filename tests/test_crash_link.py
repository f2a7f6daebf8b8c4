"""Killed with -9 at every step of sending a bundle as a link, and where it ends: one file, one mail each."""

import random
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import crashing as crash
import pikepdf
import pytest
from large_files import image, with_pictures
from playing import MACHINE, Play, copy_council, journal_of, tree

from pipeline import service
from pipeline.edges import files
from pipeline.values import DispatchState

AFTER_THE_LAST_DAY = "2027-01-23T00:00"
WIDTH, HEIGHT = 2_400, 3_200
"""Dots of a scan in black and white, that is never made smaller; 0.96 MB."""


def scan(path: Path) -> None:
    """Write a scan that fits in no message of 1 MB."""
    pdf = pikepdf.new()
    dots = zlib.compress(random.Random(1).randbytes(WIDTH * HEIGHT // 8))  # noqa: S311  # no secret
    shown = image(
        pdf,
        dots,
        WIDTH,
        HEIGHT,
        BitsPerComponent=1,
        ColorSpace=pikepdf.Name.DeviceGray,
        Filter=pikepdf.Name.FlateDecode,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with_pictures((shown, 400, 533), pdf=pdf).save(path)


@pytest.fixture(scope="module")
def stage(new_council: Play) -> Iterator[Play]:
    """A council with an approved bundle that must go as a link."""
    with tempfile.TemporaryDirectory(dir=crash.MEMORY if crash.MEMORY.is_dir() else None) as folder:
        play = copy_council(new_council, Path(folder) / "begin")
        limit = '[verzending]\nte_groot = "koppeling"\ngrootste_bericht_mb = 1\n'
        block = '[koppeling]\nmap = "../web"\nadres = "https://stukken.zandhof.example"\n'
        files.write(play.data / "dienst.toml", (MACHINE.replace("[verzending]\n", limit) + block).encode())
        files.write(web(play) / "index.html", b"van de school")
        scan(play.meeting / "03 Verbouwing" / "Tekening.pdf")
        play.once()
        assert play.approve()
        yield play


@pytest.fixture(scope="module")
def calm(stage: Play) -> crash.Undisturbed:
    """Sent, and nothing happened to it."""
    return crash.play_undisturbed(stage, act(""))


def web(play: Play) -> Path:
    return play.base / "web"


def act(now: str) -> Callable[[Play, crash.Reaper], None]:
    """Be the service at some moment; empty for the day of the sending."""

    def work(play: Play, reaper: crash.Reaper) -> None:
        with play.office(*filter(None, [now])) as bare:
            service.work_once(crash.watched(bare, reaper))

    return work


def wrong_with(calm: crash.Undisturbed) -> Callable[[Play], list[str]]:
    """Want the same end, and the same in the folder that is served."""

    def found(play: Play) -> list[str]:
        served, wanted = tree(web(play)), tree(web(calm.play))
        told = [] if served == wanted else [f"served {served} <> {wanted}"]
        return told + crash.differences(crash.end_of(play), calm.end)

    return found


def test_killed_anywhere_it_is_laid_once_and_mailed_once(stage: Play, calm: crash.Undisturbed) -> None:
    assert len([path for path in tree(web(calm.play)) if path.endswith(".pdf")]) == 1
    rows = journal_of(calm.play)["dispatches"]
    assert sum(one.linked and one.state is DispatchState.VERZONDEN for one in rows) == 3  # type: ignore[attr-defined]
    attempt = crash.Attempt(stage=stage, act=act(""), effects=calm.effects, wrong_with=wrong_with(calm))
    assert crash.wrong_when_killed(attempt, list(range(len(calm.effects) + 1))) == []


def test_killed_anywhere_at_its_end_only_its_own_is_gone(calm: crash.Undisturbed) -> None:
    stage = copy_council(calm.play, calm.play.base.with_name("einde") / "begin")
    ended = crash.play_undisturbed(stage, act(AFTER_THE_LAST_DAY))
    assert set(tree(web(ended.play))) == {"index.html"}
    assert "disk.remove_folder" in ended.effects
    around = [
        number + step
        for number, name in enumerate(ended.effects)
        if name == "disk.remove_folder"
        for step in (-1, 0, 1, 2)
    ]
    attempt = crash.Attempt(
        stage=stage, act=act(AFTER_THE_LAST_DAY), effects=ended.effects, wrong_with=wrong_with(ended)
    )
    assert crash.wrong_when_killed(attempt, around) == []
