"""Pictures of papers."""

import io

import pytest
import scans
from PIL import Image

from pipeline.edges.reading import picture, problems, read
from pipeline.edges.reading.filetype import FileType
from pipeline.values import Obstacle, Reading


def saved(*pages: Image.Image, kind: str, **how: object) -> bytes:
    target = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(target, kind, **more, **how)
    return target.getvalue()


def lying() -> Image.Image:
    """Make a picture that is white at the left and black at the right."""
    made = Image.new("L", (40, 20), 255)
    made.paste(0, (20, 0, 40, 20))
    return made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_one_page_to_be_read_by_others(kind: str) -> None:
    reading = read(saved(lying(), kind=kind), "foto")
    assert reading == Reading(text="", pages=1, problem=problems.SCAN, scanned=(1,))


def test_every_page_of_a_fax_counts() -> None:
    reading = read(saved(lying(), lying(), lying(), kind="TIFF"), "fax.tif")
    assert (reading.pages, reading.scanned) == (3, (1, 2, 3))


def test_a_photo_of_an_iphone_is_a_page_to_be_read_by_others() -> None:
    reading = read(scans.PHOTOS[0].read_bytes(), "IMG_4711.HEIC")
    assert reading == Reading(text="", pages=1, problem=problems.SCAN, scanned=(1,))


@pytest.mark.parametrize("broken", [b"\0\0\0\x18ftypheic" + bytes(200), scans.PHOTOS[0].read_bytes()[:300]])
def test_a_damaged_photo_of_a_telephone(broken: bytes) -> None:
    assert read(broken, "foto.heic").problem == problems.DAMAGED


def test_a_photo_that_was_held_sideways_is_turned() -> None:
    """EXIF orientation 6: the camera was turned a quarter; the white side comes on top."""
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = picture.upright_page(saved(lying(), kind="JPEG", exif=exif), FileType.JPEG)
    assert upright.size == (20, 40)
    assert upright.getpixel((10, 2)) > 200
    assert upright.getpixel((10, 37)) < 50


def test_the_second_page_of_a_fax() -> None:
    black = Image.new("L", (40, 20), 0)
    fax = saved(lying(), black, kind="TIFF")
    assert picture.upright_page(fax, FileType.TIFF, 2).getpixel((2, 2)) == 0


def test_too_many_points_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MAX_PIXELS", 100)
    assert read(saved(lying(), kind="PNG"), "a.png").problem == problems.TOO_BIG


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_cut_off_anywhere(kind: str) -> None:
    """Counted as far as its head tells, or told to be damaged; never raised."""
    whole = saved(lying(), lying(), kind=kind) if kind == "TIFF" else saved(lying(), kind=kind)
    for size in range(8, len(whole), max(1, len(whole) // 40)):
        reading = read(whole[:size], "a")
        assert reading.problem in (problems.SCAN, problems.DAMAGED)
        assert (reading.obstacle is Obstacle.DAMAGED) == (reading.problem == problems.DAMAGED)
