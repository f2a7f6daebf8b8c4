"""The calendar file of deadlines, read back by a calendar library."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from pipeline.edges.calendar_file import deadlines_calendar
from pipeline.values import (
    Actor,
    Basis,
    DateCandidate,
    Deadline,
    Kind,
    Procedure,
    ProcedureState,
    Received,
    ReceivedBasis,
    Step,
    TermWarning,
)

TERM = Deadline(
    term="reglement-instemmingsverzoek",
    name="termijn van de raad",
    trigger=date(2026, 11, 4),
    strict=date(2026, 12, 16),
    last_day=date(2026, 12, 17),
    advised=None,
    actor=Actor.RAAD,
    steps=(
        Step(day=date(2026, 11, 4), text="Ontvangen op 4 november."),
        Step(day=date(2026, 12, 16), text="Zes weken."),
    ),
    basis=Basis(law="WMS", article="34", paragraph="2", confidence="V"),
    warnings=(TermWarning(code="x", text="Kijk dit na."),),
)
PROCEDURE = Procedure(
    dossier="2026-0017",
    definition="instemming-wms",
    kind=Kind.INSTEMMINGSVERZOEK,
    title="Vakantierooster",
    right_holder="hele raad",
    state=ProcedureState.ONTVANGEN,
    received=Received(
        at=datetime(2026, 11, 4, 9, tzinfo=UTC),
        basis=ReceivedBasis.SERVER,
        confirmed=True,
        candidates=(DateCandidate(day=date(2026, 11, 4), source="postbus"),),
    ),
    deadlines=(TERM,),
    meeting_day=date(2026, 12, 8),
    to_do=(),
)


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def only_event(procedure: Procedure = PROCEDURE, term: Deadline = TERM) -> Event:
    (event,) = events(deadlines_calendar(((procedure, term),), "MR De Brink"))
    return event


def test_a_deadline_is_one_whole_day_on_its_strict_day() -> None:
    event = only_event()
    assert event["DTSTART"].dt == date(2026, 12, 16)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["DTEND"].dt == date(2026, 12, 17)
    assert event["SUMMARY"] == "Uiterste dag: instemming Vakantierooster (2026-0017)"
    assert event["DTSTAMP"].dt == datetime(2026, 11, 4, tzinfo=UTC)


def test_advice_is_called_advice() -> None:
    event = only_event(replace(PROCEDURE, kind=Kind.ADVIESAANVRAAG))
    assert event["SUMMARY"] == "Uiterste dag: advies Vakantierooster (2026-0017)"


def test_the_description_tells_how_the_day_was_found() -> None:
    assert str(only_event()["DESCRIPTION"]).split("\n") == [
        "Aan zet: de raad",
        "Met verlenging: donderdag 17 december 2026",
        "Vergadering: dinsdag 8 december 2026",
        "Zo is de dag gevonden:",
        "1. Ontvangen op 4 november.",
        "2. Zes weken.",
        "Grondslag: artikel 34 lid 2 van de WMS",
        "Let op: Kijk dit na.",
    ]


def test_a_term_of_the_board_names_the_board_and_no_meeting_of_the_council() -> None:
    term = replace(TERM, term="WMS-34-1", name="opschorting van de uitvoering", actor=Actor.BEVOEGD_GEZAG)
    told = str(only_event(term=term)["DESCRIPTION"]).split("\n")
    assert told[0] == "Aan zet: bestuur"
    assert not [line for line in told if line.startswith("Vergadering")]
    assert only_event(term=term)["SUMMARY"] == (
        "Uiterste dag: opschorting van de uitvoering Vakantierooster (2026-0017)"
    )


def test_it_warns_a_week_and_a_day_before() -> None:
    alarms = only_event().walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [timedelta(days=-7), timedelta(days=-1)]
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}


def test_an_event_keeps_its_identity_when_its_day_changes() -> None:
    moved = only_event(replace(PROCEDURE, title="Anders"), replace(TERM, strict=date(2027, 1, 6)))
    assert moved["UID"] == only_event()["UID"]


@pytest.mark.parametrize(
    "other",
    [
        deadlines_calendar(((replace(PROCEDURE, dossier="2026-0018"), TERM),), "MR De Brink"),
        deadlines_calendar(((PROCEDURE, replace(TERM, term="WMS-34-2")),), "MR De Brink"),
        deadlines_calendar(((PROCEDURE, TERM),), "MR De Linde"),
    ],
)
def test_another_dossier_term_or_council_is_another_event(other: bytes) -> None:
    assert events(other)[0]["UID"] != only_event()["UID"]


def test_a_term_without_a_day_has_no_event() -> None:
    content = deadlines_calendar(((PROCEDURE, replace(TERM, strict=None)),), "MR De Brink")
    assert events(content) == []
    assert Calendar.from_ical(content)["X-WR-CALNAME"] == "Termijnen MR De Brink"


def test_the_same_deadlines_give_the_same_bytes_in_any_order() -> None:
    pairs = tuple((replace(PROCEDURE, dossier=f"2026-000{number}"), TERM) for number in (3, 1, 2))
    assert deadlines_calendar(pairs, "MR") == deadlines_calendar(pairs[::-1], "MR")


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\u0085", "\x0b", "\\n"])
def test_outside_text_cannot_add_an_event(break_: str) -> None:
    attack = f"X{break_}END:VEVENT{break_}BEGIN:VEVENT{break_}SUMMARY:nep, echt; waar"
    procedure = replace(
        PROCEDURE, title=attack, dossier=f"2026{break_}ATTACH:x", right_holder=attack, to_do=(attack,)
    )
    term = replace(TERM, term=f"t{break_}ATTACH:x", steps=(Step(day=TERM.trigger, text=attack),))
    content = deadlines_calendar(((procedure, term),), f"MR{break_}ATTACH:x")
    (event,) = events(content)
    assert "nep, echt; waar" in event["SUMMARY"]
    assert len(str(event["SUMMARY"]).splitlines()) == 1
    assert "ATTACH" not in event
    assert not any(line.startswith((b"ATTACH", b"SUMMARY:nep")) for line in content.splitlines())
    assert "ATTACH" not in Calendar.from_ical(content)


def test_lines_end_in_crlf_and_are_folded_at_75_octets() -> None:
    content = deadlines_calendar(((replace(PROCEDURE, title="Één heel lange titel " * 20), TERM),), "MR")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert lines[-1] == b""
