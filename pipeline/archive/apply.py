"""Put papers where they were planned: in the archive with their side-car, or in ``Te beoordelen/``.

Touches the disk through its ports. Each step may be repeated: what already lies right is left.
"""

from collections.abc import Mapping

from pipeline.archive import notes
from pipeline.ports import Disk, Originals, WorkFolder
from pipeline.values import Dossier, Filed, HeldPaper, Kind, Place


def put_away(
    paper: Filed, dossier: Dossier, *, originals: Originals, disk: Disk, werkmap: WorkFolder
) -> None:
    """Lay a paper in the archive, checked after copying, and its side-car beside it."""
    target = werkmap.path(Place.ARCHIEF, paper.path)
    disk.copy(originals.path(paper.sha256), target, paper.sha256)
    disk.write(werkmap.path(Place.ARCHIEF, notes.side_car_name(paper.path)), notes.side_car(paper, dossier))


def take_out(paper: Filed, *, disk: Disk, werkmap: WorkFolder) -> None:
    """Take a paper and its side-car out of the archive; its bytes stay among the originals."""
    for path in (paper.path, notes.side_car_name(paper.path)):
        disk.remove(werkmap.path(Place.ARCHIEF, path))
    disk.remove_folder_if_empty(werkmap.path(Place.ARCHIEF, paper.path).parent)


def lay_out(
    paper: HeldPaper,
    labels: Mapping[Kind, str],
    folders: Mapping[Kind, str],
    *,
    originals: Originals,
    disk: Disk,
    werkmap: WorkFolder,
) -> None:
    """Lay a held paper in ``Te beoordelen/`` with the note that says why."""
    disk.copy(originals.path(paper.sha256), werkmap.path(Place.TE_BEOORDELEN, paper.place), paper.sha256)
    text = notes.why_held(paper, labels, folders)
    disk.write(werkmap.path(Place.TE_BEOORDELEN, notes.why_name(paper.place)), text.encode("utf-8-sig"))


def clear_away(paper: HeldPaper, found_at: str, *, disk: Disk, werkmap: WorkFolder) -> None:
    """Remove a held paper that has been settled, from where it lay and where it was moved to."""
    for place in (paper.place, notes.why_name(paper.place), found_at):
        disk.remove(werkmap.path(Place.TE_BEOORDELEN, place))
