"""What comes in is kept: every mail of the mailbox and every file of ``Inkomend/``, before anything is done.

Bytes first, then the journal, and only then does the mailbox hear that a mail is done. Whatever stands
in the journal is not fetched again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import PostbusAwayError
from pipeline.office import Office
from pipeline.ports import MailboxEntry, Postbus, PostbusItem
from pipeline.sources import plan as sources
from pipeline.values import Arrival, Job, JobKind, Place, Received, Via

_AT_ONCE = 50
"""So many mails are kept before the mailbox hears of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way by which things come in from elsewhere.

    Attributes:
        name: With it the keys of what comes in begin.
        bookmark: Fact that holds how far it was listed.
        keep: Keeps one thing.
    """

    name: str
    bookmark: str
    keep: Callable[[PostbusItem, bytes, str, Office], None]

    def key(self, item: PostbusItem | MailboxEntry) -> str:
        """Give the key of an arrival."""
        return f"{self.name}:{item.key}"


def collect_mail(office: Office) -> bool:
    """Keep every new mail of the mailbox; it is acknowledged when the journal has it.

    A mailbox that cannot put mail away, because it is full or may only be read, is emptied as far as
    the journal is concerned before that is told.

    Returns:
        True when a mail is still being written there.

    Raises:
        PostbusAwayError: It cannot be reached, or what was taken in cannot be put away.
    """
    return _collect(office.postbus, MAIL, office)


def collect_elsewhere(office: Office) -> bool:
    """Keep every new file of the folder elsewhere that counts as a second ``Inkomend/``; else as mail."""
    return office.drops is not None and _collect(office.drops, _ELSEWHERE, office)


def _collect(source: Postbus, way: Way, office: Office) -> bool:
    with office.journal.transaction() as ledger:
        bookmark = ledger.fact(way.bookmark)
    listed = source.list_new(bookmark)
    trouble: PostbusAwayError | None = None
    for start in range(0, len(listed.items), _AT_ONCE):
        some = listed.items[start : start + _AT_ONCE]
        for item, content in source.read(_unknown(some, way, office)):
            way.keep(item, content, way.key(item), office)
        try:
            source.acknowledge(some)
        except PostbusAwayError as fault:
            trouble = trouble or fault
    if trouble:
        raise trouble
    if listed.bookmark != bookmark:
        with office.journal.transaction() as ledger:
            ledger.set_fact(way.bookmark, listed.bookmark)
    return listed.unfinished


def _unknown(items: tuple[PostbusItem, ...], way: Way, office: Office) -> tuple[PostbusItem, ...]:
    """Leave out what is kept already, so that a mailbox that cannot be emptied is fetched once."""
    with office.journal.transaction() as ledger:
        known = {item.key: ledger.arrival(way.key(item)) for item in items}
    return tuple(item for item in items if not _is_kept(known[item.key], office))


def _is_kept(arrival: Arrival | None, office: Office) -> bool:
    return arrival is not None and office.originals.path(arrival.sha256).is_file()


def _keep_mail(item: PostbusItem, content: bytes, key: str, office: Office) -> None:
    message = office.opener(content, "bericht.eml").message
    received = (
        sources.received_of_mail(message, item.server_time, office.clock())
        if message
        else sources.received_of_file(item.name, office.clock(), None)
    )
    _keep(
        office,
        key=key,
        via=Via.POSTBUS,
        name=item.name,
        content=content,
        received=received,
    )


def _keep_drop(item: PostbusItem, content: bytes, key: str, office: Office) -> None:
    received = sources.received_of_file(item.name, office.clock(), None)
    _keep(office, key=key, via=Via.INKOMEND, name=item.name, content=content, received=received)


MAIL = Way(name="postbus", bookmark="postbus-bookmark", keep=_keep_mail)
_ELSEWHERE = Way(name="elders", bookmark="elders-bookmark", keep=_keep_drop)


def collect_drops(office: Office) -> bool:
    """Claim what is complete in ``Inkomend/`` and keep it.

    Returns:
        True when something lies there that is not complete yet.
    """
    waiting = False
    for entry in office.werkmap.listing(Place.INKOMEND):
        if entry.is_folder or sources.is_ignored(entry.path.rpartition("/")[2]):
            continue
        path = office.werkmap.path(Place.INKOMEND, entry.path)
        if office.werkmap.is_complete(path):
            office.werkmap.claim(path, office.clock())
        else:
            waiting = True
    for claimed in office.werkmap.claimed():
        content = claimed.path.read_bytes()
        received = sources.received_of_file(claimed.name, claimed.dropped_at, None)
        _keep(
            office, key=claimed.key, via=Via.INKOMEND, name=claimed.name, content=content, received=received
        )
        office.werkmap.release(claimed)
    office.werkmap.sweep_empty(Place.INKOMEND)
    return waiting


def _keep(office: Office, *, key: str, via: Via, name: str, content: bytes, received: Received) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    office.originals.keep(content, sha256)
    arrival = Arrival(key=key, via=via, name=name, sha256=sha256, size_bytes=len(content), received=received)
    with office.journal.transaction() as ledger:
        if ledger.arrival(key) is None:
            ledger.keep_arrival(arrival)
            ledger.note("arrived", key, name)
        ledger.add_job(Job(key=f"arrival:{key}", kind=JobKind.ARRIVAL, subject=key, due=office.clock()))
