"""Which pages of a PDF are pictures that only OCR can read."""

import io
from pathlib import Path

import pikepdf
import pytest
from pdf_files import helvetica

from pipeline.edges.reading import problems, read


def page_with(pdf: pikepdf.Pdf, content: str) -> None:
    """Add a page that can show letters (/F1) and a picture (/Im)."""
    page = pdf.add_blank_page(page_size=(595, 842))
    picture = pdf.make_stream(bytes(64))
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width = picture.Height = picture.BitsPerComponent = 8
    picture.ColorSpace = pikepdf.Name.DeviceGray
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=helvetica()), XObject=pikepdf.Dictionary(Im=picture)
    )
    page.contents_add(content.encode())


def pdf_with(*contents: str) -> bytes:
    pdf = pikepdf.new()
    for content in contents:
        page_with(pdf, content)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


WHOLE_PAGE = "q 580 0 0 820 5 5 cm /Im Do Q "
LOGO = "q 80 0 0 40 50 780 cm /Im Do Q "


def words(text: str) -> str:
    return f"BT /F1 11 Tf 50 700 Td ({text}) Tj ET"


def test_a_scanned_annex_behind_a_typed_letter() -> None:
    reading = read(pdf_with(words("Geachte leden,"), WHOLE_PAGE, words("Slot van de brief")), "a.pdf")
    assert reading.text.split("\n\n") == ["Geachte leden,", "", "Slot van de brief"]
    assert [reading.text[start : start + 4] for start in reading.page_starts] == ["Geac", "\n\nSl", "Slot"]
    assert (reading.scanned, reading.problem) == ((2,), "")


@pytest.mark.parametrize("mark", ["3", "p. 3", "- 12 -"])
def test_a_stray_mark_on_a_scan_is_no_text(mark: str) -> None:
    reading = read(pdf_with(WHOLE_PAGE + words(mark)), "a.pdf")
    assert (reading.text, reading.scanned, reading.problem) == ("", (1,), problems.SCAN)


def test_a_scan_that_was_read_before_has_text() -> None:
    """Words behind the picture, as a scanner puts them there."""
    reading = read(pdf_with(WHOLE_PAGE + words("Geachte leden,")), "a.pdf")
    assert (reading.text, reading.scanned) == ("Geachte leden,", ())


def test_a_page_with_a_number_and_a_logo_is_text() -> None:
    reading = read(pdf_with(LOGO + words("3")), "a.pdf")
    assert (reading.text, reading.scanned) == ("3", ())


def test_a_blank_back_has_nothing_to_read() -> None:
    reading = read(pdf_with(words("Geachte leden,"), ""), "a.pdf")
    assert (reading.pages, reading.scanned) == (2, ())


CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "pdf"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the public test files are not on this machine")
def test_files_that_others_stumbled_over() -> None:
    """Each is read, or it is said why not; nothing is raised."""
    for path in sorted(one for one in CORPUS.rglob("*") if one.is_file()):
        reading = read(path.read_bytes(), path.name)
        assert bool(reading.text) != bool(reading.problem), path.name
