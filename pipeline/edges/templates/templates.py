"""Word and mail templates: which there are, and filling them.

Touches docxtpl, python-docx and jinja2 through ``fill.py``; reads the shipped templates
and the council's own, and writes the finished document. An own template in
``Instellingen/sjablonen`` wins over the shipped one of the same name; a ``logo.png`` or
``logo.jpg`` there takes the place of the picture named ``Logo`` in every template.
"""

import difflib
import hashlib
from pathlib import Path

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docxtpl import DocxTemplate
from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError

from pipeline.contexts import Context
from pipeline.edges import files
from pipeline.edges.templates.check import EXPRESSION_FAULTS, document_problems, half_tags, mail_problems
from pipeline.edges.templates.examples import DOCUMENT_EXAMPLES
from pipeline.edges.templates.fill import environment, fill, fill_mail, put_logo, to_bytes
from pipeline.edges.templates.letter_examples import LETTER_EXAMPLES
from pipeline.edges.templates.mail_examples import MAIL_EXAMPLES
from pipeline.errors import Problem, TemplateError

DOCUMENTS = (
    "voorblad",
    "agenda",
    "scheidingsblad",
    "plaatshouder",
    "ontvangstbevestiging",
    "leesmij",
    "termijnen",
    "ingekomen_stukken",
    "verzendbewijs",
    "adresblad",
    "verzoek_om_aanvulling",
    "advies",
    "instemming",
    "onthouding_instemming",
    "nader_overleg",
    "beroep_nietigheid",
    "uitstel",
    "herinnering",
    "initiatiefvoorstel",
    "doorgeleiding",
    "toetsingsformulier",
)
"""Names of the Word templates."""

MAILS = (
    "mail_vergaderstukken",
    "mail_aankondiging",
    "mail_proef",
    "mail_dagoverzicht",
    "mail_alarm",
    "mail_brief",
    "mail_leesbaar_exemplaar",
    "mail_niet_bezorgd",
    "mail_nieuw_adres",
)
"""Names of the mail templates; each is a ``.txt`` and a ``.html``."""

EXAMPLES = {**DOCUMENT_EXAMPLES, **LETTER_EXAMPLES, **MAIL_EXAMPLES}
"""Contexts to try each template on, by its name."""

_LOGOS = ("logo.png", "logo.jpg")
_NOT_OURS = ("~$", ".", "Thumbs.db", "desktop.ini")
_IMAGE_FAULTS = (
    UnrecognizedImageError,
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    ZeroDivisionError,
    OSError,
)


class Templates:
    """The templates of one council.

    Args:
        shipped: Folder with the templates of the product.
        own: Folder with the council's own; need not exist.
    """

    def __init__(self, shipped: Path, own: Path | None = None) -> None:
        self._shipped = shipped
        self._own = own

    def render(self, name: str, context: Context, out: Path) -> None:
        """Fill a Word template and write the document.

        The same template and context always give the same bytes.

        Args:
            name: One of ``DOCUMENTS``.
            context: The context that belongs to it.
            out: File to write; replaced when it exists.

        Raises:
            TemplateError: The template is wrong; ``wat`` names the template and each fault.
        """
        template = self._path(f"{name}.docx")
        try:
            document = self._filled(template, context)
        except (JinjaError, OSError, *EXPRESSION_FAULTS) as error:
            problems = document_problems(template, self._place(template), (context,))
            raise _template_error(self._place(template), problems) from error
        self._put_logo(document)
        files.write(out, to_bytes(document))

    def render_mail(self, name: str, context: Context) -> tuple[str, str]:
        """Fill a mail template.

        Args:
            name: One of ``MAILS``.
            context: The context that belongs to it.

        Returns:
            The plain text and the HTML body, both ending in a line end.

        Raises:
            TemplateError: The template is wrong; ``wat`` names the template and each fault.
        """
        return self._mail(f"{name}.txt", context), self._mail(f"{name}.html", context)

    def fingerprint(self, name: str) -> str:
        """Give the sha256 of everything that decides how a template looks: its files and the logo.

        Raises:
            TemplateError: A file cannot be read.
        """
        names = [f"{name}.txt", f"{name}.html"] if name in MAILS else [f"{name}.docx"]
        paths = [self._path(file) for file in names] + [path for path in (self._logo(),) if path]
        try:
            digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
        except OSError as error:
            raise _template_error(names[0], ()) from error
        return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()

    def check(self) -> tuple[Problem, ...]:
        """Try every template, shipped and own, on examples; give all faults at once."""
        folders = [self._shipped, *([self._own] if self._own and self._own.is_dir() else [])]
        found = [problem for folder in folders for problem in self._check_folder(folder)]
        return (*found, *self._check_names(), *self._check_logo())

    @staticmethod
    def _filled(template: Path, context: Context) -> DocxTemplate:
        if half_tags(template):
            raise TemplateSyntaxError("tag not closed in its paragraph", 1)
        return fill(template, context, environment())

    def _path(self, file: str) -> Path:
        own = self._own / file if self._own else None
        return own if own and own.is_file() else self._shipped / file

    def _place(self, template: Path) -> str:
        own = self._own is not None and template.parent == self._own
        return f"{'Instellingen/sjablonen' if own else 'meegeleverde sjablonen'}/{template.name}"

    def _mail(self, file: str, context: Context) -> str:
        template = self._path(file)
        try:
            return fill_mail(template, context)
        except (JinjaError, OSError, *EXPRESSION_FAULTS) as error:
            problems = mail_problems(template, self._place(template), (context,))
            raise _template_error(self._place(template), problems) from error

    def _logo(self) -> Path | None:
        candidates = [self._own / file for file in _LOGOS] if self._own else []
        return next((path for path in candidates if path.is_file()), None)

    def _put_logo(self, document: DocxTemplate) -> None:
        logo = self._logo()
        if logo is None:
            return
        try:
            put_logo(document, logo)
        except _IMAGE_FAULTS as error:
            raise TemplateError(f"unusable logo {logo.name}", wat=_LOGO_UNUSABLE) from error

    def _check_folder(self, folder: Path) -> list[Problem]:
        problems: list[Problem] = []
        for name, contexts in EXAMPLES.items():
            for file in (f"{name}.docx", f"{name}.txt", f"{name}.html"):
                template = folder / file
                if not template.is_file():
                    continue
                is_word = template.suffix == ".docx"
                check = document_problems if is_word else mail_problems
                problems.extend(check(template, self._place(template), contexts))
        return problems

    def _check_names(self) -> list[Problem]:
        """Name the files in the own folder that replace nothing."""
        if self._own is None or not self._own.is_dir():
            return []
        known = [f"{name}.docx" for name in DOCUMENTS] + [*_LOGOS]
        known += [f"{name}{suffix}" for name in MAILS for suffix in (".txt", ".html")]
        strange = sorted(path.name for path in self._own.iterdir() if path.name not in known)
        return [
            Problem(place=f"Instellingen/sjablonen/{name}", text=_unknown_name(name, known))
            for name in strange
            if not name.startswith(_NOT_OURS)
        ]

    def _check_logo(self) -> list[Problem]:
        try:
            self._put_logo(fill(self._shipped / "voorblad.docx", EXAMPLES["voorblad"][0], environment()))
        except TemplateError as error:
            return [Problem(place="Instellingen/sjablonen", text=error.wat)]
        return []


_LOGO_UNUSABLE = "Het logo kan niet worden gelezen; sla het opnieuw op als png of jpg."


def _unknown_name(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"Bedoelde u '{close[0]}'?" if close else f"Bekend zijn: {', '.join(known)}."
    return f"Dit bestand vervangt geen enkel sjabloon. {hint}"


def _template_error(place: str, problems: tuple[Problem, ...]) -> TemplateError:
    if not problems:
        return TemplateError(
            f"unusable template {place}", wat=f"Het sjabloon {place} kan niet worden gebruikt."
        )
    return TemplateError(
        f"{len(problems)} problem(s) in template {place}", wat="\n".join(str(problem) for problem in problems)
    )
