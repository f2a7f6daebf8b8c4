"""A worker for tests only, which can also be asked to misbehave. No product code knows of it."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from pipeline.edges.sandbox import limits
from pipeline.edges.sandbox.requests import REQUESTS
from pipeline.edges.sandbox.worker import serve


def _sleep(_content: bytes) -> tuple[bytes, ...]:
    time.sleep(600)
    return ()


def _spin(_content: bytes) -> tuple[bytes, ...]:
    while True:
        pass


def _eat(_content: bytes) -> tuple[bytes, ...]:
    hoard = []
    while True:
        hoard.append(bytearray(64 * 1024**2))


def _end(_content: bytes, *, code: int) -> tuple[bytes, ...]:
    os._exit(code)


def _fail(_content: bytes) -> tuple[bytes, ...]:
    raise AttributeError("a parser has a fault")


def _print(_content: bytes) -> tuple[bytes, ...]:
    sys.stdout.write("een bibliotheek zegt iets\n")
    sys.stdout.flush()
    os.write(1, b"en nog iets")
    return (b"goed",)


def _connect(_content: bytes, *, port: int) -> tuple[bytes, ...]:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as fault:
        return (type(fault).__name__.encode(),)
    return (b"connected",)


def _write(_content: bytes, *, path: str) -> tuple[bytes, ...]:
    try:
        Path(path).write_bytes(b"x")
    except OSError as fault:
        return (type(fault).__name__.encode(),)
    return (b"written",)


def _start(_content: bytes) -> tuple[bytes, ...]:
    try:
        subprocess.run([sys.executable, "-c", ""], check=True)
    except OSError as fault:
        return (type(fault).__name__.encode(),)
    return (b"started",)


def _environment(_content: bytes) -> tuple[bytes, ...]:
    return (" ".join(os.environ).encode(), str(Path.cwd()).encode(), str(list(Path().iterdir())).encode())


def _lie(_content: bytes) -> tuple[bytes, ...]:
    return (b'{"text": 3, "pages": "veel"}',)


def main() -> None:
    cut_off = limits.before_imports()
    bad = (_sleep, _spin, _eat, _end, _fail, _print, _connect, _write, _start, _environment, _lie)
    serve({**REQUESTS, **{one.__name__[1:]: one for one in bad}}, cut_off=cut_off)
