"""Find the articles of the law that a text appeals to, in every form people write them.

Pure. ``artikel 11, aanhef en onder n, WMS``, ``art. 11 lid 1n WMS``, ``art. 25.1.e WOR`` and
``onderdeel n van artikel 11 WMS`` all mean one right. An article of a reglement, statuut, cao or
other law is no hit. Where the text does not name the law beside the number, the hit is not
certain: it may suggest a right, never decide one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.classify.citation_forms import Place, sentence_at
from pipeline.classify.citation_sources import placed_citations
from pipeline.values import Right


def place_of(article: str, lid: str, onderdeel: str) -> str:
    """Cite a place within a law in one form: ``artikel 14 lid 2 onder c``."""
    parts = [f"artikel {article}"]
    parts += [f"lid {lid}"] if lid else []
    parts += [f"onder {onderdeel}"] if onderdeel else []
    return " ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRight:
    """A right of a council as the catalogue has it: one onderdeel of a law.

    Attributes:
        id: ``WMS-11-n``.
        law: ``WMS``, ``WOR`` or ``Wmcz 2018``.
        article: ``11``, ``14a``.
        lid: Empty when the article has none, or when it makes no difference.
        onderdeel: ``n``, ``h1``; may be empty.
        right: ``advies``, ``instemming`` or ``afspraak``.
        majority: Dutch, when more than an ordinary majority is needed; may be empty.
        organ: ``mr``, ``gmr``, ``opr``, ``or``, ``clientenraad`` …
        geleding: Who holds it: ``hele raad``, ``personeel``, ``ouders`` …
        sectors: Kinds of school it holds for; empty = all.
        label: Dutch, short; ours, not the law's.
        text: Statute text; empty when it was not read.
        keywords: Dutch words that suggest it, never decide it.
        later: Dutch, what may have changed after the text read; may be empty.
        confidence: ``V``, ``P`` or ``K``.
        read_on: Day on which somebody of the council read the text; None when she did not.
        valid_from: First day; None = not recorded.
        valid_until: Last day, inclusive; None = open.
    """

    id: str
    law: str
    article: str
    lid: str
    onderdeel: str
    right: str
    organ: str
    geleding: str
    label: str
    confidence: str
    majority: str = ""
    sectors: tuple[str, ...] = ()
    text: str = ""
    keywords: tuple[str, ...] = ()
    later: str = ""
    read_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def place(self) -> str:
        """Cite it within its law: ``artikel 12 lid 1 onder b``."""
        return place_of(self.article, self.lid, self.onderdeel)

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the right exists on a day, bounds included."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    def as_right(self) -> Right:
        """Give the short value that travels with a judgement."""
        return Right(id=self.id, right=self.right, geleding=self.geleding)


class CitationState(StrEnum):
    """What a citation is worth."""

    GEVONDEN = "gevonden"
    """One right of a law that is named."""
    ONZEKER = "onzeker"
    """No law beside the number, or it fits more than one right."""
    ALLEEN_ARTIKEL = "alleen_artikel"
    """An article with rights, without saying which onderdeel."""
    GEEN_RECHT = "geen_recht"
    """An article of the law that gives no right of advice or consent."""
    BESTAAT_NIET = "bestaat_niet"
    """The article has rights, but not this lid or onderdeel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article that a text appeals to.

    Attributes:
        state: What it is worth.
        law: ``WMS``, ``WOR``, ``Wmcz 2018``; empty when the text does not tell.
        article: ``11``.
        lid: As cited; may be empty.
        onderdeel: As cited; may be empty.
        options: Rights it may mean; exactly one when ``state`` is ``gevonden``.
        sentence: Where it stands, at most 240 characters.
        start: Position of the number in the text, 0-based.
    """

    state: CitationState
    law: str
    article: str
    lid: str
    onderdeel: str
    options: tuple[CatalogueRight, ...]
    sentence: str
    start: int

    @property
    def right(self) -> Right | None:
        """The one right that is meant; None unless that is certain."""
        return self.options[0].as_right() if self.state is CitationState.GEVONDEN else None

    @property
    def written(self) -> str:
        """Write the citation in one form: ``artikel 14 lid 2 onder c WMS``."""
        return f"{place_of(self.article, self.lid, self.onderdeel)} {self.law}".strip()

    def explain(self) -> str:
        """Say in Dutch what is wrong and what to do; empty for a right that was found."""
        return _EXPLAIN[self.state].format(written=self.written)


_EXPLAIN = {
    CitationState.GEVONDEN: "",
    CitationState.ONZEKER: "Niet zeker is welk recht met '{written}' wordt bedoeld. "
    "Vraag de afzender welke wet en welk onderdeel.",
    CitationState.ALLEEN_ARTIKEL: "'{written}' noemt geen onderdeel. "
    "Vraag de afzender welk onderdeel wordt bedoeld.",
    CitationState.GEEN_RECHT: "'{written}' geeft geen recht van advies of instemming.",
    CitationState.BESTAAT_NIET: "'{written}' bestaat niet in de catalogus. "
    "Vraag de afzender op welk artikel het verzoek berust.",
}


def find_citations(
    text: str, rights: Iterable[CatalogueRight], *, default_law: str = ""
) -> tuple[Citation, ...]:
    """Find every article of the WMS, WOR or Wmcz that a text cites.

    Args:
        text: Plain text.
        rights: The catalogue.
        default_law: Law of the council's regime. It fills ``law`` where the text names none; such
            a hit stays uncertain.

    Returns:
        In order of appearance, each article with its lid and onderdeel once.
    """
    catalogue = tuple(rights)
    citations: dict[tuple[str, str, str, str], Citation] = {}
    for wanted in _wanted(text, default_law):
        citation = _cite(wanted, catalogue, text)
        key = (citation.law, citation.article, citation.lid, citation.onderdeel)
        if key not in citations or _better(citation, citations[key]):
            citations[key] = citation
    return tuple(sorted(citations.values(), key=lambda one: (one.start, one.onderdeel)))


def _better(one: Citation, other: Citation) -> bool:
    return other.state is CitationState.ONZEKER and one.state is not CitationState.ONZEKER


# --- the catalogue ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """One onderdeel of a citation, to be looked up."""

    place: Place
    onderdeel: str
    law: str
    certain: bool


def _wanted(text: str, default_law: str) -> tuple[_Wanted, ...]:
    """Give every onderdeel that is cited, the first time it is cited in that way."""
    seen: dict[tuple[str, str, str, str, str, bool], _Wanted] = {}
    for placed in placed_citations(text, default_law):
        place = placed.place
        for onderdeel in place.onderdelen or ("",):
            key = (placed.law, place.article, place.glued, place.lid, onderdeel, placed.certain)
            if key not in seen:
                seen[key] = _Wanted(place=place, onderdeel=onderdeel, law=placed.law, certain=placed.certain)
    return tuple(seen.values())


def _cite(wanted: _Wanted, catalogue: tuple[CatalogueRight, ...], text: str) -> Citation:
    rights = tuple(right for right in catalogue if not wanted.law or right.law == wanted.law)
    article, onderdeel = _article(wanted, rights)
    lid = wanted.place.lid
    options = _fit(rights, article, lid, onderdeel)
    doubtful = bool(wanted.place.glued) and article == wanted.place.article + wanted.place.glued
    if doubtful and not wanted.onderdeel:
        options += _only(_fit(rights, wanted.place.article, lid, wanted.place.glued))
    return Citation(
        state=_state(options, onderdeel, has_rights=_has(rights, article), certain=wanted.certain),
        law=wanted.law,
        article=article,
        lid=lid,
        onderdeel=onderdeel,
        options=options,
        sentence=sentence_at(text, wanted.place.start),
        start=wanted.place.start,
    )


def _only(options: tuple[CatalogueRight, ...]) -> tuple[CatalogueRight, ...]:
    """Keep a reading only when it points at one right: onderdeel a of 14 needs a lid, 14a does not."""
    return options if len(options) == 1 else ()


def _article(wanted: _Wanted, rights: tuple[CatalogueRight, ...]) -> tuple[str, str]:
    """Tell article from onderdeel: ``14a`` is an article of its own, ``11n`` is onderdeel n of 11."""
    place = wanted.place
    whole = place.article + place.glued
    if not place.glued or wanted.onderdeel or _has(rights, whole) or not _has(rights, place.article):
        return whole, wanted.onderdeel
    return place.article, place.glued


def _has(rights: tuple[CatalogueRight, ...], article: str) -> bool:
    return any(right.article == article for right in rights)


def _fit(
    rights: tuple[CatalogueRight, ...], article: str, lid: str, onderdeel: str
) -> tuple[CatalogueRight, ...]:
    """Give the rights of an article that fit; where the article has no leden, lid 1 fits too."""
    return tuple(
        right
        for right in rights
        if right.article == article
        and (not lid or right.lid == lid or (lid == "1" and not right.lid))
        and (not onderdeel or right.onderdeel == onderdeel)
    )


def _state(
    options: tuple[CatalogueRight, ...], onderdeel: str, *, has_rights: bool, certain: bool
) -> CitationState:
    if not certain:
        return CitationState.ONZEKER
    if not options:
        return CitationState.BESTAAT_NIET if has_rights and onderdeel else CitationState.GEEN_RECHT
    if len(options) == 1:
        return CitationState.GEVONDEN
    of_one_article = len({right.article for right in options}) == 1
    return CitationState.ALLEEN_ARTIKEL if of_one_article and not onderdeel else CitationState.ONZEKER
