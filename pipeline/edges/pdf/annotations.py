"""Which annotations and actions of a PDF may go into a bundle, and what is lost.

Decides only, on objects that pypdf has read; nothing is changed or written. A bundle never
runs anything and never opens another file: an annotation is kept only when its kind is known
to be harmless, a link only when it goes to the web, to a mail address or inside the bundle.
Form fields and multimedia are drawn as they look and lose their function.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from urllib.parse import unquote, urlsplit

from pypdf.generic import BooleanObject, DictionaryObject, NullObject, NumberObject, PdfObject

from pipeline.edges.pdf.source import (
    Source,
    Target,
    as_array,
    as_dict,
    destination_of,
    find_target,
    name_of,
    name_tree,
    one_line,
    resolve,
)

BUNDLE_HOST = "stukkenstroom.invalid"
MAX_PARENTS = 32
_MULTIMEDIA = frozenset({"/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"})
_DROPPED = frozenset({"/FileAttachment", "/TrapNet", "/PrinterMark"})
_HARMLESS_ACTIONS = frozenset({"/URI", "/GoTo", "/Named", "/JavaScript", ""})
_HIDDEN = 2 | 32


class Loss(StrEnum):
    """What a PDF carries and a bundle does not; the value is shown to people."""

    TAGS = "de aanwijzingen voor voorleesprogramma's (stuur het losse stuk aan wie daarmee leest)"
    ATTACHMENTS = "bijgevoegde bestanden"
    FIELDS = "invulvelden (alleen nog als tekst zichtbaar)"
    SIGNATURES = "digitale handtekeningen (alleen nog als beeld zichtbaar)"
    SCRIPTS = "ingebouwde programma's (scripts)"
    ACTIONS = "acties (iets starten, verzenden of een ander bestand openen)"
    MULTIMEDIA = "audio, video of 3D"
    LINKS = "koppelingen naar pagina's die niet in het stuk zitten"


class Fate(Enum):
    """What happens to an annotation of a page that goes into a bundle."""

    KEEP = "keep"
    LINK = "link"
    FLATTEN = "flatten"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLink:
    """A link to another part of the bundle, by its key."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebLink:
    """A link to a page on the web or a mail address."""

    uri: str


def fate_of(annotation: DictionaryObject) -> Fate:
    """Decide what happens to an annotation that goes into a bundle."""
    subtype = name_of(annotation.get("/Subtype"))
    if subtype == "/Link":
        return Fate.LINK
    if subtype == "/Widget" or subtype in _MULTIMEDIA:
        return Fate.DROP if _flags(annotation) & _HIDDEN else Fate.FLATTEN
    return Fate.DROP if subtype in _DROPPED or not subtype else Fate.KEEP


def losses_of(annotation: DictionaryObject) -> tuple[Loss, ...]:
    """Tell what of this annotation does not survive in a bundle (links inside the document excepted)."""
    subtype = name_of(annotation.get("/Subtype"))
    kinds = [name_of(action.get("/S")) for action in _actions(annotation)]
    losses = [Loss.SCRIPTS for kind in kinds if kind == "/JavaScript"]
    losses += [Loss.ACTIONS for kind in kinds if kind not in _HARMLESS_ACTIONS]
    if subtype == "/Widget":
        losses.append(Loss.SIGNATURES if _is_signature(annotation) else Loss.FIELDS)
    elif subtype in _MULTIMEDIA:
        losses.append(Loss.MULTIMEDIA)
    elif subtype == "/FileAttachment":
        losses.append(Loss.ATTACHMENTS)
    return tuple(losses)


def link_of(source: Source, annotation: DictionaryObject) -> BundleLink | WebLink | Target | None:
    """Tell where a link goes, or None when it may not go anywhere."""
    action = as_dict(annotation.get("/A"))
    if name_of(action.get("/S")) == "/URI":
        return _uri_link(one_line(action.get("/URI"), limit=2_000))
    return find_target(source, destination_of(annotation))


def _uri_link(uri: str) -> BundleLink | WebLink | None:
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return None
    if host == BUNDLE_HOST:
        return BundleLink(key=unquote(parts.path).strip("/"))
    return WebLink(uri=uri) if parts.scheme in {"http", "https", "mailto"} else None


def _flags(annotation: DictionaryObject) -> int:
    flags = resolve(annotation.get("/F"))
    return int(flags) if isinstance(flags, NumberObject) else 0


def _actions(holder: DictionaryObject) -> Iterator[DictionaryObject]:
    """Give the action and additional actions of anything that can have them."""
    candidates = [holder.get("/A"), *as_dict(holder.get("/AA")).values()]
    return (as_dict(candidate) for candidate in candidates)


def _inherited(field: DictionaryObject, key: str) -> PdfObject:
    """Look a form field's attribute up in the field and its parents."""
    for _ in range(MAX_PARENTS):
        if key in field:
            return resolve(field.get(key))
        field = as_dict(field.get("/Parent"))
    return NullObject()


def _is_signature(widget: DictionaryObject) -> bool:
    return name_of(_inherited(widget, "/FT")) == "/Sig" and isinstance(
        _inherited(widget, "/V"), DictionaryObject
    )


def lacks_appearance(widget: DictionaryObject) -> bool:
    """Tell whether a text or choice field has a value that no appearance shows."""
    return (
        name_of(widget.get("/Subtype")) == "/Widget"
        and name_of(_inherited(widget, "/FT")) in {"/Tx", "/Ch"}
        and bool(one_line(_inherited(widget, "/V")))
        and not as_dict(widget.get("/AP"))
    )


def annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """Give the annotations of a page that are dictionaries."""
    found = (as_dict(value) for value in as_array(page.get("/Annots")))
    return (annotation for annotation in found if annotation)


# --- what the document as a whole carries ----------------------------------------------


def document_losses(source: Source) -> dict[Loss, int]:
    """Count what the document as a whole carries and a bundle does not."""
    names = as_dict(source.root.get("/Names"))
    attached = sum(1 for _ in name_tree(names.get("/EmbeddedFiles")))
    counts = {
        Loss.TAGS: int(bool(as_dict(source.root.get("/StructTreeRoot")))),
        Loss.ATTACHMENTS: attached or len(as_array(source.root.get("/AF"))),
        Loss.SCRIPTS: sum(1 for _ in name_tree(names.get("/JavaScript"))),
        Loss.ACTIONS: 0,
    }
    opening = as_dict(source.root.get("/OpenAction"))
    for action in (opening, *_actions(source.root), *(a for page in source.pages for a in _actions(page))):
        kind = name_of(action.get("/S"))
        if kind == "/JavaScript":
            counts[Loss.SCRIPTS] += 1
        elif kind not in _HARMLESS_ACTIONS:
            counts[Loss.ACTIONS] += 1
    return {loss: count for loss, count in counts.items() if count}


def is_dynamic_form(source: Source) -> bool:
    """Tell whether this is an XFA form whose pages only Adobe's own reader can make."""
    form = as_dict(source.root.get("/AcroForm"))
    rendering = resolve(source.root.get("/NeedsRendering"))
    return "/XFA" in form and isinstance(rendering, BooleanObject) and bool(rendering.value)


def count_losses(source: Source) -> dict[Loss, int]:
    """Count all that a bundle would lose of this document, links excepted."""
    counts = document_losses(source)
    for page in source.pages:
        for annotation in annotations(page):
            for loss in losses_of(annotation):
                counts[loss] = counts.get(loss, 0) + 1
    return counts
