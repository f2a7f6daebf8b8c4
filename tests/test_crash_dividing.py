"""Killed with -9 while a paper is divided and photos are laid out, and started again: the same end.

The machinery, and what is held against what, is that of ``crashing.py``.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import crashing as crash
import pytest
from playing import NOTE, Play, copy_council, journal_of, mail, word
from test_dividing import ADVICE, CONSENT, FOLDER, INFORMATION, LETTER, NAME, fill, sheet_of
from test_photos import photo

from pipeline import service
from pipeline.values import Place

LOOSE = Place.LOSSE_FOTOS.rpartition("/")[2]


def act(play: Play, reaper: crash.Reaper) -> None:
    """Be the service; what the secretary does was done before."""
    with play.office() as office:
        service.work_once(crash.watched(office, reaper))


@pytest.fixture(scope="module")
def stage(new_council: Play) -> Iterator[Play]:
    """A sheet that is filled in, a pdf of photos that are no letter, and one that was called a letter."""
    memory = crash.MEMORY if crash.MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        base = Path(folder)
        play = copy_council(new_council, base / "begin")
        play.post("1.eml", mail("formatie en schooltijden", NOTE, word(base / NAME, LETTER)))
        for number, name in ((2, "brief"), (3, "tuin")):
            pictures = [photo(base / f"{name}{one}.jpg", 3 * number + one) for one in (1, 2)]
            play.post(f"{number}.eml", mail(f"Foto's {name}", "Zie de foto's.\n", *pictures))
        play.once()
        tray = play.place(Place.TE_BEOORDELEN)
        goes = {"Foto's bij 'Foto's tuin": LOOSE, "Foto's bij": "Beleidsstuk", NAME: FOLDER}
        for paper in journal_of(play)["held"]:  # type: ignore[attr-defined]
            target = next(target for name, target in goes.items() if paper.place.startswith(name))
            (tray / paper.place).rename(tray / target / paper.place)
        with play.office() as office:
            from pipeline.roads.dividing import notice_divisions  # noqa: PLC0415

            notice_divisions(office)
        fill(sheet_of(play), CONSENT, INFORMATION, ADVICE)
        yield play


def test_killed_anywhere_while_dividing_the_end_is_the_same(stage: Play) -> None:
    """Three filings of one paper, one letter of photos, two loose photos: before every effect in turn."""
    calm = crash.play_undisturbed(stage, act)
    assert calm.changed_between == []
    journal = journal_of(calm.play)
    assert len(journal["filed"]) == 4  # type: ignore[arg-type]
    assert len(journal["held"]) == 2  # type: ignore[arg-type]
    assert crash.wrong_when_killed(crash.as_calm(stage, act, calm), _telling(calm.effects), workers=1) == []


def _telling(effects: list[str]) -> list[int]:
    """Leave out the making of overviews and forms, which ``test_crash.py`` goes through."""
    elsewhere = ("templates.", "converter.", "lists.write_terms", "lists.write_incoming")
    return [number for number, name in enumerate(effects) if not name.startswith(elsewhere)]
