"""Decide when something was received, and which files are not letters at all.

Pure. Legal days are days in Europe/Amsterdam. A date that cannot be true (more than a day in
the future, or before 2000) is not believed; the next basis is used and the candidate says so.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from pipeline.dates import AMSTERDAM, legal_day
from pipeline.values import DateCandidate, Message, Received, ReceivedBasis

_FIRST_DAY = date(2000, 1, 1)
_MARGIN = timedelta(days=1)
_NOON = time(12)
_RECEIVED_NAME = re.compile(r"(?i)^ontvangen[ _](\d{4})-(\d{2})-(\d{2})(?!\d)")

_SOURCES = {
    ReceivedBasis.SERVER: "ontvangst door de mailserver",
    ReceivedBasis.RECEIVED_HEADER: "volgens de mailserver",
    ReceivedBasis.DATE_HEADER: "verzenddatum in de mail",
    ReceivedBasis.DROP: "dag waarop dit binnenkwam",
}

_IGNORED = re.compile(
    r"""(?ix)^(?:
      ~\$.* | \.~lock\..*\# | \..* | ~.*\.tmp
    | .*\.(?:tmp|part|partial|crdownload|download|swp)
    | thumbs\.db | ehthumbs\.db | desktop\.ini
    )$"""
)
_COMPUTER = r"(?:desktop|laptop|notebook|werkplek|werkstation|surface|macbook|imac|win|pc|ws|nb)"
_CONFLICT = re.compile(
    rf"""(?ix)
      -{_COMPUTER}(?:[-_]?[a-z0-9]*\d[a-z0-9]*|-[a-z0-9]+)(?:-\d+)?$
    | \((?:[^()]*\s)?(?:conflict(?:ed|ing)?\ copy|conflicterende\ (?:kopie|versie)
        |in\ conflict\ zijnde\ kopie|case\ conflict)\b[^()]*\)
    | \(conflict(?:[ _-]\d[\d\s_:.-]*)?\)
    | \.sync-conflict-\d{{8}}
    | \ -\ (?:kopie\ in\ conflict|conflictkopie)\b
    """
)


def received_of_mail(message: Message, server_time: datetime | None, seen_at: datetime) -> Received:
    """Decide when a mail was received.

    The server's time counts; without one the topmost ``Received`` header, else ``Date``, else
    the moment we first saw it. A forwarded mail is never certain: its own day of receipt and
    the day of the original are both candidates.

    Args:
        message: The mail.
        server_time: When the mail server received it, aware; None when the source has no server.
        seen_at: When we first saw it, aware.
    """
    at, basis = next(_instants(message, server_time, seen_at))
    day = legal_day(at)
    source = _SOURCES[basis] + _disbelieved(message, basis, seen_at)
    candidates = (DateCandidate(day=day, source=source), *_original_days(message, day))
    confirmed = message.forwarded is None and basis is not ReceivedBasis.DROP
    return Received(at=at, basis=basis, confirmed=confirmed, candidates=candidates)


def received_within(message: Message, received: Received) -> Received:
    """Decide when a part was received of a mail that came along in another.

    Args:
        message: The mail as that part sees it.
        received: When the mail around it was received.
    """
    own = received.candidates[0]
    candidates = (own, *_original_days(message, own.day))
    return replace(received, confirmed=False, candidates=candidates)


def received_on_sight(server_time: datetime | None, seen_at: datetime) -> Received:
    """Say when a mail was received as long as it has not been opened.

    Args:
        server_time: When the mail server received it, aware; None when the source has no server.
        seen_at: When we first saw it, aware.
    """
    known = server_time is not None and _is_believable(server_time, seen_at)
    at = server_time if server_time is not None and known else seen_at
    basis = ReceivedBasis.SERVER if known else ReceivedBasis.DROP
    candidate = DateCandidate(day=legal_day(at), source=_SOURCES[basis])
    return Received(at=at.astimezone(UTC), basis=basis, confirmed=known, candidates=(candidate,))


def received_when_opened(sighted: Received, message: Message | None) -> Received:
    """Say when a mail was received now that it has been opened; of what is no mail nothing more is known.

    Args:
        sighted: What was said before.
        message: The mail; None when it is none.
    """
    if message is None:
        return sighted
    return received_of_mail(
        message, sighted.at if sighted.basis is ReceivedBasis.SERVER else None, sighted.at
    )


def received_of_file(name: str, dropped_at: datetime, document_date: date | None) -> Received:
    """Decide when a file was received that somebody put in the folder.

    A name that starts with ``ontvangen 2026-11-03`` says it; otherwise it is the moment of the
    drop, to be confirmed, with the date of the letter itself as the other candidate.

    Args:
        name: File name as given.
        dropped_at: When it was put there, aware.
        document_date: Date of the letter, if one was read.
    """
    dropped_on = legal_day(dropped_at)
    named = _named_day(name)
    if named is not None and _FIRST_DAY <= named <= dropped_on:
        at = datetime.combine(named, _NOON, AMSTERDAM).astimezone(UTC)
        candidate = DateCandidate(day=named, source="datum in de bestandsnaam")
        return Received(at=at, basis=ReceivedBasis.FILE_NAME, confirmed=True, candidates=(candidate,))
    candidates = [DateCandidate(day=dropped_on, source="dag waarop het bestand in de map is gezet")]
    if document_date is not None and _FIRST_DAY <= document_date < dropped_on:
        candidates.append(DateCandidate(day=document_date, source="datum van de brief"))
    return Received(
        at=dropped_at.astimezone(UTC), basis=ReceivedBasis.DROP, confirmed=False, candidates=tuple(candidates)
    )


def is_ignored(name: str) -> bool:
    """Tell whether a file is a lock, a half-written download or something of the system."""
    return _IGNORED.match(name) is not None


def came_since(moment: datetime | None, first: date | None) -> bool:
    """Tell whether a mail counts when only what came on or after a day is taken in.

    Args:
        moment: When it came, aware; None when nobody knows, and then it counts.
        first: That day, in Europe/Amsterdam; None when every mail counts.
    """
    return first is None or moment is None or legal_day(moment) >= first


def looks_like_conflict_copy(name: str) -> bool:
    """Tell whether a sync program made this file because two people changed the same one.

    A guess on the name alone: it leads to a question, never to an act. A browser's ``naam (1)``
    is not meant.
    """
    stem, dot, _ = name.rpartition(".")
    return _CONFLICT.search(stem if dot else name) is not None


def _instants(
    message: Message, server_time: datetime | None, seen_at: datetime
) -> Iterator[tuple[datetime, ReceivedBasis]]:
    """Give the moments that may count, best first; the last one always exists."""
    offered = (
        (server_time, ReceivedBasis.SERVER),
        (message.received_at, ReceivedBasis.RECEIVED_HEADER),
        (message.sent_at, ReceivedBasis.DATE_HEADER),
    )
    for at, basis in offered:
        if at is not None and _is_believable(at, seen_at):
            yield at.astimezone(UTC), basis
    yield seen_at.astimezone(UTC), ReceivedBasis.DROP


def _is_believable(at: datetime, seen_at: datetime) -> bool:
    return at <= seen_at + _MARGIN and at.year >= _FIRST_DAY.year


def _disbelieved(message: Message, basis: ReceivedBasis, seen_at: datetime) -> str:
    """Say which better date was passed over because it cannot be true."""
    later = (ReceivedBasis.DATE_HEADER, ReceivedBasis.DROP)
    if (
        basis in later
        and message.received_at is not None
        and not _is_believable(message.received_at, seen_at)
    ):
        return " (de datum van de mailserver kan niet kloppen)"
    if basis is ReceivedBasis.DROP and message.sent_at is not None:
        return " (de verzenddatum in de mail kan niet kloppen)"
    return ""


def _original_days(message: Message, received_on: date) -> tuple[DateCandidate, ...]:
    """Give the day of the original of a forwarded mail, when it is known and not later."""
    sent_on = message.forwarded.sent_on if message.forwarded else None
    if sent_on is None or not _FIRST_DAY <= sent_on < received_on:
        return ()
    return (DateCandidate(day=sent_on, source="datum in de doorgestuurde mail"),)


def _named_day(name: str) -> date | None:
    found = _RECEIVED_NAME.match(name)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
