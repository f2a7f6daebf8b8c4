"""Pages as they come from scanners, read by tesseract itself; what counts is the share of words found."""

import textwrap
import time
from contextlib import suppress

import pytest
import scans
from PIL import Image

from pipeline.edges.ocr import picture as pictures
from pipeline.edges.ocr.lines import BLANK
from pipeline.edges.ocr.page import GOOD, read_page
from pipeline.edges.ocr.tesseract import PictureFaultError

TEXT = scans.LETTER.partition("De reden")[0]
PAGE = scans.page(TEXT)
_COLUMN = (
    "vragen om meer tijd voor de voorbereiding van het rooster, omdat de vakantieweken van beide scholen "
    "pas laat bekend zijn. Zij stellen voor om de bespreking uit te stellen tot de vergadering van januari, "
    "en om dan ook de opvang in de wijk te bespreken."
)


def share(picture: Image.Image, text: str = TEXT) -> float:
    return scans.share_found(text, read_page(pictures.encoded(picture)).text)


@pytest.mark.parametrize("degrees", [0, 4, -8, 90, 180, 270, 94])
def test_a_page_is_read_however_it_lies(degrees: float) -> None:
    assert share(scans.turned(PAGE, degrees)) > 0.95


def test_lines_and_paragraphs_stay() -> None:
    lines = read_page(pictures.encoded(PAGE)).text.splitlines()
    assert "Betreft: instemmingsverzoek vakantierooster 2027-2028" in lines
    assert lines[lines.index("Geachte leden van de medezeggenschapsraad,") - 1] == ""


def test_a_page_in_the_shadow_is_read() -> None:
    assert share(scans.shadowed(PAGE, darkest=0.5)) > 0.9


def test_a_page_of_75_dpi_is_read() -> None:
    assert share(PAGE.resize((620, 877), Image.Resampling.BOX)) > 0.95


def test_label_and_value_of_a_form_stand_on_one_line() -> None:
    rows = (("Naam instelling", "Stichting Zandhof"), ("Antwoord voor", "18 december 2026"))
    text = read_page(pictures.encoded(scans.form(rows, "Formulier"))).text
    assert "Naam instelling\tStichting Zandhof" in text
    assert "Antwoord voor\t18 december 2026" in text


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = (
        "\n".join(textwrap.wrap(f"{who} {_COLUMN} Tot zover {who.lower()}.", 44))
        for who in ("De leraren", "De ouders")
    )
    text = " ".join(read_page(pictures.encoded(scans.columns(left, right))).text.split())
    assert text.index("Tot zover de leraren") < text.index("De ouders")


def test_dirt_lowers_the_certainty() -> None:
    clean, dirty = (
        read_page(pictures.encoded(page)) for page in (PAGE, scans.noisy(PAGE, strength=80, specks=15_000))
    )
    assert clean.certainty > 0.9
    assert dirty.certainty < GOOD


def test_a_blank_page_takes_no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert read_page(pictures.encoded(Image.new("L", scans.A4, 255))) == BLANK


def test_what_is_no_picture_is_a_fault() -> None:
    with pytest.raises(PictureFaultError):
        read_page(b"P5 geen plaatje")


def test_no_attempt_is_made_after_the_time_is_up() -> None:
    """The first attempt gets a second at least; a page that is upside down would need another one."""
    began, found = time.monotonic(), ""
    with suppress(PictureFaultError):  # on a busy machine a second may not be enough for the first
        found = read_page(pictures.encoded(scans.turned(scans.page("Bijlage 2"), 180)), ends_at=began).text
    assert "Bijlage" not in found
