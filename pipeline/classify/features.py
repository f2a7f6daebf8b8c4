"""What the learned model sees of a paper: its words, where they stand, and what the cues say.

Pure. A feature has a readable name, so that a person can be told what spoke: ``w:ter instemming``
is two words of the text, ``t:rooster`` a word of the title, ``s:rector`` one near the signature,
``c:notulen`` the points of the cues for a kind, ``is:brief`` a circumstance. Names, numbers and
days become one mark, because what a paper is does not hang on them.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pipeline.classify.case import Paper
from pipeline.classify.direction import Speaker
from pipeline.classify.page import Page, is_item
from pipeline.classify.rules import Score
from pipeline.folding import Zone

WORD, TITLE, SIGNED, CUE, CIRCUMSTANCE = "w:", "t:", "s:", "c:", "is:"
WORDS = (WORD, TITLE, SIGNED)
"""Beginnings of the features that are words; the others are few and weigh for themselves."""

_TOKEN = re.compile(r"[a-z]{2,24}|\d+")
NUMBER = "#"
"""Stands for any number among the words."""
_MOST_POINTS = 8.0
_MANY_ITEMS = 4
_SHORT, _LONG = 60, 500


def features_of(paper: Paper, page: Page, speaker: Speaker, scores: tuple[Score, ...]) -> Mapping[str, float]:
    """Give what the model may look at, by name.

    Words carry a damped count (1 + log n), cue points lie between -1 and 1, circumstances are 1.
    """
    counts = Counter(_words(page))
    found = {name: 1.0 + math.log(count) for name, count in counts.items()}
    found |= {f"{CUE}{score.rule.kind.value}": _share(score.points) for score in scores if score.points}
    found |= {f"{CIRCUMSTANCE}{name}": 1.0 for name in _circumstances(paper, page, speaker)}
    return found


def _share(points: float) -> float:
    return max(-1.0, min(1.0, points / _MOST_POINTS))


def _words(page: Page) -> Iterator[str]:
    for prefix, zone in (
        (WORD, page.body),
        (TITLE, page.title),
        (TITLE, page.subject),
        (TITLE, page.file_name),
        (SIGNED, page.closing),
    ):
        yield from (f"{prefix}{term}" for term in _terms(zone, pairs=prefix != SIGNED))


def _terms(zone: Zone, *, pairs: bool) -> Iterator[str]:
    """Give the words of a zone, and its pairs of neighbouring words within a line."""
    for line in zone.folded.split("\n"):
        words = [NUMBER if word[0].isdigit() else word for word in _TOKEN.findall(line)]
        yield from words
        if pairs:
            yield from (f"{first} {second}" for first, second in pairwise(words))


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
