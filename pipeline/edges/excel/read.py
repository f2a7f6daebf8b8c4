"""Read the lists that the secretary keeps in Excel: members, meetings, school holidays, her agenda.

What comes out is clean: one line per text, addresses in lower case, days and times checked. A list
with faults is not read in part: every fault is told at once. May touch: the file it is asked to read.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from pipeline.dates import HolidayPeriod, dutch_date
from pipeline.edges.excel.rows import Faults, Row, quoted
from pipeline.edges.excel.table import Column, Shape, read_content, table_in
from pipeline.edges.mail.compose import envelope_address
from pipeline.errors import AddressUnusableError, ListUnreadableError
from pipeline.values import Address, MeetingDate, Member, Override

NUMBER, FOLDER_TITLE, OWN_TITLE = "nr", "titel volgens de map", "eigen titel"
PRESENTER, STARTS, MINUTES, SOURCE = "inbrenger", "aanvang", "minuten", "bestand"

_MEMBERS = Shape(
    sheet="Leden",
    any_sheet=True,
    columns=(
        Column(name="naam", required=True),
        Column(name="aanhef"),
        Column(name="e-mail", also=("e-mailadres", "mailadres", "mail"), required=True),
        Column(name="geleding"),
        Column(name="school"),
        Column(name="functie"),
        Column(name="commissies", also=("commissie",)),
        Column(name="lid_van", also=("lid sinds",)),
        Column(name="lid_tot", also=("lid tot en met", "lid t/m")),
        Column(name="bezorging"),
        Column(name="vervanger"),
        Column(name="wachtwoord"),
        Column(name="naam op stuk"),
    ),
)
_HOLIDAY_SHEET = "Schoolvakanties"
_MEETINGS = Shape(
    sheet="Vergaderingen",
    any_sheet=True,
    not_sheets=(_HOLIDAY_SHEET,),
    columns=(
        Column(name="datum", required=True),
        Column(name="soort", required=True),
        Column(name="aanvang", also=("begin", "begintijd")),
        Column(name="einde", also=("eindtijd",)),
        Column(name="plaats", also=("locatie",)),
    ),
)
_HOLIDAYS = Shape(
    sheet=_HOLIDAY_SHEET,
    columns=(
        Column(name="naam", also=("vakantie",), required=True),
        Column(name="van", also=("eerste dag",), required=True),
        Column(name="tot en met", also=("t/m", "laatste dag"), required=True),
    ),
)
AGENDA = Shape(
    sheet="Agenda",
    any_sheet=True,
    columns=(
        Column(name=NUMBER, also=("nummer",), required=True),
        Column(name=FOLDER_TITLE),
        Column(name=OWN_TITLE),
        Column(name=PRESENTER),
        Column(name=STARTS),
        Column(name=MINUTES),
        Column(name=SOURCE, required=True),
    ),
)
"""The table that ``agenda`` writes and the secretary fills in."""

_DELIVERY = {"": "mail", "mail": "mail", "e-mail": "mail", "email": "mail", "papier": "papier"}
_SHORTEST_PASSWORD, _LONGEST_PASSWORD_BYTES = 8, 127
_SEPARATORS = re.compile("[,;/]")
_REMEMBERED = 64
"""Lists that need not be parsed again while their bytes stay the same."""


# --- members ---------------------------------------------------------------------------


def read_members(path: Path) -> tuple[Member, ...]:
    """Read leden.xlsx, in the order of its rows.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: It is missing, no workbook, or holds faults; all of them are named.
    """
    content = read_content(path)
    if content is None:
        raise ListUnreadableError(
            "member list is missing",
            wat=f"{path.name} ontbreekt.",
            doe="Zet het bestand terug in de map Instellingen.",
        )
    return _members_in(content, path.name)


@lru_cache(maxsize=_REMEMBERED)
def _members_in(content: bytes, name: str) -> tuple[Member, ...]:
    faults = Faults(name)
    rows = table_in(content, _MEMBERS, faults) or ()
    members = tuple(_member(row) for row in rows)
    _report_doubles(rows, [_folded(member.name) for member in members], "naam", "deze naam")
    faults.raise_any()
    return members


def _folded(name: str) -> str:
    return name.casefold()


def _member(row: Row) -> Member:
    name = row.text("naam")
    if not name:
        row.fault("naam", "de naam ontbreekt. Vul hem in of maak de hele rij leeg.")
    first, last = row.day("lid_van"), row.day("lid_tot")
    if first and last and last < first:
        row.fault(
            "lid_tot", f"{dutch_date(last)} ligt vóór lid_van ({dutch_date(first)}). Verbeter de datums."
        )
    return Member(
        name=name,
        salutation=row.text("aanhef"),
        email=_email(row),
        geleding=row.text("geleding"),
        school=row.text("school"),
        function=row.text("functie"),
        committees=_split(row.text("commissies")),
        member_from=first,
        member_until=last,
        delivery=_delivery(row),
        substitute=row.text("vervanger"),
        password=_password(row),
        named=_named(row),
    )


def _password(row: Row) -> str:
    """Read a password; what is wrong with it is told without showing it."""
    password = row.text("wachtwoord")
    if password and len(password) < _SHORTEST_PASSWORD:
        row.fault("wachtwoord", f"dit wachtwoord is te kort. Neem ten minste {_SHORTEST_PASSWORD} tekens.")
    if len(password.encode()) > _LONGEST_PASSWORD_BYTES:
        row.fault("wachtwoord", "dit wachtwoord is te lang. Neem er een van hooguit 100 tekens.")
    return password


def _named(row: Row) -> bool:
    written = row.text("naam op stuk").casefold()
    if written not in ("", "ja", "nee"):
        row.fault("naam op stuk", f"{quoted(written)} is niet bekend. Schrijf ja, of laat de cel leeg.")
    return written == "ja"


def _email(row: Row) -> str:
    email = row.text("e-mail").lower()
    if email and not _is_usable(email):
        row.fault("e-mail", f"{quoted(email)} is geen e-mailadres. Zet hier één adres, of laat de cel leeg.")
    return email


def _is_usable(email: str) -> bool:
    """Tell whether a mail can go there; a domain without a dot is a slip of the pen."""
    try:
        domain = envelope_address(Address(email=email)).rpartition("@")[2]
    except AddressUnusableError:
        return False
    return "." in domain and all(domain.split("."))


def _split(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in _SEPARATORS.split(text))
    return tuple({part.casefold(): part for part in parts if part}.values())


def _delivery(row: Row) -> str:
    written = row.text("bezorging")
    delivery = _DELIVERY.get(written.casefold())
    if delivery is None:
        row.fault("bezorging", f"{quoted(written)} is niet bekend. Kies mail of papier; leeg betekent mail.")
    return delivery or "mail"


def _report_doubles(rows: Iterable[Row], keys: Iterable[str], column: str, what: str) -> None:
    """Report every row that says what an earlier row said; an empty key is no double."""
    first: dict[str, int] = {}
    for row, key in zip(rows, keys, strict=True):
        if key and key in first:
            row.fault(
                column,
                f"{what} staat ook in rij {first[key]}. Laat een van beide weg of maak ze verschillend.",
            )
        first.setdefault(key, row.number)


# --- the rooster -----------------------------------------------------------------------


def read_meetings(path: Path) -> tuple[MeetingDate, ...]:
    """Read the meetings of rooster.xlsx, soonest first; without that file or sheet there are none.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: It is no workbook, or holds faults; all of them are named.
    """
    content = read_content(path)
    return () if content is None else _meetings_in(content, path.name)


@lru_cache(maxsize=_REMEMBERED)
def _meetings_in(content: bytes, name: str) -> tuple[MeetingDate, ...]:
    faults = Faults(name)
    rows = table_in(content, _MEETINGS, faults) or ()
    meetings = tuple(_meeting(row) for row in rows)
    keys = [f"{meeting.day} {_folded(meeting.kind)}" if meeting.day else "" for meeting in meetings]
    _report_doubles(rows, keys, "datum", "deze vergadering")
    faults.raise_any()
    return tuple(sorted(meetings, key=lambda meeting: (meeting.day or date.max, meeting.kind)))


def _rows_of(path: Path, shape: Shape, faults: Faults) -> tuple[Row, ...]:
    content = read_content(path)
    return () if content is None else table_in(content, shape, faults) or ()


def _meeting(row: Row) -> MeetingDate:
    kind = row.text("soort")
    if not kind:
        row.fault("soort", "de soort vergadering ontbreekt. Schrijf bijvoorbeeld Overlegvergadering.")
    return MeetingDate(
        day=_required_day(row, "datum"),
        kind=kind,
        starts=row.clock("aanvang"),
        ends=row.clock("einde"),
        place=row.text("plaats"),
    )


def _required_day(row: Row, column: str) -> date | None:
    if not row.text(column):
        row.fault(column, "de datum ontbreekt. Schrijf bijvoorbeeld 1-8-2026.")
        return None
    return row.day(column)


def read_school_holidays(path: Path) -> tuple[tuple[str, date, date], ...]:
    """Read the school holidays of rooster.xlsx; without that file or sheet there are none.

    Returns:
        Name, first day and last day (inclusive) of each, soonest first; they do not overlap.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: It is no workbook, or holds faults; all of them are named.
    """
    faults = Faults(path.name)
    found = [(row, period) for row in _rows_of(path, _HOLIDAYS, faults) if (period := _holiday(row))]
    found.sort(key=lambda pair: (pair[1].first, pair[1].last))
    _report_overlaps(found)
    faults.raise_any()
    return tuple((period.name, period.first, period.last) for _, period in found)


def _holiday(row: Row) -> HolidayPeriod | None:
    name, first, last = row.text("naam"), _required_day(row, "van"), _required_day(row, "tot en met")
    if not name:
        row.fault("naam", "de naam van de vakantie ontbreekt.")
    if first is None or last is None:
        return None
    if last < first:
        row.fault("tot en met", f"{dutch_date(last)} ligt vóór {dutch_date(first)}. Draai de datums om.")
        return None
    return HolidayPeriod(name=name, first=first, last=last, obligatory=False)


def _report_overlaps(found: list[tuple[Row, HolidayPeriod]]) -> None:
    longest: tuple[Row, HolidayPeriod] | None = None
    for row, period in found:
        if longest and period.first <= longest[1].last:
            row.fault(
                "van",
                f"de {period.name} ({period.span}) overlapt de {longest[1].name} in rij {longest[0].number} "
                f"({longest[1].span}). Laat de ene eindigen vóór de andere begint.",
            )
        if longest is None or period.last > longest[1].last:
            longest = row, period


# --- the agenda ------------------------------------------------------------------------


def read_overrides(path: Path) -> tuple[Override, ...]:
    """Read what the secretary typed in agenda.xlsx: the rows with any cell of hers filled.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: It is no workbook, or holds faults; all of them are named.
    """
    content = read_content(path)
    return () if content is None else _overrides_in(content, path.name)


@lru_cache(maxsize=_REMEMBERED)
def _overrides_in(content: bytes, name: str) -> tuple[Override, ...]:
    faults = Faults(name)
    rows = table_in(content, AGENDA, faults) or ()
    typed = [(row, override) for row in rows if (override := override_in(row)).is_filled]
    for row, override in typed:
        if not override.number:
            row.fault(NUMBER, "het nummer is weg. Zet het terug of maak de gele cellen van deze rij leeg.")
    keys = ["\n".join(override.row) for _, override in typed]
    _report_doubles([row for row, _ in typed], keys, NUMBER, "dit agendapunt of stuk")
    faults.raise_any()
    return tuple(override for _, override in typed)


def override_in(row: Row) -> Override:
    """Read one row of agenda.xlsx."""
    return Override(
        number=row.text(NUMBER),
        folder_title=row.text(FOLDER_TITLE),
        source=row.exact(SOURCE),
        title=row.text(OWN_TITLE),
        presenter=row.text(PRESENTER),
        starts=row.clock(STARTS),
        minutes=row.minutes(MINUTES),
    )
