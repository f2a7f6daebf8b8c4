"""Pictures of pages: of a PDF, of a photo with a mark how to hold it, of a TIFF with two pages, of a HEIC."""

import io

import pytest
import scans
from PIL import Image

from pipeline.edges.ocr import render
from pipeline.edges.ocr.rendering import MAX_SIDE
from pipeline.errors import UnreadableError

PAGE = scans.page("Bijlage", paper=(600, 900))


def picture_of(content: bytes, name: str, number: int = 1, dpi: int = 300) -> Image.Image:
    return Image.open(io.BytesIO(render(content, name, number, dpi)))


def test_a_page_of_a_pdf_has_the_resolution_asked_for() -> None:
    width, height = picture_of(scans.scan_pdf(scans.page()), "a.pdf", dpi=150).size
    assert abs(width - scans.A4[0] / 2) <= 1
    assert abs(height - scans.A4[1] / 2) <= 1


def test_a_page_said_to_be_enormous_is_drawn_small() -> None:
    content = scans.encoded(Image.new("L", (100, 200)), "PDF", resolution=0.5)
    assert max(picture_of(content, "a.pdf").size) <= MAX_SIDE + 1


def test_a_photo_is_held_as_the_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = scans.encoded(scans.turned(PAGE, 90), "JPEG", exif=exif.tobytes())
    drawn = picture_of(lying, "foto.jpg")
    assert drawn.width < drawn.height


def test_each_page_of_a_tiff_is_another() -> None:
    content = scans.encoded(PAGE, "TIFF", save_all=True, append_images=[Image.new("L", (600, 900), 0)])
    first, second = (picture_of(content, "fax.tif", number).getextrema() for number in (1, 2))
    assert first[1] == 255
    assert second[1] == 0


def test_what_is_transparent_is_white() -> None:
    content = scans.encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")
    assert picture_of(content, "a.png").getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("content", "name", "number"),
    [
        (scans.scan_pdf(PAGE), "a.pdf", 2),
        (scans.encoded(PAGE), "a.png", 2),
        (scans.encoded(PAGE)[:300], "a.png", 1),
        (b"%PDF-1.7 stuk", "a.pdf", 1),
        (b"", "leeg", 1),
    ],
)
def test_what_cannot_be_drawn_is_told(content: bytes, name: str, number: int) -> None:
    with pytest.raises(UnreadableError):
        render(content, name, number, 300)


def test_a_photo_of_an_iphone_is_drawn_upright() -> None:
    """Its first page has the letter at the top and white below."""
    drawn = picture_of(scans.PHOTOS[0].read_bytes(), "IMG_4711.HEIC")
    assert drawn.width < drawn.height
    ink = drawn.point(lambda shade: 255 if shade < 128 else 0)
    assert ink.crop((0, 0, drawn.width, drawn.height // 2)).getbbox()
    assert not ink.crop((0, drawn.height * 3 // 4, drawn.width, drawn.height)).getbbox()
