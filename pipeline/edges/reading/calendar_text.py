"""Tell in Dutch lines what a calendar invitation (.ics) says. Nothing in it is followed or fetched.

Touches nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pipeline.dates import AMSTERDAM, dutch_weekday_date
from pipeline.edges.reading.charset import decode, one_line
from pipeline.edges.reading.sheet import limited

MAX_EVENTS = 50
"""An invitation holds one; a whole calendar is no paper."""
MAX_BYTES = 5 * 1024**2


def _moment(value: Any) -> str:
    """Write a day, or a moment in Dutch time; a time without a zone is read as Dutch."""
    when = getattr(value, "dt", None)
    if isinstance(when, datetime):
        local = when.astimezone(AMSTERDAM) if when.tzinfo else when
        return f"{dutch_weekday_date(local.date())}, {local:%H.%M} uur"
    return dutch_weekday_date(when) if isinstance(when, date) else ""


def _person(value: Any) -> str:
    address = one_line(value).removeprefix("mailto:").removeprefix("MAILTO:")
    name = one_line(getattr(value, "params", {}).get("CN", ""))
    return f"{name} ({address})" if name and name != address else address


def _lines(event: Any) -> Iterator[str]:
    """Give what an event says, most telling first; what it does not say is left out."""
    told = (
        ("", one_line(event.get("SUMMARY", ""))),
        ("Begin: ", _moment(event.get("DTSTART"))),
        ("Einde: ", _moment(event.get("DTEND"))),
        ("Plaats: ", one_line(event.get("LOCATION", ""))),
        ("Uitgenodigd door: ", _person(event.get("ORGANIZER", ""))),
        ("", str(event.get("DESCRIPTION", "")).strip()),
    )
    yield from (f"{label}{value}" for label, value in told if value)
    yield ""


def read_calendar(content: bytes) -> tuple[str, str]:
    """Read an invitation.

    Args:
        content: The whole .ics.

    Returns:
        Text; and as title the subject of the first event.

    Raises:
        ValueError: It is not a calendar.
    """
    from icalendar import Calendar  # noqa: PLC0415 - 0.15 s, and invitations are read seldom

    calendar = Calendar.from_ical(decode(content[:MAX_BYTES]))
    events = [one for kind in ("VEVENT", "VTODO") for one in calendar.walk(kind)][:MAX_EVENTS]
    title = one_line(events[0].get("SUMMARY", "")) if events else ""
    return limited(line for event in events for line in _lines(event)), title
