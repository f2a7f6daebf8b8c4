"""Tell what happened in a procedure, on the definitions, the law and the calendar we ship."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipeline.procedures.answers import record
from pipeline.procedures.replay import recount
from pipeline.procedures.standing import Rules
from pipeline.settings.law import load_law, load_rights
from pipeline.settings.procedures import load_procedures
from pipeline.values import (
    BylawTerm,
    DateCandidate,
    Deadline,
    EventSource,
    Kind,
    MeetingDate,
    Procedure,
    ProcedureState,
    Received,
    ReceivedBasis,
    Right,
)

CONFIG = Path(__file__).parents[2] / "config"
LAW = load_law(CONFIG)
RIGHTS = load_rights(CONFIG)
DEFINITIONS = {one.id: one for one in load_procedures(CONFIG, LAW.terms)}
NOORD = LAW.school_holidays["noord"]
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
BEGUN = date(2026, 11, 3)
"""A Tuesday."""

ADVICE = BylawTerm(
    kind=Kind.ADVIESAANVRAAG, length=6, unit="week", article="20", without_school_holidays=False
)
CONSENT = replace(ADVICE, kind=Kind.INSTEMMINGSVERZOEK, article="21")
TALK = replace(ADVICE, kind=Kind.UITNODIGING, length=14, unit="dag", article="5")
OWN = (ADVICE, CONSENT, TALK)
MEETINGS = tuple(
    MeetingDate(day=day, kind="Overleg")
    for day in (
        date(2026, 6, 30),
        date(2026, 9, 15),
        date(2026, 11, 17),
        date(2026, 12, 8),
        date(2027, 1, 12),
        date(2027, 6, 15),
        None,
    )
)


def rules_for(definition: str) -> Rules:
    """Give the rules of a council that has a procedure; a school stands in region noord."""
    regimes = DEFINITIONS[definition].regimes
    regime = "wms-vo" if "wms-vo" in regimes else regimes[0]
    return Rules(
        regime=regime,
        catalogue=LAW.terms,
        terms=OWN,
        calendar=LAW.calendar,
        holidays=NOORD if regime.startswith("wms") else None,
        meetings=MEETINGS,
        holders=tuple((right.id, right.geleding) for right in RIGHTS),
    )


def received(*days: date, confirmed: bool = True) -> Received:
    return Received(
        at=datetime(days[0].year, days[0].month, days[0].day, 9, tzinfo=UTC),
        basis=ReceivedBasis.RECEIVED_HEADER,
        confirmed=confirmed,
        candidates=tuple(DateCandidate(day=day, source=f"bron {n}") for n, day in enumerate(days)),
    )


def fresh(
    definition: str,
    on: Received | None = None,
    rights: tuple[Right, ...] = (),
    title: str = "Vakantierooster",
) -> Procedure:
    """Give a procedure of which nothing was told yet; it came in on 3 November 2026."""
    return Procedure(
        dossier="2026-0017",
        definition=definition,
        paper="2026-0017-01",
        kind=DEFINITIONS[definition].kind,
        title=title,
        rights=rights,
        right_holder="hele raad",
        state=ProcedureState.ONTVANGEN,
        received=on or received(BEGUN),
        deadlines=(),
        meeting_day=None,
        to_do=(),
    )


def tell(
    procedure: Procedure,
    answers: Mapping[str, str],
    *,
    now: datetime = NOW,
    source: EventSource = EventSource.ZAAKKAART,
) -> Procedure:
    """Record answers, one minute after the other; an empty one takes its event back."""
    for minute, answer in enumerate(answers.items()):
        procedure = record(procedure, (answer,), source=source, now=now + timedelta(minutes=minute))
    return procedure


def outcome(
    procedure: Procedure, today: date, answers: Mapping[str, str] | None = None, rules: Rules | None = None
) -> Procedure:
    """Work out what follows when this is told too."""
    return recount(
        tell(procedure, answers or {}),
        DEFINITIONS[procedure.definition],
        rules or rules_for(procedure.definition),
        today,
    )


def told(definition: str, today: date, rules: Rules | None = None, **answers: str) -> Procedure:
    """Work out a procedure of which this was told; ``begun`` stands for the day it was received."""
    begun = {"ontvangen_op": answers.pop("begun", BEGUN.isoformat())}
    heard = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    given = tell(fresh(definition), {**begun, **answers}, now=heard)
    return outcome(given, today, rules=rules)


def running(procedure: Procedure) -> dict[str, str]:
    """Name the terms that run with their strict day; a term without a day has none."""
    return {term.term: str(term.strict or "") for term in procedure.deadlines}


def finished(procedure: Procedure) -> dict[str, str]:
    """Name the terms that ran and how each came to its end."""
    return {one.deadline.term: one.how for one in procedure.done}


def term_of(procedure: Procedure, name: str) -> Deadline:
    """Give a term that runs."""
    return next(term for term in procedure.deadlines if term.term == name)
