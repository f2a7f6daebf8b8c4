"""Decide what a meeting folder says, which folders a meeting needs, and what is proposed for it.

Pure. Everything that does not fit is a problem: it stands in ``LET OP.txt`` and blocks approval.
"""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from pipeline.meetings.outline import (
    Label,
    front_mark,
    natural_key,
    read_label,
    read_meeting_name,
    read_reserve,
)
from pipeline.meetings.overruling import overrule, stray_problems
from pipeline.meetings.placed import lies_in, once_each
from pipeline.values import (
    ASKED,
    Actor,
    AgendaItem,
    Council,
    Entry,
    Filed,
    ItemPaper,
    Meeting,
    MeetingDate,
    MeetingPlace,
    Override,
    Procedure,
    ProcedureState,
)

_ROOM = 9
"""Numbers kept free between the standing items and the closing ones."""

OWN_FOLDERS = frozenset(place.value.casefold() for place in MeetingPlace) | {"afdrukken"}
_IGNORED = re.compile(r"(?i)^(thumbs\.db|desktop\.ini|\.ds_store|\..*|.*\.tmp)$")
_LOCK = re.compile(r"^(?:~\$|\.~lock\.)(.+?)#?$")
_NOT_IN_A_FOLDER = re.compile(r'[\[\]()<>:"/\\|?*\x00-\x1f\x7f]')
_TIME = re.compile(r"^(\d{1,2})[.:](\d\d)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known outside the meeting folder.

    Attributes:
        rooster: Meetings of the council; gives times and place.
        groups: Groups the council has.
        titles: Title of a paper by the digest of its file.
        deadlines: Last day of the term behind a paper, by digest.
        overrides: What the secretary typed in agenda.xlsx.
    """

    rooster: tuple[MeetingDate, ...] = ()
    groups: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    deadlines: Mapping[str, date] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()


def read_meeting(folder: str, entries: tuple[Entry, ...], known: Known) -> Meeting:
    """Read a meeting folder.

    Args:
        folder: Its name.
        entries: Everything below it, with digests.
        known: What is known outside it.
    """
    visible = tuple(entry for entry in entries if not _is_own(entry.path))
    labels = {
        entry.path: read_label(entry.path) for entry in visible if entry.is_folder and "/" not in entry.path
    }
    found = [
        _item(label, path, visible, known)
        for path, label in sorted(labels.items(), key=lambda pair: (pair[1].order, natural_key(pair[0])))
        if label.number
    ]
    moment = _moment(folder, known.rooster)
    items = _distinct(found)
    overruled = tuple(overrule(item, known.overrides) for item in items)
    return Meeting(
        folder=folder,
        date=moment,
        items=_with_times(overruled, moment.starts),
        problems=_problems(visible, labels, known.groups) + stray_problems(items, known.overrides),
    )


def _distinct(items: list[AgendaItem]) -> list[AgendaItem]:
    """Tell items with one number apart (``4``, ``4 (2)``), so that a concept on trial shows both rightly."""
    before = (sum(other.number == item.number for other in items[:n]) for n, item in enumerate(items))
    return [
        replace(item, number=f"{item.number} ({times + 1})") if times else item
        for item, times in zip(items, before, strict=True)
    ]


def _is_own(path: str) -> bool:
    return path.split("/", maxsplit=1)[0].casefold() in OWN_FOLDERS


def _moment(folder: str, rooster: tuple[MeetingDate, ...]) -> MeetingDate:
    day, kind = read_meeting_name(folder)
    for row in rooster:
        if day and row.day == day and row.kind.casefold() == kind.casefold():
            return row
    return MeetingDate(day=day, kind=kind)


def _item(label: Label, path: str, entries: tuple[Entry, ...], known: Known) -> AgendaItem:
    files = [entry for entry in entries if entry.path.startswith(f"{path}/") and _is_paper(entry)]
    papers = [paper for entry in files if (paper := _paper(entry, label, known)) is not None]
    papers.sort(key=lambda paper: (paper.audience, paper.closed, natural_key(paper.path.rpartition("/")[2])))
    open_papers = [paper for paper in papers if not paper.audience and paper.closed == label.closed]
    terms = [known.deadlines[paper.sha256] for paper in open_papers if paper.sha256 in known.deadlines]
    return AgendaItem(
        number=label.number,
        title=label.title or "(zonder titel)",
        aim=label.aim,
        minutes=label.minutes,
        closed=label.closed,
        deadline=label.deadline or min(terms, default=None),
        papers=tuple(papers),
    )


def _is_paper(entry: Entry) -> bool:
    name = entry.path.rpartition("/")[2]
    return not entry.is_folder and not _IGNORED.match(name) and not _LOCK.match(name)


def _paper(entry: Entry, item: Label, known: Known) -> ItemPaper | None:
    """Make the paper of a file; None when it lies in a folder that is not understood."""
    _, *between, name = entry.path.split("/")
    if len(between) > 1:
        return None
    reserve = read_reserve(between[0], known.groups) if between else None
    if reserve and reserve.problem:
        return None
    label = read_label(name.rpartition(".")[0] or name)
    return ItemPaper(
        path=entry.path,
        sha256=entry.sha256,
        title=known.titles.get(entry.sha256) or label.title or "Stuk zonder titel",
        audience=reserve.audience if reserve else "",
        closed=item.closed or label.closed or bool(reserve and reserve.closed),
        late=label.late or item.late,
    )


# --- problems --------------------------------------------------------------------------


def _problems(
    entries: tuple[Entry, ...], labels: Mapping[str, Label], groups: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            (
                *_loose_files(entries),
                *(problem for label in labels.values() for problem in label.problems),
                *(
                    f"De map '{path}' heeft geen nummer."
                    for path, label in labels.items()
                    if not label.number
                ),
                *_doubles(labels),
                *_inner_problems(entries, labels, groups),
                *_open_files(entries),
            )
        )
    )


def _loose_files(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(
        f"Het bestand '{entry.path}' ligt los in de vergadermap; leg het in de map van een agendapunt."
        for entry in entries
        if "/" not in entry.path and _is_paper(entry) and entry.path != "agenda.xlsx"
    )


def _doubles(labels: Mapping[str, Label]) -> tuple[str, ...]:
    by_number: dict[str, list[str]] = {}
    for path, label in labels.items():
        by_number.setdefault(label.number, []).append(path)
    return tuple(
        f"Nummer {number} komt {_NUMBERS.get(len(paths), len(paths))} keer voor: {_listed(paths, 'en')}."
        for number, paths in by_number.items()
        if number and len(paths) > 1
    )


_WORDS = ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_NUMBERS = dict(enumerate(_WORDS, start=2))


def _listed(names: list[str], joint: str) -> str:
    *first, last = (f"'{name}'" for name in sorted(names))
    return f"{', '.join(first)} {joint} {last}" if first else last


def _inner_problems(
    entries: tuple[Entry, ...], labels: Mapping[str, Label], groups: tuple[str, ...]
) -> tuple[str, ...]:
    found: list[str] = []
    for entry in entries:
        top, *below = entry.path.split("/")
        if top not in labels or not labels[top].number or not below:
            continue
        if entry.is_folder:
            found += _folder_problem(top, below, groups)
        elif _is_paper(entry):
            name = below[-1]
            stem = name.rpartition(".")[0] or name
            found += front_mark(stem) if _is_filed_name(name) and len(below) == 1 else ()
            found += read_label(stem).problems if not _is_filed_name(name) else ()
    return tuple(found)


def _folder_problem(top: str, below: list[str], groups: tuple[str, ...]) -> tuple[str, ...]:
    if len(below) > 1:
        return (
            f"In '{top}' ligt een map in een map ('{'/'.join(below)}'); leg de stukken een niveau hoger.",
        )
    problem = read_reserve(below[0], groups).problem
    return (f"In '{top}': {problem}",) if problem else ()


def _is_filed_name(name: str) -> bool:
    """Tell whether the archive gave this name: its words are a title, not marks of the secretary."""
    return bool(re.match(r"^\d{4}-\d{4}-\d\d ", name))


def _open_files(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    files = [entry.path.rpartition("/") for entry in entries if not entry.is_folder]
    return tuple(
        f"{_listed(_locked(lock[1], [other for place, _, other in files if place == folder]), 'of')} "
        "is nog open in Word of Excel."
        for folder, _, name in files
        if (lock := _LOCK.match(name))
    )


def _locked(rest: str, names: list[str]) -> list[str]:
    """Find the files a lock may belong to; Word leaves up to two letters off the front of a long name."""
    whole = [name for name in names if name == rest]
    longer = [name for name in names if name.endswith(rest) and len(name) - len(rest) in _LEFT_OFF]
    return whole or [name for name in longer if not _LOCK.match(name)] or [rest]


_LEFT_OFF = (1, 2)


# --- times -----------------------------------------------------------------------------


def _with_times(items: tuple[AgendaItem, ...], starts: str) -> tuple[AgendaItem, ...]:
    """Give every item its time, as long as the lengths before it are known; one time alone says nothing."""
    minute, timed = _minute(starts), []
    for item in items:
        own = _minute(item.starts)
        minute = own if own is not None else minute
        shown = "" if minute is None else f"{minute // 60 % 24}.{minute % 60:02d}"
        timed.append(replace(item, starts=shown))
        minute = minute + item.minutes if minute is not None and item.minutes else None
    tells = sum(bool(item.starts) for item in timed) > 1 or any(item.starts for item in items)
    return tuple(timed) if tells else tuple(replace(item, starts="") for item in timed)


def _minute(text: str) -> int | None:
    found = _TIME.match(text.strip())
    return int(found[1]) * 60 + int(found[2]) if found else None


# --- the folders of a meeting, and what is proposed ------------------------------------


def folder_name(moment: MeetingDate) -> str:
    """Name the folder of a meeting."""
    day = moment.day.isoformat() if moment.day else ""
    return f"{day} {moment.kind}".strip()


def item_folders(council: Council) -> tuple[str, ...]:
    """Name the folders of a new meeting: the standing items, and room for others between them."""
    first = tuple(f"{number:02d} {title}" for number, title in enumerate(council.fixed_items, start=1))
    last = tuple(
        f"{number:02d} {title}"
        for number, title in enumerate(council.closing_items, start=_first_closing_number(council))
    )
    return first + last


def _first_closing_number(council: Council) -> int:
    return len(council.fixed_items) + _ROOM + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An item the service proposes for a meeting.

    Attributes:
        folder: Name of the folder in ``Voorstel/``, with number, aim and last day.
        papers: Papers of the dossier to copy into it.
    """

    folder: str
    papers: tuple[Filed, ...]


def propose(
    procedures: tuple[Procedure, ...], filed: tuple[Filed, ...], meeting: Meeting, council: Council
) -> tuple[Proposal, ...]:
    """Propose an item for every open procedure that must be treated at this meeting.

    A procedure whose papers already lie in a numbered folder is not proposed again.

    Args:
        procedures: All procedures.
        filed: All papers in the archive.
        meeting: The meeting as it lies there.
        council: Tells which items stand on every agenda.
    """
    lying = [(paper.sha256, paper.path) for item in meeting.items for paper in item.papers]
    numbers = _free_numbers(meeting, council)
    proposals = []
    for procedure in sorted(procedures, key=_urgency):
        papers = once_each(paper for paper in filed if paper.dossier == procedure.dossier)
        wanted = procedure.state not in _SETTLED and _must_be_on(procedure, meeting)
        if wanted and papers and not any(lies_in(paper, lying, filed) for paper in papers):
            proposals.append(Proposal(folder=_proposal_name(next(numbers), procedure), papers=papers))
    return tuple(proposals)


_SETTLED = (
    ProcedureState.BEANTWOORD,
    ProcedureState.INGETROKKEN,
    ProcedureState.AFGEROND,
    ProcedureState.TERUGGEDRAAID,
)
"""States in which nothing has to be on an agenda any more."""


_DECIDED = (ProcedureState.NADER_OVERLEG, ProcedureState.BESLOTEN, ProcedureState.OPGESCHORT)


def _must_be_on(procedure: Procedure, meeting: Meeting) -> bool:
    return procedure.meeting_day is not None and procedure.meeting_day == meeting.date.day


def _free_numbers(meeting: Meeting, council: Council) -> Iterator[str]:
    """Give the numbers that are free between the standing items and the closing ones, then 09a, 09b …."""
    used = {item.number for item in meeting.items}
    last = _first_closing_number(council) - 1
    whole = (str(number) for number in range(len(council.fixed_items) + 1, last + 1))
    inserted = (f"{last}{letter}" for letter in string.ascii_lowercase)
    return (
        f"{number:0>2}" if number.isdigit() else f"{number:0>3}"
        for number in chain(whole, inserted)
        if number not in used
    )


def _urgency(procedure: Procedure) -> tuple[date, str]:
    last = [one.strict for one in procedure.deadlines if one.strict and one.actor is not Actor.BEVOEGD_GEZAG]
    return min(last, default=date.max), procedure.dossier


def _proposal_name(number: str, procedure: Procedure) -> str:
    aim = "bespreking" if procedure.state in _DECIDED else ASKED.get(procedure.kind, "bespreking")
    last = _urgency(procedure)[0]
    until = "" if last == date.max else f" (uiterlijk {last.day}-{last.month}-{last.year})"
    title = _NOT_IN_A_FOLDER.sub(" ", procedure.title)
    return f"{number} {' '.join(title.split())[:60].strip()} [{aim}]{until}"
