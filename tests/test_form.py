"""The toetsingsformulier as it lies in the folder of a case, and the words of the school's own holidays."""

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from playing import Play, copy_council, mail, word

from pipeline.values import Place

ASKED = (
    "Zandhof, 16 november 2026",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: adviesaanvraag schooltijden",
    "Wij vragen u om advies over het voorgenomen besluit tot andere schooltijden (artikel 11 onder l WMS).",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)
NOTE = "Geachte leden,\n\nBijgaand ontvangt u onze brief.\n\nMet vriendelijke groet,\nhet bestuur\n"
HOLIDAY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//school//rooster//NL
BEGIN:VEVENT
UID:1@zandhof.example
DTSTAMP:20260801T080000Z
DTSTART;VALUE=DATE:20261219
DTEND;VALUE=DATE:20270104
SUMMARY:Kerstvakantie
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def asked(new_council: Play, tmp_path: Path) -> Play:
    play = copy_council(new_council, tmp_path / "raad")
    request = word(tmp_path / "Adviesaanvraag schooltijden.docx", ASKED)
    play.post("1.eml", mail("Adviesaanvraag schooltijden", NOTE, request))
    assert play.once() == ()
    return play


def form_of(play: Play) -> list[str]:
    (path,) = play.place(Place.LOPEND).glob("*/Toetsing.docx")
    body = docx.Document(str(path)).element.body
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return [line for line in lines if line]


def test_the_form_says_of_which_day_the_text_of_the_law_is(asked: Play) -> None:
    """The WMS was read as it stood on 13 July 2015 (``config/law/terms.yaml``, laws)."""
    assert any("stand 13 juli 2015" in line for line in form_of(asked))


def test_a_text_that_somebody_of_the_council_read_is_of_her_day(asked: Play) -> None:
    (asked.place(Place.INSTELLINGEN) / "wet.toml").write_text(
        '[[gelezen]]\nrecht = "WMS-11-l"\ntekst = "De woorden van nu."\ngelezen_op = 2026-11-03\n'
        'door = "S. Vermeer"\nbron = "wetten.overheid.nl"\n',
        "utf-8",
    )
    asked.fill("Opmerking", "de tekst is nagelezen")
    asked.once()
    lines = form_of(asked)
    assert "De woorden van nu." in lines
    assert any("stand 3 november 2026" in line for line in lines)


def test_practice_and_our_own_reading_are_no_demand_of_the_law(asked: Play) -> None:
    """WMS 8 lid 6 is about a geleding; 11 onder l is a right of the whole council."""
    lines = form_of(asked)
    reading = "Eigen lezing van WMS 8 lid 1; lid 6 noemt alleen een voorstel aan een geleding"
    assert lines.count(reading) == 3
    assert "Goed gebruik, geen eis van de wet" in lines
    assert "Goed gebruik, geen eis van de wet: WMS 6 lid 5 en 22 onder f" in lines
    assert not any("goed gebruik" in line for line in lines)


def test_a_holiday_of_the_own_rooster_stands_in_a_sentence_without_a_capital(
    new_council: Play, tmp_path: Path
) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    (play.place(Place.INSTELLINGEN) / "rooster.ics").write_text(HOLIDAY.replace("\n", "\r\n"), "utf-8")
    with play.office(works=False) as office:
        holidays = office.rulebook.holidays
    assert holidays is not None
    assert [period.name for period in holidays.periods] == ["kerstvakantie"]
