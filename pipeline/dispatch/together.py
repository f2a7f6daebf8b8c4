"""Decide which members get the same file in one message, each in bcc, and what becomes of each of them.

Pure. A member keeps a row of her own, that follows the message to several until she has to go by
herself: when her copy is hers alone, her address changed, or the mail server did not take it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.dispatch.plan import OLD_DATABASE, Proven, dispatch_id
from pipeline.values import DeliveryReport, Dispatch, DispatchState, Outcome, Parcel, Sending

_ALL = "de leden samen"
"""Stands for the member in a message to several."""
SOMEBODY = "een van de leden"
"""Stands for the member of whom a report tells that names nobody we know."""


def joined(planned: tuple[Dispatch, ...], sending: Sending) -> tuple[Dispatch, ...]:
    """Join what carries the same file to at least two members; all else goes by itself.

    Args:
        planned: The messages to the members.
        sending: The sending they belong to.
    """
    parts = [one.part for one in planned if _can_join(one)]
    return tuple(
        replace(one, within=_shared_id(sending, one.part))
        if _can_join(one) and parts.count(one.part) > 1
        else one
        for one in planned
    )


def _can_join(one: Dispatch) -> bool:
    return one.state is DispatchState.GEPLAND and not one.is_personal


def _shared_id(sending: Sending, part: int) -> str:
    return dispatch_id(sending, "samen", part)


def shared_messages(planned: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """Give the messages in which the planned ones go along; one for each file."""
    first = {one.within: one for one in planned if one.within and one.state is DispatchState.GEPLAND}
    return tuple(
        replace(one, id=shared, member=_ALL, to="", within="", shared=True) for shared, one in first.items()
    )


def travelling(message: Dispatch, rows: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """Give who goes along in a message to several, as long as it has not left."""
    return tuple(one for one in rows if one.within == message.id and one.is_undecided)


def followed(
    message: Dispatch, rows: Iterable[Dispatch], left_out: frozenset[str] = frozenset()
) -> Iterator[Dispatch]:
    """Give who goes along in a message to several as it stands now.

    Args:
        message: The message in its new state; of one to a single person nothing follows.
        rows: The messages of the sending.
        left_out: Addresses that the server did not take; each goes by itself then.
    """
    for one in travelling(message, rows) if message.shared else ():
        if one.to in left_out:
            yield by_itself(one)
        else:
            yield replace(one, state=message.state, reason=message.reason, sent_at=message.sent_at)


def by_itself(one: Dispatch) -> Dispatch:
    """Plan a message of her own for a member who cannot go along."""
    return replace(one, within="", state=DispatchState.GEPLAND, reason="", sent_at=None)


def dissolved(message: Dispatch) -> Dispatch:
    """Give a message to several that goes no more, because nobody goes along in it."""
    return replace(message, state=DispatchState.AANGEHOUDEN, reason=_NOBODY_ALONG, draft="")


_NOBODY_ALONG = "Niemand gaat in dit bericht mee; wie het nog moet krijgen, krijgt een eigen bericht."


def gone_from_list(one: Dispatch) -> Dispatch:
    """Hold a member whose name does not stand in leden.xlsx any more; with the name she goes by herself."""
    return replace(one, to="", within="", state=DispatchState.AANGEHOUDEN, reason=_NOT_LISTED)


_NOT_LISTED = (
    "De naam staat niet meer in leden.xlsx; er is niets verzonden. Zet de naam terug als dit lid de stukken "
    "moet krijgen."
)


def against_own_proof(one: Dispatch, proven: Proven) -> Dispatch:
    """Hold a member who has, or may have, a message of her own already: the database is older than that.

    Args:
        one: A member who is to go along in a message to several.
        proven: What her own proof in the werkmap says.
    """
    has = proven.state in (DispatchState.BEZIG, DispatchState.VERZONDEN, DispatchState.MOGELIJK_VERZONDEN)
    if not has or proven.within == one.within:
        return one
    return replace(one, within="", state=DispatchState.MOGELIJK_VERZONDEN, reason=OLD_DATABASE)


def meant(
    message: Dispatch, rows: Iterable[Dispatch], report: DeliveryReport, sending: Sending
) -> tuple[Dispatch, ...]:
    """Find of whom a report tells: all who have the address that it names.

    That a message to several came back from an address elsewhere, to which a member has her post sent on,
    is a row of its own. What else comes from there tells of nobody.

    Args:
        message: The message that the report names.
        rows: The messages of its sending.
        report: The report.
        sending: The sending.
    """
    if not message.shared:
        return (message,)
    along = tuple(one for one in rows if one.within == message.id)
    for address in report.recipients:
        if found := tuple(one for one in along if one.to.lower() == address):
            return found
    if report.outcome is not Outcome.NIET_BEZORGD:
        return ()
    elsewhere = next(iter(report.recipients), "")
    identity = dispatch_id(sending, f"{elsewhere}|{SOMEBODY}", message.part)
    fresh = replace(message, id=identity, member=SOMEBODY, to=elsewhere, within=message.id, shared=False)
    return (next((one for one in along if one.id == identity), fresh),)


def words(one: Dispatch) -> str:
    """Tell that a member gets it in one message with others; empty when she gets her own."""
    return "samen met anderen, in bcc" if one.within else ""


def beforehand(planned: Iterable[Dispatch], parcel: Parcel | None) -> tuple[str, ...]:
    """Tell the secretary, before it goes, that several get one message, and why others do not.

    Args:
        planned: The messages to the members.
        parcel: How it travels; in parts several get one message for each.
    """
    mailed = tuple(one for one in planned if one.state is DispatchState.GEPLAND and one.part <= 1)
    along = sum(bool(one.within) for one in mailed)
    alone = sum(one.is_personal for one in mailed)
    if not along:
        return ()
    files = _FILES[bool(parcel and parcel.parts)]
    unseen = "zij zien elkaars adres niet (bcc). Zo heeft de beheerder het ingesteld."
    several = f"{along} leden krijgen {files}; {unseen}"
    return (f"{several} {_ALONE[alone > 1].format(alone)}" if alone else several,)


_FILES = (
    "hetzelfde bestand, en daarom samen één bericht",
    "dezelfde bestanden, en daarom ieder deel samen in één bericht",
)
_ALONE = (
    "Eén lid krijgt een eigen bericht, omdat dat exemplaar voor dit lid alleen is gemaakt.",
    "{} leden krijgen een eigen bericht, omdat hun exemplaar voor hen alleen is gemaakt.",
)
