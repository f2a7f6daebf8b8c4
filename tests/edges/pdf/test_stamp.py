"""Facts about the stamp as a reader sees it: rendered pages are looked at, not content streams."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array
from PIL import Image

from pipeline.edges.pdf import assemble
from pipeline.edges.pdf.stamp import Box, appearance_matrix, is_tidy, page_shape, text_width, winansi
from pipeline.ports import AssemblyPart

STAMP = "agendapunt 4 · stuk 4.2"


def stamped(tmp_path: Path, *, content: bytes = b"", concept: bool = False, **page_keys: object) -> Path:
    """Make a one-page bundle of a page with these keys and this content."""
    pdf = pikepdf.Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.Contents = pdf.make_stream(content)
    for key, value in page_keys.items():
        page[f"/{key}"] = Array(value) if isinstance(value, list) else value
    source, out = tmp_path / "bron.pdf", tmp_path / "bundel.pdf"
    pdf.save(source)
    part = AssemblyPart(pdf=source, outline="Stuk", level=0, stamp=STAMP, key="")
    assemble([part], out, title="t", author="a", concept=concept)
    return out


def picture(path: Path, scale: float = 2.0) -> Image.Image:
    """Render the first page in grey, at so many pixels to a point."""
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[0].render(scale=scale, grayscale=True).to_pil()


def ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    """Give left, top, right, bottom of everything that is not nearly white."""
    box = image.point(lambda shade: 255 if shade < 200 else 0).getbbox()
    assert box is not None
    return box


SHAPES = {
    "a4": {},
    "landscape": {"MediaBox": [0, 0, 842, 595]},
    "origin elsewhere": {"MediaBox": [-300, 1000, 295, 1842]},
    "cropped": {"MediaBox": [0, 0, 700, 1000], "CropBox": [100, 150, 500, 800]},
    "crop box larger than the sheet": {"CropBox": [-500, -500, 2000, 2000]},
    "crop box beside the sheet": {"CropBox": [5000, 5000, 6000, 6000]},
    "corners the other way round": {"MediaBox": [595, 842, 0, 0]},
}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("shape", SHAPES)
def test_stamp_lies_upright_at_the_bottom_right_that_a_reader_sees(
    tmp_path: Path, shape: str, rotation: int
) -> None:
    image = picture(stamped(tmp_path, Rotate=rotation, **SHAPES[shape]))
    left, top, right, bottom = ink_box(image)
    assert right - left > 5 * (bottom - top), "one line, lying"
    assert 20 < image.width - right < 60, "10 to 30 points from the right edge"
    assert 20 < image.height - bottom < 60, "10 to 30 points from the bottom edge"
    assert bottom - top < 24, "small: less than 12 points high"


@pytest.mark.parametrize("rotation", [0, 90])
def test_stamp_is_as_large_on_a_page_with_a_user_unit(tmp_path: Path, rotation: int) -> None:
    """A page of 100 x 150 units of 4 points is 400 x 600 points; the stamp is 8 points as everywhere.

    pdfium draws such a page unscaled, so the picture is 4 times as small as on paper.
    """
    image = picture(stamped(tmp_path, MediaBox=[0, 0, 100, 150], UserUnit=4, Rotate=rotation), scale=8)
    left, top, right, bottom = ink_box(image)
    assert 10 < image.width - right < 60
    assert 10 < image.height - bottom < 60
    assert 5 * (bottom - top) < right - left < 2 * (text_width(STAMP + " · 1/1", 8) + 5)


@pytest.mark.parametrize("size", [(40, 30), (12, 200), (200, 9), (1, 1), (14_000, 10_000)])
def test_stamp_stays_inside_tiny_and_huge_pages(tmp_path: Path, size: tuple[int, int]) -> None:
    out = stamped(tmp_path, MediaBox=[0, 0, *size], content=b"")
    image = picture(out, scale=600 / max(size))
    dark = image.point(lambda shade: 255 if shade < 250 else 0).getbbox()
    if max(size) < 1_000 and min(size) > 5:
        assert dark is not None
        assert dark[0] > 0
        assert dark[2] < image.width


def test_stamp_can_be_read_on_a_dark_scan(tmp_path: Path) -> None:
    """On a black page the stamp is dark on a light patch; elsewhere the scan stays black."""
    image = picture(stamped(tmp_path, content=b"0 g 0 0 595 842 re f"))
    patch = image.point(lambda shade: 255 if shade > 150 else 0).getbbox()
    assert patch is not None
    assert patch[0] > image.width / 2
    assert patch[1] > image.height * 0.9
    middle = (patch[0] + patch[2]) // 2
    column = [image.getpixel((middle + x, (patch[1] + patch[3]) // 2)) for x in range(-60, 60)]
    assert min(column) < 110
    assert max(column) > 180


def test_stamp_says_the_same_in_the_text_of_the_page(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(stamped(tmp_path)) as pdf:
        assert pdf[0].get_textpage().get_text_range().strip() == f"{STAMP} · 1/1"


@pytest.mark.parametrize("rotation", [0, 90])
def test_concept_is_large_and_leaves_the_text_readable(tmp_path: Path, rotation: int) -> None:
    """The word covers the middle of the page, but nowhere darker than light grey."""
    plain = picture(stamped(tmp_path, Rotate=rotation))
    marked = picture(stamped(tmp_path, Rotate=rotation, concept=True))
    grey = marked.point(lambda shade: 255 if 200 <= shade < 250 else 0).getbbox()
    assert grey is not None
    assert grey[2] - grey[0] > marked.width * 0.4
    assert grey[3] - grey[1] > marked.height * 0.3
    assert ink_box(marked) == ink_box(plain)


@pytest.mark.parametrize("shade", [b"0", b"0.4", b"1"])
def test_concept_can_be_seen_on_any_background(tmp_path: Path, shade: bytes) -> None:
    """Also on a photo that is as grey as the word; 0.4 is that grey."""
    content = shade + b" g 0 0 595 842 re f"
    middle = (200, 400, 900, 1_200)
    darkest, lightest = picture(stamped(tmp_path, content=content, concept=True)).crop(middle).getextrema()
    assert lightest - darkest >= 10


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("één · 4b – €", b"\xe9\xe9n \xb7 4b \x96 \x80"),
        ("Łódź", b"?\xf3dz"),
        ("漢(", b"?("),
    ],
)
def test_stamp_text_is_winansi(text: str, encoded: bytes) -> None:
    assert winansi(text) == encoded


def test_width_of_text_is_that_of_helvetica() -> None:
    """From the metrics of Helvetica: A 667, g 556, e 556, accent as its letter, dot 278."""
    assert text_width("Age", 10) == pytest.approx(17.79)
    assert text_width("é·", 1000) == 556 + 278


@given(
    st.lists(st.floats(allow_nan=True), max_size=5),
    st.lists(st.floats(), max_size=5),
    st.floats(),
    st.floats(),
)
def test_every_page_has_a_shape(media: list[float], crop: list[float], rotation: float, unit: float) -> None:
    """Whatever the numbers in a page, what is visible is an area inside the sheet."""
    shape = page_shape(media=tuple(media), crop=tuple(crop), rotation=rotation, unit=unit)
    assert shape.visible.width > 0
    assert shape.visible.height > 0
    assert shape.media.left <= shape.visible.left < shape.visible.right <= shape.media.right
    assert shape.rotation in {0, 90, 180, 270}
    assert shape.unit > 0


def test_appearance_is_fitted_into_its_rectangle_also_when_turned() -> None:
    """A form of 10 x 20 turned a quarter by its own matrix fills a rectangle of 40 x 10."""
    matrix = appearance_matrix(
        Box(left=100, bottom=200, right=140, top=210),
        Box(left=0, bottom=0, right=10, top=20),
        (0, 1, -1, 0, 0, 0),
    )
    assert matrix == (2, 0, 0, 1, 140, 200)


@pytest.mark.parametrize(
    ("content", "tidy"),
    [
        (b"q 1 0 0 1 0 0 cm Q BT (a) Tj ET", True),
        (b"q\nQ\nq\nBT/F1 8 Tf[(a)-3(b)]TJ ET\nQ", True),
        (b"q q Q", False),
        (b"BT (a) Tj", False),
        (b"BT (a", False),
        (b"/A BMC", False),
        (b"BI /W 1 ID x", False),
    ],
)
def test_content_that_leaves_something_open_is_untidy(content: bytes, tidy: bool) -> None:  # noqa: FBT001
    assert is_tidy(content) is tidy
