"""Put papers where they were planned: in the archive with their side-car, or in ``Te beoordelen/``.

Touches the disk through its ports. Each step may be repeated: what already lies right is left.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.archive import notes
from pipeline.ports import Disk, Originals, Texts, WorkFolder
from pipeline.values import Dossier, Filed, HeldPaper, Kind, Place, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where papers are taken from and laid: the originals, the texts of scans, the disk, the werkmap."""

    originals: Originals
    texts: Texts
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A paper that gets its place.

    Attributes:
        paper: The paper.
        dossier: Where it belongs.
        whole: Digest of the mail or zip it came in; empty when it came by itself.
        whole_path: Where that lies inside ``Archief/``.
    """

    paper: Filed
    dossier: Dossier
    whole: str = ""
    whole_path: str = ""


def put_all_away(puts: Sequence[Put], shelf: Shelf) -> None:
    """Lay papers in the archive with their side-cars and what they came in, side by side."""
    steps: list[Callable[[], None]] = []
    for put in puts:
        steps += [partial(_lay_paper, put.paper, shelf), partial(_lay_side_car, put, shelf)]
    wholes = {put.whole_path: put.whole for put in puts if put.whole}
    steps += [partial(shelf.lay, sha256, Place.ARCHIEF, path) for path, sha256 in wholes.items()]
    if steps:
        shelf.disk.side_by_side(steps)


def put_away(paper: Filed, dossier: Dossier, shelf: Shelf) -> None:
    """Lay a paper in the archive, checked after copying, and its side-car beside it."""
    put_all_away((Put(paper=paper, dossier=dossier),), shelf)


def _lay_paper(paper: Filed, shelf: Shelf) -> None:
    """Lay a paper; beside a scan lies what was read of it."""
    shelf.lay(paper.sha256, Place.ARCHIEF, paper.path)
    if kept := shelf.texts.find(paper.sha256):
        shelf.write(notes.scanned_text(kept.text), Place.ARCHIEF, notes.text_name(paper.path))


def _lay_side_car(put: Put, shelf: Shelf) -> None:
    content = notes.side_car(put.paper, put.dossier)
    shelf.write(content, Place.ARCHIEF, notes.side_car_name(put.paper.path))


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
    """Take a paper and what lies beside it out of the archive; its bytes stay among the originals."""
    for path in (paper.path, notes.side_car_name(paper.path), notes.text_name(paper.path)):
        shelf.remove(Place.ARCHIEF, path)
    shelf.disk.remove_folder_if_empty(shelf.werkmap.path(Place.ARCHIEF, paper.path).parent)


def lay_out(paper: HeldPaper, labels: Mapping[Kind, str], folders: Mapping[Kind, str], shelf: Shelf) -> None:
    """Lay a held paper in ``Te beoordelen/`` with the note that says why."""
    why = notes.why_held(paper, labels, folders).encode("utf-8-sig")
    shelf.disk.side_by_side(
        (
            partial(shelf.lay, paper.sha256, Place.TE_BEOORDELEN, paper.place),
            partial(shelf.write, why, Place.TE_BEOORDELEN, notes.why_name(paper.place)),
        )
    )


def move_note(old: str, new: str, shelf: Shelf) -> None:
    """Lay the note beside a held paper where that lies now, inside ``Te beoordelen/``."""
    path = shelf.werkmap.path
    shelf.disk.move(path(Place.TE_BEOORDELEN, old), path(Place.TE_BEOORDELEN, new))


def lay_request(paper: HeldPaper, draft: bytes, shelf: Shelf) -> None:
    """Lay the draft beside a held paper that asks its sender for a readable copy."""
    shelf.write(draft, Place.TE_BEOORDELEN, notes.asking_name(paper.place))


def clear_away(place: str, found_at: str, shelf: Shelf) -> None:
    """Remove a held paper that has been settled, from where it lay and where it was moved to.

    What is ours goes with it, also when it was moved along.
    """
    for path in (place, found_at):
        for one in (path, notes.why_name(path), notes.asking_name(path)):
            shelf.remove(Place.TE_BEOORDELEN, one)
