"""Decide whose article a number is: of one of our laws, or of a reglement, cao or other law.

Pure. What stands right beside the number decides; citations in a row share what stands beside
one of them. Anything further away only suggests.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.classify.citation_forms import Place, headed_places, lone_places, parts_after, sentence_bounds
from pipeline.folding import fold

_LAWS = (
    ("WMS", r"wms|wet\s+medezeggenschap\s+op\s+scholen"),
    ("WOR", r"wor|wet\s+op\s+de\s+ondernemingsraden"),
    ("Wmcz 2018", r"wmcz(?:\s*2018)?|wet\s+medezeggenschap\s+cli[eë]nten\s+zorginstellingen(?:\s+2018)?"),
)
_OTHER = (
    r"[\w-]{0,40}reglement\w{0,20}|[\w-]{0,40}statu(?:ut|ten)|cao(?:[\s-]?(?:po|vo|mbo|gehandicaptenzorg))?"
    r"|collectieve\s+arbeidsovereenkomst|[\w-]{0,40}(?:convenant|overeenkomst|regeling)|[\w-]{1,40}besluit"
    r"|awb|avg|uavg|bw|burgerlijk\s+wetboek|wpo|wvo(?:\s*2020)?|wec|arbowet|archiefwet|gemeentewet|grondwet"
    r"|(?-i:Wet)\s+(?!medezeggenschap|op\s+de\s+ondernemingsraden)(?:op\s+(?:het|de)\s+)?\w+|[a-z]{3,40}wet"
)
_SOURCE = re.compile(
    "|".join(rf"(?P<law{number}>\b(?:{names})\b)" for number, (_, names) in enumerate(_LAWS))
    + r"|(?P<the>\b(?:de|deze|die)\s+wet\b(?!\s+(?:medezeggenschap|op\b|(?-i:[A-Z]))))"
    + rf"|(?P<other>\b(?:{_OTHER})\b)",
    re.IGNORECASE,
)
_QUOTES = "\"'\u2018\u2019\u201c\u201d"
_TO_AFTER = re.compile(
    rf"[\s,;:)({_QUOTES}-]*"
    r"(?:(?:van|uit|in|bij|der)\s+(?:(?:de|het|ons|onze|uw|dit|deze|zijn|haar)\s+)?(?:[\w-]{1,40}\s+)?)?$",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(
    r"[\s,;:)(-]*(?:(?:staat|zegt|in|van|onder|conform)\s+)*(?:artikel(?:en)?|artt?\.?)?\s*$", re.IGNORECASE
)
_CHAIN = re.compile(
    r"[\s,;)(]*(?:en|of|alsmede|jo\.?|juncto|en/of|gelezen\s+met|resp\.?|respectievelijk)?"
    r"[\s,]*(?:artikel(?:en)?|artt?\.?)?\s*$",
    re.IGNORECASE,
)
_NEAR = 45
"""Characters within which a source can stand beside a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A law or rule that a text names.

    Attributes:
        start: Where the name begins.
        end: Where it ends.
        law: One of our laws; empty for any other source.
        the_law: True for "de wet" without a name.
    """

    start: int
    end: int
    law: str
    the_law: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A citation that may be of one of our laws, with that law and whether the text says so."""

    place: Place
    law: str
    certain: bool


def placed_citations(text: str, default_law: str) -> tuple[Placed, ...]:
    """Give the citations that are, or may be, of one of our laws, in order.

    Args:
        text: Plain text.
        default_law: Fills the law of a citation for which the text names none; may be empty.
    """
    sources = tuple(_sources(text))
    named = {source.law for source in sources if source.law}
    only_law = next(iter(named)) if len(named) == 1 else ""
    places, beside = _with_sources(text, sources)
    _hand_on(text, places, beside)
    found: list[Placed] = []
    for place, source in zip(places, beside, strict=True):
        law = only_law if source is None or source.the_law else source.law
        if source is None and _belongs_elsewhere(text, sources, place):
            continue
        if source is None or law:
            law = law or default_law
            found.append(Placed(place=place, law=law, certain=source is not None))
        elif source.the_law:
            found.append(Placed(place=place, law=default_law, certain=False))
    return tuple(found)


_SIGNS = (
    *("wms", "wor", "wmcz", "wet", "reglement", "statu", "cao", "collectieve", "convenant", "overeenkomst"),
    *("regeling", "besluit", "awb", "avg", "bw", "burgerlijk", "wpo", "wvo", "wec"),
)
"""One of these stands in every source: the pattern is slow, so it is tried around them only."""
_RUN = re.compile(r"[\w-]{0,40}\Z")
_EDGE = re.compile(r"\b")


def _sources(text: str) -> Iterator[Source]:
    """Find every source, in order; none within another."""
    end = 0
    for start in sorted(set(_starts(text))):
        if start >= end and (match := _SOURCE.match(text, start)):
            end = match.end()
            yield _source(match)


def _starts(text: str) -> Iterator[int]:
    """Give every place where a source can begin, and some more."""
    folded = fold(text)
    for sign in _SIGNS:
        at = folded.find(sign)
        while at >= 0:
            run = _RUN.search(text, max(0, at - _LONGEST_BEFORE), at)
            yield from (edge.start() for edge in _EDGE.finditer(text, run.start() if run else at, at + 1))
            if sign == "wet":
                before = len(text[:at].rstrip())
                yield from (before - length for length in map(len, ("de", "die", "deze")) if length <= before)
            at = folded.find(sign, at + 1)


_LONGEST_BEFORE = 40
"""Characters of a name that can stand before its sign."""


def _source(match: re.Match[str]) -> Source:
    law = next((name for number, (name, _) in enumerate(_LAWS) if match[f"law{number}"]), "")
    return Source(start=match.start(), end=match.end(), law=law, the_law=bool(match["the"]))


def _with_sources(text: str, sources: tuple[Source, ...]) -> tuple[list[Place], list[Source | None]]:
    """Find the citations, each with the source right beside it."""
    found: list[tuple[Place, Source | None]] = []
    for place in headed_places(text):
        source = _beside(text, sources, place)
        later = source is not None and source.start >= place.end
        found.append((parts_after(text, place, source.end) if source and later else place, source))
    taken = {position for place, _ in found for position in range(place.start, place.end)}
    for place in lone_places(text):
        source = _beside(text, sources, place)
        if source and source.law and place.start not in taken:
            found.append((place, source))
    found.sort(key=lambda pair: pair[0].start)
    return [place for place, _ in found], [source for _, source in found]


def _beside(text: str, sources: tuple[Source, ...], place: Place) -> Source | None:
    """Find the source right after a citation, else right before it."""
    at = bisect_left(sources, place.end, key=_start)
    after = sources[at] if at < len(sources) else None
    if after and after.start - place.end < _NEAR and _TO_AFTER.match(text[place.end : after.start]):
        return after
    at = bisect_left(sources, place.start, key=_start)
    before = sources[at - 1] if at else None
    if before is None or not 0 <= place.start - before.end < _NEAR:
        return None
    return before if _FROM_BEFORE.match(text[before.end : place.start]) else None


def _start(source: Source) -> int:
    return source.start


def _hand_on(text: str, places: list[Place], beside: list[Source | None]) -> None:
    """Let citations in a row share a source: ``artikel 10 onder b en artikel 11 onder f WMS``."""
    for index in reversed(range(len(places) - 1)):
        if beside[index] is None and _CHAIN.match(text[places[index].end : places[index + 1].start]):
            beside[index] = beside[index + 1]
    for index in range(len(places) - 1):
        source = beside[index]
        if beside[index + 1] is not None or source is None:
            continue
        end = max(source.end, places[index].end)
        if end <= places[index + 1].start and _CHAIN.match(text[end : places[index + 1].start]):
            beside[index + 1] = source


def _belongs_elsewhere(text: str, sources: tuple[Source, ...], place: Place) -> bool:
    """Tell whether the sentence speaks of another source: the last one before the number, else the first."""
    first, last = sentence_bounds(text, place.start)
    begin, stop = bisect_left(sources, first, key=_start), bisect_left(sources, last, key=_start)
    inside = sources[begin:stop]
    before = [one for one in inside if one.end <= place.start]
    nearest = before[-1] if before else next(iter(inside), None)
    return nearest is not None and not nearest.law and not nearest.the_law
