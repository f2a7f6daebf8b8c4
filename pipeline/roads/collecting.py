"""What comes in is kept: every mail of the mailbox and every file of ``Inkomend/``, before anything is done.

Bytes first, then the journal, and only then does the mailbox hear that a mail is done. Whatever stands
in the journal is not fetched again.
"""

import hashlib
from collections.abc import Iterator

from pipeline.errors import MailStuckError, PostbusAwayError
from pipeline.office import Office
from pipeline.ports import PostbusItem
from pipeline.sources import plan as sources
from pipeline.values import Arrival, Job, JobKind, Place, Via

_BOOKMARK = "postbus-bookmark"
_AT_ONCE = 100
"""So many mails are kept before the mailbox hears of it."""
_AT_ONCE_BYTES = 16 * 1024 * 1024
"""So much is held in memory of mails that are kept together."""


def collect_mail(office: Office) -> bool:
    """Keep every new mail of the mailbox; it is acknowledged when the journal has it.

    A mailbox that cannot put mail away, because it is full or may only be read, is emptied as far as
    the journal is concerned before that is told. What was not kept is never put away.

    Returns:
        True when a mail is still being written there.

    Raises:
        PostbusAwayError: It cannot be reached, or what was taken in cannot be put away.
    """
    with office.journal.transaction() as ledger:
        bookmark = ledger.fact(_BOOKMARK)
    listed = office.postbus.list_new(bookmark)
    trouble: PostbusAwayError | None = None
    for start in range(0, len(listed.items), _AT_ONCE):
        some = listed.items[start : start + _AT_ONCE]
        wanted, kept = _unknown(some, office), set[str]()
        try:
            for mails in _handfuls(office.postbus.read(wanted)):
                _keep_mails(mails, office)
                kept |= {item.key for item, _ in mails}
        except MailStuckError as fault:
            trouble = trouble or fault
        left = {item.key for item in wanted} - kept
        try:
            office.postbus.acknowledge([item for item in some if item.key not in left])
        except PostbusAwayError as fault:
            trouble = trouble or fault
    if trouble:
        raise trouble
    if listed.bookmark != bookmark:
        with office.journal.transaction() as ledger:
            ledger.set_fact(_BOOKMARK, listed.bookmark)
    return listed.unfinished


def _unknown(items: tuple[PostbusItem, ...], office: Office) -> tuple[PostbusItem, ...]:
    """Leave out what is kept already, so that a mailbox that cannot be emptied is fetched once."""
    with office.journal.transaction() as ledger:
        known = ledger.digests_of([_key(item) for item in items])
    kept = {key for key, sha256 in known.items() if office.originals.path(sha256).is_file()}
    return tuple(item for item in items if _key(item) not in kept)


def _key(item: PostbusItem) -> str:
    return f"postbus:{item.key}"


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


def _keep_mails(mails: list[tuple[PostbusItem, bytes]], office: Office) -> None:
    """Keep mails as they came; when they were received is made sure when they are opened."""
    _keep(
        [
            (
                Arrival(
                    key=_key(item),
                    via=Via.POSTBUS,
                    name=item.name,
                    sha256=hashlib.sha256(content).hexdigest(),
                    size_bytes=len(content),
                    received=sources.received_on_sight(item.server_time, office.clock()),
                ),
                content,
            )
            for item, content in mails
        ],
        office,
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
