"""LEES MIJ and the overviews that are always current."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.contexts.base import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMeContext(Context):
    """``leesmij``: one page that tells the secretary what each folder does.

    Attributes:
        bedenktijd: ``10 minuten``; empty when a bundle leaves at once.
        hulp: Sentence that says whom to ask.
    """

    bedenktijd: str
    hulp: str = ""


class Urgency(StrEnum):
    """How soon a term ends; the template gives each its colour."""

    VERLOPEN = "verlopen"
    DEZE_WEEK = "deze_week"
    BINNENKORT = "binnenkort"
    RUIM = "ruim"
    ONBEKEND = "onbekend"
    """There is no date, or it has to be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """A term that runs.

    Attributes:
        dossier: ``2026-0017``.
        onderwerp: What it is about; for a confidential dossier only that word.
        recht: ``instemming``, ``advies`` or what else the term is about.
        houder: Who must act: ``hele raad``, ``personeel``, ``bevoegd gezag``.
        ontvangen: ``3 nov. 2026``.
        uiterste_datum: ``di 15 dec. 2026`` or ``te bevestigen``.
        nog: In words, the colour does not tell it alone: ``nog 24 dagen``, ``verlopen``.
        urgentie: Chooses the colour.
        vergadering: ``di 8 dec. 2026``; may be empty.
        stappen: How the date was worked out, one sentence each.
        te_doen: What the secretary still has to do, one sentence each.
    """

    dossier: str
    onderwerp: str
    recht: str
    houder: str
    ontvangen: str
    uiterste_datum: str
    nog: str
    urgentie: Urgency
    vergadering: str = ""
    stappen: tuple[str, ...] = ()
    te_doen: tuple[str, ...] = ()
    waarschuwingen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsOverviewContext(Context):
    """``termijnen``: the overview of running terms, soonest first.

    Attributes:
        stand: ``Stand op zaterdag 21 november 2026``.
        regels: May be empty.
    """

    stand: str
    regels: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingLine:
    """A paper on the list; ``nummer`` is its place there."""

    nummer: str
    datum: str
    afzender: str
    onderwerp: str
    soort: str
    dossier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingListContext(Context):
    """``ingekomen_stukken``: list of incoming papers, for the agenda and the overviews.

    Attributes:
        periode: ``4 november t/m 1 december 2026``.
        stukken: In order of the list; may be empty.
    """

    periode: str
    stukken: tuple[IncomingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """A member on the proof of a sending.

    Attributes:
        naam: Name.
        adres: Where it went; empty on paper.
        verzonden: ``1 dec. 2026, 20.45 uur``; empty when it did not go.
        stand: ``verzonden``, ``bezorgd``, ``niet bezorgd`` …
        toelichting: Why, one sentence; may be empty.
    """

    naam: str
    adres: str
    verzonden: str
    stand: str
    toelichting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofContext(Context):
    """``verzendbewijs``: who got what and when.

    Attributes:
        vergadering: ``2026-12-08 Overlegvergadering``.
        editie: ``Editie leden``.
        bestand: Name of the file that was sent.
        controlegetal: sha256 of that file.
        regels: A row per member.
    """

    vergadering: str
    editie: str
    bestand: str
    controlegetal: str
    regels: tuple[ProofLine, ...]
