"""The originals: every byte that ever came in, by digest, in the data folder; never changed."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.edges import files


class Originals:
    """Store of originals.

    Args:
        folder: Where they lie, outside the werkmap.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes, sha256: str) -> None:
        """Keep bytes under their digest; keeping them again changes nothing."""
        self.keep_all({sha256: content})

    def keep_all(self, contents: Mapping[str, bytes]) -> None:
        """Keep the bytes of several digests; keeping them again changes nothing."""
        files.keep(
            {self.path(sha256): content for sha256, content in contents.items() if not self._lies(sha256)}
        )

    def _lies(self, sha256: str) -> bool:
        path = self.path(sha256)
        return path.is_file() and files.sha256_of(path) == sha256

    def path(self, sha256: str) -> Path:
        """Tell where an original lies."""
        return self._folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """Read an original."""
        with files.guarded():
            return self.path(sha256).read_bytes()
