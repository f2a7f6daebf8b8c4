"""From tesseract's table to readable text: lines, paragraphs, cells, words cut in two."""

from pipeline.edges.ocr.lines import NOTHING, page_text

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def word(text: str, *, line: tuple[int, int, int], left: int, top: int, sure: float = 90) -> str:
    block, paragraph, number = line
    width = 20 * len(text)
    return f"5\t1\t{block}\t{paragraph}\t{number}\t1\t{left}\t{top}\t{width}\t40\t{sure}\t{text}"


def table(*words: str) -> str:
    return "\n".join((HEAD, "4\t1\t1\t1\t1\t0\t0\t0\t900\t40\t-1\t", *words))


def test_words_of_a_line_stand_together_and_paragraphs_apart() -> None:
    made = page_text(
        table(
            word("Geachte", line=(1, 1, 1), left=0, top=0),
            word("leden,", line=(1, 1, 1), left=155, top=0),
            word("Hierbij", line=(1, 2, 1), left=0, top=120),
            word("vragen", line=(1, 2, 2), left=0, top=170),
        )
    )
    assert made.text == "Geachte leden,\n\nHierbij\nvragen"
    assert made.words == 4


def test_certainty_is_the_mean_of_the_words() -> None:
    made = page_text(
        table(
            word("een", line=(1, 1, 1), left=0, top=0, sure=80),
            word("twee", line=(1, 1, 1), left=75, top=0, sure=40),
        )
    )
    assert abs(made.certainty - 0.6) < 1e-9


def test_a_gap_between_columns_of_a_table_is_a_tab() -> None:
    made = page_text(
        table(
            word("Bedrag", line=(1, 1, 1), left=0, top=0),
            word("1.200", line=(1, 1, 1), left=500, top=0),
        )
    )
    assert made.text == "Bedrag\t1.200"


def test_cells_of_a_form_that_follow_each_other_are_one_line() -> None:
    """Tesseract gives each cell a block of its own; a label without its value says nothing."""
    made = page_text(
        table(
            word("Onderwerp", line=(1, 1, 1), left=0, top=100),
            word("Vakantierooster", line=(2, 1, 1), left=500, top=104),
            word("Artikel", line=(3, 1, 1), left=0, top=300),
        )
    )
    assert made.text == "Onderwerp\tVakantierooster\n\nArtikel"


def test_a_second_column_of_text_is_not_mixed_with_the_first() -> None:
    made = page_text(
        table(
            word("links", line=(1, 1, 1), left=0, top=0),
            word("onder", line=(1, 1, 2), left=0, top=50),
            word("rechts", line=(2, 1, 1), left=600, top=0),
        )
    )
    assert made.text == "links\nonder\n\nrechts"


def test_a_word_cut_in_two_is_whole_again_but_a_hyphen_that_is_meant_stays() -> None:
    made = page_text(
        table(
            word("medezeggen-", line=(1, 1, 1), left=0, top=0),
            word("schapsraad", line=(1, 1, 2), left=0, top=50),
            word("voor-", line=(1, 1, 3), left=0, top=100),
            word("en", line=(1, 1, 4), left=0, top=150),
            word("nadelen", line=(1, 1, 4), left=45, top=150),
        )
    )
    assert made.text == "medezeggenschapsraad\nvoor-\nen nadelen"


def test_quotation_marks_do_not_confuse_the_table() -> None:
    made = page_text(
        table(
            word('"Ja', line=(1, 1, 1), left=0, top=0),
            word("nee", line=(1, 1, 1), left=70, top=0),
        )
    )
    assert made.text == '"Ja nee'


def test_a_table_without_words_gives_nothing() -> None:
    assert page_text(table()) == NOTHING
    assert page_text("") == NOTHING
