"""A real mail server, OpenSMTPD, on loopback for as long as a test wants it, delivering to Dovecot.

It runs as root only and keeps its queue in a fixed place; so it gets a place of its own there, in a mount
namespace that ends with it. Nothing of the system is read or touched.
"""

import os
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dovecot import Dovecot, free_port

_CONFIG = """
smtp max-message-size {most}
listen on 127.0.0.1 port {port} hostname mx.zandhof.example
action "deliver" relay host "lmtp://127.0.0.1:{lmtp}"
match from local for any action "deliver"
"""
_START = (
    "mount -t tmpfs none /var/spool && mkdir -m 711 /var/spool/smtpd && mount -t tmpfs none /run && "
    'exec smtpd -d -f "$1"'
)


def usable() -> bool:
    """Tell whether OpenSMTPD is here and may have a place of its own."""
    able = os.geteuid() == 0 and shutil.which("smtpd") and shutil.which("unshare")
    own_place = ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/run"]
    return bool(able) and subprocess.run(own_place, capture_output=True, check=False).returncode == 0


@contextmanager
def delivering_to(dovecot: Dovecot, *, most_bytes: int = 30_000_000) -> Iterator[int]:
    """Run a server; gives its port."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="smtpd-") as folder:
        config = Path(folder, "smtpd.conf")
        config.write_text(_CONFIG.format(port=port, lmtp=dovecot.lmtp, most=most_bytes), "utf-8")
        with Path(folder, "log").open("wb") as log:
            process = subprocess.Popen(
                ["unshare", "-m", "sh", "-c", _START, "sh", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            try:
                _await_answer(port, process)
                yield port
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(10)


def _await_answer(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("OpenSMTPD does not start")
