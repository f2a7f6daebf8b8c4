"""Read an article as people write it: number, lid and onderdeel, in any order and spelling.

Pure grammar; it does not know whose article it is, nor whether it exists. Positions are 0-based.
"""

import re
from dataclasses import dataclass

_LETTER = r"[a-t]\d?(?![\w'\u2019])"
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")
_LID = (
    rf"(?:\blid\s*(?P<lid_number>\d)|\b(?P<lid_word>{'|'.join(_ORDINALS)})\s+lid"
    r"|\b(?P<lid_th>\d)\s*(?:e|ste|de)\s+lid|\bleden\s*(?P<lid_first>\d))"
)
_AND = r"(?:\s*,\s*(?:en\s+|of\s+)?|\s+(?:en/of|en|of|t/m|tot\s+en\s+met)\s+|\s*/\s*)"
_ONDER = r"(?:aanhef\s*(?:en|,)\s*)?\b(?:onderdeel|onderdelen|onder|sub|letter)\s*"
_ANY_LETTER = r"[a-z]\d?(?![\w'\u2019])"
_LETTERS = rf"{_ANY_LETTER}(?:{_AND}(?:{_ONDER})?{_ANY_LETTER})*"
_NUMBER = r"(?P<article>\d{1,3})(?!\d)"
_PARTS = r"(?=\s?[a-t]\d?\b|\s+lid\b|,)"
_TAIL = re.compile(
    rf"""
    (?:[\s,(]*{_LID}(?:\s*\(?(?P<lid_glued>{_LETTER})\)?)?\)?)?
    (?:[\s,(]*{_ONDER}["'\u2018\u2019\u201c\u201d]?(?P<onder>{_LETTERS}))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DOTTED = re.compile(
    rf"\.(?P<lid>\d)(?:[.\s]*(?P<onder>{_LETTER}))?(?!\d)|(?:[.\s-]|,\s*|\s*\()(?P<bare>{_LETTER})(?!\.\w)\)?",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"\b(?:artikel(?:en)?|artt?\b\.?)\s*{_NUMBER}", re.IGNORECASE)
_ALONE = re.compile(rf"(?<![\w.,/]){_NUMBER}(?=[\s-]?[a-t]\d?\b|\s+lid\b|,\s|\.\d\.?[a-t]\b)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NEXT = re.compile(
    rf"(?:{_AND}|\s*(?:jo\.?|juncto|gelezen\s+met)\s+){_NUMBER}{_PARTS}(?!\s*\d)", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?:(?:{_LID}[\s,]*)?(?:{_ONDER}(?P<onder>{_LETTERS}))?[\s,]*(?:van|uit)\s+(?:het\s+)?)$", re.IGNORECASE
)
_GLUED = re.compile(r"(?P<letter>[a-t]\d?)(?!\w)", re.IGNORECASE)
_LOOK_BACK = 60
"""Characters before ``artikel`` in which a lid or onderdeel may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A citation as written.

    Attributes:
        start: Position of the number.
        end: Position after its last part.
        article: The number, without letter.
        glued: Letter written against it, lower case: ``n`` of ``11n``, ``h1`` of ``11h1``.
        lid: As a number; empty when there is none.
        onderdelen: Lower case, in order; empty when there is none.
    """

    start: int
    end: int
    article: str
    glued: str
    lid: str
    onderdelen: tuple[str, ...]

    @property
    def has_parts(self) -> bool:
        """True when more than a bare number is cited."""
        return bool(self.glued or self.lid or self.onderdelen)


def headed_places(text: str) -> tuple[Place, ...]:
    """Find what follows the word artikel, and the numbers that go on after it, in order."""
    places: list[Place] = []
    for match in _HEAD.finditer(text):
        if places and match.start("article") < places[-1].end:
            continue
        places.append(_read(text, match))
        while more := _NEXT.match(text, places[-1].end):
            places.append(_read(text, more))
    return tuple(places)


def lone_places(text: str) -> tuple[Place, ...]:
    """Find numbers with a letter or lid that stand without the word artikel: ``11 h1``."""
    starts = (number.start() for number in _DIGITS.finditer(text))
    found = (_read(text, match) for start in starts if (match := _ALONE.match(text, start)))
    return tuple(place for place in found if place.has_parts)


def parts_after(text: str, place: Place, position: int) -> Place:
    """Complete a citation with what follows the name of its law: ``artikel 11 WMS, onder n``."""
    lid, onderdelen, end = _tail(text, position, dotted=False)
    if place.has_parts or not (lid or onderdelen):
        return place
    return Place(start=place.start, end=end, article=place.article, glued="", lid=lid, onderdelen=onderdelen)


def _read(text: str, match: re.Match[str]) -> Place:
    end = match.end("article")
    letter = _GLUED.match(text, end)
    glued = letter["letter"].lower() if letter else ""
    end = letter.end() if letter else end
    lid, onderdelen, end = _tail(text, end, dotted=not glued)
    if (
        not lid
        and not onderdelen
        and (before := _BEFORE.search(text, max(0, match.start() - _LOOK_BACK), match.start()))
    ):
        lid, onderdelen = _lid(before), _split(before["onder"] or "")
    return Place(
        start=match.start("article"),
        end=end,
        article=match["article"],
        glued=glued,
        lid=lid,
        onderdelen=onderdelen,
    )


def _tail(text: str, end: int, *, dotted: bool) -> tuple[str, tuple[str, ...], int]:
    """Read lid and onderdelen from a position; give where they end."""
    found = _TAIL.match(text, end)
    if found and (found["onder"] or _lid(found)):
        return _lid(found), _split(found["onder"] or found["lid_glued"] or ""), found.end()
    short = _DOTTED.match(text, end) if dotted else None
    if short is None:
        return "", (), end
    return short["lid"] or "", _split(short["onder"] or short["bare"] or ""), short.end()


def _lid(found: re.Match[str]) -> str:
    if found["lid_word"]:
        return str(_ORDINALS.index(found["lid_word"].lower()) + 1)
    return found["lid_number"] or found["lid_th"] or found["lid_first"] or ""


def _split(letters: str) -> tuple[str, ...]:
    """Split ``b, h en i`` and spell out ``a t/m d``."""
    plain = re.sub(_ONDER, " ", letters.lower()).replace("t/m", "tot")
    found: list[str] = []
    end = 0
    for match in re.finditer(rf"\b{_ANY_LETTER}", plain):
        between = plain[end : match.start()]
        if found and "tot" in between:
            found += [chr(code) for code in range(ord(found[-1][0]) + 1, ord(match[0][0]))]
        found.append(match[0])
        end = match.end()
    return tuple(dict.fromkeys(found))


# --- sentences -------------------------------------------------------------------------

_SENTENCE_CHARACTERS = 240
_SENTENCE_REACH = 800
_SENTENCE_END = re.compile(
    r"[.!?](?=\s+[A-Z])(?<!\bart.)(?<!\bartt.)(?<!\bjo.)(?<!\bnr.)(?<!\bd\.d.)(?<!\bdhr.)(?<!\bmw.)|\n\s*\n"
)


def sentence_bounds(text: str, position: int) -> tuple[int, int]:
    """Find where the sentence around a position begins and ends, at most 800 characters away."""
    begin, stop = max(0, position - _SENTENCE_REACH), min(len(text), position + _SENTENCE_REACH)
    first = max((match.end() for match in _SENTENCE_END.finditer(text, begin, position)), default=begin)
    end = _SENTENCE_END.search(text, position, stop)
    return first, end.start() + 1 if end else stop


def sentence_at(text: str, position: int) -> str:
    """Give the sentence around a position on one line, at most 240 characters around it."""
    first, last = sentence_bounds(text, position)
    if last - first > _SENTENCE_CHARACTERS:
        first = max(first, min(position - _SENTENCE_CHARACTERS // 2, last - _SENTENCE_CHARACTERS))
        last = first + _SENTENCE_CHARACTERS
    return " ".join(text[first:last].split())
