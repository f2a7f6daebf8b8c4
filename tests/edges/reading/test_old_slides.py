"""Old presentations."""

import pytest
from office_files import SLIDES_TEXT, saved_as, slideshow

from pipeline.edges.reading import read


def test_slides_in_order_without_notes_and_hidden_ones() -> None:
    assert read(saved_as(slideshow(), "pptx", "ppt"), "plan.ppt").text == SLIDES_TEXT


def test_cut_off_anywhere_nothing_is_raised() -> None:
    whole = saved_as(slideshow(), "pptx", "ppt")
    for size in range(8, len(whole), len(whole) // 60):
        reading = read(whole[:size], "plan.ppt")
        assert bool(reading.text) != bool(reading.problem)


@pytest.mark.parametrize("value", [0x00, 0x0F, 0xFF])
def test_bytes_that_lie_do_not_bring_it_down(value: int) -> None:
    whole = saved_as(slideshow(), "pptx", "ppt")
    for at in range(512, len(whole), len(whole) // 300):
        reading = read(whole[:at] + bytes([value] * 4) + whole[at + 4 :], "plan.ppt")
        assert bool(reading.text) != bool(reading.problem)
