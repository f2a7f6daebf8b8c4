"""What stands in LET OP.txt: what blocks approval, and minutes that may have been forgotten."""

from datetime import date

import pytest

from pipeline.meetings.attention import attention_note
from pipeline.values import AgendaItem, ItemPaper, Meeting, MeetingDate

DAY = date(2026, 12, 8)
PAPER = ItemPaper(path="04 Plan/plan.pdf", sha256="a", title="Plan")
PLAN = AgendaItem(number="4", title="Plan", papers=(PAPER,))


def meeting(*items: AgendaItem, problems: tuple[str, ...] = (), day: date | None = DAY) -> Meeting:
    moment = MeetingDate(day=day, kind="Overlegvergadering")
    return Meeting(folder="2026-12-08 Overlegvergadering", date=moment, items=items, problems=problems)


def test_the_note_lists_every_problem_and_is_empty_without() -> None:
    note = attention_note(meeting(PLAN, problems=("Nummer 4 komt twee keer voor.", "Los.")))
    assert note == (
        "LET OP - de bundel van de vergadering van dinsdag 8 december 2026 kan nog niet worden goedgekeurd."
        "\r\n\r\n- Nummer 4 komt twee keer voor.\r\n- Los.\r\n\r\n"
        "Zodra dit is opgelost, maakt Stukkenstroom vanzelf een nieuw concept.\r\n"
    )
    assert attention_note(meeting(PLAN)) == ""


def test_the_note_of_a_folder_without_a_day_names_no_day() -> None:
    assert "de bundel van de vergadering kan nog niet" in attention_note(meeting(problems=("x",), day=None))


@pytest.mark.parametrize(
    "title",
    [
        "Notulen van de vorige vergadering",
        "Opening, conceptnotulen en mededelingen",
        "Verslag",
        "Verslag 3 november",
        "Verslag van de overlegvergadering van 3 november",
        "Vaststellen verslag",
        "Goedkeuring besluitenlijst",
        "Besluitenlijst vorige vergadering",
    ],
)
def test_minutes_that_are_not_there_are_told_and_block_nothing(title: str) -> None:
    note = attention_note(meeting(AgendaItem(number="2", title=title), PLAN))
    assert note.startswith("LET OP - kijk hiernaar voordat u de bundel")
    assert f"- Bij agendapunt 2 ({title}) ligt nog geen stuk." in note


@pytest.mark.parametrize(
    "title",
    [
        "Opening en vaststelling van de agenda",
        "Sociaal jaarverslag",
        "Financieel verslag",
        "Verslag werkbijeenkomst achterban",
        "Verslag over het overleg met de gemeente",
        "Notulist aanwijzen",
        "Besluitenlijst bevorderingen bespreken",
    ],
)
def test_other_reports_are_no_minutes(title: str) -> None:
    assert attention_note(meeting(AgendaItem(number="2", title=title), PLAN)) == ""


def test_minutes_are_not_missed_when_they_lie_there_or_while_the_folder_is_still_empty() -> None:
    minutes = AgendaItem(number="2", title="Notulen")
    assert attention_note(meeting(minutes)) == ""
    there = AgendaItem(number="2", title="Notulen", papers=(PAPER,))
    assert attention_note(meeting(there, PLAN)) == ""


def test_what_blocks_and_what_may_be_forgotten_are_told_apart() -> None:
    note = attention_note(meeting(AgendaItem(number="2", title="Notulen"), PLAN, problems=("Los.",)))
    told = ("kan nog niet worden goedgekeurd", "- Los.", "houdt het goedkeuren niet tegen", "- Bij ")
    places = [note.index(words) for words in told]
    assert places == sorted(places)


def test_what_she_must_know_of_a_concept_stands_there_and_blocks_nothing() -> None:
    note = attention_note(meeting(PLAN), ("Stuk 4.1 kwam met een wachtwoord.",))
    assert "- Stuk 4.1 kwam met een wachtwoord." in note
    assert "kan nog niet" not in note
