"""Keep count of what containers may still give out, over one whole arrival."""

from dataclasses import dataclass

MAX_FILES = 1_000
"""All containers of one arrival together: twice what one zip may hold."""
MAX_BYTES = 250 * 1024**2
"""All of it together, in memory at once: well under what a worker process gets."""
MAX_BOXES = 3
"""Zips within zips, winmail.dat and signed envelopes: what people send is one in another; more is a trick."""


@dataclass(slots=True, kw_only=True)
class Allowance:
    """What may still be taken out; lives as long as the opening of one arrival."""

    files: int = MAX_FILES
    size_bytes: int = MAX_BYTES

    def take(self, *, files: int, size_bytes: int) -> bool:
        """Book this much; False, with nothing booked, when it is more than there is left."""
        if files > self.files or size_bytes > self.size_bytes:
            return False
        self.files -= files
        self.size_bytes -= size_bytes
        return True
