"""The checklist as values: what a request must hold, by law or good custom, and how that is recognised.

Pure. What the checklist says stands in ``config/law/checklist.yaml``; here only its shape.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.phrase_search import Phrase
from pipeline.values import Kind


class Severity(StrEnum):
    """How heavy a point weighs."""

    WETTELIJK = "wettelijk"
    """The statute demands it."""
    GOED_GEBRUIK = "goed_gebruik"
    """Practice; its absence never makes a request incomplete."""


class Check(StrEnum):
    """Points that are not found by their words alone, but worked out from what is known."""

    RECHT = "recht"
    ORGAAN = "orgaan"
    OP_TIJD = "op_tijd"
    BIJLAGEN = "bijlagen"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightFacts:
    """What the check needs of a right in the catalogue.

    Attributes:
        id: ``WMS-12-b``.
        law: ``WMS``, ``WOR`` or ``Wmcz 2018``.
        article: Dutch words, without the law: ``artikel 12 lid 1 onder b``.
        right: ``advies``, ``instemming`` or ``afspraak``.
        organ: ``mr``, ``gmr``, ``opr``, ``or``, ``clientenraad``, ``mr of gmr`` …
        geleding: ``hele raad``, ``personeel``, ``ouders``, ``ouders en leerlingen`` …
        label: Dutch, short; ours, not the law's.
        text: Statute text; empty when it was not read.
        keywords: Dutch words that suggest the right, never decide it.
        sectors: Kinds of school it holds for; empty = all.
        later: Dutch, what may have changed after the text that was read; may be empty.
        read_on: Day on which somebody of the council read the text; None when she did not.
    """

    id: str
    law: str
    article: str
    right: str
    organ: str
    geleding: str
    label: str
    text: str = ""
    keywords: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    later: str = ""
    read_on: date | None = None

    @property
    def written(self) -> str:
        """Write it as people cite it: ``artikel 12 lid 1 onder b WMS``."""
        return f"{self.article} {self.law}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """When a point is asked; every condition that is given must hold.

    Attributes:
        right: ``advies`` or ``instemming``; empty = either.
        rights: Ids of the rights it belongs to; empty = all.
        geleding: Only when a geleding holds the right.
        cues: Only when one of these stands in the text; empty = always.
    """

    right: str = ""
    rights: tuple[str, ...] = ()
    geleding: bool = False
    cues: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One of several that must each be named, with the phrases that name it."""

    name: str
    cues: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCouncil:
    """What a point rests on when the right is not a geleding's but the whole council's."""

    basis: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A point of the checklist.

    Attributes:
        id: ``W5``.
        question: Dutch.
        basis: Dutch, where it stands: ``WMS 8 lid 6``.
        severity: How heavy it weighs.
        confidence: ``V`` read verbatim, ``P`` paraphrase, ``K`` own knowledge.
        only: When it is asked.
        check: How it is worked out, where words alone do not tell; None = from the text.
        found: Phrases that say it is there.
        hints: Phrases that say it may be there: a person judges.
        against: Phrases that say the opposite.
        groups: Each of these must be named after what was found.
        missing: Dutch line for the letter that asks for more, ``{groepen}`` for what is not
            named; empty when asking makes no sense.
        judge: No text can settle it: a person always judges.
        note: Dutch remark that always goes with it; may be empty.
        whole_council: What it rests on for the whole council; None = the same.
    """

    id: str
    question: str
    basis: str
    severity: Severity
    confidence: str
    only: Only = Only()
    check: Check | None = None
    found: tuple[Phrase, ...] = ()
    hints: tuple[Phrase, ...] = ()
    against: tuple[Phrase, ...] = ()
    groups: tuple[Group, ...] = ()
    missing: str = ""
    judge: bool = False
    note: str = ""
    whole_council: WholeCouncil | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """The points for one sort of request.

    Attributes:
        id: ``wms``, ``wor_25`` …
        title: Dutch.
        regimes: Regimes it is for.
        kinds: Kinds of request it is for.
        rights: Ids of rights for which this list goes before others; may be empty.
        items: In order.
    """

    id: str
    title: str
    regimes: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rights: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something in a request that needs a person's eye.

    Attributes:
        id: Dutch name.
        basis: Dutch, where it stands.
        regimes: Regimes it is for.
        cues: Phrases that raise it.
        text: Dutch, what to do.
    """

    id: str
    basis: str
    regimes: tuple[str, ...]
    cues: tuple[Phrase, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrecy:
    """How a request for secrecy is recognised, and what it should say.

    Attributes:
        basis: Dutch, where it stands.
        asked: Phrases by which secrecy is asked.
        aspects: What it should say; the name of each is a Dutch question.
    """

    basis: str
    asked: tuple[Phrase, ...]
    aspects: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Everything a request is held against.

    Attributes:
        lists: In order; the first that fits is used.
        flags: In order.
        secrecy: Requested secrecy.
        not_read: Per regime without a list: Dutch, why there is none.
    """

    lists: tuple[ItemList, ...]
    flags: tuple[Flag, ...]
    secrecy: Secrecy
    not_read: tuple[tuple[str, str], ...]
