"""What the learned model sees of a paper: its words, where they stand, and what the cues say.

Pure. A feature has a readable name, so that a person can be told what spoke: ``w:instemming``
is a word of the text, ``t:rooster`` one of the title, ``s:rector`` one near the signature,
``p:dvie`` four letters of a word of the text, ``q:dvie`` of the title, ``c:notulen`` the points of the
cues for a kind, ``is:brief`` a circumstance. Numbers become one mark, because what a paper is does not
hang on them. Four letters say what a word is made of: ``adviesaanvrage`` is not written in every letter,
and neither is it always written right.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain

from pipeline.classify.case import Paper
from pipeline.classify.direction import Speaker
from pipeline.classify.page import Page, is_item
from pipeline.classify.rules import Score
from pipeline.folding import Zone

WORD, TITLE, SIGNED, CUE, CIRCUMSTANCE = "w:", "t:", "s:", "c:", "is:"
PIECE, TITLE_PIECE = "p:", "q:"
WORDS, PIECES = (WORD, TITLE, SIGNED), (PIECE, TITLE_PIECE)
"""Beginnings of the features that are words, and pieces of words; the others are few and weigh alone."""

_TOKEN = re.compile(r"[a-z]{2,24}|\d+")
NUMBER = "#"
"""Stands for any number among the words."""
_LETTERS = 4
_MOST_POINTS = 8.0
_BESIDE = 0.35
"""Most that the cues for one kind, or a circumstance, count, where all words of the text together count 1.

Cues and senders fit the samples beside which the cues were written better than a new letter: of 530
letters by four writers, each unseen, the best guess was right of 90 in a hundred instead of 86.
"""
_MANY_ITEMS = 4
_MOST_REMEMBERED = 8_000
"""Words, by where they stand, of which the names are remembered: those of some hundred letters, in 3 MB."""
_SHORT, _LONG = 60, 500


def features_of(paper: Paper, page: Page, speaker: Speaker, scores: tuple[Score, ...]) -> Mapping[str, float]:
    """Give what the model may look at, by name.

    Words carry a damped count (1 + log n), cue points lie between -0.35 and 0.35, circumstances are 0.35.
    """
    found = {name: 1.0 + math.log(count) for name, count in _counts(page).items()}
    found |= {f"{CUE}{score.rule.kind.value}": _share(score.points) for score in scores if score.points}
    found |= {f"{CIRCUMSTANCE}{name}": _BESIDE for name in _circumstances(paper, page, speaker)}
    return found


def _share(points: float) -> float:
    return max(-1.0, min(1.0, points / _MOST_POINTS)) * _BESIDE


def _counts(page: Page) -> Mapping[str, int]:
    """Count words and pieces of words where they stand."""
    counts: defaultdict[str, int] = defaultdict(int)
    titles = _terms(page.title, page.subject, page.file_name)
    for words, whole, piece in (
        (_terms(page.body), WORD, PIECE),
        (titles, TITLE, TITLE_PIECE),
        (_terms(page.closing), SIGNED, ""),
    ):
        for word, times in words.items():
            for name in _names_of(word, whole, piece):
                counts[name] += times
    return counts


def _terms(*zones: Zone) -> Mapping[str, int]:
    """Count words; many stand there often, so they are looked at once they are counted."""
    counts: Counter[str] = Counter()
    written = Counter(chain.from_iterable(_TOKEN.findall(zone.folded) for zone in zones))
    for word, times in written.items():
        counts[NUMBER if word[0].isdigit() else word] += times
    return counts


@lru_cache(maxsize=_MOST_REMEMBERED)
def _names_of(word: str, whole: str, piece: str) -> tuple[str, ...]:
    """Name a word and its pieces; letters share most of their words, so this is remembered.

    Args:
        word: The word.
        whole: Begin of the name of the word itself.
        piece: Begin of the names of its pieces; empty when they do not count there.
    """
    return (f"{whole}{word}", *(f"{piece}{letters}" for letters in (_pieces(word) if piece else ())))


def _pieces(word: str) -> Iterator[str]:
    """Give every four letters in a row, the edges of the word as ``_``."""
    if word != NUMBER:
        edged = f"_{word}_"
        yield from (edged[start : start + _LETTERS] for start in range(max(0, len(edged) - _LETTERS + 1)))


def _circumstances(paper: Paper, page: Page, speaker: Speaker) -> Iterator[str]:
    yield f"afzender {paper.sender_role.value}"
    yield f"richting {speaker.direction.value}"
    yield "tekst van een mail" if paper.is_mail_body else "bestand"
    length = len(page.body.text.split())
    yield "kort" if length < _SHORT else "lang" if length > _LONG else "middellang"
    told = {
        "aanhef": page.has_salutation,
        "ondertekend": page.is_signed,
        "aan de raad gericht": speaker.addressed_to_council,
        "verzendlijst": paper.bulk,
        "antwoorddatum": paper.facts.answer_date is not None,
        "rechten genoemd": bool(paper.rights),
        "lijst van punten": sum(map(is_item, page.lines)) >= _MANY_ITEMS,
    }
    yield from (name for name, holds in told.items() if holds)
