"""What a paper is, with its evidence, or that a person must say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """The kinds of papers; the ids are fixed, labels and cues stand in config/soorten.yaml."""

    ADVIESAANVRAAG = "adviesaanvraag"
    INSTEMMINGSVERZOEK = "instemmingsverzoek"
    INFORMATIEVERSTREKKING = "informatieverstrekking"
    BESLUIT_NA_ADVIES = "besluit_na_advies"
    REACTIE_INITIATIEF = "reactie_initiatief"
    ADVIES_OF_INSTEMMING_RAAD = "advies_of_instemming_raad"
    INITIATIEFVOORSTEL = "initiatiefvoorstel"
    NOTULEN = "notulen"
    AGENDA = "agenda"
    BESLUITENLIJST_ACTIELIJST = "besluitenlijst_actielijst"
    JAARPLAN_VERGADERROOSTER = "jaarplan_vergaderrooster"
    JAARVERSLAG = "jaarverslag"
    BEGROTING_FINANCIEEL = "begroting_financieel"
    REGLEMENT_STATUUT = "reglement_statuut"
    VERKIEZING = "verkiezing"
    SCHOLING = "scholing"
    NIEUWSBRIEF = "nieuwsbrief"
    KLACHT_OF_BRIEF_ACHTERBAN = "klacht_of_brief_achterban"
    UITNODIGING = "uitnodiging"
    FACTUUR = "factuur"
    BELEIDSSTUK = "beleidsstuk"
    OVERIG = "overig"


ASKED: Mapping[Kind, str] = MappingProxyType(
    {Kind.ADVIESAANVRAAG: "advies", Kind.INSTEMMINGSVERZOEK: "instemming"}
)
"""What each kind of request asks for."""


class SenderRole(StrEnum):
    """What a sender is to the council."""

    BEVOEGD_GEZAG = "bevoegd_gezag"
    RAAD = "raad"
    """The council itself: its mailbox, secretary, chair, members."""
    BEKEND = "bekend"
    """A known relation without a role in procedures (union, trainer, parent council)."""
    SECRETARIS_MAP = "secretaris_map"
    """Dropped in a folder by the secretary: trusted as a road, the writer is read from the text."""
    ONBEKEND = "onbekend"


class StartsProcedure(StrEnum):
    """Whether a paper starts a procedure."""

    JA = "ja"
    NEE = "nee"
    VRAAG = "vraag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for a kind.

    Attributes:
        cue: Dutch, what was found.
        sentence: The sentence it stands in, at most 240 characters; may be empty.
        weight: Positive speaks for the kind, negative against.
    """

    cue: str
    sentence: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A right of the council that a paper appeals to.

    Attributes:
        id: Id of the catalogue, e.g. ``WMS-11-n``; empty when a person named only who holds it.
        right: ``advies`` or ``instemming``.
        geleding: Who holds it: ``hele raad``, ``personeel``, ``ouders``, ``leerlingen`` …
    """

    id: str
    right: str
    geleding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a paper probably is, and why.

    Attributes:
        kind: Best kind.
        subkind: Finer label within ``overig`` or ``besluit_na_advies``; may be empty.
        confidence: 0 to 1.
        evidence: Strongest first.
        likeliest: The two most likely kinds, best first.
        starts_procedure: Whether it starts a procedure.
        regime: ``wms-po`` … or empty when the text does not tell.
        rights: Rights it names or clearly rests on.
        follows: For a decision, what it follows: ``advies``, ``instemming`` or empty.
    """

    kind: Kind
    subkind: str = ""
    confidence: float
    evidence: tuple[Evidence, ...]
    likeliest: tuple[Kind, ...]
    starts_procedure: StartsProcedure
    regime: str = ""
    rights: tuple[Right, ...] = ()
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """Sure enough to act on without a person."""

    judgement: Judgement


class Caution(StrEnum):
    """Why a person must not simply follow the best guess about a held paper."""

    OTHER_BODY = "other_body"
    """A request that is addressed to a body that is not this council."""
    SENDER = "sender"
    """A request of somebody who may not make it, or who may be somebody else."""
    BADLY_READ = "badly_read"
    NO_CUE = "no_cue"
    """The guess rests on nothing that can be pointed at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Not sure enough: a person decides.

    Attributes:
        judgement: Best guess; None when there was nothing to judge.
        reasons: Dutch sentences, why it is held; at least one.
        cautions: Why that guess must not simply be followed.
    """

    judgement: Judgement | None
    reasons: tuple[str, ...]
    cautions: tuple[Caution, ...] = ()


Verdict = Classified | Held
