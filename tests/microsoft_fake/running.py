"""Runs the fake on loopback: one server with TLS for both hosts, and the proxy that leads there."""

import base64
import select
import socket
import ssl
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import unquote

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from microsoft_fake import login as signing
from microsoft_fake import referee
from microsoft_fake.drive import Drive
from microsoft_fake.mailbox import Mailbox
from microsoft_fake.wire import Answer, Fault, Request, refused

GRAPH = "graph.microsoft.com"
_LOOPBACK = "127.0.0.1"


@dataclass(kw_only=True)
class Fake:
    """What the fake knows and what it saw; ``wrong`` must be empty at the end."""

    login: signing.Login = field(default_factory=signing.Login)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    drives: dict[str, Drive] = field(default_factory=dict)
    shared: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def mailbox(self, address: str = "mr@zandhof.example") -> Mailbox:
        return self.mailboxes.setdefault(address, Mailbox(address))

    def drive(self, name: str = "b!schijf") -> Drive:
        return self.drives.setdefault(name, Drive(name))

    def fault(self, method: str, pattern: str, answer: Answer, **more: int) -> None:
        """Have something go wrong: ``times``, ``after`` and ``done`` as in ``Fault``."""
        self.faults.append(Fault(method=method, pattern=pattern, answer=answer, **more))  # type: ignore[arg-type]

    def fault_login(self, name: str, number: int) -> None:
        """Have the next sign-in refused for this reason."""
        self.fault("POST", "/token", signing.refusal(name, number))

    def asked(self, method: str, part: str) -> list[Request]:
        return [one for one in self.requests if one.method == method and part in one.target]

    def answer(self, request: Request) -> Answer:
        with self.lock:
            self.requests.append(request)
            struck = next((one for one in self.faults if one.strikes(request)), None)
            if struck and not struck.done:
                return struck.answer
            answer = self._done(request)
            return struck.answer if struck else answer

    def _done(self, request: Request) -> Answer:
        if request.path.startswith("/download/"):
            if request.header("Authorization"):
                self.wrong.append("a token was sent to another host")
            name, item = request.path.removeprefix("/download/").split("/")
            return Answer(body=self.drives[unquote(name)].items[item].content or b"")
        if request.host == signing.HOST:
            return self.login.answer(request)
        if request.path.startswith("/upload/"):
            name = request.path.removeprefix("/upload/")
            return next(box for box in self.mailboxes.values() if name in box.sessions).put(request, name)
        if fault := referee.fault_in(request):
            self.wrong.append(fault)
        if 'IdType="ImmutableId"' not in request.header("Prefer"):
            self.wrong.append(f"no immutable ids asked: {request.method} {request.path}")
        if not self.login.believes(request.header("Authorization").removeprefix("Bearer ")):
            return refused(401, "InvalidAuthenticationToken")
        return self._of_graph(request)

    def _of_graph(self, request: Request) -> Answer:
        if request.path.startswith("/v1.0/shares/u!"):
            coded = request.path.split("/")[3].removeprefix("u!")
            link = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
            return Answer(body=self.shared[link]) if link in self.shared else refused(403, "accessDenied")
        if request.path.startswith("/v1.0/drives/"):
            name, slash, path = request.path.removeprefix("/v1.0/drives/").partition("/")
            known = self.drives.get(unquote(name))
            return known.answer(request, slash + path) if known else refused(403, "accessDenied")
        _, _, rest = request.path.partition("/users/")
        address, slash, path = rest.partition("/")
        if address not in self.mailboxes:
            return refused(403, "ErrorAccessDenied")
        return self.mailboxes[address].answer(request, slash + path)


@contextmanager
def running(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """Run the fake, and have every client in this process find it under the real names."""
    fake = Fake()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(GRAPH, signing.HOST).configure_cert(context)
    with _serving(_web_server(fake, context)) as web, _serving(_proxy(fake, web)) as proxy:
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://{_LOOPBACK}:{proxy}")
        for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "ca.pem"))
        yield fake
        assert not fake.wrong, "\n".join(fake.wrong)


@contextmanager
def _serving(server: ThreadingTCPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """Ends without waiting for a client that keeps its connection open."""

    daemon_threads = True
    block_on_close = False

    fake: "Fake"

    def handle_error(self, *_: object) -> None:
        """Tell only what the fake itself did wrong: a cut connection is what some tests want."""
        fault = sys.exception()
        if not isinstance(fault, OSError):
            self.fake.wrong.append("".join(traceback.format_exception(fault)))


def _web_server(fake: Fake, context: ssl.SSLContext) -> ThreadingTCPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            request = Request(
                method=self.command,
                host=(self.headers.get("Host") or "").partition(":")[0],
                target=self.path,
                headers=dict(self.headers.items()),
                body=self.rfile.read(length),
            )
            self._say(fake.answer(request))

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815

        def _say(self, answer: Answer) -> None:
            time.sleep(answer.late)
            if answer.cut:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = _Server((_LOOPBACK, 0), Handler)
    server.fake = fake
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


def _proxy(fake: Fake, port: int) -> ThreadingTCPServer:
    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            asked = self.rfile.readline().decode().split()
            while self.rfile.readline().strip():
                pass
            if (
                len(asked) < 2
                or asked[0] != "CONNECT"
                or asked[1] not in (f"{GRAPH}:443", f"{signing.HOST}:443")
            ):
                fake.wrong.append(f"asked of the proxy: {asked[:2]}")
                self.wfile.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
                return
            with closing(socket.create_connection((_LOOPBACK, port))) as there:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                _pass_on(self.connection, there)

    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        allow_reuse_address = True

    return Server((_LOOPBACK, 0), Handler)


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    other = {here: there, there: here}
    there.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(OSError):
        while True:
            for one in select.select([here, there], [], [])[0]:
                content = one.recv(65536)
                if one is here and hasattr(socket, "TCP_QUICKACK"):  # towards a proxy urllib3 waits for that
                    here.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
                if not content:
                    return
                other[one].sendall(content)


def certificate(path: Path, *, days: int = 365, start: datetime | None = None) -> x509.Certificate:
    """Write a PEM file with an RSA key and its certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stukkenstroom")])
    begin = start or datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return made
