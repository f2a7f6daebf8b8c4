"""What the command line does with one meeting folder: build its bundle, look ahead, send it.

A folder in a werkmap goes the same way as in the service. Any other folder with numbered
sub-folders is read as it lies: without council, members or journal.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import service, wiring
from pipeline.bundle import apply as bundling
from pipeline.bundle import plan as bundles
from pipeline.edges import files
from pipeline.errors import WrongUseError
from pipeline.meetings import outline
from pipeline.meetings import plan as meetings
from pipeline.office import Office
from pipeline.ports import Clock, TextReader
from pipeline.roads import looking_ahead, sending
from pipeline.roads.meeting import plan_editions, prepare_meeting, read_folder, title_of
from pipeline.values import (
    BuiltBundle,
    BundlePlan,
    Council,
    Dispatch,
    Edition,
    Entry,
    Job,
    JobKind,
    Meeting,
    MeetingPlace,
    Place,
    SendPurpose,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asked for.

    Attributes:
        folder: The meeting folder, absolute.
        out: Where the PDF should come; None for the usual place.
        edition: Name of the one edition wanted; empty for all.
        werkmap: The werkmap it may lie in.
        data: Data folder as given on the command line.
    """

    folder: Path
    out: Path | None
    edition: str
    werkmap: Path | None
    data: Path | None


def build_folder(wish: Wish, clock: Clock) -> tuple[tuple[BuiltBundle, ...], tuple[str, ...]]:
    """Build the bundle of a meeting folder.

    Returns:
        What was built, one for each edition, and what blocks approval.

    Raises:
        WrongUseError: There is no such edition, or the folder has no numbered sub-folders.
    """
    inside = wish.werkmap is not None and wish.werkmap / Place.VERGADERINGEN == wish.folder.parent
    return _build_in_werkmap(wish, clock) if inside else _build_anywhere(wish)


# --- in a werkmap ----------------------------------------------------------------------


def _build_in_werkmap(wish: Wish, clock: Clock) -> tuple[tuple[BuiltBundle, ...], tuple[str, ...]]:
    assert wish.werkmap is not None  # noqa: S101  # asked by build_folder
    data = wiring.data_folder(wish.data, wish.werkmap)
    with wiring.open_office(wish.werkmap, data, clock, works=wish.out is None) as office:
        folder = wish.folder.name
        meeting, members = read_folder(folder, office)
        plans = _wanted(plan_editions(meeting, members, office), wish.edition)
        if wish.out is not None:
            with _own_workshop(office.werkmap.path(Place.SJABLONEN)) as workshop:
                built = tuple(
                    _build(plan, wish.folder, _place(wish.out, plan, plans), office.council, workshop)
                    for plan in plans
                )
            return built, meeting.problems
        return _concepts(folder, plans, office), meeting.problems


def _concepts(folder: str, plans: tuple[BundlePlan, ...], office: Office) -> tuple[BuiltBundle, ...]:
    """Make the concepts as the service does, and give those of the wanted editions."""
    job = Job(key="", kind=JobKind.MEETING, subject=folder, due=office.clock())
    prepare_meeting(job, office)
    with office.journal.transaction() as ledger:
        newest = {one.plan.manifest: one for one in ledger.concepts(folder)}
    return tuple(newest[plan.manifest] for plan in plans)


def preview(folder: str, root: Path, data: Path | None, clock: Clock) -> tuple[Dispatch, ...]:
    """Tell who would get which file of a meeting; nothing is sent or changed."""
    with wiring.open_office(root, wiring.data_folder(data, root), clock, works=False) as office:
        return looking_ahead.preview(folder, office)


def send_approved(folder: str, root: Path, data: Path | None, clock: Clock) -> tuple[Dispatch, ...]:
    """Send what lies approved in ``Versturen/`` of a meeting and whose pause is over.

    Raises:
        WrongUseError: Nothing has been approved.
    """
    with wiring.open_office(root, wiring.data_folder(data, root), clock, works=True) as office:
        office.werkmap.check()
        sending.notice_approvals(office)
        service.work_off(office)
        with office.journal.transaction() as ledger:
            sendings = [
                one for one in ledger.sendings() if one.meeting == folder and one.purpose is SendPurpose.LEDEN
            ]
        if not sendings:
            raise WrongUseError(
                "nothing approved",
                wat="Er is geen goedgekeurde bundel.",
                doe=f"Verplaats een concept uit {MeetingPlace.BUNDEL} naar {MeetingPlace.VERSTUREN}.",
            )
        return looking_ahead.preview(folder, office)


# --- any other folder ------------------------------------------------------------------


def _build_anywhere(wish: Wish) -> tuple[tuple[BuiltBundle, ...], tuple[str, ...]]:
    from pipeline.edges import excel  # noqa: PLC0415
    from pipeline.edges.reading import read  # noqa: PLC0415

    entries = files.listing(wish.folder, digests=True)
    overrides = excel.read_overrides(wish.folder / MeetingPlace.BUNDEL / "agenda.xlsx")
    known = meetings.Known(
        groups=_groups_named(entries), titles=_titles(entries, wish.folder, read), overrides=overrides
    )
    meeting = meetings.read_meeting(wish.folder.name, entries, known)
    if not meeting.items:
        raise WrongUseError(
            "no numbered folders",
            wat=f"In {wish.folder} staan geen genummerde mappen.",
            doe="Maak per agendapunt een map, bijvoorbeeld '01 Opening'.",
        )
    with _own_workshop(None) as workshop:
        plans = _wanted(_plans(meeting, workshop), wish.edition)
        out = wish.out or Path.cwd() / f"{wish.folder.name}.pdf"
        built = tuple(_build(plan, wish.folder, _place(out, plan, plans), None, workshop) for plan in plans)
    return built, meeting.problems


def _groups_named(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """Without a council, a folder ``vertrouwelijk X`` is what says that there is a group X."""
    names = (entry.path.split("/")[1] for entry in entries if entry.is_folder and entry.path.count("/") == 1)
    found = (outline.group_named(name) for name in names)
    return tuple(dict.fromkeys(group for group in found if group))


def _titles(entries: tuple[Entry, ...], folder: Path, reader: TextReader) -> dict[str, str]:
    papers = (entry for entry in entries if not entry.is_folder and "/" in entry.path)
    return {entry.sha256: title_of(folder / entry.path, reader) for entry in papers}


def _plans(meeting: Meeting, workshop: bundling.Workshop) -> tuple[BundlePlan, ...]:
    editions: tuple[Edition, ...] = bundles.editions(meeting, (), public=False)
    prints, members = workshop.prints(), bundles.members_fingerprint(())
    return tuple(bundles.plan_bundle(meeting, one, prints=prints, members=members) for one in editions)


# --- both ------------------------------------------------------------------------------


@contextmanager
def _own_workshop(templates: Path | None) -> Iterator[bundling.Workshop]:
    """Open a workshop that shares nothing with a service at work: no cache, no half-filled sheets."""
    with (
        tempfile.TemporaryDirectory(prefix="stukkenstroom-") as scratch,
        wiring.open_workshop(Path(scratch), templates) as workshop,
    ):
        yield workshop


def _wanted(plans: tuple[BundlePlan, ...], edition: str) -> tuple[BundlePlan, ...]:
    chosen = tuple(
        plan for plan in plans if not edition or plan.edition.name.casefold() == edition.casefold()
    )
    if not chosen:
        known = ", ".join(plan.edition.name for plan in plans)
        raise WrongUseError(
            f"no edition {edition}", wat=f"De editie '{edition}' bestaat niet.", doe=f"Kies uit: {known}."
        )
    return chosen


def _place(out: Path, plan: BundlePlan, plans: tuple[BundlePlan, ...]) -> Path:
    """Give each edition its own file; the first one has the name that was asked for."""
    return out if plan is plans[0] else out.with_name(f"{out.stem} - {plan.edition.name}{out.suffix}")


def _build(
    plan: BundlePlan, folder: Path, out: Path, council: Council | None, workshop: bundling.Workshop
) -> BuiltBundle:
    named = replace(plan, file_name=out.name)
    files.make_folder(out.parent)
    return bundling.build(named, folder, out, council=council, concept="", workshop=workshop)
