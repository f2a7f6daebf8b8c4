"""Extra and converted rights of a council: values beside the catalogue, never longer than the law allows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.classify.citations import CatalogueRight, CitationState, find_citations
from pipeline.dates import Unit
from pipeline.errors import SettingsError
from pipeline.procedures.catalogue import TermCatalogue
from pipeline.settings.law import load_law, load_rights
from pipeline.settings.own_rights import OwnRightRow, catalogue_rights, own_rights

CONFIG = Path(__file__).parents[2] / "config"
TERMS = load_law(CONFIG).terms
BASIS = "artikel 24 lid 2 WMS, reglement artikel 30"


def right(first: date, last: date | None = None) -> CatalogueRight:
    row = OwnRightRow(
        naam="Huisvestingsplan",
        recht="advies",
        houder="hele raad",
        grondslag=BASIS,
        trefwoorden=["nieuwbouw"],
        geldig_van=first,
        geldig_tot=last,
    )
    (made,) = catalogue_rights([row], "cmr")
    return made


def problems(*rights: CatalogueRight, regime: str = "wms-vo", terms: TermCatalogue = TERMS) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        own_rights(rights, regime, terms)
    return [str(problem) for problem in caught.value.problems]


def test_a_row_becomes_a_right_with_a_number_of_its_own() -> None:
    made = right(date(2026, 9, 1), date(2028, 9, 1))
    assert (made.id, made.right, made.geleding, made.organ) == ("EIGEN-1", "advies", "hele raad", "cmr")
    assert (made.law, made.article) == ("reglement", BASIS)
    assert made.keywords == ("nieuwbouw",)
    assert not made.is_valid_on(date(2026, 8, 31))
    assert made.is_valid_on(date(2028, 9, 1))
    assert not made.is_valid_on(date(2028, 9, 2))


def test_two_years_are_allowed_and_a_day_more_is_not() -> None:
    """WMS 25 lid 2: ten hoogste twee jaar."""
    good = right(date(2026, 9, 1), date(2028, 9, 1))
    assert own_rights((good,), "wms-vo", TERMS) == (good,)
    (told,) = problems(right(date(2026, 9, 1), date(2028, 9, 2)))
    assert told.startswith("raad.toml [rechten 1].geldig_tot: ")
    assert "2 jaar (artikel 25 lid 2 WMS)" in told
    assert "1 september 2028" in told


def test_the_number_of_years_comes_from_the_law_data() -> None:
    longer = replace(TERMS["WMS-25-2"], length=30, unit=Unit.MAAND)
    good = right(date(2026, 9, 1), date(2029, 3, 1))
    assert own_rights((good,), "wms-vo", {"WMS-25-2": longer}) == (good,)
    (told,) = problems(right(date(2026, 9, 1), date(2029, 3, 2)), terms={"WMS-25-2": longer})
    assert "30 maanden" in told


def test_a_school_has_to_give_the_last_day_and_a_company_does_not() -> None:
    """WMS 25 lid 2 limits a right; an agreement of WOR 32 may be open."""
    endless = right(date(2026, 9, 1))
    (told,) = problems(endless)
    assert "1 september 2028" in told
    assert own_rights((endless,), "wor", TERMS) == (endless,)


@pytest.mark.parametrize("regime", ["wms-po", "wor"])
def test_reversed_days_are_told_under_every_law(regime: str) -> None:
    (told,) = problems(right(date(2026, 9, 1), date(2026, 8, 1)), regime=regime)
    assert "draai de datums om" in told


def test_every_wrong_right_is_told_at_once() -> None:
    told = problems(right(date(2026, 9, 1)), right(date(2026, 9, 1), date(2026, 8, 1)))
    assert [line.split(":")[0] for line in told] == [
        "raad.toml [rechten 1].geldig_tot",
        "raad.toml [rechten 2].geldig_tot",
    ]


def test_an_own_right_is_never_taken_for_an_article_of_the_law() -> None:
    """Its basis names artikel 24, yet a letter that cites artikel 24 WMS does not mean this right."""
    rights = (*load_rights(CONFIG), right(date(2026, 9, 1), date(2028, 9, 1)))
    (citation,) = find_citations("Wij vragen advies op grond van artikel 24 lid 2 WMS.", rights)
    assert citation.state is CitationState.GEEN_RECHT
    assert citation.options == ()
