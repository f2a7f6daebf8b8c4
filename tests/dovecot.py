"""A real Dovecot on loopback, for as long as a test wants it: its own folders, ports and process.

Any user may sign in with ``PASSWORD`` and has a mailbox of their own, so tests do not meet. Nothing
of the system's own Dovecot is read or touched. Works as root and as anybody else.
"""

import getpass
import grp
import os
import pwd
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import trustme
from imapclient import IMAPClient

from pipeline.edges.imap import ImapServer
from pipeline.edges.secure import Security

PASSWORD = "geheim"  # noqa: S105 - of a server that lives for one test
PASSWORD_VARIABLE = "TEST_IMAP_WACHTWOORD"  # noqa: S105 - a name, no password

_DIES_WITH_US = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()
"""A test that is killed leaves no server behind."""

_CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap lmtp
{owners}
first_valid_uid = 1
ssl = yes
ssl_cert = <{base}/server.pem
ssl_key = <{base}/server.pem
mail_location = maildir:{base}/mail/%u
mail_fsync = never
imap_idle_notify_interval = 5 secs
auth_failure_delay = 0 secs
protocol lmtp {{
  postmaster_address = postmaster@zandhof.example
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
{extra}
"""


@dataclass(frozen=True, kw_only=True)
class Dovecot:
    """A running server.

    Attributes:
        base: Its own folder.
        imap: Port for IMAP, with STARTTLS.
        imaps: Port for IMAP in TLS.
        lmtp: Port for delivery.
    """

    base: Path
    imap: int
    imaps: int
    lmtp: int

    @cached_property
    def trust(self) -> ssl.SSLContext:
        """What a client must trust."""
        return ssl.create_default_context(cafile=str(self.base / "ca.pem"))

    def server(self, user: str, security: Security = Security.GEEN, **options: object) -> ImapServer:
        """Give the settings with which the product connects."""
        port = self.imaps if security is Security.TLS else self.imap
        given = {"password_env": PASSWORD_VARIABLE, "tls": self.trust, "timeout": 10.0, **options}
        return ImapServer(host="localhost", port=port, security=security, user=user, **given)  # type: ignore[arg-type]  # as a test says

    @contextmanager
    def client(self, user: str) -> Iterator[IMAPClient]:
        """Sign in as a person with a mail program does."""
        with IMAPClient("127.0.0.1", self.imap, ssl=False) as client:
            client.login(user, PASSWORD)
            client.select_folder("INBOX")
            yield client

    def put(
        self,
        user: str,
        *mails: bytes,
        folder: str = "INBOX",
        flags: tuple[str, ...] = (),
        at: datetime | None = None,
    ) -> None:
        """Lay mails in a folder, byte for byte."""
        with self.client(user) as client:
            for mail in mails:
                client.append(folder, mail, flags, at)

    def deliver(self, user: str, *mails: bytes) -> None:
        """Deliver mails as a mail server does, through LMTP."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as lmtp:
            for mail in mails:
                lmtp.sendmail("bestuur@zandhof.example", [user], mail)

    def throw_away(self, user: str, folder: str = "INBOX") -> None:
        """Remove whatever lies in a folder, as a person does."""
        with self.client(user) as client:
            client.select_folder(folder)
            client.delete_messages(client.search(["ALL"]))
            client.expunge()

    def lying(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Read what lies in a folder, in order; nothing when there is no such folder."""
        with self.client(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            uids = sorted(client.search(["ALL"]))
            return [facts[b"BODY[]"] for facts in client.fetch(uids, ["BODY.PEEK[]"]).values()]

    def flags(self, user: str, folder: str = "INBOX") -> list[set[str]]:
        """Read the flags of what lies in a folder, in order, but for ``Recent``."""
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            found = client.get_flags(sorted(client.search(["ALL"])))
            return [{flag.decode() for flag in one} - {"\\Recent"} for one in found.values()]

    def log(self) -> str:
        """Read its log."""
        return (self.base / "log").read_text("utf-8", "replace")

    def maildir(self, user: str, folder: str = "") -> Path:
        """Give where the mails of a folder lie on disk; empty for the inbox."""
        return self.base / "mail" / user / (f".{folder}" if folder else "")

    def sign_ins(self, user: str) -> int:
        """Count how often somebody signed in, or tried to, once the log has stood still for a moment."""
        counted, before = self._sign_ins(user), -1
        while counted != before:
            time.sleep(0.3)
            counted, before = self._sign_ins(user), counted
        return counted

    def _sign_ins(self, user: str) -> int:
        lines = self.log().splitlines()
        return sum("imap-login" in line and f"user=<{user}>" in line for line in lines)


def installed() -> bool:
    """Tell whether Dovecot is on this machine."""
    return shutil.which("dovecot") is not None


@contextmanager
def running(extra: str = "") -> Iterator[Dovecot]:
    """Run a server of its own.

    Args:
        extra: More lines of configuration.
    """
    with prepared(extra) as found, started(found):
        yield found


@contextmanager
def prepared(extra: str = "") -> Iterator[Dovecot]:
    """Give a server that does not run yet; ``started`` starts it, also more than once."""
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        base.chmod(0o755)
        found = Dovecot(base=base, imap=free_port(), imaps=free_port(), lmtp=free_port())
        _write_config(found, extra)
        yield found


@contextmanager
def started(found: Dovecot) -> Iterator[None]:
    """Start a server that has its configuration, and stop it."""
    process = subprocess.Popen(
        [*_DIES_WITH_US, "dovecot", "-F", "-c", str(found.base / "dovecot.conf")],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _await_answer(found, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it leaves behind still answers


def free_port() -> int:
    """Find a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_config(found: Dovecot, extra: str) -> None:
    base = found.base
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
    for name in ("run", "state", "mail"):
        (base / name).mkdir()
    os.chown(base / "mail", owner.pw_uid, owner.pw_gid)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(base / "ca.pem")
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(base / "server.pem")
    text = _CONFIG.format(
        base=base,
        owners=_owners(),
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        password=PASSWORD,
        imap=found.imap,
        imaps=found.imaps,
        lmtp=found.lmtp,
        extra=extra,
    )
    (base / "dovecot.conf").write_text(text, "utf-8")


def _owners() -> str:
    """Give whom its processes belong to; as root they are the package's own users, for root may not be it."""
    if os.geteuid() == 0:
        return ""
    user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    return f"default_internal_user = {user}\ndefault_login_user = {user}\ndefault_internal_group = {group}"


def _await_answer(found: Dovecot, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", found.imap), timeout=2) as probe:
                if probe.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"Dovecot does not start: {found.log()[-2000:]}")
