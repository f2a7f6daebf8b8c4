"""A procedure: what is known of it, event by event, and everything that follows from that.

The events are kept; state, terms and tasks are worked out from them anew whenever one is added
or withdrawn.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.values.arrival import Received
from pipeline.values.judgement import Kind, Right
from pipeline.values.term import Deadline


class ProcedureState(StrEnum):
    """Where a procedure stands, in the order in which it gets there."""

    ONTVANGEN = "ontvangen"
    ONVOLLEDIG = "onvolledig"
    VOLLEDIG = "volledig"
    OP_AGENDA = "op_agenda"
    TERMIJN_VERSTREKEN = "termijn_verstreken"
    """The council's term has lapsed without an answer, which is never a yes."""
    BEANTWOORD = "beantwoord"
    NADER_OVERLEG = "nader_overleg"
    BESLOTEN = "besloten"
    OPGESCHORT = "opgeschort"
    INGETROKKEN = "ingetrokken"
    AFGEROND = "afgerond"
    TERUGGEDRAAID = "teruggedraaid"


class EventSource(StrEnum):
    """Who told of an event."""

    POST = "post"
    ZAAKKAART = "zaakkaart"
    BRIEF = "brief"
    OPDRACHT = "opdracht"
    DIENST = "dienst"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureEvent:
    """Something that happened in a procedure, as it was told.

    Attributes:
        number: 1-based within the dossier; never given twice.
        field: What it answers, an id of the procedure's definition: ``besluit_genomen_op``.
        answer: A day as ISO text, the id of a choice, or text; never empty.
        source: Who told it.
        recorded_at: When it was told, UTC.
        paper: Kenmerk or name of the paper it stands in; may be empty.
        withdrawn_at: When it was taken back, UTC; None while it holds.
    """

    number: int
    field: str
    answer: str
    source: EventSource
    recorded_at: datetime
    paper: str = ""
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """How a term in which the council must act is guarded; worked out when the term starts.

    Attributes:
        term: Id of the term.
        last_meeting: Last meeting of the council at which it can still act; None without one.
        last_school_day: Last working day outside school holidays on or before the strict day.
        alarm: Dutch, why this term needs attention at once; empty when there is time.
    """

    term: str
    last_meeting: date | None
    last_school_day: date | None
    alarm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneTerm:
    """A term that runs no more: the day on which it was met or ended, and Dutch how."""

    deadline: Deadline
    day: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A matter with terms that somebody has to keep.

    Attributes:
        dossier: Number of its dossier.
        definition: Id of its definition: ``advies-wms``.
        paper: Kenmerk of the paper that opened it; empty when a person did.
        kind: Kind of the paper it began with.
        title: Dutch, what it is about.
        rights: Rights it rests on, as far as known.
        right_holder: Who holds the right, e.g. ``hele raad``, ``personeel``.
        state: Where it stands.
        received: When the request was received, as its paper tells.
        unread: Nothing could be read of that paper: what it asks, and the days it names, are not known.
        events: Everything that was told, in order, what was withdrawn included.
        deadlines: Terms that run, soonest first.
        done: Terms that ran.
        guards: Of the terms in which the council must act.
        meeting_day: Meeting at which it must be treated to be in time; None when there is none.
        to_do: Dutch, what a person has to do, confirm or check.
        changes_on: Next day on which this may stand otherwise though nothing is told; None = never.
    """

    dossier: str
    definition: str
    paper: str = ""
    kind: Kind
    title: str
    rights: tuple[Right, ...] = ()
    right_holder: str
    state: ProcedureState
    received: Received
    unread: bool = False
    events: tuple[ProcedureEvent, ...] = ()
    deadlines: tuple[Deadline, ...]
    done: tuple[DoneTerm, ...] = ()
    guards: tuple[Guard, ...] = ()
    meeting_day: date | None
    to_do: tuple[str, ...]
    changes_on: date | None = None


# --- the card on which a person tells what happened ------------------------------------


class AnswerKind(StrEnum):
    """What sort of answer a line of a card asks."""

    DAG = "dag"
    KEUZE = "keuze"
    TEKST = "tekst"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """A line of the zaakkaart as the service writes it.

    Attributes:
        question: Dutch; unique on its card.
        answer: What is recorded now, as she types it: ``16-11-2026``, ``deels``; may be empty.
        kind: What sort of answer it asks.
        choices: What she can choose from; only for ``KEUZE``.
        hint: Dutch, what the answer starts or which answers are likely; may be empty.
        recorded: Dutch, the column Vastgelegd: when and how it was recorded, or why not.
        refused: True when what she typed was not recorded; it then stands in ``answer`` as typed.
    """

    question: str
    answer: str
    kind: AnswerKind
    choices: tuple[str, ...] = ()
    hint: str = ""
    recorded: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A zaakkaart: its heading, explanation and lines.

    Attributes:
        heading: ``2026-0017 Vakantierooster``.
        state: Dutch sentence: where it stands and what is next.
        lines: In order.
    """

    heading: str
    state: str
    lines: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """What a person typed on a line of a card.

    Attributes:
        question: The question.
        answer: Her answer as tidy text, a real date as ``16-11-2026``; empty when there is none.
        shown: What stood there when the card was written; None when that is not known. A card may
            have lain open for days.
    """

    question: str
    answer: str
    shown: str | None = None

    @property
    def is_touched(self) -> bool:
        """Tell whether she changed it."""
        return self.answer != self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A row of ``Nieuwe zaak.xlsx``: a matter that a person opens.

    Attributes:
        row: 1-based, as Excel counts.
        sort: Name of the procedure, as chosen from the list.
        subject: What it is about.
        begun_on: ``16-11-2026`` as typed; may be empty.
        recorded: What the service wrote there before; may be empty.
    """

    row: int
    sort: str
    subject: str
    begun_on: str
    recorded: str = ""
