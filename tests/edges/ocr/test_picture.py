"""A glance at a page: blank or not, upright or lying, straight or askew, lit or in the shadow."""

import pytest
import scans
from PIL import Image

from pipeline.edges.ocr import picture as pictures

BLANK = Image.new("L", scans.A4, 255)
PAGE = scans.page()


def faint(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 225 + value * 30 // 255)


def test_an_empty_page_is_blank() -> None:
    assert pictures.look_at(BLANK).is_blank


@pytest.mark.parametrize("picture", [scans.page("Bijlage"), faint(scans.page("Zie ommezijde.")), PAGE])
def test_a_page_with_a_word_on_it_is_not_blank_however_faint(picture: Image.Image) -> None:
    assert not pictures.look_at(picture).is_blank


def test_specks_alone_are_not_worth_a_second_attempt() -> None:
    look = pictures.look_at(scans.noisy(BLANK))
    assert look.is_blank or look.is_sparse


@pytest.mark.parametrize("degrees", [-8, -5, 3, 4, 6, 8])
def test_the_skew_of_a_page_is_found(degrees: int) -> None:
    look = pictures.look_at(scans.turned(PAGE, degrees))
    assert abs(look.skew - degrees) <= 0.5
    assert not look.is_lying


@pytest.mark.parametrize("degrees", [0, 0.5, 1, -1, 180])
def test_a_page_that_tesseract_can_do_with_is_left_alone(degrees: float) -> None:
    look = pictures.look_at(scans.turned(PAGE, degrees))
    assert (look.skew, look.is_lying, look.is_uneven) == (0.0, False, False)


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_page_on_its_side_is_seen(degrees: int) -> None:
    assert pictures.look_at(scans.turned(PAGE, degrees)).is_lying
    assert pictures.look_at(scans.turned(scans.noisy(PAGE), degrees)).is_lying


def test_a_page_on_its_side_and_askew() -> None:
    look = pictures.look_at(scans.turned(PAGE, 94))
    assert look.is_lying
    assert abs(look.skew - 4) <= 0.5


def test_a_form_with_lines_does_not_lie() -> None:
    form = scans.form((("Onderwerp", "Rooster"), ("Artikel", "10 onder b WMS")), "Formulier")
    assert not pictures.look_at(form).is_lying


def test_a_shadow_is_seen() -> None:
    assert pictures.look_at(scans.shadowed(PAGE)).is_uneven


def test_a_small_picture_is_enlarged_and_a_large_one_made_smaller() -> None:
    assert max(pictures.sized(Image.new("L", (620, 877))).size) > 2_000
    assert max(pictures.sized(Image.new("L", (3_000, 6_000))).size) == pictures.LONG_SIDE
    assert pictures.sized(PAGE) is PAGE


@pytest.mark.parametrize("size", [(1, 1), (3, 2_000), (2_000, 3), (40, 40)])
def test_an_odd_shape_is_no_trouble(size: tuple[int, int]) -> None:
    assert pictures.look_at(pictures.sized(Image.new("L", size, 255))).is_blank
