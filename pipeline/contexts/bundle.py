"""Front matter of a bundle, the sheets in it and the address sheets for those who get paper."""

from dataclasses import dataclass

from pipeline.contexts.base import MeetingContext


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
        nummer: ``4.2``.
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
        nummer: ``4.2``.
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
