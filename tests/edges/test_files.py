"""A crash or a refusal leaves the old or the new file, and nothing else."""

import errno
import os
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.edges import files
from pipeline.errors import CorruptCopyError, DiskFullError, FolderError


class StoppedError(Exception):
    """Something that goes wrong while a file is written."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fail_halfway(target: Path, error: BaseException) -> None:
    with files.replacing(target) as stream:
        stream.write(b"half")
        raise error


def test_what_fails_halfway_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"oud")
    with pytest.raises(StoppedError):
        fail_halfway(target, StoppedError())
    assert (names(tmp_path), target.read_bytes()) == (["a"], b"oud")


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFullError), (errno.EDQUOT, DiskFullError), (errno.EACCES, FolderError)],
)
def test_what_the_system_says_becomes_an_error_of_ours(
    tmp_path: Path, number: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        fail_halfway(tmp_path / "a", OSError(number, os.strerror(number)))
    assert names(tmp_path) == []


def test_writing_the_same_bytes_touches_nothing(tmp_path: Path) -> None:
    target = tmp_path / "map" / "a"
    files.write(target, b"tekst")
    before = target.stat()
    files.write(target, b"tekst")
    assert target.stat() == before
    files.write(target, b"ander")
    assert target.read_bytes() == b"ander"


def test_creating_never_replaces(tmp_path: Path) -> None:
    """True means: these bytes lie there now, whoever wrote them."""
    target = tmp_path / "a"
    assert files.create(target, b"een")
    assert files.create(target, b"een")
    assert not files.create(target, b"twee")
    assert (names(tmp_path), target.read_bytes()) == (["a"], b"een")


def test_creating_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        files.create(tmp_path / "weg" / "a", b"een")
    assert names(tmp_path) == []


def test_a_new_name_is_never_one_that_is_taken(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    with pytest.raises(FileExistsError):
        files.rename_new(tmp_path / "a", tmp_path / "b")
    files.rename_new(tmp_path / "a", tmp_path / "c")
    assert {name: (tmp_path / name).read_text() for name in names(tmp_path)} == {"b": "b", "c": "a"}


def test_a_copy_that_is_not_what_was_asked_is_not_kept(tmp_path: Path) -> None:
    source, target = tmp_path / "bron", tmp_path / "kopie"
    source.write_bytes(b"ander")
    with pytest.raises(CorruptCopyError):
        files.copy(source, target, sha256(b"tekst").hexdigest())
    assert names(tmp_path) == ["bron"]
    files.copy(source, target, sha256(b"ander").hexdigest())
    assert target.read_bytes() == b"ander"


# --- names that are no text ------------------------------------------------------------


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
    files.mend_names(tmp_path)
    assert bare(tmp_path) == sorted(["reçu € 5.pdf".encode(), "reçu €.pdf".encode()])
    assert [entry.path for entry in files.listing(tmp_path)] == ["reçu € 5.pdf", "reçu €.pdf"]


@linux
def test_a_byte_that_stands_for_nothing_is_marked(tmp_path: Path) -> None:
    drop_bytes(tmp_path, b"a\x81.pdf")
    files.mend_names(tmp_path)
    assert names(tmp_path) == ["a\N{REPLACEMENT CHARACTER}.pdf"]


@linux
def test_folders_and_what_lies_in_them_are_named_anew(tmp_path: Path) -> None:
    for folder in (b"\xe9\xe9n", b"\xe9\xe9n/twee\xeb"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + folder)).mkdir()
    drop_bytes(tmp_path, b"\xe9\xe9n/twee\xeb/drie\xeb.pdf", b"inhoud")
    files.mend_names(tmp_path)
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
    files.mend_names(tmp_path)
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
    files.mend_names(tmp_path)
    assert [name.endswith(b".pdf") and len(name) <= 255 for name in bare(tmp_path)] == [True, True]


@linux
def test_an_endless_ending_is_cut_too(tmp_path: Path) -> None:
    drop_bytes(tmp_path, b"a." + b"\xe9" * 250)
    files.mend_names(tmp_path)
    (name,) = names(tmp_path)
    assert name.startswith("a.éé")


def test_names_that_are_text_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "één 日本 \N{GRINNING FACE}.pdf").write_bytes(b"x")
    before = (names(tmp_path), tmp_path.stat().st_mtime_ns)
    files.mend_names(tmp_path)
    files.mend_names(tmp_path / "niet hier")
    assert (names(tmp_path), tmp_path.stat().st_mtime_ns) == before


def test_what_is_kept_lies_whole_under_its_name_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "ab" / "abcd"
    files.keep({target: b"brief"})
    files.keep({target: b"brief", target.with_name("abce"): b"", tmp_path / "cd" / "cdef": b"x" * 70_000})
    files.keep({})
    assert (tmp_path / "cd" / "cdef").read_bytes() == b"x" * 70_000
    assert sorted(path.name for path in target.parent.iterdir()) == ["abcd", "abce"]
    assert target.read_bytes() == b"brief"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed on Linux only")
def test_what_is_kept_is_closed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses another name for a file that is open."""
    replace = Path.replace

    def checked(source: Path, target: Path) -> Path:
        opened = [fd for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink() and fd.exists()]
        assert source.resolve() not in [fd.resolve() for fd in opened]
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", checked)
    files.keep({tmp_path / "abcd": b"brief"})
    assert (tmp_path / "abcd").read_bytes() == b"brief"


def test_all_is_done_side_by_side_even_when_one_fails(tmp_path: Path) -> None:
    """The failure is told, and only when the others are done too."""

    def fail() -> None:
        raise FolderError

    steps = [lambda n=n: files.write(tmp_path / str(n), b"x") for n in range(5)]
    with pytest.raises(FolderError):
        files.side_by_side([fail, *steps])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1", "2", "3", "4"]
    files.side_by_side([])


def test_a_file_that_changed_is_digested_again(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes(b"een")
    (before,) = files.listing(tmp_path, digests=True)
    path.write_bytes(b"twee!")
    (after,) = files.listing(tmp_path, digests=True)
    assert before.sha256 == sha256(b"een").hexdigest()
    assert after.sha256 == sha256(b"twee!").hexdigest()


def test_a_folder_goes_with_all_in_it_and_what_it_links_to_stays(tmp_path: Path) -> None:
    files.write(tmp_path / "weg" / "dieper" / "a.pdf", b"a")
    files.write(tmp_path / "blijft" / "b.pdf", b"b")
    (tmp_path / "weg" / "elders").symlink_to(tmp_path / "blijft")
    files.remove_folder(tmp_path / "weg")
    files.remove_folder(tmp_path / "weg")
    assert [path.name for path in tmp_path.iterdir()] == ["blijft"]
    assert (tmp_path / "blijft" / "b.pdf").read_bytes() == b"b"


def test_a_link_to_a_folder_is_not_removed_as_one(tmp_path: Path) -> None:
    files.write(tmp_path / "echt" / "a.pdf", b"a")
    (tmp_path / "naar").symlink_to(tmp_path / "echt")
    with pytest.raises(FolderError):
        files.remove_folder(tmp_path / "naar")
    assert (tmp_path / "echt" / "a.pdf").is_file()


def test_a_file_that_is_written_anew_within_its_own_time_is_digested_anew(tmp_path: Path) -> None:
    """A program may put the time of a file back; the time of its change it cannot."""
    path = tmp_path / "kaart.xlsx"
    path.write_bytes(b"eerst")
    at = path.stat()
    (before,) = files.listing(tmp_path, digests=True)
    time.sleep(0.02)
    path.write_bytes(b"later")
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    (after,) = files.listing(tmp_path, digests=True)
    assert (before.sha256, after.sha256) == (sha256(b"eerst").hexdigest(), sha256(b"later").hexdigest())
    assert files.sha256_of(path) == files.sha256_if_any(path) == sha256(b"later").hexdigest()
    assert files.sha256_if_any(tmp_path / "weg.xlsx") == ""
