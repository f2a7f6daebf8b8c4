"""A connection on loopback that breaks: a proxy that cuts after so many bytes of the server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Lossy:
    """What stands between a client and a server.

    Attributes:
        port: Where a client connects.
        cuts: After how many bytes of the server each next connection is cut; those after it are whole.
        connections: How many were made.
        ends: Both ends of every connection.
    """

    port: int
    cuts: list[int] = field(default_factory=list)
    connections: int = 0
    ends: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """Cut whatever is connected now."""
        for end in self.ends:
            _close(end)


@contextmanager
def lossy(server_port: int, *cuts: int) -> Iterator[Lossy]:
    """Stand between clients and a server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Lossy(port=listening.getsockname()[1], cuts=list(cuts))
        threading.Thread(target=_accept, args=(listening, server_port, found), daemon=True).start()
        yield found
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, server_port: int, found: Lossy) -> None:
    with suppress(OSError):
        while True:
            client, _ = listening.accept()
            found.connections += 1
            server = socket.create_connection(("127.0.0.1", server_port))
            found.ends += (client, server)
            most = found.cuts.pop(0) if found.cuts else None
            for source, target, limit in ((client, server, None), (server, client, most)):
                threading.Thread(target=_pass_on, args=(source, target, limit), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, limit: int | None) -> None:
    passed = 0
    with suppress(OSError):
        while data := source.recv(65536 if limit is None else min(65536, limit - passed)):
            target.sendall(data)
            passed += len(data)
            if passed == limit:
                break
    for end in (source, target):
        _close(end)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
