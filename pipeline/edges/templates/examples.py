"""Examples, full and bare, for the Word templates of meetings and overviews. Invented; touches nothing."""

from pipeline.contexts import (
    AddressLine,
    AddressSheetContext,
    AgendaContext,
    AgendaLine,
    AgendaPaper,
    Context,
    CoverContext,
    DividerContext,
    IncomingLine,
    IncomingListContext,
    PlaceholderContext,
    PlaceholderLine,
    ProofContext,
    ProofLine,
    ReadMeContext,
    TermLine,
    TermsOverviewContext,
    Urgency,
)

_RAAD = "CMR Veenrijk College"
_SOORT = "Overlegvergadering"
_DATUM = "dinsdag 8 december 2026"
_TIJD = "19.30 tot 21.30 uur"
_PLAATS = "Locatie Kanaaldijk, lokaal 1.12"
_EDITIE = "Editie leden"
_INHOUD = "11 agendapunten, 24 stukken, 134 bladzijden"
_SECRETARIS = "M. Terpstra"
_CONCEPT = "Concept van 1 december 2026, 14.05 uur"
_VERTROUWELIJK = "Deze editie is vertrouwelijk en alleen bestemd voor de leden van de PMR."


def _papers(item: str, first_page: int, *titles: str) -> tuple[AgendaPaper, ...]:
    return tuple(
        AgendaPaper(
            nummer=f"{item}{letter}",
            titel=title,
            bladzijde=str(first_page + 4 * place),
            sleutel=f"stuk-{item}{letter}",
        )
        for place, (letter, title) in enumerate(zip("abcdefghijklmnopqrstuvwxyz", titles, strict=False))
    )


_PUNTEN = (
    AgendaLine(
        nummer="1",
        titel="Opening en vaststelling van de agenda",
        doel="besluit",
        tijd="19.30",
        minuten="5 min",
        bladzijde="",
        sleutel="",
    ),
    AgendaLine(
        nummer="2",
        titel="Notulen en actielijst",
        doel="besluit",
        tijd="19.35",
        minuten="10 min",
        bladzijde="4",
        sleutel="punt-2",
        stukken=_papers("2", 5, "Conceptnotulen overlegvergadering 3 november 2026", "Actielijst"),
    ),
    AgendaLine(
        nummer="3",
        titel="Ingekomen stukken",
        doel="informatie",
        tijd="19.45",
        minuten="5 min",
        bladzijde="12",
        sleutel="punt-3",
        stukken=_papers("3", 13, "Lijst ingekomen stukken"),
    ),
    AgendaLine(
        nummer="4",
        titel="Formatieplan 2027-2028",
        doel="instemming",
        tijd="19.50",
        minuten="30 min",
        inbrenger="mevrouw J. de Wit, voorzitter college van bestuur",
        uiterste_datum="15 december 2026",
        aanduiding="vertrouwelijk PMR",
        bladzijde="15",
        sleutel="punt-4",
        stukken=_papers(
            "4",
            16,
            "Brief college van bestuur: verzoek om instemming met het formatieplan",
            "Formatieplan 2027-2028, versie 3",
            "Memo leerlingenprognose en de gevolgen daarvan voor de formatie van de onderbouw op de "
            "locaties Kanaaldijk en Molenweg",
        ),
    ),
    AgendaLine(
        nummer="5",
        titel="Vakantierooster",
        doel="advies",
        tijd="20.20",
        minuten="15 min",
        uiterste_datum="22 december 2026",
        bladzijde="60",
        sleutel="punt-5",
        stukken=(
            *_papers("5", 61, "Adviesaanvraag vakantierooster 2027-2028"),
            AgendaPaper(
                nummer="5b",
                titel="Reactie van de ouderraad",
                bladzijde="65",
                aanduiding="tafelstuk",
                sleutel="stuk-5b",
            ),
        ),
    ),
    AgendaLine(nummer="6", titel="Rondvraag en sluiting", tijd="21.20"),
)

_STAPPEN = (
    "3 november 2026: het verzoek is ontvangen; deze dag telt niet mee.",
    "15 december 2026: zes weken later (medezeggenschapsreglement, artikel 21).",
)

_REGELS = (
    TermLine(
        dossier="2026-0012",
        onderwerp="Schoolgids 2026-2027",
        recht="instemming",
        houder="ouders",
        ontvangen="2 okt. 2026",
        uiterste_datum="vr 13 nov. 2026",
        nog="verlopen",
        urgentie=Urgency.VERLOPEN,
        vergadering="di 3 nov. 2026",
        stappen=_STAPPEN,
        te_doen=("Leg vast wanneer de raad heeft gereageerd.",),
        waarschuwingen=("De uiterste datum is voorbij en er is geen reactie vastgelegd.",),
    ),
    TermLine(
        dossier="2026-0015",
        onderwerp="Regeling toetsen en inhalen",
        recht="advies",
        houder="hele raad",
        ontvangen="14 okt. 2026",
        uiterste_datum="wo 25 nov. 2026",
        nog="nog 4 dagen",
        urgentie=Urgency.DEZE_WEEK,
        stappen=_STAPPEN,
        waarschuwingen=("Er is vóór deze dag geen vergadering meer.",),
    ),
    TermLine(
        dossier="2026-0017",
        onderwerp="Formatieplan 2027-2028",
        recht="instemming",
        houder="personeel",
        ontvangen="3 nov. 2026",
        uiterste_datum="di 15 dec. 2026",
        nog="nog 24 dagen",
        urgentie=Urgency.BINNENKORT,
        vergadering="di 8 dec. 2026",
        stappen=_STAPPEN,
    ),
    TermLine(
        dossier="2026-0018",
        onderwerp="Vakantierooster 2027-2028",
        recht="advies",
        houder="hele raad",
        ontvangen="17 nov. 2026",
        uiterste_datum="di 12 jan. 2027",
        nog="nog 52 dagen",
        urgentie=Urgency.RUIM,
        vergadering="di 8 dec. 2026",
        stappen=_STAPPEN,
    ),
    TermLine(
        dossier="2026-0019",
        onderwerp="Vertrouwelijk",
        recht="advies",
        houder="hele raad",
        ontvangen="te bevestigen",
        uiterste_datum="te bevestigen",
        nog="onbekend",
        urgentie=Urgency.ONBEKEND,
    ),
)

_INGEKOMEN = tuple(
    IncomingLine(
        nummer=str(place), datum=day, afzender=sender, onderwerp=subject, soort=kind, dossier=dossier
    )
    for place, (day, sender, subject, kind, dossier) in enumerate(
        (
            (
                "3 nov. 2026",
                "College van bestuur",
                "Verzoek om instemming met het formatieplan 2027-2028",
                "instemmingsverzoek",
                "2026-0017",
            ),
            (
                "9 nov. 2026",
                "Ouderraad locatie Molenweg",
                "Zorgen over de verkeersveiligheid bij de school",
                "brief achterban",
                "2026-0020",
            ),
            (
                "17 nov. 2026",
                "College van bestuur",
                "Adviesaanvraag vakantierooster 2027-2028",
                "adviesaanvraag",
                "2026-0018",
            ),
        ),
        start=1,
    )
)

DOCUMENT_EXAMPLES: dict[str, tuple[Context, ...]] = {
    "voorblad": (
        CoverContext(
            raad=_RAAD,
            soort_vergadering=_SOORT,
            datum=_DATUM,
            inhoud=_INHOUD,
            tijd=_TIJD,
            plaats=_PLAATS,
            editie="Editie PMR",
            voorzitter="drs. H. Okafor",
            secretaris=_SECRETARIS,
            vertrouwelijk=_VERTROUWELIJK,
            concept=_CONCEPT,
        ),
        CoverContext(raad=_RAAD, soort_vergadering=_SOORT, datum=_DATUM, inhoud=_INHOUD, editie=_EDITIE),
    ),
    "agenda": (
        AgendaContext(
            raad=_RAAD,
            soort_vergadering=_SOORT,
            datum=_DATUM,
            punten=_PUNTEN,
            tijd=_TIJD,
            plaats=_PLAATS,
            editie=_EDITIE,
            concept=_CONCEPT,
        ),
        AgendaContext(raad=_RAAD, soort_vergadering=_SOORT, datum=_DATUM, punten=()),
    ),
    "scheidingsblad": (
        DividerContext(
            raad=_RAAD,
            soort_vergadering=_SOORT,
            datum=_DATUM,
            punten=tuple(item for item in _PUNTEN if item.stukken),
        ),
        DividerContext(
            raad=_RAAD,
            soort_vergadering=_SOORT,
            datum=_DATUM,
            punten=(
                AgendaLine(
                    nummer="7",
                    titel="Begroting",
                    stukken=_papers("7", 9, *(f"Deel {number}" for number in range(1, 16))),
                ),
            ),
        ),
    ),
    "plaatshouder": (
        PlaceholderContext(
            raad=_RAAD,
            soort_vergadering=_SOORT,
            datum=_DATUM,
            stukken=(
                PlaceholderLine(
                    nummer="4.2",
                    titel="Formatieplan 2027-2028, versie 3",
                    agendapunt="4 Formatieplan 2027-2028",
                    bestand="Formatieplan v3.pdf",
                    reden="Het bestand is met een wachtwoord beveiligd.",
                    doe="De secretaris vraagt een leesbaar exemplaar op en stuurt het na.",
                ),
            ),
        ),
    ),
    "leesmij": (
        ReadMeContext(raad=_RAAD, bedenktijd="10 minuten", hulp="Bel de helpdesk, toestel 1234."),
        ReadMeContext(raad=_RAAD, bedenktijd=""),
    ),
    "termijnen": (
        TermsOverviewContext(raad=_RAAD, stand="Stand op zaterdag 21 november 2026", regels=_REGELS),
        TermsOverviewContext(raad=_RAAD, stand="Stand op zaterdag 21 november 2026", regels=()),
    ),
    "ingekomen_stukken": (
        IncomingListContext(raad=_RAAD, periode="3 november tot en met 1 december 2026", stukken=_INGEKOMEN),
        IncomingListContext(raad=_RAAD, periode="3 november tot en met 1 december 2026", stukken=()),
    ),
    "verzendbewijs": (
        ProofContext(
            raad=_RAAD,
            vergadering="2026-12-08 Overlegvergadering",
            editie=_EDITIE,
            bestand="2026-12-08 Overlegvergadering - leden.pdf",
            controlegetal="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            regels=(
                ProofLine(
                    naam="mevrouw A. Jansen",
                    adres="a.jansen@veenrijk.example",
                    verzonden="1 december 2026, 20.45 uur",
                    stand="niet bezorgd",
                    toelichting="De mailserver meldt: 550 5.1.1 User unknown",
                ),
                ProofLine(
                    naam="B. de Groot",
                    adres="b.degroot@veenrijk.example",
                    verzonden="1 december 2026, 20.45 uur",
                    stand="bezorgd",
                ),
                ProofLine(naam="C. Post", adres="", verzonden="", stand="op papier"),
            ),
        ),
    ),
    "adresblad": (
        AddressSheetContext(
            raad=_RAAD,
            soort_vergadering=_SOORT,
            datum=_DATUM,
            secretaris=_SECRETARIS,
            leden=(
                AddressLine(
                    naam="mevrouw A. Jansen",
                    regels=("Oudergeleding", "Locatie Molenweg"),
                    editie=_EDITIE,
                    inhoud="134 bladzijden",
                ),
                AddressLine(naam="B. de Groot", editie=_EDITIE, inhoud="134 bladzijden"),
            ),
        ),
    ),
}
"""Contexts to try each Word template on, full first."""
