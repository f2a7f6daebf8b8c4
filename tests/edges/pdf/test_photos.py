"""Facts about binding photos of a letter: upright, A4, in order, the same bytes, nothing hidden along."""

import io

import pypdfium2
import pytest
import scans
from PIL import Image, ImageDraw

from pipeline.edges.pdf import bind_pictures
from pipeline.errors import UnreadableError

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"
SIDEWAYS = 6
"""EXIF: turn a quarter clockwise to see it upright."""


def picture(kind: str, *, block: str = "black", turned: bool = False, hidden: str = "") -> bytes:
    """Make an upright picture with a block in its upper left corner; ``turned`` = stored on its side."""
    image = Image.new("RGB", (300, 400), (235, 235, 235))
    ImageDraw.Draw(image).rectangle((0, 0, 90, 90), fill=block)
    exif = Image.Exif()
    if turned:
        image, exif[0x0112] = image.rotate(90, expand=True), SIDEWAYS
    if hidden:
        exif[0x010E] = hidden
    out = io.BytesIO()
    image.save(out, format=kind, exif=exif.tobytes())
    return out.getvalue()


def corners(pdf: bytes) -> list[tuple[int, int]]:
    """Give for each page the shade upper left and lower right of the picture on it."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=1, grayscale=True).to_pil() for page in document]
    boxes = [page.point(lambda shade: 255 if shade < 250 else 0).getbbox() or (0, 0, 9, 9) for page in pages]
    return [
        (page.getpixel((box[0] + 9, box[1] + 9)), page.getpixel((box[2] - 9, box[3] - 9)))  # type: ignore[misc]
        for page, box in zip(pages, boxes, strict=True)
    ]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_picture_becomes_an_upright_page(kind: str) -> None:
    ((first, last),) = corners(bind_pictures([picture(kind, turned=kind == "JPEG")]))
    assert first < 60
    assert last > 200


def test_a_photo_of_an_iphone_becomes_an_upright_page_and_says_no_more_of_the_telephone() -> None:
    """Held on its side; turned otherwise, the letter would begin elsewhere than at the upper left."""
    (photo, _) = scans.PHOTOS
    assert b"Verzonnen telefoon" in photo.read_bytes()
    bound = bind_pictures([photo.read_bytes()])
    with pypdfium2.PdfDocument(bound) as document:
        (page,) = (page.render(scale=1, grayscale=True).to_pil() for page in document)
    left, top, _, bottom = page.point(lambda shade: 255 if shade < 128 else 0).getbbox() or (0, 0, 0, 0)
    assert page.width < page.height
    assert left < page.width / 4
    assert top < page.height - bottom
    assert b"Verzonnen telefoon" not in bound


def test_pages_come_in_the_order_of_the_pictures() -> None:
    pages = corners(bind_pictures([picture("PNG", block=shade) for shade in ("#000", "#888", "#444")]))
    assert [shade for shade, _ in pages] == pytest.approx([0, 136, 68], abs=3)


def test_the_same_pictures_give_the_same_bytes() -> None:
    pictures = [picture("JPEG", turned=True), picture("PNG")]
    assert bind_pictures(pictures) == bind_pictures(pictures)


def test_what_a_phone_hides_in_a_photo_does_not_travel_along() -> None:
    content = picture("JPEG", hidden="Dorpsstraat 1, Zandhof")
    assert b"Dorpsstraat" in content
    assert b"Dorpsstraat" not in bind_pictures([content])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", EPS, b"\0\0\0\x18ftypheic" + bytes(200)])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    """Nor is a drawing that another program would have to be started for."""
    with pytest.raises(UnreadableError):
        bind_pictures([picture("PNG"), content])
