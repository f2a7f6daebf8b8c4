"""Fill one Word or mail template; outside text stays text.

Touches docxtpl, python-docx and jinja2, and reads the template; it writes nothing. Values are
cleaned and escaped at the moment they are printed (Jinja's ``finalize``), so no template can
forget it: a value is one line, holds no character that XML forbids, and is never run as code.
Templates run in Jinja's sandbox. A template may use two filters of ours: ``kort`` and ``koppel``.
"""

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.contexts import Context

LINK_ROOT = "https://stukkenstroom.invalid/"
"""Address before the key of a link; the bundle turns these links into jumps."""

LONGEST_VALUE = 20_000
"""Characters that one value may print; more is cut, for a page is no place for it."""

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LINK_START, _LINK_MIDDLE, _LINK_END = "\ue0f0", "\ue0f1", "\ue0f2"
_LINK = re.compile(f"{_LINK_START}([^{_LINK_MIDDLE}]*){_LINK_MIDDLE}([^{_LINK_END}]*){_LINK_END}")
_LINE_ENDS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufffe\uffff]")
_DELIMITER = re.compile(r"([{}])_([{}%])|([%])_(\})")


class _Linked(Markup):
    """Text with the marks of a link around it; made by ``koppel`` only."""

    __slots__ = ()


def one_line(text: str) -> str:
    """Make one line of outside text and drop what is no text: controls, turned direction, private signs."""
    return _NOT_TEXT.sub("", _LINE_ENDS.sub(" ", text))[:LONGEST_VALUE]


def _plain(value: object) -> str:
    return one_line(value.unescape() if isinstance(value, Markup) else str(value))


def shorten(value: object, length: int) -> str:
    """Filter ``kort``: cut at a word, with an ellipsis, when the text is longer than ``length``."""
    text = _plain(value)
    if len(text) <= length:
        return text
    head = text[: length - 1]
    words = head.rsplit(" ", 1)[0]
    return (words if len(words) > length // 2 else head).rstrip(" ,;:-") + "…"


def link(value: object, key: object) -> str:
    """Filter ``koppel``: make the text a link to the key; plain text when either is empty."""
    text, address = _plain(value), quote(_plain(key), safe="")
    if not text or not address:
        return text
    return _Linked(f"{_LINK_START}{address}{_LINK_MIDDLE}{_safe_xml(text)}{_LINK_END}")


def _safe_xml(value: object) -> Markup:
    """Escape for XML; also what docxtpl would otherwise turn into delimiters (``{_{``)."""
    escaped = value if isinstance(value, Markup) else escape(one_line(str(value)))
    return Markup(_DELIMITER.sub(_spell_underscore, _NOT_TEXT.sub("", escaped)))  # noqa: S704 - escaped


def _spell_underscore(found: re.Match[str]) -> str:
    return found.group(0).replace("_", "&#95;")


def _print_markup(value: object) -> object:
    return value if isinstance(value, (Undefined, _Linked)) else _safe_xml(value)


def _print_text(value: object) -> object:
    return value if isinstance(value, Undefined) else _plain(value)


def environment(undefined: type[Undefined] = StrictUndefined, *, markup: bool = True) -> SandboxedEnvironment:
    """Make the sandbox a template runs in.

    Args:
        undefined: What an unknown field becomes.
        markup: True for Word and HTML, where text is escaped; False for plain text.
    """
    sandbox = SandboxedEnvironment(
        autoescape=markup,
        undefined=undefined,
        finalize=_print_markup if markup else _print_text,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    sandbox.filters.pop("safe")
    sandbox.filters["kort"] = shorten
    sandbox.filters["koppel"] = link
    return sandbox


def placeholders(context: Context) -> dict[str, object]:
    """Give the fields of a context by name, as the libraries want them."""
    return {field.name: getattr(context, field.name) for field in fields(context)}


def fill(template: Path, context: Context, sandbox: SandboxedEnvironment) -> DocxTemplate:
    """Fill a Word template in memory, links included."""
    document = DocxTemplate(template)
    document.render(placeholders(context), sandbox, autoescape=True)
    for part in story_parts(document):
        _make_links(part)
    return document


def fill_mail(template: Path, context: Context, sandbox: SandboxedEnvironment | None = None) -> str:
    """Fill a mail template; without a sandbox in the usual one, which escapes values when it is HTML."""
    text = template.read_text(encoding="utf-8")
    markup = template.suffix == ".html"
    compiled = sandbox.from_string(text) if sandbox else _compiled(text, markup=markup)
    return compiled.render(placeholders(context))


@lru_cache(maxsize=32)
def _compiled(text: str, *, markup: bool) -> Template:
    """Compile a mail template once for as long as its text stays as it is."""
    return environment(markup=markup).from_string(text)


def story_parts(document: DocxTemplate) -> Iterator[Any]:
    """Walk over the body and every header and footer of an opened template."""
    body = document.docx.part
    yield body
    for relation in body.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            yield relation.target_part


def _make_links(part: Any) -> None:
    """Turn each marked piece of text into a Word hyperlink that keeps the look of its run."""
    marked = [text for text in part.element.iter(qn("w:t")) if _LINK_START in (text.text or "")]
    for text in marked:
        run = text.getparent()
        for piece in _pieces(text.text, run, part.relate_to):
            run.addprevious(piece)
        run.getparent().remove(run)


def _pieces(text: str, run: Any, relate: Callable[..., str]) -> Iterator[Any]:
    """Give the runs and hyperlinks that together replace one run."""
    end = 0
    for found in _LINK.finditer(text):
        if found.start() > end:
            yield _run_like(run, text[end : found.start()])
        hyperlink = OxmlElement("w:hyperlink")
        address = LINK_ROOT + found.group(1)
        hyperlink.set(qn("r:id"), relate(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        hyperlink.append(_with_link_style(_run_like(run, found.group(2))))
        yield hyperlink
        end = found.end()
    if text[end:]:
        yield _run_like(run, text[end:])


def _with_link_style(run: Any) -> Any:
    """Give a run the style ``Hyperlink`` unless it has one: without it LibreOffice makes no link."""
    look = run.find(qn("w:rPr"))
    if look is None:
        look = OxmlElement("w:rPr")
        run.insert(0, look)
    if look.find(qn("w:rStyle")) is None:
        style = OxmlElement("w:rStyle")
        style.set(qn("w:val"), "Hyperlink")
        look.insert(0, style)
    return run


def _run_like(run: Any, text: str) -> Any:
    """Copy a run with another text."""
    twin = OxmlElement("w:r")
    look = run.find(qn("w:rPr"))
    if look is not None:
        twin.append(copy.deepcopy(look))
    content = OxmlElement("w:t")
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content.text = text
    twin.append(content)
    return twin


def put_logo(document: DocxTemplate, logo: Path) -> None:
    """Put the council's logo where the template has its picture named ``Logo``, inside the same box."""
    for part in story_parts(document):
        for drawing in part.element.iter(qn("w:drawing")):
            if any(item.get("name") == "Logo" for item in drawing.iter(qn("wp:docPr"))):
                _swap_picture(drawing, part, logo)


def _swap_picture(drawing: Any, part: Any, logo: Path) -> None:
    image = part.package.get_or_add_image_part(str(logo))
    for blip in drawing.iter(qn("a:blip")):
        blip.set(qn("r:embed"), part.relate_to(image, RELATIONSHIP_TYPE.IMAGE))
    ratio = image.image.px_width / image.image.px_height
    for box in [*drawing.iter(qn("wp:extent")), *drawing.iter(qn("a:ext"))]:
        width, height = int(box.get("cx")), int(box.get("cy"))
        box.set("cx", str(min(width, round(height * ratio))))
        box.set("cy", str(min(height, round(width / ratio))))


def to_bytes(document: DocxTemplate) -> bytes:
    """Give the file; the same document always gives the same bytes."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.docx.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
