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
from pipeline.ports import Copied, Written


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


def test_what_is_kept_lies_whole_under_its_name_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "ab" / "abcd"
    files.keep({target: b"brief"})
    files.keep({target: b"brief", target.with_name("abce"): b"", tmp_path / "cd" / "cdef": b"x" * 70_000})
    files.keep({})
    assert (tmp_path / "cd" / "cdef").read_bytes() == b"x" * 70_000
    assert sorted(path.name for path in target.parent.iterdir()) == ["abcd", "abce"]
    assert target.read_bytes() == b"brief"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed on Linux only")
def test_what_is_written_is_closed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses another name for a file that is open."""
    replace = Path.replace

    def checked(source: Path, target: Path) -> Path:
        opened = [fd for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink() and fd.exists()]
        assert source.resolve() not in [fd.resolve() for fd in opened]
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", checked)
    files.write(tmp_path / "abcd", b"brief")
    assert (tmp_path / "abcd").read_bytes() == b"brief"


def refuse(_handle: int) -> None:
    raise OSError(errno.ENOSPC, "no room")


def test_of_what_cannot_be_kept_nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not flushed would be taken for kept the next time."""
    files.keep({tmp_path / "eerder": b"eerder"})
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFullError):
        files.keep({tmp_path / "een": b"brief", tmp_path / "twee": b"brief"})
    assert [path.name for path in tmp_path.iterdir()] == ["eerder"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_of_many_files_not_all_are_open_at_once(tmp_path: Path) -> None:
    """A zip may hold 500 papers, and a system lets a process open 256 files."""
    import resource  # noqa: PLC0415  # not on every system

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    many = [tmp_path / f"{number:03}" for number in range(300)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        files.place([Written(target=path, content=b"x") for path in many])
        files.keep({path.with_name(f"k{path.name}"): b"y" for path in many})
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert len(list(tmp_path.iterdir())) == 600


def test_what_can_be_placed_is_when_another_cannot(tmp_path: Path) -> None:
    """The note that says why a paper is held lies there, also when the paper itself is damaged."""
    source = tmp_path / "bron"
    source.write_bytes(b"tekst")
    folder = tmp_path / "map"
    damaged = Copied(target=folder / "stuk.pdf", source=source, sha256="0" * 64)
    gone = Copied(target=folder / "weg.pdf", source=tmp_path / "weg", sha256="0" * 64)
    note = Written(target=folder / "stuk - waarom.txt", content=b"waarom")
    with pytest.raises(CorruptCopyError):
        files.place((damaged, gone, note))
    assert names(folder) == ["stuk - waarom.txt"]


def test_what_is_placed_together_has_no_name_before_all_is_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "bron"
    source.write_bytes(b"tekst")
    folder = tmp_path / "map"
    right = Copied(target=folder / "diep" / "brief", source=source, sha256=sha256(b"tekst").hexdigest())
    note = Written(target=folder / "briefje", content=b"waarom")
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append((handle, [*folder.rglob("brief*")])))
    files.place((note, right))
    assert [named for _, named in synced[:2]] == [[], []]
    assert len(synced) == 4, "two files and two folders"
    assert (right.target.read_bytes(), note.target.read_bytes()) == (b"tekst", b"waarom")

    synced.clear()
    files.place((note, right))
    assert not synced, "what is right is left alone"


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
