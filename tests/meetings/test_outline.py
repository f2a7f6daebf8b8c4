"""What a name in a meeting folder says; a mark that is not understood is never read as no mark."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.meetings.outline import (
    AIMS,
    Reserve,
    group_named,
    natural_key,
    read_label,
    read_meeting_name,
    read_reserve,
)

# --- numbers, titles and times ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("01 Opening", "1", "Opening"),
        ("04a Ingelast punt", "4a", "Ingelast punt"),
        ("10. Rondvraag", "10", "Rondvraag"),
        ("3 - Mededelingen", "3", "Mededelingen"),
        ("07_Begroting", "7", "Begroting"),
        ("12", "12", ""),
        ("05[besloten]", "5", ""),
        ("Voortgang", "", "Voortgang"),
        ("4de kwartaal", "", "4de kwartaal"),
        ("2026", "", "2026"),
    ],
)
def test_number_and_title(name: str, number: str, title: str) -> None:
    """``4de`` and a year are no numbers of an agenda item."""
    label = read_label(name)
    assert (label.number, label.title) == (number, title)


def test_an_inserted_item_comes_after_its_number_and_before_the_next() -> None:
    names = ["05 Vijf", "04b Later", "04 Vier", "10 Tien", "04a Ingelast", "Zonder"]
    ordered = sorted(names, key=lambda name: read_label(name).order)
    assert ordered == ["04 Vier", "04a Ingelast", "04b Later", "05 Vijf", "10 Tien", "Zonder"]


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("04 Plan (20 min)", 20),
        ("04 Plan (5 minuten)", 5),
        ("04 Plan (90 MIN.)", 90),
        ("04 Plan (15min)", 15),
        ("04 Plan (20)", 0),
        ("04 Plan", 0),
    ],
)
def test_minutes(name: str, minutes: int) -> None:
    assert read_label(name).minutes == minutes


def test_all_at_once_leaves_a_clean_title() -> None:
    label = read_label("04 Formatieplan [instemming] (20 min) (uiterlijk 8-1-2027) [Besloten] [ tafelstuk ]")
    assert label.title == "Formatieplan"
    assert (label.aim, label.minutes, label.deadline) == ("instemming", 20, date(2027, 1, 8))
    assert (label.closed, label.late, label.problems) == (True, True, ())


def test_a_plain_name_has_no_marks() -> None:
    label = read_label("04 Formatieplan")
    assert (label.aim, label.minutes, label.deadline, label.closed, label.late) == ("", 0, None, False, False)


@pytest.mark.parametrize("aim", AIMS)
def test_every_aim_is_understood(aim: str) -> None:
    assert (read_label(f"04 X [{aim.upper()}]").aim, read_label(f"04 X [{aim}]").problems) == (aim, ())


def test_a_day_that_does_not_exist_is_asked_about() -> None:
    label = read_label("04 Plan (uiterlijk 31-2-2027)")
    assert label.deadline is None
    assert "(uiterlijk 31-2-2027) bestaat niet" in label.problems[0]


# --- marks fail closed -----------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "04 Plan [geheim]",
        "04 Plan [vertrouwelijk PMR]",
        "04 Plan [vertrouwelijk]",
        "04 Plan [intern]",
        "04 Plan []",
        "04 Plan [beslotn]",
        "04 Plan [instemming, besloten]",
        "[geheim] notitie",
    ],
)
def test_an_unknown_word_in_brackets_is_a_problem(name: str) -> None:
    label = read_label(name)
    assert any("is niet bekend" in problem and name in problem for problem in label.problems)
    assert not label.closed


@pytest.mark.parametrize(
    "name",
    [
        "04 Reorganisatie vertrouwlijk",
        "04 Reorganisatie (vertrouwelijk)",
        "04 VERTROUWELIJK plan",
        "04 Vertrouwelijke notitie",
        "04 Plan besloten",
        "04 Plan [besloten",
        "04 Plan {besloten}",
        "04 Plan geheim",
        "04 Plan_geheim_2",
        "04 Plan geheimm",
        "04 Plan onder embargo",
        "beslotn",
    ],
)
def test_a_word_that_resembles_secrecy_is_asked_about(name: str) -> None:
    assert any("geheimhouding" in problem for problem in read_label(name).problems)


@pytest.mark.parametrize(
    "name",
    [
        "03 Besluiten vorige vergadering",
        "03 Besluitenlijst",
        "04 Vertrouwenspersoon",
        "04 Vertrouwen in het bestuur",
        "04 Besluit na advies",
        "04 Bespreking begroting",
        "04 Beloningsbeleid",
        "04 Gezamenlijk overleg",
    ],
)
def test_everyday_words_of_a_council_raise_no_alarm(name: str) -> None:
    assert read_label(name).problems == ()


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_any_word_in_brackets_is_known_or_a_problem(word: str) -> None:
    known = word in (*AIMS, "besloten", "tafelstuk")
    assert bool(read_label(f"04 Plan [{word}]").problems) is not known


@given(st.text(max_size=80))
def test_reading_never_fails_and_closed_needs_the_word_itself(name: str) -> None:
    """Whatever the name."""
    label = read_label(name)
    assert not label.closed or "besloten" in name.lower()


# --- folders inside an item ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reserve"),
    [
        ("besloten", Reserve(closed=True)),
        ("[Besloten]", Reserve(closed=True)),
        ("vertrouwelijk PMR", Reserve(audience="PMR")),
        ("Vertrouwelijk  pmr", Reserve(audience="PMR")),
        ("vertrouwelijk Commissie HR", Reserve(audience="Commissie HR")),
    ],
)
def test_folders_that_are_understood(name: str, reserve: Reserve) -> None:
    """The group is written as the council writes it, not as the folder does."""
    assert read_reserve(name, ("PMR", "Commissie HR")) == reserve


@pytest.mark.parametrize(
    "name",
    ["vertrouwelijk OMR", "vertrouwelijk", "[vertrouwelijk PMR]", "vertrouwlijk PMR", "PMR", "oud", "geheim"],
)
def test_any_other_folder_is_a_problem_and_admits_nobody(name: str) -> None:
    reserve = read_reserve(name, ("PMR",))
    assert name in reserve.problem
    assert (reserve.audience, reserve.closed) == ("", False)


def test_an_unknown_group_is_told_which_groups_there_are() -> None:
    assert "PMR, Commissie HR" in read_reserve("vertrouwelijk X", ("PMR", "Commissie HR")).problem
    assert "raad.toml" in read_reserve("vertrouwelijk X", ()).problem


@pytest.mark.parametrize(
    ("name", "group"),
    [("vertrouwelijk  PMR", "PMR"), ("Vertrouwelijk omr", "omr"), ("besloten", ""), ("x", "")],
)
def test_the_group_a_folder_speaks_of(name: str, group: str) -> None:
    assert group_named(name) == group


# --- meeting folders and order ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day", "kind"),
    [
        ("2026-12-08 Overlegvergadering", date(2026, 12, 8), "Overlegvergadering"),
        ("2026-12-08  PMR-overleg ", date(2026, 12, 8), "PMR-overleg"),
        ("2026-02-30 Overleg", None, "2026-02-30 Overleg"),
        ("2026-12-08", None, "2026-12-08"),
        ("Overleg december", None, "Overleg december"),
    ],
)
def test_meeting_names(name: str, day: date | None, kind: str) -> None:
    assert read_meeting_name(name) == (day, kind)


def test_natural_order() -> None:
    names = [
        "stuk 10.pdf",
        "Stuk 2.pdf",
        "stuk 1b.pdf",
        "stuk 1.pdf",
        "bijlage.pdf",
        "2 plan.pdf",
        "10 plan.pdf",
    ]
    assert sorted(names, key=natural_key) == [
        "2 plan.pdf",
        "10 plan.pdf",
        "bijlage.pdf",
        "stuk 1.pdf",
        "stuk 1b.pdf",
        "Stuk 2.pdf",
        "stuk 10.pdf",
    ]


@given(st.permutations(["a1", "1", "²", "٣ x", "🎉", "", "1a", "a", "10"]))
def test_any_names_can_be_ordered(names: list[str]) -> None:
    """Digits of other scripts, superscripts and emoji compare with everything else."""
    assert sorted(names, key=natural_key) == ["", "1", "1a", "10", "a", "a1", "²", "٣ x", "🎉"]


@given(st.integers(0, 999), st.integers(0, 999))
def test_numbers_in_names_order_as_numbers(one: int, other: int) -> None:
    assert (natural_key(f"stuk {one}") < natural_key(f"stuk {other}")) is (one < other)
