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

from pipeline.classify.citations import CatalogueRight
from pipeline.dates import HolidayPeriod, period_faults
from pipeline.errors import Problem, SettingsError
from pipeline.settings.bylaws import BylawsFile, bylaw_terms
from pipeline.settings.fields import Day, Text, read_settings
from pipeline.settings.own_rights import OwnRightRow, catalogue_rights
from pipeline.settings.problems import Table
from pipeline.values import REMINDER_DAYS, Absence, Address, BylawTerm, Council, Relation, SenderRole


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


class _Afwezig(Table):
    """Een periode waarin de secretaris er niet is."""

    van: Day = Field(description="Eerste dag")
    tot_en_met: Day = Field(description="Laatste dag")


class _Vervanging(_Persoon):
    """Wie de secretaris vervangt, en wanneer zij er niet is."""

    afwezig: list[_Afwezig] = Field(default=[], description="Periodes waarin de secretaris er niet is")


class _Bewaking(Table):
    """Wanneer de raad aan een termijn wordt herinnerd."""

    herinneringen: list[Annotated[int, Field(ge=-30, le=60)]] = Field(
        default=list(REMINDER_DAYS),
        description="Dagen voor de uiterste dag; met een minteken ervoor: dagen erna",
    )


class CouncilFile(Table):
    """raad.toml."""

    raad: _Raad
    secretaris: _Persoon
    voorzitter: _Persoon
    relaties: list[_Relatie] = Field(default=[], description="Bekende afzenders")
    vergadering: _Vergadering = Field(default=_Vergadering())
    verzending: _Verzending = Field(default=_Verzending())
    vervanging: _Vervanging | None = Field(default=None)
    bewaking: _Bewaking = Field(default=_Bewaking())
    rechten: list[OwnRightRow] = Field(default=[], description="Extra of omgezette rechten van de raad")


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilSettings:
    """Everything the council's two settings files say.

    Attributes:
        council: The council.
        terms: Terms of its own reglement.
        rights: Its extra and converted rights, not yet held against the law: see ``own_rights``.
    """

    council: Council
    terms: tuple[BylawTerm, ...]
    rights: tuple[CatalogueRight, ...] = ()


def load_council(raad: Path, reglement: Path | None) -> CouncilSettings:
    """Read and check raad.toml and, if given, reglement.toml.

    Raises:
        SettingsError: With every problem of both files.
    """
    council_file, problems = read_settings(CouncilFile, raad)
    bylaws, more = read_settings(BylawsFile, reglement) if reglement else (BylawsFile(), ())
    if council_file is not None:
        problems += _absence_problems(council_file, raad.name)
    if problems or more or council_file is None or bylaws is None:
        raise SettingsError(problems + more)
    return CouncilSettings(
        council=_council(council_file, bylaws),
        terms=bylaw_terms(bylaws),
        rights=catalogue_rights(council_file.rechten, council_file.raad.orgaan),
    )


def _absence_problems(file: CouncilFile, name: str) -> tuple[Problem, ...]:
    faults = period_faults(_absent(file))
    return tuple(
        Problem(place=f"{name} [vervanging].afwezig", text=fault[:1].upper() + fault[1:]) for fault in faults
    )


def _absent(file: CouncilFile) -> tuple[HolidayPeriod, ...]:
    """Give the absences of the secretary, soonest first."""
    rows = file.vervanging.afwezig if file.vervanging else ()
    periods = (
        HolidayPeriod(name="afwezigheid", first=row.van, last=row.tot_en_met, obligatory=False)
        for row in rows
    )
    return tuple(sorted(periods, key=lambda one: one.first))


def _council(file: CouncilFile, bylaws: BylawsFile) -> Council:
    raad, papers = file.raad, bylaws.vergaderstukken
    deputy = file.vervanging
    people = (file.secretaris.e_mail, file.voorzitter.e_mail, *((deputy.e_mail,) if deputy else ()))
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
        deputy=Address(email=deputy.e_mail, name=deputy.naam) if deputy else None,
        absences=tuple(Absence(first=one.first, last=one.last) for one in _absent(file)),
        reminder_days=tuple(sorted(set(file.bewaking.herinneringen), reverse=True)),
    )
