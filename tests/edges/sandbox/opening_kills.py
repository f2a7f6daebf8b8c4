"""A worker for tests only that dies of every mail, and of every file with the word ``vergif`` in it."""

import os

from pipeline.edges.sandbox import limits
from pipeline.edges.sandbox.requests import REQUESTS
from pipeline.edges.sandbox.worker import serve


def _open(content: bytes, *, name: str) -> tuple[bytes, ...]:
    if name.endswith(".eml"):
        os._exit(139)
    return REQUESTS["open"](content, name=name)


def _read(content: bytes, **asked: object) -> tuple[bytes, ...]:
    if b"vergif" in content:
        os._exit(139)
    return REQUESTS["read"](content, **asked)


def main() -> None:
    serve({**REQUESTS, "open": _open, "read": _read}, cut_off=limits.before_imports())
