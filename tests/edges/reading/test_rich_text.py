"""RTF documents."""

from office_files import LETTER_TEXT, letter, saved_as

from pipeline.edges.reading import problems, read


def test_text_tables_and_title() -> None:
    reading = read(saved_as(letter(), "docx", "rtf"), "brief.rtf")
    assert reading.text == LETTER_TEXT
    assert reading.title == "Vakantierooster 2027"


def test_letters_of_the_code_page_and_of_unicode() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252 Co\'f6rdinatie kost \u8364? 5\par Tweede regel}"
    assert read(rtf, "a.rtf").text == "Coördinatie kost € 5\nTweede regel"


def test_a_picture_is_not_text_and_takes_no_time() -> None:
    """Five megabytes of picture digits stand between two sentences."""
    rtf = rb"{\rtf1 Voor{\pict\pngblip " + b"89504e47" * 600_000 + rb"} en na}"
    assert read(rtf, "a.rtf").text == "Voor en na"


def test_without_text() -> None:
    assert read(rb"{\rtf1\ansi }", "a.rtf").problem == problems.NO_TEXT


def test_cut_off_anywhere() -> None:
    whole = saved_as(letter(), "docx", "rtf")
    for size in range(6, len(whole), len(whole) // 40):
        reading = read(whole[:size], "a.rtf")
        assert bool(reading.text) != bool(reading.problem)
