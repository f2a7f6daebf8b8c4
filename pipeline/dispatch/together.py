"""Decide which members get the same file in one message, each in bcc, and what becomes of each of them.

Pure. A member keeps a row of her own, that follows the message to several until she has to go by
herself: when her copy is hers alone, her address changed, or the mail server did not take it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.dispatch.plan import dispatch_id
from pipeline.values import Dispatch, DispatchState, Sending

_UNDER_WAY = (DispatchState.GEPLAND, DispatchState.BEZIG)
SOMEBODY = "een van de leden"
"""Stands for the member in a message to several: who of them a report means, is not known."""


def joined(planned: tuple[Dispatch, ...], sending: Sending) -> tuple[Dispatch, ...]:
    """Join what carries the same file to at least two members; all else goes by itself.

    Args:
        planned: The messages to the members.
        sending: The sending they belong to.
    """
    able = {one.id: one.part for one in planned if _can_join(one)}
    many = {part for part, count in Counter(able.values()).items() if count > 1}
    return tuple(
        replace(one, within=_shared_id(sending, one.part)) if able.get(one.id) in many else one
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
        replace(one, id=shared, member=SOMEBODY, to="", within="", shared=True)
        for shared, one in first.items()
    )


def travelling(message: Dispatch, rows: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """Give who goes along in a message to several, as long as it has not left."""
    return tuple(one for one in rows if one.within == message.id and one.state in _UNDER_WAY)


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
    """Give a message to several that goes no more: everybody goes by herself."""
    return replace(message, state=DispatchState.AANGEHOUDEN, reason=DISSOLVED, draft="")


DISSOLVED = "Het bericht aan allen samen gaat niet; ieder lid krijgt een eigen bericht."


def meant(message: Dispatch, rows: Iterable[Dispatch], recipient: str) -> Dispatch:
    """Find of whom a report tells; the message itself when it does not say, or names an address elsewhere.

    Args:
        message: The message that the report names.
        rows: The messages of its sending.
        recipient: The address in the report, lower case; may be empty.
    """
    if not message.shared:
        return message
    found = (one for one in rows if one.within == message.id and one.to.lower() == recipient)
    return next(found, message) if recipient else message


def words(one: Dispatch) -> str:
    """Tell that a member gets it in one message with others; empty when she gets her own."""
    return "samen met anderen, in bcc" if one.within else ""


def beforehand(planned: Iterable[Dispatch]) -> tuple[str, ...]:
    """Tell the secretary, before it goes, that several get one message, and why others do not."""
    mailed = tuple(one for one in planned if one.state is DispatchState.GEPLAND and one.part <= 1)
    along = sum(bool(one.within) for one in mailed)
    alone = sum(one.is_personal for one in mailed)
    if not along:
        return ()
    several = (
        f"{along} leden krijgen hetzelfde bestand, en daarom samen één bericht; zij zien elkaars adres niet "
        "(bcc). Zo heeft de beheerder het ingesteld."
    )
    return (f"{several} {_ALONE[alone > 1].format(alone)}" if alone else several,)


_ALONE = (
    "Eén lid krijgt een eigen bericht, omdat dat exemplaar voor dit lid alleen is gemaakt.",
    "{} leden krijgen een eigen bericht, omdat hun exemplaar voor hen alleen is gemaakt.",
)
