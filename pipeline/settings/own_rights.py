"""The council's extra and converted rights: ``[[rechten]]`` of raad.toml beside the catalogue of the law.

Pure. How long such a right may hold is a term of the law data (WMS 25 lid 2), never a number here.
"""

from typing import Literal

from pydantic import Field

from pipeline.classify.citations import CatalogueRight
from pipeline.dates import count_on, dutch_date
from pipeline.errors import Problem, SettingsError
from pipeline.procedures.catalogue import BYLAW, Term, TermCatalogue
from pipeline.procedures.explain import length_words
from pipeline.settings.fields import Day, Text
from pipeline.settings.problems import Table

_LONGEST = "WMS-25-2"
"""The term that says how long extra and converted rights may hold."""
_FILE = "raad.toml"


class OwnRightRow(Table):
    """Een recht dat de raad heeft boven of in plaats van wat de wet geeft (WMS 24 lid 2 en 3, 25; WOR 32)."""

    naam: Text = Field(description="Waar het recht over gaat")
    recht: Literal["advies", "instemming", "afspraak"] = Field(description="Soort recht")
    houder: Literal[
        "hele raad", "personeel", "ouders", "leerlingen", "ouders en leerlingen", "ouders of leerlingen"
    ] = Field(description="Wie het recht heeft")
    grondslag: Text = Field(description="Waar het staat: artikel van de wet en van het eigen reglement")
    trefwoorden: list[Text] = Field(default=[], description="Woorden waaraan een verzoek te herkennen is")
    geldig_van: Day = Field(description="Eerste dag waarop het recht geldt")
    geldig_tot: Day | None = Field(default=None, description="Laatste dag waarop het recht geldt")


def catalogue_rights(rows: list[OwnRightRow], organ: str) -> tuple[CatalogueRight, ...]:
    """Make rights of the rows of raad.toml, numbered ``EIGEN-1`` and on in the order of the file."""
    return tuple(
        CatalogueRight(
            id=f"EIGEN-{number}",
            law=BYLAW,
            article=row.grondslag,
            lid="",
            onderdeel="",
            right=row.recht,
            organ=organ,
            geleding=row.houder,
            label=row.naam,
            confidence="V",
            keywords=tuple(row.trefwoorden),
            valid_from=row.geldig_van,
            valid_until=row.geldig_tot,
        )
        for number, row in enumerate(rows, start=1)
    )


def own_rights(
    rights: tuple[CatalogueRight, ...], regime: str, terms: TermCatalogue
) -> tuple[CatalogueRight, ...]:
    """Give the council's extra and converted rights, held against the law.

    Args:
        rights: What raad.toml says, see ``catalogue_rights``.
        regime: Of the council, e.g. ``wms-vo``.
        terms: The terms of the law.

    Returns:
        The rights, in the order of raad.toml; an ended one is still among them: ask ``is_valid_on``.

    Raises:
        SettingsError: With every right whose validity is reversed, missing or longer than allowed.
    """
    limit = _limit(regime, terms)
    problems = [
        Problem(place=f"{_FILE} [rechten {number}].geldig_tot", text=text)
        for number, right in enumerate(rights, start=1)
        if (text := _fault(right, limit))
    ]
    if problems:
        raise SettingsError(tuple(problems))
    return rights


def _limit(regime: str, terms: TermCatalogue) -> Term | None:
    """Find the term that limits extra rights under the law of a council; None when there is none."""
    term = terms.get(_LONGEST)
    applies = term is not None and regime.partition("-")[0] == term.law.casefold()
    return term if applies else None


def _fault(right: CatalogueRight, limit: Term | None) -> str:
    """Say in Dutch what is wrong with the validity of a right; empty when all is well."""
    first, last = right.valid_from, right.valid_until
    if first is None:
        return ""
    if last is not None and last < first:
        return f"{dutch_date(last)} ligt vóór geldig_van ({dutch_date(first)}): draai de datums om."
    if limit is None or limit.length is None or limit.unit is None:
        return ""
    longest = count_on(first, limit.length, limit.unit)
    span = f"{length_words(limit)} ({limit.cited})"
    if last is None:
        return (
            f"Vul de laatste dag in: dit recht geldt ten hoogste {span}, "
            f"dus uiterlijk tot en met {dutch_date(longest)}."
        )
    if last > longest:
        return (
            f"Dit recht geldt ten hoogste {span}: kies uiterlijk {dutch_date(longest)}. "
            "Is het recht verlengd? Zet dan bij geldig_van de dag waarop de verlenging inging."
        )
    return ""
