"""Decide which procedure a paper opens, and what a filed paper tells of one that runs.

Pure. The council must act, so until a person has confirmed the day of receipt its term counts from
the earliest day that may be meant.
"""

from dataclasses import replace
from datetime import date, datetime, time

from pipeline.dates import AMSTERDAM, legal_day
from pipeline.procedures.answers import record
from pipeline.procedures.definition import RECEIVED, RIGHT, Definition, definition_for
from pipeline.procedures.replay import recount
from pipeline.procedures.standing import Rules
from pipeline.values import (
    WHOLE_COUNCIL,
    DateCandidate,
    Dossier,
    EventSource,
    Facts,
    Filed,
    Kind,
    Procedure,
    ProcedureState,
    Received,
    ReceivedBasis,
    Right,
    StartsProcedure,
)


def opens(paper: Filed, regime: str, definitions: tuple[Definition, ...]) -> Definition | None:
    """Find the procedure that a filed paper opens in its dossier; None when it opens none.

    A request opens one when it was judged to; a decision of the board does because its term cannot
    be repaired, whatever it turns out to be.
    """
    definition = definition_for(paper.kind, regime, definitions)
    request = paper.judgement.starts_procedure is StartsProcedure.JA
    return definition if request or paper.kind is Kind.BESLUIT_NA_ADVIES else None


def open_by_paper(paper: Filed, definition: Definition, rules: Rules, *, now: datetime) -> Procedure:
    """Open the procedure of a paper.

    When nothing could be read of it, the day of receipt is never sure by itself: a person has to look
    at the paper and confirm it.

    Args:
        paper: The paper as it was filed.
        definition: The procedure it opens.
        rules: What terms are counted with.
        now: When, UTC.
    """
    rights, unread = paper.judgement.rights, paper.facts == Facts()
    received = replace(paper.received, confirmed=False) if unread else paper.received
    opened = Procedure(
        dossier=paper.dossier,
        definition=definition.id,
        paper=paper.kenmerk,
        kind=paper.kind,
        title=paper.title,
        rights=rights,
        right_holder=WHOLE_COUNCIL,
        state=ProcedureState.ONTVANGEN,
        received=received,
        unread=unread,
        deadlines=(),
        meeting_day=None,
        to_do=(),
    )
    told = [(RECEIVED, received.earliest.isoformat())] if received.confirmed else []
    told += [(RIGHT, rights[0].id)] if _names_one(rights) and definition.event(RIGHT) else []
    told += _decided(paper, definition)
    opened = record(opened, tuple(told), source=EventSource.POST, now=now, paper=paper.kenmerk)
    return recount(opened, definition, rules, legal_day(now))


def _names_one(rights: tuple[Right, ...]) -> bool:
    return len(rights) == 1 and bool(rights[0].id)


_NATURES = {"advies": "na_advies"}
"""That the council consented is never read out of a letter of the board: it may say so wrongly."""


def _decided(paper: Filed, definition: Definition) -> list[tuple[str, str]]:
    """Read of a decision without a request what it follows and when it was taken."""
    if definition.event("aard_besluit") is None:
        return []
    nature, day = _NATURES.get(paper.judgement.follows), paper.facts.decision_date
    told = [("aard_besluit", nature)] if nature else []
    happened = day is not None and day <= paper.received.earliest
    return told + ([("besluit_genomen_op", day.isoformat())] if day and happened else [])


def open_by_hand(
    dossier: Dossier, definition: Definition, begun_on: date, rules: Rules, *, now: datetime
) -> Procedure:
    """Open a procedure that a person asks for, or that begins every year.

    Args:
        dossier: Its new dossier.
        definition: What it is.
        begun_on: Day on which it began.
        rules: What terms are counted with.
        now: When, UTC.
    """
    noon = datetime.combine(begun_on, time(12), AMSTERDAM)
    opened = Procedure(
        dossier=dossier.number,
        definition=definition.id,
        kind=definition.kind,
        title=dossier.title,
        right_holder=WHOLE_COUNCIL,
        state=ProcedureState.ONTVANGEN,
        received=Received(
            at=noon,
            basis=ReceivedBasis.DROP,
            confirmed=True,
            candidates=(DateCandidate(day=begun_on, source="opgegeven"),),
        ),
        deadlines=(),
        meeting_day=None,
        to_do=(),
    )
    begun = ((RECEIVED, begun_on.isoformat()),)
    return recount(
        record(opened, begun, source=EventSource.DIENST, now=now), definition, rules, legal_day(now)
    )


def told_by(paper: Filed, definition: Definition) -> tuple[tuple[str, str], ...]:
    """Read which events a paper tells that was filed in the dossier of a running procedure.

    Only a paper that was recognised as such tells anything; one that a person laid there does not,
    for she can tell on the zaakkaart what it is.
    """
    rule = next((one for one in definition.papers if one.kind is paper.kind), None)
    if rule is None or not paper.judgement.evidence:
        return ()
    days = {
        "received": paper.received.earliest,
        "decision_date": paper.facts.decision_date,
        "document_date": paper.facts.document_date,
    }
    latest = paper.received.latest
    found = ((event, days[what]) for event, what in rule.records)
    return tuple((event, day.isoformat()) for event, day in found if day is not None and day <= latest)
