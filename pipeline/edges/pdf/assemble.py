"""Make a bundle: one PDF out of many, the same bytes every time.

Deterministic: no clock, no random identifier. Reads the parts, writes the bundle.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NumberObject,
)

from pipeline.edges.pdf.annotations import Loss, document_losses
from pipeline.edges.pdf.copying import name, register
from pipeline.edges.pdf.file import merge_identical, new_writer, write_pdf
from pipeline.edges.pdf.layers import add_layers
from pipeline.edges.pdf.outline import OutlineEntry, part_entries, write_outline
from pipeline.edges.pdf.pages import KeyLink, PageMaker, PageStamp, destination, make_furniture, top_of
from pipeline.edges.pdf.source import Source, as_array, open_source, readable
from pipeline.errors import UnreadableError
from pipeline.ports import Assembled, AssemblyPart, PartLoss


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A part with its pages: indexes in the source, first page (1-based) in the bundle."""

    part: AssemblyPart
    indexes: range
    first_page: int


def assemble(
    parts: Sequence[AssemblyPart], out: Path, *, title: str, author: str, concept: bool, subject: str = ""
) -> Assembled:
    """Make one PDF out of parts.

    Args:
        parts: In order; several may come from one file.
        out: Where the bundle comes; replaced whole, or left as it was.
        title: Metadata, shown by readers in the title bar.
        author: Metadata.
        concept: True prints CONCEPT on every page.
        subject: Metadata.

    Raises:
        UnreadableError: A part cannot be read or has no such pages, or there are no parts.
        DiskFullError: No room.
    """
    sources = _open_all(parts)
    placed = _place(parts, sources)
    bundle = _Bundle(total=sum(len(one.indexes) for one in placed), concept=concept)
    for index, one in enumerate(placed):
        with readable(f"part {index}"):
            bundle.add(index, one, sources[one.part.pdf])
        if all(later.part.pdf != one.part.pdf for later in placed[index + 1 :]):
            with readable(f"part {index}"):
                bundle.finish(sources.pop(one.part.pdf))
    bundle.close()
    bundle.writer.add_metadata({"/Title": title, "/Author": author, "/Subject": subject})
    merge_identical(bundle.writer)
    return Assembled(
        pages=bundle.total,
        first_pages=tuple(one.first_page for one in placed),
        losses=tuple(bundle.losses),
        sha256=write_pdf(bundle.writer, out),
    )


def _open_all(parts: Sequence[AssemblyPart]) -> dict[Path, Source]:
    """Open every file once."""
    if not parts:
        raise UnreadableError("no parts", wat="De bundel bevat geen enkel stuk.")
    return {path: open_source(path) for path in dict.fromkeys(part.pdf for part in parts)}


def _place(parts: Sequence[AssemblyPart], sources: dict[Path, Source]) -> list[_Placed]:
    """Give each part its pages in the source and its first page in the bundle."""
    placed: list[_Placed] = []
    first_page = 1
    for index, part in enumerate(parts):
        available = len(sources[part.pdf].pages)
        last_page = part.last_page or available
        if not 1 <= part.first_page <= last_page <= available:
            raise UnreadableError(f"part {index} has no pages {part.first_page}-{last_page} of {available}")
        placed.append(
            _Placed(part=part, indexes=range(part.first_page - 1, last_page), first_page=first_page)
        )
        first_page += last_page - part.first_page + 1
    return placed


class _Bundle:
    """A bundle in the making.

    Attributes:
        writer: Where the objects are.
        total: Number of pages it will have.
        losses: So far.
    """

    def __init__(self, *, total: int, concept: bool) -> None:
        self.writer = new_writer()
        self.total = total
        self.losses: list[PartLoss] = []
        self._concept = concept
        self._furniture = make_furniture(self.writer)
        self._makers: dict[int, PageMaker] = {}
        self._entries: list[OutlineEntry] = []
        self._key_links: list[KeyLink] = []
        self._keys: dict[str, PageObject] = {}

    def add(self, index: int, one: _Placed, source: Source) -> None:
        """Add one part with its stamps, bookmarks and losses."""
        losses: Counter[Loss] = Counter()
        if id(source) not in self._makers:
            self._makers[id(source)] = PageMaker(self.writer, self._furniture, source)
            losses.update(document_losses(source))
        made = self._makers[id(source)].add_part(one.indexes, self._stamps(one))
        first = next(iter(made.pages.values()))
        if one.part.key:
            self._keys.setdefault(one.part.key, first)
        goal = destination(first, top_of(first))
        marked = source if one.part.keeps_bookmarks else None
        self._entries.extend(part_entries(marked, made, one.part.outline, one.part.level, goal))
        self._key_links.extend(made.key_links)
        losses.update(made.losses)
        self.losses.extend(
            PartLoss(part=index, what=what, count=losses[what]) for what in Loss if losses[what]
        )

    def _stamps(self, one: _Placed) -> list[PageStamp]:
        """Give the stamp of each page; the number printed is the number of the page label."""
        lead = f"{one.part.stamp} · " if one.part.stamp else ""
        numbers = range(one.first_page, one.first_page + len(one.indexes))
        return [PageStamp(text=f"{lead}{number}/{self.total}", concept=self._concept) for number in numbers]

    def finish(self, source: Source) -> None:
        """Take leave of a source whose last part has been added."""
        add_layers(self.writer, source, self._makers.pop(id(source)).copier)

    def close(self) -> None:
        """Connect the links between parts, and write what belongs to the bundle as a whole."""
        for link in self._key_links:
            if link.key in self._keys:
                self._connect(link, self._keys[link.key])
        write_outline(self.writer, self._entries)
        root = self.writer.root_object
        labels = ArrayObject([NumberObject(0), DictionaryObject({name("/S"): name("/D")})])
        root[name("/PageLabels")] = DictionaryObject({name("/Nums"): labels})
        root[name("/PageMode")] = name("/UseOutlines")
        root[name("/ViewerPreferences")] = DictionaryObject(
            {name("/DisplayDocTitle"): BooleanObject(value=True)}
        )

    def _connect(self, link: KeyLink, goal: PageObject) -> None:
        """Put a link to another part on its page."""
        link.annotation[name("/Dest")] = destination(goal, top_of(goal))
        if "/Annots" not in link.page:
            link.page[name("/Annots")] = ArrayObject()
        as_array(link.page.get("/Annots")).append(register(self.writer, link.annotation))
