"""Days in Dutch text."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.dutch_dates import find_dates

REFERENCE = date(2026, 11, 3)  # a Tuesday

ONE_DAY = [
    ("d.d. 3 nov. 2026", date(2026, 11, 3)),
    ("d.d.3 november 2026", date(2026, 11, 3)),
    ("dd. 03-11-2026", date(2026, 11, 3)),
    ("03.11.2026", date(2026, 11, 3)),
    ("3 - 11 - 2026", date(2026, 11, 3)),
    ("3-11-'26", date(2026, 11, 3)),
    ("03-nov-2026", date(2026, 11, 3)),
    ("22 mrt. '21", date(2021, 3, 22)),
    ("22 mrt. \u201921", date(2021, 3, 22)),
    ("2026-11-03", date(2026, 11, 3)),
    ("de brief van 3\nnovember 2026", date(2026, 11, 3)),
    ("1e juni 2027", date(2027, 6, 1)),
    ("3 NOVEMBER 2026.", date(2026, 11, 3)),
    ("op 1 maart jl. spraken wij", date(2026, 3, 1)),
    ("op 5 november jl.", date(2025, 11, 5)),
    ("3 november jl.", date(2026, 11, 3)),
    ("12 december aanstaande", date(2026, 12, 12)),
    ("12 oktober a.s.", date(2027, 10, 12)),
    ("uiterlijk 8 januari", date(2027, 1, 8)),
    ("uiterlijk 12 oktober", date(2027, 10, 12)),
    ("op 12 oktober spraken wij", date(2026, 10, 12)),
    ("op 8 januari", date(2027, 1, 8)),
    ("maandag 7 december", date(2026, 12, 7)),
    ("15 december 2026 om 12.00 uur", date(2026, 12, 15)),
    ("19.30 uur, 7 mei 2027", date(2027, 5, 7)),
    ("15 december 10 uur", date(2026, 12, 15)),
    ("uiterlijk op 15-12", date(2026, 12, 15)),
    ("29 februari", date(2028, 2, 29)),
]


@pytest.mark.parametrize(("text", "day"), ONE_DAY, ids=[row[0] for row in ONE_DAY])
def test_a_day_is_found(text: str, day: date) -> None:
    assert [found.day for found in find_dates(text, REFERENCE)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "31 februari 2026", "29 februari 2027", "32-01-2026", "3-13-2026", "0 mei 2026", "paragraaf 4.3.12",
        "10-12 personen",
        "schooljaar 2026-2027", "06-12345678", "tel. 036-1234567", "NL12-03-2026-44", "artikel 12-3-4",
        "mei 2026", "13.30 uur",
        "10.000 mensen", "11 lid 1 onder m",
    ],
)  # fmt: skip
def test_what_is_no_day_is_not_found(text: str) -> None:
    assert find_dates(text, REFERENCE) == ()


@pytest.mark.parametrize(
    "text", ["1 maart jl.", "12 december a.s.", "uiterlijk 8 januari", "maandag 7 december"]
)
def test_without_a_reference_a_day_without_a_year_is_not_guessed(text: str) -> None:
    assert find_dates(text, None) == ()


def test_the_day_comes_before_the_month() -> None:
    assert find_dates("04-03-2026", None)[0].day == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("03/04/2026", True),
        ("13/04/2026", False),
        ("03-04-2026", False),
        ("maandag 8 december 2026", True),
        ("dinsdag 8 december 2026", False),
        ("3 nov 26", True),
        ("3 nov '26", False),
    ],
)
def test_two_readings_are_said(text: str, ambiguous: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    assert [found.ambiguous for found in find_dates(text, REFERENCE)] == [ambiguous]


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("vóór 15 december a.s.", date(2026, 12, 14)),
        ("voor 15 december 2026", date(2026, 12, 14)),
        ("voor vrijdag 1 januari 2027", date(2026, 12, 31)),
        ("tot 15 december", date(2026, 12, 14)),
        ("tot en met 15 december", date(2026, 12, 15)),
        ("t/m 15 december", date(2026, 12, 15)),
        ("uiterlijk 15 december", date(2026, 12, 15)),
        ("voor of op 15 december", date(2026, 12, 15)),
        ("vóór 15 december 12.00 uur", date(2026, 12, 15)),
    ],
)
def test_before_a_day_means_the_day_before_is_the_last(text: str, last_day: date) -> None:
    found = find_dates(text, REFERENCE)[0]
    assert found.limit
    assert found.last_day == last_day


def test_the_place_of_a_day_is_exact() -> None:
    text = "Graag vóór maandag 7 december a.s. uw advies."
    found = find_dates(text, REFERENCE)[0]
    assert text[found.start : found.end] == found.raw == "maandag 7 december a.s."


@given(st.dates(date(1980, 1, 1), date(2079, 12, 31)))
def test_any_day_survives_every_way_of_writing(day: date) -> None:
    months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    forms = [
        day.isoformat(),
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day} {months[day.month - 1]}. {day.year}",
        f"{day.day:02}-{day.month:02}-'{day.year % 100:02}",
    ]
    assert [find_dates(form, None)[0].day for form in forms] == [day] * len(forms)


@given(st.text(alphabet="0123456789-/. 'januarimeoktd\n:,", max_size=200))
def test_no_text_breaks_it_and_days_do_not_overlap(text: str) -> None:
    found = find_dates(text, REFERENCE)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[item.start : item.end] == item.raw for item in found)


@pytest.mark.parametrize(
    "text", ["a " * 500_000, "\n" * 1_000_000, "1 " * 500_000, "1-" * 500_000, "9" * 1_000_000]
)
def test_hostile_text_costs_no_time(text: str) -> None:
    started = time.process_time()
    find_dates(text, REFERENCE)
    assert time.process_time() - started < 1
