"""The hash chain of the journal: salted digests, and checking the chain.

A line holds ids and a salted digest of its text; the text and the salt lie in a row apart.
Deleting both leaves the chain valid, so a text can be erased without breaking the proof.
Pure: no clock, no database; the salt is given.
"""

import hashlib
import json
from dataclasses import dataclass

START = "0" * 64
"""Hash before the first line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLine:
    """What is hashed of a line: number, instant (ISO UTC), event, ids, digest of its text."""

    seq: int
    at: str
    event: str
    subject: str
    digest: str
    previous: str
    hash: str


def digest_of(salt: str, text: str) -> str:
    """Digest a text with its salt."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def link(*, seq: int, at: str, event: str, subject: str, digest: str, previous: str) -> ChainLine:
    """Make the line that follows ``previous``."""
    body = {"seq": seq, "at": at, "event": event, "subject": subject, "digest": digest}
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    found = hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()
    return ChainLine(**body, previous=previous, hash=found)  # type: ignore[arg-type]


def first_break(lines: tuple[ChainLine, ...]) -> int | None:
    """Find the number of the first line that does not follow from those before it.

    Args:
        lines: All lines, in order.

    Returns:
        The number, or None when the chain holds.
    """
    previous = START
    for expected, line in enumerate(lines, start=1):
        again = link(
            seq=line.seq,
            at=line.at,
            event=line.event,
            subject=line.subject,
            digest=line.digest,
            previous=previous,
        )
        if line.seq != expected or again != line:
            return expected
        previous = line.hash
    return None
