"""What a request starts: which term runs, at which meeting it must be, and what is left for a person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contexts import Urgency
from pipeline.procedures.plan import Rules, overview, received_on, running, start_procedure
from pipeline.settings.law import load_law
from pipeline.values import (
    Actor,
    BylawTerm,
    DateCandidate,
    Facts,
    Filed,
    Judgement,
    Kind,
    MeetingDate,
    Origin,
    Procedure,
    ProcedureState,
    Received,
    ReceivedBasis,
    Right,
    StartsProcedure,
)

LAW = load_law(Path(__file__).parents[2] / "config")
SIX_WEEKS = BylawTerm(
    kind=Kind.INSTEMMINGSVERZOEK, length=6, unit="week", article="21", without_school_holidays=False
)
MEETINGS = tuple(
    MeetingDate(day=day, kind="Overleg")
    for day in (date(2026, 11, 3), date(2026, 11, 17), date(2026, 12, 8), date(2027, 1, 12), None)
)
RULES = Rules(terms=(SIX_WEEKS,), calendar=LAW.calendar, holidays=None, meetings=MEETINGS)


def received(*days: date, confirmed: bool = True) -> Received:
    return Received(
        at=datetime(days[0].year, days[0].month, days[0].day, 9, tzinfo=UTC),
        basis=ReceivedBasis.RECEIVED_HEADER,
        confirmed=confirmed,
        candidates=tuple(DateCandidate(day=day, source=f"bron {n}") for n, day in enumerate(days)),
    )


def request(
    on: Received | None = None, kind: Kind = Kind.INSTEMMINGSVERZOEK, rights: tuple[Right, ...] = ()
) -> Filed:
    guess = Judgement(
        kind=kind, confidence=1, evidence=(), likeliest=(), starts_procedure=StartsProcedure.JA, rights=rights
    )
    return Filed(
        origin=Origin(arrival="a", part="1", name="x.pdf"), kenmerk="2026-0017-01", dossier="2026-0017",
        path="x.pdf", kind=kind, title="Vakantierooster", sha256="s",
        received=on or received(date(2026, 11, 3)), facts=Facts(), judgement=guess,
    )  # fmt: skip


# --- the term of the council -------------------------------------------------------------


def test_six_weeks_after_receipt_by_the_councils_own_reglement() -> None:
    """Tuesday 3 November 2026 plus 42 days is Tuesday 15 December 2026."""
    started = start_procedure(request(), RULES)
    (term,) = started.deadlines
    assert (term.trigger, term.strict, term.last_day) == (
        date(2026, 11, 3),
        date(2026, 12, 15),
        date(2026, 12, 15),
    )
    assert term.basis is not None
    assert (term.basis.law, term.basis.article, term.actor) == ("reglement", "21", Actor.RAAD)
    assert (started.dossier, started.title, started.state) == (
        "2026-0017",
        "Vakantierooster",
        ProcedureState.ONTVANGEN,
    )


def test_until_confirmed_the_term_counts_from_the_earliest_day() -> None:
    """The council must act; so the day that gives it least time counts (DESIGN, section 2)."""
    unsure = received(date(2026, 11, 6), date(2026, 11, 3), date(2026, 11, 5), confirmed=False)
    started = start_procedure(request(unsure), RULES)
    assert started.deadlines[0].trigger == date(2026, 11, 3)
    assert started.deadlines[0].strict == date(2026, 12, 15)


@given(st.lists(st.dates(date(2026, 1, 1), date(2027, 6, 30)), min_size=1, max_size=5))
def test_no_candidate_gives_an_earlier_end_than_the_one_that_counts(days: list[date]) -> None:
    counted = start_procedure(request(received(*days, confirmed=False)), RULES).deadlines[0].strict
    alone = [start_procedure(request(received(day)), RULES).deadlines[0].strict for day in days]
    assert counted == min(day for day in alone if day)


def test_school_holidays_lengthen_only_when_the_reglement_says_so() -> None:
    """Christmas holiday 2026-2027: 19 December to 3 January, 16 days that do not count."""
    days = LAW.school_holidays["noord"]
    late = request(received(date(2026, 12, 1)))
    without = replace(RULES, holidays=days)
    counted = replace(without, terms=(replace(SIX_WEEKS, without_school_holidays=True),))
    assert start_procedure(late, without).deadlines[0].strict == date(2027, 1, 12)
    assert start_procedure(late, counted).deadlines[0].strict == date(2027, 1, 28)


def test_no_number_in_the_reglement_gives_no_date_but_a_warning_and_a_to_do() -> None:
    """The law sets no term for the council's answer to an ordinary request; nothing is invented."""
    started = start_procedure(request(kind=Kind.ADVIESAANVRAAG), RULES)
    (term,) = started.deadlines
    assert (term.strict, term.last_day, term.advised, term.basis, term.steps) == (None, None, None, None, ())
    assert [warning.code for warning in term.warnings] == ["geen-getal"]
    assert "reglement.toml" in term.warnings[0].text
    assert any("Stel de termijn vast" in task for task in started.to_do)
    assert started.state is ProcedureState.ONTVANGEN


def test_a_term_beyond_the_calendar_gives_no_date_but_a_warning() -> None:
    short = replace(RULES, calendar=replace(LAW.calendar, last_year=2026))
    started = start_procedure(request(received(date(2026, 12, 1))), short)
    assert started.deadlines[0].strict is None
    assert [warning.code for warning in started.deadlines[0].warnings] == ["buiten-kalender"]
    assert any("Stel de termijn vast" in task for task in started.to_do)


# --- the meeting -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "meeting"),
    [
        (date(2026, 11, 3), date(2026, 12, 8)),
        (date(2026, 10, 27), date(2026, 12, 8)),
        (date(2026, 10, 26), date(2026, 11, 17)),
        (date(2026, 12, 1), date(2027, 1, 12)),
        (date(2027, 1, 12), None),
        (date(2026, 9, 1), None),
    ],
)
def test_the_meeting_is_the_last_one_at_which_the_council_is_still_in_time(
    day: date, meeting: date | None
) -> None:
    """Six weeks after 27 October is 8 December: that meeting is still in time; after 26 October no more."""
    assert start_procedure(request(received(day)), RULES).meeting_day == meeting


def test_without_a_date_the_next_meeting_is_chosen() -> None:
    assert start_procedure(request(kind=Kind.ADVIESAANVRAAG), RULES).meeting_day == date(2026, 11, 17)


def test_without_meetings_there_is_none() -> None:
    bare = replace(RULES, meetings=())
    assert start_procedure(request(), bare).meeting_day is None
    assert start_procedure(request(kind=Kind.ADVIESAANVRAAG), bare).meeting_day is None


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_a_chosen_meeting_lies_after_receipt_and_not_after_the_term(day: date) -> None:
    started = start_procedure(request(received(day)), RULES)
    strict = started.deadlines[0].strict
    assert strict is not None
    in_time = [row.day for row in MEETINGS if row.day and day < row.day <= strict]
    assert started.meeting_day == (max(in_time) if in_time else None)


# --- what a person must do ---------------------------------------------------------------


def test_an_unconfirmed_receipt_is_asked_with_every_day_that_may_be_meant() -> None:
    unsure = received(date(2026, 11, 6), date(2026, 11, 3), confirmed=False)
    task = start_procedure(request(unsure), RULES).to_do[0]
    assert task.startswith("Bevestig de dag van ontvangst")
    assert "6 november 2026 (bron 0), 3 november 2026 (bron 1)" in task


def test_a_confirmed_receipt_leaves_acknowledging_and_checking() -> None:
    tasks = start_procedure(request(), RULES).to_do
    assert len(tasks) == 2
    assert "Bevestig de ontvangst" in tasks[0]
    assert "volledig" in tasks[1]


def test_without_a_meeting_in_time_one_must_be_planned() -> None:
    def asked(day: date) -> bool:
        tasks = start_procedure(request(received(day)), RULES).to_do
        return any("Plan een vergadering" in task for task in tasks)

    assert asked(date(2027, 1, 12))
    assert not asked(date(2026, 11, 3))


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ((), "hele raad"),
        (("personeel",), "personeel"),
        (("personeel", "personeel"), "personeel"),
        (("personeel", "ouders"), "hele raad"),
    ],
)
def test_the_right_is_held_by_the_one_geleding_that_was_found(
    holders: tuple[str, ...], expected: str
) -> None:
    rights = tuple(Right(id=f"r{n}", right="instemming", geleding=one) for n, one in enumerate(holders))
    assert start_procedure(request(rights=rights), RULES).right_holder == expected


# --- the overview ----------------------------------------------------------------------


def procedure(
    dossier: str, strict: date | None, state: ProcedureState = ProcedureState.ONTVANGEN
) -> Procedure:
    started = start_procedure(request(), RULES)
    term = replace(started.deadlines[0], strict=strict)
    return replace(started, dossier=dossier, state=state, deadlines=(term,))


def test_terms_run_soonest_first_and_those_without_a_date_last() -> None:
    late, soon = procedure("2026-0001", date(2027, 1, 8)), procedure("2026-0009", date(2026, 12, 1))
    unknown, same = procedure("2026-0000", None), procedure("2026-0008", date(2026, 12, 1))
    found = running((late, unknown, soon, same))
    assert [pair[0].dossier for pair in found] == ["2026-0008", "2026-0009", "2026-0001", "2026-0000"]


@pytest.mark.parametrize(
    ("state", "runs"),
    [
        (ProcedureState.ONTVANGEN, 1),
        (ProcedureState.OP_AGENDA, 1),
        (ProcedureState.AFGEROND, 0),
        (ProcedureState.TERUGGEDRAAID, 0),
    ],
)
def test_a_closed_procedure_runs_no_more(state: ProcedureState, runs: int) -> None:
    assert len(running((procedure("2026-0001", date(2027, 1, 8), state),))) == runs


def test_every_term_of_a_procedure_is_a_line() -> None:
    both = procedure("2026-0001", date(2027, 1, 8))
    other = replace(both.deadlines[0], strict=date(2026, 12, 1), term="WMS-34-2")
    both = replace(both, deadlines=(*both.deadlines, other))
    assert [pair[1].strict for pair in running((both,))] == [date(2026, 12, 1), date(2027, 1, 8)]


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "left", "urgency"),
    [
        (-1, "verlopen", Urgency.VERLOPEN),
        (0, "vandaag", Urgency.DEZE_WEEK),
        (1, "nog 1 dag", Urgency.DEZE_WEEK),
        (7, "nog 7 dagen", Urgency.DEZE_WEEK),
        (8, "nog 8 dagen", Urgency.BINNENKORT),
        (21, "nog 21 dagen", Urgency.BINNENKORT),
        (22, "nog 22 dagen", Urgency.RUIM),
    ],
)
def test_how_long_is_left(days: int, left: str, urgency: Urgency) -> None:
    """On the last day itself the council is still in time."""
    (line,) = overview((procedure("2026-0001", TODAY + timedelta(days=days)),), TODAY)
    assert (line.nog, line.urgentie) == (left, urgency)


def test_a_line_says_what_runs_for_whom_and_until_when() -> None:
    (line,) = overview((start_procedure(request(), RULES),), TODAY)
    assert (line.dossier, line.onderwerp, line.recht, line.houder) == (
        "2026-0017",
        "Vakantierooster",
        "instemming",
        "hele raad",
    )
    assert (line.ontvangen, line.uiterste_datum, line.vergadering) == (
        "3 nov. 2026",
        "di 15 dec. 2026",
        "di 8 dec. 2026",
    )
    assert line.stappen
    assert any("volledig" in text for text in line.te_doen)


def test_a_line_keeps_what_is_to_be_done_apart_from_the_warnings_about_the_term() -> None:
    """What the secretary must do is told once, and not as a doubt about the date."""
    started = start_procedure(request(received(date(2026, 11, 3), confirmed=False)), RULES)
    (line,) = overview((started,), TODAY)
    assert line.te_doen == started.to_do
    assert line.waarschuwingen == tuple(warning.text for warning in started.deadlines[0].warnings)


def test_a_line_without_a_date_says_so() -> None:
    started = start_procedure(request(kind=Kind.ADVIESAANVRAAG), replace(RULES, meetings=()))
    (line,) = overview((started,), TODAY)
    assert (line.recht, line.uiterste_datum, line.nog, line.vergadering) == ("advies", "te bepalen", "", "")
    assert line.urgentie is Urgency.ONBEKEND
    assert any("reglement.toml" in text for text in line.waarschuwingen)


def test_a_line_marks_a_receipt_that_is_still_to_be_confirmed() -> None:
    unsure = start_procedure(request(received(date(2026, 11, 3), confirmed=False)), RULES)
    assert overview((unsure,), TODAY)[0].ontvangen == "3 nov. 2026 (te bevestigen)"


def test_a_paper_was_received_on_its_legal_day() -> None:
    """23:30 UTC in November is half past midnight in Amsterdam."""
    late = replace(received(date(2026, 11, 3)), at=datetime(2026, 11, 3, 23, 30, tzinfo=UTC))
    assert received_on(request(late)) == date(2026, 11, 4)
