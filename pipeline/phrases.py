"""The small language in which cues are written; of the kinds of papers and of the formal check.

A phrase::

    leggen ... ter (advisering|advies)     "..." = at most 80 characters of the same sentence
    adviesaanvra*                          "*"   = the rest of the word
    namens de {raad}                       {raad}, {bestuur} = any name of the council, the board

Case, accents and line ends do not matter; a phrase begins and ends at the edge of a word. Every
repetition is bounded, so no text can make the search slow. Pure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate

from pipeline.folding import SHORTENED, WORDS, fold
from pipeline.phrase_search import Need, Phrase

_LONGEST_GAP, _LONGEST_WORD_END, _LONGEST_NAME = 80, 30, 60
_GAP = rf"(?!\w)(?:[^.!?\n]|\.(?! [a-z])|(?:{SHORTENED})\.){{0,{_LONGEST_GAP}}}?(?<!\w)"
_SENTENCE_END = re.compile(r"[!?\n]|\.(?![\w.])(?<!\.\.\.)")
"""What may end a sentence within the words of a phrase; three points are a gap, which ends none."""
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
    return Phrase(
        written=written,
        needs=tuple(sorted(_needs(whole, 0, starts=True, ends=True), key=_cost)),
        heads=_heads((group,)),
        longest=group.longest,
        in_sentence=_SENTENCE_END.search(folded) is None,
    )


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
    if "..." in text:
        raise PhraseError(f"in \u201c{token.string}\u201d staan geen spaties om de drie punten")
    return _Literal(texts=tuple(token["texts"].split("|")) if token["texts"] else (text,))


# --- what every match needs ------------------------------------------------------------

_FIRST, _LAST, _AT_THE_END = 0, -1, True


def _needs(sequence: _Sequence, offset: int, *, starts: bool, ends: bool) -> list[Need]:
    """Give what every match of a sequence holds.

    Args:
        sequence: Parts, one right after the other.
        offset: It begins at most so far from the begin of the match.
        starts: No letter can stand right before it.
        ends: No letter can stand right after it.
    """
    before = accumulate(sequence, partial(_is_closed, side=_LAST), initial=starts)
    after = [*accumulate(reversed(sequence), partial(_is_closed, side=_FIRST), initial=ends)]
    offsets = accumulate((part.longest for part in sequence), initial=offset)
    found: list[Need] = []
    for part, at, opens, closes in zip(sequence, offsets, before, after[-2::-1], strict=False):
        if isinstance(part, _Literal):
            found += _needs_of_literal(part, at, starts=opens, ends=closes)
        elif isinstance(part, _Group):
            found += _one_of(_needs(option, at, starts=opens, ends=closes) for option in part.options)
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


def _needs_of_literal(part: _Literal, offset: int, *, starts: bool, ends: bool) -> list[Need]:
    if starts and ends and all(map(str.isalnum, part.texts)):
        return [Need(words=dict.fromkeys(part.texts, offset))]
    needs = [_needs_of_text(text, offset, starts=starts, ends=ends) for text in part.texts]
    return needs[0] if len(needs) == 1 else _one_of(needs)


def _needs_of_text(text: str, offset: int, *, starts: bool, ends: bool) -> list[Need]:
    """Give its words that are whole, and the text itself where those do not say it all."""
    whole = [
        word
        for word in WORDS.finditer(text)
        if (word.start() > 0 or starts) and (word.end() < len(text) or ends)
    ]
    found = [Need(words={word[0]: offset + word.start()}) for word in whole]
    bare = text.strip()
    return (
        [*found, Need(words={}, pieces=(text,))] if bare and [word[0] for word in whole] != [bare] else found
    )


def _one_of(options: Iterable[list[Need]]) -> list[Need]:
    """Give one need for all alternatives together: of each its most telling one, if all have one."""
    words: dict[str, int] = {}
    pieces: list[str] = []
    for needs in options:
        if not needs:
            return []
        best = max(needs, key=_tells)
        words |= {word: max(reach, words.get(word, 0)) for word, reach in best.words.items()}
        pieces += best.pieces
    return [Need(words=words, pieces=tuple(pieces))]


def _tells(need: Need) -> tuple[bool, int]:
    """Rate a need: a word is found sooner than a piece, and a long one is rarer than a short one."""
    return not need.pieces, min(map(len, (*need.words, *need.pieces)))


def _cost(need: Need) -> tuple[int, int, int]:
    """Put what is found soonest and refuses most first."""
    return len(need.pieces), len(need.words), -min(map(len, (*need.words, *need.pieces)))


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
