"""The originals: by digest, never changed, kept again without harm."""

from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.edges.originals import Originals
from pipeline.errors import FolderError

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


def test_an_original_that_is_not_there_is_told(store: Originals) -> None:
    with pytest.raises(FolderError):
        store.read(DIGEST)
