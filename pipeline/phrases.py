"""The small language in which cues are written; of the kinds of papers and of the formal check.

A phrase::

    leggen ... ter (advisering|advies)     "..." = at most 80 characters of the same sentence
    adviesaanvra*                          "*"   = the rest of the word
    namens de {raad}                       {raad}, {bestuur} = any name of the council, the board

Case, accents and line ends do not matter; a phrase begins and ends at the edge of a word. Every
repetition is bounded, so no text can make the search slow. Pure.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.folding import Zone, fold

_SHORTENED = "|".join(
    rf"(?<=\b{word})"
    for word in ("art", "bijv", "dhr", "drs", "incl", "jl", "mevr", "mr", "mw", "nr", "resp", "vgl")
)
_GAP = rf"(?!\w)(?:[^.!?\n]|\.(?! [a-z])|(?:(?<=\W\w)|{_SHORTENED})\.){{0,80}}?(?<!\w)"
_WORD_END = r"\w{0,30}"
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
    r" \.\.\. | ?\u2026 ?|\{(?P<name>\w+)\}|[(|)*]|[^(){}|*\u2026]+?(?= \.\.\. |[(){}|*\u2026]|\Z)"
)
_Tokens = list[re.Match[str]]


class PhraseError(ValueError):
    """A phrase cannot be read; the message is Dutch, for the list of problems in the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase, ready to search in folded text.

    Attributes:
        written: The pattern as text; compiled when it is first searched for, since most never are.
        needles: At least one of these stands in every match: a quick refusal. Empty = unknown.
    """

    written: str
    needles: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.written)

    def search(self, zone: Zone) -> re.Match[str] | None:
        """Find the phrase in a zone; the first match, or None."""
        text = zone.folded
        for needle in self.needles:  # a plain loop: this is asked a thousand times of every paper
            if needle in text:
                break
        else:
            if self.needles:
                return None
        return self.pattern.search(text)


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    pattern: str
    needles: tuple[str, ...]


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
    piece = _options(tokens)
    if tokens:
        raise PhraseError(f"de haakjes in \u201c{phrase}\u201d kloppen niet")
    written = rf"(?<!\w){piece.pattern}(?:(?!\w)|(?<!\w))"
    return Phrase(written=written, needles=piece.needles)


def _options(tokens: _Tokens) -> _Piece:
    """Read alternatives up to a closing bracket or the end."""
    options = [_sequence(tokens)]
    while tokens and tokens[-1][0] == "|":
        tokens.pop()
        options.append(_sequence(tokens))
    needles = tuple(needle for option in options for needle in option.needles)
    certain = all(option.needles for option in options)
    return _Piece(
        pattern=f"(?:{'|'.join(option.pattern for option in options)})", needles=needles if certain else ()
    )


def _sequence(tokens: _Tokens) -> _Piece:
    pieces: list[_Piece] = []
    while tokens and tokens[-1][0] not in ("|", ")"):
        pieces.append(_one(tokens.pop(), tokens))
    usable = [piece.needles for piece in pieces if piece.needles]
    needles = max(usable, key=lambda words: min(map(len, words)), default=())
    return _Piece(pattern="".join(piece.pattern for piece in pieces), needles=needles)


def _one(token: re.Match[str], rest: _Tokens) -> _Piece:
    text = token[0]
    if text == "(":
        group = _options(rest)
        if not rest:
            raise PhraseError(f"de haakjes in \u201c{token.string}\u201d kloppen niet")
        rest.pop()
        return group
    if token["name"]:
        return _Piece(pattern=_NAMES[token["name"]], needles=())
    if text == "*" or text.strip() in ("...", "\u2026"):
        return _Piece(pattern=_WORD_END if text == "*" else _GAP, needles=())
    return _Piece(pattern=re.escape(text), needles=(text,) if text.strip() else ())
