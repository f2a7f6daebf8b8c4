"""Put papers where they were planned: in the archive with their side-car, or in ``Te beoordelen/``.

Touches the disk through its ports. Each step may be repeated: what already lies right is left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.archive import notes
from pipeline.ports import Copied, Disk, Originals, Texts, WorkFolder, Written
from pipeline.values import Dossier, Filed, HeldPaper, Kind, Place, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where papers are taken from and laid: the originals, the texts of scans, the disk, the werkmap."""

    originals: Originals
    texts: Texts
    disk: Disk
    werkmap: WorkFolder

    def original(self, sha256: str, place: str, path: str) -> Copied:
        """Name an original that is to lie at a path below a place of the werkmap; checked when copied."""
        source = self.originals.path(sha256)
        return Copied(target=self.werkmap.path(place, path), source=source, sha256=sha256)

    def ours(self, content: bytes, place: str, path: str) -> Written:
        """Name a file of our own that is to lie at a path below a place of the werkmap."""
        return Written(target=self.werkmap.path(place, path), content=content)

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
    """Lay papers in the archive with their side-cars and what they came in, all together."""
    wholes = {put.whole_path: put.whole for put in puts if put.whole}
    laid = [one for put in puts for one in _with_side_car(put, shelf)]
    laid += [shelf.original(sha256, Place.ARCHIEF, path) for path, sha256 in wholes.items()]
    shelf.disk.place(laid)


def _with_side_car(put: Put, shelf: Shelf) -> Iterator[Copied | Written]:
    """Give a paper, its side-car, and beside a scan what was read of it."""
    paper = put.paper
    yield shelf.original(paper.sha256, Place.ARCHIEF, paper.path)
    yield shelf.ours(notes.side_car(paper, put.dossier), Place.ARCHIEF, notes.side_car_name(paper.path))
    if kept := shelf.texts.find(paper.sha256):
        yield shelf.ours(notes.scanned_text(kept.text), Place.ARCHIEF, notes.text_name(paper.path))


def put_away(paper: Filed, dossier: Dossier, shelf: Shelf) -> None:
    """Lay a paper in the archive, checked after copying, and its side-car beside it."""
    put_all_away((Put(paper=paper, dossier=dossier),), shelf)


def lay_beside(sha256: str, path: str, shelf: Shelf) -> None:
    """Lay an original beside the paper it belongs to, inside ``Archief/``."""
    shelf.disk.place((shelf.original(sha256, Place.ARCHIEF, path),))


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
    paper_itself = shelf.original(paper.sha256, Place.TE_BEOORDELEN, paper.place)
    note = shelf.ours(why, Place.TE_BEOORDELEN, notes.why_name(paper.place))
    shelf.disk.place((paper_itself, note))


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
