"""What a person is asked to do: as long as it makes sense, and never what cannot be done."""

from datetime import date

import pytest
from procedures.telling import running, told

TODAY = date(2026, 12, 8)
TELL_OTHERS = "aan de andere geledingen gaf (WMS 8 lid 6)"
APPEAL = "Beslis of de raad in beroep gaat bij de Ondernemingskamer"
DISPUTE = "Beslis of de raad een geschil voorlegt aan de LCG"


def asks(text: str, tasks: tuple[str, ...]) -> bool:
    return any(text in task for task in tasks)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"recht": "WMS-12-b"}, True),
        ({"recht": "WMS-12-b", "doorgestuurd_op": "2026-11-05"}, False),
        ({"recht": "WMS-12-b", "besluit_raad_op": "2026-12-01", "instemming": "verleend"}, False),
        ({"recht": "WMS-10-b"}, False),
        ({"houder": "ouders"}, True),
        ({}, False),
    ],
)
def test_the_other_sections_are_told_when_a_section_holds_the_right(
    known: dict[str, str],
    asked: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    """WMS 8 lid 6: also when only the right tells who holds it; 12 is of the staff, 10 of the council."""
    assert asks(TELL_OTHERS, told("instemming-wms", TODAY, **known).to_do) is asked


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"gevolgd": "nee"}, True),
        ({"gevolgd": "deels"}, True),
        ({"gevolgd": "ja"}, False),
        ({}, False),
        ({"gevolgd": "nee", "geschil_ingediend_op": "2026-12-07"}, False),
        ({"gevolgd": "nee", "ziet_af_op": "2026-12-07"}, False),
        ({"gevolgd": "nee", "recht": "WOR-30"}, False),
    ],
)
def test_an_appeal_is_asked_about_while_it_can_be_made(known: dict[str, str], asked: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """WOR 26 lid 2; of a bestuurder (WOR 30) there is no appeal."""
    case = told("advies-wor", TODAY, besluit_meegedeeld_op="2026-12-01", **known)
    assert asks(APPEAL, case.to_do) is asked


@pytest.mark.parametrize("definition", ["advies-wms", "besluit-wms"])
def test_talks_do_not_stop_the_term_of_a_dispute(definition: str) -> None:
    """WMS 34 lid 2, also of a decision without a request."""
    case = told(definition, TODAY, gevolgd="nee", besluit_genomen_op="2026-11-02")
    assert asks(f"{DISPUTE}. Overleg met het bestuur stopt die termijn niet.", case.to_do)


def test_without_advice_the_dispute_is_not_dropped_in_silence() -> None:
    """WMS 34 since 2017: whether a dispute is possible without advice was not read."""
    case = told("advies-wms", TODAY, besluit_genomen_op="2026-12-01", gevolgd="geen_advies")
    assert asks("de zes weken van artikel 34 kunnen lopen", case.to_do)
    done = told(
        "advies-wms", TODAY, besluit_genomen_op="2026-12-01", gevolgd="geen_advies", ziet_af_op="2026-12-07"
    )
    assert not asks("de zes weken van artikel 34 kunnen lopen", done.to_do)


@pytest.mark.parametrize(("sort", "runs"), [("statuut", True), ("reglement", False), (None, False)])
def test_only_a_statuut_is_made_anew_every_two_years(sort: str | None, runs: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """WMS 21 lid 1 is about the statuut; a reglement (23, 24) has no such rhythm."""
    known = {"soort_document": sort} if sort else {}
    case = told("reglement-wms", TODAY, vastgesteld_op="2026-12-01", **known)
    assert running(case).get("WMS-21-1") == ("2028-12-01" if runs else None)


def test_a_decision_without_consent_names_the_consent_that_may_replace_it() -> None:
    """WMS 31 onder a, WOR 27 lid 4: the LCG, or the kantonrechter, can give consent instead."""
    known = {"besluit_meegedeeld_op": "2026-12-01"}
    school, works = (told(one, TODAY, **known).to_do for one in ("instemming-wms", "instemming-wor"))
    assert asks("gaf ook de LCG geen toestemming", school)
    assert asks("gaf ook de kantonrechter geen toestemming", works)
    waived = told("instemming-wor", TODAY, **known, ziet_af_op="2026-12-07").to_do
    assert not asks("kantonrechter", waived)
