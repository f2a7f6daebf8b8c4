"""The council's own settings: raad.toml and reglement.toml become frozen values.

Reads the two files it is given and nothing else. All problems of both files are reported
at once, with their place and what to do.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import pydantic
from pydantic import Field

from pipeline.errors import Problem, SettingsError
from pipeline.settings.problems import Model, Table, read_toml, validate
from pipeline.values import Address, BylawTerm, Council, Kind, Relation, SenderRole

Text = Annotated[str, Field(min_length=1)]


def _address(value: str) -> str:
    name, at, domain = value.partition("@")
    if not at or "." not in domain or any(sign in value for sign in " <>,;\r\n") or (not name and not domain):
        raise ValueError(f"'{value}' is geen e-mailadres.")
    return value.lower()


def _full_address(value: str) -> str:
    if value.startswith("@"):
        raise ValueError(f"'{value}' is geen volledig e-mailadres.")
    return _address(value)


def _group(value: str) -> str:
    """Check the name of a group: it becomes part of the names of a folder, a file and an edition."""
    if not re.fullmatch(r"\w[\w .-]{0,39}", value) or value.endswith((".", " ")):
        raise ValueError(f"'{value}' kan geen naam van een groep zijn. Gebruik alleen letters en cijfers.")
    if value.casefold() in _NO_GROUPS:
        raise ValueError(f"'{value}' heeft al een andere betekenis. Kies een andere naam voor deze groep.")
    return value


_NO_GROUPS = ("leden", "openbaar", "besloten", "aankondiging")
Group = Annotated[str, pydantic.AfterValidator(_group)]
Mail = Annotated[str, pydantic.AfterValidator(_full_address)]
MailOrDomain = Annotated[str, pydantic.AfterValidator(_address)]


class _Raad(Table):
    """Wie de raad is."""

    naam: Text = Field(description="Volledige naam van de raad", examples=["CMR Veenrijk College"])
    kort: Text = Field(description="Korte naam, voor bestandsnamen en onderwerpregels", examples=["CMR"])
    orgaan: Literal["mr", "gmr", "cmr", "or", "clientenraad"] = Field(description="Soort raad")
    regime: Literal["wms-po", "wms-vo", "wms-so", "wor", "wmcz"] = Field(
        description="Wet waaronder de raad valt"
    )
    regio: Literal["noord", "midden", "zuid", ""] = Field(
        default="", description="Regio van de schoolvakanties"
    )
    bevoegd_gezag: Text = Field(description="Naam van het bestuur of de ondernemer")
    postbus: Mail = Field(description="E-mailadres van de raad")
    eigen_adressen: list[Mail] = Field(default=[], description="Andere adressen van de raad zelf")
    groepen: list[Group] = Field(default=[], description="Groepen die vertrouwelijke stukken kunnen krijgen")


class _Persoon(Table):
    """Naam en adres van een functionaris."""

    naam: Text = Field(description="Naam")
    e_mail: Mail = Field(alias="e-mail", description="E-mailadres")


class _Relatie(Table):
    """Iemand met wie de raad schrijft."""

    naam: Text = Field(description="Naam")
    e_mail: MailOrDomain = Field(alias="e-mail", description="E-mailadres, of '@domein' voor iedereen daar")
    rol: Literal["bevoegd_gezag", "bekend"] = Field(description="Wat deze afzender voor de raad is")


class _Vergadering(Table):
    """Vaste punten op elke agenda."""

    vaste_punten: list[Text] = Field(
        default=[
            "Opening en vaststelling agenda",
            "Ingekomen stukken en mededelingen",
            "Notulen en actielijst",
        ],
        description="Punten waarmee elke agenda begint",
    )
    slotpunten: list[Text] = Field(
        default=["Rondvraag", "Sluiting"], description="Punten waarmee elke agenda eindigt"
    )


class _Verzending(Table):
    """Hoe stukken de deur uit gaan."""

    bedenktijd_minuten: Annotated[int, Field(ge=0, le=1440)] = Field(
        default=10, description="Minuten tussen goedkeuren en verzenden"
    )
    openbare_editie: bool = Field(default=False, description="Ook een editie zonder besloten punten maken")


class CouncilFile(Table):
    """raad.toml."""

    raad: _Raad
    secretaris: _Persoon
    voorzitter: _Persoon
    relaties: list[_Relatie] = Field(default=[], description="Bekende afzenders")
    vergadering: _Vergadering = Field(default=_Vergadering())
    verzending: _Verzending = Field(default=_Verzending())


class _Termijn(Table):
    """Een termijn uit het eigen reglement (WMS 24 lid 1 onder g)."""

    lengte: Annotated[int, Field(gt=0)] = Field(description="Aantal dagen, weken of maanden")
    eenheid: Literal["dag", "week", "maand"] = Field(description="Eenheid van de lengte")
    artikel: Text = Field(description="Artikel van het eigen reglement")
    zonder_schoolvakanties: bool = Field(description="Tellen schoolvakanties niet mee?")


class _Termijnen(Table):
    """De termijnen waarbinnen de raad antwoordt."""

    adviesaanvraag: _Termijn | None = Field(default=None, description="Termijn voor een advies")
    instemmingsverzoek: _Termijn | None = Field(default=None, description="Termijn voor instemming")


class _Vergaderstukken(Table):
    """Wanneer de stukken bij de leden moeten zijn."""

    dagen_vooraf: Annotated[int, Field(gt=0, le=60)] = Field(description="Dagen voor de vergadering")
    artikel: Text = Field(description="Artikel van het eigen reglement")


class BylawsFile(Table):
    """reglement.toml."""

    termijn: _Termijnen = Field(default=_Termijnen())
    vergaderstukken: _Vergaderstukken | None = Field(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilSettings:
    """Everything the council's two settings files say."""

    council: Council
    terms: tuple[BylawTerm, ...]


def load_council(raad: Path, reglement: Path | None) -> CouncilSettings:
    """Read and check raad.toml and, if given, reglement.toml.

    Raises:
        SettingsError: With every problem of both files.
    """
    council_file, problems = _load(CouncilFile, raad)
    bylaws, more = _load(BylawsFile, reglement) if reglement else (BylawsFile(), ())
    if council_file is None or bylaws is None:
        raise SettingsError(problems + more)
    return CouncilSettings(council=_council(council_file, bylaws), terms=_terms(bylaws))


def _load(model: type[Model], path: Path) -> tuple[Model | None, tuple[Problem, ...]]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None, (
            Problem(place=path.name, text="Dit bestand ontbreekt; stukkenstroom init maakt een voorbeeld."),
        )
    except UnicodeDecodeError:
        return None, (Problem(place=path.name, text="Sla dit bestand op als UTF-8."),)
    table, problems = read_toml(text, path.name)
    return (None, problems) if problems else validate(model, table, path.name)


def _council(file: CouncilFile, bylaws: BylawsFile) -> Council:
    raad, papers = file.raad, bylaws.vergaderstukken
    people = (file.secretaris.e_mail, file.voorzitter.e_mail)
    return Council(
        name=raad.naam,
        short=raad.kort,
        organ=raad.orgaan,
        regime=raad.regime,
        region=raad.regio,
        board=raad.bevoegd_gezag,
        mailbox=Address(email=raad.postbus, name=raad.naam),
        secretary=Address(email=file.secretaris.e_mail, name=file.secretaris.naam),
        chair=Address(email=file.voorzitter.e_mail, name=file.voorzitter.naam),
        own_addresses=tuple(dict.fromkeys((raad.postbus, *people, *raad.eigen_adressen))),
        relations=tuple(
            Relation(name=row.naam, email=row.e_mail, role=SenderRole(row.rol)) for row in file.relaties
        ),
        groups=tuple(raad.groepen),
        pause_minutes=file.verzending.bedenktijd_minuten,
        fixed_items=tuple(file.vergadering.vaste_punten),
        closing_items=tuple(file.vergadering.slotpunten),
        papers_days_before=papers.dagen_vooraf if papers else None,
        public_edition=file.verzending.openbare_editie,
    )


def _terms(bylaws: BylawsFile) -> tuple[BylawTerm, ...]:
    rows = (
        (Kind.ADVIESAANVRAAG, bylaws.termijn.adviesaanvraag),
        (Kind.INSTEMMINGSVERZOEK, bylaws.termijn.instemmingsverzoek),
    )
    return tuple(
        BylawTerm(
            kind=kind,
            length=row.lengte,
            unit=row.eenheid,
            article=row.artikel,
            without_school_holidays=row.zonder_schoolvakanties,
        )
        for kind, row in rows
        if row is not None
    )
