"""A list that runs out is told in time, and again once it has run out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.procedures.cautions import WarningCode
from pipeline.procedures.horizon import calendar_warnings
from pipeline.settings.law import load_law

LAW = load_law(Path(__file__).parents[2] / "config")
NOORD = LAW.school_holidays["noord"]
DECREES, SCHOOLS = WarningCode.GELIJKGESTELDE_DAGEN_LOPEN_AF, WarningCode.SCHOOLVAKANTIES_LOPEN_AF


def codes(today: date, *, last: date | None = None) -> list[str]:
    holidays = replace(NOORD, covered_to=last) if last else None
    return [warning.code for warning in calendar_warnings(today, LAW.calendar, holidays)]


@pytest.mark.parametrize(
    ("today", "warned"),
    [
        (date(2028, 10, 31), False),
        (date(2028, 11, 1), True),
        (date(2028, 12, 31), True),
        (date(2030, 1, 1), True),
    ],
)
def test_equalised_days_are_unknown_from_2029(today: date, warned: bool) -> None:  # noqa: FBT001
    """Two months before 1 January 2029."""
    assert codes(today) == ([DECREES] if warned else [])


@pytest.mark.parametrize(
    ("today", "warned"),
    [
        (date(2027, 5, 31), False),
        (date(2027, 6, 1), True),
        (date(2027, 9, 1), True),
    ],
)
def test_a_rooster_that_ends_with_july_is_told_from_june(today: date, warned: bool) -> None:  # noqa: FBT001
    assert codes(today, last=date(2027, 7, 31)) == ([SCHOOLS] if warned else [])


def test_without_school_holidays_nothing_is_said_about_them() -> None:
    assert codes(date(2035, 1, 1)) == [DECREES]


def test_the_texts_say_when_and_what_to_do() -> None:
    own = replace(NOORD, covered_to=date(2027, 7, 31), own_rooster=True)
    decrees, schools = calendar_warnings(date(2028, 11, 1), LAW.calendar, own)
    assert "tot en met 2028" in decrees.text
    assert "beheerder" in decrees.text
    assert schools.text.startswith("Uw eigen rooster met schoolvakanties liep tot en met 31 juli 2027.")
    assert "Instellingen" in schools.text
    (shipped,) = calendar_warnings(date(2027, 7, 1), LAW.calendar, replace(own, own_rooster=False))
    assert shipped.text.startswith("De lijst met schoolvakanties loopt tot en met 31 juli 2027.")


def test_how_long_before_is_data() -> None:
    longer = replace(LAW.calendar, warn_months_ahead=6)
    assert calendar_warnings(date(2028, 7, 1), longer, None)
    assert not calendar_warnings(date(2028, 6, 30), longer, None)
