"""Build one edition: convert its papers, fill its sheets, join everything into one PDF.

Touches the workshop's ports and its cache. A paper that cannot be read becomes a page that
says so; it never stops the bundle and is never left out in silence. What was converted before
is used again, by the digest of the source.
"""

import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.bundle import sheets
from pipeline.contexts import Context
from pipeline.errors import TemplateError, UnreadableError
from pipeline.ports import AssemblyPart, CheckedPdf, Converter, Disk, PdfTools, Templates
from pipeline.values import (
    AgendaItem,
    BuiltBundle,
    BundlePaper,
    BundlePlan,
    Council,
    Loss,
    PlacedPaper,
    Placeholder,
)

TEMPLATES = ("voorblad", "agenda", "scheidingsblad", "plaatshouder")
"""Templates a bundle is made with; approval binds their fingerprints."""

_MOST_TURNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a bundle is made with.

    Attributes:
        converter: Turns documents into PDF.
        templates: Fills the sheets.
        pdf: Checks and joins PDF files.
        disk: Writes files.
        cache: Folder for converted papers; may be emptied at any time.
    """

    converter: Converter
    templates: Templates
    pdf: PdfTools
    disk: Disk
    cache: Path

    def prints(self) -> tuple[str, ...]:
        """Fingerprints of the templates a bundle is made with."""
        return tuple(self.templates.fingerprint(name) for name in TEMPLATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """The pages of one paper, or why there are none.

    Attributes:
        paper: The paper.
        pdf: Its pages; None when a placeholder page takes their place.
        problem: Dutch, why it cannot be shown.
        office_free: It was converted without LibreOffice.
    """

    paper: BundlePaper
    pdf: CheckedPdf | None
    problem: str = ""
    office_free: bool = False


def build(
    plan: BundlePlan, folder: Path, out: Path, *, council: Council | None, concept: str, workshop: Workshop
) -> BuiltBundle:
    """Build one edition.

    Args:
        plan: What goes in.
        folder: The meeting folder, where the sources lie.
        out: Where the PDF comes.
        council: The council; None for a folder outside a werkmap.
        concept: ``Concept van …`` for the cover, empty for the final file.
        workshop: What it is made with.

    Raises:
        TemplateError: A template is wrong.
        DiskFullError: No room.
    """
    started = time.monotonic()
    workshop.disk.make_folder(workshop.cache)
    _convert_ahead({paper.sha256: folder / paper.source for paper in plan.papers}, workshop)
    pages = tuple(_pages_of(paper, folder, workshop) for paper in plan.papers)
    placeholders = tuple(
        Placeholder(number=one.paper.number, source=one.paper.source, reason=one.problem)
        for one in pages
        if one.pdf is None
    )
    unreadable = {one.number for one in placeholders}
    stand_ins = _stand_ins(plan, council, placeholders, workshop)
    front = _front(plan, council, pages, placeholders, concept=concept, workshop=workshop)
    parts, owners = _parts(plan, pages, front, stand_ins, _dividers(plan, council, front, workshop))
    made = workshop.pdf.assemble(
        parts,
        out,
        title=sheets.document_title(plan),
        author=council.name if council else "",
        concept=bool(concept),
        subject="Vergaderstukken",
    )
    firsts = {owner: first for owner, first in zip(owners, made.first_pages, strict=True) if owner}
    return BuiltBundle(
        plan=plan,
        path=str(out),
        sha256=made.sha256,
        pages=made.pages,
        papers=tuple(
            PlacedPaper(
                paper=one.paper, first_page=firsts[one.paper.number], pages=one.pdf.pages if one.pdf else 1
            )
            for one in pages
        ),
        placeholders=placeholders,
        losses=tuple(
            Loss(number=owners[loss.part], what=str(loss.what), count=loss.count)
            for loss in made.losses
            if owners[loss.part] and owners[loss.part] not in unreadable
        ),
        without_office=tuple(one.paper.number for one in pages if one.office_free),
        seconds=round(time.monotonic() - started, 3),
        unlocked=tuple(one.paper.number for one in pages if one.pdf and one.pdf.unlocked),
    )


# --- papers ----------------------------------------------------------------------------


def _convert_ahead(sources: Mapping[str, Path], workshop: Workshop) -> None:
    """Convert documents on all cores, where the converter can; failures are told later, one by one.

    Args:
        sources: Documents by their digest.
        workshop: What they are converted with.
    """
    if workshop.converter.available:
        return  # LibreOffice takes one document at a time

    def convert(sha256: str) -> None:
        with suppress(UnreadableError):
            _converted(sources[sha256], sources[sha256].name, sha256, workshop)

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for _ in pool.map(convert, sources):
            pass


def _pages_of(paper: BundlePaper, folder: Path, workshop: Workshop) -> _Pages:
    """Get the pages of a paper, or the reason why there are none."""
    source = folder / paper.source
    try:
        converted, way = _converted(source, source.name, paper.sha256, workshop)
        pdf = workshop.pdf.check(converted, converted.with_suffix(".hersteld.pdf"))
    except UnreadableError as fault:
        return _Pages(paper=paper, pdf=None, problem=fault.wat)
    return _Pages(paper=paper, pdf=pdf, office_free=way == "dxpdf")


def _converted(source: Path, name: str, sha256: str, workshop: Workshop) -> tuple[Path, str]:
    """Convert a document, or find what was made of these bytes before; tells how it was made.

    Raises:
        CorruptCopyError: The source is no longer what was planned; nothing is made of it.
    """
    ways = ("direct", "libreoffice") if workshop.converter.available else ("direct", "libreoffice", "dxpdf")
    for way in ways:
        known = workshop.cache / f"{sha256}.{way}.pdf"
        if known.is_file():
            return known, way
    passing, bound = workshop.cache / f"{sha256}.nieuw", workshop.cache / f"{sha256}.bron"
    workshop.disk.copy(source, bound, sha256)  # exactly these bytes, whatever happens to the source meanwhile
    try:
        made = workshop.converter.to_pdf(bound, name, passing)
    finally:
        workshop.disk.remove(bound)
    target = workshop.cache / f"{sha256}.{made.by}.pdf"
    workshop.disk.move(passing, target)
    return target, made.by


def pages_of_document(source: Path, workshop: Workshop) -> Path:
    """Convert one of our own documents, or find what was made of these bytes before.

    Raises:
        ConversionError: It cannot be converted.
    """
    return _converted(source, source.name, workshop.disk.sha256_of(source), workshop)[0]


def join_documents(
    sources: Sequence[tuple[Path, str]], out: Path, *, title: str, author: str, workshop: Workshop
) -> None:
    """Join documents into one PDF with a bookmark each, without stamps or sheets.

    Args:
        sources: The documents with their titles, in order.
        out: The file to write.
        title: Title of the PDF.
        author: Its author.
        workshop: What it is made with.

    Raises:
        UnreadableError: One of them cannot be read, or came behind a password: it goes nowhere without.
    """
    parts = []
    for path, name in sources:
        pages = pages_of_document(path, workshop)
        usable = workshop.pdf.check(pages, workshop.cache / f"{pages.stem}.hersteld.pdf")
        if usable.unlocked:
            raise UnreadableError("locked", wat=f"'{name}' is met een wachtwoord beveiligd.")
        parts.append(AssemblyPart(pdf=usable.path, outline=name, level=0, stamp="", key=""))
    workshop.pdf.assemble(parts, out, title=title, author=author, concept=False)


# --- sheets ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Front:
    """Cover and agenda as PDF, and where everything stands."""

    cover: CheckedPdf
    agenda: CheckedPdf
    layout: sheets.Layout


def _sheet(template: str, context: Context, workshop: Workshop) -> CheckedPdf:
    """Fill a template and make its pages; the same context is not converted twice."""
    filled = workshop.cache / f"{template}.docx"
    workshop.templates.render(template, context, filled)
    pdf = pages_of_document(filled, workshop)
    return workshop.pdf.check(pdf, pdf.with_suffix(".hersteld.pdf"))


def _fill_ahead(contexts: Mapping[str, Context], workshop: Workshop) -> None:
    """Make sheets as they will probably be, on all cores; a wrong guess is made again."""
    if workshop.converter.available:
        return
    filled = {}
    for template, context in contexts.items():
        path = workshop.cache / f"vooruit-{template}.docx"
        workshop.templates.render(template, context, path)
        filled[workshop.disk.sha256_of(path)] = path
    _convert_ahead(filled, workshop)


def _front(
    plan: BundlePlan,
    council: Council | None,
    pages: tuple[_Pages, ...],
    placeholders: tuple[Placeholder, ...],
    *,
    concept: str,
    workshop: Workshop,
) -> _Front:
    """Fill cover and agenda; their own length decides the page numbers they print."""
    lengths = {one.paper.number: one.pdf.pages if one.pdf else 1 for one in pages}
    cover_pages, agenda_pages = 1, sheets.likely_agenda_pages(plan)
    likely = sheets.lay_out(plan, cover_pages + agenda_pages, lengths)
    _fill_ahead(
        {
            "agenda": sheets.agenda(plan, council, likely, placeholders, concept),
            "voorblad": sheets.cover(plan, council, likely, concept),
            "scheidingsblad": sheets.dividers(plan, council, likely),
        },
        workshop,
    )
    for _ in range(_MOST_TURNS):
        layout = sheets.lay_out(plan, cover_pages + agenda_pages, lengths)
        agenda = _sheet("agenda", sheets.agenda(plan, council, layout, placeholders, concept), workshop)
        if agenda.pages == agenda_pages:
            cover = _sheet("voorblad", sheets.cover(plan, council, layout, concept), workshop)
            if cover.pages == cover_pages:
                return _Front(cover=cover, agenda=agenda, layout=layout)
            cover_pages = cover.pages
        agenda_pages = agenda.pages
    raise TemplateError(
        "front matter never settles", wat="Het voorblad of de agenda krijgt geen vaste lengte."
    )


def _dividers(
    plan: BundlePlan, council: Council | None, front: _Front, workshop: Workshop
) -> CheckedPdf | None:
    """Fill the divider sheets; None when no item has papers.

    Raises:
        TemplateError: The council's own template does not keep to one page an item.
    """
    items = sheets.with_papers(plan)
    if not items:
        return None
    made = _sheet("scheidingsblad", sheets.dividers(plan, council, front.layout), workshop)
    return _one_page_each(made, len(items), "scheidingsblad")


def _stand_ins(
    plan: BundlePlan, council: Council | None, placeholders: tuple[Placeholder, ...], workshop: Workshop
) -> CheckedPdf | None:
    """Fill the pages that stand for papers that cannot be read; None when all can."""
    if not placeholders:
        return None
    made = _sheet("plaatshouder", sheets.placeholder_sheets(plan, council, placeholders), workshop)
    return _one_page_each(made, len(placeholders), "plaatshouder")


def _one_page_each(made: CheckedPdf, expected: int, template: str) -> CheckedPdf:
    if made.pages != expected:
        raise TemplateError(
            f"{template} gave {made.pages} pages for {expected}",
            wat=f"Het sjabloon '{template}' moet per onderdeel precies één bladzijde geven.",
        )
    return made


# --- joining ---------------------------------------------------------------------------


def _parts(
    plan: BundlePlan,
    pages: tuple[_Pages, ...],
    front: _Front,
    stand_ins: CheckedPdf | None,
    dividers: CheckedPdf | None,
) -> tuple[tuple[AssemblyPart, ...], tuple[str, ...]]:
    """List the runs of pages in order, each with the number of the paper it belongs to (or empty)."""
    made = [
        (_front_part(front.cover, "Voorblad"), ""),
        (_front_part(front.agenda, "Agenda"), ""),
    ]
    stand_in_pages = iter(range(1, len(pages) + 1))
    by_item = {
        item.number: [one for one in pages if one.paper.item == item.number] for item in plan.meeting.items
    }
    for position, item in enumerate(sheets.with_papers(plan), start=1):
        if dividers:
            made.append((_divider_part(dividers, position, item), ""))
        for one in by_item[item.number]:
            page = 0 if one.pdf else next(stand_in_pages)
            made.append((_paper_part(one, stand_ins, page), one.paper.number))
    return tuple(part for part, _ in made), tuple(owner for _, owner in made)


def _front_part(pdf: CheckedPdf, title: str) -> AssemblyPart:
    return AssemblyPart(
        pdf=pdf.path,
        outline=title,
        level=0,
        stamp=title.lower(),
        key=title.lower(),
        keeps_bookmarks=False,
    )


def _divider_part(dividers: CheckedPdf, position: int, item: AgendaItem) -> AssemblyPart:
    return AssemblyPart(
        pdf=dividers.path,
        outline=f"{item.number} {item.title}",
        level=0,
        stamp=sheets.stamp(item.number, ""),
        key=sheets.item_key(item.number),
        first_page=position,
        last_page=position,
        keeps_bookmarks=False,
    )


def _paper_part(one: _Pages, stand_ins: CheckedPdf | None, page: int) -> AssemblyPart:
    source = one.pdf or stand_ins
    assert source is not None  # noqa: S101  # a paper without pages has a stand-in
    return AssemblyPart(
        pdf=source.path,
        outline=f"{one.paper.number} {one.paper.title}",
        level=1,
        stamp=sheets.stamp(one.paper.item, one.paper.number),
        key=sheets.paper_key(one.paper.number),
        first_page=page or 1,
        last_page=page,
        keeps_bookmarks=one.pdf is not None,
    )
