"""A full and a bare example for every letter and the toetsingsformulier. Invented names; touches nothing."""

from collections.abc import Callable

from pipeline.contexts import (
    SECRETARY_FUNCTION,
    AcknowledgementContext,
    AdviceContext,
    ConsentContext,
    ConsentRefusalContext,
    ConsultationContext,
    Context,
    ExaminationContext,
    ExtensionContext,
    LetterContext,
    NullityContext,
    ProposalContext,
    ReminderContext,
    RoutingContext,
    SupplementContext,
    ToetsLine,
)

_RAAD = "CMR Veenrijk College"
_DATUM = "dinsdag 8 december 2026"
_UITERSTE_DATUM = "dinsdag 15 december 2026"
_OR = "OR Veenrijk"
_ROOSTER = "het vakantierooster 2027-2028"
_FORMATIE = "het formatieplan 2027-2028"
_RECHT_ROOSTER = "artikel 11 onder l van de WMS"
_RECHT_FORMATIE = "artikel 12 lid 1 onder b van de WMS"


def _full(kind: Callable[..., LetterContext], betreft: str, **own: object) -> LetterContext:
    """Make a letter about the staff plan, with everything in the letterhead."""
    common: dict[str, object] = {
        "raad": _RAAD,
        "raad_email": "cmr@veenrijk.example",
        "raad_adres": ("Postbus 120", "7940 AC Veenrijk"),
        "geadresseerde": (
            "College van bestuur Stichting Veenrijk",
            "t.a.v. mevrouw J. de Wit",
            "Postbus 100",
            "7940 AB Veenrijk",
        ),
        "datum": "4 november 2026",
        "ons_kenmerk": "2026-0017",
        "uw_kenmerk": "CvB/2026/311",
        "betreft": betreft,
        "aanhef": "Geachte mevrouw De Wit",
        "soort": "instemmingsverzoek",
        "onderwerp": _FORMATIE,
        "houder": "de personeelsgeleding",
        "voorzitter": "drs. H. Okafor",
        "secretaris": "M. Terpstra",
        "functie": SECRETARY_FUNCTION,
    }
    return kind(**{**common, **own})


def _bare(kind: Callable[..., LetterContext], betreft: str, **own: object) -> LetterContext:
    """Make a letter about the holidays in which all that may be empty is empty."""
    bare: dict[str, object] = {
        "raad_adres": (),
        "geadresseerde": ("College van bestuur Stichting Veenrijk",),
        "ons_kenmerk": "2026-0018",
        "uw_kenmerk": "",
        "aanhef": "Geacht college",
        "soort": "adviesaanvraag",
        "onderwerp": _ROOSTER,
        "houder": "de raad",
        "voorzitter": "",
    }
    return _full(kind, betreft, **{**bare, **own})


_TOETSREGELS = (
    ToetsLine(
        nummer="W1",
        vraag="Gaat het om een voorgenomen besluit, dat nog niet is genomen of uitgevoerd?",
        grondslag="WMS artikel 10 tot en met 16",
        bevinding="gevonden",
        wettelijk=True,
        zin="Het college van bestuur is voornemens het formatieplan 2027-2028 vast te stellen.",
    ),
    ToetsLine(
        nummer="W5",
        vraag="Staat er een overzicht van de beweegredenen in?",
        grondslag="WMS artikel 8 lid 6",
        bevinding="niet gevonden",
        wettelijk=True,
    ),
    ToetsLine(
        nummer="W7",
        vraag="Staan de maatregelen erin die naar aanleiding van die gevolgen worden genomen?",
        grondslag="Eigen lezing van WMS 8 lid 1; lid 6 noemt alleen een voorstel aan een geleding",
        bevinding="niet gevonden",
        wettelijk=False,
        eigen_lezing=True,
    ),
    ToetsLine(
        nummer="W10",
        vraag="Zijn alle inlichtingen er die de raad redelijkerwijs nodig heeft?",
        grondslag="WMS artikel 8 lid 1",
        bevinding="zelf beoordelen",
        wettelijk=True,
        toelichting="Bij het verzoek zitten twee bijlagen. Of dat genoeg is, kunt alleen u zeggen.",
    ),
    ToetsLine(
        nummer="W12",
        vraag="Zijn de ouders geraadpleegd en is de uitslag bijgevoegd?",
        grondslag="WMS artikel 15 lid 3",
        bevinding="niet van toepassing",
        wettelijk=True,
        toelichting="Deze vraag geldt alleen bij artikel 11 onder p en artikel 13 lid 1 onder h.",
    ),
    ToetsLine(
        nummer="G3",
        vraag="Is er een financiële onderbouwing?",
        grondslag="",
        bevinding="gevonden",
        wettelijk=False,
        zin="De kosten van het plan staan in bijlage 2.",
    ),
)

LETTER_EXAMPLES: dict[str, tuple[Context, ...]] = {
    "ontvangstbevestiging": (
        _full(
            AcknowledgementContext,
            "Ontvangstbevestiging instemmingsverzoek formatieplan 2027-2028",
            ontvangen_op="3 november 2026",
            recht="instemming",
            termijn="zes weken",
            grondslag="artikel 21 van het medezeggenschapsreglement",
            uiterste_datum=_UITERSTE_DATUM,
            vergadering=_DATUM,
            ontbreekt=(
                "de leerlingenprognose per locatie;",
                "een toelichting op de gevolgen voor de werkdruk.",
            ),
            aanvullen_voor="17 november 2026",
        ),
        _bare(
            AcknowledgementContext,
            "Ontvangstbevestiging adviesaanvraag vakantierooster",
            ontvangen_op="3 november 2026",
            recht="advies",
        ),
        _bare(
            AcknowledgementContext,
            "Ontvangstbevestiging adviesaanvraag vakantierooster",
            ontvangen_op="3 november 2026",
            recht="advies",
            begin="De termijn van zes weken begint op de dag waarop uw verzoek volledig is.",
        ),
    ),
    "verzoek_om_aanvulling": (
        _full(
            SupplementContext,
            "Verzoek om aanvulling instemmingsverzoek formatieplan 2027-2028",
            ontvangen_op="3 november 2026",
            ontbreekt=(
                "een overzicht van de beweegredenen;",
                "de gevolgen die u verwacht voor het personeel, de ouders en de leerlingen.",
            ),
            aanvullen_voor="17 november 2026",
            termijn="De termijn van zes weken begint op de dag waarop uw verzoek volledig is.",
        ),
        _bare(
            SupplementContext,
            "Verzoek om aanvulling adviesaanvraag vakantierooster",
            ontvangen_op="3 november 2026",
            ontbreekt=(),
        ),
    ),
    "advies": (
        _full(
            AdviceContext,
            "Advies vakantierooster 2027-2028",
            datum="9 december 2026",
            soort="adviesaanvraag",
            onderwerp=_ROOSTER,
            houder="de raad",
            datum_verzoek="3 november 2026",
            wor=False,
            recht_tekst=_RECHT_ROOSTER,
            vergadering=_DATUM,
            overleg_op="24 november 2026",
            uitkomst="positief onder voorwaarden",
        ),
        _bare(
            AdviceContext,
            "Advies reorganisatie facilitair bedrijf",
            datum="9 december 2026",
            raad=_OR,
            onderwerp="de reorganisatie van het facilitair bedrijf",
            houder="de ondernemingsraad",
            datum_verzoek="3 november 2026",
            wor=True,
        ),
    ),
    "instemming": (
        _full(
            ConsentContext,
            "Instemming formatieplan 2027-2028",
            datum="9 december 2026",
            datum_verzoek="3 november 2026",
            recht_tekst=_RECHT_FORMATIE,
            vergadering=_DATUM,
        ),
        _bare(
            ConsentContext,
            "Instemming",
            soort="instemmingsverzoek",
            onderwerp="de schoolgids 2027-2028",
            datum_verzoek="3 november 2026",
        ),
    ),
    "onthouding_instemming": (
        _full(
            ConsentRefusalContext,
            "Onthouding van instemming formatieplan 2027-2028",
            datum="9 december 2026",
            datum_verzoek="3 november 2026",
            recht_tekst=_RECHT_FORMATIE,
            vergadering=_DATUM,
        ),
        _bare(
            ConsentRefusalContext,
            "Onthouding van instemming",
            soort="instemmingsverzoek",
            onderwerp="de schoolgids 2027-2028",
            datum_verzoek="3 november 2026",
        ),
    ),
    "nader_overleg": (
        _full(
            ConsultationContext,
            "Verzoek om nader overleg vakantierooster 2027-2028",
            datum="14 januari 2027",
            soort="adviesaanvraag",
            onderwerp=_ROOSTER,
            houder="de raad",
            brief_van="12 januari 2027",
            besloten=False,
            recht_tekst=_RECHT_ROOSTER,
            grondslag="artikel 17 onder d van de WMS",
            overleg_voorstel=(
                "dinsdag 19 januari 2027 om 19.30 uur;",
                "donderdag 21 januari 2027 om 16.00 uur.",
            ),
        ),
        _bare(ConsultationContext, "Verzoek om nader overleg", brief_van="12 januari 2027", besloten=True),
    ),
    "beroep_nietigheid": (
        _full(
            NullityContext,
            "Beroep op nietigheid besluit formatieplan 2027-2028",
            datum="14 januari 2027",
            besluit="het besluit tot vaststelling van het formatieplan 2027-2028",
            meegedeeld_op="12 januari 2027",
            recht_tekst=_RECHT_FORMATIE,
            grondslag="artikel 32 lid 3 van de WMS",
            bron_gecontroleerd=False,
        ),
        _bare(
            NullityContext,
            "Beroep op nietigheid",
            datum="14 januari 2027",
            raad=_OR,
            onderwerp="de regeling werktijden",
            houder="de ondernemingsraad",
            besluit="het besluit tot wijziging van de regeling werktijden",
            meegedeeld_op="12 januari 2027",
            grondslag="artikel 27 lid 5 van de WOR",
            bron_gecontroleerd=True,
        ),
    ),
    "uitstel": (
        _full(
            ExtensionContext,
            "Verzoek om uitstel instemmingsverzoek formatieplan 2027-2028",
            datum="2 december 2026",
            uiterste_datum=_UITERSTE_DATUM,
            gevraagd_tot="dinsdag 12 januari 2027",
            reden="De leerlingenprognose kwam op 1 december 2026. Daarna is er vóór de uiterste datum "
            "geen vergadering meer waarin wij die kunnen bespreken.",
        ),
        _bare(ExtensionContext, "Verzoek om uitstel", uiterste_datum=_UITERSTE_DATUM),
    ),
    "herinnering": (
        _full(
            ReminderContext,
            "Herinnering reactie op initiatiefvoorstel pauzeregeling",
            onderwerp="de pauzeregeling",
            wat="schriftelijke reactie op ons initiatiefvoorstel",
            grondslag="artikel 6 lid 2 van de WMS",
            uiterste_datum="maandag 2 november 2026",
            verlopen=True,
        ),
        _bare(
            ReminderContext,
            "Herinnering besluit vakantierooster",
            wat="schriftelijk besluit na ons advies",
            grondslag="artikel 17 onder c van de WMS",
            verlopen=False,
        ),
        _bare(
            ReminderContext,
            "Herinnering",
            wat="[NOG IN TE VULLEN: waar u op wacht]",
            grondslag="",
            verlopen=False,
        ),
        _bare(
            ReminderContext,
            "Herinnering reactie op initiatiefvoorstel pauzeregeling",
            onderwerp="de pauzeregeling",
            wat="schriftelijke reactie op ons initiatiefvoorstel",
            grondslag="artikel 6 lid 2 van de WMS",
            uiterste_datum="maandag 30 november 2026",
            verlopen=False,
        ),
    ),
    "initiatiefvoorstel": (
        _full(
            ProposalContext,
            "Initiatiefvoorstel pauzeregeling",
            onderwerp="de pauzeregeling",
            houder="de raad",
            recht_tekst="artikel 6 lid 2 van de WMS",
            termijn="De wet geeft u daarvoor drie maanden.",
        ),
        _bare(ProposalContext, "Initiatiefvoorstel pauzeregeling", onderwerp="de pauzeregeling"),
    ),
    "doorgeleiding": (
        _full(
            RoutingContext,
            "Ter kennisneming: instemmingsverzoek formatieplan 2027-2028",
            geadresseerde=("Oudergeleding CMR Veenrijk College",),
            aanhef="Beste leden",
            naar="de oudergeleding",
            recht="instemming",
            ontvangen_op="3 november 2026",
            stukken=("Brief college van bestuur van 3 november 2026", "Formatieplan 2027-2028, versie 3"),
            grondslag="artikel 8 lid 6 van de WMS",
        ),
        _bare(
            RoutingContext,
            "Ter kennisneming: adviesaanvraag vakantierooster",
            naar="de personeelsgeleding",
            houder="de oudergeleding",
            recht="advies",
            ontvangen_op="3 november 2026",
        ),
    ),
    "toetsingsformulier": (
        ExaminationContext(
            raad=_RAAD,
            dossier="2026-0017",
            onderwerp="Formatieplan 2027-2028",
            ontvangen_op="3 november 2026",
            afzender="College van bestuur Stichting Veenrijk",
            soort="instemmingsverzoek",
            regime="WMS, voortgezet onderwijs",
            regels=_TOETSREGELS,
            recht_tekst=_RECHT_FORMATIE,
            houder="de personeelsgeleding",
            wettekst="Het bevoegd gezag behoeft de voorafgaande instemming van dat deel van de "
            "medezeggenschapsraad dat uit en door het personeel is gekozen voor elk door het bevoegd gezag "
            "te nemen besluit met betrekking tot vaststelling of wijziging van de samenstelling van de "
            "formatie.",
            wettekst_stand="stand 13 juli 2015",
            conclusie=(
                "Vraag om aanvulling: de beweegredenen ontbreken.",
                "Eén vraag beoordeelt u zelf: W10.",
            ),
            vlaggen=("Het bestuur vraagt geheimhouding, maar zegt niet voor welke gegevens en hoe lang.",),
        ),
        ExaminationContext(
            raad=_RAAD,
            dossier="2026-0018",
            onderwerp="Vakantierooster 2027-2028",
            ontvangen_op="3 november 2026",
            afzender="College van bestuur Stichting Veenrijk",
            soort="adviesaanvraag",
            regime="WMS, voortgezet onderwijs",
            regels=(),
        ),
    ),
}
"""Contexts to try each letter on, full first."""
