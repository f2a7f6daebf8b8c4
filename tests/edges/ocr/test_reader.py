"""Reading documents with scanned pages: order, certainty, what was not read, what is kept."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import scans
from fakes import pdf_of
from PIL import Image

from pipeline.edges.ocr import ScanReader, reader, render
from pipeline.edges.reading import read
from pipeline.edges.texts import Texts
from pipeline.values import Reading

SHORT = "Stichting Zandhof\n\nGeachte leden van de medezeggenschapsraad,\n\nHierbij vragen wij om instemming."
SCAN = scans.page(SHORT)
Rendered = list[int]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def joined(*documents: bytes) -> bytes:
    whole = pikepdf.new()
    for one in documents:
        whole.pages.extend(pikepdf.open(io.BytesIO(one)).pages)
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts(tmp_path)


@pytest.fixture
def rendered() -> Rendered:
    """Give the pages that were rendered, in order of asking."""
    return []


@pytest.fixture
def read_scan(texts: Texts, rendered: Rendered) -> Callable[[bytes, str], Reading]:
    def note(content: bytes, name: str, page_number: int, dpi: int) -> bytes:
        rendered.append(page_number)
        return render(content, name, page_number, dpi)

    return ScanReader(plain=read, render=note, texts=texts)


def test_a_pdf_of_pictures_is_read(read_scan: ScanReader) -> None:
    found = read_scan(scans.scan_pdf(SCAN), "scan.pdf")
    assert scans.share_found(SHORT, found.text) == 1
    assert (found.problem, found.unread, found.pages, found.scanned) == ("", "", 1, (1,))
    assert 0.8 < found.certainty <= 1


def test_pages_keep_their_order_among_pages_of_text(read_scan: ScanReader) -> None:
    """A letter of two pages of which the second was signed and scanned, with an annex behind it."""
    content = joined(
        pdf_of([["Brief van het bestuur"]]), scans.scan_pdf(SCAN), pdf_of([["Bijlage bij de brief"]])
    )
    found = read_scan(content, "brief.pdf")
    assert found.scanned == (2,)
    places = [found.text.index(words) for words in ("Brief van", "Geachte leden", "Bijlage bij")]
    assert places == sorted(places)


def test_what_is_text_is_left_to_the_plain_reader(read_scan: ScanReader, rendered: Rendered) -> None:
    content = pdf_of([["Geachte leden"]])
    assert read_scan(content, "brief.pdf") == read(content, "brief.pdf")
    assert not rendered


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (scans.encoded(SCAN, "TIFF", save_all=True, append_images=[scans.page("Tweede blad")]), "fax.tif"),
        (scans.encoded(SCAN.convert("RGB"), "PNG"), "scan.png"),
    ],
)
def test_a_picture_file_is_read(read_scan: ScanReader, content: bytes, name: str) -> None:
    found = read_scan(content, name)
    assert scans.share_found(SHORT, found.text) == 1
    assert ("Tweede blad" in found.text) == (found.pages == 2)


def test_a_photo_that_says_how_to_hold_it_is_read(read_scan: ScanReader) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = scans.encoded(scans.turned(SCAN, 90), "JPEG", exif=exif.tobytes())
    assert scans.share_found(SHORT, read_scan(content, "IMG_0001.jpg").text) == 1


def test_a_scan_is_read_only_once(read_scan: ScanReader, rendered: Rendered, texts: Texts) -> None:
    content = scans.scan_pdf(SCAN)
    first = read_scan(content, "scan.pdf")
    assert read_scan(content, "kopie.pdf") == first
    assert rendered == [1]
    kept = texts.find(sha256(content))
    assert kept is not None
    assert kept.text == first.text


def test_only_a_page_that_was_not_read_is_tried_again(
    read_scan: ScanReader, rendered: Rendered, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = scans.scan_pdf(scans.page("Bijlage een"), scans.page("Bijlage twee"))
    with monkeypatch.context() as patch:
        patch.setattr(reader, "MAX_PAGES", 1)
        assert "twee" not in read_scan(content, "scan.pdf").text
    assert "twee" in read_scan(content, "scan.pdf").text
    assert rendered == [1, 2]


def test_what_is_beyond_the_limit_is_told(read_scan: ScanReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    content = scans.scan_pdf(scans.page("Bijlage een"), scans.page("Bijlage twee"))
    found = read_scan(content, "scan.pdf")
    assert found.problem == ""
    assert "vanaf pagina 2, is de scan niet meer gelezen" in found.unread


def test_pages_for_which_there_is_no_time_are_told(
    read_scan: ScanReader, monkeypatch: pytest.MonkeyPatch, rendered: Rendered
) -> None:
    monkeypatch.setattr(reader, "MAX_SECONDS", -1.0)
    content = joined(pdf_of([["Brief van het bestuur"]]), scans.scan_pdf(SCAN, SCAN))
    found = read_scan(content, "brief.pdf")
    assert found.text == "Brief van het bestuur"
    assert found.unread.startswith("De pagina's 2 tot en met 3 zijn scans en werden niet gelezen.")
    assert not rendered


def test_without_tesseract_the_scan_has_a_problem_that_says_what_to_do(
    read_scan: ScanReader, monkeypatch: pytest.MonkeyPatch, texts: Texts
) -> None:
    monkeypatch.setenv("PATH", "")
    content = scans.scan_pdf(SCAN)
    found = read_scan(content, "scan.pdf")
    assert found.text == ""
    assert found.problem.startswith("Dit is een scan of foto; de tekst kon niet worden gelezen.")
    assert "Vraag de beheerder" in found.problem
    assert texts.find(sha256(content)) is None


def test_without_tesseract_the_pages_of_text_are_still_read(
    read_scan: ScanReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    found = read_scan(joined(pdf_of([["Brief van het bestuur"]]), scans.scan_pdf(SCAN)), "brief.pdf")
    assert (found.text, found.problem) == ("Brief van het bestuur", "")
    assert found.unread.startswith("Pagina 2 is een scan en werd niet gelezen. Het programma")


def test_a_picture_without_text_has_a_problem(read_scan: ScanReader) -> None:
    found = read_scan(scans.encoded(Image.new("L", (1_600, 1_200), 130)), "foto.png")
    assert found.problem == reader.NOTHING_READ


def test_without_a_place_to_keep_texts_scans_are_read_too() -> None:
    found = ScanReader(plain=read, render=render)(scans.scan_pdf(SCAN), "scan.pdf")
    assert scans.share_found(SHORT, found.text) == 1
