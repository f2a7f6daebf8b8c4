"""The concepts of a meeting: made, weighed for the mail, removed when stale, and what must be known of them.

make_concept -> weighed -> write_attention -> remove_stale
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pipeline.bundle import apply as bundling
from pipeline.bundle import plan as bundles
from pipeline.bundle import sheets
from pipeline.dates import dutch_date
from pipeline.dispatch import mails, parcels
from pipeline.dispatch.packing import PackingTable, weigh
from pipeline.meetings.attention import attention_note
from pipeline.office import Office
from pipeline.values import BuiltBundle, BundlePlan, Meeting, MeetingPlace, Member, Place

_ATTENTION = "LET OP.txt"


def meeting_path(folder: str) -> str:
    """Give the place of a meeting folder inside the werkmap."""
    return f"{Place.VERGADERINGEN}/{folder}"


def write_attention(
    meeting: Meeting, members: tuple[Member, ...], concepts: Iterable[BuiltBundle], office: Office
) -> None:
    """Write ``LET OP.txt`` while something blocks approval, or must be known before it."""
    base = office.werkmap.path(meeting_path(meeting.folder), MeetingPlace.BUNDEL)
    built = tuple(concepts)
    remarks = dict.fromkeys(chain.from_iterable(_remarks(one, meeting, members) for one in built))
    blocked = replace(meeting, problems=(*meeting.problems, *refusals(built)))
    note = attention_note(blocked, remarks)
    if note:
        office.disk.write(base / _ATTENTION, note.encode("utf-8-sig"))
    else:
        office.disk.remove(base / _ATTENTION)


def refusals(concepts: Iterable[BuiltBundle]) -> tuple[str, ...]:
    """Tell why concepts cannot be mailed, each reason once."""
    told = (one.parcel.refusal for one in concepts if one.parcel)
    return tuple(dict.fromkeys(reason for reason in told if reason))


def _remarks(concept: BuiltBundle, meeting: Meeting, members: tuple[Member, ...]) -> tuple[str, ...]:
    """Tell what must be known of a concept before it is approved."""
    edition = sheets.edition_line(concept.plan.edition)
    receivers = [one for one in members if bundles.edition_for(one, meeting) == concept.plan.edition]
    open_to = mails.without_password(edition, receivers) if bundles.is_confidential(concept.plan) else ()
    return (*mails.unlocked(concept), *parcels.beforehand(concept.parcel, edition), *open_to)


def make_concept(plan: BundlePlan, office: Office) -> BuiltBundle:
    """Build a concept, unless the newest one of this edition binds the same and still lies here."""
    with office.journal.transaction() as ledger:
        earlier = [one for one in ledger.concepts(plan.meeting.folder) if one.plan.edition == plan.edition]
    known = earlier[-1] if earlier and earlier[-1].plan.manifest == plan.manifest else None
    lying = _lying(known, office) if known else None
    if known and lying:
        return _weighed_anew(known, lying, version=len(earlier), office=office)
    version = len(earlier) + (0 if known else 1)
    name = f"{plan.file_name.removesuffix('.pdf')} - concept {version}.pdf"
    target = office.werkmap.path(meeting_path(plan.meeting.folder), MeetingPlace.BUNDEL, name)
    built = bundling.build(
        replace(plan, file_name=name),
        office.werkmap.path(meeting_path(plan.meeting.folder)),
        office.workshop.cache / "bundel.pdf",
        council=office.council,
        concept=f"Concept {version} van {dutch_date(office.today())}",
        workshop=office.workshop,
    )
    built = weighed(built, Path(built.path), office)
    with office.journal.transaction() as ledger:
        ledger.save_concept(replace(built, path=str(target)), version)
        ledger.note("concept-built", built.sha256[:16], name)
    office.disk.copy(Path(built.path), target, built.sha256)
    return built


def _lying(concept: BuiltBundle, office: Office) -> Path | None:
    """Find where a concept lies in its meeting folder: in ``Bundel/`` or where it was moved to."""
    folder = meeting_path(concept.plan.meeting.folder)
    entries = office.werkmap.listing(folder, digests=True)
    found = next((entry.path for entry in entries if entry.sha256 == concept.sha256), "")
    return office.werkmap.path(folder, found) if found else None


def _weighed_anew(concept: BuiltBundle, path: Path, *, version: int, office: Office) -> BuiltBundle:
    """Weigh a concept that lies there again, when the limit is another one than it was weighed for."""
    now = weighed(concept, path, office)
    if now != concept:
        with office.journal.transaction() as ledger:
            ledger.save_concept(now, version)
    return now


def weighed(concept: BuiltBundle, path: Path, office: Office, *, trial: bool = False) -> BuiltBundle:
    """Give a concept with how it would travel by mail; one that was weighed for what holds today stays.

    Args:
        concept: The concept.
        path: Its file.
        office: The desk.
        trial: It goes to the secretary or the chair only.
    """
    limit, secret = office.largest_mail_mb, bundles.is_confidential(concept.plan)
    rule = parcels.link_rule(office.link_days, confidential=secret, trial=trial)
    if concept.parcel and parcels.still_holds(concept.parcel, limit_mb=limit, rule=rule):
        return concept
    return replace(concept, parcel=weigh(concept, path, limit, packing_table(office), rule))


def packing_table(office: Office) -> PackingTable:
    """Give the place where bundles are weighed and packed."""
    return PackingTable(packer=office.packer, disk=office.disk, folder=office.data / "inpakken")


def remove_stale(folder: str, current: set[str], office: Office) -> None:
    """Remove from ``Bundel/`` the concepts that bind something else, where they are still as we made them."""
    with office.journal.transaction() as ledger:
        stale = [one for one in ledger.concepts(folder) if one.plan.manifest not in current]
    for one in stale:
        path = office.werkmap.path(meeting_path(folder), MeetingPlace.BUNDEL, one.plan.file_name)
        if office.disk.sha256_if_any(path) == one.sha256:
            office.disk.remove(path)
