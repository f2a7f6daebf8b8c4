"""Procedures, and the terms that run in them with every step of their computation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.values.arrival import Received
from pipeline.values.judgement import Kind


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


class ProcedureState(StrEnum):
    """Where a procedure stands."""

    ONTVANGEN = "ontvangen"
    OP_AGENDA = "op_agenda"
    AFGEROND = "afgerond"
    TERUGGEDRAAID = "teruggedraaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A request of the board that the council must answer.

    Attributes:
        dossier: Number of its dossier.
        kind: ``adviesaanvraag`` or ``instemmingsverzoek``.
        title: Dutch, what it is about.
        right_holder: Who holds the right, e.g. ``hele raad``, ``personeel``.
        state: Where it stands.
        received: When the request was received.
        deadlines: Terms that run, soonest first.
        meeting_day: Meeting at which it must be treated to be in time; None when there is none.
        to_do: Dutch, what a person has to confirm or check.
    """

    dossier: str
    kind: Kind
    title: str
    right_holder: str
    state: ProcedureState
    received: Received
    deadlines: tuple[Deadline, ...]
    meeting_day: date | None
    to_do: tuple[str, ...]
