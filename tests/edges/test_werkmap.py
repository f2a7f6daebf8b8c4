"""The werkmap: its marker, its owner, and what counts as a finished file."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.edges import werkmap as module
from pipeline.edges.werkmap import Werkmap, find_werkmap, read_marker, write_marker
from pipeline.errors import ForeignWerkmapError, WerkmapAwayError
from pipeline.values import Place

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Werkmap:
    """A werkmap that is ours, on a disk that tells when a file is closed."""
    write_marker(tmp_path / "raad", "wij")
    made = Werkmap(tmp_path / "raad", "wij", 0.0)
    made.make_folders(("Overig",))
    return made


def drop(folder: Werkmap, name: str, content: bytes) -> Path:
    path = folder.path(Place.INKOMEND, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


# --- the marker ------------------------------------------------------------------------


def test_a_werkmap_is_found_from_any_folder_in_it(folder: Werkmap, tmp_path: Path) -> None:
    assert find_werkmap(folder.path(Place.TE_BEOORDELEN, "Overig")) == folder.root
    assert find_werkmap(tmp_path) is None


def test_another_owner_is_refused_and_can_be_overruled(folder: Werkmap) -> None:
    """The uuid stays the same when the owner changes."""
    before = read_marker(folder.root)
    write_marker(folder.root, "anderen")
    with pytest.raises(ForeignWerkmapError):
        folder.check()
    write_marker(folder.root, "wij")
    folder.check()
    assert read_marker(folder.root) == before


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"uuid": "x"}', "\udcff"])
def test_a_marker_that_says_nothing_is_no_marker(folder: Werkmap, content: str) -> None:
    path = folder.path(".stukkenstroom", "werkmap.json")
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(WerkmapAwayError):
        folder.check()


def test_a_werkmap_that_is_gone_is_away(tmp_path: Path) -> None:
    with pytest.raises(WerkmapAwayError):
        Werkmap(tmp_path / "nergens", "wij", 0.0).check()
    assert json.dumps(os.listdir(tmp_path)) == "[]"  # noqa: PTH208


@pytest.mark.skipif(sys.platform != "linux", reason="names are text here")
@pytest.mark.parametrize("place", [Place.INKOMEND, Place.TE_BEOORDELEN, Place.VERGADERINGEN])
def test_a_name_that_is_no_text_is_mended_before_anything_is_looked_at(folder: Werkmap, place: Place) -> None:
    """It cannot be kept in the journal, and so would stop all post for ever."""
    (folder.path(place) / os.fsdecode(b"brief\xeb")).mkdir()
    (folder.path(place) / os.fsdecode(b"brief\xeb/b\xeb.pdf")).write_bytes(b"x")
    folder.check()
    assert folder.path(place, "briefë", "bë.pdf").read_bytes() == b"x"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text here")
def test_what_was_claimed_under_such_a_name_is_mended_too(folder: Werkmap) -> None:
    folder.claim(drop(folder, os.fsdecode(b"b\xeb.pdf"), b"x"), NOW)
    folder.check()
    (claimed,) = folder.claimed()
    assert (claimed.name, claimed.path.read_bytes()) == ("bë.pdf", b"x")


@pytest.mark.skipif(sys.platform != "linux", reason="names are text here")
def test_in_the_werkmap_of_another_no_name_is_touched(folder: Werkmap) -> None:
    path = drop(folder, os.fsdecode(b"b\xeb.pdf"), b"x")
    write_marker(folder.root, "anderen")
    with pytest.raises(ForeignWerkmapError):
        folder.check()
    assert path.is_file()


# --- finished files --------------------------------------------------------------------


def test_a_file_that_is_being_written_waits(folder: Werkmap) -> None:
    path = folder.path(Place.INKOMEND, "brief.txt")
    with path.open("wb") as stream:
        stream.write(b"half")
        stream.flush()
        assert not folder.is_complete(path)
    assert folder.is_complete(path) or folder.is_complete(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("half.pdf", b"%PDF-1.7\nhalf"), ("half.docx", b"PK\x03\x04" + b"x" * 300)],
)
def test_half_a_container_waits_until_waiting_is_no_use(
    folder: Werkmap, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    path = drop(folder, name, content)
    assert not folder.is_complete(path)
    assert not folder.is_complete(path)
    monkeypatch.setattr(module, "BROKEN_AFTER_SECONDS", 0.0)
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
    folder.is_complete(path)
    assert folder.is_complete(path)


def test_an_empty_file_may_be_the_beginning_of_a_copy(folder: Werkmap) -> None:
    path = drop(folder, "leeg.txt", b"")
    assert not Werkmap(folder.root, "wij", 60.0).is_complete(path)
    assert folder.is_complete(path)


# --- claiming --------------------------------------------------------------------------


def test_a_claimed_file_keeps_its_name_and_moment(folder: Werkmap) -> None:
    path = drop(folder, "submap/brief é.txt", b"tekst")
    key = folder.claim(path, NOW)
    (claimed,) = folder.claimed()
    assert (claimed.key, claimed.name, claimed.dropped_at) == (key, "brief é.txt", NOW)
    assert claimed.path.read_bytes() == b"tekst"
    assert not path.exists()


def test_what_is_released_is_gone_and_releasing_again_is_harmless(folder: Werkmap) -> None:
    folder.claim(drop(folder, "brief.txt", b"tekst"), NOW)
    (claimed,) = folder.claimed()
    folder.release(claimed)
    folder.release(claimed)
    assert folder.claimed() == ()


def test_two_files_with_one_name_are_claimed_apart(folder: Werkmap) -> None:
    first = folder.claim(drop(folder, "brief.txt", b"een"), NOW)
    second = folder.claim(drop(folder, "brief.txt", b"twee"), NOW)
    assert first != second
    assert sorted(one.path.read_bytes() for one in folder.claimed()) == [b"een", b"twee"]


def test_empty_folders_are_swept_and_others_stay(folder: Werkmap) -> None:
    folder.path(Place.INKOMEND, "a", "b").mkdir(parents=True)
    drop(folder, "c/brief.txt", b"tekst")
    folder.sweep_empty(Place.INKOMEND)
    assert [entry.path for entry in folder.listing(Place.INKOMEND)] == ["c", "c/brief.txt"]


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    """No passing file is left anywhere."""
    yield
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".stukkenstroom-tmp")]
