"""Texts of scans: kept by digest, and read again when what was kept is not in order."""

from pathlib import Path

import pytest

from pipeline.edges.texts import Texts
from pipeline.ports import KeptText, ScannedPage

KEPT = KeptText(text="Één\n\nTwee", pages={1: ScannedPage(text="Één", words=1, certainty=0.5)})


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts(tmp_path / "teksten")


def test_what_is_kept_is_found(texts: Texts) -> None:
    texts.keep("ab12", KEPT)
    assert texts.find("ab12") == KEPT


def test_what_was_not_kept_is_not_found(texts: Texts) -> None:
    assert texts.find("ab12") is None


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"[1]",
        b'"tekst"',
        b"{}",
        b'{"version": 1}',
        b'{"version": 0, "text": "", "pages": {}}',
        b'{"version": 1, "text": "", "pages": {"een": {}}}',
        b'{"version": 1, "text": "", "pages": {"1": {"text": "a", "words": "veel", "certainty": 1}}}',
        b'{"version": 1, "text": "", "pages": [1]}',
    ],
)
def test_what_is_damaged_is_as_if_it_was_not_there(texts: Texts, tmp_path: Path, damaged: bytes) -> None:
    texts.keep("ab12", KEPT)
    (tmp_path / "teksten" / "ab12.json").write_bytes(damaged)
    assert texts.find("ab12") is None
    texts.keep("ab12", KEPT)
    assert texts.find("ab12") == KEPT
