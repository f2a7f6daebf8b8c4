"""The terms that run in procedures, with every step of their computation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Actor(StrEnum):
    """Who must act before a term ends."""

    RAAD = "raad"
    BEVOEGD_GEZAG = "bevoegd_gezag"
    BEIDE = "beide"
    SECRETARIAAT = "secretariaat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Where a term comes from (grondslag).

    Attributes:
        law: ``WMS``, ``WOR`` … or ``reglement``.
        article: As cited, e.g. ``34``.
        paragraph: Lid or onderdeel, e.g. ``2``; may be empty.
        confidence: ``V`` read verbatim, ``P`` paraphrase, ``K`` own knowledge.
    """

    law: str
    article: str
    paragraph: str
    confidence: str

    @property
    def words(self) -> str:
        """Cite it in a Dutch sentence: ``artikel 34 lid 2 van de WMS``."""
        law = _LAW_WORDS.get(self.law, f"de {self.law}")
        label = "lid" if self.paragraph[:1].isdigit() else "onderdeel"
        part = f" {label} {self.paragraph}" if self.paragraph else ""
        if not self.article:
            return law
        article = self.article if self.article.lower().startswith("art") else f"artikel {self.article}"
        return f"{article}{part} van {law}"


_LAW_WORDS = {"reglement": "het medezeggenschapsreglement", "afspraak": "de gemaakte afspraak"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a computation: the day it reaches and Dutch text."""

    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWarning:
    """Something a person must know about a computed term: a stable code and Dutch text."""

    code: str
    text: str


def is_own_term(term: str) -> bool:
    """Tell by its id whether a term is the council's own: its reglement sets it, not the law."""
    return term.startswith("reglement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The end of a term, and how it was worked out.

    Attributes:
        term: Id of the term, e.g. ``WMS-34-2`` or ``reglement-termijn_instemming``.
        name: Dutch name for people.
        trigger: Day of the event that started it (or, counting back, of the event itself).
        strict: Last day without any extension, inclusive; None for a prompt.
        last_day: Last day with extension, inclusive; equals ``strict`` without one.
        advised: Day to aim for; for counting back the working day on or before ``last_day``.
        actor: Who must act.
        steps: The computation, in order.
        basis: Where the term comes from; None only for a free computation.
        warnings: What a person must know.
    """

    term: str
    name: str
    trigger: date
    strict: date | None
    last_day: date | None
    advised: date | None
    actor: Actor
    steps: tuple[Step, ...]
    basis: Basis | None
    warnings: tuple[TermWarning, ...]

    @property
    def answers_request(self) -> bool:
        """True for the term in which the council answers the request itself."""
        return is_own_term(self.term) and self.actor is Actor.RAAD
