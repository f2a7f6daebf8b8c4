"""One question of ``deadlines compute``: its answer, its JSON, and every way to ask it wrongly."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotInCalendarError, TermInputError
from pipeline.procedures.questions import TermQuestion, answer, deadline_json, question_from_row
from pipeline.settings.law import load_law
from pipeline.values import Deadline

LAW = load_law(Path(__file__).parents[2] / "config")


def ask(**options: object) -> Deadline:
    return answer(question_from_row(options), LAW.terms, LAW.calendar, LAW.school_holidays)


def refused(**options: object) -> TermInputError:
    with pytest.raises(TermInputError) as caught:
        ask(**options)
    return caught.value


@pytest.mark.parametrize(
    ("options", "strict", "last_day"),
    [
        ({"term": "WMS-34-2", "trigger": "2026-04-02"}, "2026-05-14", "2026-05-18"),
        ({"term": "WOR-25-6", "trigger": "2026-01-31"}, "2026-02-28", "2026-03-02"),
        ({"term": "WMS-34-2", "trigger": "2026-06-24"}, "2026-08-05", "2026-08-05"),
        ({"term": "WMS-34-2", "trigger": "2026-06-24", "region": "noord"}, "2026-08-05", "2026-08-05"),
        (
            {
                "length": 6,
                "unit": "week",
                "basis": "reglement",
                "exclude": "schoolvakanties",
                "region": "noord",
                "trigger": "2026-11-30",
            },
            "2027-01-27",
            "2027-01-27",
        ),
        ({"length": 7, "unit": "dag", "before": "2026-05-21"}, "2026-05-14", "2026-05-14"),
        ({"term": "WOR-14-2-g", "before": "2026-05-21"}, "2026-05-14", "2026-05-14"),
        (
            {"term": "WMS-24-1-g", "length": 6, "unit": "weken", "trigger": "2026-04-02"},
            "2026-05-14",
            "2026-05-14",
        ),
    ],
)
def test_known_vectors(options: dict[str, object], strict: str, last_day: str) -> None:
    """WMS 34 lid 2, WOR 25 lid 6, a reglement, and counting back from a meeting."""
    found = deadline_json(ask(**options))
    assert (found["strict"], found["last_day"]) == (strict, last_day)


def test_json_has_exactly_the_promised_keys() -> None:
    """DESIGN section 5: others script against these keys."""
    found = deadline_json(ask(term="WMS-34-2", trigger="2026-04-02"), "vraag 7")
    assert list(found) == [
        "id",
        "term",
        "trigger",
        "strict",
        "last_day",
        "advised",
        "steps",
        "basis",
        "warnings",
    ]
    again = json.loads(json.dumps(found))
    assert again["id"] == "vraag 7"
    assert again["basis"] == {"law": "WMS", "article": "34", "paragraph": "2", "confidence": "V"}
    assert set(again["steps"][0]) == {"date", "text"}
    assert all(set(warning) == {"code", "text"} for warning in again["warnings"])


def test_counting_back_in_json() -> None:
    """The trigger is the meeting; advised is the working day on or before the latest day."""
    found = deadline_json(ask(length=7, unit="dag", before="2026-05-21", id=3), 3)
    assert (found["id"], found["trigger"], found["term"], found["basis"]) == (3, "2026-05-21", None, None)
    assert (found["last_day"], found["advised"]) == ("2026-05-14", "2026-05-13")


def test_a_prompt_has_null_dates() -> None:
    found = deadline_json(ask(term="WMS-8-2-e", trigger="2026-05-21"))
    assert (found["strict"], found["last_day"], found["advised"]) == (None, None, None)


def test_without_region_any_holiday_is_mentioned_and_changes_nothing() -> None:
    """The zomervakantie lies in the six weeks of WMS 34 lid 2, whatever the region."""
    found = ask(term="WMS-34-2", trigger="2026-06-24")
    assert any("zomervakantie" in warning.text for warning in found.warnings)
    assert not any(
        "vakantie" in warning.text for warning in ask(term="WOR-26-2", trigger="2026-07-10").warnings
    )


@pytest.mark.parametrize(
    ("options", "ahead"),
    [
        ({"term": "WMS-34-2", "trigger": "2026-11-24"}, True),
        ({"term": "WMS-34-2", "trigger": "2026-11-23"}, False),
        ({"term": "WMS-8-1", "trigger": "2026-11-24"}, True),
        ({"length": 6, "unit": "week", "trigger": "2026-11-24"}, True),
        ({"term": "WMS-8-2-b", "trigger": "2027-01-01"}, False),
        ({"term": "WOR-14-2-g", "before": "2026-12-08"}, False),
        ({"length": 7, "unit": "dag", "before": "2026-12-08"}, False),
    ],
)
def test_a_trigger_that_has_yet_to_come_is_answered_with_a_warning(
    options: dict[str, object],
    ahead: bool,  # noqa: FBT001
) -> None:
    """Asking ahead is useful; a fixed date and a meeting to come need no event that has happened."""
    question = question_from_row(options)
    found = answer(question, LAW.terms, LAW.calendar, LAW.school_holidays, date(2026, 11, 23))
    without = ask(**options)
    assert ("toekomst" in {warning.code for warning in found.warnings}) is ahead
    assert (found.strict, found.last_day, found.steps) == (without.strict, without.last_day, without.steps)
    if ahead:
        assert found.warnings[0].text.startswith("Dinsdag 24 november 2026 ligt in de toekomst")


# --- wrong questions -------------------------------------------------------------------


def test_an_unknown_term_suggests_the_nearest() -> None:
    error = refused(term="WMS-34-3", trigger="2026-04-02")
    assert "WMS-34-3" in error.wat
    assert "WMS-34-2" in error.doe


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"term": "WMS-34-2"}, "ontbreekt"),
        ({"term": "WMS-34-2", "trigger": "2126-04-02"}, "buiten de kalender"),
        ({"term": "WMS-34-2", "trigger": "1999-04-02"}, "buiten de kalender"),
        ({"term": "WMS-32-3-nietigheid", "trigger": "2016-12-31"}, "1 januari 2017"),
        ({"term": "WMCZ-14-beroep", "trigger": "2020-06-30"}, "1 juli 2020"),
        ({"term": "WMS-34-2", "trigger": "2026-04-02", "before": "2026-05-01"}, "zowel"),
        ({"term": "WMS-34-2", "before": "2026-05-01"}, "vooruit"),
        ({"term": "WMS-34-2", "trigger": "2026-04-02", "length": 6, "unit": "week"}, "eigen lengte"),
        ({"term": "WMS-34-2", "trigger": "2026-04-02", "region": "oost"}, "oost"),
        ({"term": "WMS-34-2", "trigger": "2026-02-30"}, "geen bestaande dag"),
        ({"term": "WMS-34-2", "trigger": "2 april"}, "geen bestaande dag"),
        ({"term": "WMS-24-1-g", "trigger": "2026-04-02"}, "vul hem in"),
        ({"length": 6, "unit": "uur", "trigger": "2026-04-02"}, "uur"),
        ({"length": 0, "unit": "week", "trigger": "2026-04-02"}, "0"),
        ({"length": -2, "unit": "week", "trigger": "2026-04-02"}, "-2"),
        ({"length": 6, "trigger": "2026-04-02"}, "geen termijn opgegeven"),
        ({"unit": "week", "trigger": "2026-04-02"}, "geen termijn opgegeven"),
        ({"length": 6, "unit": "week", "trigger": "2026-04-02", "exclude": "schoolvakanties"}, "regio"),
        ({"length": 6, "unit": "week", "trigger": "2026-04-02", "exclude": "feestdagen"}, "feestdagen"),
        ({"length": 6, "unit": "week", "trigger": "2026-04-02", "basis": "gewoonte"}, "gewoonte"),
        (
            {
                "length": 6,
                "unit": "week",
                "trigger": "2026-04-02",
                "basis": "wet",
                "exclude": "schoolvakanties",
                "region": "noord",
            },
            "verlengen een wettelijke termijn niet",
        ),
        (
            {
                "length": 7,
                "unit": "dag",
                "before": "2026-05-21",
                "exclude": "schoolvakanties",
                "region": "noord",
            },
            "terugtellen",
        ),
    ],
)
def test_wrong_questions_are_refused_in_dutch(options: dict[str, object], said: str) -> None:
    """Each refusal says what is wrong and what to do."""
    error = refused(**options)
    assert said in error.wat
    assert error.doe
    assert error.doe != TermInputError.doe


@pytest.mark.parametrize(
    "row",
    [
        {"trigger": 20260402, "term": "WMS-34-2"},
        {"term": 34, "trigger": "2026-04-02"},
        {"length": "6", "unit": "week", "trigger": "2026-04-02"},
        {"length": True, "unit": "week", "trigger": "2026-04-02"},
        {"length": 1.5, "unit": "week", "trigger": "2026-04-02"},
        {"id": ["x"], "term": "WMS-34-2", "trigger": "2026-04-02"},
        {"terms": "WMS-34-2", "trigger": "2026-04-02"},
    ],
)
def test_a_bad_row_is_one_clear_error(row: dict[str, object]) -> None:
    with pytest.raises(TermInputError):
        ask(**row)


def test_a_misspelt_key_suggests_the_right_one() -> None:
    assert "trigger" in refused(term="WMS-34-2", triger="2026-04-02").doe


def test_a_term_that_runs_out_of_the_calendar_is_no_crash() -> None:
    with pytest.raises(NotInCalendarError):
        ask(length=40, unit="jaar", trigger="2026-04-02")


@given(
    st.dictionaries(
        st.sampled_from([*TermQuestion.__dataclass_fields__, "x"]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.text(max_size=8),
            st.sampled_from(
                ["WMS-34-2", "WOR-14-2-g", "week", "reglement", "wet", "schoolvakanties", "noord"]
            ),
            st.dates().map(date.isoformat),
        ),
    )
)
def test_no_row_crashes(row: dict[str, object]) -> None:
    """A row gives a deadline or one of the two errors made for people; nothing else."""
    try:
        found = ask(**row)
    except (TermInputError, NotInCalendarError) as error:
        assert error.wat  # noqa: PT017  # both outcomes are right
    else:
        json.dumps(deadline_json(found))
