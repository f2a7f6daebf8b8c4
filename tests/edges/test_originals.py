"""The originals: by digest, never changed, kept again without harm."""

from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.edges.originals import Originals
from pipeline.errors import CorruptCopyError, FolderError

CONTENT = b"een brief"
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originelen")


def test_what_is_kept_can_be_read(store: Originals) -> None:
    store.keep(CONTENT, DIGEST)
    assert store.read(DIGEST) == CONTENT
    assert store.path(DIGEST).name == DIGEST


def test_keeping_again_touches_nothing(store: Originals) -> None:
    store.keep(CONTENT, DIGEST)
    before = store.path(DIGEST).stat()
    store.keep(CONTENT, DIGEST)
    assert store.path(DIGEST).stat() == before


def test_a_damaged_original_is_mended_when_the_bytes_come_again(store: Originals) -> None:
    store.keep(CONTENT, DIGEST)
    store.path(DIGEST).write_bytes(b"een breuk")
    store.keep(CONTENT, DIGEST)
    assert store.read(DIGEST) == CONTENT


def test_a_file_is_kept_and_checked(store: Originals, tmp_path: Path) -> None:
    source = tmp_path / "brief"
    source.write_bytes(CONTENT)
    store.keep_file(source, DIGEST)
    assert store.read(DIGEST) == CONTENT
    other = sha256(b"iets anders").hexdigest()
    with pytest.raises(CorruptCopyError):
        store.keep_file(source, other)
    assert not store.path(other).exists()


def test_an_original_that_is_not_there_is_told(store: Originals) -> None:
    with pytest.raises(FolderError):
        store.read(DIGEST)
