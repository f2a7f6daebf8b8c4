"""What was read from scans, by the digest of the paper: beside the originals, so that it is read only once.

May be thrown away: a record that is missing or damaged means that the pages are read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.edges import files
from pipeline.edges.as_json import from_json, to_json
from pipeline.errors import FolderError
from pipeline.ports import KeptText, ScannedPage

_VERSION = 1
"""Of the record and of the way scans are read; a record of another version is not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """How a text is kept."""

    version: int
    text: str
    pages: Mapping[int, ScannedPage]


class Texts:
    """Store of texts.

    Args:
        folder: Where they lie, in the data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, sha256: str, kept: KeptText) -> None:
        """Keep what was read of a paper, in the place of what was kept of it before."""
        record = _Record(version=_VERSION, text=kept.text, pages=kept.pages)
        files.write(self._path(sha256), to_json(record).encode())

    def find(self, sha256: str) -> KeptText | None:
        """Find what was read of a paper; None when nothing is kept, or not well."""
        path = self._path(sha256)
        try:
            with files.guarded():
                record = from_json(_Record, path.read_text("utf-8")) if path.is_file() else None
        except (ValueError, FolderError):
            return None
        if record is None or record.version != _VERSION:
            return None
        return KeptText(text=record.text, pages=record.pages)

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.json"
