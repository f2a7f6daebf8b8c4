"""The overview of terms: soonest first, in words, with what is left to do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from procedures.telling import fresh, outcome, received, rules_for, term_of, told

from pipeline.contexts import Urgency
from pipeline.procedures.overview import (
    actor_words,
    is_confirmed,
    meeting_of,
    overview,
    running,
    state_words,
    step_lines,
    subject_of,
)
from pipeline.values import Procedure, ProcedureState

TODAY = date(2026, 11, 21)


def asked(today: date = TODAY) -> Procedure:
    return told("instemming-wms", today)


def procedure(
    dossier: str, strict: date | None, state: ProcedureState = ProcedureState.ONTVANGEN
) -> Procedure:
    term = replace(asked().deadlines[0], strict=strict, last_day=strict)
    return replace(asked(), dossier=dossier, state=state, deadlines=(term,))


def test_terms_run_soonest_first_and_those_without_a_date_last() -> None:
    late, soon = procedure("2026-0001", date(2027, 1, 8)), procedure("2026-0009", date(2026, 12, 1))
    unknown, same = procedure("2026-0000", None), procedure("2026-0008", date(2026, 12, 1))
    found = running((late, unknown, soon, same))
    assert [pair[0].dossier for pair in found] == ["2026-0008", "2026-0009", "2026-0001", "2026-0000"]


@pytest.mark.parametrize("state", list(ProcedureState))
def test_a_closed_procedure_runs_no_more(state: ProcedureState) -> None:
    closed = state in (ProcedureState.AFGEROND, ProcedureState.TERUGGEDRAAID)
    assert len(running((procedure("2026-0001", date(2027, 1, 8), state),))) == (0 if closed else 1)


def test_every_term_of_a_procedure_is_a_line() -> None:
    """WMS 34 lid 1 and lid 2 both end on 12 January 2027."""
    both = told("advies-wms", TODAY, besluit_genomen_op="2026-12-01", gevolgd="nee")
    assert [line.recht for line in overview((both,), TODAY)] == [
        "advies",
        "opschorting van de uitvoering",
        "adviesgeschil voorleggen aan de LCG",
    ]


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
    (line,) = overview((asked(),), TODAY)
    assert (line.dossier, line.onderwerp, line.recht, line.houder) == (
        "2026-0017",
        "Vakantierooster",
        "instemming",
        "de raad",
    )
    assert (line.ontvangen, line.uiterste_datum, line.vergadering) == (
        "3 nov. 2026",
        "di 15 dec. 2026",
        "di 8 dec. 2026",
    )
    assert line.stappen
    assert any("volledig" in text for text in line.te_doen)


def test_a_line_shows_both_days_where_an_extension_is_possible() -> None:
    """WMS 34 lid 2 from 2 April 2026: act before Thursday 14 May, lapsed after 18 May."""
    today = date(2026, 4, 3)
    case = told("advies-wms", today, begun="2026-02-02", besluit_genomen_op="2026-04-02", gevolgd="nee")
    lines = {line.recht: line.uiterste_datum for line in overview((case,), today)}
    assert lines["adviesgeschil voorleggen aan de LCG"] == "do 14 mei 2026 (verlengd: 18 mei 2026)"


@pytest.mark.parametrize(
    ("definition", "term", "who"),
    [
        ("instemming-wms", "reglement-termijn_instemming", "de personeelsgeleding"),
        ("initiatief-wms", "WMS-6-2", "bestuur"),
        ("initiatief-wor", "WOR-23-3", "ondernemer"),
        ("overlegverzoek-wor", "WOR-23-1", "raad en ondernemer"),
        ("overlegverzoek-wms", "WMS-6-1", "raad en bestuur"),
    ],
)
def test_who_must_act(definition: str, term: str, who: str) -> None:
    """The right of WMS 12 belongs to the staff; WMS 6 lid 2 binds the board; WOR 23 lid 1 both."""
    known = {"recht": "WMS-12-b"} if definition.startswith("instemming") else {}
    case = told(definition, TODAY, **known)
    assert actor_words(case, term_of(case, term)) == who


@pytest.mark.parametrize(
    ("definition", "known", "words"),
    [
        ("advies-wms", {}, "ontvangen"),
        ("advies-wms", {"op_agenda": "2026-12-08"}, "op de agenda"),
        ("advies-wms", {"advies_uitgebracht_op": "2026-11-17"}, "antwoord gegeven"),
        ("advies-wms", {"besluit_genomen_op": "2026-11-20"}, "uitvoering mogelijk opgeschort"),
        ("advies-wms", {"besluit_genomen_op": "2026-11-20", "gevolgd": "nee"}, "uitvoering opgeschort"),
        ("advies-wms", {"ingetrokken_op": "2026-11-20"}, "ingetrokken"),
        ("verkiezing", {}, "begonnen"),
        ("lijst-nieuw-lid", {}, "begonnen"),
        ("informatie-wms", {}, "begonnen"),
        ("overlegverzoek-wms", {}, "ontvangen"),
    ],
)
def test_where_it_stands_in_words(definition: str, known: dict[str, str], words: str) -> None:
    """WMS 34 lid 1: whether a decision waits is only sure when it is told that it departs from the advice."""
    assert state_words(told(definition, TODAY, **known)) == words


@pytest.mark.parametrize("state", list(ProcedureState))
def test_every_state_has_words_without_an_underscore(state: ProcedureState) -> None:
    assert "_" not in state_words(replace(asked(), state=state))


def test_the_own_term_is_named_by_the_right_and_any_other_by_itself() -> None:
    advice = told("advies-wms", TODAY, besluit_genomen_op="2026-12-01", gevolgd="nee")
    assert subject_of(advice, term_of(advice, "reglement-termijn_advies")) == "advies"
    assert subject_of(advice, term_of(advice, "WMS-34-2")) == "adviesgeschil voorleggen aan de LCG"
    assert subject_of(asked(), asked().deadlines[0]) == "instemming"


def test_each_term_has_its_own_last_meeting() -> None:
    """The advice is on 8 December; the dispute, until 12 January 2027, can be on 12 January."""
    case = told("advies-wms", TODAY, besluit_genomen_op="2026-12-01", gevolgd="nee", op_agenda="2026-12-08")
    assert meeting_of(case, term_of(case, "reglement-termijn_advies")) == date(2026, 12, 8)
    assert meeting_of(case, term_of(case, "WMS-34-2")) == date(2027, 1, 12)
    assert meeting_of(case, term_of(case, "WMS-34-1")) is None


def test_a_line_keeps_what_is_to_be_done_apart_from_the_warnings_about_the_term() -> None:
    """What the secretary must do is told once, and not as a doubt about the date."""
    case = outcome(fresh("instemming-wms", received(date(2026, 11, 3), confirmed=False)), TODAY)
    (line,) = overview((case,), TODAY)
    assert line.te_doen == case.to_do
    assert line.waarschuwingen == tuple(warning.text for warning in case.deadlines[0].warnings)


@pytest.mark.parametrize("meetings", [True, False])
def test_a_line_without_a_date_says_so(meetings: bool) -> None:  # noqa: FBT001
    rules = replace(rules_for("advies-wms"), terms=())
    case = told("advies-wms", TODAY, rules if meetings else replace(rules, meetings=()))
    (line,) = overview((case,), TODAY)
    assert (line.recht, line.uiterste_datum, line.nog) == ("advies", "te bepalen", "")
    assert line.vergadering == ("di 17 nov. 2026" if meetings else "")
    assert line.urgentie is Urgency.ONBEKEND
    assert any("reglement.toml" in text for text in line.waarschuwingen)


def test_a_term_beyond_the_calendar_is_to_be_determined_and_not_as_soon_as_possible() -> None:
    rules = rules_for("advies-wms")
    short = replace(rules, calendar=replace(rules.calendar, last_year=2026))
    (line,) = overview((told("advies-wms", TODAY, short, begun="2026-12-01"),), TODAY)
    assert line.uiterste_datum == "te bepalen"


def test_a_prompt_is_as_soon_as_possible() -> None:
    """WOR 23 lid 3 gives no number."""
    (line,) = overview((told("initiatief-wor", TODAY),), TODAY)
    assert (line.uiterste_datum, line.nog, line.urgentie) == ("zo spoedig mogelijk", "", Urgency.ONBEKEND)


def test_a_line_marks_a_receipt_that_is_still_to_be_confirmed() -> None:
    unsure = outcome(fresh("instemming-wms", received(date(2026, 11, 3), confirmed=False)), TODAY)
    assert overview((unsure,), TODAY)[0].ontvangen == "3 nov. 2026 (te\N{NO-BREAK SPACE}bevestigen)"
    assert not is_confirmed(unsure)
    assert is_confirmed(outcome(unsure, TODAY, {"ontvangen_op": "2026-11-03"}))


def test_steps_are_numbered() -> None:
    steps = step_lines(asked().deadlines[0])
    assert [text[:3] for text in steps] == [f"{number}. " for number in range(1, len(steps) + 1)]
    assert steps[0].endswith(asked().deadlines[0].steps[0].text)
