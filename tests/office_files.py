"""Old Office files for tests, made by LibreOffice: no library of ours writes them."""

import io
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from pptx import Presentation

OLE_SECTOR = 512


@cache
def saved_as(content: bytes, ending: str, kind: str) -> bytes:
    """Let LibreOffice save a document as another kind; without LibreOffice the test is skipped."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice makes the old Office files of this test")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"stuk.{ending}")
        source.write_bytes(content)
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=90,
        )
        return source.with_suffix(f".{kind.partition(':')[0]}").read_bytes()


@cache
def letter() -> bytes:
    """Make a letter (.docx) with a title, a heading, a sentence, a table and a line with a tab."""
    document = docx.Document()
    document.core_properties.title = "Vakantierooster 2027"
    document.add_heading("Instemmingsverzoek", level=1)
    document.add_paragraph("Geachte leden, café € 5 – wij vragen uw instemming.")
    table = document.add_table(rows=2, cols=2)
    for place, words in (((0, 0), "Post"), ((0, 1), "Bedrag"), ((1, 0), "Huur"), ((1, 1), "12.500")):
        table.cell(*place).text = words
    document.add_paragraph("Na\tdit")
    return _bytes(document)


LETTER_TEXT = (
    "Instemmingsverzoek\nGeachte leden, café € 5 – wij vragen uw instemming.\n"
    "Post\tBedrag\nHuur\t12.500\nNa\tdit"
)


@cache
def workbook() -> bytes:
    """Make a workbook (.xlsx) with a sheet of figures and a hidden one."""
    book = openpyxl.Workbook()
    book.active.title = "Begroting"
    book.active.append(["Post", "Bedrag", "Klopt"])
    book.active.append(["Huur", 1234.5, True])
    hidden = book.create_sheet("Verborgen")
    hidden.append(["geheim"])
    hidden.sheet_state = "hidden"
    return _bytes(book)


@cache
def slideshow() -> bytes:
    """Make a presentation (.pptx): a title with points, a loose box with notes, and a hidden slide."""
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "Formatieplan"
    first.placeholders[1].text = "Eerste punt\nTweede – punt"
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "Vervolg"
    second.shapes.add_textbox(0, 0, 10**6, 10**6).text_frame.text = "Los vak"
    second.notes_slide.notes_text_frame.text = "Notitie van de spreker"
    third = show.slides.add_slide(show.slide_layouts[5])
    third.shapes.title.text = "Verborgen dia"
    third.element.set("show", "0")
    return _bytes(show)


SLIDES_TEXT = "Formatieplan\nEerste punt\nTweede – punt\n\nVervolg\nLos vak"


def _bytes(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
