"""Decide to which running matter a mail belongs: by its kenmerk, by what it answers, by its subject.

Pure. In this order, and a later clue is only asked when the earlier ones are silent:

1. a kenmerk in the subject or the file name, else in what the sender wrote now;
2. what the mail answers: ``In-Reply-To`` before ``References``;
3. the subject of an answer, with the same correspondent, when exactly one running matter has it;
4. a mail that brings nothing but papers that lie in one dossier already.

When a kenmerk and what the mail answers point at different matters, a person is asked: both are
named, nothing is chosen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.archive.plan import Judged
from pipeline.values import Dossier, Filed, Held

_KENMERK = re.compile(r"\b(20\d\d-\d{4})(?:-\d\d)?\b")
_REPLY = re.compile(
    r"\A\s*(?:(?:re|fw|fwd|antw|antwoord|doorst|doorgestuurd|beantw|tr|aw|wg)\s?(?:\[\d+\])?\s?:"
    r"|\[(?:ext|extern|external|spam\??)\])\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """To which matter a mail belongs.

    Attributes:
        dossier: The matter; None when nothing points at one.
        rivals: The numbers of the matters it may belong to when a person has to choose; else empty.
        why: Dutch, what points at it; empty when nothing does.
    """

    dossier: Dossier | None = None
    rivals: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing was found, so that a weaker clue may be asked."""
        return self.dossier is None and not self.rivals


def linked_dossier(text: str, dossiers: tuple[Dossier, ...]) -> Dossier | None:
    """Find the one dossier whose kenmerk a text names; None for none or several."""
    known = {dossier.number: dossier for dossier in dossiers}
    named = _named(text, known)
    return known[next(iter(named))] if len(named) == 1 else None


def link_of_mail(
    title: str,
    text: str,
    answered: tuple[frozenset[str], ...],
    dossiers: tuple[Dossier, ...],
) -> Link:
    """Find the matter that a mail names or answers.

    Args:
        title: Its subject; of a file its name.
        text: What the sender wrote now, without what is quoted.
        answered: For each mail it refers to, the nearest first, the numbers of the dossiers in
            which that lies.
        dossiers: All that its words or those mails point at.
    """
    known = {dossier.number: dossier for dossier in dossiers}
    in_title, in_text = _named(title, known), _named(text, known)
    named, threads = in_title or in_text, tuple(one & known.keys() for one in answered if one & known.keys())
    thread = _narrowed(threads)
    if not named:
        return _link(thread, known, _ANSWERS)
    shared = named & thread
    if not thread or named == shared or len(shared) == 1:
        chosen = shared if len(shared) == 1 else named
        return _link(chosen, known, _NAMES) if len(chosen) == 1 or in_title or thread else Link()
    if len(named) > 1 and not in_title:
        return _link(thread, known, _ANSWERS)
    return _link(named | thread, known, "")


_NAMES = "het kenmerk staat in de mail"
_ANSWERS = "het is een antwoord in die zaak"
_SUBJECT = "het is een antwoord met het onderwerp van die zaak"
_CARRIES = "de bijlage ligt al in die zaak"


def named_numbers(text: str) -> frozenset[str]:
    """Give what may be the numbers of dossiers in a text."""
    return frozenset(_KENMERK.findall(text))


def _named(text: str, known: Mapping[str, Dossier]) -> frozenset[str]:
    return named_numbers(text) & known.keys()


def _narrowed(threads: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Give the dossiers a mail answers in: of the nearest mail, when it and the rest do not agree."""
    everything = frozenset().union(*threads)
    return threads[0] if threads and len(everything) > 1 else everything


def _link(numbers: frozenset[str], known: Mapping[str, Dossier], why: str) -> Link:
    if len(numbers) == 1:
        return Link(dossier=known[next(iter(numbers))], why=why)
    return Link(rivals=tuple(sorted(numbers)))


def is_answer(subject: str) -> bool:
    """Tell whether a subject says that the mail answers or passes on another."""
    return bare_subject(subject) != _tidy(subject)


def bare_subject(subject: str) -> str:
    """Give a subject without ``RE:``, ``Antw:`` and the like, whatever its case."""
    bare = subject
    while match := _REPLY.match(bare):
        bare = bare[match.end() :]
    return _tidy(bare)


def _tidy(subject: str) -> str:
    return " ".join(subject.split()).casefold()


def link_by_subject(
    subject: str, correspondents: frozenset[str], running: tuple[Filed, ...], dossiers: tuple[Dossier, ...]
) -> Link:
    """Find the one running matter in which a mail of this subject came from the same correspondent.

    Args:
        subject: Of a mail that is an answer.
        correspondents: Lower-case addresses of who wrote it, and who it is to.
        running: The papers of all running matters.
        dossiers: Those in which they lie.
    """
    bare = bare_subject(subject)
    found = {
        paper.dossier
        for paper in running
        if paper.origin.sender in correspondents and bare and bare_subject(paper.origin.mail_subject) == bare
    }
    return _only(found, dossiers, _SUBJECT)


def link_by_papers(carried: tuple[Filed, ...], dossiers: tuple[Dossier, ...]) -> Link:
    """Find the one matter in which all the papers lie that a mail brings once more.

    Args:
        carried: What it brings, as it was filed before; empty when it brings anything new.
        dossiers: Those in which that lies.
    """
    return _only({paper.dossier for paper in carried}, dossiers, _CARRIES)


def _only(numbers: set[str], dossiers: tuple[Dossier, ...], why: str) -> Link:
    found = [dossier for dossier in dossiers if dossier.number in numbers]
    return Link(dossier=found[0], why=why) if len(found) == 1 else Link()


def asked_which(judged: tuple[Judged, ...], link: Link) -> tuple[Judged, ...]:
    """Hold every paper of a mail that may belong to more than one matter; the matters are named."""
    if not link.rivals:
        return judged
    named = " en ".join((", ".join(link.rivals[:-1]), link.rivals[-1]))
    reason = (
        f"Deze mail kan bij meer dan één zaak horen: {named}. Sleep het stuk naar de map 'Bij …' van de "
        "juiste zaak. Is het iets nieuws, sleep het dan naar de map van de juiste soort."
    )
    return tuple(
        replace(
            paper,
            verdict=Held(
                judgement=paper.verdict.judgement,
                reasons=(reason, *(paper.verdict.reasons if isinstance(paper.verdict, Held) else ())),
                cautions=paper.verdict.cautions if isinstance(paper.verdict, Held) else (),
            ),
        )
        for paper in judged
    )
