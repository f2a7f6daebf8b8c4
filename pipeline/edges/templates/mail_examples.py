"""A full and a bare example for every mail template, to try it on. Invented names; touches nothing."""

from dataclasses import replace

from pipeline.contexts import (
    SECRETARY_FUNCTION,
    AlarmMailContext,
    AnnouncementMailContext,
    BounceMailContext,
    Context,
    DigestBlock,
    DigestLine,
    DigestMailContext,
    LetterMailContext,
    MailItem,
    MeetingMailContext,
    NewAddressMailContext,
    ReadableCopyMailContext,
    RecipientLine,
    TrialMailContext,
)

_RAAD = "CMR Veenrijk College"
_IN_ZIN = "de overlegvergadering"
_DATUM = "dinsdag 8 december 2026"
_TIJD = "19.30 tot 21.30 uur"
_PLAATS = "Locatie Kanaaldijk, lokaal 1.12"
_EDITIE = "Editie leden"
_INHOUD = "11 agendapunten, 24 stukken, 134 bladzijden"
_SECRETARIS = "M. Terpstra"
_BESTAND = "2026-12-08 Overlegvergadering - leden.pdf"
_KOPPELING = (
    "https://stukken.veenrijk.example/mr/0f1e2d3c4b5a69788796a5b4c3d2e1f0/"
    "2026-12-08%20Overlegvergadering%20-%20leden.pdf"
)
_VERTROUWELIJK = "Deze editie is vertrouwelijk en alleen bestemd voor de leden van de PMR."

_ONTVANGERS = (
    RecipientLine(naam="A. Jansen", adres="a.jansen@veenrijk.example"),
    RecipientLine(naam="B. de Groot", adres="b.degroot@veenrijk.example", opmerking="nieuw adres"),
)

_PUNTEN = (
    MailItem(nummer="1", titel="Opening en vaststelling van de agenda", doel="besluit"),
    MailItem(nummer="2", titel="Notulen en actielijst", doel="besluit"),
    MailItem(nummer="4", titel="Formatieplan 2027-2028", doel="instemming"),
    MailItem(nummer="6", titel="Rondvraag en sluiting"),
)

_PAPERS = MeetingMailContext(
    onderwerp="Vergaderstukken",
    raad=_RAAD,
    aanhef="Geacht lid",
    soort_vergadering=_IN_ZIN,
    datum=_DATUM,
    editie=_EDITIE,
    bestand=_BESTAND,
    inhoud=_INHOUD,
    secretaris=_SECRETARIS,
    functie=SECRETARY_FUNCTION,
    antwoordadres="cmr@veenrijk.example",
)

MAIL_EXAMPLES: dict[str, tuple[Context, ...]] = {
    "mail_vergaderstukken": (
        replace(
            _PAPERS,
            onderwerp=f"Vergaderstukken CMR, overlegvergadering {_DATUM}",
            aanhef="Geachte mevrouw Jansen",
            editie="Editie PMR",
            tijd=_TIJD,
            plaats=_PLAATS,
            punten=_PUNTEN,
            vertrouwelijk=_VERTROUWELIJK,
            let_op=("Stuk 4.2 staat niet in de bundel; op die plaats vindt u een blad met uitleg.",),
            verzending=("Dit is deel 1 van 3: bladzijde 1 tot en met 40.",),
        ),
        _PAPERS,
        replace(
            _PAPERS,
            verzending=("De link werkt tot en met vrijdag 22 januari 2027.",),
            koppeling=_KOPPELING,
            omvang="31 MB",
        ),
    ),
    "mail_aankondiging": (
        AnnouncementMailContext(
            onderwerp="Wordt verzonden om 20.45 uur",
            raad=_RAAD,
            aanhef="Geachte mevrouw Terpstra",
            soort_vergadering=_IN_ZIN,
            datum=_DATUM,
            tijdstip="op dinsdag 1 december 2026 om 20.45 uur",
            bedenktijd=True,
            editie=_EDITIE,
            bestand=_BESTAND,
            inhoud=_INHOUD,
            ontvangers=_ONTVANGERS,
            papier=("C. Yilmaz",),
            vastgehouden=(
                RecipientLine(naam="D. Visser", adres="", opmerking="er staat geen adres in leden.xlsx"),
            ),
            waarschuwingen=("Stuk 4.2 staat niet in de bundel. Het bestand is beschadigd.",),
        ),
        AnnouncementMailContext(
            onderwerp="Wordt verzonden om 20.45 uur",
            raad=_RAAD,
            aanhef="Geachte mevrouw Terpstra",
            soort_vergadering=_IN_ZIN,
            datum=_DATUM,
            tijdstip="direct",
            bedenktijd=False,
            editie=_EDITIE,
            bestand=_BESTAND,
            inhoud=_INHOUD,
            ontvangers=(),
        ),
    ),
    "mail_proef": (
        TrialMailContext(
            onderwerp="Proef vergaderstukken",
            raad=_RAAD,
            aanhef="Geachte heer Okafor",
            soort_vergadering=_IN_ZIN,
            datum=_DATUM,
            editie=_EDITIE,
            bestand=_BESTAND,
            inhoud=_INHOUD,
            secretaris=_SECRETARIS,
            functie=SECRETARY_FUNCTION,
            waarschuwingen=("Punt 6 heeft nog geen titel.",),
        ),
        TrialMailContext(
            onderwerp="Proef vergaderstukken",
            raad=_RAAD,
            aanhef="Geachte heer Okafor",
            soort_vergadering=_IN_ZIN,
            datum=_DATUM,
            editie=_EDITIE,
            bestand=_BESTAND,
            inhoud=_INHOUD,
            secretaris=_SECRETARIS,
            functie=SECRETARY_FUNCTION,
        ),
    ),
    "mail_dagoverzicht": (
        DigestMailContext(
            onderwerp="Dagoverzicht maandag 23 november 2026",
            raad=_RAAD,
            aanhef="Geachte mevrouw Terpstra",
            datum="maandag 23 november 2026",
            blokken=(
                DigestBlock(
                    kop="Termijnen van de raad",
                    regels=(
                        DigestLine(
                            tekst="2026-0015 Regeling toetsen en inhalen: nog 2 dagen (woensdag 25 november "
                            "2026).",
                            uitleg="Er is vóór deze dag geen vergadering meer.",
                        ),
                        DigestLine(tekst="2026-0017: nog 22 dagen (dinsdag 15 december 2026)."),
                    ),
                ),
                DigestBlock(
                    kop="Wat het bestuur nog moet doen",
                    regels=(DigestLine(tekst="2026-0009 Pauzeregeling: reactie op het initiatiefvoorstel."),),
                ),
            ),
        ),
        DigestMailContext(
            onderwerp="Dagoverzicht maandag 23 november 2026",
            raad=_RAAD,
            aanhef="Geachte mevrouw Terpstra",
            datum="maandag 23 november 2026",
            blokken=(),
        ),
    ),
    "mail_nieuw_adres": (
        NewAddressMailContext(
            raad=_RAAD,
            onderwerp="Kloppen deze nieuwe adressen?",
            aanhef=f"Geachte {_SECRETARIS}",
            adressen=(
                RecipientLine(naam="A. Jansen", adres="a.jansen@veenrijk.example"),
                RecipientLine(naam="B. de Groot", adres="b.degroot@veenrijk.example"),
            ),
        ),
    ),
    "mail_niet_bezorgd": (
        BounceMailContext(
            raad=_RAAD,
            onderwerp="Niet aangekomen bij A. Jansen",
            aanhef=f"Geachte {_SECRETARIS}",
            ontvanger="A. Jansen",
            adres="a.jansen@veenrijk.example",
            bestand=_BESTAND,
            melding="550 5.1.1 User unknown",
            doe=("Verbeter het adres in leden.xlsx; het bericht gaat dan opnieuw uit.",),
        ),
        BounceMailContext(
            raad=_RAAD,
            onderwerp="Niet aangekomen bij A. Jansen",
            aanhef=f"Geachte {_SECRETARIS}",
            ontvanger="A. Jansen",
            adres="a.jansen@veenrijk.example",
            bestand=_BESTAND,
            melding="",
            doe=(),
        ),
    ),
    "mail_alarm": (
        AlarmMailContext(
            onderwerp="Vandaag nodig: 2026-0015 Regeling toetsen en inhalen",
            raad=_RAAD,
            aanhef="Geachte mevrouw Terpstra",
            zaak="2026-0015 Regeling toetsen en inhalen",
            termijn="Advies van de raad",
            uiterste_datum="woensdag 25 november 2026",
            waarom=("Er is vóór deze dag geen vergadering meer.", "Daarna mag het bestuur besluiten."),
            stappen=(
                "14 oktober 2026: de aanvraag is ontvangen; deze dag telt niet mee.",
                "25 november 2026: zes weken later (medezeggenschapsreglement, artikel 21).",
            ),
            doe=(
                "Vraag het bestuur om uitstel.",
                "Plan met de voorzitter een extra vergadering.",
            ),
            brief="2026-0015 Verzoek om uitstel - concept.docx",
        ),
        AlarmMailContext(
            onderwerp="Vandaag nodig: 2026-0019",
            raad=_RAAD,
            aanhef="Geachte mevrouw Terpstra",
            zaak="2026-0019",
            termijn="Beroep op nietigheid",
            uiterste_datum="dinsdag 15 december 2026",
            waarom=("Dit is de laatste vergaderdag voor deze termijn.",),
        ),
    ),
    "mail_brief": (
        LetterMailContext(
            onderwerp="Advies vakantierooster 2027-2028 (ons kenmerk 2026-0018)",
            raad=_RAAD,
            aanhef="Geachte mevrouw De Wit",
            bevestiging=True,
            brief="het advies van de raad",
            kenmerk="2026-0018",
            bestand="2026-0018 Advies.pdf",
            secretaris=_SECRETARIS,
            functie=SECRETARY_FUNCTION,
            antwoordadres="cmr@veenrijk.example",
        ),
        LetterMailContext(
            onderwerp="Brief van de raad",
            raad=_RAAD,
            aanhef="Geachte leden",
            bevestiging=False,
            brief="een brief van de raad",
            kenmerk="2026-0018",
            bestand="Brief.pdf",
            secretaris=_SECRETARIS,
            functie=SECRETARY_FUNCTION,
            antwoordadres="cmr@veenrijk.example",
        ),
    ),
    "mail_leesbaar_exemplaar": (
        ReadableCopyMailContext(
            onderwerp="Verzoek om een leesbaar exemplaar: Formatieplan.pdf",
            raad=_RAAD,
            aanhef="Geachte mevrouw De Wit",
            stuk="Formatieplan.pdf",
            mail="Formatieplan 2027-2028",
            ontvangen="dinsdag 3 november 2026",
            waarom="Het bestand is met een wachtwoord beveiligd.",
            verzoek="Wilt u ons een exemplaar zonder wachtwoord sturen?",
            secretaris=_SECRETARIS,
            functie=SECRETARY_FUNCTION,
        ),
        ReadableCopyMailContext(
            onderwerp="Verzoek om een leesbaar exemplaar",
            raad=_RAAD,
            aanhef="Geachte heer/mevrouw",
            stuk="",
            mail="",
            ontvangen="dinsdag 3 november 2026",
            waarom="De mail is versleuteld.",
            verzoek="Wilt u ons de mail zonder versleuteling sturen?",
            secretaris=_SECRETARIS,
            functie=SECRETARY_FUNCTION,
        ),
    ),
}
"""Contexts to try each mail template on, full first."""
