"""What the secretary typed in agenda.xlsx reaches the item or paper it was typed for, and no other."""

from dataclasses import replace

import pytest

from pipeline.meetings.overruling import overrule, stray_problems
from pipeline.values import AgendaItem, ItemPaper, Override

A, B = (ItemPaper(path=f"04 Plan/{name}.pdf", sha256=name, title=name) for name in ("a", "b"))
PLAN = AgendaItem(number="4", title="Plan", minutes=10, papers=(A, B))
CLOSED = AgendaItem(number="4", title="Personeel", closed=True)
TYPED = Override(
    number="4", folder_title="Plan", title="Eigen titel", presenter="B. Bos", starts="20.00", minutes=25
)
SECRET = replace(Override.empty_for(CLOSED), title="Ontslag", presenter="B. Bos", starts="20.00", minutes=25)


def test_title_presenter_time_and_length_are_overruled() -> None:
    item = overrule(PLAN, (TYPED,))
    assert (item.title, item.presenter, item.starts, item.minutes) == ("Eigen titel", "B. Bos", "20.00", 25)
    assert stray_problems((PLAN,), (TYPED,)) == ()


def test_an_empty_cell_overrules_nothing_and_an_empty_row_is_no_problem() -> None:
    for row in (Override(number="4", folder_title="Plan"), Override(number="9", folder_title="Weg")):
        assert overrule(PLAN, (row,)) == PLAN
        assert stray_problems((PLAN,), (row,)) == ()


@pytest.mark.parametrize("folder_title", ["", " ", "Ander plan", "Plan [besloten]", "plan"])
def test_a_row_of_another_folder_with_the_same_number_overrules_nothing(folder_title: str) -> None:
    row = replace(TYPED, folder_title=folder_title)
    assert overrule(PLAN, (row,)) == PLAN
    (problem,) = stray_problems((PLAN,), (row,))
    assert "bij punt 4 " in problem
    assert "Eigen" not in problem


def test_a_row_of_the_same_folder_with_another_number_overrules_nothing() -> None:
    moved = replace(PLAN, number="5")
    assert overrule(moved, (TYPED,)) == moved
    assert len(stray_problems((moved,), (TYPED,))) == 1


@pytest.mark.parametrize("title", ["Begroting", "Personeel"])
def test_nothing_typed_for_a_closed_item_reaches_the_open_item_that_gets_its_number(title: str) -> None:
    """Not even when both folders have the same title and only the mark differs."""
    items = AgendaItem(number="4", title=title), replace(CLOSED, number="5")
    assert tuple(overrule(item, (SECRET,)) for item in items) == items
    (problem,) = stray_problems(items, (SECRET,))
    assert not any(word in problem for word in ("Ontslag", "Bos", "Personeel"))


def test_what_was_typed_for_a_closed_item_is_asked_about_when_its_mark_goes() -> None:
    opened = replace(CLOSED, closed=False)
    assert overrule(CLOSED, (SECRET,)).title == "Ontslag"
    assert overrule(opened, (SECRET,)) == opened
    assert len(stray_problems((opened,), (SECRET,))) == 1


def test_a_folder_without_a_title_that_prints_takes_no_row_without_folder_title() -> None:
    item = replace(PLAN, title="\u200b")
    assert overrule(item, (replace(TYPED, folder_title=""),)) == item


def test_the_title_of_a_paper_is_overruled_by_its_place_not_by_its_number() -> None:
    rows = Override(number="9z", source=A.path, title="Nieuw"), Override(number="4", source=B.path)
    item = overrule(PLAN, rows)
    assert [paper.title for paper in item.papers] == ["Nieuw", "b"]
    assert item.title == "Plan"
    assert stray_problems((PLAN,), rows) == ()


def test_a_row_of_a_paper_that_is_gone_is_asked_about() -> None:
    row = Override(number="4.1", folder_title="a", source="04 Weg/a.pdf", title="Nieuw")
    assert overrule(PLAN, (row,)) == PLAN
    assert stray_problems((PLAN,), (row, row)) == (
        (
            "In agenda.xlsx staat bij stuk 4.1 een eigen invulling die hoorde bij een ander stuk; "
            "controleer haar en maak de gele cellen leeg of zet haar bij het goede stuk."
        ),
    )


def test_an_override_never_changes_who_may_see_a_paper() -> None:
    kept_apart = replace(A, audience="PMR")
    (paper,) = overrule(
        replace(PLAN, papers=(kept_apart,)), (Override(number="4.1", source=A.path, title="Openbaar"),)
    ).papers
    assert (paper.title, paper.audience) == ("Openbaar", "PMR")
