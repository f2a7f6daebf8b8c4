"""Text made ready for searching: folded so that spelling matters less, and cut into paragraphs.

Pure. Folding keeps the length (one character stays one character), so that the sentence around
a find can be shown as it was written.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

_SENTENCE = 240
_ABBREVIATIONS = ("art", "bijv", "dhr", "drs", "incl", "jl", "mevr", "mr", "mw", "nr", "resp", "vgl")
SHORTENED = "|".join([r"(?<=\W\w)", *(rf"(?<=\b{word})" for word in _ABBREVIATIONS)])
"""Stands before a point that ends no sentence: of one letter, or an abbreviation."""
_SENTENCE_BEFORE = re.compile(r"[!?]\s|(?<=[^\W\d_]{3})\.\s|\n")
_SENTENCE_BEHIND = re.compile(r"(?<=[!?])\s|(?<=[^\W\d_]{2}\.)\s|\n")
_WIDE_SPACE = re.compile(r"[^\S\n ][^\S\n]{0,999}| [^\S\n]{1,999}")
_END = re.compile(r"[!?\n]|\.(?= [a-z])")
_SHORTENED_POINT = re.compile(rf"(?:{SHORTENED})\.")
_EMPTY_BOX = re.compile(r"(?:\[[ _]?\]|\( \)|\u2610)(?:(?!\[[ _xX]?\]|\([ xX]\)|[\u2610-\u2612])[^\n]){0,80}")
"""A choice that was not ticked, up to the next choice or the end of the line."""
_BOXES = ("[", "( )", "\u2610")
"""One of these stands in every form: the pattern is slow, so it is tried on those only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of text and its folded twin of the same length.

    Attributes:
        text: As it was written.
        folded: Its twin.
        words: The words of the twin, each with the places where it begins, in order.
        breaks: Where a sentence or paragraph of the twin ends, in order; abbreviations end none.
    """

    text: str
    folded: str
    words: Mapping[str, Sequence[int]]
    breaks: Sequence[int]

    def next_break(self, place: int) -> int:
        """Give the first break from a place on, or the end of the text."""
        at = bisect_left(self.breaks, place)
        return self.breaks[at] if at < len(self.breaks) else len(self.folded)

    def sentence_at(self, start: int, end: int) -> str:
        """Give the sentence around a match, on one line, at most 240 characters."""
        reach = _SENTENCE - min(end - start, _SENTENCE)
        left = self.text[max(0, start - reach) : start]
        right = self.text[end : end + reach]
        left = _SENTENCE_BEFORE.split(left)[-1]
        right = _SENTENCE_BEHIND.split(right, maxsplit=1)[0]
        return _clip(left, self.text[start:end], right)


def _clip(left: str, middle: str, right: str) -> str:
    whole = " ".join(f"{left}{middle}{right}".split())
    if len(whole) <= _SENTENCE:
        return whole
    keep_left = max(0, (_SENTENCE - len(middle)) // 2)
    return " ".join(f"{left[-keep_left:] if keep_left else ''}{middle}{right}".split())[:_SENTENCE]


def fold(text: str) -> str:
    """Lower the case and take the accents off; the result has the same length."""
    plain = text.replace("`", "'")
    return (plain if plain.isascii() else _ACCENTED.sub(_without_accent, plain)).lower()


def without_empty_boxes(text: str) -> str:
    """Take out the choices of a form that were not ticked."""
    return _EMPTY_BOX.sub("", text) if any(box in text for box in _BOXES) else text


def flatten(text: str) -> str:
    """Join the lines of a paragraph; a blank line, or an item, begins a new paragraph."""
    text = _WIDE_SPACE.sub(" ", unicodedata.normalize("NFC", text))
    text = re.sub(r"-\n(?=[a-z])", "", text)
    paragraphs = re.split(r" ?\n ?\n[ \n]{0,1000}|\n(?= ?(?:\d{1,2}[a-z]?[.)]|[-*\u2022]) )", text)
    return "\n".join(paragraph.replace("\n", " ").strip() for paragraph in paragraphs if paragraph.strip())


def zone_of(text: str) -> Zone:
    """Give a text its folded twin."""
    text = unicodedata.normalize("NFC", text)
    folded = fold(text)
    if _MIXED.search(folded):
        folded = _MISREAD.sub(_as_letters, folded)
    return Zone(text=text, folded=folded, words=_places(folded), breaks=_breaks(folded))


def _places(folded: str) -> Mapping[str, Sequence[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for word in WORDS.finditer(folded):
        found[word[0]].append(word.start())
    return found


def _breaks(folded: str) -> Sequence[int]:
    ends = (found.start() for found in _END.finditer(folded))
    return [end for end in ends if _SHORTENED_POINT.match(folded, end) is None]


WORDS = re.compile(r"\w+")
_MIXED = re.compile(r"[01|](?:(?=[a-z])|(?<=[a-z].))")


_MISREAD = re.compile(r"(?<!\w)(?=(?:[01|]?[a-z]){3})[a-z01|]{4,30}(?!\w)")
"""A word of three letters or more, among which a scan may have put ``1`` for ``l`` and ``0`` for ``o``."""


def _as_letters(word: re.Match[str]) -> str:
    """Read the digits in a word as the letters a scan took them for: ``artike1``, ``v0orstel``."""
    return word[0].translate(_LETTERS)


_LETTERS = str.maketrans("10|", "lol")


_ACCENTED = re.compile(r"[^\x00-\x7f]")


def _without_accent(character: re.Match[str]) -> str:
    return _fold_character(character[0])


@cache
def _fold_character(character: str) -> str:
    if character in "\u2019\u2018\u00b4":
        return "'"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
