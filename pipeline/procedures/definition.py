"""What a procedure is, as ``config/procedures/*.yaml`` tells: what can happen in it, and what that starts.

Pure values. Nothing here knows a date; ``replay.py`` works out what follows from what happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.values import AnswerKind, Kind, ProcedureState

OWN_TERM = "eigen"
"""Stands for the term of the council's own reglement, whose number no law gives."""
EMPTY, FILLED = "leeg", "ingevuld"
"""Stand in a condition for no answer, and for any answer."""
RECEIVED = "ontvangen_op"
"""The event with which a procedure begins; until it is confirmed its candidates count."""
RIGHT, HOLDER, COMPLETE = "recht", "houder", "volledig_op"
CLOSED_ON, ON_AGENDA = "afgesloten_op", "op_agenda"

Answers = Mapping[str, str]
"""What holds now: the answer of each event that was told and not withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that must have happened.

    Attributes:
        event: Id of an event.
        answers: Answers that make it true; may hold ``EMPTY`` or ``FILLED``.
    """

    event: str
    answers: tuple[str, ...]

    def holds(self, known: Answers) -> bool | None:
        """Tell whether it holds; None when that is not known yet."""
        answer = known.get(self.event)
        if answer is None:
            return True if EMPTY in self.answers else None if FILLED not in self.answers else False
        return FILLED in self.answers or answer in self.answers


def all_hold(conditions: tuple[Condition, ...], known: Answers) -> bool | None:
    """Tell whether all conditions hold; None when none is false but one is not known."""
    found = [one.holds(known) for one in conditions]
    return False if False in found else None if None in found else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A possible answer: its id, and the Dutch word for it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """Something that can happen, as the zaakkaart asks for it.

    Attributes:
        id: ``besluit_genomen_op``.
        question: Dutch: ``Besluit genomen op``.
        answer: What sort of answer it asks.
        choices: For a choice.
        hint: Dutch, what it starts or means; may be empty.
        ahead: True when a day may lie in the future.
        not_before: Event whose day may not be later; may be empty.
        needs: Event without which this one is not recorded; may be empty.
        state: Where the procedure stands when this has happened; None = it does not change that.
        when: Asked only when this is not false.
    """

    id: str
    question: str
    answer: AnswerKind
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    ahead: bool = False
    not_before: str = ""
    needs: str = ""
    state: ProcedureState | None = None
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule:
    """A term that an event starts.

    Attributes:
        term: Id of the catalogue, or ``OWN_TERM``.
        own_kind: For ``OWN_TERM``: the kind of request whose number the reglement gives.
        starts: Events whose day starts it: the first that is known.
        earliest: True to take the earliest of them instead.
        late_start: Dutch, what to know when it could not be counted from the first of ``starts``.
        not_for: Beginnings of ids of rights for which it does not run.
        for_kind: ``advies`` or ``instemming``: it runs only when the right is of that sort; may be empty.
        regimes: Regimes for which it runs; empty = all of the procedure.
        when: It runs when these hold.
        provisional: Dutch: it also runs while they are not known, with this caution; may be empty.
        met_by: Events by which whoever must act has acted.
        ended_by: Events that end it before its time.
        ended_how: Dutch, how those end it.
        extended_by: Event whose day becomes its end; may be empty.
        also_from: Event from which it is counted a second time, to show; may be empty.
        letter: Template of the letter that is laid ready when this term needs attention.
    """

    term: str
    own_kind: Kind | None = None
    starts: tuple[str, ...]
    earliest: bool = False
    late_start: str = ""
    not_for: tuple[str, ...] = ()
    for_kind: str = ""
    regimes: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    provisional: str = ""
    met_by: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    ended_how: str = ""
    extended_by: str = ""
    also_from: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRule:
    """Something a person has to do.

    Attributes:
        text: Dutch.
        when: It is asked when these hold.
        term: It is asked only while this term runs; empty = whichever run.
        until: Events that end the asking.
    """

    text: str
    when: tuple[Condition, ...] = ()
    term: str = ""
    until: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRule:
    """A letter of the council in this procedure.

    Attributes:
        template: Name of the Word template.
        name: Dutch, for the file name: ``Ontvangstbevestiging``.
        when: It is drafted by itself as soon as these hold; None = only when asked for.
        records: Event that sending it records, on the day of sending; may be empty.
        answers: Choices that sending it records as well.
        basis: Dutch citation of what the letter rests on; may be empty.
        to_sections: True when it goes, with the papers, to the sections that do not hold the right;
            any other letter goes to the board.
    """

    template: str
    name: str
    when: tuple[Condition, ...] | None = None
    records: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    basis: str = ""
    to_sections: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """What a paper of a kind tells when it is filed in the dossier.

    Attributes:
        kind: Kind of the paper.
        records: Pairs of event and what of the paper answers it: ``received``, ``decision_date``
            or ``document_date``.
    """

    kind: Kind
    records: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A procedure.

    Attributes:
        id: ``advies-wms``.
        name: Dutch, in lists: ``adviesaanvraag``.
        regimes: Regimes of the councils that have it.
        opened_by: Kinds of papers that open it.
        by_hand: True when a person can open it without a paper.
        yearly: First month and day of the year for which it is opened every year; None = not yearly.
        right: ``advies``, ``instemming`` or empty.
        kind: Kind of its dossier when a person opens it.
        events: In the order of the card.
        terms: What runs in it.
        tasks: What a person has to do.
        letters: Letters of the council.
        papers: What papers tell.
    """

    id: str
    name: str
    regimes: tuple[str, ...]
    kind: Kind
    opened_by: tuple[Kind, ...] = ()
    by_hand: bool = False
    yearly: tuple[int, int] | None = None
    right: str = ""
    events: tuple[EventRule, ...]
    terms: tuple[TermRule, ...] = ()
    tasks: tuple[TaskRule, ...] = ()
    letters: tuple[LetterRule, ...] = ()
    papers: tuple[PaperRule, ...] = ()

    def event(self, event_id: str) -> EventRule | None:
        """Find an event by its id."""
        return next((one for one in self.events if one.id == event_id), None)

    def letter(self, template: str) -> LetterRule | None:
        """Find a letter by its template."""
        return next((one for one in self.letters if one.template == template), None)


def definition_for(kind: Kind, regime: str, definitions: tuple[Definition, ...]) -> Definition | None:
    """Find the procedure that a paper of a kind opens for a council; None when it opens none."""
    return next((one for one in definitions if regime in one.regimes and kind in one.opened_by), None)
