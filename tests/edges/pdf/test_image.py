"""Facts about pictures that become pages."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from pipeline.edges.pdf import bind_pictures
from pipeline.edges.pdf.image import MAX_SIDE_PIXELS
from pipeline.errors import UnreadableError

A4_POINTS = (595, 842)


def image_to_pdf(source: Path, out: Path) -> int:
    """Make a PDF of one picture; gives the number of pages."""
    out.write_bytes(bind_pictures((source.read_bytes(),)))
    return len(page_sizes(out))


def marked(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Make a light picture with a black block in its upper left corner."""
    image = Image.new("RGB", size, (230, 230, 230))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="black")
    return image.convert(mode)


def page_sizes(path: Path) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [(round(page.get_width()), round(page.get_height())) for page in pdf]


def rendered(path: Path) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[0].render(scale=1, grayscale=True).to_pil()


def dark_box(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.point(lambda shade: 255 if shade < 60 else 0).getbbox()
    assert box is not None
    return box


MODES = {
    "jpg": ("RGB", "L", "1", "CMYK"),
    "png": ("RGB", "L", "1", "P", "RGBA", "LA", "I;16"),
    "tif": ("RGB", "L", "1", "P", "RGBA", "LA", "CMYK", "I;16"),
}


@pytest.mark.parametrize(("suffix", "mode"), [(suffix, mode) for suffix in MODES for mode in MODES[suffix]])
def test_every_kind_of_picture_becomes_a_page(tmp_path: Path, suffix: str, mode: str) -> None:
    image = marked((400, 600), "L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 256).convert("I;16")
    source, out = tmp_path / f"foto.{suffix}", tmp_path / "foto.pdf"
    image.save(source)
    assert image_to_pdf(source, out) == 1
    assert page_sizes(out) == [A4_POINTS]
    left, top, right, bottom = dark_box(rendered(out))
    assert right < 595 / 2
    assert bottom < 842 / 2
    assert (right - left, bottom - top) == pytest.approx((75, 112), abs=3)


def test_picture_that_lies_gets_a_page_that_lies(tmp_path: Path) -> None:
    source, out = tmp_path / "a.png", tmp_path / "a.pdf"
    marked((900, 500)).save(source)
    image_to_pdf(source, out)
    assert page_sizes(out) == [(842, 595)]


def test_photo_is_put_upright(tmp_path: Path) -> None:
    """Orientation 6: the camera was turned; the block at the upper left belongs at the upper right."""
    source, out = tmp_path / "a.jpg", tmp_path / "a.pdf"
    exif = Image.Exif()
    exif[0x0112] = 6
    marked((600, 400)).save(source, exif=exif)
    image_to_pdf(source, out)
    assert page_sizes(out) == [A4_POINTS]
    left, _, _, bottom = dark_box(rendered(out))
    assert left > 595 / 2
    assert bottom < 842 / 2


def test_every_frame_becomes_a_page(tmp_path: Path) -> None:
    source, out = tmp_path / "fax.tif", tmp_path / "fax.pdf"
    first, *rest = [marked(size, "1") for size in ((400, 600), (600, 400), (400, 600))]
    first.save(source, save_all=True, append_images=rest)
    assert image_to_pdf(source, out) == 3
    assert page_sizes(out) == [A4_POINTS, (842, 595), A4_POINTS]


def test_picture_leaves_a_margin_and_is_not_enlarged(tmp_path: Path) -> None:
    source, out = tmp_path / "a.png", tmp_path / "a.pdf"
    Image.new("L", (2_480, 3_508), 0).save(source, dpi=(300, 300))
    image_to_pdf(source, out)
    left, top, right, bottom = dark_box(rendered(out))
    assert min(left, top, 595 - right, 842 - bottom) >= 35
    Image.new("L", (96, 96), 0).save(source, dpi=(96, 96))
    image_to_pdf(source, out)
    left, top, right, bottom = dark_box(rendered(out))
    assert (right - left, bottom - top) == pytest.approx((72, 72), abs=2)


def test_what_a_phone_hides_in_a_photo_stays_behind(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jpg", tmp_path / "a.pdf"
    exif = Image.Exif()
    exif[0x013B] = "Eigenaar van de telefoon"
    marked((300, 300)).save(source, exif=exif)
    image_to_pdf(source, out)
    assert b"Eigenaar" not in out.read_bytes()


def test_very_large_photo_is_brought_to_print_size(tmp_path: Path) -> None:
    source, out = tmp_path / "a.png", tmp_path / "a.pdf"
    Image.new("L", (5_000, 100), 0).save(source)
    image_to_pdf(source, out)
    assert f"/Width {MAX_SIDE_PIXELS}".encode() in out.read_bytes()


def test_same_picture_gives_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "a.jpg"
    marked((300, 300)).save(source)
    outs = [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    for out in outs:
        image_to_pdf(source, out)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def broken() -> dict[str, bytes]:
    buffer = io.BytesIO()
    marked((400, 400)).save(buffer, format="PNG")
    whole = buffer.getvalue()
    bomb = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, format="PNG")
    return {"empty": b"", "text": b"geen foto", "cut off": whole[: len(whole) // 2], "bomb": bomb.getvalue()}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("kind", ["empty", "text", "cut off", "bomb"])
def test_broken_or_huge_picture_is_refused(tmp_path: Path, kind: str) -> None:
    source, out = tmp_path / "a.png", tmp_path / "a.pdf"
    source.write_bytes(broken()[kind])
    with pytest.raises(UnreadableError) as caught:
        image_to_pdf(source, out)
    assert "afbeelding" in caught.value.wat
    assert not out.exists()
