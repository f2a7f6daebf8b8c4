"""Names that old programs left as bytes are given back as text, and nothing is lost or replaced by it."""

import os
import sys
from pathlib import Path

import pytest

from pipeline.edges import files
from pipeline.edges.mending import mend_names


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def bare(folder: Path) -> list[bytes]:
    return sorted(os.listdir(os.fsencode(folder)))  # noqa: PTH208  # as bytes


def drop_bytes(folder: Path, name: bytes, content: bytes = b"x") -> None:
    path = os.fsencode(folder) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(content)


linux = pytest.mark.skipif(sys.platform != "linux", reason="names are text here")


@linux
def test_a_name_that_is_no_text_is_read_as_old_windows_wrote_it(tmp_path: Path) -> None:
    drop_bytes(tmp_path, b"re\xe7u \x80 5.pdf")
    drop_bytes(tmp_path, "reçu €.pdf".encode(), b"goed")
    mend_names(tmp_path)
    assert bare(tmp_path) == sorted(["reçu € 5.pdf".encode(), "reçu €.pdf".encode()])
    assert [entry.path for entry in files.listing(tmp_path)] == ["reçu € 5.pdf", "reçu €.pdf"]


@linux
def test_a_byte_that_stands_for_nothing_is_marked(tmp_path: Path) -> None:
    drop_bytes(tmp_path, b"a\x81.pdf")
    mend_names(tmp_path)
    assert names(tmp_path) == ["a\N{REPLACEMENT CHARACTER}.pdf"]


@linux
def test_folders_and_what_lies_in_them_are_named_anew(tmp_path: Path) -> None:
    for folder in (b"\xe9\xe9n", b"\xe9\xe9n/twee\xeb"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + folder)).mkdir()
    drop_bytes(tmp_path, b"\xe9\xe9n/twee\xeb/drie\xeb.pdf", b"inhoud")
    mend_names(tmp_path)
    assert (tmp_path / "één" / "tweeë" / "drieë.pdf").read_bytes() == b"inhoud"


@linux
def test_a_mended_name_never_replaces_anything(tmp_path: Path) -> None:
    """Neither a file, nor an empty folder, nor a link that leads nowhere."""
    drop_bytes(tmp_path, "caf\N{LATIN SMALL LETTER E WITH ACUTE}.pdf".encode(), b"eerste")
    (tmp_path / "café (2).pdf").symlink_to(tmp_path / "weg")
    drop_bytes(tmp_path, b"caf\xe9.pdf", b"tweede")
    (tmp_path / "één").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9\xe9n")).mkdir()
    drop_bytes(tmp_path, b"\xe9\xe9n/a", b"a")
    mend_names(tmp_path)
    assert (tmp_path / "café.pdf").read_bytes() == b"eerste"
    assert (tmp_path / "café (2).pdf").is_symlink()
    assert (tmp_path / "café (3).pdf").read_bytes() == b"tweede"
    assert names(tmp_path / "één") == []
    assert names(tmp_path / "één (2)") == ["a"]


@linux
def test_a_name_that_would_grow_too_long_is_cut_before_its_ending(tmp_path: Path) -> None:
    """A letter that was one byte becomes two; a name has room for 255."""
    drop_bytes(tmp_path, b"\xe9" * 250 + b".pdf")
    drop_bytes(tmp_path, b"\xe9" * 249 + b".pdf")
    mend_names(tmp_path)
    assert [name.endswith(b".pdf") and len(name) <= 255 for name in bare(tmp_path)] == [True, True]


@linux
def test_an_endless_ending_is_cut_too(tmp_path: Path) -> None:
    drop_bytes(tmp_path, b"a." + b"\xe9" * 250)
    mend_names(tmp_path)
    (name,) = names(tmp_path)
    assert name.startswith("a.éé")


def test_names_that_are_text_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "één 日本 \N{GRINNING FACE}.pdf").write_bytes(b"x")
    before = (names(tmp_path), tmp_path.stat().st_mtime_ns)
    mend_names(tmp_path)
    mend_names(tmp_path / "niet hier")
    assert (names(tmp_path), tmp_path.stat().st_mtime_ns) == before
