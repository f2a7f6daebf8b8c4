"""Presentations (.pptx)."""

import io

import pytest
from office_files import SLIDES_TEXT, slideshow
from pptx import Presentation

from pipeline.edges.reading import problems, read, slides, zipped


def test_slides_in_order_without_notes_and_hidden_ones() -> None:
    assert read(slideshow(), "plan.pptx").text == SLIDES_TEXT


def test_table_and_group() -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    table = slide.shapes.add_table(1, 2, 0, 0, 10**6, 10**6).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Huur", "12.500"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 10**6, 10**6).text_frame.text = "In een groep"
    target = io.BytesIO()
    show.save(target)
    assert read(target.getvalue(), "a.pptx").text == "Huur\t12.500\nIn een groep"


def test_no_more_slides_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slides, "MAX_SLIDES", 1)
    assert read(slideshow(), "plan.pptx").text == "Formatieplan\nEerste punt\nTweede – punt"


def test_the_container_is_judged_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_XML_BYTES", 1000)
    assert read(slideshow(), "plan.pptx").problem == zipped.TOO_BIG


def test_cut_off_anywhere() -> None:
    whole = slideshow()
    for size in range(4, len(whole) - 1, len(whole) // 20):
        assert read(whole[:size], "plan.pptx").problem == problems.DAMAGED
