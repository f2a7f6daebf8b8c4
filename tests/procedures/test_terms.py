"""The term engine: each date with its article, and what must hold for every date."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import HolidayPeriod, SchoolHolidays, count_on
from pipeline.errors import NotInCalendarError, TermInputError
from pipeline.procedures.terms import (
    Direction,
    Extension,
    Pauses,
    TermKind,
    WarningCode,
    compute,
    compute_free,
    reglement_term,
)
from pipeline.settings.law import load_law
from pipeline.values import Actor, Deadline

CONFIG = Path(__file__).parents[2] / "config"
LAW = load_law(CONFIG)
NOORD = LAW.school_holidays["noord"]
DAYS = st.dates(date(2015, 1, 1), date(2045, 1, 1))
COUNTED = sorted(term.id for term in LAW.terms.values() if term.length or term.month_day)
PROMPTS = sorted(term.id for term in LAW.terms.values() if term.kind is TermKind.PROMPT)
BACK = [name for name in COUNTED if LAW.terms[name].direction is Direction.BACK]
FORWARD = [name for name in COUNTED if LAW.terms[name].direction is Direction.FORWARD]
STATUTORY = [name for name in FORWARD if LAW.terms[name].extension is not Extension.NONE]


def law(name: str, trigger: date) -> Deadline:
    return compute(LAW.terms[name], trigger, LAW.calendar)


def codes(deadline: Deadline) -> set[str]:
    return {warning.code for warning in deadline.warnings}


def text_of(deadline: Deadline, code: WarningCode) -> str:
    return next(warning.text for warning in deadline.warnings if warning.code == code)


# --- table -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "trigger", "strict", "last_day"),
    [
        ("WMS-34-2", date(2026, 4, 2), date(2026, 5, 14), date(2026, 5, 18)),
        ("WMS-34-2", date(2026, 6, 24), date(2026, 8, 5), date(2026, 8, 5)),
        ("WMS-34-1", date(2026, 4, 2), date(2026, 5, 14), date(2026, 5, 18)),
        ("WMS-6-2", date(2026, 1, 25), date(2026, 4, 25), date(2026, 4, 28)),
        ("WMS-6-2", date(2026, 11, 30), date(2027, 2, 28), date(2027, 3, 1)),
        ("WMS-32-3-nietigheid", date(2026, 11, 13), date(2026, 12, 25), date(2026, 12, 28)),
        ("WMS-36-3", date(2026, 3, 3), date(2026, 4, 3), date(2026, 4, 7)),
        ("WOR-25-6", date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)),
        ("WOR-26-2", date(2026, 4, 5), date(2026, 5, 5), date(2026, 5, 6)),
        ("WOR-27-5", date(2025, 3, 26), date(2025, 4, 26), date(2025, 4, 28)),
        ("WOR-23-1", date(2026, 12, 19), date(2027, 1, 2), date(2027, 1, 4)),
    ],
)
def test_statutory_terms(name: str, trigger: date, strict: date, last_day: date) -> None:
    """The article in the id, with art. 1 lid 1 Algemene termijnenwet.

    WMS 34: Hemelvaart 14 May 2026 and the equalised 15 May. WMS 6 lid 2: three months, Koningsdag on
    Monday 27 April. WMS 36 lid 3: Goede Vrijdag 3 April 2026 to Tuesday after Easter. WOR 25 lid 6 and
    27 lid 5: one month; 26 April 2025 is both Saturday and Koningsdag. WOR 26 lid 2: 5 May, every year.
    """
    found = law(name, trigger)
    assert (found.strict, found.last_day) == (strict, last_day)


@pytest.mark.parametrize(
    ("name", "trigger", "strict", "last_day"),
    [
        ("WMS-34-2", date(2026, 4, 2), date(2026, 5, 14), date(2026, 5, 18)),
        ("WOR-25-6", date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)),
        ("WMS-34-2", date(2026, 6, 24), date(2026, 8, 5), date(2026, 8, 5)),
    ],
)
def test_known_vectors_of_the_law(name: str, trigger: date, strict: date, last_day: date) -> None:
    """WMS 34 lid 2, twice (the second runs on through the summer holidays), and WOR 25 lid 6.

    The other two vectors: a reglement (WMS 24 lid 1 onder g), see
    ``test_reglement_without_school_holidays``, and seven days before a meeting (WOR 14 lid 2 onder g),
    see ``test_counting_back_never_moves``.
    """
    found = compute(LAW.terms[name], trigger, LAW.calendar, NOORD)
    assert (found.strict, found.last_day) == (strict, last_day)


@pytest.mark.parametrize(
    ("name", "trigger", "day"),
    [
        ("WMS-8-2-b", date(2026, 1, 1), date(2026, 4, 30)),
        ("WMS-8-2-b", date(2026, 4, 30), date(2026, 4, 30)),
        ("WMS-8-2-b", date(2026, 5, 1), date(2027, 4, 30)),
        ("WMS-8-2-c", date(2024, 6, 1), date(2024, 6, 30)),
        ("WMS-8-2-i", date(2026, 9, 1), date(2026, 10, 1)),
    ],
)
def test_fixed_dates(name: str, trigger: date, day: date) -> None:
    """WMS 8 lid 2: before 1 May is 30 April; never moved, also not on Sunday 30 June 2024."""
    found = law(name, trigger)
    assert (found.strict, found.last_day) == (day, day)


@pytest.mark.parametrize(
    ("name", "trigger", "day"),
    [
        ("WMS-21-1", date(2026, 9, 1), date(2028, 9, 1)),
        ("WMS-25-2", date(2024, 2, 29), date(2026, 2, 28)),
        ("WMS-29-3", date(2026, 9, 1), date(2031, 9, 1)),
        ("WOR-12-1", date(2026, 1, 3), date(2029, 1, 3)),
    ],
)
def test_years_are_never_extended(name: str, trigger: date, day: date) -> None:
    """WMS 21, 25, 29 and WOR 12: art. 4 Algemene termijnenwet leaves years out; 28-2-2026 is a Saturday."""
    found = law(name, trigger)
    assert (found.strict, found.last_day) == (day, day)


def test_counting_back_never_moves() -> None:
    """WOR 14 lid 2 onder g: seven days before 21 May 2026 is Hemelvaart; aim for the day before it."""
    found = law("WOR-14-2-g", date(2026, 5, 21))
    assert found.strict == found.last_day == date(2026, 5, 14)
    assert found.advised == date(2026, 5, 13)
    assert found.actor is Actor.SECRETARIAAT


def test_a_prompt_has_no_dates() -> None:
    """WMS 8 lid 1 says tijdig: no number, so no date."""
    found = law("WMS-8-1", date(2026, 5, 21))
    assert (found.strict, found.last_day, found.advised) == (None, None, None)
    assert found.steps


@pytest.mark.parametrize(
    ("trigger", "length", "strict", "last_day"),
    [
        (date(2026, 12, 24), 3, date(2026, 12, 27), date(2026, 12, 29)),
        (date(2026, 5, 13), 3, date(2026, 5, 16), date(2026, 5, 19)),
        (date(2026, 5, 13), 2, date(2026, 5, 15), date(2026, 5, 18)),
        (date(2026, 6, 1), 3, date(2026, 6, 4), date(2026, 6, 4)),
    ],
)
def test_two_working_days(trigger: date, length: int, strict: date, last_day: date) -> None:
    """Art. 2 Algemene termijnenwet: a term of three days or more holds at least two working days."""
    found = compute_free(trigger, length, "dag", LAW.calendar, basis="wet")
    assert (found.strict, found.last_day) == (strict, last_day)


@pytest.mark.parametrize(
    ("length", "unit", "moves"),
    [(12, "week", True), (13, "week", False), (84, "dag", True), (91, "dag", False)],
)
def test_long_terms_are_not_extended(length: int, unit: str, moves: bool) -> None:  # noqa: FBT001
    """Art. 4 Algemene termijnenwet: no more than 12 weeks or 90 days; each ends on a Saturday here."""
    saturday = date(2026, 9, 12)
    days = length * 7 if unit == "week" else length
    found = compute_free(saturday - timedelta(days=days), length, unit, LAW.calendar, basis="wet")
    assert found.strict == saturday
    assert found.last_day == (date(2026, 9, 14) if moves else saturday)


# --- reglement -------------------------------------------------------------------------


def test_reglement_without_school_holidays() -> None:
    """A reglement (WMS 24 lid 1 onder g): 42 days outside the kerstvakantie of region noord."""
    term = reglement_term("instemmingsverzoek", 6, "week", "artikel 23 lid 2", True)  # noqa: FBT003
    found = compute(term, date(2026, 11, 30), LAW.calendar, NOORD)
    assert found.strict == found.last_day == date(2027, 1, 27)
    assert found.term == "reglement-termijn_instemming"
    assert found.basis is not None
    assert (found.basis.law, found.basis.article) == ("reglement", "artikel 23 lid 2")


def test_reglement_is_never_extended() -> None:
    """A reglement is no law: six weeks that end on Hemelvaart end on Hemelvaart."""
    term = reglement_term("adviesaanvraag", 6, "week", "artikel 23")
    found = compute(term, date(2026, 4, 2), LAW.calendar, NOORD)
    assert found.last_day == date(2026, 5, 14)
    assert found.advised == date(2026, 5, 13)


def test_reglement_that_leaves_out_only_the_summer() -> None:
    """The kerstvakantie counts, the zomervakantie (4 July to 16 August 2026, noord) does not."""
    term = reglement_term("adviesaanvraag", 6, "week", "artikel 23", only_summer=True)
    assert term.pauses is Pauses.ZOMERVAKANTIE
    assert compute(term, date(2026, 11, 30), LAW.calendar, NOORD).last_day == date(2027, 1, 11)
    assert compute(term, date(2026, 6, 24), LAW.calendar, NOORD).last_day == date(2026, 9, 18)


def test_reglement_in_months_leaves_out_the_same_days() -> None:
    """One month from 30 November is 30 days; sixteen of them fall in the kerstvakantie."""
    term = reglement_term("adviesaanvraag", 1, "maand", "artikel 23", True)  # noqa: FBT003
    assert compute(term, date(2026, 11, 30), LAW.calendar, NOORD).last_day == date(2027, 1, 15)


def test_unknown_holidays_give_the_earliest_day_and_say_so() -> None:
    """Without region or rooster the term is counted short, which is safe for the council."""
    term = reglement_term("adviesaanvraag", 6, "week", "artikel 23", True)  # noqa: FBT003
    found = compute(term, date(2026, 11, 30), LAW.calendar)
    assert found.last_day == date(2027, 1, 11)
    assert WarningCode.SCHOOLVAKANTIES_ONBEKEND in codes(found)


@pytest.mark.parametrize(
    ("length", "unit"), [(None, "week"), (6, None), (0, "week"), (-6, "week"), (6, "uur")]
)
def test_reglement_without_a_usable_number(length: int | None, unit: str | None) -> None:
    with pytest.raises(TermInputError):
        reglement_term("adviesaanvraag", length, unit, "artikel 23")


def test_silence_is_never_consent() -> None:
    assert "Zwijgen is geen instemming" in reglement_term("instemmingsverzoek", 6, "week", "23").lapse
    assert "Zwijgen is nooit instemming" in LAW.terms["WMS-24-1-g"].lapse


@pytest.mark.parametrize("name", ["WMS-24-1-g", "WOR-25-adviestermijn", "WMCZ-7", "WMCZ-8"])
def test_a_term_that_others_set_has_to_be_filled_in(name: str) -> None:
    """WMS 24 lid 1 onder g: the number stands in the reglement, never in the law."""
    with pytest.raises(TermInputError) as caught:
        law(name, date(2026, 9, 1))
    assert "vul hem in" in caught.value.wat


def test_a_term_that_was_not_found_has_no_number() -> None:
    """Wmcz 2018 art. 8: the text was not read, so nothing may be filled in."""
    with pytest.raises(TermInputError) as caught:
        law("WMCZ-8-nietigheid", date(2026, 9, 1))
    assert "vul hem in" not in caught.value.wat


# --- warnings --------------------------------------------------------------------------


def test_unsettled_extension_shows_both_days() -> None:
    """Whether a suspension (WMS 34 lid 1, WOR 25 lid 6) is lengthened is not settled."""
    found = law("WOR-25-6", date(2026, 1, 31))
    text = text_of(found, WarningCode.VERLENGING_ONZEKER)
    assert "28 februari 2026" in text
    assert "2 maart 2026" in text
    assert found.advised is None
    assert WarningCode.VERLENGING_ONZEKER not in codes(law("WOR-25-6", date(2026, 2, 2)))


def test_own_reading_of_the_extension_is_no_certainty() -> None:
    """That the Algemene termijnenwet covers WMS 34 lid 2 is own reading (K)."""
    found = law("WMS-34-2", date(2026, 4, 2))
    assert "donderdag 14 mei 2026" in text_of(found, WarningCode.VERLENGING_EIGEN_LEZING)
    assert WarningCode.VERLENGING_EIGEN_LEZING not in codes(law("WMS-34-2", date(2026, 6, 24)))


def test_equalised_days_come_from_a_list() -> None:
    """15 May 2026 (P): the decree itself was not read."""
    found = law("WMS-34-2", date(2026, 4, 2))
    assert "15 mei 2026" in text_of(found, WarningCode.GELIJKGESTELDE_DAG_NIET_GELEZEN)


@pytest.mark.parametrize(("trigger", "warned"), [(date(2028, 11, 1), False), (date(2028, 12, 1), True)])
def test_equalised_days_are_unknown_from_2029(trigger: date, warned: bool) -> None:  # noqa: FBT001
    found = law("WMS-34-2", trigger)
    assert (WarningCode.GELIJKGESTELDE_DAGEN_ONBEKEND in codes(found)) is warned


@pytest.mark.parametrize(
    "name",
    ["WMS-32-1-oud", "WMS-33-1-oud", "WMS-8-2-h", "WMCZ-14-lcvv-opschorting", "WMCZ-14-beroep", "WOR-6"],
)
def test_unverified_terms_only_warn(name: str) -> None:
    """WMS 32 lid 1 (old), 33 lid 1 (old), the assumed 31 August, and numbers of one regeling."""
    found = law(name, date(2026, 9, 1))
    assert "Nog te controleren" in text_of(found, WarningCode.NOG_TE_CONTROLEREN)
    assert LAW.terms[name].only_warns
    assert not LAW.terms[name].may_close


def test_a_basis_is_as_sure_as_its_weakest_fact() -> None:
    """WMS 8 lid 2 onder h was read (V), but its day is an assumption (K)."""
    basis = law("WMS-8-2-h", date(2026, 9, 1)).basis
    assert basis is not None
    assert basis.confidence == "K"


def test_paraphrased_terms_guard_but_never_close() -> None:
    """WMS 32 lid 3: known from summaries only."""
    found = law("WMS-32-3-nietigheid", date(2026, 9, 1))
    term = LAW.terms["WMS-32-3-nietigheid"]
    assert "niet letterlijk gelezen" in text_of(found, WarningCode.BRON_NIET_LETTERLIJK)
    assert not term.only_warns
    assert not term.may_close


def test_school_holidays_do_not_lengthen_a_statutory_term() -> None:
    """LCG 104437-10.03: WMS 34 lid 2 runs on through the summer; the overlap is mentioned."""
    found = compute(LAW.terms["WMS-34-2"], date(2026, 6, 24), LAW.calendar, NOORD)
    assert found.last_day == date(2026, 8, 5)
    assert "zomervakantie" in text_of(found, WarningCode.SCHOOLVAKANTIE_VERLENGT_NIET)


def test_advised_weeks_and_unread_lists_are_told() -> None:
    """The herfstvakantie is advised; the dates of 2026-2027 in noord are paraphrased (P)."""
    term = reglement_term("adviesaanvraag", 6, "week", "artikel 23", True)  # noqa: FBT003
    found = compute(term, date(2026, 9, 15), LAW.calendar, NOORD)
    assert "herfstvakantie" in text_of(found, WarningCode.ADVIESWEKEN)
    assert "herfstvakantie" in text_of(found, WarningCode.SCHOOLVAKANTIES_NIET_GELEZEN)
    own = replace(NOORD, own_rooster=True)
    assert WarningCode.ADVIESWEKEN not in codes(compute(term, date(2026, 9, 15), LAW.calendar, own))


def test_the_end_of_the_list_of_school_holidays_is_told() -> None:
    term = reglement_term("adviesaanvraag", 6, "week", "artikel 23", True)  # noqa: FBT003
    assert WarningCode.SCHOOLVAKANTIES_ONBEKEND in codes(compute(term, date(2030, 8, 1), LAW.calendar, NOORD))


def test_a_month_without_that_day_is_told() -> None:
    """One month from 31 January ends on 28 February by custom; the law does not say so."""
    assert WarningCode.MAANDEINDE in codes(law("WOR-26-2", date(2026, 1, 31)))
    assert WarningCode.MAANDEINDE not in codes(law("WOR-26-2", date(2026, 1, 28)))


ROWS = {
    row["id"]: row
    for row in yaml.safe_load((CONFIG / "law" / "terms.yaml").read_text(encoding="utf-8"))["terms"]
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_no_fact_does_more_than_its_confidence_allows(name: str) -> None:
    """V may close; P starts and guards, is marked, and never closes; K and unverified only warn."""
    row, term = ROWS[name], LAW.terms[name]
    facts = {row["confidence"]["text"], row["confidence"].get("number", row["confidence"]["text"])}
    doubted = "K" in facts or row.get("status") == "unverified"
    assert term.only_warns is doubted
    assert term.may_close is (facts == {"V"} and not doubted)
    if term.length or term.month_day or term.kind is TermKind.PROMPT:
        marks = codes(law(name, date(2026, 9, 1)))
        assert (WarningCode.NOG_TE_CONTROLEREN in marks) is doubted
        assert (WarningCode.BRON_NIET_LETTERLIJK in marks) is ("P" in facts and not doubted)


def test_a_term_of_which_nobody_read_that_it_is_not_lengthened_never_closes() -> None:
    """Text and number read, yet it may end later than it seems."""
    read = replace(LAW.terms["WMS-36-3"], extension=Extension.NONE, extension_confidence="K")
    assert not read.may_close
    assert replace(read, extension_confidence="V").may_close


# --- steps -----------------------------------------------------------------------------


def test_steps_tell_the_whole_road() -> None:
    """WMS 34 lid 2 over Hemelvaart: a secretary can follow each day."""
    texts = [step.text for step in law("WMS-34-2", date(2026, 4, 2)).steps]
    assert texts[0] == "2 april 2026: het besluit is genomen; de dag erna is dag\N{NO-BREAK SPACE}1."
    assert texts[1] == "6 weken na 2 april 2026 is donderdag 14 mei 2026: de strikte laatste dag."
    assert texts[2].startswith(
        "14 mei 2026 is Hemelvaartsdag, 15 mei een gelijkgestelde dag, 16 mei een zaterdag en 17 mei een "
        "zondag: daarom loopt de termijn door tot en met maandag 18 mei 2026"
    )


def test_without_an_extension_the_last_day_is_simply_the_last_day() -> None:
    """The word strict means something only beside a later day; 5 August 2026 is a Wednesday."""
    texts = [step.text for step in law("WMS-34-2", date(2026, 6, 24)).steps]
    assert texts[1] == "6 weken na 24 juni 2026 is woensdag 5 augustus 2026: de laatste dag."


def test_a_prompt_never_says_the_law_is_silent_when_it_was_not_read() -> None:
    """WOR 6 does name periods; WMS 8 lid 1 does not."""
    assert "de wet noemt geen aantal dagen" in law("WMS-8-1", date(2026, 9, 1)).steps[0].text
    assert "de wet noemt geen" not in law("WOR-6", date(2026, 9, 1)).steps[0].text


def test_steps_name_the_holidays_left_out() -> None:
    term = reglement_term("instemmingsverzoek", 6, "week", "artikel 23", True)  # noqa: FBT003
    found = compute(term, date(2026, 11, 30), LAW.calendar, NOORD)
    assert any("kerstvakantie (19 december 2026 t/m 3 januari 2027)" in step.text for step in found.steps)


def test_steps_say_why_a_rest_day_does_not_move() -> None:
    """Counted back (WOR 14 lid 2 onder g), the day stays where it is."""
    found = law("WOR-14-2-g", date(2026, 5, 21))
    assert any("bij terugtellen schuift de dag nooit op" in step.text for step in found.steps)


def test_both_extensions_are_separate_steps() -> None:
    """Art. 1 takes 27 to 28 December 2026, art. 2 takes it to the 29th."""
    found = compute_free(date(2026, 12, 24), 3, "dag", LAW.calendar, basis="wet")
    assert [step.day for step in found.steps[2:]] == [date(2026, 12, 28), date(2026, 12, 29)]


# --- free computations -----------------------------------------------------------------


def test_a_free_term_without_basis_is_not_extended() -> None:
    found = compute_free(date(2026, 4, 2), 6, "weken", LAW.calendar)
    assert found.last_day == date(2026, 5, 14)
    assert found.basis is None
    assert WarningCode.GEEN_GRONDSLAG in codes(found)


def test_a_free_statutory_term_is_never_certain() -> None:
    """Nobody named an article, so confidence is K and the warning says so."""
    found = compute_free(date(2026, 4, 2), 6, "week", LAW.calendar, basis="wet")
    assert found.last_day == date(2026, 5, 18)
    assert found.basis is not None
    assert found.basis.confidence == "K"
    assert WarningCode.NOG_TE_CONTROLEREN in codes(found)


def test_a_statutory_term_cannot_leave_out_school_holidays() -> None:
    with pytest.raises(TermInputError):
        compute_free(
            date(2026, 4, 2),
            6,
            "week",
            LAW.calendar,
            basis="wet",
            exclude=Pauses.SCHOOLVAKANTIES,
            holidays=NOORD,
        )


@pytest.mark.parametrize("length", [10**6, 10**12])
@pytest.mark.parametrize("direction", list(Direction))
def test_a_term_beyond_the_calendar_is_a_clear_error(length: int, direction: Direction) -> None:
    with pytest.raises(NotInCalendarError):
        compute_free(date(2026, 4, 2), length, "week", LAW.calendar, direction=direction)


# --- what must hold for every date -----------------------------------------------------


@given(DAYS, st.integers(0, 40))
def test_a_later_trigger_never_gives_an_earlier_end(trigger: date, more: int) -> None:
    """Of every term of the catalogue, counted back or on, strict and extended."""
    for name in COUNTED:
        first, second = law(name, trigger), law(name, trigger + timedelta(days=more))
        assert _days_of(first)[0] <= _days_of(second)[0], name
        assert _days_of(first)[1] <= _days_of(second)[1], name


def _days_of(deadline: Deadline) -> tuple[date, date]:
    assert deadline.strict is not None
    assert deadline.last_day is not None
    return deadline.strict, deadline.last_day


@given(DAYS)
def test_an_extended_date_is_never_a_rest_day(trigger: date) -> None:
    """Of every term that can be lengthened; it moves over rest days only."""
    for name in STATUTORY:
        strict, last_day = _days_of(law(name, trigger))
        assert LAW.calendar.is_working_day(last_day), name
        assert last_day >= strict, name
        assert all(not LAW.calendar.is_working_day(day) for day in _between(strict, last_day)), name


def _between(first: date, stop: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((stop - first).days)]


@given(
    st.dates(date(2020, 1, 1), date(2045, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["dag", "week", "maand"]),
)
def test_counted_back_never_moves_later(day: date, length: int, unit: str) -> None:
    """Art. 1 lid 2 Algemene termijnenwet; the advised day is a working day on or before it."""
    found = compute_free(day, length, unit, LAW.calendar, basis="wet", direction=Direction.BACK)
    assert found.last_day == found.strict
    assert found.strict is not None
    assert found.strict < day
    assert found.advised is not None
    assert found.advised <= found.strict
    assert LAW.calendar.is_working_day(found.advised)


@given(DAYS)
def test_a_term_counted_back_ends_where_plain_counting_ends(day: date) -> None:
    """Art. 1 lid 2 Algemene termijnenwet, for every such term of the catalogue."""
    assert BACK
    for name in BACK:
        term = LAW.terms[name]
        assert term.length is not None
        assert term.unit is not None
        strict, last_day = _days_of(law(name, day))
        assert strict == last_day == count_on(day, -term.length, term.unit), name


@given(
    DAYS,
    st.integers(0, 60),
    st.sampled_from([(6, "week"), (30, "dag"), (2, "maand")]),
    st.sampled_from([None, *LAW.school_holidays.values()]),
)
def test_a_later_trigger_never_ends_a_reglement_term_earlier(
    trigger: date, more: int, length: tuple[int, str], holidays: SchoolHolidays | None
) -> None:
    """With or without school holidays; and its end is never inside one that does not count."""
    term = reglement_term("adviesaanvraag", *length, "artikel 23", exclude_holidays=True)
    first = compute(term, trigger, LAW.calendar, holidays)
    second = compute(term, trigger + timedelta(days=more), LAW.calendar, holidays)
    assert _days_of(first) <= _days_of(second)
    if holidays is not None:
        strict, _ = _days_of(first)
        assert not list(holidays.overlapping(strict, strict))


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=5))
def test_school_holidays_never_change_a_statutory_date(trigger: date, spans: list[tuple[date, int]]) -> None:
    """Whatever the rooster says, for every term of the catalogue (LCG 104437-10.03, 107894)."""
    periods = tuple(
        HolidayPeriod(name="vakantie", first=first, last=first + timedelta(days=days), obligatory=True)
        for first, days in sorted(spans)
    )
    rooster = SchoolHolidays(
        periods=periods,
        region="",
        covered_from=date(2010, 1, 1),
        covered_to=date(2050, 1, 1),
        own_rooster=True,
    )
    for name in COUNTED:
        found, without = compute(LAW.terms[name], trigger, LAW.calendar, rooster), law(name, trigger)
        assert (*_days_of(found), found.advised) == (*_days_of(without), without.advised), name


@given(st.sampled_from(COUNTED), DAYS)
def test_every_date_has_its_basis_and_its_steps(name: str, trigger: date) -> None:
    """A date without its basis never leaves the engine; K is never shown as certain."""
    found = law(name, trigger)
    term = LAW.terms[name]
    assert found.basis is not None
    assert found.basis.article
    assert found.steps[0].day == trigger
    assert {step.day for step in found.steps} >= {found.strict, found.last_day}
    assert (WarningCode.NOG_TE_CONTROLEREN in codes(found)) is term.only_warns


@pytest.mark.parametrize("name", [*COUNTED, *PROMPTS])
@pytest.mark.parametrize("trigger", [date(2026, 4, 2), date(2026, 12, 24), date(2031, 1, 31)])
def test_every_step_and_warning_is_a_sentence(name: str, trigger: date) -> None:
    """A capital or a number first, one full stop last: they stand in lists, letters and calendars."""
    found = law(name, trigger)
    for text in (*(step.text for step in found.steps), *(warning.text for warning in found.warnings)):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
        assert not text.endswith("..")


@given(st.sampled_from(FORWARD), DAYS)
def test_the_advised_day_is_inside_the_term(name: str, trigger: date) -> None:
    found = law(name, trigger)
    if LAW.terms[name].kind is TermKind.SUSPENSION:
        assert found.advised is None
    else:
        assert found.advised is not None
        assert found.last_day is not None
        assert trigger <= found.advised <= found.last_day
