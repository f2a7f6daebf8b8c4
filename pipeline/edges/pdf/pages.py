"""Making the pages of a bundle out of the pages of its sources, by allow-list.

A page is made new and gets its boxes, resources, content and harmless annotations; all else
(actions, scripts, structure, metadata, files) stays behind because it is never copied.
Fields and multimedia are drawn into the page as they look ("flattened"), so that a filled-in
form and a signature stay visible without the form behind them. On top comes our stamp.
Touches pypdf objects in memory only.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from pipeline.edges.pdf.annotations import BundleLink, Fate, Loss, WebLink, fate_of, link_of, losses_of
from pipeline.edges.pdf.content import can_be_followed, content_of, decoded, numbers, shape_of
from pipeline.edges.pdf.copying import Copier, name, register, stream_of
from pipeline.edges.pdf.source import Source, Target, as_array, as_dict, name_of, resolve
from pipeline.edges.pdf.stamp import (
    BOX_OPACITY,
    CONCEPT_EDGE_OPACITY,
    CONCEPT_OPACITY,
    PageShape,
    StampNames,
    appearance_matrix,
    box_of,
    draw_form,
    draw_stamp,
)

_ANNOTATION_KEYS_LEFT = frozenset(
    {"/A", "/AA", "/PA", "/Dest", "/P", "/Parent", "/Popup", "/IRT", "/AF", "/FS", "/StructParent"}
)
_LINK_KEYS = ("/Rect", "/Border", "/BS", "/C", "/H", "/QuadPoints", "/F", "/Contents")
_RELATIVES = ("/Parent", "/Popup", "/IRT")
_RESOURCE_KINDS = ("/Font", "/ExtGState", "/XObject")
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Objects that all pages of a bundle share.

    Attributes:
        font: Helvetica, WinAnsi.
        box_state: Opacity of the background of the stamp.
        concept_state: Opacity of the word CONCEPT.
        opening: Content stream that saves the graphics state.
    """

    font: IndirectObject
    box_state: IndirectObject
    concept_state: IndirectObject
    opening: IndirectObject


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStamp:
    """What is printed on one page: its text, and whether CONCEPT stands there too."""

    text: str
    concept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLink:
    """A link to a part that may not be made yet: the page it is on, the annotation, the key."""

    page: PageObject
    annotation: DictionaryObject
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePart:
    """The pages made for one part.

    Attributes:
        pages: Index in the source -> the new page, in order.
        key_links: Links to other parts, not yet on their pages.
        losses: What these pages lost.
    """

    pages: dict[int, PageObject]
    key_links: list[KeyLink]
    losses: Counter[Loss]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """An appearance to be drawn into the page: its form XObject, and where."""

    form: IndirectObject
    matrix: tuple[float, ...]


def make_furniture(writer: PdfWriter) -> Furniture:
    """Add the shared objects to a new bundle."""
    font = DictionaryObject(
        {
            name("/Type"): name("/Font"),
            name("/Subtype"): name("/Type1"),
            name("/BaseFont"): name("/Helvetica"),
            name("/Encoding"): name("/WinAnsiEncoding"),
        }
    )
    return Furniture(
        font=register(writer, font),
        box_state=register(writer, _opacity(fill=BOX_OPACITY, stroke=1.0)),
        concept_state=register(writer, _opacity(fill=CONCEPT_OPACITY, stroke=CONCEPT_EDGE_OPACITY)),
        opening=register(writer, stream_of(b"q")),
    )


def _opacity(*, fill: float, stroke: float) -> DictionaryObject:
    return DictionaryObject({name("/ca"): FloatObject(fill), name("/CA"): FloatObject(stroke)})


class PageMaker:
    """Makes the pages of one source in the bundle, part by part.

    Resources that pages of the source share stay shared, also between parts.
    """

    def __init__(self, writer: PdfWriter, furniture: Furniture, source: Source) -> None:
        self.source = source
        self.copier = Copier(writer)
        self._writer = writer
        self._furniture = furniture
        self._resources: dict[int, tuple[IndirectObject, StampNames]] = {}
        self._form_defaults = as_dict(source.root.get("/AcroForm")).get("/DR")

    def add_part(self, indexes: range, stamps: Sequence[PageStamp]) -> MadePart:
        """Append pages of the source to the bundle.

        Malformed objects raise what pypdf raises; see ``source.readable``.

        Args:
            indexes: 0-based indexes in the source.
            stamps: One per page.
        """
        pages = {index: self._writer.add_blank_page(width=1, height=1) for index in indexes}
        part = MadePart(pages=pages, key_links=[], losses=Counter())
        for index, stamp in zip(indexes, stamps, strict=True):
            self._dress(self.source.pages[index], pages[index], stamp, part)
        return part

    def _dress(self, original: PageObject, page: PageObject, stamp: PageStamp, part: MadePart) -> None:
        """Fill one new page from its original."""
        shape = shape_of(original)
        _set_shape(page, shape)
        if as_dict(original.get("/Group")):
            page[name("/Group")] = self.copier.copy(original.get("/Group"))
        streams = content_of(original)
        drawings = [] if can_be_followed(streams) else [self._isolated(original, streams, shape)]
        own = [] if drawings else [self._furniture.opening, *map(self.copier.copy, streams)]
        drawings += self._annotate(original, page, part)
        names = self._set_resources(original, page, drawings)
        drawn = [b"Q"] if own else []
        drawn += [draw_form(f"{names.form}{number}", one.matrix) for number, one in enumerate(drawings)]
        drawn.append(draw_stamp(shape, stamp.text, names, concept=stamp.concept))
        own.append(register(self._writer, stream_of(b"\n".join(drawn))))
        page[name("/Contents")] = ArrayObject(own)

    # --- content and resources ---

    def _isolated(self, original: PageObject, streams: list[PdfObject], shape: PageShape) -> _Drawing:
        """Wrap content that does not end tidily, so that it cannot swallow or bend what follows."""
        form = stream_of(decoded(streams))
        media = shape.media
        form.update(
            {
                name("/Type"): name("/XObject"),
                name("/Subtype"): name("/Form"),
                name("/BBox"): ArrayObject(
                    FloatObject(f"{side:.6f}") for side in (media.left, media.bottom, media.right, media.top)
                ),
                name("/Resources"): self.copier.copy(original.get("/Resources")),
            }
        )
        return _Drawing(form=register(self._writer, form.flate_encode()), matrix=_IDENTITY)

    def _set_resources(self, original: PageObject, page: PageObject, drawings: list[_Drawing]) -> StampNames:
        """Give the page its resources with ours added; pages that share them keep sharing."""
        raw = original.get("/Resources")
        number = raw.idnum if isinstance(raw, IndirectObject) and not drawings else 0
        if number not in self._resources:
            resources, names = self._extended(as_dict(self.copier.copy(raw)), drawings)
            reference = register(self._writer, resources)
            if not number:
                page[name("/Resources")] = reference
                return names
            self._resources[number] = (reference, names)
        page[name("/Resources")], names = self._resources[number]
        return names

    def _extended(
        self, copied: DictionaryObject, drawings: list[_Drawing]
    ) -> tuple[DictionaryObject, StampNames]:
        """Add our font, states and drawings to resources, under names that are free there."""
        kinds = {kind: DictionaryObject(as_dict(copied.get(kind)).items()) for kind in _RESOURCE_KINDS}
        names = _free_names({key for kind in kinds.values() for key in kind})
        kinds["/Font"][name(names.font)] = self._furniture.font
        kinds["/ExtGState"][name(names.box_state)] = self._furniture.box_state
        kinds["/ExtGState"][name(names.concept_state)] = self._furniture.concept_state
        for number, drawing in enumerate(drawings):
            kinds["/XObject"][name(f"{names.form}{number}")] = drawing.form
        resources = DictionaryObject(copied.items())
        resources.update({name(kind): entries for kind, entries in kinds.items() if entries})
        return resources, names

    # --- annotations ---

    def _annotate(self, original: PageObject, page: PageObject, part: MadePart) -> list[_Drawing]:
        """Copy what may be copied of the annotations; give those that must be drawn."""
        kept: list[tuple[DictionaryObject, DictionaryObject]] = []
        copies: dict[int, IndirectObject] = {}
        drawings: list[_Drawing] = []
        listed = ArrayObject()
        for raw in list(as_array(original.get("/Annots"))):
            annotation = as_dict(raw)
            part.losses.update(losses_of(annotation))
            fate = fate_of(annotation)
            if fate is Fate.KEEP:
                new = DictionaryObject()
                listed.append(register(self._writer, new))
                kept.append((annotation, new))
                if isinstance(raw, IndirectObject):
                    copies[raw.idnum] = listed[-1].indirect_reference
            elif fate is Fate.LINK:
                listed.extend(self._link(annotation, page, part))
            elif fate is Fate.FLATTEN:
                drawings.extend(self._drawing(annotation))
        for annotation, new in kept:
            self._fill_annotation(annotation, new, page, copies)
        if listed:
            page[name("/Annots")] = listed
        return drawings

    def _fill_annotation(
        self,
        annotation: DictionaryObject,
        new: DictionaryObject,
        page: PageObject,
        copies: dict[int, IndirectObject],
    ) -> None:
        """Copy an annotation; its relatives are other annotations of the same page."""
        for key, value in annotation.items():
            if key not in _ANNOTATION_KEYS_LEFT:
                new[name(key)] = self.copier.copy(value)
        for key in _RELATIVES:
            raw = annotation.get(key)
            if isinstance(raw, IndirectObject) and raw.idnum in copies:
                new[name(key)] = copies[raw.idnum]
        new[name("/P")] = _reference_to(page)

    def _link(
        self, annotation: DictionaryObject, page: PageObject, part: MadePart
    ) -> Iterator[IndirectObject]:
        """Make a link anew, when it goes somewhere it may go; a link to another part waits."""
        goal = link_of(self.source, annotation)
        new = self._bare_link(annotation, page)
        if goal is None or new is None:
            return
        if isinstance(goal, BundleLink):
            part.key_links.append(KeyLink(page=page, annotation=new, key=goal.key))
            return
        if isinstance(goal, Target) and goal.page_index not in part.pages:
            part.losses[Loss.LINKS] += 1
            return
        if isinstance(goal, WebLink):
            new[name("/A")] = DictionaryObject(
                {name("/S"): name("/URI"), name("/URI"): TextStringObject(goal.uri)}
            )
        else:
            new[name("/Dest")] = destination(part.pages[goal.page_index], goal.fit)
        yield register(self._writer, new)

    def _bare_link(self, annotation: DictionaryObject, page: PageObject) -> DictionaryObject | None:
        """Copy a link without its goal; None when it has no place on the page."""
        if box_of(numbers(annotation.get("/Rect"))) is None:
            return None
        new = DictionaryObject({name("/Type"): name("/Annot"), name("/Subtype"): name("/Link")})
        for key in _LINK_KEYS:
            if key in annotation:
                new[name(key)] = self.copier.copy(annotation.get(key))
        new[name("/P")] = _reference_to(page)
        return new

    def _drawing(self, annotation: DictionaryObject) -> Iterator[_Drawing]:
        """Find how a field or multimedia annotation looks, and where."""
        raw = as_dict(annotation.get("/AP")).get("/N")
        if not isinstance(resolve(raw), StreamObject):
            raw = as_dict(raw).get(name_of(annotation.get("/AS")))
        look = resolve(raw)
        rect = box_of(numbers(annotation.get("/Rect")))
        bbox = box_of(numbers(as_dict(look).get("/BBox")))
        form = self.copier.copy(raw)
        if not isinstance(look, StreamObject) or not isinstance(form, IndirectObject) or not rect or not bbox:
            return
        copied = as_dict(form)
        copied[name("/Type")], copied[name("/Subtype")] = name("/XObject"), name("/Form")
        if "/Resources" not in copied and self._form_defaults is not None:
            copied[name("/Resources")] = self.copier.copy(self._form_defaults)
        own = numbers(look.get("/Matrix"))
        matrix = appearance_matrix(rect, bbox, own if len(own) == len(_IDENTITY) else _IDENTITY)
        yield _Drawing(form=form, matrix=matrix)


def _set_shape(page: PageObject, shape: PageShape) -> None:
    for key, box in (("/MediaBox", shape.media), ("/CropBox", shape.visible)):
        corners = (box.left, box.bottom, box.right, box.top)
        page[name(key)] = ArrayObject(FloatObject(f"{corner:.6f}") for corner in corners)
    if shape.rotation:
        page[name("/Rotate")] = NumberObject(shape.rotation)
    if shape.unit != 1.0:
        page[name("/UserUnit")] = FloatObject(shape.unit)


def destination(page: PageObject, fit: Sequence[PdfObject]) -> ArrayObject:
    """Make an explicit destination."""
    return ArrayObject([_reference_to(page), *fit])


def top_of(page: PageObject) -> tuple[PdfObject, ...]:
    """Give the fit that shows a page from its top, as wide as the window."""
    shape = shape_of(page)
    if shape.rotation:
        return (name("/Fit"),)
    return (name("/FitH"), FloatObject(f"{shape.visible.top:.3f}"))


def _reference_to(page: PageObject) -> IndirectObject:
    reference = page.indirect_reference
    if reference is None:  # pragma: no cover  pages of a writer always have a number
        raise TypeError("a page of the bundle without a number")
    return reference


def _free_names(taken: set[str]) -> StampNames:
    """Choose names that the page does not use; a bundle inside a bundle already has ours."""
    prefix = next(
        prefix
        for prefix in (f"/Stk{number or ''}" for number in count())
        if not any(key.startswith(prefix) for key in taken)
    )
    return StampNames(
        font=f"{prefix}F", box_state=f"{prefix}B", concept_state=f"{prefix}C", form=f"{prefix}X"
    )
