"""``ports.PdfTools`` and ``ports.Packer`` of which a worker process does what decodes foreign files.

The worker gets to know the council's passwords only for a paper that asks for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.edges.reading.problems import LOCKED
from pipeline.edges.sandbox.workers import Workers
from pipeline.errors import UnreadableError
from pipeline.ports import Assembled, AssemblyPart, CheckedPdf
from pipeline.values import Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxedPdf:
    """PDF tools; what a worker found sound, the service itself joins.

    Attributes:
        workers: Where foreign files are judged.
        passwords: Tried in order on what is behind a password; never shown.
    """

    workers: Workers
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def check(self, path: Path, repaired: Path) -> CheckedPdf:
        """Judge a PDF from outside; see ``ports.PdfTools``."""
        try:
            return self.workers.check(path, repaired)
        except UnreadableError as fault:
            if fault.wat != LOCKED or not self.passwords:
                raise
            return self.workers.check(path, repaired, passwords=self.passwords)

    def assemble(
        self,
        parts: Sequence[AssemblyPart],
        out: Path,
        *,
        title: str,
        author: str,
        concept: bool,
        subject: str = "",
    ) -> Assembled:
        """Join parts into one PDF; see ``ports.PdfTools``."""
        from pipeline.edges.pdf import assemble  # noqa: PLC0415  # slow to import, needed for a bundle only

        return assemble(parts, out, title=title, author=author, concept=concept, subject=subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxedPacker:
    """``ports.Packer``: pictures are decoded in a worker, pages of our own bundle cut here."""

    workers: Workers

    def shrink(self, source: Path, out: Path, dpi: int) -> int:
        """Make large pictures smaller; see ``ports.Packer``."""
        return self.workers.shrink(source, out, dpi)

    def cut(self, source: Path, out: Path, stretches: Sequence[Stretch], number: int) -> None:
        """Write one stretch of a bundle; see ``ports.Packer``."""
        from pipeline.edges.pdf.cut import cut  # noqa: PLC0415  # slow to import, needed for a large bundle only

        cut(source, out, stretches, number)

    def personal(self, source: Path, out: Path, *, name: str, password: str) -> None:
        """Write a copy for one person; see ``ports.Packer``."""
        from pipeline.edges.pdf.personal import personal  # noqa: PLC0415  # slow to import

        personal(source, out, name=name, password=password)
