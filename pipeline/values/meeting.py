"""Members, meetings, and the agenda as the folders tell it."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A row of leden.xlsx; groups that may see confidential papers come from ``committees`` only.

    Attributes:
        name: Full name.
        salutation: ``de heer``, ``mevrouw`` …; may be empty.
        email: Lower case; empty when missing.
        geleding: ``personeel``, ``ouders``, ``leerlingen`` … or empty.
        school: May be empty.
        function: ``voorzitter``, ``secretaris`` …; may be empty.
        committees: Groups besides the geleding, e.g. ``PMR``.
        member_from: First day of membership; None = always.
        member_until: Last day, inclusive; None = open.
        delivery: ``mail`` or ``papier``.
        substitute: Name of the deputy; may be empty.
        password: Opens confidential editions that are mailed to her; empty = not protected. Never shown.
        named: Her name is printed on every page of a confidential edition.
    """

    name: str
    salutation: str
    email: str
    geleding: str
    school: str
    function: str
    committees: tuple[str, ...]
    member_from: date | None
    member_until: date | None
    delivery: str
    substitute: str
    password: str = field(default="", repr=False)
    named: bool = False

    def is_member_on(self, day: date) -> bool:
        """Tell whether the person is a member on that day, bounds included."""
        started = self.member_from is None or self.member_from <= day
        return started and (self.member_until is None or day <= self.member_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDate:
    """A row of the council's rooster.

    Attributes:
        day: Day of the meeting; None only for a folder whose name has no date.
        kind: Dutch, e.g. ``Overlegvergadering``.
        starts: ``19.30`` or empty.
        ends: ``21.30`` or empty.
        place: May be empty.
    """

    day: date | None
    kind: str
    starts: str = ""
    ends: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPaper:
    """A paper that lies in the folder of an agenda item.

    Attributes:
        path: Place inside the meeting folder, with ``/``.
        sha256: Digest of the file as it lies there.
        title: Dutch title for agenda and bookmarks.
        audience: Group that may see it, e.g. ``PMR``; empty = all members.
        closed: True under a ``[besloten]`` mark: members only.
        late: True under a ``[tafelstuk]`` mark.
    """

    path: str
    sha256: str
    title: str
    audience: str = ""
    closed: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """A numbered sub-folder of a meeting.

    Attributes:
        number: ``4`` or ``4a``; as printed, without leading zero.
        title: Dutch.
        aim: ``instemming``, ``advies``, ``informatie``, ``besluit``, ``bespreking`` or empty.
        minutes: Planned length; 0 when not given.
        presenter: May be empty.
        starts: ``19.45`` when times are known, else empty.
        closed: True for ``[besloten]``.
        deadline: Last day of the term behind it, if any.
        papers: In order.
    """

    number: str
    title: str
    aim: str = ""
    minutes: int = 0
    presenter: str = ""
    starts: str = ""
    closed: bool = False
    deadline: date | None = None
    papers: tuple[ItemPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What the secretary typed in agenda.xlsx for an item or paper; empty fields overrule nothing.

    Attributes:
        number: ``4`` or ``4.2``: the row.
        folder_title: What the folder said when she typed, as it stood in the row.
        source: Path of the paper inside the meeting folder; empty for an item.
        title: Own title.
        presenter: Who presents it.
        starts: ``19.45``.
        minutes: Planned length; 0 when not given.
    """

    number: str
    folder_title: str = ""
    source: str = ""
    title: str = ""
    presenter: str = ""
    starts: str = ""
    minutes: int = 0

    @classmethod
    def empty_for(cls, item: AgendaItem) -> Self:
        """Make the row of an item as its folder says, nothing typed; a mark of secrecy is part of it."""
        title = item.title if _comparable(item.title) else "(zonder titel)"
        return cls(number=item.number, folder_title=f"{title} [besloten]" if item.closed else title)

    @property
    def row(self) -> tuple[str, str, str]:
        """Tell rows apart: a paper by its place, an item by its number and what its folder said.

        Numbers move to other items when folders are renumbered, so a number alone is never enough.
        """
        return ("", "", self.source) if self.source else (self.number, _comparable(self.folder_title), "")

    @property
    def is_filled(self) -> bool:
        """Tell whether she typed anything."""
        return bool(self.title or self.presenter or self.starts or self.minutes)


def _comparable(text: str) -> str:
    """Keep what a cell of a workbook gives back unchanged: no spaces, nothing that does not print."""
    encodable = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode("utf-8")
    return "".join(char for char in encodable if char.isprintable() and not char.isspace())


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting folder as it lies there.

    Attributes:
        folder: Name of the meeting folder.
        date: Row of the rooster, or what the folder name tells.
        items: In order of number.
        problems: Dutch sentences for ``LET OP.txt``; any of them blocks approval.
    """

    folder: str
    date: MeetingDate
    items: tuple[AgendaItem, ...]
    problems: tuple[str, ...]
