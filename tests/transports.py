"""Every transport the product knows, for tests of what they all promise, and a mail server in this process.

To add one: write a maker and name it in ``MAKERS``.
"""

import base64
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from microsoft_fake import running
from microsoft_fake.mailbox import Kept
from microsoft_fake.wire import refused

from pipeline.edges.microsoft.graph import Graph
from pipeline.edges.microsoft.sign_in import Identity, SignIn
from pipeline.edges.microsoft.transport import GraphTransport
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
def sinking(
    sink: Sink | None = None, *, keeps: bool = True, most_bytes: int = 1 << 25, folder: Path | None = None
) -> Iterator[Sink]:
    """Run a mail server in this process, on loopback; one that takes everything unless another is given."""
    sink = sink or Sink(keeps=keeps, folder=folder)
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
        reached: Gives the addresses of everybody to whom it went, or is to be sent on.
        break_down: From now on nothing can be handed over.
        carries_text: The plain text goes along; False when only the HTML does.
    """

    transport: Transport
    arrived: Callable[[], list[bytes]]
    reached: Callable[[], list[str]]
    break_down: Callable[[], object]
    carries_text: bool = True


Maker = Callable[[pytest.FixtureRequest], Way]


def _folder(request: pytest.FixtureRequest) -> Way:
    base: Path = request.getfixturevalue("tmp_path")
    folder = base / "share" / "uit"
    folder.parent.mkdir()
    return Way(
        transport=OutboxFolder(folder),
        arrived=lambda: [path.read_bytes() for path in sorted(folder.glob("*.eml"))],
        reached=lambda: [name for path in sorted(folder.glob("*.eml")) for name in _named_in(path)],
        break_down=lambda: folder.parent.rename(base / "weg"),
    )


def _smtp(request: pytest.FixtureRequest) -> Way:
    stack = ExitStack()
    sink = stack.enter_context(sinking())
    request.addfinalizer(stack.close)
    return Way(
        transport=SmtpTransport(host="127.0.0.1", port=sink.port, security=Security.GEEN, timeout=5),
        arrived=lambda: sink.mails,
        reached=lambda: sink.recipients,
        break_down=stack.close,
    )


def _graph(request: pytest.FixtureRequest) -> Way:
    folder: Path = request.getfixturevalue("tmp_path")
    monkeypatch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    stack = ExitStack()
    request.addfinalizer(stack.close)
    fake = stack.enter_context(running(folder, monkeypatch))
    fake.login.secrets["app-1"] = "geheim-1"
    box = fake.mailbox("mr@school.example")
    identity = Identity(
        tenant="tenant-1",
        app="app-1",
        mailbox=box.address,
        secret_variable="MS_GEHEIM",  # noqa: S106 - its name
    )
    return Way(
        transport=GraphTransport(graph=Graph(SignIn(identity))),
        arrived=lambda: [as_delivered(one) for one in box.delivered],
        reached=lambda: [name for one in box.delivered for name in recipients_of(one)],
        break_down=lambda: fake.fault("POST", "/messages$", refused(503, "ServiceUnavailable"), times=9),
        carries_text=False,
    )


def _named_in(path: Path) -> list[str]:
    """Name whom a mail in a folder is to be sent on to."""
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return [one.addr_spec for header in ("To", "Bcc") if header in mail for one in mail[header].addresses]


def recipients_of(message: Kept) -> list[str]:
    """Name everybody to whom a message at Microsoft 365 went, seen or not."""
    people = [*message.told["toRecipients"], *message.told.get("bccRecipients", [])]
    return [str(one["emailAddress"]["address"]) for one in people]


def as_delivered(message: Kept) -> bytes:
    """Write a message that left a mailbox at Microsoft 365 as its recipient gets it."""
    told, mail = message.told, EmailMessage(policy=policy.SMTP)
    mail["Subject"], mail["Message-ID"] = told["subject"], told["internetMessageId"]
    for header, field_name in (("To", "toRecipients"), ("Reply-To", "replyTo")):
        people = [one["emailAddress"] for one in told[field_name]]
        mail[header] = [Address(one.get("name") or "", addr_spec=one["address"]) for one in people]
    mail.set_content(told["body"]["content"], subtype=told["body"]["contentType"].lower())
    for one in message.attachments:
        main, _, sub = str(one.get("contentType") or "application/octet-stream").partition("/")
        content = base64.b64decode(one["contentBytes"])
        mail.add_attachment(content, maintype=main, subtype=sub, filename=one["name"])
    return mail.as_bytes()


MAKERS: dict[str, Maker] = {"map": _folder, "smtp": _smtp, "graph": _graph}
