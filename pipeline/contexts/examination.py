"""The toetsingsformulier: a request held against the law, item by item."""

from dataclasses import dataclass

from pipeline.contexts.base import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class ToetsLine:
    """An item of the checklist.

    Attributes:
        nummer: ``W5``.
        vraag: What is asked of the request.
        grondslag: ``WMS artikel 8 lid 6``; empty for practice.
        bevinding: ``gevonden``, ``niet gevonden``, ``zelf beoordelen`` or ``niet van toepassing``.
        wettelijk: The law asks for it; otherwise it is good practice, or our own reading.
        eigen_lezing: Our own reading of the law, as ``grondslag`` says.
        zin: Sentence of the request that shows it.
        toelichting: What else there is to know, in whole sentences.
    """

    nummer: str
    vraag: str
    grondslag: str
    bevinding: str
    wettelijk: bool
    eigen_lezing: bool = False
    zin: str = ""
    toelichting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationContext(Context):
    """``toetsingsformulier``: what was found in a request; the secretary decides.

    Attributes:
        dossier: ``2026-0017``.
        onderwerp: Title of the request.
        ontvangen_op: ``3 november 2026``.
        afzender: Who asks.
        soort: ``adviesaanvraag`` or ``instemmingsverzoek``.
        regime: Law that governs: ``WMS, voortgezet onderwijs``.
        regels: The checklist, in order; may be empty.
        recht_tekst: ``artikel 11 onder m van de WMS``; empty while unknown.
        houder: Who holds the right: ``de personeelsgeleding``; empty while unknown.
        wettekst: Text of the law on this right.
        wettekst_stand: ``stand 13 juli 2015``.
        conclusie: What is proposed, one sentence each.
        vlaggen: Politiek primaat, geheimhouding …, one sentence each.
    """

    dossier: str
    onderwerp: str
    ontvangen_op: str
    afzender: str
    soort: str
    regime: str
    regels: tuple[ToetsLine, ...]
    recht_tekst: str = ""
    houder: str = ""
    wettekst: str = ""
    wettekst_stand: str = ""
    conclusie: tuple[str, ...] = ()
    vlaggen: tuple[str, ...] = ()
