"""A request that is held against the law, and what came of that. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.toetsing.checklist import RightFacts, Severity
from pipeline.values import Facts, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCase:
    """A request, and what is known around it.

    Attributes:
        text: Its whole plain text.
        kind: ``ADVIESAANVRAAG`` or ``INSTEMMINGSVERZOEK``.
        regime: ``wms-po``, ``wms-vo``, ``wms-so``, ``wor`` or ``wmcz``.
        organ: The council: ``mr``, ``gmr``, ``cmr``, ``or`` or ``clientenraad``.
        cited: Rights that the text cites with certainty, in order.
        possible: Rights that an article may mean that is cited without its onderdeel.
        facts: What the text says of itself.
        received: Day of receipt.
        term_end: Strict end of the council's own term; None when it has none, or is not known.
        annexes: Number of annexes that came with it.
        meeting: The council's next meeting, if it is known.
    """

    text: str
    kind: Kind
    regime: str
    organ: str
    cited: tuple[RightFacts, ...] = ()
    possible: tuple[RightFacts, ...] = ()
    facts: Facts
    received: date
    term_end: date | None = None
    annexes: int = 0
    meeting: date | None = None


class FindingState(StrEnum):
    """What became of a point."""

    GEVONDEN = "gevonden"
    NIET_GEVONDEN = "niet_gevonden"
    ZELF_BEOORDELEN = "zelf_beoordelen"
    NIET_VAN_TOEPASSING = "niet_van_toepassing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A point of the checklist, held against the request.

    Attributes:
        item: Id of the point: ``W5``.
        question: Dutch.
        basis: Dutch, where it stands.
        severity: How heavy it weighs.
        confidence: ``V``, ``P`` or ``K``: how sure the point itself is.
        state: What became of it.
        sentence: The sentence it stands in, at most 240 characters; may be empty.
        note: Dutch remark; may be empty.
    """

    item: str
    question: str
    basis: str
    severity: Severity
    confidence: str
    state: FindingState
    sentence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The result of the check: proposals, never a refusal.

    Attributes:
        title: Dutch, which list was used; empty without one.
        right: The right it rests on; None when nothing points to one.
        suggested: True when ``right`` is only suggested by words: a person decides.
        right_holder: Dutch, who holds the right; empty when that is not known.
        findings: One per point of the list, in order.
        missing: Dutch lines for the letter that asks for more.
        conclusions: Dutch proposals.
        flags: Dutch, what needs a person's eye.
    """

    title: str
    right: RightFacts | None
    suggested: bool
    right_holder: str
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    conclusions: tuple[str, ...]
    flags: tuple[str, ...]
