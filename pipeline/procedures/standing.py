"""What a procedure is worked out from: its events as they hold now, and the rules of the council.

Pure values.
"""

from dataclasses import dataclass
from datetime import date

from pipeline.dates import LegalCalendar, SchoolHolidays
from pipeline.procedures.catalogue import TermCatalogue
from pipeline.procedures.definition import RECEIVED, RIGHT, Answers, Definition, TermRule, all_hold
from pipeline.values import Actor, BylawTerm, MeetingDate, Procedure, ProcedureEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What procedures are worked out with.

    Attributes:
        regime: Regime of the council.
        catalogue: Terms of the law.
        terms: Terms of the council's own reglement.
        calendar: Rest days.
        holidays: School holidays of the council's own rooster or its region; None without.
        meetings: The council's rooster.
        holders: Who holds each right, by its id.
        kinds: ``advies`` or ``instemming`` of each right, by its id.
    """

    regime: str
    catalogue: TermCatalogue
    terms: tuple[BylawTerm, ...]
    calendar: LegalCalendar
    holidays: SchoolHolidays | None
    meetings: tuple[MeetingDate, ...]
    holders: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()


def answers_of(events: tuple[ProcedureEvent, ...]) -> Answers:
    """Give what holds now: of each event the newest answer that was not withdrawn."""
    return {one.field: one.answer for one in events if one.withdrawn_at is None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A procedure with everything its outcome depends on."""

    procedure: Procedure
    definition: Definition
    rules: Rules
    known: Answers
    today: date

    def day(self, event: str, actor: Actor) -> date | None:
        """Give the day of an event; of an unconfirmed receipt the one that is safe for the actor."""
        answer = self.known.get(event)
        if answer is not None:
            return date.fromisoformat(answer)
        if event != RECEIVED:
            return None
        received = self.procedure.received
        return received.latest if actor is Actor.BEVOEGD_GEZAG else received.earliest

    def applies(self, rule: TermRule) -> bool | None:
        """Tell whether a term runs, as far as its day is not concerned; None when that is not known yet."""
        if rule.regimes and self.rules.regime not in rule.regimes:
            return False
        if rule.for_kind and rule.for_kind != self.right_kind:
            return False
        told = self.known.get(RIGHT)
        rights = (told,) if told else tuple(right.id for right in self.procedure.rights)
        if rights and all(right.startswith(rule.not_for) for right in rights):
            return False
        return all_hold(rule.when, self.known)

    @property
    def right_kind(self) -> str:
        """Give what sort of right it is that a person or the paper named; empty while that is not sure."""
        told = self.known.get(RIGHT)
        if told:
            return dict(self.rules.kinds).get(told, "")
        kinds = {right.right for right in self.procedure.rights}
        return kinds.pop() if len(kinds) == 1 else ""

    def first_day(self, events: tuple[str, ...], since: date = date.min) -> date | None:
        """Give the first day from ``since`` to today on which one of these events happened, as was told."""
        days = (date.fromisoformat(self.known[event]) for event in events if event in self.known)
        return min((day for day in days if since <= day <= self.today), default=None)
