"""What is made smaller in a bundle that is too large to mail, and what never is."""

import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from large_files import album, image, photo, with_pictures
from pikepdf import Name
from PIL import Image

from pipeline.edges.pdf.shrink import shrink
from pipeline.edges.sandbox.workers import shared_workers

WIDE, HIGH = 2_000, 1_500
CM = 72 / 2.54


def images_of(path: Path) -> list[pikepdf.Object]:
    with pikepdf.open(path) as pdf:
        return [
            pikepdf.Dictionary(W=one.Width, H=one.Height, Size=len(one.read_raw_bytes()))
            for page in pdf.pages
            for one in page.Resources.XObject.values()
        ]


def shrunk(pdf: pikepdf.Pdf, tmp_path: Path) -> tuple[int, Path]:
    source, out = tmp_path / "bron.pdf", tmp_path / "klein.pdf"
    pdf.save(source)
    return shrink(source, out, 150), out


@pytest.fixture(scope="module")
def snapshot() -> bytes:
    return photo(WIDE, HIGH)


def test_a_photograph_keeps_150_dpi_as_it_is_shown(snapshot: bytes, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    count, out = shrunk(
        with_pictures((image(pdf, snapshot, WIDE, HIGH), 16 * CM, 12 * CM), pdf=pdf), tmp_path
    )
    (made,) = images_of(out)
    assert count == 1
    assert 150 <= int(made.W) / (16 / 2.54) < 151
    assert 150 <= int(made.H) / (12 / 2.54) < 151
    assert int(made.Size) < len(snapshot) / 3


def test_what_is_shown_twice_keeps_what_the_largest_needs(snapshot: bytes, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    one = image(pdf, snapshot, WIDE, HIGH)
    _, out = shrunk(with_pictures((one, 4 * CM, 3 * CM), (one, 16 * CM, 12 * CM), pdf=pdf), tmp_path)
    assert {int(made.W) for made in images_of(out)} == {945}


def test_size_on_the_page_counts_all_that_scales_it(snapshot: bytes, tmp_path: Path) -> None:
    """A form with its own matrix, on a page with a unit of its own."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 420))
    page.obj.UserUnit = 2
    form = pdf.make_stream(b"q 2 0 0 2 0 0 cm 50 0 0 37.5 0 0 cm /Im0 Do Q")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, pikepdf.Array([0, 0, 400, 400])
    form.Matrix = pikepdf.Array([1.5, 0, 0, 1.5, 0, 0])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image(pdf, snapshot, WIDE, HIGH)))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))
    page.contents_add(b"/Fm0 Do")
    count, out = shrunk(pdf, tmp_path)
    with pikepdf.open(out) as made:
        kept = made.pages[0].Resources.XObject.Fm0.Resources.XObject.Im0
        assert (count, int(kept.Width)) == (1, 625)  # 50 * 2 * 1.5 * 2 = 300 points


def test_a_picture_without_loss_becomes_a_photograph(tmp_path: Path) -> None:
    pixels = Image.open(io.BytesIO(photo(1_500, 1_200))).convert("L")
    pdf = pikepdf.new()
    told = {"ColorSpace": Name.DeviceGray, "Filter": Name.FlateDecode}
    grey = image(pdf, zlib.compress(pixels.tobytes()), *pixels.size, **told)
    count, out = shrunk(with_pictures((grey, 10 * CM, 8 * CM), pdf=pdf), tmp_path)
    assert (count, int(images_of(out)[0].W)) == (1, 591)


@pytest.mark.parametrize(
    "entries",
    [
        {"BitsPerComponent": 1, "ColorSpace": Name.DeviceGray, "Filter": Name.FlateDecode},
        {"ImageMask": True},
        {"Mask": pikepdf.Array([0, 1, 0, 1, 0, 1])},
        {"Decode": pikepdf.Array([1, 0, 1, 0, 1, 0])},
        {"ColorSpace": Name.DeviceCMYK},
        {"ColorSpace": pikepdf.Array([Name.Indexed, Name.DeviceRGB, 1, b"aaabbb"])},
        {"Filter": Name.JPXDecode},
        {"Filter": pikepdf.Array([Name.FlateDecode, Name.DCTDecode])},
        {"Width": 1_999},
        {"Height": -3},
    ],
)
def test_what_cannot_be_written_anew_stays(
    entries: dict[str, object], snapshot: bytes, tmp_path: Path
) -> None:
    pdf = pikepdf.new()
    odd = image(pdf, snapshot, WIDE, HIGH, **entries)
    count, out = shrunk(with_pictures((odd, 4 * CM, 3 * CM), pdf=pdf), tmp_path)
    assert (count, out.exists()) == (0, False)


def test_small_pictures_and_pictures_that_are_no_larger_than_they_need_stay(tmp_path: Path) -> None:
    small, sparse = photo(300, 200), photo(900, 675, quality=75)
    pdf = pikepdf.new()
    pages = (
        (image(pdf, small, 300, 200), 2 * CM, 1.3 * CM),
        (image(pdf, sparse, 900, 675), 18 * CM, 13.5 * CM),
    )
    assert shrunk(with_pictures(*pages, pdf=pdf), tmp_path)[0] == 0


def test_what_is_damaged_stays(snapshot: bytes, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    broken = image(pdf, snapshot[:200] + bytes(70_000), WIDE, HIGH)
    page = pdf.add_blank_page()
    page.contents_add(b"BT (half q /Im0 Do 1 0 cm")
    assert shrunk(with_pictures((broken, 100, 75), pdf=pdf), tmp_path)[0] == 0


def test_text_and_everything_else_stay_as_they_were(tmp_path: Path) -> None:
    source, out = album(tmp_path / "album.pdf", 2), tmp_path / "klein.pdf"
    assert shrink(source, out, 150) == 2
    with pikepdf.open(source) as before, pikepdf.open(out) as after:
        for one, other in zip(before.pages, after.pages, strict=True):
            assert [part.read_bytes() for part in one.Contents] == [
                part.read_bytes() for part in other.Contents
            ]
            assert one.MediaBox == other.MediaBox
    again = tmp_path / "nogmaals.pdf"
    shrink(source, again, 150)
    assert again.read_bytes() == out.read_bytes()


def test_pictures_are_decoded_in_the_worker(tmp_path: Path) -> None:
    """And a file that is no PDF at all only stays as large as it is."""
    source, out = album(tmp_path / "album.pdf", 1), tmp_path / "klein.pdf"
    assert shared_workers().shrink(source, out, 150) == 1
    assert 0 < out.stat().st_size < source.stat().st_size / 3
    odd = tmp_path / "geen.pdf"
    odd.write_bytes(b"nee")
    assert shared_workers().shrink(odd, tmp_path / "x.pdf", 150) == 0
