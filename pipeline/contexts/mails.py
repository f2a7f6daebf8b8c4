"""Mails: those about a bundle, and those of the service itself."""

from dataclasses import dataclass

from pipeline.contexts.base import Context, MeetingContext


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContext(MeetingContext):
    """What every mail about a bundle knows."""

    onderwerp: str
    aanhef: str
    editie: str
    bestand: str
    inhoud: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailItem:
    """An agenda item as a mail lists it."""

    nummer: str
    titel: str
    doel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMailContext(MailContext):
    """``mail_vergaderstukken``: the mail that carries a bundle to one member.

    Attributes:
        antwoordadres: Where answers go.
        punten: Items this edition may name, in order.
        let_op: Sentences the member must know (papers to follow, placeholder pages).
        verzending: Sentences on how the file travels: in parts, with smaller pictures; may be empty.
        koppeling: Address at which the file can be fetched; empty when it goes along.
        omvang: Size of a file that can be fetched: ``31 MB``.
    """

    secretaris: str
    functie: str
    antwoordadres: str
    tijd: str = ""
    plaats: str = ""
    punten: tuple[MailItem, ...] = ()
    vertrouwelijk: str = ""
    let_op: tuple[str, ...] = ()
    verzending: tuple[str, ...] = ()
    koppeling: str = ""
    omvang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientLine:
    """Somebody a bundle goes to; ``opmerking`` says why not yet, and may be empty."""

    naam: str
    adres: str
    opmerking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementMailContext(MailContext):
    """``mail_aankondiging``: tells the secretary what is about to be sent.

    Attributes:
        tijdstip: ``op dinsdag 1 december 2026 om 20.45 uur``, or ``direct``.
        bedenktijd: There is still time to take it back.
        ontvangers: Who gets it by mail.
        papier: Names of those who get paper.
        vastgehouden: Who does not get it yet, with the reason as ``opmerking``.
    """

    tijdstip: str
    bedenktijd: bool
    ontvangers: tuple[RecipientLine, ...]
    papier: tuple[str, ...] = ()
    vastgehouden: tuple[RecipientLine, ...] = ()
    waarschuwingen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialMailContext(MailContext):
    """``mail_proef``: a concept for one person; approves nothing.

    Attributes:
        verzending: Sentences on how the file travels: in parts, with smaller pictures; may be empty.
    """

    secretaris: str
    functie: str
    waarschuwingen: tuple[str, ...] = ()
    verzending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMailContext(Context):
    """What every mail knows that is not about a bundle."""

    onderwerp: str
    aanhef: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """A line of the daily digest; ``uitleg`` may be empty."""

    tekst: str
    uitleg: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestBlock:
    """Lines of one subject under their heading."""

    kop: str
    regels: tuple[DigestLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestMailContext(ServiceMailContext):
    """``mail_dagoverzicht``: tells the secretary once a day what asks her attention.

    Attributes:
        datum: ``maandag 23 november 2026``.
        blokken: In order of urgency; may be empty.
    """

    datum: str
    blokken: tuple[DigestBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmMailContext(ServiceMailContext):
    """``mail_alarm``: a term that needs attention today.

    Attributes:
        zaak: ``2026-0017 Vakantierooster``; of a confidential dossier the number only.
        termijn: Name of the term.
        uiterste_datum: ``dinsdag 15 december 2026``.
        waarom: Why today, one sentence each.
        stappen: How the date was worked out, one sentence each.
        doe: What can be done now, one sentence each.
        brief: Name of the concept letter that lies ready.
    """

    zaak: str
    termijn: str
    uiterste_datum: str
    waarom: tuple[str, ...]
    stappen: tuple[str, ...] = ()
    doe: tuple[str, ...] = ()
    brief: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableCopyMailContext(ServiceMailContext):
    """``mail_leesbaar_exemplaar``: asks a sender for a copy that can be read; the secretary sends it.

    Attributes:
        stuk: Name of the paper; empty when the mail itself cannot be read.
        mail: Subject of the mail it came with; may be empty.
        ontvangen: ``dinsdag 3 november 2026``.
        waarom: Why it cannot be read, one sentence.
        verzoek: What is asked, one sentence.
    """

    stuk: str
    mail: str
    ontvangen: str
    waarom: str
    verzoek: str
    secretaris: str
    functie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMailContext(ServiceMailContext):
    """``mail_brief``: carries a letter of the council.

    Attributes:
        bevestiging: Who gets it is asked to confirm that.
        brief: In running text: ``het advies van de raad``.
        kenmerk: Number of the dossier.
        antwoordadres: Where answers go.
    """

    bevestiging: bool
    brief: str
    kenmerk: str
    bestand: str
    secretaris: str
    functie: str
    antwoordadres: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceMailContext(ServiceMailContext):
    """``mail_niet_bezorgd``: tells the secretary at once that a message came back.

    Attributes:
        ontvanger: Name of who did not get it.
        adres: The address that did not work.
        bestand: What did not arrive.
        melding: What the mail server says; may be empty.
        doe: What can be done now, one sentence each.
    """

    ontvanger: str
    adres: str
    bestand: str
    melding: str
    doe: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddressMailContext(ServiceMailContext):
    """``mail_nieuw_adres``: asks the secretary whether new addresses in leden.xlsx are right.

    Attributes:
        adressen: Whose, and which.
    """

    adressen: tuple[RecipientLine, ...]
