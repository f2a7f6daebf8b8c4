"""Being told of new mail at once: a connection of its own waits at the server (IDLE, RFC 2177).

Only a hint: at a server without IDLE, or while the connection is lost, the next look around finds the
mail all the same. So nothing here is ever an error; a lost connection is tried again after a while.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from imapclient import IMAPClient

from pipeline.edges.imap import folders
from pipeline.edges.imap.session import ImapServer, hang_up, reaching
from pipeline.errors import StukkenstroomError

_RENEWED_AFTER = 9 * 60.0
"""Seconds after which waiting is begun anew, before a router on the way forgets the connection."""
_SLICE = 1.0
"""Seconds after which it is seen that we must stop."""
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 10 * 60.0
_JOINED_WITHIN = 5.0


@contextmanager
def watch_mailbox(server: ImapServer, inbox: str, wake: Callable[[], None]) -> Iterator[None]:
    """Call ``wake`` from another thread whenever mail may have come in.

    Args:
        server: Where the mailbox is.
        inbox: Folder that is watched; empty for the inbox.
        wake: Must be quick and safe to call from any thread.
    """
    stop = Event()
    watcher = _Watcher(server, inbox, wake, stop)
    thread = Thread(target=watcher.keep_watching, name="imap-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_JOINED_WITHIN)  # one that is still connecting ends by itself


class _Watcher:
    """Waits at the server until it must stop."""

    def __init__(self, server: ImapServer, inbox: str, wake: Callable[[], None], stop: Event) -> None:
        self._server, self._inbox, self._wake, self._stop = server, inbox, wake, stop
        self._pause = _FIRST_PAUSE

    def keep_watching(self) -> None:
        """Watch, and connect again after a while when the connection is lost."""
        while not self._stop.is_set():
            try:
                if not self._watch():
                    return
            except StukkenstroomError:
                self._stop.wait(self._pause)
                self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _watch(self) -> bool:
        """Watch on one connection; gives False when there is nothing to watch for."""
        with reaching():
            client = self._server.connect()
            try:
                if not client.has_capability("IDLE"):
                    return False
                client.select_folder(folders.inbox_name(client, self._inbox), readonly=True)
                self._wake()  # something may have come while nobody watched
                while not self._stop.is_set():
                    self._wait(client)
                    self._pause = _FIRST_PAUSE
            finally:
                hang_up(client)
        return True

    def _wait(self, client: IMAPClient) -> None:
        """Wait until it is time to begin anew; a connection that was lost shows when waiting is ended."""
        client.idle()
        until = time.monotonic() + _RENEWED_AFTER
        while not self._stop.is_set() and time.monotonic() < until:
            began = time.monotonic()
            heard = client.idle_check(_SLICE)
            self._tell(heard)
            if not heard and time.monotonic() - began < _SLICE / 2:
                break
        _, heard = client.idle_done()
        self._tell(heard)

    def _tell(self, heard: list[tuple[object, ...]]) -> None:
        if any(b"EXISTS" in answer for answer in heard):
            self._wake()
