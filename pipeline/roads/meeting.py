"""The road to a meeting: its folder read, what is proposed, the concept of each edition.

    open_meetings -> prepare_meeting -> (read_folder, propose, plan, build)

The bundle is made anew when something it depends on has changed, and only then.
"""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import contexts
from pipeline.archive import naming
from pipeline.archive.senders import sender_words
from pipeline.bundle import plan as bundles
from pipeline.dates import dutch_date, legal_day
from pipeline.errors import ListUnreadableError
from pipeline.intake.facts import find_facts
from pipeline.meetings import outline
from pipeline.meetings import plan as meetings
from pipeline.meetings.placed import lies_in
from pipeline.office import Office
from pipeline.ports import TextReader
from pipeline.procedures import overview as procedures
from pipeline.roads import concepts
from pipeline.roads.concepts import meeting_path
from pipeline.values import (
    Actor,
    BundlePlan,
    Edition,
    Entry,
    Filed,
    Job,
    JobKind,
    Meeting,
    MeetingDate,
    MeetingPlace,
    Member,
    Override,
    Place,
)

QUIET_SECONDS = 180.0
"""Time a meeting folder must be left alone before the running service makes a new concept."""

_INCOMING_LIST = "Lijst ingekomen stukken.pdf"
_AGENDA_FILE = "agenda.xlsx"


# --- folders ---------------------------------------------------------------------------


def open_meetings(office: Office, *, quiet_seconds: float) -> None:
    """Make a folder for every coming meeting of the rooster, and notice which folders changed.

    Args:
        office: The desk.
        quiet_seconds: How long a folder must have been left alone.
    """
    rooster, _ = office.meetings()
    for row in rooster:
        if row.day and row.day >= office.today():
            _make_folders(row, office)
    for folder in coming_meetings(office):
        _notice_change(folder, office, quiet_seconds)


def coming_meetings(office: Office) -> tuple[str, ...]:
    """Name the folders of the meetings of today and later."""
    dated = ((folder, outline.read_meeting_name(folder)[0]) for folder in _meeting_folders(office))
    return tuple(folder for folder, day in dated if day and day >= office.today())


def _meeting_folders(office: Office) -> tuple[str, ...]:
    entries = office.werkmap.listing(Place.VERGADERINGEN)
    return tuple(entry.path for entry in entries if entry.is_folder and "/" not in entry.path)


def _make_folders(row: MeetingDate, office: Office) -> None:
    """Make the folder of a meeting with its standing items; one that exists is the secretary's."""
    folder = office.werkmap.path(meeting_path(naming.safe(meetings.folder_name(row), naming.FOLDER_LIMIT)))
    if not folder.exists():
        for name in meetings.item_folders(office.council):
            office.disk.make_folder(folder / naming.safe(name, naming.FOLDER_LIMIT))
    for place in MeetingPlace:
        office.disk.make_folder(folder / place.value)


def _notice_change(folder: str, office: Office, quiet_seconds: float) -> None:
    """Add work when something changed on which the bundle of a meeting depends."""
    entries = office.werkmap.listing(meeting_path(folder), digests=True)
    own = tuple(entry for entry in entries if _counts(entry))
    overrides, _ = _overrides(folder, office)
    files = (entry for entry in own if not entry.is_folder)
    if any(office.werkmap.quiet_seconds(file) < quiet_seconds for file in files):
        return
    state = _fingerprint(own, overrides, office)
    with office.journal.transaction() as ledger:
        if ledger.fact(f"meeting:{folder}") != state:
            turn = ledger.fact(f"meeting-turn:{folder}") or "0"
            ledger.add_job(
                Job(
                    key=f"meeting:{folder}:{state}:{turn}",
                    kind=JobKind.MEETING,
                    subject=folder,
                    detail=state,
                    due=office.clock(),
                )
            )


def _counts(entry: Entry) -> bool:
    """Tell whether a file is the secretary's work: what we made ourselves does not count."""
    return entry.path.split("/", maxsplit=1)[0].casefold() not in meetings.OWN_FOLDERS


def _fingerprint(entries: tuple[Entry, ...], overrides: tuple[Override, ...], office: Office) -> str:
    """Digest everything on which proposals and bundles of a meeting depend."""
    with office.journal.transaction() as ledger:
        known = [f"{paper.kenmerk}{paper.title}" for paper in ledger.filed()]
        known += [repr(procedure) for procedure in ledger.procedures()]
    lists = [
        office.disk.sha256_of(path)
        for name in ("leden.xlsx", "rooster.xlsx")
        if (path := office.settings_file(name)).is_file()
    ]
    rest = (*(f"{entry.path}|{entry.sha256}" for entry in entries), *known, *lists, *office.workshop.prints())
    size = f"{office.largest_mail_mb} {office.link_days}"
    text = "\n".join((*rest, repr(overrides), repr(office.council), size))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


# --- one meeting -----------------------------------------------------------------------


def prepare_meeting(job: Job, office: Office) -> None:
    """Read a meeting folder, propose what belongs on it, and make the concepts it needs."""
    folder = job.subject
    meeting, members = read_folder(folder, office)
    _propose(meeting, office)
    _write_lists(meeting, office)
    if meeting.problems:
        concepts.write_attention(meeting, members, (), office)  # also when no concept can be made
    plans = plan_editions(meeting, members, office)
    built = [concepts.make_concept(plan, office) for plan in plans]
    concepts.write_attention(meeting, members, built, office)
    concepts.remove_stale(folder, {plan.manifest for plan in plans}, office)
    with office.journal.transaction() as ledger:
        turn = int(ledger.fact(f"meeting-turn:{folder}") or 0)
        ledger.set_fact(f"meeting-turn:{folder}", str(turn + 1))
        ledger.set_fact(f"meeting:{folder}", job.detail)
        blocking = (*meeting.problems, *concepts.refusals(built))
        ledger.set_fact(f"meeting-problems:{folder}", "\n".join(blocking))
        ledger.finish_job(job)


def read_folder(folder: str, office: Office, *, overruled: bool = True) -> tuple[Meeting, tuple[Member, ...]]:
    """Read a meeting folder as it lies there, with its members on the day of the meeting.

    Args:
        folder: Name of the meeting folder.
        office: The desk.
        overruled: False leaves out what the secretary typed in agenda.xlsx.
    """
    entries = office.werkmap.listing(meeting_path(folder), digests=True)
    with office.journal.transaction() as ledger:
        filed = {paper.sha256: paper for paper in ledger.filed()}
        running = procedures.running(ledger.procedures())
    rooster, roster_problems = office.meetings()
    deadlines = {
        procedure.dossier: term.strict
        for procedure, term in reversed(running)
        if term.strict and term.actor is not Actor.BEVOEGD_GEZAG
    }
    known = meetings.Known(
        rooster=rooster,
        groups=office.council.groups,
        titles={
            entry.sha256: _title(entry, folder, filed, office) for entry in entries if not entry.is_folder
        },
        deadlines={sha: deadlines[one.dossier] for sha, one in filed.items() if one.dossier in deadlines},
    )
    overrides, list_problems = _overrides(folder, office)
    members, more = office.members()
    known = replace(known, overrides=overrides if overruled else ())
    meeting = meetings.read_meeting(folder, entries, known)
    day = meeting.date.day or office.today()
    present = tuple(member for member in members if member.is_member_on(day))
    return replace(meeting, problems=(*meeting.problems, *list_problems, *more, *roster_problems)), present


def _title(entry: Entry, folder: str, filed: dict[str, Filed], office: Office) -> str:
    """Find the title of a paper: its dossier's, else what it says of itself, else its file name."""
    known = filed.get(entry.sha256)
    if known is not None:
        return known.title
    name = entry.path.rpartition("/")[2]
    with office.journal.transaction() as ledger:
        found = ledger.fact(_title_key(entry.sha256, name))
    if not found:
        path = office.werkmap.path(meeting_path(folder), entry.path)
        found = title_of(path, office.reader)
        with office.journal.transaction() as ledger:
            ledger.set_fact(_title_key(entry.sha256, name), found)
    return found


def _title_key(sha256: str, name: str) -> str:
    """Name the fact that remembers the title of a file."""
    return f"title:{sha256}:{name}"


def title_of(path: Path, reader: TextReader) -> str:
    """Read the title of a paper that is not in the archive: what it says of itself, else its file name."""
    reading = reader(path.read_bytes(), path.name)
    facts = find_facts(reading.text, None, "", "")
    label = outline.read_label(path.stem)
    return naming.title_for(facts.subject, reading.title, f"{label.title}{path.suffix}", "Stuk zonder titel")


def _overrides(folder: str, office: Office) -> tuple[tuple[Override, ...], tuple[str, ...]]:
    path = office.werkmap.path(meeting_path(folder), MeetingPlace.BUNDEL, _AGENDA_FILE)
    try:
        return office.lists.read_overrides(path), ()
    except ListUnreadableError as fault:
        return (), (f"{fault.wat} {fault.doe}",)


def plan_editions(meeting: Meeting, members: tuple[Member, ...], office: Office) -> tuple[BundlePlan, ...]:
    """Plan every edition a meeting needs as it lies there now; none while no item has a paper."""
    if not any(item.papers for item in meeting.items):
        return ()
    council, list_print = office.council, bundles.members_fingerprint(members)
    prints = (*office.workshop.prints(), council.name, council.chair.name, council.secretary.name)
    wanted: tuple[Edition, ...] = bundles.editions(meeting, members, public=office.council.public_edition)
    return tuple(
        bundles.plan_bundle(meeting, edition, prints=prints, members=list_print) for edition in wanted
    )


# --- what lies in the folder afterwards ------------------------------------------------


def _propose(meeting: Meeting, office: Office) -> None:
    """Lay the papers of each procedure that must be on this meeting in ``Voorstel/``."""
    with office.journal.transaction() as ledger:
        filed = ledger.filed()
        proposals = meetings.propose(ledger.procedures(), filed, meeting, office.council)
    base = office.werkmap.path(meeting_path(meeting.folder), MeetingPlace.VOORSTEL)
    for proposal in proposals:
        if not _is_proposed(proposal, filed, meeting, office):
            for paper in proposal.papers:
                source = office.werkmap.path(Place.ARCHIEF, paper.path)
                place = f"{meeting_path(meeting.folder)}/{MeetingPlace.VOORSTEL}/{proposal.folder}"
                name = naming.short_paper_name(source.name, paper.kenmerk, place)
                office.disk.copy(source, base / proposal.folder / name, paper.sha256)
    _propose_incoming_list(meeting, filed, base, office)


def _is_proposed(
    proposal: meetings.Proposal, filed: tuple[Filed, ...], meeting: Meeting, office: Office
) -> bool:
    """Tell whether these papers lie in ``Voorstel/`` already, under whatever number."""
    place = f"{meeting_path(meeting.folder)}/{MeetingPlace.VOORSTEL}"
    lying = [(entry.sha256, entry.path) for entry in office.werkmap.listing(place, digests=True)]
    return all(lies_in(paper, lying, filed) for paper in proposal.papers)


def _propose_incoming_list(meeting: Meeting, filed: tuple[Filed, ...], base: Path, office: Office) -> None:
    """Make the list of papers that came in since the meeting before this one."""
    folder = next((name for name in meetings.item_folders(office.council) if "ingekomen" in name.lower()), "")
    placed = any(paper.path.endswith(_INCOMING_LIST) for item in meeting.items for paper in item.papers)
    day = meeting.date.day
    if not folder or placed or day is None:
        return
    since = max((row.day for row in office.meetings()[0] if row.day and row.day < day), default=None)
    papers = tuple(paper for paper in filed if since is None or legal_day(paper.received.at) > since)
    target = base / naming.safe(folder, naming.FOLDER_LIMIT) / _INCOMING_LIST
    if papers:
        in_order = tuple(sorted(papers, key=lambda paper: (legal_day(paper.received.at), paper.kenmerk)))
        office.lay_pdf("ingekomen_stukken", incoming_list(in_order, since, office), target)
        with office.journal.transaction() as ledger:
            ledger.set_fact(_title_key(office.disk.sha256_of(target), target.name), target.stem)


def secret_dossiers(office: Office) -> frozenset[str]:
    """Name the dossiers that lists may name by number only.

    These call themselves confidential, or have a paper that lies in a folder of a meeting
    whose name speaks of secrecy.
    """
    lying = {
        entry.sha256
        for entry in office.werkmap.listing(Place.VERGADERINGEN, digests=True)
        if not entry.is_folder and any(outline.group_named(step) for step in entry.path.split("/")[:-1])
    }
    with office.journal.transaction() as ledger:
        told = {dossier.number for dossier in ledger.dossiers() if dossier.confidential}
        return frozenset(told | {paper.dossier for paper in ledger.filed() if paper.sha256 in lying})


def incoming_list(
    papers: tuple[Filed, ...], since: date | None, office: Office
) -> contexts.IncomingListContext:
    """Fill the list of incoming papers; a confidential dossier is named by its number only."""
    secret = secret_dossiers(office)
    first = f"ontvangen na {dutch_date(since)}" if since else "alle stukken"
    return contexts.IncomingListContext(
        raad=office.council.name,
        periode=first,
        stukken=tuple(
            contexts.IncomingLine(
                nummer=str(position),
                datum=dutch_date(legal_day(paper.received.at)),
                afzender="" if paper.dossier in secret else sender_words(paper, office.council),
                onderwerp="vertrouwelijk" if paper.dossier in secret else paper.title,
                soort="" if paper.dossier in secret else office.rulebook.labels[paper.kind],
                dossier=paper.dossier,
            )
            for position, paper in enumerate(papers, start=1)
        ),
    )


def _write_lists(meeting: Meeting, office: Office) -> None:
    """Write agenda.xlsx."""
    base = office.werkmap.path(meeting_path(meeting.folder), MeetingPlace.BUNDEL)
    overrides, unreadable = _overrides(meeting.folder, office)
    if not unreadable:
        as_it_lies, _ = read_folder(meeting.folder, office, overruled=False)
        office.lists.write_agenda(base / _AGENDA_FILE, as_it_lies, overrides)
