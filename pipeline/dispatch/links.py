"""Decide where the file behind a link lies and how long, and what is told of it. Pure.

Nothing here asks whether an address can be reached from outside: only whoever has the folder served knows.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import quote

from pipeline.dates import AMSTERDAM, ONE_DAY, dutch_weekday_date, legal_day
from pipeline.dispatch.parcels import megabytes
from pipeline.values import Dispatch, DispatchState, Link, Sending


def last_day(sending: Sending) -> date | None:
    """Give the last day on which the link of a sending works, inclusive; None when it does not go as a link.

    While its file is not laid there this is what is announced: counted from the day it is due.
    """
    if sending.parcel is None or not sending.goes_as_link:
        return None
    return sending.link.until if sending.link else until(legal_day(sending.due), sending.parcel.link_days)


def until(day: date, days: int) -> date:
    """Give the last day of a link that begins to work on a day, inclusive."""
    return day + timedelta(days=days)


def ends(link: Link) -> datetime:
    """Give the instant at which a link has to stop working, UTC: the end of its last day in Amsterdam."""
    return datetime.combine(link.until + ONE_DAY, time(), AMSTERDAM).astimezone(UTC)


def own_folder(link: Link, data: Path) -> Path | None:
    """Give the folder of one link; None when its token is no name, so that nothing else is ever touched.

    Args:
        link: The link.
        data: The data folder; where the link lies may be written from there.
    """
    place = data / link.place
    folder = place / link.token
    return folder if folder.parent == place and link.token.isalnum() else None


def address(link: Link, file: str) -> str:
    """Write the address of a file, as it stands in a mail."""
    return f"{link.address}/{link.token}/{quote(file, safe='')}"


def as_it_lies(dispatch: Dispatch, link: Link, *, lies: str, today: date) -> Dispatch:
    """Look at a planned message that carries a link once more, just before it leaves.

    Args:
        dispatch: The message.
        link: Its link.
        lies: Digest of the file that the link leads to now; empty without one.
        today: Legal day.

    Returns:
        The message unchanged when its link leads to what was approved; else held.
    """
    if dispatch.state is not DispatchState.GEPLAND or (lies == dispatch.sha256 and today <= link.until):
        return dispatch
    reason = EXPIRED if today > link.until else CHANGED if lies else GONE
    return replace(dispatch, state=DispatchState.AANGEHOUDEN, reason=reason)


_GIVE_IT = "geef dit lid de bundel uit Verstuurd op een andere manier."
EXPIRED = f"De link naar de bundel werkt niet meer; {_GIVE_IT}"
CHANGED = f"Het bestand achter de link is niet meer de goedgekeurde bundel; {_GIVE_IT}"
GONE = f"Het bestand achter de link is weg; {_GIVE_IT}"


def for_member(link: Link) -> tuple[str, ...]:
    """Tell a member what she must know of the link she gets."""
    why = f"Het bestand is met {megabytes(link.size)} te groot voor een bijlage; daarom krijgt u een link."
    last = f"De link werkt tot en met {dutch_weekday_date(link.until)}."
    keep = "Bewaar het bestand als u het daarna nog nodig heeft."
    return (
        f"{why} {last} {keep}",
        "Wie de link heeft, kan de stukken lezen. Stuur de link daarom niet door.",
    )
