"""What comes in is kept: every mail of the mailbox and every file of ``Inkomend/``, before anything is done.

Bytes first, then the journal, and only then does the mailbox hear that a mail is done. Whatever stands
in the journal is not fetched again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pipeline.errors import MailStuckError, PostbusAwayError
from pipeline.office import Office
from pipeline.ports import MailboxEntry, Postbus, PostbusItem
from pipeline.sources import plan as sources
from pipeline.values import Arrival, Job, JobKind, Place, Received, Via

_AT_ONCE = 100
"""So many mails are kept before the mailbox hears of it."""
_AT_ONCE_BYTES = 16 * 1024 * 1024
"""So much is held in memory of mails that are kept together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way by which things come in from elsewhere.

    Attributes:
        name: With it the keys of what comes in begin.
        bookmark: Fact that holds how far it was listed.
        via: What comes in by it counts as come in by this.
    """

    name: str
    bookmark: str
    via: Via

    def key(self, item: PostbusItem | MailboxEntry) -> str:
        """Give the key of an arrival."""
        return f"{self.name}:{item.key}"

    def received(self, item: PostbusItem, now: datetime) -> Received:
        """Say when a thing was received; of a mail that is made sure when it is opened."""
        if self.via is Via.POSTBUS:
            return sources.received_on_sight(item.server_time, now)
        return sources.received_of_file(item.name, now, None)


MAIL = Way(name="postbus", bookmark="postbus-bookmark", via=Via.POSTBUS)
_ELSEWHERE = Way(name="elders", bookmark="elders-bookmark", via=Via.INKOMEND)


def collect_mail(office: Office) -> bool:
    """Keep every new mail of the mailbox; it is acknowledged when the journal has it.

    A mailbox that cannot put mail away, because it is full or may only be read, is emptied as far as
    the journal is concerned before that is told. What was not kept is never put away.

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
        left, stuck = _keep_new(source, some, way, office)
        trouble = trouble or stuck
        try:
            source.acknowledge([item for item in some if item.key not in left])
        except PostbusAwayError as fault:
            trouble = trouble or fault
    if trouble:
        raise trouble
    if listed.bookmark != bookmark:
        with office.journal.transaction() as ledger:
            ledger.set_fact(way.bookmark, listed.bookmark)
    return listed.unfinished


def _keep_new(
    source: Postbus, items: tuple[PostbusItem, ...], way: Way, office: Office
) -> tuple[frozenset[str], PostbusAwayError | None]:
    """Keep what is not kept yet.

    Returns:
        Keys of what could not be fetched, and why.
    """
    wanted, kept = _unknown(items, way, office), set[str]()
    stuck: PostbusAwayError | None = None
    try:
        for some in _handfuls(source.read(wanted)):
            _keep([(_arrival(item, content, way, office), content) for item, content in some], office)
            kept |= {item.key for item, _ in some}
    except MailStuckError as fault:
        stuck = fault
    return frozenset(item.key for item in wanted) - kept, stuck


def _unknown(items: tuple[PostbusItem, ...], way: Way, office: Office) -> tuple[PostbusItem, ...]:
    """Leave out what is kept already, so that a mailbox that cannot be emptied is fetched once."""
    with office.journal.transaction() as ledger:
        known = ledger.digests_of([way.key(item) for item in items])
    kept = {key for key, sha256 in known.items() if office.originals.path(sha256).is_file()}
    return tuple(item for item in items if way.key(item) not in kept)


def _handfuls(
    reading: Iterator[tuple[PostbusItem, bytes]],
) -> Iterator[list[tuple[PostbusItem, bytes]]]:
    """Gather mails to keep together, no more than fit in memory; what was read before a failure too."""
    held: list[tuple[PostbusItem, bytes]] = []
    size = 0
    try:
        for item, content in reading:
            if held and size + len(content) > _AT_ONCE_BYTES:
                yield held
                held, size = [], 0
            held.append((item, content))
            size += len(content)
    except PostbusAwayError:
        if held:
            yield held
        raise
    if held:
        yield held


def _arrival(item: PostbusItem, content: bytes, way: Way, office: Office) -> Arrival:
    return Arrival(
        key=way.key(item),
        via=way.via,
        name=item.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        received=way.received(item, office.clock()),
    )


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
        arrival = Arrival(
            key=claimed.key,
            via=Via.INKOMEND,
            name=claimed.name,
            sha256=hashlib.sha256(content).hexdigest(),
            size_bytes=len(content),
            received=sources.received_of_file(claimed.name, claimed.dropped_at, None),
        )
        _keep([(arrival, content)], office)
        office.werkmap.release(claimed)
    office.werkmap.sweep_empty(Place.INKOMEND)
    return waiting


def _keep(arrived: list[tuple[Arrival, bytes]], office: Office) -> None:
    """Keep the bytes, and when they are on disk write down what came in, with the work that follows."""
    office.originals.keep_all({arrival.sha256: content for arrival, content in arrived})
    with office.journal.transaction() as ledger:
        known = ledger.digests_of([arrival.key for arrival, _ in arrived])
        new = [arrival for arrival, _ in arrived if arrival.key not in known]
        ledger.take_in(new, [_job(arrival, office) for arrival, _ in arrived])


def _job(arrival: Arrival, office: Office) -> Job:
    return Job(key=f"arrival:{arrival.key}", kind=JobKind.ARRIVAL, subject=arrival.key, due=office.clock())
