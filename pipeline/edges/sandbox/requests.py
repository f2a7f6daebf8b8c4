"""What a worker can be asked: the one table of requests, each with its answer.

Runs in the worker process. A request gets the bytes of the file and its arguments; it answers with
bytes only, values as canonical JSON. What is heavy is imported by the request that needs it.
"""

from collections.abc import Callable, Mapping
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType

from pipeline.edges.as_json import to_json
from pipeline.edges.mail.opening import open_up
from pipeline.edges.reading import Reader
from pipeline.edges.sandbox.answers import OTHER, SAME, Answer, Tree
from pipeline.ports import Opened

Request = Callable[..., Answer]
"""Called with the content, and the arguments by name."""


def _json(value: object) -> bytes:
    """Write a value; half a character, which no text can hold, becomes a question mark."""
    return to_json(value).encode("utf-8", "replace")


def _open(content: bytes, *, name: str) -> Answer:
    opened: Opened = open_up(content, name)
    parts = tuple(one.part for one in opened.parts)
    tree = _json(Tree(message=opened.message, parts=parts))
    return (tree, *(SAME if one.content is content else OTHER + one.content for one in opened.parts))


def _read(content: bytes, *, name: str, content_type: str, passwords: list[str]) -> Answer:
    return (_json(Reader(passwords=tuple(passwords))(content, name, content_type)),)


def _render(content: bytes, *, name: str, page_number: int, dpi: int, passwords: list[str]) -> Answer:
    from pipeline.edges.ocr.rendering import render  # noqa: PLC0415

    return (render(content, name, page_number, dpi, passwords=tuple(passwords)),)


def _bind(content: bytes, *, lengths: list[int]) -> Answer:
    from pipeline.edges.pdf.photos import bind_pictures  # noqa: PLC0415

    ends = tuple(accumulate(lengths))
    pictures = [content[end - length : end] for end, length in zip(ends, lengths, strict=True)]
    return (bind_pictures(pictures),)


def _check(_content: bytes, *, path: str, passwords: list[str]) -> Answer:
    from pipeline.edges.pdf.check import check  # noqa: PLC0415

    copy = Path("hersteld.pdf")
    copy.unlink(missing_ok=True)
    checked = check(Path(path), copy, passwords=passwords)
    return (_json(checked), copy.read_bytes() if checked.path == copy else SAME)


def _shrink(_content: bytes, *, path: str, dpi: int) -> Answer:
    from pipeline.edges.pdf.shrink import shrink  # noqa: PLC0415

    copy = Path("verkleind.pdf")
    copy.unlink(missing_ok=True)
    count = shrink(Path(path), copy, dpi)
    made = copy.read_bytes() if count else SAME
    copy.unlink(missing_ok=True)
    return (_json(count), made)


REQUESTS: Mapping[str, Request] = MappingProxyType(
    {
        "open": _open,  # a mail taken apart, any other file as its own only part
        "read": _read,  # the text of a document
        "render": _render,  # one page as an upright grey picture
        "bind": _bind,  # pictures made into one PDF
        "check": _check,  # a PDF judged, and repaired where that is needed
        "shrink": _shrink,  # a PDF with smaller pictures
    }
)
