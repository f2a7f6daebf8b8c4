"""What each Word and mail template is filled with: one frozen value per template.

All text is Dutch and already formatted for people (``dinsdag 8 december 2026``, ``20 min``), so
that a template only has to put it in its place. Field names are the placeholders that a
secretary sees in Word; therefore they are Dutch. An empty string or tuple means "leave this out".
Text may come from outside; ``edges/templates`` keeps it text. Standard library only.

These fields mean the same everywhere and are not explained again:
    raad: Full name of the council, readable after "de": ``CMR Veenrijk College``.
    soort_vergadering: ``Overlegvergadering``; in mails with its article, ``de overlegvergadering``.
    datum: Day of the meeting: ``dinsdag 8 december 2026``.
    tijd, plaats: ``19.30 tot 21.30 uur``, and where the council meets.
    editie: ``Editie leden``.
    inhoud: ``11 agendapunten, 24 stukken, 134 bladzijden``.
    vertrouwelijk: Sentence for a confidential edition.
    concept: ``Concept van 1 december 2026, 14.05 uur``; empty once approved.
    voorzitter, secretaris, functie: Names, and ``ambtelijk secretaris``.
    aanhef: ``Geachte mevrouw De Wit``, without comma.
    onderwerp: Of a mail: its subject.
    bestand: Name of the attached or approved file.
    waarschuwingen: What a person must know, one sentence each.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every template knows."""

    raad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingContext(Context):
    """What every template about a meeting knows."""

    soort_vergadering: str
    datum: str


# --- front matter of a bundle ----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverContext(MeetingContext):
    """``voorblad``: the first page of a bundle."""

    inhoud: str
    editie: str
    tijd: str = ""
    plaats: str = ""
    voorzitter: str = ""
    secretaris: str = ""
    vertrouwelijk: str = ""
    concept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaper:
    """A paper under an agenda item.

    Attributes:
        nummer: ``4b``.
        titel: Title of the paper.
        bladzijde: First page in the bundle, ``17``; empty while unknown.
        aanduiding: ``tafelstuk``, ``niet leesbaar`` …
        sleutel: Key of its hyperlink; empty for no link.
    """

    nummer: str
    titel: str
    bladzijde: str = ""
    aanduiding: str = ""
    sleutel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """An agenda item, for the agenda and for its divider sheet.

    Attributes:
        nummer: ``4`` or ``4a``.
        titel: Title of the item.
        doel: ``instemming``, ``advies``, ``informatie`` …
        tijd: ``19.45``.
        minuten: ``20 min``.
        inbrenger: Who presents it.
        uiterste_datum: ``15 december 2026``, last day of the term behind it.
        aanduiding: ``besloten``, ``vertrouwelijk PMR``.
        bladzijde: Page of its divider sheet.
        sleutel: Key of its hyperlink; empty for no link.
        stukken: Its papers, in order.
    """

    nummer: str
    titel: str
    doel: str = ""
    tijd: str = ""
    minuten: str = ""
    inbrenger: str = ""
    uiterste_datum: str = ""
    aanduiding: str = ""
    bladzijde: str = ""
    sleutel: str = ""
    stukken: tuple[AgendaPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaContext(MeetingContext):
    """``agenda``: the agenda, which is the table of contents as well."""

    punten: tuple[AgendaLine, ...]
    tijd: str = ""
    plaats: str = ""
    editie: str = ""
    concept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DividerContext(MeetingContext):
    """``scheidingsblad``: one sheet, exactly one page, for each item in ``punten``."""

    punten: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceholderLine:
    """A paper that is not in the bundle.

    Attributes:
        nummer: ``4b``.
        titel: Title of the paper.
        agendapunt: ``4 Formatieplan``.
        reden: Sentence: why it cannot be shown.
        doe: Sentence: what the reader can do.
    """

    nummer: str
    titel: str
    agendapunt: str
    bestand: str
    reden: str
    doe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceholderContext(MeetingContext):
    """``plaatshouder``: one page for each paper that could not be read."""

    stukken: tuple[PlaceholderLine, ...]


# --- letters and sheets ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementContext(Context):
    """``ontvangstbevestiging``: the letter that confirms receipt of a request.

    Attributes:
        geadresseerde: Lines of the address block.
        datum: Date of the letter.
        ons_kenmerk: Number of the dossier.
        betreft: One line.
        soort: ``adviesaanvraag`` or ``instemmingsverzoek``.
        onderwerp: With its article: ``het formatieplan 2027-2028``.
        ontvangen_op: ``3 november 2026``.
        recht: ``advies`` or ``instemming``.
        houder: Who answers, in running text: ``de raad``, ``de personeelsgeleding``.
        raad_adres: Lines of the letterhead.
        uw_kenmerk: Reference of the sender.
        termijn: ``zes weken``.
        grondslag: ``artikel 21 van het medezeggenschapsreglement``.
        uiterste_datum: ``dinsdag 15 december 2026``; empty when there is no term.
        vergadering: ``dinsdag 8 december 2026``; empty while unknown.
        ontbreekt: What the council still needs, one entry a line.
        aanvullen_voor: Day by which it is asked: ``17 november 2026``.
    """

    raad_email: str
    geadresseerde: tuple[str, ...]
    datum: str
    ons_kenmerk: str
    betreft: str
    aanhef: str
    soort: str
    onderwerp: str
    ontvangen_op: str
    recht: str
    houder: str
    secretaris: str
    functie: str
    raad_adres: tuple[str, ...] = ()
    uw_kenmerk: str = ""
    termijn: str = ""
    grondslag: str = ""
    uiterste_datum: str = ""
    vergadering: str = ""
    ontbreekt: tuple[str, ...] = ()
    aanvullen_voor: str = ""


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
class AddressLine:
    """A member who gets paper.

    Attributes:
        naam: With form of address: ``mevrouw A. Jansen``.
        inhoud: ``134 bladzijden``.
        regels: Address or pigeon-hole, one entry a line.
    """

    naam: str
    editie: str
    inhoud: str
    regels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressSheetContext(MeetingContext):
    """``adresblad``: the top sheet for each member who gets paper, one page each."""

    secretaris: str
    leden: tuple[AddressLine, ...]


# --- mails -----------------------------------------------------------------------------


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
    """

    secretaris: str
    functie: str
    antwoordadres: str
    tijd: str = ""
    plaats: str = ""
    punten: tuple[MailItem, ...] = ()
    vertrouwelijk: str = ""
    let_op: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientLine:
    """Somebody a bundle goes to; ``opmerking`` such as ``nieuw adres`` may be empty."""

    naam: str
    adres: str
    opmerking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementMailContext(MailContext):
    """``mail_aankondiging``: tells the secretary what is about to be sent.

    Attributes:
        tijdstip: ``op dinsdag 1 december 2026 om 20.45 uur``.
        ontvangers: Who gets it by mail.
        papier: Names of those who get paper.
        vastgehouden: Who does not get it yet, with the reason as ``opmerking``.
    """

    tijdstip: str
    ontvangers: tuple[RecipientLine, ...]
    papier: tuple[str, ...] = ()
    vastgehouden: tuple[RecipientLine, ...] = ()
    waarschuwingen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialMailContext(MailContext):
    """``mail_proef``: a concept for one person; approves nothing."""

    secretaris: str
    functie: str
    waarschuwingen: tuple[str, ...] = ()
