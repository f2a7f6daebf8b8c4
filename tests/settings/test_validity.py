"""Rows of the law that hold on the same days are found; rows that follow each other are fine."""

from datetime import date

import pytest

from pipeline.settings.validity import Validity, overlap_problems


def row(first: date | None, last: date | None, name: str = "WMS-11-n", subject: str = "") -> Validity:
    return Validity(id=name, subject=subject or name, first=first, last=last)


@pytest.mark.parametrize(
    ("spans", "overlap"),
    [
        (((None, date(2016, 12, 31)), (date(2017, 1, 1), None)), False),
        (((date(2017, 1, 1), None), (None, date(2016, 12, 31))), False),
        (((None, date(2017, 1, 1)), (date(2017, 1, 1), None)), True),
        (((None, None), (None, None)), True),
        (((None, None), (date(2017, 1, 1), date(2018, 1, 1))), True),
        (((None, date(2016, 1, 1)), (date(2020, 1, 1), None), (date(2017, 1, 1), date(2019, 12, 31))), False),
        (((None, date(2030, 1, 1)), (date(2017, 1, 1), date(2017, 2, 1)), (date(2020, 1, 1), None)), True),
    ],
)
def test_only_days_in_common_are_a_fault(
    spans: tuple[tuple[date | None, date | None], ...],
    overlap: bool,  # noqa: FBT001
) -> None:
    """A row that begins the day after another ends follows it, in whatever order they stand."""
    assert bool(overlap_problems([row(*span) for span in spans], "rights.yaml")) is overlap


def test_every_subject_is_told_once_with_its_place_and_remedy() -> None:
    rows = [row(None, None), row(None, None), row(None, None, "WMS-12-a"), row(None, None, "WMS-12-a")]
    found = overlap_problems(rows, "rights.yaml")
    assert [problem.place for problem in found] == ["rights.yaml WMS-11-n", "rights.yaml WMS-12-a"]
    assert "2 keer" in found[0].text
    assert "valid_until" in found[0].text


def test_two_ids_for_one_place_in_the_law_are_both_named() -> None:
    rows = [row(None, None, "WMS-11-n", "WMS 11 n"), row(None, None, "WMS-11-nieuw", "WMS 11 n")]
    (problem,) = overlap_problems(rows, "rights.yaml")
    assert "WMS-11-n en WMS-11-nieuw" in problem.text
