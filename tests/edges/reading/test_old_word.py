"""Old Word documents."""

import pytest
from office_files import LETTER_TEXT, letter, saved_as

from pipeline.edges.reading import problems, read


def test_text_tables_and_title() -> None:
    """Of a Word 97 file the main text is read in order, rows as lines, cells with tabs."""
    reading = read(saved_as(letter(), "docx", "doc"), "brief.doc")
    assert reading.text == LETTER_TEXT
    assert reading.title == "Vakantierooster 2027"


def test_a_link_shows_its_words_not_its_instruction() -> None:
    page = b'<html><body><p>Zie <a href="https://raad.example/x">het voorstel</a> hier.</p></body></html>'
    assert read(saved_as(page, "html", "doc:MS Word 97"), "a.doc").text == "Zie het voorstel hier."


def test_named_otherwise_it_is_still_read() -> None:
    """What a file is, is told by its content."""
    assert read(saved_as(letter(), "docx", "doc"), "zonder ending").text == LETTER_TEXT


def test_cut_off_anywhere_nothing_is_raised() -> None:
    whole = saved_as(letter(), "docx", "doc")
    for size in range(8, len(whole), len(whole) // 60):
        reading = read(whole[:size], "brief.doc")
        assert bool(reading.text) != bool(reading.problem)


@pytest.mark.parametrize("value", [0x00, 0x7F, 0xFF])
def test_numbers_that_lie_do_not_bring_it_down(value: int) -> None:
    """Every place and length in the head of the document is in turn a wild one."""
    whole = saved_as(letter(), "docx", "doc")
    start = whole.index(b"\xec\xa5")
    for at in range(start, start + 0x400, 4):
        reading = read(whole[:at] + bytes([value] * 4) + whole[at + 4 :], "brief.doc")
        assert bool(reading.text) != bool(reading.problem)


def test_word_95_says_what_to_do() -> None:
    """Its head has a lower version number than Word 97; the secretary hears how to get it read."""
    whole = saved_as(letter(), "docx", "doc")
    start = whole.index(b"\xec\xa5")
    older = whole[: start + 2] + b"\x68\x00" + whole[start + 4 :]
    assert read(older, "brief.doc").problem == problems.TOO_OLD


def test_the_mark_of_a_password_is_believed() -> None:
    whole = saved_as(letter(), "docx", "doc")
    start = whole.index(b"\xec\xa5")
    locked = whole[: start + 0x0B] + bytes([whole[start + 0x0B] | 0x01]) + whole[start + 0x0C :]
    assert read(locked, "brief.doc").problem == problems.LOCKED
