"""A paper that is several things: the sheet beside it, and what becomes of the paper."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playing import NOTE, Play, copy_council, journal_of, mail, word

from pipeline import flow
from pipeline.values import Filed, HeldPaper, Kind, Place, Procedure, ProcedureState

FOLDER = Place.MEER_DAN_EEN.rpartition("/")[2]
LETTER = (
    "Zandhof, 16 november 2026",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: formatie en scholing",
    "Geachte leden van de medezeggenschapsraad,",
    "Wij vragen u om instemming met het voorgenomen besluit over de formatie (artikel 12 lid 1 onder b WMS).",
    "Wij vragen u ook om advies over het voorgenomen besluit over de schooltijden (artikel 11 onder l WMS).",
    "Wij ontvangen uw besluit graag vóór 15 januari 2027.",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)
NAME = "Brief formatie.docx"
STAFF = "artikel 12 lid 1 onder b WMS: formatie (instemming, personeelsgeleding)"


def filed(play: Play) -> tuple[Filed, ...]:
    found = journal_of(play)["filed"]
    assert isinstance(found, tuple)
    return found


def held(play: Play) -> tuple[HeldPaper, ...]:
    found = journal_of(play)["held"]
    assert isinstance(found, tuple)
    return found


def procedures(play: Play) -> dict[str, Procedure]:
    return {one.dossier: one for one in journal_of(play)["procedures"]}  # type: ignore[attr-defined]


def lying(play: Play) -> list[str]:
    """Give every file in ``Te beoordelen/``."""
    tray = play.place(Place.TE_BEOORDELEN)
    return sorted(path.relative_to(tray).as_posix() for path in tray.rglob("*") if path.is_file())


def sheet_of(play: Play, name: str = NAME) -> Path:
    return play.place(Place.MEER_DAN_EEN, f"{name} - verdeling.xlsx")


def _first_row(table: Worksheet) -> int:
    return next(n for n in range(1, table.max_row + 1) if table.cell(n, 1).value == "soort") + 1


def rows(path: Path) -> list[list[str]]:
    """Read the filled rows of a sheet: soort, recht, voor wie, onderwerp, antwoord, klaar, Vastgelegd."""
    table = openpyxl.load_workbook(path)["Verdeling"]
    found = table.iter_rows(min_row=_first_row(table), max_col=7, values_only=True)
    read = [
        [f"{cell:%d-%m-%Y}" if hasattr(cell, "year") else str(cell or "") for cell in row] for row in found
    ]
    return [row for row in read if any(row)]


def fill(path: Path, *typed: tuple[str, ...], ready: str = "ja") -> None:
    """Type these rows over what stands on a sheet, and save it."""
    book = openpyxl.load_workbook(path)
    table = book["Verdeling"]
    first = _first_row(table)
    for row in range(first, table.max_row + 1):
        if not str(table.cell(row, 7).value or "").startswith("Al opgeborgen"):
            for column in range(1, 8):
                table.cell(row, column).value = None
    free = next(row for row in range(first, table.max_row + 1) if not table.cell(row, 1).value)
    for row, values in enumerate(typed, start=free):
        for column, value in enumerate(values, start=1):
            table.cell(row, column).value = value
    table.cell(first, 6).value = ready
    book.save(path)


def move(path: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return path.rename(folder / path.name)


CONSENT = ("Instemmingsverzoek", STAFF, "", "Formatieplan", "15-1-2027")
INFORMATION = ("Informatieverstrekking", "", "ouders", "Formatieplan", "")
ADVICE = ("Adviesaanvraag", "", "", "Schooltijden", "")


@pytest.fixture(scope="module")
def asked(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A letter that asks for two things, moved to ``Meer dan één/``, with its sheet."""
    folder = tmp_path_factory.mktemp("verdeling")
    play = copy_council(new_council, folder / "raad")
    play.post("1.eml", mail("formatie en schooltijden", NOTE, word(folder / NAME, LETTER)))
    play.once()
    (paper,) = held(play)
    assert "Meer dan één" in " ".join(paper.verdict.reasons)
    move(play.place(Place.TE_BEOORDELEN, paper.place), play.place(Place.MEER_DAN_EEN))
    play.once()
    return play


@pytest.fixture
def several(asked: Play, tmp_path: Path) -> Play:
    return copy_council(asked, tmp_path / "raad")


def test_the_sheet_proposes_a_row_for_each_right_that_was_found(several: Play) -> None:
    """Two articles are cited: consent of the staff section, advice of the whole council."""
    shown = [(row[0], row[2]) for row in rows(sheet_of(several))]
    assert shown == [("Instemmingsverzoek", "personeel"), ("Adviesaanvraag", "hele raad")]
    assert rows(sheet_of(several))[0][1] == STAFF
    assert filed(several) == ()


def test_each_row_is_filed_with_its_own_kind_number_and_procedure(several: Play) -> None:
    """WMS 8 lid 6: consent for the staff section, information for the parents in the same dossier."""
    fill(sheet_of(several), CONSENT, INFORMATION, ADVICE)
    assert several.once() == ()
    assert [(one.kenmerk, one.kind) for one in filed(several)] == [
        ("2026-0001-01", Kind.INSTEMMINGSVERZOEK),
        ("2026-0001-02", Kind.INFORMATIEVERSTREKKING),
        ("2026-0002-01", Kind.ADVIESAANVRAAG),
    ]
    started = procedures(several)
    assert {number: one.kind for number, one in started.items()} == {
        "2026-0001": Kind.INSTEMMINGSVERZOEK,
        "2026-0002": Kind.ADVIESAANVRAAG,
    }
    assert started["2026-0001"].right_holder == "personeel"
    assert [right.id for right in started["2026-0001"].rights] == ["WMS-12-b"]
    assert filed(several)[1].title == "Formatieplan, voor de oudergeleding"
    assert len({one.sha256 for one in filed(several)}) == 1
    assert all(several.place(Place.ARCHIEF, one.path).is_file() for one in filed(several))
    assert lying(several) == []


def test_a_holder_without_a_right_is_kept(several: Play) -> None:
    fill(sheet_of(several), ("Instemmingsverzoek", "", "ouders", "Vakantierooster", ""))
    several.once()
    (started,) = procedures(several).values()
    assert started.right_holder == "ouders"


def test_nothing_happens_before_she_says_that_she_is_done(several: Play) -> None:
    fill(sheet_of(several), CONSENT, ADVICE, ready="")
    several.once()
    assert filed(several) == ()
    assert [row[3] for row in rows(sheet_of(several))] == ["Formatieplan", "Schooltijden"]


def test_a_mistake_is_answered_and_nothing_is_filed_until_it_is_right(several: Play) -> None:
    fill(
        sheet_of(several),
        CONSENT,
        ("Toverspreuk", "", "", "Iets", ""),
        ("Adviesaanvraag", STAFF, "", "Formatie", ""),
        ("Instemmingsverzoek", STAFF, "ouders", "Formatie", ""),
        ("Informatieverstrekking", "", "buren", "Formatie", ""),
        ("Informatieverstrekking", "", "", "", ""),
        ("Informatieverstrekking", "", "", "Formatie", "30-2-2027"),
        ("Informatieverstrekking", STAFF, "", "Formatie", ""),
        ("", "", "", "Formatie", ""),
        CONSENT,
    )
    several.once()
    assert filed(several) == ()
    answers = [row[6] for row in rows(sheet_of(several))]
    assert answers[0] == ""
    assert all(answer.startswith("Niet vastgelegd: ") for answer in answers[1:])
    told = [answer.removeprefix("Niet vastgelegd: ") for answer in answers[1:]]
    assert told[0] == "'Toverspreuk' is geen soort. Kies een soort uit de lijst."
    assert told[1] == "dit recht gaat over instemming. Kies een andere soort of een ander recht."
    assert told[2].startswith("dit recht is van de personeelsgeleding, niet van de oudergeleding.")
    assert told[3].startswith("'buren' staat niet in de lijst.")
    assert told[4] == "schrijf in de kolom 'onderwerp' waar het over gaat."
    assert told[5].startswith("'30-2-2027' is geen bestaande dag.")
    assert told[6].startswith("een recht hoort alleen bij een adviesaanvraag of instemmingsverzoek.")
    assert told[7] == "kies een soort, of maak de hele regel leeg."
    assert told[8] == "deze regel staat er twee keer. Maak één van de twee leeg."
    assert not any(row[5] for row in rows(sheet_of(several)))
    fill(sheet_of(several), CONSENT)
    several.once()
    assert [one.kenmerk for one in filed(several)] == ["2026-0001-01"]


def test_what_a_sheet_was_refused_for_is_listed_until_it_is_right(several: Play) -> None:
    """By every run, and by a look that does nothing."""
    fill(sheet_of(several), CONSENT, ("Toverspreuk", "", "", "Iets", ""), ("", "", "", "Formatie", ""))
    paper = f"Te beoordelen: {NAME} (vul in: {FOLDER}/{NAME} - verdeling.xlsx)"
    sheet, choose = f"Verdeling van '{NAME}'", "Kies een soort uit de lijst."
    told = (
        paper,
        f"{sheet}: ‘Toverspreuk, Iets’ is niet vastgelegd: 'Toverspreuk' is geen soort. {choose}",
        f"{sheet}: ‘Formatie’ is niet vastgelegd: kies een soort, of maak de hele regel leeg.",
    )
    assert several.once() == told
    assert several.once() == told
    with several.office(works=False) as office:
        assert flow.waits_for_person(office) == told
    fill(sheet_of(several), ready="")
    what = "er staat niets op dit blad. Zet op elke gele regel één ding dat dit stuk is."
    assert several.once() == (paper, f"{sheet} is niet vastgelegd: {what}")
    fill(sheet_of(several), CONSENT)
    assert several.once() == ()


def test_of_a_sheet_that_went_nothing_is_listed(several: Play) -> None:
    """Also when a paper of the same name comes there later."""
    fill(sheet_of(several), ("Toverspreuk", "", "", "Iets", ""))
    several.once()
    tray = several.place(Place.TE_BEOORDELEN)
    several.place(Place.MEER_DAN_EEN, NAME).rename(tray / NAME)
    several.once()
    assert several.once() == (f"Te beoordelen: {NAME}",)
    (tray / NAME).rename(several.place(Place.MEER_DAN_EEN, NAME))
    assert several.once() == (f"Te beoordelen: {NAME} (vul in: {FOLDER}/{NAME} - verdeling.xlsx)",)


def test_a_day_that_has_passed_is_refused(several: Play) -> None:
    fill(sheet_of(several), (*CONSENT[:4], "15-1-2026"))
    several.once()
    assert filed(several) == ()
    (row,) = rows(sheet_of(several))
    assert row[6].startswith("Niet vastgelegd: 15 januari 2026 is al voorbij.")


@pytest.mark.parametrize("ready", ["ja", ""])
def test_a_sheet_that_was_wiped_is_answered(several: Play, ready: str) -> None:
    """Also without a yes: nobody knows why nothing happens otherwise."""
    fill(sheet_of(several), ready=ready)
    several.once()
    assert filed(several) == ()
    (row,) = rows(sheet_of(several))
    assert row[6].startswith("Niet vastgelegd: er staat niets op dit blad.")
    fill(sheet_of(several), CONSENT)
    several.once()
    assert len(filed(several)) == 1


def test_another_word_than_yes_is_answered(several: Play) -> None:
    fill(sheet_of(several), CONSENT, ADVICE, ready="klaar hoor")
    several.once()
    assert filed(several) == ()
    first, second = rows(sheet_of(several))
    assert first[6].startswith("Niet vastgelegd: 'klaar hoor' is geen antwoord.")
    assert (first[5], second[6]) == ("", "")


def test_what_it_is_filed_as_cannot_be_wiped_or_filed_again(several: Play) -> None:
    fill(sheet_of(several), CONSENT)
    several.once()
    (first,) = filed(several)
    several.place(Place.MEER_DAN_EEN, "kopie.docx").write_bytes(
        several.place(Place.ARCHIEF, first.path).read_bytes()
    )
    several.once()
    path = sheet_of(several, "kopie.docx")
    book = openpyxl.load_workbook(path)
    table = book["Verdeling"]
    table.cell(_first_row(table), 7).value = None
    table.cell(_first_row(table), 6).value = "ja"
    book.save(path)
    several.once()
    assert filed(several) == (first,)
    already, told = rows(path)
    assert already[6] == "Al opgeborgen als 2026-0001-01."
    assert "zet op een lege regel wat het stuk nog meer is" in told[6]


def test_the_note_goes_along_and_the_sheet_is_named(several: Play) -> None:
    """No note lies beside nothing; back again it lies beside its paper."""
    tray = several.place(Place.TE_BEOORDELEN)
    folder = [f"{FOLDER}/{NAME}", f"{FOLDER}/{NAME} - verdeling.xlsx", f"{FOLDER}/{NAME} - waarom.txt"]
    assert lying(several) == folder
    assert several.once() == (f"Te beoordelen: {NAME} (vul in: {folder[1]})",)
    several.place(Place.MEER_DAN_EEN, NAME).rename(tray / NAME)
    several.once()
    assert several.once() == (f"Te beoordelen: {NAME}",)
    assert lying(several) == [NAME, f"{NAME} - waarom.txt"]


def test_a_note_of_her_own_is_left_alone(several: Play) -> None:
    own = several.place(Place.MEER_DAN_EEN, "iets - waarom.txt")
    own.write_text("van mij", encoding="utf-8")
    several.once()
    assert own.read_text(encoding="utf-8") == "van mij"


def test_a_sheet_that_is_open_is_waited_for(several: Play) -> None:
    fill(sheet_of(several), CONSENT, ADVICE)
    mark = sheet_of(several).with_name(f"~${sheet_of(several).name}")
    mark.write_bytes(b"")
    several.once()
    assert filed(several) == ()
    mark.unlink()
    several.once()
    assert len(filed(several)) == 2


def test_moved_on_to_a_kind_it_is_one_paper_and_the_sheet_goes(several: Play) -> None:
    move(several.place(Place.MEER_DAN_EEN, NAME), several.place(Place.TE_BEOORDELEN, "Adviesaanvraag"))
    several.once()
    assert [(one.kenmerk, one.kind) for one in filed(several)] == [("2026-0001-01", Kind.ADVIESAANVRAAG)]
    assert lying(several) == []


def test_moved_along_with_its_paper_a_sheet_is_never_taken_for_post(several: Play) -> None:
    target = several.place(Place.TE_BEOORDELEN, "Adviesaanvraag")
    move(sheet_of(several), target)
    move(several.place(Place.MEER_DAN_EEN, NAME), target)
    several.once()
    assert len(filed(several)) == 1
    assert lying(several) == []


def test_taking_one_filing_back_leaves_the_others(several: Play) -> None:
    fill(sheet_of(several), CONSENT, INFORMATION, ADVICE)
    several.once()
    advice = next(one for one in filed(several) if one.kenmerk == "2026-0002-01")
    copy = several.place(Place.TERUG_TE_DRAAIEN, Path(advice.path).name)
    copy.write_bytes(several.place(Place.ARCHIEF, advice.path).read_bytes())
    several.once()
    assert [one.kenmerk for one in filed(several)] == ["2026-0001-01", "2026-0001-02"]
    states = {number: one.state for number, one in procedures(several).items()}
    assert states["2026-0002"] is ProcedureState.TERUGGEDRAAID
    assert states["2026-0001"] is not ProcedureState.TERUGGEDRAAID
    (again,) = held(several)
    assert "2026-0002-01" in again.verdict.reasons[0]
    move(
        several.place(Place.TE_BEOORDELEN, again.place), several.place(Place.TE_BEOORDELEN, "Adviesaanvraag")
    )
    several.once()
    assert [one.kenmerk for one in filed(several)] == ["2026-0001-01", "2026-0001-02", "2026-0003-01"]
    assert lying(several) == []


def test_a_copy_that_may_be_several_filings_takes_nothing_back(several: Play) -> None:
    """Filed twice, and the name of the copy does not say which: nothing is undone on a guess."""
    fill(sheet_of(several), CONSENT, ADVICE)
    several.once()
    content = several.place(Place.ARCHIEF, filed(several)[0].path).read_bytes()
    several.place(Place.TERUG_TE_DRAAIEN, "kopie.docx").write_bytes(content)
    several.once()
    assert len(filed(several)) == 2
    note = several.place(Place.TERUG_TE_DRAAIEN, "kopie.docx - waarom.txt").read_text("utf-8-sig")
    assert "2026-0001-01" in note
    assert "2026-0002-01" in note


def test_two_that_were_taken_back_are_two_held_papers(several: Play) -> None:
    """Both have the same bytes; each is decided by itself."""
    fill(sheet_of(several), CONSENT, ADVICE)
    several.once()
    for paper in filed(several):
        content = several.place(Place.ARCHIEF, paper.path).read_bytes()
        several.place(Place.TERUG_TE_DRAAIEN, Path(paper.path).name).write_bytes(content)
    several.once()
    first, second = held(several)
    assert first.place != second.place
    assert [path for path in lying(several) if not path.endswith(".txt")] == sorted(
        (first.place, second.place)
    )
    move(several.place(Place.TE_BEOORDELEN, second.place), several.place(Place.TE_BEOORDELEN, "Overig"))
    several.once()
    assert [one.kind for one in filed(several)] == [Kind.OVERIG]
    assert [one.origin for one in held(several)] == [first.origin]
    assert several.place(Place.TE_BEOORDELEN, first.place).is_file()


def test_a_copy_of_a_filed_paper_is_filed_for_what_it_is_besides(several: Play) -> None:
    """What stands there already is shown and left as it is; the new row goes into its dossier."""
    fill(sheet_of(several), CONSENT)
    several.once()
    (first,) = filed(several)
    copy = several.place(Place.MEER_DAN_EEN, "kopie.docx")
    copy.write_bytes(several.place(Place.ARCHIEF, first.path).read_bytes())
    several.once()
    (shown,) = rows(sheet_of(several, "kopie.docx"))
    assert (shown[0], shown[6]) == ("Instemmingsverzoek", "Al opgeborgen als 2026-0001-01.")
    fill(sheet_of(several, "kopie.docx"), INFORMATION, ADVICE)
    several.once()
    assert [(one.kenmerk, one.kind) for one in filed(several)] == [
        ("2026-0001-01", Kind.INSTEMMINGSVERZOEK),
        ("2026-0001-02", Kind.INFORMATIEVERSTREKKING),
        ("2026-0002-01", Kind.ADVIESAANVRAAG),
    ]
    assert filed(several)[0] == first
    assert lying(several) == []


def test_a_new_file_in_the_folder_is_held_and_can_be_divided(play: Play, tmp_path: Path) -> None:
    """It is kept as post first; what she said of it is not overruled by what it seems to be."""
    paper = word(tmp_path / "Notulen overleg.docx", ("Notulen van het overleg", "Aanwezig: allen"))
    play.place(Place.MEER_DAN_EEN, paper.name).write_bytes(paper.read_bytes())
    play.once()
    (waiting,) = held(play)
    assert "Meer dan één" in waiting.verdict.reasons[0]
    move(play.place(Place.TE_BEOORDELEN, waiting.place), play.place(Place.MEER_DAN_EEN))
    play.once()
    assert sheet_of(play, waiting.place).is_file()
