"""Say what is wrong with a template, in Dutch: which field, which template, near which words.

Touches docxtpl and jinja2 and reads the template. All faults are collected in one pass: an
unknown field is noted down and printed as nothing, so that the next one is found too. What a
branch hides that no context enters is found only for fields at the top level.
"""

import difflib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError, Undefined, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from pipeline.contexts import Context
from pipeline.edges.templates.fill import environment, fill, fill_mail, placeholders, shorten, story_parts
from pipeline.errors import Problem

EXPRESSION_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OpcError,
    LxmlError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)
"""What docxtpl lets through when a template computes nonsense or is no Word document."""

_TAG = re.compile(r"\{\{(?:(?!\{\{|\{%).)*?\}\}|\{%(?:(?!\{\{|\{%).)*?%\}|\{#.*?#\}")
_LEFT_OVER = re.compile(r"\{\s*[{%#]|[}%#]\s*\}")
_NEAR_CHARACTERS = 70


@dataclass(slots=True)
class _Notes:
    """Unknown fields met while filling: their names, and the value they were asked of."""

    missing: dict[str, object] = field(default_factory=dict)

    def undefined(self) -> type[Undefined]:
        """Make a kind of "unknown" that notes itself down and prints nothing."""
        missing = self.missing

        class Noted(Undefined):
            def __init__(
                self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None
            ) -> None:
                super().__init__(hint, obj, name, exc or UndefinedError)
                missing.setdefault(str(name), obj)

            def __getattr__(self, name: str) -> "Noted":
                if name.startswith("__"):
                    raise AttributeError(name)
                return self

            def __str__(self) -> str:
                return ""

        return Noted


def document_problems(template: Path, place: str, contexts: Iterable[Context]) -> tuple[Problem, ...]:
    """Fill a Word template with each context and tell what is wrong with it."""
    try:
        words = _paragraphs(DocxTemplate(template))
    except (*EXPRESSION_FAULTS, OSError):
        return (
            Problem(place=place, text="Dit is geen leesbaar Word-document; sla het in Word op als .docx."),
        )
    found = _problems(place, words, contexts, lambda context, sandbox: fill(template, context, sandbox))
    return (*(Problem(place=place, text=text) for text in _half_tags(words)), *found)


def half_tags(template: Path) -> bool:
    """Tell whether a Word template has a tag that is not closed in its own paragraph.

    docxtpl would take everything up to the next closing mark for the tag, and drop it in silence.
    """
    return bool(_half_tags(_paragraphs(DocxTemplate(template))))


def mail_problems(template: Path, place: str, contexts: Iterable[Context]) -> tuple[Problem, ...]:
    """Fill a mail template with each context and tell what is wrong with it."""
    try:
        source = template.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return (Problem(place=place, text="Dit tekstbestand is niet leesbaar; sla het op als UTF-8."),)
    return _problems(
        place,
        tuple(source.splitlines()),
        contexts,
        lambda context, sandbox: fill_mail(template, context, sandbox),
        markup=template.suffix == ".html",
    )


def _problems(
    place: str,
    words: tuple[str, ...],
    contexts: Iterable[Context],
    render: Callable[[Context, SandboxedEnvironment], object],
    *,
    markup: bool = True,
) -> tuple[Problem, ...]:
    texts: dict[str, None] = {}
    for context in contexts:
        notes = _Notes()
        sandbox = environment(notes.undefined(), markup=markup)
        faults: list[str] = []
        try:
            render(context, sandbox)
        except (JinjaError, *EXPRESSION_FAULTS) as error:
            faults.append(_explain(error))
        notes.missing.update(dict.fromkeys(_unknown_at_top(words, context, sandbox)))
        unknown = (_unknown_field(name, owner, context, words) for name, owner in notes.missing.items())
        texts.update(dict.fromkeys([*unknown, *faults]))
    return tuple(Problem(place=place, text=text) for text in texts)


def _paragraphs(document: DocxTemplate) -> tuple[str, ...]:
    """Give the text of every paragraph of a template, headers and footers included."""
    document.init_docx()
    return tuple(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for part in story_parts(document)
        for paragraph in part.element.iter(qn("w:p"))
    )


def _half_tags(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f"Hier staat een half veld: {_near(text)}. Typ het veld opnieuw, in één keer."
        for text in words
        if _LEFT_OVER.search(_TAG.sub("", text))
    )


def _unknown_at_top(words: tuple[str, ...], context: Context, sandbox: SandboxedEnvironment) -> Iterator[str]:
    """Find unknown top-level fields, also in branches that this context does not enter."""
    source = "\n".join(re.sub(r"(\{[{%#])(?:tr|tc|p|r)\s", r"\1 ", text) for text in words)
    source = re.sub(r"\{%\s*(?:cellbg|colspan)\s+([^%]*)%\}", r"{{ \1 }}", source)
    try:
        found = meta.find_undeclared_variables(sandbox.parse(source))
    except TemplateSyntaxError:
        return iter(())
    return iter(sorted(found - set(placeholders(context)) - set(sandbox.globals)))


def _unknown_field(name: str, owner: object, context: Context, words: tuple[str, ...]) -> str:
    known = _names(owner) if is_dataclass(owner) else _names(context)
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"Bedoelde u '{close[0]}'?" if close else f"Bekend zijn: {', '.join(known)}."
    near = next((text for text in words if re.search(rf"[{{%].*\b{re.escape(name)}\b", text)), "")
    where = f", bij: {_near(near)}" if near else ""
    return f"Het veld '{name}' bestaat niet{where}. {hint}"


def _names(value: Any) -> list[str]:
    return [item.name for item in fields(value)]


def _near(text: str) -> str:
    """Quote a little of a text."""
    return f"“{shorten(text.strip(), _NEAR_CHARACTERS)}”"


def _explain(error: Exception) -> str:
    """Say in Dutch what stopped the filling."""
    if isinstance(error, SecurityError):
        return (
            "Een veld doet iets wat in een sjabloon niet mag. Gebruik alleen de velden uit de beschrijving."
        )
    if not isinstance(error, TemplateSyntaxError):
        return "Een berekening in een veld lukt niet. Gebruik alleen de velden uit de beschrijving."
    lines = list(getattr(error, "docx_context", ()))
    place = error.lineno - 1 - max(error.lineno - 4, 0)  # docxtpl hands over the lines around it
    near = lines[place] if place < len(lines) else ""
    where = f", bij: {_near(near)}" if near else ""
    return (
        f"Een veld of opdracht is niet goed geschreven{where}. "
        "Kijk of elke {{ een }} heeft, elke {% een %}, elke 'if' een 'endif' en elke 'for' een 'endfor'."
    )
