"""Search for a phrase: only where a match can begin, and only when all that it needs stands near enough.

A paper is searched for a thousand phrases, and holds few of them. Pure; ``phrases.py`` reads what is
searched for here.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import chain

from pipeline.folding import Zone

_LONGEST_LOOK = 40
"""So far a pattern looks at most beyond its match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What stands in every match of a phrase: one of these words, or one of these pieces.

    Attributes:
        words: Whole words, each with how far from the begin of the match it can begin, in characters.
        pieces: Texts that may stand within a word, or are no word at all.
    """

    words: Mapping[str, int]
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase, ready to search in folded text.

    Attributes:
        written: The pattern as text; compiled when it is first searched for, since most never are.
        needs: Each of these stands in every match: a quick refusal. Those of whole words come first.
        heads: Whole words, with one of which every match begins; empty when that is not known.
        longest: No match has more characters.
        in_sentence: No match goes beyond a break of its zone.
    """

    written: str
    needs: tuple[Need, ...]
    heads: frozenset[str]
    longest: int
    in_sentence: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.written)

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
        if self.heads:
            return self._from_heads(zone)
        return self._around(zone) if self.needs else self.pattern.search(text)

    def _from_heads(self, zone: Zone) -> re.Match[str] | None:
        """Try only where a match can begin, and has near enough the words that it needs."""
        needed = [
            [(zone.words[word], need.words[word] + 1) for word in need.words.keys() & zone.words.keys()]
            for need in self.needs
            if not need.pieces and need.words.keys() != self.heads
        ]
        starts = _places_of(self.heads, zone)
        if needed:
            starts = _leading_to(min(needed, key=_count), starts)
        match, in_sentence = self.pattern.match, self.in_sentence and bool(needed)
        for start in starts:
            end = zone.next_break(start) if in_sentence else len(zone.folded)
            if _are_near(needed, start, end) and (found := match(zone.folded, start)):
                return found
        return None

    def _around(self, zone: Zone) -> re.Match[str] | None:
        """Try only as far as a match can lie around what it needs; everywhere when that stands everywhere."""
        text, reach = zone.folded, self.longest + _LONGEST_LOOK
        needed = (
            sorted([*_places_of(need.words.keys(), zone), *_places_within(text, need.pieces)])
            for need in self.needs
        )
        places = min(needed, key=len)
        if len(places) * (self.longest + reach) > len(text):
            return self.pattern.search(text)
        for place in places:
            found = self.pattern.search(text, max(0, place - self.longest), place + reach)
            if found and found.start() <= place:  # one that begins later may be cut off here
                return found
        return None


_Reaching = list[tuple[Sequence[int], int]]
"""Per word its places, in order, and from how far before each a match can begin, at least 1."""


def _places_of(words: AbstractSet[str], zone: Zone) -> Sequence[int]:
    """Give where in a zone one of these words begins, in order."""
    return sorted(chain.from_iterable(map(zone.words.__getitem__, words & zone.words.keys())))


def _places_within(text: str, pieces: tuple[str, ...]) -> Iterator[int]:
    for piece in pieces:
        at = text.find(piece)
        while at >= 0:
            yield at
            at = text.find(piece, at + 1)


def _count(words: _Reaching) -> int:
    return sum(len(places) for places, _ in words)


def _leading_to(words: _Reaching, starts: Sequence[int]) -> Sequence[int]:
    """Leave out the starts from which none of these words is within reach, where that is quickly found."""
    if _count(words) >= len(starts):
        return starts
    found = set[int]()
    for places, reach in words:
        for place in places:
            found.update(starts[bisect_right(starts, place - reach) : bisect_right(starts, place)])
    return sorted(found)


def _are_near(needed: list[_Reaching], start: int, end: int) -> bool:
    """Tell whether of each need one word begins within its reach from a start, and before an end.

    Args:
        needed: The words of each need.
        start: Where the match would begin.
        end: Where it must have ended.
    """
    for words in needed:  # plain loops, as in search
        for places, reach in words:
            at = bisect_left(places, start)
            if at < len(places) and places[at] < min(start + reach, end):
                break
        else:
            return False
    return True


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written)
