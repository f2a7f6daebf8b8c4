"""What the name of a folder or file in a meeting folder says: number, title, aim, time, marks.

Pure. Marks fail closed: a word in brackets that is not known, and a word that resembles a
mark of secrecy, are problems; they never count as "no mark".
"""

import difflib
import re
from dataclasses import dataclass
from datetime import date

AIMS = ("instemming", "advies", "informatie", "besluit", "bespreking", "vaststelling", "verkiezing")
"""Words in brackets that tell what the council is asked for."""

_SECRET_WORDS = (
    "besloten",
    "vertrouwelijk",
    "vertrouwelijke",
    "geheim",
    "geheime",
    "geheimhouding",
    "embargo",
)
_NOT_SECRET = ("besluiten",)
"""Everyday words that merely look like one of these."""
_NUMBER = re.compile(r"^(\d{1,3})([a-z]?)(?=[\s._\-\[(]|$)[\s._-]*(.*)$", re.DOTALL)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_MINUTES = re.compile(r"\((\d{1,3})\s*min(?:uten|\.)?\)", re.IGNORECASE)
_DEADLINE = re.compile(r"\(uiterlijk (\d{1,2})-(\d{1,2})-(\d{4})\)", re.IGNORECASE)
_AUDIENCE = re.compile(r"^vertrouwelijk\s+(.+)$", re.IGNORECASE)
_CLOSED = re.compile(r"^\[?besloten\]?$", re.IGNORECASE)
_FOLDER_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)\s+(\S.*)$")


_ASK_SECRECY = (
    "'{name}': het woord '{word}' lijkt op een aanduiding van geheimhouding, maar werkt hier niet zo. "
    "Gebruik [besloten], of een map 'vertrouwelijk' met de naam van de groep, of haal het woord weg."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one name says.

    Attributes:
        number: ``4`` or ``4a``; empty when the name has no number.
        order: For sorting: number and letter.
        title: The name without number, marks and times.
        aim: One of ``AIMS`` or empty.
        minutes: 0 when not given.
        deadline: Last day named in it.
        closed: ``[besloten]``.
        late: ``[tafelstuk]``.
        problems: Dutch sentences.
    """

    number: str
    order: tuple[int, str]
    title: str
    aim: str
    minutes: int
    deadline: date | None
    closed: bool
    late: bool
    problems: tuple[str, ...]


def read_label(name: str) -> Label:
    """Read the name of an agenda item's folder, or of a paper without its extension."""
    found = _NUMBER.match(name)
    number = f"{int(found[1])}{found[2]}" if found else ""
    rest = found[3] if found else name
    marks = [" ".join(mark.split()).lower() for mark in _BRACKETS.findall(rest)]
    minutes, deadline = _MINUTES.search(rest), _DEADLINE.search(rest)
    title = rest
    for pattern in (_BRACKETS, _MINUTES, _DEADLINE):
        title = pattern.sub(" ", title)
    title = " ".join(title.split()).strip(" -_.")
    aims = [mark for mark in marks if mark in AIMS]
    return Label(
        number=number,
        order=(int(found[1]), found[2]) if found else (10_000, name),
        title=title,
        aim=aims[0] if aims else "",
        minutes=int(minutes[1]) if minutes else 0,
        deadline=_day(deadline),
        closed="besloten" in marks,
        late="tafelstuk" in marks,
        problems=(
            *_mark_problems(name, marks),
            *_secrecy_problems(name, title),
            *_day_problems(name, deadline),
        ),
    )


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _day_problems(name: str, found: re.Match[str] | None) -> tuple[str, ...]:
    return (f"'{name}': de datum in {found[0]} bestaat niet.",) if found and _day(found) is None else ()


def _mark_problems(name: str, marks: list[str]) -> tuple[str, ...]:
    known = (*AIMS, "besloten", "tafelstuk")
    return tuple(
        f"'{name}': het woord tussen haken [{mark}] is niet bekend. Gebruik een van: {', '.join(known)}."
        for mark in marks
        if mark not in known
    )


def _secrecy_problems(name: str, title: str) -> tuple[str, ...]:
    """Ask about a word that resembles a mark of secrecy but is not one."""
    for word in re.findall(r"[^\W\d_]+", title.lower()):
        if word not in _NOT_SECRET and difflib.get_close_matches(word, _SECRET_WORDS, n=1, cutoff=0.8):
            return (_ASK_SECRECY.format(name=name, word=word),)
    return ()


def front_mark(name: str) -> tuple[str, ...]:
    """Ask about a filed paper whose title begins with a mark of secrecy; further on it is just a word.

    Args:
        name: Name that the archive gave, without extension: kenmerk and title.
    """
    first = next(iter(re.findall(r"[^\W\d_]+", name.lower())), "")
    return (_ASK_SECRECY.format(name=name, word=first),) if first in _SECRET_WORDS else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """What a folder inside an agenda item says about who may see its papers."""

    audience: str = ""
    closed: bool = False
    problem: str = ""


def read_reserve(name: str, groups: tuple[str, ...]) -> Reserve:
    """Read the name of a folder inside an agenda item.

    Args:
        name: Name of the folder.
        groups: Groups the council has, as in raad.toml.
    """
    if _CLOSED.match(name.strip()):
        return Reserve(closed=True)
    found = _AUDIENCE.match(" ".join(name.split()))
    group = next((known for known in groups if found and known.casefold() == found[1].casefold()), "")
    if group:
        return Reserve(audience=group)
    if found:
        listed = ", ".join(groups) or "nog geen (zie groepen in raad.toml)"
        return Reserve(problem=f"de groep in '{name}' is niet bekend. Bekende groepen: {listed}.")
    return Reserve(
        problem=f"de map '{name}' wordt niet begrepen; leg de stukken in de map van het agendapunt."
    )


def group_named(name: str) -> str:
    """Give the group that a folder name ``vertrouwelijk X`` speaks of; empty when it is no such name."""
    found = _AUDIENCE.match(" ".join(name.split()))
    return found[1] if found else ""


def read_meeting_name(name: str) -> tuple[date | None, str]:
    """Read day and kind from the name of a meeting folder; no day when it does not begin with one."""
    found = _FOLDER_DATE.match(name)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    return (day, found[4].strip()) if found and day else (None, name)


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Order names as a person does: ``stuk 2`` before ``stuk 10``."""
    steps = re.findall(r"\d+|\D+", name.casefold())
    return tuple((0, int(step), "") if step.isdigit() and step.isascii() else (1, 0, step) for step in steps)
