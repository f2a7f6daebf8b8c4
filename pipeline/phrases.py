"""The small language in which cues are written; of the kinds of papers and of the formal check.

A phrase::

    leggen ... ter (advisering|advies)     "..." = at most 80 characters of the same sentence
    adviesaanvra*                          "*"   = the rest of the word
    namens de {raad}                       {raad}, {bestuur} = any name of the council, the board

Case, accents and line ends do not matter; a phrase begins and ends at the edge of a word. Every
repetition is bounded, so no text can make the search slow. Pure.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, chain

from pipeline.folding import WORDS, Zone, fold

_SHORTENED = "|".join(
    rf"(?<=\b{word})"
    for word in ("art", "bijv", "dhr", "drs", "incl", "jl", "mevr", "mr", "mw", "nr", "resp", "vgl")
)
_LONGEST_LOOK = 40
"""So far a pattern looks at most beyond its match."""
_LONGEST_GAP, _LONGEST_WORD_END, _LONGEST_NAME = 80, 30, 60
_GAP = rf"(?!\w)(?:[^.!?\n]|\.(?! [a-z])|(?:(?<=\W\w)|{_SHORTENED})\.){{0,{_LONGEST_GAP}}}?(?<!\w)"
_WORD_END = rf"\w{{0,{_LONGEST_WORD_END}}}"
_NAMES = {
    "raad": (
        r"(?:(?:gemeenschappelijke |centrale |groeps-?|deel-?)?(?:medezeggenschapsraad|ondernemingsraad)"
        r"|(?:centrale )?clientenraad|ccr|cr|gmr|cmr|pmr|omr|lmr|dmr|or|mr(?!\. ?[a-z]\w{0,30}\.)"
        r"|[gc]?mr-[pol]|[pol]-[gc]?mr|cor|gor|oc|pvt|opr|deelraad"
        r"|raad(?! van (?:bestuur|toezicht|advies|commissarissen))"
        r"|(?:personeels|ouder|leerlingen)geleding)(?![\w@])"
    ),
    "bestuur": (
        r"(?:(?:het )?(?:college van bestuur|c\.v\.b\.)|(?:de )?raad van bestuur|cvb|rvb|(?:het "
        r")?bevoegd gezag"
        r"|(?:de )?ondernemer|(?:de )?(?:school|locatie|regio|team|algemeen |algemene )?"
        r"(?:directie|directeur|leiding|leider)(?:[- ]bestuurder)?|(?:de )?bestuurders?|(?:het "
        r")?(?:school)?bestuur"
        r"|(?:de )?rector|(?:de )?directrice)(?![\w@])"
    ),
}
_TOKEN = re.compile(
    r" \.\.\. | ?\u2026 ?|\{(?P<name>\w+)\}|\((?P<texts>[\w ]+(?:\|[\w ]+)+)\)|[(|)*]"
    r"|[^(){}|*\u2026]+?(?= \.\.\. |[(){}|*\u2026]|\Z)"
)
_Tokens = list[re.Match[str]]


class PhraseError(ValueError):
    """A phrase cannot be read; the message is Dutch, for the list of problems in the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What stands in every match of a phrase: one of these words, or one of these pieces.

    Attributes:
        words: Whole words.
        pieces: Texts that may stand within a word, or are no word at all.
    """

    words: frozenset[str]
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase, ready to search in folded text.

    Attributes:
        written: The pattern as text; compiled when it is first searched for, since most never are.
        needs: Each of these stands in every match: a quick refusal. Those of whole words come first.
        heads: Whole words, with one of which every match begins; empty when that is not known.
        longest: No match has more characters.
    """

    written: str
    needs: tuple[Need, ...]
    heads: frozenset[str]
    longest: int

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.written)

    @property
    def one_of_words(self) -> frozenset[str]:
        """Whole words, one of which stands in every match; empty when that cannot be told."""
        return self.needs[0].words if self.needs and not self.needs[0].pieces else frozenset()

    def search(self, zone: Zone) -> re.Match[str] | None:
        """Find the phrase in a zone; the first match, or None."""
        words, text = zone.words.keys(), zone.folded
        for need in self.needs:  # plain loops: this is asked a thousand times of every paper
            if words.isdisjoint(need.words):
                for piece in need.pieces:
                    if piece in text:
                        break
                else:
                    return None
        return self._from_heads(zone) if self.heads else self._around_words(zone)

    def _from_heads(self, zone: Zone) -> re.Match[str] | None:
        """Try only where a match can begin, and has near enough the words that it needs."""
        needed = [
            _places_of(need.words, zone)
            for need in self.needs
            if not need.pieces and need.words != self.heads
        ]
        match = self.pattern.match
        for place in _places_of(self.heads, zone):
            near = all(_any_between(place, place + self.longest, places) for places in needed)
            if near and (found := match(zone.folded, place)):
                return found
        return None

    def _around_words(self, zone: Zone) -> re.Match[str] | None:
        """Try only as far as a match can lie around the words, one of which it has."""
        places = _places_of(self.one_of_words, zone)
        if not places:
            return self.pattern.search(zone.folded)
        start, end = places[0] - self.longest, places[-1] + self.longest + _LONGEST_LOOK
        return self.pattern.search(zone.folded, max(0, start), end)


def _places_of(words: frozenset[str], zone: Zone) -> Sequence[int]:
    """Give where in a zone one of these words begins, in order."""
    return sorted(chain.from_iterable(map(zone.words.__getitem__, words & zone.words.keys())))


def _any_between(start: int, end: int, places: Sequence[int]) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written)


@cache
def read_phrase(phrase: str) -> Phrase:
    """Read a phrase; the same words give the same phrase, so they are read once.

    Raises:
        PhraseError: It is empty, has unpaired brackets or an unknown ``{name}``.
    """
    folded = fold(phrase.strip())
    tokens = list(_TOKEN.finditer(folded))
    unknown = any(token["name"] and token["name"] not in _NAMES for token in tokens)
    if not folded or unknown or sum(len(token[0]) for token in tokens) != len(folded):
        raise PhraseError(
            f"\u201c{phrase}\u201d is leeg of niet te lezen; bekend zijn ( | ), *, ..., {{raad}} en "
            f"{{bestuur}}"
        )
    tokens.reverse()
    group = _options(tokens)
    if tokens:
        raise PhraseError(f"de haakjes in \u201c{phrase}\u201d kloppen niet")
    written = rf"(?<!\w){group.pattern}(?:(?!\w)|(?<!\w))"
    whole = group.options[0] if len(group.options) == 1 else (group,)
    found = sorted(_needs(whole, starts=True, ends=True), key=_cost)
    needs = tuple(Need(words=frozenset(words), pieces=pieces) for words, pieces in found)
    return Phrase(written=written, needs=needs, heads=_heads((group,)), longest=group.longest)


# --- reading ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Literal:
    """Texts that stand for themselves, one or another."""

    texts: tuple[str, ...]

    @property
    def pattern(self) -> str:
        texts = [re.escape(text) for text in self.texts]
        return texts[0] if len(texts) == 1 else f"(?:{'|'.join(texts)})"

    @property
    def longest(self) -> int:
        return max(map(len, self.texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loose:
    """What stands for many texts: a name, a gap, the rest of a word."""

    pattern: str
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    options: tuple[tuple["_Part", ...], ...]

    @property
    def pattern(self) -> str:
        options = ("".join(part.pattern for part in option) for option in self.options)
        return f"(?:{'|'.join(options)})"

    @property
    def longest(self) -> int:
        return max(sum(part.longest for part in option) for option in self.options)


_Part = _Literal | _Loose | _Group
_Sequence = tuple[_Part, ...]
_GAP_PART = _Loose(pattern=_GAP, longest=_LONGEST_GAP)


def _options(tokens: _Tokens) -> _Group:
    """Read alternatives up to a closing bracket or the end."""
    options = [_sequence(tokens)]
    while tokens and tokens[-1][0] == "|":
        tokens.pop()
        options.append(_sequence(tokens))
    return _Group(options=tuple(options))


def _sequence(tokens: _Tokens) -> _Sequence:
    parts: list[_Part] = []
    while tokens and tokens[-1][0] not in ("|", ")"):
        parts.append(_one(tokens.pop(), tokens))
    return tuple(parts)


def _one(token: re.Match[str], rest: _Tokens) -> _Part:
    text = token[0]
    if text == "(":
        group = _options(rest)
        if not rest:
            raise PhraseError(f"de haakjes in \u201c{token.string}\u201d kloppen niet")
        rest.pop()
        return group
    if token["name"]:
        return _Loose(pattern=_NAMES[token["name"]], longest=_LONGEST_NAME)
    if text == "*":
        return _Loose(pattern=_WORD_END, longest=_LONGEST_WORD_END)
    if text.strip() in ("...", "\u2026"):
        return _GAP_PART
    return _Literal(texts=tuple(token["texts"].split("|")) if token["texts"] else (text,))


# --- what every match needs ------------------------------------------------------------

_Texts = tuple[tuple[str, ...], tuple[str, ...]]
"""Words and pieces, one of which every match holds."""
_FIRST, _LAST, _AT_THE_END = 0, -1, True


def _needs(sequence: _Sequence, *, starts: bool, ends: bool) -> list[_Texts]:
    """Give what every match of a sequence holds.

    Args:
        sequence: Parts, one right after the other.
        starts: No letter can stand right before it.
        ends: No letter can stand right after it.
    """
    before = accumulate(sequence, partial(_is_closed, side=_LAST), initial=starts)
    after = [*accumulate(reversed(sequence), partial(_is_closed, side=_FIRST), initial=ends)]
    found: list[_Texts] = []
    for part, opens, closes in zip(sequence, before, after[-2::-1], strict=False):
        if isinstance(part, _Literal):
            found += _needs_of_literal(part, starts=opens, ends=closes)
        elif isinstance(part, _Group):
            found += _one_of(_needs(option, starts=opens, ends=closes) for option in part.options)
    return found


def _is_closed(before: bool, part: _Part, *, side: int) -> bool:  # noqa: FBT001 - a step of accumulate
    """Tell whether no letter can come last in a part; seen from the other side, first.

    Args:
        before: What holds of the part before it.
        part: The part.
        side: Which character of a text comes last.
    """
    if isinstance(part, _Literal):
        return all(WORDS.match(text[side]) is None for text in part.texts)
    if isinstance(part, _Group):
        return all(_are_closed(before, option, side) for option in part.options)
    return part is _GAP_PART


def _are_closed(before: bool, parts: _Sequence, side: int) -> bool:  # noqa: FBT001 - as above
    for part in parts if side == _LAST else reversed(parts):
        before = _is_closed(before, part, side=side)
    return before


def _needs_of_literal(part: _Literal, *, starts: bool, ends: bool) -> list[_Texts]:
    if starts and ends and all(map(str.isalnum, part.texts)):
        return [(part.texts, ())]
    needs = [_needs_of_text(text, starts=starts, ends=ends) for text in part.texts]
    return needs[0] if len(needs) == 1 else _one_of(needs)


def _needs_of_text(text: str, *, starts: bool, ends: bool) -> list[_Texts]:
    """Give its words that are whole, and the text itself where those do not say it all."""
    whole = [
        word[0]
        for word in WORDS.finditer(text)
        if (word.start() > 0 or starts) and (word.end() < len(text) or ends)
    ]
    found: list[_Texts] = [((word,), ()) for word in whole]
    bare = text.strip()
    return [*found, ((), (text,))] if bare and whole != [bare] else found


def _one_of(options: Iterable[list[_Texts]]) -> list[_Texts]:
    """Give one need for all alternatives together: of each its most telling one, if all have one."""
    words: list[str] = []
    pieces: list[str] = []
    for needs in options:
        if not needs:
            return []
        best = max(needs, key=_tells)
        words += best[0]
        pieces += best[1]
    return [(tuple(words), tuple(pieces))]


def _tells(need: _Texts) -> tuple[bool, int]:
    """Rate a need: a word is found sooner than a piece, and a long one is rarer than a short one."""
    words, pieces = need
    return not pieces, min(map(len, words + pieces))


def _cost(need: _Texts) -> tuple[int, int, int]:
    """Put what is found soonest and refuses most first."""
    words, pieces = need
    return len(pieces), len(words), -min(map(len, words + pieces))


def _heads(sequence: _Sequence) -> frozenset[str]:
    """Give the whole words with which every match of a sequence begins; empty when that is not known."""
    first, rest = (sequence[0], sequence[1:]) if sequence else (None, ())
    if isinstance(first, _Group):
        found = [_heads((*option, *rest)) for option in first.options]
        return frozenset().union(*found) if all(found) else frozenset()
    words = [WORDS.match(text) for text in first.texts] if isinstance(first, _Literal) else []
    closed = _are_closed(_AT_THE_END, rest, _FIRST)
    heads = [word[0] for word in words if word and (closed or word.end() < len(word.string))]
    return frozenset(heads) if len(heads) == len(words) else frozenset()
