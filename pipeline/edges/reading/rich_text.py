r"""Read the text of an RTF document.

Headers, footers and what is embedded are left out. Touches nothing.
"""

import re

from pipeline.edges.reading.titles import sensible_title

MAX_BYTES = 20 * 1024**2
"""An RTF holds its pictures as digits; more than this is pictures."""

_PICTURE_DIGITS = re.compile(r"[0-9A-Fa-f\s]{2000,}")
"""Digits of a picture, which the library would walk over one by one."""
_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")
_WITHIN = 20_000
_ROW = re.compile(r"^.*\|$", re.MULTILINE)
"""A row of a table as the library writes it: a stroke behind each cell."""


def read_rich_text(content: bytes) -> tuple[str, str]:
    """Read an RTF document.

    Args:
        content: The whole file.

    Returns:
        Text and title; the title may be empty.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - RTF is rare

    raw = _PICTURE_DIGITS.sub(" ", content[:MAX_BYTES].decode("cp1252", "replace"))
    head = raw[:_WITHIN]
    page, title = _CODE_PAGE.search(head), _TITLE.search(head)
    codec = _known(page[1]) if page else "cp1252"
    text = rtf_to_text(raw, encoding=codec, errors="replace")  # type: ignore[no-untyped-call]
    return _ROW.sub(_tabbed, str(text)), sensible_title(title[1]) if title else ""


def _tabbed(row: re.Match[str]) -> str:
    return row[0].rstrip("|").replace("|", "\t")


def _known(page: str) -> str:
    """Name the codec of a code page; one that Python does not know is read as western."""
    try:
        "".encode(f"cp{page}")
    except LookupError:
        return "cp1252"
    return f"cp{page}"
