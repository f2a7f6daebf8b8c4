"""Letters of the council: always concepts, which the secretary reads, edits in Word and sends."""

from dataclasses import dataclass

from pipeline.contexts.base import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext(Context):
    """What every letter of the council knows.

    Attributes:
        raad_email: Where answers go.
        geadresseerde: Lines of the address block.
        datum: Date of the letter.
        ons_kenmerk: Number of the dossier.
        betreft: One line.
        soort: ``adviesaanvraag`` or ``instemmingsverzoek``.
        onderwerp: With its article: ``het formatieplan 2027-2028``.
        houder: Who answers, in running text: ``de raad``, ``de personeelsgeleding``.
        voorzitter: Signs the council's decisions too; empty when only the secretary signs.
        raad_adres: Lines of the letterhead.
        uw_kenmerk: Reference of the addressee.
    """

    raad_email: str
    geadresseerde: tuple[str, ...]
    datum: str
    ons_kenmerk: str
    betreft: str
    aanhef: str
    soort: str
    onderwerp: str
    houder: str
    secretaris: str
    functie: str
    voorzitter: str = ""
    raad_adres: tuple[str, ...] = ()
    uw_kenmerk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementContext(LetterContext):
    """``ontvangstbevestiging``: the letter that confirms receipt of a request.

    Attributes:
        ontvangen_op: ``3 november 2026``.
        recht: ``advies`` or ``instemming``.
        termijn: ``zes weken``.
        grondslag: ``artikel 21 van het medezeggenschapsreglement``.
        uiterste_datum: ``dinsdag 15 december 2026``; empty when there is no term.
        begin: Sentence on when the term begins, while it has not; there is no last day then.
        vergadering: ``dinsdag 8 december 2026``; empty while unknown.
        ontbreekt: What the council still needs, one entry a line.
        aanvullen_voor: Day by which it is asked: ``17 november 2026``.
    """

    ontvangen_op: str
    recht: str
    termijn: str = ""
    grondslag: str = ""
    uiterste_datum: str = ""
    begin: str = ""
    vergadering: str = ""
    ontbreekt: tuple[str, ...] = ()
    aanvullen_voor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementContext(LetterContext):
    """``verzoek_om_aanvulling``: asks the board to complete its request; never refuses it.

    Attributes:
        ontvangen_op: ``3 november 2026``.
        ontbreekt: What is missing, one entry a line; empty leaves it to the secretary.
        aanvullen_voor: Day by which it is asked: ``17 november 2026``.
        termijn: Sentence on what this means for the term.
    """

    ontvangen_op: str
    ontbreekt: tuple[str, ...]
    aanvullen_voor: str = ""
    termijn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceContext(LetterContext):
    """``advies``: the council's advice.

    Attributes:
        datum_verzoek: Date of the request: ``3 november 2026``.
        wor: The council is an ondernemingsraad, which needs an overlegvergadering first.
        recht_tekst: ``artikel 11 onder m van de WMS``.
        vergadering: Meeting that decided: ``dinsdag 8 december 2026``.
        overleg_op: ``24 november 2026``; an OR that leaves it empty is asked for it.
        uitkomst: ``positief``, ``positief onder voorwaarden``, ``negatief`` or ``geen advies``;
            empty lets the secretary choose.
    """

    datum_verzoek: str
    wor: bool
    recht_tekst: str = ""
    vergadering: str = ""
    overleg_op: str = ""
    uitkomst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ConsentDecisionContext(LetterContext):
    datum_verzoek: str
    recht_tekst: str = ""
    vergadering: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentContext(_ConsentDecisionContext):
    """``instemming``: the council consents.

    Attributes:
        datum_verzoek: Date of the request: ``3 november 2026``.
        recht_tekst: ``artikel 10 onder b van de WMS``.
        vergadering: Meeting that decided; empty leaves it to the secretary.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefusalContext(_ConsentDecisionContext):
    """``onthouding_instemming``: the council does not consent; fields as in ``ConsentContext``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationContext(LetterContext):
    """``nader_overleg``: asks for talks before the board departs from an advice.

    Attributes:
        brief_van: Day on which the board told it: ``12 januari 2027``.
        besloten: The decision has been taken.
        recht_tekst: Right the advice rests on.
        grondslag: What the talks rest on, where the law gives a right to them.
        overleg_voorstel: Moments the council proposes; empty leaves them to the secretary.
    """

    brief_van: str
    besloten: bool
    recht_tekst: str = ""
    grondslag: str = ""
    overleg_voorstel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NullityContext(LetterContext):
    """``beroep_nietigheid``: the holder of the right invokes that a decision is void.

    Attributes:
        besluit: With its article: ``het besluit tot vaststelling van het vakantierooster``.
        meegedeeld_op: Day the council learned of it: ``12 januari 2027``.
        grondslag: Article that the appeal rests on.
        bron_gecontroleerd: False asks the secretary to read that article first.
        recht_tekst: Right that asks for consent.
    """

    besluit: str
    meegedeeld_op: str
    grondslag: str
    bron_gecontroleerd: bool
    recht_tekst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionContext(LetterContext):
    """``uitstel``: asks for more time.

    Attributes:
        uiterste_datum: Today's end: ``dinsdag 15 december 2026``.
        gevraagd_tot: New end, in the same form; empty leaves it to the secretary.
        reden: One or more whole sentences; empty leaves it to the secretary.
    """

    uiterste_datum: str
    gevraagd_tot: str = ""
    reden: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderContext(LetterContext):
    """``herinnering``: reminds the board of what it owes.

    Attributes:
        wat: Readable after "Wij hebben nog geen": ``schriftelijke reactie op ons voorstel``.
        grondslag: Article that obliges the board to it.
        verlopen: The last day has passed.
        uiterste_datum: ``dinsdag 15 december 2026``; empty when there is no number of days.
    """

    wat: str
    grondslag: str
    verlopen: bool
    uiterste_datum: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalContext(LetterContext):
    """``initiatiefvoorstel``: a proposal of the council itself.

    Attributes:
        recht_tekst: ``artikel 6 lid 2 van de WMS``.
        termijn: Sentence on when the board must answer.
    """

    recht_tekst: str = ""
    termijn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingContext(LetterContext):
    """``doorgeleiding``: sends a request for one geleding to the others, for information.

    Attributes:
        naar: Who gets it, in running text: ``de oudergeleding``.
        recht: ``advies`` or ``instemming``.
        ontvangen_op: ``3 november 2026``.
        stukken: Titles of the papers that go along.
        grondslag: Article that asks for this.
    """

    naar: str
    recht: str
    ontvangen_op: str
    stukken: tuple[str, ...] = ()
    grondslag: str = ""
