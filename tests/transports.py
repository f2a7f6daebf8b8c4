"""Every transport the product knows, for tests of what they all promise, and a mail server in this process.

To add one: write a maker and name it in ``MAKERS``.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from pipeline.edges.outbox import OutboxFolder
from pipeline.edges.secure import Security
from pipeline.edges.smtp import SmtpTransport
from pipeline.ports import Transport


@dataclass
class Sink:
    """A mail server that takes everything.

    Attributes:
        port: Where it listens.
        keeps: False to count only, so that large mails take no memory.
        folder: Where every mail is laid down before it is accepted; None for nowhere.
        mails: What arrived, in order.
        recipients: To whom, in order.
    """

    port: int = 0
    keeps: bool = True
    folder: Path | None = None
    mails: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        self.recipients += envelope.rcpt_tos
        content = bytes(envelope.content or b"")
        if self.keeps:
            self.mails.append(content)
        if self.folder:
            (self.folder / f"{len(list(self.folder.iterdir())):03}.eml").write_bytes(content)
        return "250 OK"


@contextmanager
def sinking(*, keeps: bool = True, most_bytes: int = 1 << 25, folder: Path | None = None) -> Iterator[Sink]:
    """Run a mail server in this process, on loopback."""
    sink = Sink(keeps=keeps, folder=folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        sink.port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, data_size_limit=most_bytes)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way out, and what is at its end.

    Attributes:
        transport: The product's side.
        arrived: Gives what arrived, in order.
        break_down: From now on nothing can be handed over.
    """

    transport: Transport
    arrived: Callable[[], list[bytes]]
    break_down: Callable[[], object]


Maker = Callable[[pytest.FixtureRequest], Way]


def _folder(request: pytest.FixtureRequest) -> Way:
    base: Path = request.getfixturevalue("tmp_path")
    folder = base / "share" / "uit"
    folder.parent.mkdir()
    return Way(
        transport=OutboxFolder(folder),
        arrived=lambda: [path.read_bytes() for path in sorted(folder.glob("*.eml"))],
        break_down=lambda: folder.parent.rename(base / "weg"),
    )


def _smtp(request: pytest.FixtureRequest) -> Way:
    stack = ExitStack()
    sink = stack.enter_context(sinking())
    request.addfinalizer(stack.close)
    return Way(
        transport=SmtpTransport(host="127.0.0.1", port=sink.port, security=Security.GEEN, timeout=5),
        arrived=lambda: sink.mails,
        break_down=stack.close,
    )


MAKERS: dict[str, Maker] = {"map": _folder, "smtp": _smtp}
