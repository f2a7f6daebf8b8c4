"""The rules by which a paper is recognised: cues with weights, per kind; and how they add up.

Pure; the cues themselves stand in ``config/soorten.yaml``, written as phrases (``phrases.py``).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Self

from pipeline.classify.page import Page
from pipeline.folding import Zone
from pipeline.phrase_index import PhraseIndex
from pipeline.phrase_search import Phrase
from pipeline.phrases import PhraseError, read_phrase
from pipeline.values import Evidence, Kind

__all__ = [
    "Cue",
    "KindRule",
    "KindRules",
    "PhraseError",
    "Score",
    "Subkind",
    "Where",
    "Writer",
    "make_cue",
    "score_kinds",
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cue:
    """One thing to look for; two cues are never the same, also when their words are.

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
    cues: tuple[Cue, ...]


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
    cues: tuple[Cue, ...]
    subkinds: tuple[Subkind, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for in one zone: each phrase once, with the cues that it is.

    Attributes:
        phrases: The phrases.
        cues: By the pattern of a phrase; the same words can count for several kinds.
    """

    phrases: PhraseIndex
    cues: Mapping[str, tuple[Cue, ...]]

    @classmethod
    def of(cls, cues: Iterable[Cue]) -> Self:
        """Bring the cues with the same words together."""
        by_pattern: defaultdict[str, list[Cue]] = defaultdict(list)
        listed = tuple(cues)
        for cue in listed:
            by_pattern[cue.phrase.written].append(cue)
        index = PhraseIndex.of(cue.phrase for cue in listed)
        return cls(index, {pattern: tuple(found) for pattern, found in by_pattern.items()})


@dataclass(frozen=True, slots=True)
class KindRules:
    """All kinds, and their cues by the zone in which they count.

    Attributes:
        listed: The kinds in order.
        looks: What is looked for in each zone.
    """

    listed: tuple[KindRule, ...]
    looks: Mapping[Where, Look]

    @classmethod
    def of(cls, listed: Iterable[KindRule]) -> Self:
        """Gather the cues of all kinds and their subkinds."""
        rules = tuple(listed)
        parts = ((rule.cues, *(subkind.cues for subkind in rule.subkinds)) for rule in rules)
        cues = [*chain.from_iterable(chain.from_iterable(parts))]
        return cls(rules, {where: Look.of(cue for cue in cues if cue.where is where) for where in Where})

    def __iter__(self) -> Iterator[KindRule]:
        """Give the kinds."""
        return iter(self.listed)


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


def score_kinds(rules: KindRules, page: Page, *, subject_is_own: bool) -> list[Score]:
    """Add up the cues of each kind, in order.

    Args:
        rules: The kinds.
        page: The paper.
        subject_is_own: The subject of the mail is the paper's own (it is the body of the mail);
            of an attachment it says less.
    """
    hits = _find_cues(rules, page, subject_is_own=subject_is_own)
    return [_score(rule, hits) for rule in rules]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    """A cue that was found.

    Attributes:
        evidence: The words and the sentence they stand in; its weight is less where the zone says less.
        in_title: It counts as a title.
        is_heading: It stands in a title of the paper itself.
    """

    evidence: Evidence
    in_title: bool
    is_heading: bool

    @property
    def points(self) -> float:
        """What it counts for."""
        return self.evidence.weight


def _score(rule: KindRule, found: Mapping[Cue, _Hit]) -> Score:
    subkinds = [(subkind, [found[cue] for cue in subkind.cues if cue in found]) for subkind in rule.subkinds]
    best = max(subkinds, key=lambda pair: sum(hit.points for hit in pair[1]), default=None)
    hits = [*(found[cue] for cue in rule.cues if cue in found), *(best[1] if best else ())]
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


def _find_cues(rules: KindRules, page: Page, *, subject_is_own: bool) -> Mapping[Cue, _Hit]:
    """Find the cues of all kinds; one that stands in several titles counts in the first of them."""
    found: dict[Cue, _Hit] = {}
    for where, look in rules.looks.items():
        for zone, share, is_heading in _zones(where, page, subject_is_own=subject_is_own):
            for phrase in look.phrases.candidates(zone):
                cues = look.cues[phrase.written]
                if cues[0] in found or not (match := phrase.search(zone)):
                    continue
                sentence = zone.sentence_at(match.start(), match.end())
                seen = Evidence(cue=shown(zone, match), sentence=sentence, weight=share)
                found |= {cue: _hit(cue, seen, is_heading=is_heading) for cue in cues}
    return found


def _hit(cue: Cue, seen: Evidence, *, is_heading: bool) -> _Hit:
    """Let a cue count for what its zone lets it."""
    weighed = replace(seen, weight=round(cue.weight * seen.weight, 2))
    return _Hit(evidence=weighed, in_title=cue.where is Where.TITEL, is_heading=is_heading)


def _zones(where: Where, page: Page, *, subject_is_own: bool) -> tuple[tuple[Zone, float, bool], ...]:
    if where is Where.TITEL:
        subject_share = 1.0 if subject_is_own else _SUBJECT_SHARE
        return (
            (page.title, 1.0, True),
            (page.subject, subject_share, False),
            (page.file_name, _FILE_NAME_SHARE, False),
        )
    zone = {Where.BEGIN: page.opening, Where.SLOT: page.closing}.get(where, page.body)
    return ((zone, 1.0, True),)


def shown(zone: Zone, match: re.Match[str]) -> str:
    """Give the words that were found, as they stand in the paper, on one line."""
    return " ".join(zone.text[match.start() : match.end()].split())
