"""What reglement.toml must look like: the terms and days of the council's own reglement.

Pure. The law leaves these numbers to the reglement, so none of them has a default.
"""

from typing import Annotated, Literal

import pydantic
from pydantic import Field

from pipeline.settings.fields import Text
from pipeline.settings.problems import Table
from pipeline.values import BylawTerm, Kind


def _length_for(what: str) -> pydantic.AfterValidator:
    """Make the check of a length: without a number the message says what it is the term for."""

    def check(value: int) -> int:
        if value > 0:
            return value
        raise ValueError(
            f"Het reglement geeft geen termijn voor {what}: vul hem in, als een getal van 1 of meer."
        )

    return pydantic.AfterValidator(check)


_LENGTH = Field(default=0, validate_default=True, description="Aantal dagen, weken of maanden")


class _Termijn(Table):
    """Een termijn uit het eigen reglement (WMS 24 lid 1 onder g)."""

    lengte: int = _LENGTH
    eenheid: Literal["dag", "week", "maand"] = Field(description="Eenheid van de lengte")
    artikel: Text = Field(description="Artikel van het eigen reglement")
    zonder_schoolvakanties: bool = Field(description="Tellen schoolvakanties niet mee?")
    alleen_zomervakantie: bool = Field(
        default=False, description="Telt van de schoolvakanties alleen de zomervakantie niet mee?"
    )
    begint: Literal["ontvangst", "volledig"] = Field(
        default="ontvangst",
        description="Begint de termijn bij ontvangst, of pas als het verzoek volledig is?",
    )


class _Adviestermijn(_Termijn):
    """De termijn voor een advies."""

    lengte: Annotated[int, _length_for("het advies")] = _LENGTH


class _Instemmingstermijn(_Termijn):
    """De termijn voor instemming."""

    lengte: Annotated[int, _length_for("de instemming")] = _LENGTH


class _Overlegtermijn(_Termijn):
    """De termijn voor een overleg waarom is gevraagd."""

    lengte: Annotated[int, _length_for("een overleg op verzoek")] = _LENGTH


class _Termijnen(Table):
    """De termijnen waarbinnen de raad antwoordt en overleg houdt."""

    adviesaanvraag: _Adviestermijn | None = Field(default=None, description="Termijn voor een advies")
    instemmingsverzoek: _Instemmingstermijn | None = Field(
        default=None, description="Termijn voor instemming"
    )
    overleg: _Overlegtermijn | None = Field(
        default=None, description="Termijn voor een overleg op verzoek (WMS 6 lid 1)"
    )


class _Vergaderstukken(Table):
    """Wanneer de stukken bij de leden moeten zijn."""

    dagen_vooraf: Annotated[int, Field(gt=0, le=60)] = Field(description="Dagen voor de vergadering")
    artikel: Text = Field(description="Artikel van het eigen reglement")


class BylawsFile(Table):
    """reglement.toml."""

    termijn: _Termijnen = Field(default=_Termijnen())
    vergaderstukken: _Vergaderstukken | None = Field(default=None)


def bylaw_terms(bylaws: BylawsFile) -> tuple[BylawTerm, ...]:
    """Give the terms that the reglement sets, in the order of the file's explanation."""
    rows = (
        (Kind.ADVIESAANVRAAG, bylaws.termijn.adviesaanvraag),
        (Kind.INSTEMMINGSVERZOEK, bylaws.termijn.instemmingsverzoek),
        (Kind.UITNODIGING, bylaws.termijn.overleg),
    )
    return tuple(
        BylawTerm(
            kind=kind,
            length=row.lengte,
            unit=row.eenheid,
            article=row.artikel,
            without_school_holidays=row.zonder_schoolvakanties,
            only_summer=row.alleen_zomervakantie,
            starts_when_complete=row.begint == "volledig",
        )
        for kind, row in rows
        if row is not None
    )
