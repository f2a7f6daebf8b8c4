"""The zaakkaart: what a person types is given back tidy, garbage as typed, and nothing of hers is lost."""

import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.edges import excel
from pipeline.errors import ListOpenError, ListUnreadableError
from pipeline.values import AnswerKind, Card, CardAnswer, CardLine

DAY = CardLine(
    question="Advies uitgebracht op", answer="16-11-2026", kind=AnswerKind.DAG, recorded="Op 17 november."
)
CHOICE = CardLine(
    question="Gevolgd",
    answer="",
    kind=AnswerKind.KEUZE,
    choices=("ja", "deels, met reden", "nee"),
    hint="Bij nee begint de opschorting.",
)
TEXT = CardLine(question="Reden", answer="", kind=AnswerKind.TEKST)
CARD = Card(heading="2026-0017 Vakantierooster", state="De raad is aan zet.", lines=(DAY, CHOICE, TEXT))
HEADER, DAY_ROW, CHOICE_ROW, TEXT_ROW, NEXT_ROW = 4, 5, 6, 7, 8
MIDNIGHT = time()


def written(tmp_path: Path, card: Card = CARD) -> Path:
    path = tmp_path / "zaakkaart.xlsx"
    excel.write_card(path, card)
    return path


def edit(path: Path, **cells: object) -> None:
    """Type in cells and save, as a person would."""
    change(path, lambda sheet: [sheet.__setitem__(name, value) for name, value in cells.items()])


def change(path: Path, doing: Callable[[Worksheet], object]) -> None:
    book = openpyxl.load_workbook(path)
    doing(book.worksheets[0])
    book.save(path)


def sheet_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def answers(path: Path) -> dict[str, str]:
    read = excel.read_card(path)
    assert read is not None
    assert len({answer.question for answer in read}) == len(read)
    return {answer.question: answer.answer for answer in read}


def row_of(path: Path, row: int) -> list[object]:
    """Give what stands in the four columns a person sees."""
    return [cell.value for cell in sheet_of(path)[row]][:4]


def fill(path: Path, cell: str) -> object:
    return sheet_of(path)[cell].fill.fgColor.rgb[2:]


# --- what the service writes -----------------------------------------------------------


def test_a_card_comes_back_as_it_was_written(tmp_path: Path) -> None:
    assert excel.read_card(written(tmp_path)) == (
        CardAnswer(question="Advies uitgebracht op", answer="16-11-2026", shown="16-11-2026"),
        CardAnswer(question="Gevolgd", answer="", shown=""),
        CardAnswer(question="Reden", answer="", shown=""),
    )


def test_without_a_card_there_are_no_answers(tmp_path: Path) -> None:
    assert excel.read_card(tmp_path / "zaakkaart.xlsx") is None


def test_a_person_sees_heading_explanation_state_and_four_columns(tmp_path: Path) -> None:
    path = written(tmp_path)
    sheet = sheet_of(path)
    assert sheet["A1"].value == "2026-0017 Vakantierooster"
    assert sheet["A1"].font.bold
    assert "sla op en sluit Excel" in str(sheet["A2"].value)
    assert sheet["A3"].value == "De raad is aan zet."
    assert row_of(path, HEADER) == ["wat", "antwoord", "uitleg", "Vastgelegd"]
    assert sheet.column_dimensions["E"].hidden
    assert not sheet.protection.sheet
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)


def test_a_day_is_a_real_date(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert row_of(path, DAY_ROW) == ["Advies uitgebracht op", datetime(2026, 11, 16), None, "Op 17 november."]  # noqa: DTZ001
    assert sheet_of(path)["B5"].number_format == "dd-mm-yyyy"


def test_only_the_answers_are_yellow(tmp_path: Path) -> None:
    path = written(tmp_path)
    for row in (DAY_ROW, CHOICE_ROW, TEXT_ROW):
        assert [fill(path, f"{column}{row}") for column in "ABCD"] == ["F2F2F2", "FFF2CC", "F2F2F2", "F2F2F2"]


def test_a_text_wraps_and_stays_text(tmp_path: Path) -> None:
    cell = sheet_of(written(tmp_path))["B7"]
    assert (cell.number_format, cell.alignment.wrap_text) == ("@", True)


@pytest.mark.parametrize(
    ("recorded", "shown"),
    [
        ("kies een datum.", "Niet vastgelegd: kies een datum."),
        ("Niet vastgelegd: kies een datum.", "Niet vastgelegd: kies een datum."),
        ("", "Niet vastgelegd: dit antwoord past hier niet. Verbeter het of maak de cel leeg."),
    ],
)
def test_a_refusal_is_red_and_says_so(tmp_path: Path, recorded: str, shown: str) -> None:
    line = replace(DAY, answer="gisteren", recorded=recorded, refused=True)
    path = written(tmp_path, replace(CARD, lines=(line,)))
    assert row_of(path, DAY_ROW) == ["Advies uitgebracht op", "gisteren", None, shown]
    assert fill(path, "D5") == "FFC7CE"
    assert answers(path) == {"Advies uitgebracht op": "gisteren"}


def test_a_long_state_gets_the_height_it_needs(tmp_path: Path) -> None:
    """The four columns are 144 wide, so 300 letters need three lines of 15 points."""
    path = written(tmp_path, replace(CARD, state="aan zet " * 37 + "nu."))
    assert sheet_of(path).row_dimensions[3].height == 45


# --- choices ---------------------------------------------------------------------------


def offered(path: Path, cell: str) -> list[object]:
    """Follow the drop-down of a cell to what it offers."""
    book = openpyxl.load_workbook(path)
    (check,) = [
        one for one in book.worksheets[0].data_validations.dataValidation if cell in str(one.sqref).split()
    ]
    assert (check.type, check.errorStyle, check.showErrorMessage) == ("list", "stop", True)
    assert not check.showDropDown  # in the file format, true hides the arrow
    assert len(check.error) <= 225
    name, _, area = check.formula1.partition("!")
    assert book[name].sheet_state == "veryHidden"
    area = area.replace("$", "")
    cells = book[name][area] if ":" in area else ((book[name][area],),)
    return [one.value for (one,) in cells]


def test_choices_with_commas_can_be_chosen(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert offered(path, "B6") == ["ja", "deels, met reden", "nee"]
    assert row_of(path, CHOICE_ROW)[2] == (
        "Bij nee begint de opschorting.\nKies uit: ja / deels, met reden / nee"
    )


def test_each_question_has_its_own_list_however_long(tmp_path: Path) -> None:
    """Together the rights take far more than the 255 characters Excel allows in a list of its own."""
    rights = tuple(f"artikel {number}, onderdeel a, van de WMS" for number in range(10, 60))
    line = replace(CHOICE, question="Recht", choices=rights, hint="")
    path = written(tmp_path, replace(CARD, lines=(*CARD.lines, line)))
    assert offered(path, "B6") == ["ja", "deels, met reden", "nee"]
    assert offered(path, "B8") == list(rights)
    assert row_of(path, NEXT_ROW)[2] == "Kies uit de lijst in de gele cel."


def test_a_choice_that_looks_like_a_day_is_given_as_it_was_offered(tmp_path: Path) -> None:
    line = replace(CHOICE, question="Vergadering", choices=("8 december 2026", "12 januari 2027"))
    path = written(tmp_path, replace(CARD, lines=(line,)))
    edit(path, B5="8 december 2026")
    assert answers(path) == {"Vergadering": "8 december 2026"}


# --- what a person types ---------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        date(2026, 11, 3),
        datetime(2026, 11, 3),  # noqa: DTZ001
        datetime(2026, 11, 3, 23, 59, 59),  # noqa: DTZ001
        "3-11-2026",
        "03-11-2026",
        "  3 november 2026 ",
        "3 nov 2026",
        "dinsdag 3 november 2026",
    ],
)
def test_a_day_comes_as_tidy_text_however_it_was_typed(tmp_path: Path, typed: object) -> None:
    path = written(tmp_path)
    edit(path, B5=typed)
    assert answers(path)["Advies uitgebracht op"] == "03-11-2026"


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("31-2-2026", "31-2-2026"),
        ("  volgende   week ", "volgende week"),
        ("1 mei", "1 mei"),
        (16, "16-01-1900"),
        (datetime(2206, 11, 3), "03-11-2206"),  # noqa: DTZ001
        ("#REF!", "(geen leesbare waarde)"),
        ("=B9+1", "(formule zonder uitkomst)"),
        (True, "WAAR"),
        ("maandag 3 november 2026", "maandag 3 november 2026"),
    ],
)
def test_what_is_no_day_comes_as_it_was_typed(tmp_path: Path, typed: object, given: str) -> None:
    """3 November 2026 is a Tuesday; Excel takes the number 16 in a date cell for a day in 1900.

    The other answers of the card still count.
    """
    path = written(tmp_path)
    edit(path, B5=typed, B6="nee")
    assert answers(path) == {"Advies uitgebracht op": given, "Gevolgd": "nee", "Reden": ""}


@pytest.mark.parametrize("typed", [16112026, 16112026.0])
def test_a_number_in_a_cell_that_lost_its_date_format_comes_as_number(tmp_path: Path, typed: float) -> None:
    path = written(tmp_path)

    def paste(sheet: Worksheet) -> None:
        sheet["B5"].value = typed
        sheet["B5"].number_format = "General"

    change(path, paste)
    assert answers(path)["Advies uitgebracht op"] == "16112026"


def test_a_number_too_large_for_a_date_is_not_taken_for_empty(tmp_path: Path) -> None:
    """Excel shows hash marks for it."""
    path = written(tmp_path)
    edit(path, B5=16112026)
    assert answers(path)["Advies uitgebracht op"] == "(geen leesbare waarde)"


@pytest.mark.parametrize("typed", [None, "", "   "])
def test_an_emptied_cell_is_an_empty_answer(tmp_path: Path, typed: object) -> None:
    path = written(tmp_path)
    edit(path, B5=typed)
    assert answers(path)["Advies uitgebracht op"] == ""


def test_a_text_of_several_lines_becomes_one(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, B7=" De stukken\nkwamen  te laat.\n")
    assert answers(path)["Reden"] == "De stukken kwamen te laat."


def test_a_day_in_a_text_stays_as_she_wrote_it(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, B7="3 november 2026")
    assert answers(path)["Reden"] == "3 november 2026"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x.invalid","klik")', "+31612", "-1+1", "@SUM(1)", "'x", "_x0041_"]
)
def test_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    line = replace(TEXT, question=f"{text} wat", answer=text, hint=text, recorded=text)
    path = written(tmp_path, Card(heading=text, state=text, lines=(line,)))
    assert answers(path) == {f"{text} wat": text}
    with zipfile.ZipFile(path) as box:
        assert b"<f>" not in box.read("xl/worksheets/sheet1.xml")


# --- rows that are not as the service wrote them ---------------------------------------


def test_a_row_she_added_answers_nothing_and_stays_until_she_empties_it(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, A8="Verlengd tot", B8="1-2-2027")
    assert "Verlengd tot" not in answers(path)
    excel.write_card(path, CARD)
    question, answer, _, recorded = row_of(path, NEXT_ROW)
    assert (question, answer) == ("Verlengd tot", "01-02-2027")
    assert str(recorded).startswith("Niet vastgelegd: dit staat niet bij een vraag")
    assert fill(path, "D8") == "FFC7CE"
    assert answers(path) == {"Advies uitgebracht op": "16-11-2026", "Gevolgd": "", "Reden": ""}
    edit(path, B8=None)
    excel.write_card(path, CARD)
    assert sheet_of(path).max_row == TEXT_ROW


def test_an_answer_without_a_question_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, B8="los antwoord")
    excel.write_card(path, CARD)
    assert row_of(path, NEXT_ROW)[:2] == [None, "los antwoord"]


def test_a_changed_question_answers_nothing_and_is_put_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, A5="Advies gegeven op", B5="17-11-2026")
    assert answers(path) == {"Gevolgd": "", "Reden": ""}
    excel.write_card(path, CARD)
    assert row_of(path, DAY_ROW)[:2] == ["Advies uitgebracht op", datetime(2026, 11, 16)]  # noqa: DTZ001
    assert row_of(path, NEXT_ROW)[:2] == ["Advies gegeven op", "17-11-2026"]


def test_a_changed_question_of_which_the_answer_is_recorded_leaves_nothing_over(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, A5="Advies gegeven op")
    excel.write_card(path, CARD)
    assert sheet_of(path).max_row == TEXT_ROW


def test_a_question_pasted_over_another_does_not_take_its_answer(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, A5="Reden", B7="te laat")
    assert answers(path) == {"Gevolgd": "", "Reden": "te laat"}


def test_of_a_row_that_was_doubled_the_first_counts_and_the_other_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path)
    mark = sheet_of(path)["E7"].value
    edit(path, B7="eerste", A8="Reden", B8="tweede", E8=mark)
    assert answers(path)["Reden"] == "eerste"
    excel.write_card(path, replace(CARD, lines=(DAY, CHOICE, replace(TEXT, answer="eerste"))))
    assert row_of(path, NEXT_ROW)[:2] == ["Reden", "tweede"]


def test_rows_may_be_sorted_or_moved_down(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, B6="nee")
    change(path, lambda sheet: sheet.insert_rows(5, 2))
    assert answers(path) == {"Advies uitgebracht op": "16-11-2026", "Gevolgd": "nee", "Reden": ""}


def test_a_row_she_removed_was_not_cleared_and_comes_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    change(path, lambda sheet: sheet.delete_rows(DAY_ROW))
    assert "Advies uitgebracht op" not in answers(path)
    excel.write_card(path, CARD)
    assert answers(path)["Advies uitgebracht op"] == "16-11-2026"


def test_what_was_recorded_for_a_question_no_longer_asked_goes_and_what_was_refused_stays(
    tmp_path: Path,
) -> None:
    refused = replace(TEXT, question="Verlengd", answer="tot ooit", recorded="geen datum", refused=True)
    path = written(tmp_path, replace(CARD, lines=(*CARD.lines, refused)))
    excel.write_card(path, replace(CARD, lines=(TEXT,)))
    assert row_of(path, 6)[:2] == ["Verlengd", "tot ooit"]
    assert sheet_of(path).max_row == 6


def test_without_the_hidden_column_every_question_counts(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, B6="nee")
    change(path, lambda sheet: sheet.delete_cols(5))
    assert answers(path) == {"Advies uitgebracht op": "16-11-2026", "Gevolgd": "nee", "Reden": ""}


# --- writing again ---------------------------------------------------------------------


def test_the_same_card_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    assert written(tmp_path).read_bytes() == written(tmp_path / "b").read_bytes()


def test_a_card_that_was_saved_by_hand_and_says_the_same_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, B5="16 november 2026")
    before = path.read_bytes()
    excel.write_card(path, CARD)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD, state="Het bevoegd gezag is aan zet."),
        replace(CARD, heading="2026-0017 Ander onderwerp"),
        replace(CARD, lines=(DAY, replace(CHOICE, choices=("ja", "nee")), TEXT)),
        replace(CARD, lines=(DAY, CHOICE, replace(TEXT, recorded="Niet vastgelegd: leeg."))),
        replace(CARD, lines=(replace(DAY, answer=""), CHOICE, TEXT)),
        replace(CARD, lines=(DAY, TEXT)),
    ],
)
def test_a_card_that_says_something_else_is_written(tmp_path: Path, other: Card) -> None:
    path = written(tmp_path)
    excel.write_card(path, other)
    (tmp_path / "b").mkdir()
    assert path.read_bytes() == written(tmp_path / "b", other).read_bytes()


def test_a_change_in_a_grey_cell_is_put_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    original = path.read_bytes()
    edit(path, D5="zelf bedacht")
    excel.write_card(path, CARD)
    assert path.read_bytes() == original


def test_an_office_program_keeps_everything_when_it_saves(tmp_path: Path) -> None:
    path = written(tmp_path)
    target = tmp_path / "uit"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    saved = target / path.name
    assert excel.read_card(saved) == excel.read_card(path)
    before = saved.read_bytes()
    excel.write_card(saved, CARD)
    assert saved.read_bytes() == before


# --- files that cannot be used ---------------------------------------------------------


@pytest.mark.parametrize("mark", ["~$zaakkaart.xlsx", ".~lock.zaakkaart.xlsx#"])
def test_a_card_that_is_open_is_neither_read_nor_written(tmp_path: Path, mark: str) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    (tmp_path / mark).touch()
    with pytest.raises(ListOpenError):
        excel.read_card(path)
    with pytest.raises(ListOpenError):
        excel.write_card(path, replace(CARD, state="Anders."))
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"geen werkmap", b"PK\x03\x04" + bytes(99)])
def test_a_broken_card_is_told_and_not_written_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "zaakkaart.xlsx"
    path.write_bytes(content)
    with pytest.raises(ListUnreadableError) as caught:
        excel.read_card(path)
    assert "zaakkaart.xlsx" in caught.value.for_secretary()
    with pytest.raises(ListUnreadableError):
        excel.write_card(path, CARD)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("doing", "told"),
    [
        (
            lambda sheet: sheet.delete_rows(HEADER),
            "de kolom 'antwoord' ontbreekt. Zet die naam in de kopregel",
        ),
        (lambda sheet: sheet.delete_cols(2), "de kolom 'antwoord' ontbreekt"),
        (lambda sheet: sheet.delete_rows(1, 99), "het blad is leeg"),
        (lambda sheet: sheet.__setitem__("D4", "Vastgelgd"), "Bedoelde u 'Vastgelegd'?"),
    ],
)
def test_a_card_without_its_header_is_told_with_a_remedy(
    tmp_path: Path, doing: Callable[[Worksheet], object], told: str
) -> None:
    path = written(tmp_path)
    change(path, doing)
    with pytest.raises(ListUnreadableError) as caught:
        excel.read_card(path)
    assert told in caught.value.for_secretary()
    with pytest.raises(ListUnreadableError):
        excel.write_card(path, CARD)
