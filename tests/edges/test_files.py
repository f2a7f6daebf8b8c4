"""A crash or a refusal leaves the old or the new file, and nothing else."""

import errno
import os
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
