"""Set a plain text as a sober Word document, so that it can become pages.

May touch: the file it is asked to write.
"""

from pathlib import Path

import docx
from docx.shared import Cm, Pt

MAX_LINES = 20_000
_FONT = "Calibri"
_MORE = "[De tekst is hier afgebroken: het bestand is te lang om helemaal af te drukken.]"


def _clean(line: str) -> str:
    """Drop what XML cannot hold; a form feed is only the end of a page on paper long gone."""
    return "".join(mark for mark in line if mark == "\t" or (mark >= " " and mark not in "\ufffe\uffff\x7f"))


def write(text: str, path: Path) -> None:
    r"""Write a text as .docx: A4, one paragraph per line, in order, nothing left out up to ``MAX_LINES``.

    Args:
        text: With ``\n`` line ends.
        path: File to be written; replaced when it exists.
    """
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)
    style.paragraph_format.space_after = Pt(0)
    lines = text.split("\n")
    for line in [*lines[:MAX_LINES], *([_MORE] if len(lines) > MAX_LINES else [])]:
        document.add_paragraph(_clean(line.rstrip()))
    document.save(str(path))
