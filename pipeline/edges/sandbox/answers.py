"""The shape of an answer, known to both sides: raw bytes, values among them as canonical JSON. Pure."""

from dataclasses import dataclass

from pipeline.values import Message, Part

Answer = tuple[bytes, ...]

SAME = b"="
"""Stands for bytes that are those of the question, so that they need not travel back."""
OTHER = b"+"
"""Comes before bytes that travel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """An arrival taken apart, without the bytes of its parts, which follow it in the same order."""

    message: Message | None
    parts: tuple[Part, ...]
