"""The ground: feestdagen, counting, school holidays, Dutch dates."""

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import (
    HolidayAnchor,
    HolidayPeriod,
    HolidayRule,
    LegalCalendar,
    NaiveInstantError,
    SchoolHolidays,
    TermsAct,
    Unit,
    count_on,
    count_outside,
    dutch_date,
    dutch_day_month,
    dutch_hours,
    dutch_weekday_date,
    easter,
    legal_calendar,
    legal_day,
    period_faults,
)
from pipeline.errors import NotInCalendarError

ACT = TermsAct(
    citation_end="de eindregel",
    citation_working_days="de werkdagenregel",
    short_from_days=3,
    working_days=2,
    longest=MappingProxyType({Unit.DAG: 90, Unit.WEEK: 12, Unit.MAAND: 3}),
)
RULES = (
    HolidayRule(name="Nieuwjaarsdag", anchor=HolidayAnchor.VAST, month=1, day=1),
    HolidayRule(name="Koningsdag", anchor=HolidayAnchor.VAST, month=4, day=27, sunday_shift_days=-1),
    HolidayRule(name="Hemelvaartsdag", anchor=HolidayAnchor.PASEN, offset_days=39),
)


def calendar() -> LegalCalendar:
    return legal_calendar(
        RULES,
        (date(2026, 5, 15),),
        equalised_name="een gelijkgestelde dag",
        equalised_confidence="P",
        years=range(2024, 2030),
        known_from=2024,
        unknown_from=2029,
        act=ACT,
    )


def holiday(first: date, last: date, name: str = "kerstvakantie") -> HolidayPeriod:
    return HolidayPeriod(name=name, first=first, last=last, obligatory=True)


def holidays(*periods: HolidayPeriod) -> SchoolHolidays:
    return SchoolHolidays(
        periods=periods, region="noord", covered_from=date(2026, 1, 1), covered_to=date(2027, 12, 31)
    )


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1818, 3, 22),
        (1943, 4, 25),
        (2000, 4, 23),
        (2008, 3, 23),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2028, 4, 16),
        (2029, 4, 1),
        (2030, 4, 21),
        (2038, 4, 25),
    ],
)
def test_easter(year: int, month: int, day: int) -> None:
    """Published dates, the earliest (22 March) and the latest (25 April) possible among them."""
    assert easter(year) == date(year, month, day)


@given(st.integers(min_value=1600, max_value=4000))
def test_easter_is_always_a_sunday_in_spring(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_fixed_holiday_moves_only_when_it_is_a_sunday() -> None:
    """Koningsdag 2025 would be Sunday 27 April and is kept on Saturday 26 April."""
    rule = RULES[1]
    assert rule.in_year(2025) == date(2025, 4, 26)
    assert rule.in_year(2026) == date(2026, 4, 27)


def test_rest_days_are_named_as_in_a_sentence() -> None:
    known = calendar()
    assert known.rest_name(date(2026, 5, 14)) == "Hemelvaartsdag"
    assert known.rest_name(date(2026, 5, 15)) == "een gelijkgestelde dag"
    assert known.rest_name(date(2026, 5, 16)) == "een zaterdag"
    assert known.rest_name(date(2026, 5, 17)) == "een zondag"
    assert known.rest_name(date(2026, 5, 18)) == ""


def test_every_year_has_all_its_feestdagen() -> None:
    """One rule gives one day in each year covered."""
    named = [day for day, name in calendar().names.items() if name == "Hemelvaartsdag"]
    assert sorted(day.year for day in named) == list(range(2024, 2030))


def test_nearest_working_day_on_both_sides() -> None:
    known = calendar()
    assert known.on_or_before(date(2026, 5, 16)) == date(2026, 5, 13)
    assert known.on_or_after(date(2026, 5, 14)) == date(2026, 5, 18)
    assert known.on_or_after(date(2026, 5, 18)) == date(2026, 5, 18)


def test_outside_the_years_covered_nothing_is_guessed() -> None:
    with pytest.raises(NotInCalendarError):
        calendar().on_or_after(date(2030, 1, 1))
    with pytest.raises(NotInCalendarError):
        calendar().on_or_before(date(2023, 12, 31))


def test_decrees_are_known_for_a_range_of_years() -> None:
    known = calendar()
    assert known.decrees_known(date(2024, 1, 1))
    assert known.decrees_known(date(2028, 12, 31))
    assert not known.decrees_known(date(2029, 1, 1))
    assert not known.decrees_known(date(2023, 12, 31))


@pytest.mark.parametrize(
    ("day", "length", "unit", "expected"),
    [
        (date(2026, 1, 31), 1, Unit.MAAND, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, Unit.MAAND, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, Unit.MAAND, date(2027, 2, 28)),
        (date(2026, 8, 31), 1, Unit.MAAND, date(2026, 9, 30)),
        (date(2026, 12, 15), 1, Unit.MAAND, date(2027, 1, 15)),
        (date(2028, 2, 29), 2, Unit.JAAR, date(2030, 2, 28)),
        (date(2026, 4, 2), 6, Unit.WEEK, date(2026, 5, 14)),
        (date(2026, 5, 21), -7, Unit.DAG, date(2026, 5, 14)),
        (date(2026, 3, 31), -1, Unit.MAAND, date(2026, 2, 28)),
    ],
)
def test_counting(day: date, length: int, unit: Unit, expected: date) -> None:
    """Weeks are seven days; months end on the same day number, else on the last day of the month."""
    assert count_on(day, length, unit) == expected


@pytest.mark.parametrize("unit", list(Unit))
def test_an_absurd_length_is_a_clear_error(unit: Unit) -> None:
    with pytest.raises(NotInCalendarError):
        count_on(date(2026, 1, 1), 10**9, unit)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 500), st.sampled_from(list(Unit)))
def test_a_later_day_never_gives_an_earlier_end(day: date, length: int, unit: Unit) -> None:
    assert count_on(day, length, unit) <= count_on(day + timedelta(days=1), length, unit)


def test_legal_day_is_the_day_in_amsterdam() -> None:
    """23.30 UTC in winter is half past midnight in Amsterdam; in summer 22.30 is."""
    assert legal_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)
    assert legal_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert legal_day(datetime(2026, 7, 1, 21, 30, tzinfo=UTC)) == date(2026, 7, 1)


def test_an_instant_without_zone_has_no_legal_day() -> None:
    with pytest.raises(NaiveInstantError):
        legal_day(datetime(2026, 7, 1, 12, 0))  # noqa: DTZ001  # the fault under test


def test_dutch_dates() -> None:
    day = date(2026, 11, 3)
    assert dutch_date(day) == "3 november 2026"
    assert dutch_weekday_date(day) == "dinsdag 3 november 2026"
    assert dutch_day_month(day) == "3 november"


# --- school holidays -------------------------------------------------------------------

CHRISTMAS = holiday(date(2026, 12, 19), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("trigger", "days", "expected"),
    [
        (date(2026, 11, 30), 42, date(2027, 1, 27)),
        (date(2026, 12, 18), 1, date(2027, 1, 4)),
        (date(2026, 12, 25), 1, date(2027, 1, 4)),
        (date(2027, 1, 3), 1, date(2027, 1, 4)),
        (date(2026, 12, 1), 18, date(2027, 1, 4)),
        (date(2026, 12, 1), 17, date(2026, 12, 18)),
    ],
)
def test_counting_outside_a_holiday(trigger: date, days: int, expected: date) -> None:
    """The sixteen days of 19 December to 3 January do not count, wherever the term begins."""
    assert count_outside(trigger, days, holidays(CHRISTMAS)) == expected


@given(
    st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    st.integers(1, 120),
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(0, 45)), max_size=6),
)
def test_counting_outside_equals_walking_day_by_day(
    trigger: date, days: int, spans: list[tuple[date, int]]
) -> None:
    """The jump over periods gives what the plain definition gives, overlapping periods included."""
    periods = sorted(
        (holiday(first, first + timedelta(days=length)) for first, length in spans), key=lambda one: one.first
    )
    day, left = trigger, days
    while left:
        day += timedelta(days=1)
        left -= not any(period.first <= day <= period.last for period in periods)
    assert count_outside(trigger, days, holidays(*periods)) == day


def test_only_one_kind_of_holiday() -> None:
    summer = holiday(date(2026, 7, 4), date(2026, 8, 16), "zomervakantie")
    assert holidays(summer, CHRISTMAS).only("zomervakantie").periods == (summer,)


def test_a_rooster_may_write_the_summer_its_own_way() -> None:
    summer = holiday(date(2026, 7, 4), date(2026, 8, 16), "Zomervakantie noord 2026")
    assert holidays(summer, CHRISTMAS).only("zomervakantie").periods == (summer,)


def test_reversed_and_overlapping_periods_are_named() -> None:
    """Each fault names the holiday and both days, and says what to do."""
    reversed_ = holiday(date(2026, 5, 3), date(2026, 4, 25), "meivakantie")
    overlap = holiday(date(2027, 1, 3), date(2027, 1, 8), "extra week")
    faults = period_faults((CHRISTMAS, overlap, reversed_))
    assert len(faults) == 2
    assert "meivakantie" in faults[0]
    assert "25 april 2026" in faults[0]
    assert "extra week" in faults[1]
    assert "kerstvakantie" in faults[1]


def test_a_period_inside_another_hides_no_later_overlap() -> None:
    """The last week of December lies in the Christmas holidays, and so does what comes after it."""
    inside = holiday(date(2026, 12, 25), date(2026, 12, 27), "extra dagen")
    later = holiday(date(2027, 1, 2), date(2027, 1, 8), "extra week")
    assert len(period_faults((CHRISTMAS, inside, later))) == 2


def test_good_periods_have_no_faults() -> None:
    """Two holidays may touch: one ends the day before the other begins."""
    assert period_faults((CHRISTMAS, holiday(date(2027, 1, 4), date(2027, 1, 8), "extra week"))) == ()


def test_a_list_tells_where_it_ends() -> None:
    known = holidays(CHRISTMAS)
    assert known.covers(date(2026, 1, 1), date(2027, 12, 31))
    assert not known.covers(date(2026, 1, 1), date(2028, 1, 1))
    assert not known.covers(date(2025, 12, 31), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("starts", "ends", "text"),
    [
        ("19.30", "21.30", "19.30 tot 21.30 uur"),
        ("19.30", "", "19.30 uur"),
        ("", "21.30", ""),
        ("", "", ""),
    ],
)
def test_dutch_hours(starts: str, ends: str, text: str) -> None:
    assert dutch_hours(starts, ends) == text
