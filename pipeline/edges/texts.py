"""What was read from scans, by the digest of the paper: beside the originals, so that it is read only once.

May be thrown away: a record that is missing or damaged means that the pages are read again.
"""

import json
from pathlib import Path
from typing import Any

from pipeline.edges import files
from pipeline.errors import FolderError
from pipeline.ports import KeptText, ScannedPage

_VERSION = 1
"""Of the record and of the way scans are read; a record of another version is not used."""


class Texts:
    """Store of texts.

    Args:
        folder: Where they lie, in the data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, sha256: str, kept: KeptText) -> None:
        """Keep what was read of a paper, in the place of what was kept of it before."""
        pages = {
            str(number): {"text": page.text, "words": page.words, "certainty": page.certainty}
            for number, page in kept.pages.items()
        }
        record = {"version": _VERSION, "text": kept.text, "pages": pages}
        files.write(self._path(sha256), json.dumps(record, ensure_ascii=False, indent=1).encode())

    def find(self, sha256: str) -> KeptText | None:
        """Find what was read of a paper; None when nothing is kept, or not well."""
        path = self._path(sha256)
        try:
            with files.guarded():
                record = json.loads(path.read_bytes()) if path.is_file() else None
            return _kept(record) if record else None
        except (ValueError, LookupError, TypeError, AttributeError, FolderError):
            return None

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.json"


def _kept(record: dict[str, Any]) -> KeptText | None:
    if record["version"] != _VERSION:
        return None
    pages = {int(number): _page(page) for number, page in record["pages"].items()}
    return KeptText(text=str(record["text"]), pages=pages)


def _page(page: dict[str, Any]) -> ScannedPage:
    return ScannedPage(text=str(page["text"]), words=int(page["words"]), certainty=float(page["certainty"]))
