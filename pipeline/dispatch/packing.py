"""Weigh a bundle, and make the files that are mailed in its place.

Touches the packer and a folder of its own. The same bundle gives the same files.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dispatch import parcels
from pipeline.ports import Disk, Packer
from pipeline.values import BuiltBundle, Parcel, Piece, SentFile


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingTable:
    """Where bundles are weighed and packed.

    Attributes:
        packer: Makes smaller files and parts.
        disk: Lays files down.
        folder: For passing files; may be emptied at any time.
    """

    packer: Packer
    disk: Disk
    folder: Path


def weigh(
    bundle: BuiltBundle, path: Path, limit_mb: int, table: PackingTable, rule: parcels.LinkRule
) -> Parcel:
    """Find out how a bundle would travel by mail; what fits as it is costs nothing.

    Args:
        bundle: What stands where in it.
        path: Its file.
        limit_mb: Largest message, in megabytes.
        table: Where it is weighed.
        rule: Whether what does not fit goes as a link; then it need not be divided.
    """
    whole = path.stat().st_size
    if whole <= parcels.room(limit_mb):
        return parcels.choose(whole=whole, smaller=whole, pieces=(), limit_mb=limit_mb)
    lighter = _lighter(path, table)
    smaller = lighter.stat().st_size
    divided = smaller > parcels.room(limit_mb) and not rule.days
    pieces = _weighed(parcels.pieces_of(bundle), lighter, table) if divided else ()
    return parcels.choose(whole=whole, smaller=smaller, pieces=pieces, limit_mb=limit_mb, rule=rule)


def _lighter(path: Path, table: PackingTable) -> Path:
    """Make the large pictures smaller; the file itself when that gives nothing."""
    table.disk.make_folder(table.folder)
    made = table.folder / "verkleind.pdf"
    count = table.packer.shrink(path, made, parcels.DPI)
    return made if count and made.stat().st_size < path.stat().st_size else path


def _weighed(pieces: Sequence[Piece], path: Path, table: PackingTable) -> tuple[Piece, ...]:
    passing, pages = table.folder / "gewogen.pdf", [piece.pages for piece in pieces]
    weighed = []
    for number, piece in enumerate(pieces, start=1):
        table.packer.cut(path, passing, pages, number)
        weighed.append(replace(piece, size=passing.stat().st_size))
    table.disk.remove(passing)
    return tuple(weighed)


def pack(
    path: Path, name: str, parcel: Parcel, target: Path, table: PackingTable
) -> tuple[SentFile, ...] | None:
    """Make the files that are mailed in place of a bundle, as was announced.

    Args:
        path: The bundle.
        name: What it is called.
        parcel: How it travels.
        target: Folder in which the files come.
        table: Where they are made.

    Returns:
        The files, none when it travels as it is; None when one became larger than a message may be:
        then nothing was laid down.
    """
    planned = parcels.planned_files(name, parcel)
    if not planned:
        return ()
    source = _lighter(path, table) if parcel.shrunk else path
    made = [_made(one, source, parcel, table) for one in planned]
    if any(passing.stat().st_size > parcels.room(parcel.limit_mb) for passing, _ in made):
        return None
    for passing, file in made:
        table.disk.copy(passing, target / file.name, file.sha256)
    return tuple(file for _, file in made)


def _made(file: SentFile, source: Path, parcel: Parcel, table: PackingTable) -> tuple[Path, SentFile]:
    """Make one file."""
    passing = source
    if file.part:
        table.disk.make_folder(table.folder)
        passing = table.folder / f"deel {file.part}.pdf"
        table.packer.cut(source, passing, parcel.parts, file.part)
    return passing, replace(file, sha256=table.disk.sha256_of(passing))
