"""Reads with the council's passwords, which the worker gets to know only for a paper that asks for one.

Touches only the workers it is given.
"""

from dataclasses import dataclass, field

from pipeline.edges.sandbox.workers import Workers
from pipeline.errors import UnreadableError
from pipeline.values import Obstacle, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilReader:
    """Offers ``ports.TextReader`` and ``ports.PageRenderer`` for one council.

    Attributes:
        workers: Who read.
        passwords: Tried in order on what is behind a password; never shown.
    """

    workers: Workers
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def read(self, content: bytes, name: str, content_type: str = "") -> Reading:
        """Read the text of a document."""
        reading = self.workers.read(content, name, content_type)
        if reading.obstacle is not Obstacle.PASSWORD or not self.passwords:
            return reading
        return self.workers.read(content, name, content_type, passwords=self.passwords)

    def render(self, content: bytes, name: str, page_number: int, dpi: int) -> bytes:
        """Draw a page.

        Raises:
            UnreadableError: It cannot be drawn, also with a password.
        """
        try:
            return self.workers.render(content, name, page_number, dpi)
        except UnreadableError:
            if not self.passwords:
                raise
            return self.workers.render(content, name, page_number, dpi, passwords=self.passwords)
