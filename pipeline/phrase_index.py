"""Many phrases looked for at once: one look at the words of a text tells which of them may stand in it.

Every phrase needs some words. A text holds few of the words that a thousand phrases speak of, so that nearly
all of them are refused together: each word of the text marks, as bits of a number, the phrases of which it
meets a need, and what is marked for each of its needs may stand there. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Self

from pipeline.folding import Zone
from pipeline.phrase_search import Phrase
from pipeline.phrases import read_phrase


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Phrases, and by the words that they need which of them a text with such a word may hold.

    Attributes:
        phrases: In the order in which they are given back; the place of a phrase is its bit.
        marks: Per word, for each need that it meets: the number of the need and the phrases with that need.
        spared: Per number of a need, the phrases that need nothing there.
    """

    phrases: tuple[Phrase, ...]
    marks: Mapping[str, tuple[tuple[int, int], ...]]
    spared: tuple[int, ...]

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Self:
        """Put phrases in order of the words that they need; the same phrase counts once."""
        listed = tuple({phrase.written: phrase for phrase in phrases}.values())
        needs = [[need.words for need in phrase.needs if not need.pieces] for phrase in listed]
        marks: defaultdict[tuple[str, int], int] = defaultdict(int)
        for place, words in enumerate(needs):
            for number, word in ((number, word) for number, choice in enumerate(words) for word in choice):
                marks[word, number] |= 1 << place
        by_word: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for (word, number), bits in marks.items():
            by_word[word].append((number, bits))
        most = max(map(len, needs), default=0)
        spared = tuple(_bits(len(words) <= number for words in needs) for number in range(max(most, 1)))
        return cls(listed, {word: tuple(found) for word, found in by_word.items()}, spared)

    def candidates(self, zone: Zone) -> Iterator[Phrase]:
        """Give the phrases of which every whole word they need stands in a zone, in order."""
        marked = list(self.spared)
        for word in self.marks.keys() & zone.words.keys():
            for number, bits in self.marks[word]:
                marked[number] |= bits
        left = reduce(and_, marked)
        while left:
            lowest = left & -left
            yield self.phrases[lowest.bit_length() - 1]
            left ^= lowest

    def stands_in(self, *zones: Zone) -> bool:
        """Tell whether one of the phrases stands in one of the zones."""
        return any(phrase.search(zone) for zone in zones for phrase in self.candidates(zone))


def phrases(*written: str) -> PhraseIndex:
    """Read phrases to be looked for together.

    Raises:
        PhraseError: One cannot be read.
    """
    return PhraseIndex.of(map(read_phrase, written))


def _bits(marked: Iterable[bool]) -> int:
    """Give a number of which the bits at these places are set."""
    return sum(1 << place for place, is_set in enumerate(marked) if is_set)
