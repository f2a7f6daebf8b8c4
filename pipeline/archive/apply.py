"""Put papers where they were planned: in the archive with their side-car, or in ``Te beoordelen/``.

Touches the disk through its ports. Each step may be repeated: what already lies right is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.archive import notes
from pipeline.ports import Disk, Originals, WorkFolder
from pipeline.values import Dossier, Filed, HeldPaper, Kind, Place, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where papers are taken from and laid: the originals, the disk, the werkmap."""

    originals: Originals
    disk: Disk
    werkmap: WorkFolder

    def lay(self, sha256: str, place: str, path: str) -> None:
        """Lay an original at a path below a place of the werkmap, checked after copying."""
        self.disk.copy(self.originals.path(sha256), self.werkmap.path(place, path), sha256)

    def write(self, content: bytes, place: str, path: str) -> None:
        """Write a file of our own at a path below a place of the werkmap."""
        self.disk.write(self.werkmap.path(place, path), content)

    def remove(self, place: str, path: str) -> None:
        """Remove a file; gone already is fine."""
        self.disk.remove(self.werkmap.path(place, path))


def put_away(paper: Filed, dossier: Dossier, shelf: Shelf) -> None:
    """Lay a paper in the archive, checked after copying, and its side-car beside it."""
    shelf.lay(paper.sha256, Place.ARCHIEF, paper.path)
    shelf.write(notes.side_car(paper, dossier), Place.ARCHIEF, notes.side_car_name(paper.path))


def keep_mail(paper: Filed, dossier: Dossier, sha256: str, shelf: Shelf) -> None:
    """Lay the mail a paper came with in the dossier, as it was received."""
    shelf.lay(sha256, Place.ARCHIEF, notes.mail_path(paper, dossier))


def lay_beside(sha256: str, path: str, shelf: Shelf) -> None:
    """Lay an original beside the paper it belongs to, inside ``Archief/``."""
    shelf.lay(sha256, Place.ARCHIEF, path)


def remove_beside(path: str, shelf: Shelf) -> None:
    """Remove what lay beside a paper, and its folder when that is empty."""
    shelf.remove(Place.ARCHIEF, path)
    shelf.disk.remove_folder_if_empty(shelf.werkmap.path(Place.ARCHIEF, path).parent)


def keep_procedure(procedure: Procedure, dossier: Dossier, shelf: Shelf) -> None:
    """Write the state of a procedure beside its papers, so that it outlives the journal."""
    path = f"{dossier.year_folder}/{dossier.folder}/procedure.json"
    shelf.write(notes.as_json(procedure), Place.ARCHIEF, path)


def take_out(paper: Filed, shelf: Shelf) -> None:
    """Take a paper and its side-car out of the archive; its bytes stay among the originals."""
    for path in (paper.path, notes.side_car_name(paper.path)):
        shelf.remove(Place.ARCHIEF, path)
    shelf.disk.remove_folder_if_empty(shelf.werkmap.path(Place.ARCHIEF, paper.path).parent)


def lay_out(paper: HeldPaper, labels: Mapping[Kind, str], folders: Mapping[Kind, str], shelf: Shelf) -> None:
    """Lay a held paper in ``Te beoordelen/`` with the note that says why."""
    shelf.lay(paper.sha256, Place.TE_BEOORDELEN, paper.place)
    text = notes.why_held(paper, labels, folders)
    shelf.write(text.encode("utf-8-sig"), Place.TE_BEOORDELEN, notes.why_name(paper.place))


def clear_away(place: str, found_at: str, shelf: Shelf) -> None:
    """Remove a held paper that has been settled, from where it lay and where it was moved to."""
    for path in (place, notes.why_name(place), found_at):
        shelf.remove(Place.TE_BEOORDELEN, path)
