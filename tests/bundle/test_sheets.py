"""What stands on cover, agenda, dividers and placeholders, and on which page everything begins."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bundle import sheets
from pipeline.bundle.plan import edition_of, paper_numbers, plan_bundle
from pipeline.bundle.sheets import Layout
from pipeline.values import (
    Address,
    AgendaItem,
    BundlePlan,
    Council,
    Edition,
    ItemPaper,
    Meeting,
    MeetingDate,
    Placeholder,
)

COUNCIL = Council(
    name="CMR Veenrijk College", short="CMR", organ="cmr", regime="wms-vo", region="noord",
    board="Stichting Veenrijk", mailbox=Address(email="cmr@veenrijk.example"),
    secretary=Address(email="s@veenrijk.example", name="S. Bos"),
    chair=Address(email="v@veenrijk.example", name="V. Jansen"),
    own_addresses=(), relations=(), groups=("PMR",), pause_minutes=10, fixed_items=(), closing_items=(),
    papers_days_before=7, public_edition=False,
)  # fmt: skip
UNKNOWN = Layout(item_pages={}, paper_pages={}, total=0)


def paper(name: str, audience: str = "", *, late: bool = False) -> ItemPaper:
    return ItemPaper(path=f"04 Plan/{name}", sha256=name, title=f"Titel {name}", audience=audience, late=late)


MEETING = Meeting(
    folder="2026-12-08 Overlegvergadering",
    date=MeetingDate(
        day=date(2026, 12, 8), kind="Overlegvergadering", starts="19.30", ends="21.30", place="Aula"
    ),
    items=(
        AgendaItem(number="1", title="Opening", starts="19.30"),
        AgendaItem(
            number="4",
            title="Formatieplan",
            aim="instemming",
            minutes=20,
            presenter="B. Bos",
            deadline=date(2027, 1, 8),
            papers=(paper("a.pdf"), paper("b.pdf", late=True), paper("c.pdf", "PMR")),
        ),
        AgendaItem(number="4a", title="Ontslag", closed=True, papers=(paper("d.pdf"),)),
    ),
    problems=(),
)


def plan(edition: Edition | None = None, meeting: Meeting = MEETING) -> BundlePlan:
    return plan_bundle(meeting, edition or edition_of(("PMR",)), prints=(), members="")


NOWHERE = plan(meeting=replace(MEETING, date=MeetingDate(day=None, kind="Heidag")))

# --- pages -----------------------------------------------------------------------------


def test_pages_are_counted_through_front_dividers_and_papers() -> None:
    """Front 2 pages; divider of 4 on page 3; 4.1 4-8, 4.2 9, 4.3 10-11; divider of 4a on 12; its paper 13."""
    found = sheets.lay_out(plan(), 2, {"4.1": 5, "4.2": 1, "4.3": 2, "4a.1": 1})
    assert found == Layout(
        item_pages={"4": 3, "4a": 12},
        paper_pages={"4.1": 4, "4.2": 9, "4.3": 10, "4a.1": 13},
        total=13,
    )


def test_without_papers_the_bundle_is_its_front() -> None:
    bare = replace(MEETING, items=MEETING.items[:1])
    assert sheets.lay_out(plan(meeting=bare), 2, {}) == Layout(item_pages={}, paper_pages={}, total=2)


@given(st.integers(1, 9), st.lists(st.lists(st.integers(1, 50), max_size=4), max_size=6))
def test_everything_begins_after_what_comes_before_and_the_total_is_the_sum(
    front: int, lengths: list[list[int]]
) -> None:
    items = tuple(
        AgendaItem(number=str(n), title="x", papers=tuple(paper(f"{n}-{m}") for m in range(len(own))))
        for n, own in enumerate(lengths, start=1)
    )
    pages = {
        number: length
        for item, own in zip(items, lengths, strict=True)
        for number, length in zip(paper_numbers(item), own, strict=True)
    }
    found = sheets.lay_out(plan(meeting=replace(MEETING, items=items)), front, pages)
    assert found.total == front + sum(pages.values()) + sum(1 for own in lengths if own)
    starts = sorted([*found.item_pages.values(), *found.paper_pages.values()])
    assert len(set(starts)) == len(starts)
    assert all(front < start <= found.total for start in starts)


def test_the_guess_for_the_agenda_grows_with_its_lines() -> None:
    """Only a starting point for laying out; never less than a page, never shorter for more lines."""
    guesses = [
        sheets.likely_agenda_pages(plan(meeting=replace(MEETING, items=MEETING.items[:1] * count)))
        for count in (0, 1, 10, 40, 80)
    ]
    assert guesses[0] == guesses[1] == 1
    assert guesses == sorted(guesses)
    assert guesses[-1] > 1


# --- cover -----------------------------------------------------------------------------


def test_the_cover_says_what_when_where_and_for_whom() -> None:
    made = sheets.cover(plan(), COUNCIL, replace(UNKNOWN, total=13), "Concept 1 van 21 november 2026")
    assert (made.raad, made.soort_vergadering) == ("CMR Veenrijk College", "Overlegvergadering")
    assert (made.datum, made.tijd, made.plaats) == ("dinsdag 8 december 2026", "19.30 tot 21.30 uur", "Aula")
    assert made.inhoud == "3 agendapunten, 4 stukken, 13 bladzijden"
    assert made.editie == "Editie PMR"
    assert made.vertrouwelijk == sheets.secrecy_line(edition_of(("PMR",)))
    assert (made.voorzitter, made.secretaris) == ("V. Jansen", "S. Bos")
    assert made.concept == "Concept 1 van 21 november 2026"


def test_a_folder_outside_a_werkmap_has_a_cover_without_council_and_day() -> None:
    made = sheets.cover(NOWHERE, None, UNKNOWN, "")
    assert (made.raad, made.datum, made.tijd, made.voorzitter, made.secretaris) == ("", "", "", "", "")
    assert made.soort_vergadering == "Heidag"


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((1, 1, 1), "1 agendapunt, 1 stuk, 1 bladzijde"),
        ((11, 0, 134), "11 agendapunten, 0 stukken, 134 bladzijden"),
    ],
)
def test_contents_in_words(counts: tuple[int, int, int], text: str) -> None:
    assert sheets.contents_line(*counts) == text


@pytest.mark.parametrize(
    ("edition", "name"),
    [
        (edition_of(()), "Editie leden"),
        (Edition(name="openbaar", groups=(), closed=False), "Openbare editie"),
        (edition_of(("OMR", "PMR")), "Editie OMR en PMR"),
    ],
)
def test_editions_for_people(edition: Edition, name: str) -> None:
    """Only an edition for groups says that it is confidential, and for whom."""
    secrecy = sheets.secrecy_line(edition)
    assert sheets.edition_line(edition) == name
    assert ("vertrouwelijk" in secrecy.lower()) is bool(edition.groups)
    assert all(group in secrecy for group in edition.groups)


def test_the_title_of_the_document_says_which_meeting_and_edition() -> None:
    assert (
        sheets.document_title(plan())
        == "Vergaderstukken overlegvergadering dinsdag 8 december 2026, editie PMR"
    )
    own = replace(MEETING, date=MeetingDate(day=None, kind="PMR-overleg"))
    assert sheets.document_title(plan(edition_of(()), own)) == "Vergaderstukken PMR-overleg, editie leden"


# --- agenda and dividers ---------------------------------------------------------------


def test_the_agenda_names_every_item_and_paper_with_page_and_link() -> None:
    layout = sheets.lay_out(plan(), 2, {"4.1": 5, "4.2": 1, "4.3": 2, "4a.1": 1})
    made = sheets.agenda(plan(), COUNCIL, layout, (), "")
    opening, formation, dismissal = made.punten
    assert (opening.nummer, opening.tijd, opening.bladzijde, opening.sleutel, opening.stukken) == (
        "1",
        "19.30",
        "",
        "",
        (),
    )
    assert (formation.doel, formation.minuten, formation.inbrenger) == ("instemming", "20 min", "B. Bos")
    assert (formation.uiterste_datum, formation.bladzijde, formation.sleutel) == (
        "8 januari 2027",
        "3",
        "punt-4",
    )
    assert [
        (one.nummer, one.titel, one.bladzijde, one.aanduiding, one.sleutel) for one in formation.stukken
    ] == [
        ("4.1", "Titel a.pdf", "4", "", "stuk-4.1"),
        ("4.2", "Titel b.pdf", "9", "tafelstuk", "stuk-4.2"),
        ("4.3", "Titel c.pdf", "10", "vertrouwelijk PMR", "stuk-4.3"),
    ]
    assert (dismissal.aanduiding, dismissal.stukken[0].nummer) == ("besloten", "4a.1")


def test_links_of_an_item_and_of_a_paper_with_one_number_differ() -> None:
    """Links to an item and to its papers never meet, whatever the numbers look like."""
    assert sheets.item_key("4a") != sheets.paper_key("4a")


def test_while_pages_are_unknown_the_agenda_shows_none() -> None:
    made = sheets.agenda(plan(), None, UNKNOWN, (), "Concept")
    assert {line.bladzijde for line in made.punten} == {""}
    assert {one.bladzijde for line in made.punten for one in line.stukken} == {""}
    assert (made.raad, made.concept, made.editie) == ("", "Concept", "Editie PMR")
    assert sheets.agenda(NOWHERE, None, UNKNOWN, (), "").datum == ""


def test_the_agenda_marks_what_cannot_be_read() -> None:
    missing = (Placeholder(number="4.2", source="04 Plan/b.pdf", reason="Versleuteld."),)
    formation = sheets.agenda(plan(), COUNCIL, UNKNOWN, missing, "").punten[1]
    assert [one.aanduiding for one in formation.stukken] == [
        "",
        "tafelstuk, niet leesbaar",
        "vertrouwelijk PMR",
    ]


def test_dividers_stand_for_items_with_papers_only() -> None:
    made = sheets.dividers(plan(), COUNCIL, UNKNOWN)
    assert [line.nummer for line in made.punten] == ["4", "4a"]
    assert (made.raad, made.datum) == ("CMR Veenrijk College", "dinsdag 8 december 2026")
    bare = sheets.dividers(NOWHERE, None, UNKNOWN)
    assert (bare.raad, bare.datum) == ("", "")


def test_an_item_whose_papers_are_all_for_others_has_no_divider() -> None:
    hidden = replace(MEETING, items=(replace(MEETING.items[1], papers=(paper("c.pdf", "PMR"),)),))
    assert sheets.dividers(plan(edition_of(()), hidden), None, UNKNOWN).punten == ()


# --- placeholders and stamps -------------------------------------------------------------


def test_a_placeholder_says_which_paper_and_why_without_the_folder_it_lies_in() -> None:
    missing = (
        Placeholder(number="4a.1", source="04a Ontslag/besloten/d.pdf", reason="Leeg bestand."),
        Placeholder(number="4.1", source="04 Plan/a.pdf", reason="Versleuteld."),
    )
    made = sheets.placeholder_sheets(plan(), COUNCIL, missing)
    assert [(one.nummer, one.titel, one.agendapunt, one.bestand, one.reden) for one in made.stukken] == [
        ("4a.1", "Titel d.pdf", "4a Ontslag", "d.pdf", "Leeg bestand."),
        ("4.1", "Titel a.pdf", "4 Formatieplan", "a.pdf", "Versleuteld."),
    ]
    assert all(one.doe for one in made.stukken)
    bare = sheets.placeholder_sheets(NOWHERE, None, ())
    assert (bare.raad, bare.datum, bare.stukken) == ("", "", ())


def test_stamps() -> None:
    assert sheets.stamp("4", "4.2") == "agendapunt 4 · stuk 4.2"
    assert sheets.stamp("4", "") == "agendapunt 4"
