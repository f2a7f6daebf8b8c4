"""The rules by which a paper is recognised: cues with weights, per kind; and how they add up.

Pure; the cues themselves stand in ``config/soorten.yaml``, written as phrases (``phrases.py``).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pipeline.classify.page import Page
from pipeline.folding import Zone
from pipeline.phrases import Phrase, PhraseError, read_phrase
from pipeline.values import Evidence, Kind

__all__ = [
    "Cue",
    "Cues",
    "KindRule",
    "PhraseError",
    "Score",
    "Subkind",
    "Where",
    "Writer",
    "any_in",
    "make_cue",
    "score_kind",
    "search",
]

STRONG = 3.0
"""A cue of this weight rarely stands in a paper of another kind."""


class Where(StrEnum):
    """The zone in which a cue counts."""

    TITEL = "titel"
    """Heading, ``Betreft`` line, subject of the mail, file name."""
    BEGIN = "begin"
    TEKST = "tekst"
    SLOT = "slot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One thing to look for.

    Attributes:
        text: Dutch, as written in the configuration; shown as evidence.
        weight: Positive speaks for, negative against.
        where: Zone in which it counts.
        phrase: The same, compiled.
    """

    text: str
    weight: float
    where: Where
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Cues:
    """Cues in the order of the configuration, and by the words without which they cannot be found.

    A paper holds few of the words that a thousand cues speak of, so that most need not be looked for.
    """

    listed: tuple[Cue, ...]
    by_word: Mapping[str, tuple[int, ...]]
    always: tuple[int, ...]

    @classmethod
    def of(cls, listed: Iterable[Cue]) -> Self:
        """Put cues in order of the words that they need."""
        cues = tuple(listed)
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        always = []
        for number, cue in enumerate(cues):
            words = cue.phrase.one_of_words
            if not words:
                always.append(number)
            for word in words:
                by_word[word].append(number)
        return cls(cues, {word: tuple(found) for word, found in by_word.items()}, tuple(always))

    def __iter__(self) -> Iterator[Cue]:
        """Give all of them."""
        return iter(self.listed)

    def among(self, words: AbstractSet[str]) -> Iterator[Cue]:
        """Give those that may stand in a text with these words, in order."""
        found = {number for word in self.by_word.keys() & words for number in self.by_word[word]}
        return (self.listed[number] for number in sorted(found.union(self.always)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subkind:
    """A finer label, with the cues that choose it.

    Attributes:
        id: Value of ``Judgement.subkind``; may be empty for a label that only says ``follows``.
        follows: Value of ``Judgement.follows``.
        cues: Positive cues only; they also count for the kind itself.
    """

    id: str
    follows: str
    cues: Cues


class Writer(StrEnum):
    """Who writes papers of a kind."""

    BESTUUR = "bestuur"
    RAAD = "raad"
    IEDER = "ieder"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """Everything the rules know of one kind.

    Attributes:
        kind: The kind.
        label: Dutch, for people.
        folder: Name of its folder in ``Te beoordelen/``.
        title_word: Dutch word for file names.
        starts_procedure: A paper of this kind can start a procedure.
        writer: Who writes such papers; a paper of the other side is not of this kind.
        is_act: It does something (asks, decides, reports) rather than being about something;
            a strong act outweighs its topic: a request about the begroting is a request.
        is_document: It stands by itself and is not a letter or the text of a mail.
        cues: All cues, for and against.
        subkinds: Finer labels, in order of preference.
    """

    kind: Kind
    label: str
    folder: str
    title_word: str
    starts_procedure: bool
    writer: Writer
    is_act: bool
    is_document: bool
    cues: Cues
    subkinds: tuple[Subkind, ...] = ()


def make_cue(text: str, weight: float, where: Where = Where.TEKST) -> Cue:
    """Make a cue from a phrase.

    Raises:
        PhraseError: The phrase cannot be read.
    """
    return Cue(text=text, weight=weight, where=where, phrase=read_phrase(text))


# --- adding up -------------------------------------------------------------------------

_MOST_TITLE = 6.0
_MOST_TEXT = 8.0
_SUBJECT_SHARE = 0.5
_FILE_NAME_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the cues say of one kind.

    Attributes:
        rule: The kind's rule.
        points: Sum of the weights, title and text each up to a ceiling.
        evidence: What was found, in order of the rules.
        subkind: The best finer label, if any of its cues was found.
        in_title: Points from all titles, mail subject and file name included.
        in_text: Points from the running text, so without any title.
        plainest: Points of the cue of the running text that says most by itself.
        in_heading: Points from titles in the paper itself, so without mail subject and file name.
    """

    rule: KindRule
    points: float
    evidence: tuple[Evidence, ...]
    subkind: Subkind | None
    in_title: float
    in_text: float
    plainest: float
    in_heading: float


def score_kind(rule: KindRule, page: Page, *, subject_is_own: bool) -> Score:
    """Add up the cues of one kind.

    Args:
        rule: The kind.
        page: The paper.
        subject_is_own: The subject of the mail is the paper's own (it is the body of the mail);
            of an attachment it says less.
    """
    zones = {where: _zones(where, page, subject_is_own=subject_is_own) for where in Where}
    subkinds = [(subkind, _find_all(subkind.cues, zones, page.words)) for subkind in rule.subkinds]
    best = max(subkinds, key=lambda pair: sum(hit.points for hit in pair[1]), default=None)
    hits = [*_find_all(rule.cues, zones, page.words), *(best[1] if best else ())]
    title = sum(hit.points for hit in hits if hit.in_title and hit.points > 0)
    text = sum(hit.points for hit in hits if not hit.in_title and hit.points > 0)
    against = sum(hit.points for hit in hits if hit.points < 0)
    return Score(
        rule=rule,
        points=min(title, _MOST_TITLE) + min(text, _MOST_TEXT) + against,
        evidence=tuple(hit.evidence for hit in hits),
        subkind=best[0] if best and best[1] else None,
        in_title=title,
        in_text=text,
        plainest=max((hit.points for hit in hits if not hit.in_title), default=0.0),
        in_heading=sum(hit.points for hit in hits if hit.in_title and hit.is_heading and hit.points > 0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    evidence: Evidence
    points: float
    in_title: bool
    is_heading: bool


_Zones = tuple[tuple[Zone, float, bool], ...]


def _find_all(cues: Cues, zones: Mapping[Where, _Zones], words: AbstractSet[str]) -> list[_Hit]:
    return [hit for cue in cues.among(words) if (hit := _find(cue, zones[cue.where])) is not None]


def _find(cue: Cue, zones: _Zones) -> _Hit | None:
    look = cue.phrase.search
    for zone, share, is_heading in zones:
        if match := look(zone):
            sentence = zone.sentence_at(match.start(), match.end())
            weight = round(cue.weight * share, 2)
            evidence = Evidence(cue=shown(zone, match), sentence=sentence, weight=weight)
            in_title = cue.where is Where.TITEL
            return _Hit(evidence=evidence, points=weight, in_title=in_title, is_heading=is_heading)
    return None


def _zones(where: Where, page: Page, *, subject_is_own: bool) -> _Zones:
    if where is Where.TITEL:
        subject_share = 1.0 if subject_is_own else _SUBJECT_SHARE
        return (
            (page.title, 1.0, True),
            (page.subject, subject_share, False),
            (page.file_name, _FILE_NAME_SHARE, False),
        )
    zone = {Where.BEGIN: page.opening, Where.SLOT: page.closing}.get(where, page.body)
    return ((zone, 1.0, True),)


def search(cue: Cue, zone: Zone) -> re.Match[str] | None:
    """Find a cue in a zone; the first match, or None."""
    return cue.phrase.search(zone)


def shown(zone: Zone, match: re.Match[str]) -> str:
    """Give the words that were found, as they stand in the paper, on one line."""
    return " ".join(zone.text[match.start() : match.end()].split())


def any_in(cues: tuple[Cue, ...], *zones: Zone) -> bool:
    """Tell whether one of the cues stands in one of the zones."""
    return any(search(cue, zone) for cue in cues for zone in zones)
