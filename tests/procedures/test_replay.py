"""What follows from what was told: terms that run, are met or end, by the shipped definitions.

Every date is worked out by hand: six weeks are 42 days, a month ends on the same day number.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procedures.telling import (
    ADVICE,
    BEGUN,
    DEFINITIONS,
    LAW,
    NOORD,
    OWN,
    finished,
    fresh,
    outcome,
    received,
    rules_for,
    running,
    tell,
    term_of,
    told,
)

from pipeline.dates import HolidayPeriod
from pipeline.procedures.catalogue import Status
from pipeline.procedures.definition import Definition
from pipeline.procedures.overview import is_sure, overview
from pipeline.procedures.replay import recount
from pipeline.values import Actor, AnswerKind, Procedure, ProcedureState, Right

OWN_ADVICE, OWN_CONSENT = "reglement-termijn_advies", "reglement-termijn_instemming"
TODAY = date(2026, 12, 10)


# --- what starts, runs, is met and ends ------------------------------------------------


@pytest.mark.parametrize(
    ("definition", "terms"),
    [
        ("advies-wms", {OWN_ADVICE: "2026-12-15"}),
        ("advies-wor", {OWN_ADVICE: "2026-12-15", "WOR-25-4": ""}),
        ("advies-wmcz", {OWN_ADVICE: "2026-12-15"}),
        ("instemming-wms", {OWN_CONSENT: "2026-12-15"}),
        ("instemming-wor", {OWN_CONSENT: "2026-12-15", "WOR-27-2": ""}),
        ("instemming-wmcz", {OWN_CONSENT: "2026-12-15"}),
        ("initiatief-wms", {"WMS-6-2": "2027-02-03"}),
        ("initiatief-wor", {"WOR-23-3": ""}),
        ("nietigheid-wms", {"WMS-32-3-nietigheid": "2026-12-15"}),
        ("nietigheid-wor", {"WOR-27-5": "2026-12-03"}),
        ("overlegverzoek-wms", {"reglement-termijn_overleg": "2026-11-17", "WMS-6-1": ""}),
        ("overlegverzoek-wor", {"WOR-23-1": "2026-11-17"}),
        ("reglement-wms", {OWN_CONSENT: "2026-12-15"}),
        ("verkiezing", {}),
        ("lijst-nieuw-lid", {}),
        ("lijst-schooljaar", {}),
    ],
)
def test_what_runs_from_receipt(definition: str, terms: dict[str, str]) -> None:
    """3 November 2026 plus 42 days is 15 December; a month ends on 3 December, three on 3 February.

    WMS 6 lid 2 (three months), WMS 32 lid 3 (six weeks), WOR 27 lid 5 (one month), WOR 23 lid 1 (two
    weeks); WMS 6 lid 1, WOR 23 lid 3, 25 lid 4 and 27 lid 2 give no number. Advice and consent: reglement.
    """
    assert running(told(definition, BEGUN)) == terms


def test_what_the_board_owes_a_school_council_every_year() -> None:
    """WMS 8 lid 2: b before 1 May, c before 1 July, i at the latest 1 October; a, f and g once a year.

    The day of h is an assumption: it never runs, and is only told as to be checked.
    """
    year = told("informatie-wms", date(2026, 8, 1), begun="2026-08-01")
    assert running(year) == {
        "WMS-8-2-i": "2026-10-01",
        "WMS-8-2-b": "2027-04-30",
        "WMS-8-2-c": "2027-06-30",
        "WMS-8-2-a": "2027-08-01",
        "WMS-8-2-f": "2027-08-01",
        "WMS-8-2-g": "2027-08-01",
        "WMS-8-2-d": "",
    }
    assert any("Nog te controleren" in text and "8 lid 2 onder h" in text for text in year.to_do)


def test_hours_of_teaching_are_owed_to_secondary_schools_only() -> None:
    """WMS 8 lid 2 onder i."""
    primary = replace(rules_for("informatie-wms"), regime="wms-po")
    assert "WMS-8-2-i" not in running(told("informatie-wms", BEGUN, primary))
    special = replace(primary, regime="wms-so")
    assert running(told("informatie-wms", BEGUN, special))["WMS-8-2-i"] == "2027-10-01"


def test_what_the_employer_owes_a_works_council_every_year() -> None:
    """WOR 24 lid 1, 31a lid 1: twice a year; 31b, 31d, 23 lid 2: once; 31, 31a lid 2 and 7: no number."""
    assert running(told("informatie-wor", date(2027, 1, 1), begun="2027-01-01")) == {
        "WOR-24-1": "2027-07-01",
        "WOR-31a-1": "2027-07-01",
        "WOR-23-2-beloning": "2028-01-01",
        "WOR-31b": "2028-01-01",
        "WOR-31d": "2028-01-01",
        "WOR-31-2": "",
        "WOR-31a-2": "",
        "WOR-31a-7": "",
    }


def test_the_second_talk_about_the_state_of_affairs_counts_from_the_first() -> None:
    """WOR 24 lid 1: at least twice a year; six months after 15 March is 15 September."""
    talked = told("informatie-wor", date(2027, 3, 16), begun="2027-01-01", gang_van_zaken_1_op="2027-03-15")
    assert running(talked)["WOR-24-1"] == "2027-09-15"
    assert finished(talked)["WOR-24-1"] == "gedaan op 15 maart 2027"


def test_a_talk_that_is_planned_has_not_been_held() -> None:
    """WOR 24 lid 1 and 25 lid 4: the card takes a day to come; until that day nothing has been met."""
    planned = {"begun": "2027-01-01", "gang_van_zaken_1_op": "2027-06-15"}
    assert "WOR-24-1" not in finished(told("informatie-wor", date(2027, 6, 14), **planned))
    assert finished(told("informatie-wor", date(2027, 6, 15), **planned))["WOR-24-1"]
    asked = {"overleg_op": "2026-12-01"}
    assert "WOR-25-4" in running(told("advies-wor", date(2026, 11, 30), **asked))
    assert finished(told("advies-wor", date(2026, 12, 1), **asked)) == {
        "WOR-25-4": "gedaan op 1 december 2026"
    }


DECIDED = {
    "advies_uitgebracht_op": "2026-11-17",
    "besluit_genomen_op": "2026-12-01",
    "besluit_meegedeeld_op": "2026-12-03",
}


@pytest.mark.parametrize("followed", ["deels", "nee"])
def test_a_decision_that_departs_from_an_advice_suspends_and_opens_a_dispute(followed: str) -> None:
    """WMS 34 lid 1 and 2: six weeks; 1 December 2026 plus 42 days is 12 January 2027."""
    departed = told("advies-wms", TODAY, **DECIDED, gevolgd=followed)
    assert running(departed) == {"WMS-34-1": "2027-01-12", "WMS-34-2": "2027-01-12"}
    assert finished(departed) == {
        OWN_ADVICE: "gedaan op 17 november 2026",
        "WMS-17": "gedaan op 3 december 2026",
    }
    assert departed.state is ProcedureState.OPGESCHORT
    assert (term_of(departed, "WMS-34-1").actor, term_of(departed, "WMS-34-2").actor) == (
        Actor.BEVOEGD_GEZAG,
        Actor.RAAD,
    )


@pytest.mark.parametrize("definition", ["advies-wms", "advies-wor"])
def test_a_decision_that_follows_the_advice_starts_nothing(definition: str) -> None:
    """WMS 34 lid 1, WOR 25 lid 6: only when the advice was not, or not wholly, followed."""
    followed = told(definition, TODAY, **DECIDED, gevolgd="ja")
    assert {name for name in running(followed) if name != "WOR-25-4"} == set()
    assert followed.state is ProcedureState.BESLOTEN
    assert "Sluit de zaak af; er loopt niets meer." in followed.to_do


def test_when_it_is_not_known_whether_the_advice_was_followed_the_terms_run_with_a_caution() -> None:
    """Missing WMS 34 lid 2 could not be repaired; so it counts until somebody says it does not."""
    unsure = told("advies-wms", TODAY, **DECIDED)
    assert running(unsure) == {"WMS-34-1": "2027-01-12", "WMS-34-2": "2027-01-12"}
    for term in unsure.deadlines:
        assert term.warnings[0].code == "voorlopig"
        assert "nog niet of het besluit het advies volgt" in term.warnings[0].text
    assert "Vul op de zaakkaart in of het besluit het advies volgt." in unsure.to_do
    sure = told("advies-wms", TODAY, **DECIDED, gevolgd="nee")
    assert all(warning.code != "voorlopig" for term in sure.deadlines for warning in term.warnings)


def test_without_the_day_of_the_decision_the_six_weeks_count_from_being_told_with_a_caution() -> None:
    """WMS 34 lid 2 counts from the decision: it may have begun before 3 December."""
    late = told("advies-wms", TODAY, besluit_meegedeeld_op="2026-12-03", gevolgd="nee")
    dispute = term_of(late, "WMS-34-2")
    assert str(dispute.strict) == "2027-01-14"
    assert "kan dus eerder aflopen" in dispute.warnings[0].text
    assert "Vul op de zaakkaart in op welke dag het besluit is genomen." in late.to_do


def test_the_suspension_shows_its_second_reading() -> None:
    """WMS 34 lid 1 does not say from which day: from being told, 3 December, it is 14 January 2027."""
    term = term_of(told("advies-wms", TODAY, **DECIDED, gevolgd="nee"), "WMS-34-1")
    (second,) = (warning.text for warning in term.warnings if warning.code == "tweede-telling")
    assert "Vanaf 3 december 2026 gerekend eindigt het op donderdag 14 januari 2027." in second


def test_no_objection_ends_the_suspension_but_not_the_dispute() -> None:
    """WMS 34 lid 1: unless the council has no objection; lid 2 runs on."""
    agreed = told("advies-wms", TODAY, **DECIDED, gevolgd="nee", geen_bezwaar_op="2026-12-08")
    assert running(agreed) == {"WMS-34-2": "2027-01-12"}
    assert finished(agreed)["WMS-34-1"].startswith("de raad had geen bezwaar")
    assert agreed.state is ProcedureState.BESLOTEN


def test_the_suspension_is_over_when_its_extended_end_has_passed() -> None:
    """WMS 34 lid 1: 12 January 2027 is the last day of six weeks."""
    decided = {**DECIDED, "gevolgd": "nee"}
    assert told("advies-wms", date(2027, 1, 12), **decided).state is ProcedureState.OPGESCHORT
    assert told("advies-wms", date(2027, 1, 13), **decided).state is ProcedureState.BESLOTEN


@pytest.mark.parametrize(
    ("day", "how"),
    [
        ("2026-05-14", "gedaan op 14 mei 2026"),
        ("2026-05-15", "gedaan op 15 mei 2026, binnen de verlenging maar na de strikte dag"),
        ("2026-05-18", "gedaan op 18 mei 2026, binnen de verlenging maar na de strikte dag"),
        ("2026-05-19", "te laat: gedaan op 19 mei 2026, na de uiterste dag 18 mei 2026"),
    ],
)
def test_in_time_within_the_extension_or_too_late(day: str, how: str) -> None:
    """WMS 34 lid 2 from 2 April 2026: strictly 14 May, Ascension Day; extended over the 15th to the 18th."""
    disputed = told(
        "advies-wms",
        date(2026, 6, 1),
        begun="2026-02-02",
        besluit_genomen_op="2026-04-02",
        gevolgd="nee",
        geschil_ingediend_op=day,
    )
    assert finished(disputed)["WMS-34-2"] == how


def test_a_withdrawn_proposal_ends_what_runs() -> None:
    gone = told("advies-wms", TODAY, ingetrokken_op="2026-11-20")
    assert running(gone) == {}
    assert finished(gone) == {OWN_ADVICE: "het voorstel is ingetrokken"}
    assert gone.state is ProcedureState.INGETROKKEN


def test_an_event_from_before_its_beginning_does_not_end_a_term() -> None:
    """An old letter of no objection says nothing about a later decision."""
    early = told("advies-wms", TODAY, **DECIDED, gevolgd="nee", geen_bezwaar_op="2026-11-30")
    assert "WMS-34-1" in running(early)


def test_the_first_event_after_its_beginning_meets_a_term() -> None:
    """WOR 27 lid 4: a dispute of before the refusal does not hide the withdrawal after it."""
    known = {"besluit_raad_op": "2026-11-17", "instemming": "onthouden", "geschil_ingediend_op": "2026-11-10"}
    gone = told("instemming-wor", TODAY, **known, ingetrokken_op="2026-11-24")
    assert finished(gone)["WOR-27-4"] == "gedaan op 24 november 2026"


def test_closing_stops_everything_and_reopening_starts_it_again() -> None:
    closed = told("advies-wms", TODAY, **DECIDED, gevolgd="nee", afgesloten_op="2026-12-10")
    assert (closed.state, closed.deadlines, closed.guards, closed.to_do) == (
        ProcedureState.AFGEROND,
        (),
        (),
        (),
    )
    opened = outcome(closed, TODAY, {"afgesloten_op": ""})
    assert running(opened) == {"WMS-34-1": "2027-01-12", "WMS-34-2": "2027-01-12"}


def test_a_procedure_that_was_taken_back_runs_and_asks_nothing() -> None:
    undone = replace(fresh("instemming-wms"), state=ProcedureState.TERUGGEDRAAID)
    after = outcome(undone, date(2027, 6, 1), {"ontvangen_op": "2026-11-03"})
    assert (after.state, after.deadlines, after.guards, after.to_do) == (
        ProcedureState.TERUGGEDRAAID,
        (),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("field", "answer", "state"),
    [
        ("ontbreekt", "de gevolgen", ProcedureState.ONVOLLEDIG),
        ("volledig_op", "2026-11-05", ProcedureState.VOLLEDIG),
        ("op_agenda", "2026-12-08", ProcedureState.OP_AGENDA),
        ("advies_uitgebracht_op", "2026-11-17", ProcedureState.BEANTWOORD),
        ("voornemen_afwijken_op", "2026-11-24", ProcedureState.NADER_OVERLEG),
        ("besluit_genomen_op", "2026-12-01", ProcedureState.OPGESCHORT),
        ("ingetrokken_op", "2026-12-01", ProcedureState.INGETROKKEN),
        ("afgesloten_op", "2026-12-01", ProcedureState.AFGEROND),
        ("opmerking", "gebeld", ProcedureState.ONTVANGEN),
    ],
)
def test_where_it_stands(field: str, answer: str, state: ProcedureState) -> None:
    assert told("advies-wms", TODAY, **{field: answer}).state is state


# --- a decision without a request ------------------------------------------------------


def test_an_unexplained_decision_provisionally_opens_a_dispute() -> None:
    """WMS 34: received on 24 June 2026, ends on 5 August, summer holidays notwithstanding."""
    unsure = told("besluit-wms", date(2026, 6, 25), begun="2026-06-24")
    assert running(unsure) == {"WMS-34-1": "2026-08-05", "WMS-34-2": "2026-08-05"}
    codes = [warning.code for warning in term_of(unsure, "WMS-34-2").warnings[:2]]
    assert codes == ["voorlopig", "voorlopig"]
    assert any("wat voor besluit dit is" in text for text in unsure.to_do)
    for term in unsure.deadlines:
        assert term.steps[0].text.startswith("24 juni 2026 (te bevestigen): het besluit")
        assert not is_sure(unsure, term)
    lines = overview((unsure,), date(2026, 6, 25))
    assert {line.ontvangen for line in lines} == {"24 juni 2026 (te\N{NO-BREAK SPACE}bevestigen)"}


def test_a_decision_that_was_explained_is_no_longer_to_be_confirmed() -> None:
    day, answers = date(2026, 6, 25), {"aard_besluit": "na_advies", "gevolgd": "nee"}
    sure = told("besluit-wms", day, begun="2026-06-24", besluit_genomen_op="2026-06-24", **answers)
    assert "te bevestigen" not in "".join(term.steps[0].text for term in sure.deadlines)
    assert all(is_sure(sure, term) for term in sure.deadlines)


def test_a_change_of_the_law_that_was_not_read_is_told_in_whole_sentences() -> None:
    term = term_of(told("besluit-wms", date(2026, 6, 25), begun="2026-06-24"), "WMS-34-2")
    (text,) = (one.text for one in term.warnings if one.code == "wijziging_niet_gelezen")
    assert text == (
        "Dit artikel is veranderd op 1 januari 2017 en de nieuwe tekst is nog niet nagelezen. "
        "Volgens een samenvatting geldt sindsdien: de raad kan ook naar de LCG als het bestuur ten onrechte "
        "geen advies vroeg; vanaf welke dag de weken dan tellen, is niet zeker."
    )


@pytest.mark.parametrize(
    ("definition", "nature", "terms"),
    [
        ("besluit-wms", "na_instemming", {}),
        ("besluit-wms", "anders", {}),
        ("besluit-wms", "zonder_instemming", {"WMS-32-3-nietigheid": "2026-08-05"}),
        ("besluit-wms", "zonder_advies", {"WMS-34-2": "2026-08-03"}),
        ("besluit-wor", "na_instemming", {}),
        ("besluit-wor", "anders", {}),
        ("besluit-wor", "zonder_instemming", {"WOR-27-5": "2026-07-24"}),
        ("besluit-wor", "zonder_advies", {"WOR-25-6": "2026-07-24", "WOR-26-2": "2026-07-24"}),
    ],
)
def test_what_a_decision_is_decides_what_runs(definition: str, nature: str, terms: dict[str, str]) -> None:
    """WMS 32 lid 3: six weeks from being told, 24 June; WMS 34 lid 2: from the decision, 22 June.

    WOR 25 lid 6, 26 lid 2 and 27 lid 5: one month from being told.
    """
    known = {"begun": "2026-06-24", "besluit_genomen_op": "2026-06-22", "aard_besluit": nature}
    assert running(told(definition, date(2026, 6, 25), **known)) == terms


def test_execution_that_was_seen_before_the_letter_starts_the_nullity_term() -> None:
    """WMS 32 lid 3: told or seen, the first of both; 20 June plus 42 days is 1 August, a Saturday."""
    seen = told(
        "besluit-wms",
        date(2026, 6, 25),
        begun="2026-06-24",
        uitvoering_gebleken_op="2026-06-20",
        aard_besluit="zonder_instemming",
    )
    term = term_of(seen, "WMS-32-3-nietigheid")
    assert (term.strict, term.last_day) == (date(2026, 8, 1), date(2026, 8, 3))


# --- traps -----------------------------------------------------------------------------


def test_trap_1_the_month_of_a_works_council_counts_from_being_told() -> None:
    """WOR 25 lid 6 and 26 lid 2: told 3 December, so 3 January 2027, a Sunday; never 1 January."""
    departed = told("advies-wor", TODAY, **DECIDED, gevolgd="deels")
    for name in ("WOR-25-6", "WOR-26-2"):
        term = term_of(departed, name)
        assert (term.trigger, term.strict, term.last_day) == (
            date(2026, 12, 3),
            date(2027, 1, 3),
            date(2027, 1, 4),
        )


def test_trap_1_a_decision_of_which_the_works_council_was_not_told_starts_nothing() -> None:
    """WOR 25 lid 6."""
    silent = told("advies-wor", TODAY, besluit_genomen_op="2026-12-01", gevolgd="nee")
    assert not {"WOR-25-6", "WOR-26-2"} & set(running(silent))
    assert any("op welke dag de raad het besluit kreeg" in text for text in silent.to_do)


def test_trap_6_a_month_ends_on_the_last_day_of_a_short_month() -> None:
    """WOR 25 lid 6: told 31 January 2026, strictly Saturday 28 February, extended Monday 2 March."""
    term = term_of(
        told(
            "advies-wor",
            date(2026, 2, 2),
            begun="2026-01-05",
            besluit_meegedeeld_op="2026-01-31",
            gevolgd="nee",
        ),
        "WOR-25-6",
    )
    assert (term.strict, term.last_day) == (date(2026, 2, 28), date(2026, 3, 2))


def test_trap_2_summer_does_not_lengthen_six_weeks_and_the_alarm_names_it() -> None:
    """WMS 34 lid 2, LCG 104437-10.03 and 107894: decided 24 June 2026, lapses on 5 August."""
    decided = told(
        "advies-wms", date(2026, 6, 25), begun="2026-05-04", besluit_genomen_op="2026-06-24", gevolgd="nee"
    )
    term = term_of(decided, "WMS-34-2")
    assert (term.strict, term.last_day) == (date(2026, 8, 5), date(2026, 8, 5))
    (guard,) = (one for one in decided.guards if one.term == "WMS-34-2")
    assert (guard.last_meeting, guard.last_school_day) == (date(2026, 6, 30), date(2026, 7, 3))
    assert "woensdag 5 augustus 2026, valt in de zomervakantie" in guard.alarm
    assert guard.alarm in decided.to_do


def test_trap_3_school_holidays_lengthen_an_own_term_only_when_the_reglement_says_so() -> None:
    """WMS 24 lid 1 onder g; Christmas holiday noord: 19 December to 3 January, 16 days that do not count."""
    plain = rules_for("advies-wms")
    pausing = replace(plain, terms=(replace(ADVICE, without_school_holidays=True),))
    begun = {"begun": "2026-12-01"}
    assert running(told("advies-wms", TODAY, plain, **begun)) == {OWN_ADVICE: "2027-01-12"}
    assert running(told("advies-wms", TODAY, pausing, **begun)) == {OWN_ADVICE: "2027-01-28"}


def test_trap_5_nullity_takes_six_weeks_in_a_school_and_a_month_in_a_company() -> None:
    """WMS 32 lid 3: 3 December plus 42 days, 14 January 2027; WOR 27 lid 5: Sunday 3 January, so the 4th."""
    known = {"besluit_meegedeeld_op": "2026-12-03"}
    school = term_of(told("instemming-wms", TODAY, **known), "WMS-32-3-nietigheid")
    company = term_of(told("instemming-wor", TODAY, **known), "WOR-27-5")
    assert (school.strict, school.last_day) == (date(2027, 1, 14), date(2027, 1, 14))
    assert (company.strict, company.last_day) == (date(2027, 1, 3), date(2027, 1, 4))


def test_trap_5_an_initiative_of_a_works_council_has_no_three_months() -> None:
    """WOR 23 lid 3: as soon as possible; WMS 6 lid 2: three months."""
    assert running(told("initiatief-wor", TODAY)) == {"WOR-23-3": ""}
    assert running(told("initiatief-wms", TODAY)) == {"WMS-6-2": "2027-02-03"}


def test_trap_9_a_letter_that_announces_to_depart_starts_nothing() -> None:
    """WMS 17 onder d: further talks come first."""
    before = told("advies-wms", TODAY, advies_uitgebracht_op="2026-11-17")
    announced = outcome(before, TODAY, {"voornemen_afwijken_op": "2026-11-24"})
    assert (announced.deadlines, announced.guards) == (before.deadlines, before.guards)
    assert announced.state is ProcedureState.NADER_OVERLEG
    assert any("De termijn van een geschil is nog niet begonnen." in text for text in announced.to_do)


@pytest.mark.parametrize("definition", ["initiatief-wms", "initiatief-wor"])
def test_trap_10_unsolicited_advice_never_suspends(definition: str) -> None:
    """WMS 6 lid 2, WOR 23 lid 3; LCG 105863-13.10: no dispute on advice that was not asked for."""
    shipped = DEFINITIONS[definition]
    assert {rule.term for rule in shipped.terms} <= {"WMS-6-2", "WOR-23-3"}
    assert not {"besluit_genomen_op", "gevolgd"} & {event.id for event in shipped.events}


@pytest.mark.parametrize(
    ("right", "holder"),
    [("WMS-10-b", "hele raad"), ("WMS-12-b", "personeel"), ("", "hele raad")],
)
def test_trap_11_who_holds_the_right_follows_from_the_article(right: str, holder: str) -> None:
    """WMS 10 belongs to the whole council, WMS 12 to the staff."""
    known = {"recht": right} if right else {}
    assert told("instemming-wms", TODAY, **known).right_holder == holder


def test_trap_11_what_a_person_says_about_the_holder_counts_above_the_article() -> None:
    assert told("instemming-wms", TODAY, recht="WMS-12-b", houder="ouders").right_holder == "ouders"


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ((), "hele raad"),
        (("personeel",), "personeel"),
        (("personeel", "personeel"), "personeel"),
        (("personeel", "ouders"), "hele raad"),
    ],
)
def test_trap_11_of_the_rights_in_the_paper_the_one_holder_counts(
    holders: tuple[str, ...], expected: str
) -> None:
    rights = tuple(Right(id=f"r{n}", right="instemming", geleding=one) for n, one in enumerate(holders))
    assert outcome(fresh("instemming-wms", rights=rights), TODAY).right_holder == expected


def test_trap_14_the_old_three_months_are_only_ever_to_be_checked() -> None:
    """WMS 32 lid 1 as it was until 2017: unverified, so a to-do with its day; 17 February 2027."""
    refused = told("instemming-wms", date(2027, 6, 1), besluit_raad_op="2026-11-17", instemming="onthouden")
    assert running(refused) == {}
    assert "WMS-32-1-oud" not in finished(refused)
    (task,) = (text for text in refused.to_do if "Nog te controleren" in text)
    assert "artikel 32 lid 1 WMS" in task
    assert "woensdag 17 februari 2027" in task
    assert refused.state is ProcedureState.BEANTWOORD


@pytest.mark.parametrize("definition", sorted(DEFINITIONS))
def test_trap_14_what_was_not_read_never_runs(definition: str) -> None:
    """Every event told at once: no term that is unverified or own knowledge runs or ran."""
    shipped = DEFINITIONS[definition]
    known = {
        event.id: "2026-11-10" if event.answer is AnswerKind.DAG else "x"
        for event in shipped.events
        if event.answer is not AnswerKind.KEUZE and event.id != "afgesloten_op"
    }
    for choice in ("onthouden", "verleend"):
        after = told(definition, TODAY, **known, instemming=choice, begun="2026-11-03") if known else None
        terms = {*running(after), *finished(after)} if after else set()
        read = [LAW.terms[name] for name in terms if name in LAW.terms]
        assert all(term.status is Status.KNOWN and not term.only_warns for term in read)


def test_wor_30_has_no_suspension_and_no_appeal() -> None:
    """WOR 30: article 25 lid 6 and 26 do not hold for the appointment of a director."""
    director = told("advies-wor", TODAY, **DECIDED, gevolgd="nee", recht="WOR-30")
    assert not {"WOR-25-6", "WOR-26-2"} & set(running(director))


def test_wor_30_beside_another_right_keeps_the_suspension() -> None:
    """A request on WOR 25 and 30 at once: missing the month of 26 lid 2 could not be repaired."""
    rights = tuple(Right(id=one, right="advies", geleding="hele raad") for one in ("WOR-30", "WOR-25-a"))
    both = outcome(fresh("advies-wor", rights=rights), TODAY, {**DECIDED, "gevolgd": "nee"})
    assert {"WOR-25-6", "WOR-26-2"} <= set(running(both))


def test_a_corrected_right_counts_above_the_one_in_the_paper() -> None:
    """The paper seemed to rest on WOR 30; a person says it is WOR 25 lid 1 onder a."""
    paper = (Right(id="WOR-30", right="advies", geleding="hele raad"),)
    known = {**DECIDED, "gevolgd": "nee"}
    wrong = outcome(fresh("advies-wor", rights=paper), TODAY, known)
    assert "WOR-26-2" not in running(wrong)
    assert "WOR-26-2" in running(outcome(wrong, TODAY, {"recht": "WOR-25-a"}))


# --- silence ---------------------------------------------------------------------------

REQUESTS = sorted(one for one in DEFINITIONS if one.startswith(("advies", "instemming")))
ANSWERED = {"advies_uitgebracht_op", "besluit_raad_op", "instemming", "strekking"}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 12, 15), ProcedureState.ONTVANGEN),
        (date(2026, 12, 16), ProcedureState.TERMIJN_VERSTREKEN),
        (date(2028, 1, 1), ProcedureState.TERMIJN_VERSTREKEN),
    ],
)
@pytest.mark.parametrize("definition", REQUESTS)
def test_a_term_that_passes_in_silence_lapses_and_stays_open(
    definition: str, day: date, state: ProcedureState
) -> None:
    """The reglement's own six weeks end on 15 December; the matter stays open after it."""
    silent = told(definition, day)
    assert silent.state is state
    assert any(term.actor is Actor.RAAD for term in silent.deadlines)


@pytest.mark.parametrize("definition", [one for one in REQUESTS if one.startswith("instemming")])
def test_silence_is_said_to_be_no_consent(definition: str) -> None:
    """AOb InfoMR 2/2011: a rule that silence is consent has no effect."""
    silent = told(definition, date(2026, 12, 16))
    assert "De termijn is verstreken zonder instemming. Zwijgen is geen instemming." in silent.to_do


@given(st.data())
def test_silence_never_answers(data: st.DataObject) -> None:
    """Whatever else is told, and however long it takes: without an answer nothing is answered."""
    definition = DEFINITIONS[data.draw(st.sampled_from(REQUESTS))]
    known = {
        event: answer for event, answer in data.draw(_answers(definition)).items() if event not in ANSWERED
    }
    today = data.draw(st.dates(date(2026, 11, 3), date(2030, 12, 31)))
    after = outcome(fresh(definition.id), today, known)
    assert after.state is not ProcedureState.BEANTWOORD
    assert OWN_ADVICE not in {one.deadline.term for one in after.done if "gedaan" in one.how}
    assert OWN_CONSENT not in {one.deadline.term for one in after.done if "gedaan" in one.how}
    assert not any("er loopt niets meer" in text for text in after.to_do if definition.right == "instemming")


# --- facts that were not read verbatim -------------------------------------------------


def test_a_paraphrased_fact_runs_but_never_lapses() -> None:
    """WMS 32 lid 3 is marked P: it starts and guards, and after its end a person must look."""
    known = {
        "besluit_meegedeeld_op": "2026-12-03",
        "besluit_raad_op": "2026-11-17",
        "instemming": "onthouden",
    }
    passed = told("instemming-wms", date(2027, 1, 15), **known)
    assert running(passed) == {"WMS-32-3-nietigheid": "2027-01-14"}
    assert passed.state is ProcedureState.BESLOTEN
    assert any(
        text.startswith("De termijn ‘nietigheid inroepen’ lijkt verstreken; controleer")
        and "artikel 32 lid 3" in text
        for text in passed.to_do
    )
    assert not any("Het besluit is geldig" in text for text in passed.to_do)


def test_a_fact_that_was_read_says_what_its_lapse_means() -> None:
    """WMS 34 lid 2 is V: decided 1 December, lapsed on 13 January."""
    known = {**DECIDED, "gevolgd": "nee"}
    assert (
        "De termijn ‘adviesgeschil voorleggen aan de LCG’ is verstreken. De LCG behandelt het verzoek dan "
        "niet (niet-ontvankelijk) en het besluit blijft staan."
    ) in told("advies-wms", date(2027, 1, 13), **known).to_do
    still = told("advies-wms", date(2027, 1, 12), **known).to_do
    assert not any("niet-ontvankelijk" in text for text in still)


def test_between_the_strict_and_the_extended_day_nothing_has_lapsed() -> None:
    """WMS 34 lid 2 from 2 April 2026: strictly 14 May, lapsed only after 18 May."""
    known = {"begun": "2026-02-02", "besluit_genomen_op": "2026-04-02", "gevolgd": "nee"}
    last, after = (told("advies-wms", date(2026, 5, day), **known).to_do for day in (18, 19))
    assert not any("niet-ontvankelijk" in text for text in last)
    assert any("niet-ontvankelijk" in text for text in after)


def test_a_clients_council_gets_no_term_that_was_not_read() -> None:
    """Wmcz 2018 art. 8: neither number nor trigger is known; it is only to be checked."""
    decided = told(
        "instemming-wmcz",
        TODAY,
        besluit_raad_op="2026-11-17",
        instemming="onthouden",
        besluit_meegedeeld_op="2026-12-03",
    )
    assert running(decided) == {}
    assert any("Nog te controleren" in text and "Wmcz 2018" in text for text in decided.to_do)
    assert any("medezeggenschapsregeling" in text for text in decided.to_do)


# --- the day of receipt ----------------------------------------------------------------


def test_until_it_is_confirmed_the_safe_day_counts_for_whoever_must_act() -> None:
    """The council acts from the earliest candidate; the board's suspension ends at the latest."""
    unsure = received(date(2026, 6, 24), date(2026, 6, 22), date(2026, 6, 23), confirmed=False)
    decided = outcome(fresh("besluit-wms", unsure), date(2026, 6, 25))
    assert term_of(decided, "WMS-34-2").trigger == date(2026, 6, 22)
    assert term_of(decided, "WMS-34-1").trigger == date(2026, 6, 24)


def test_a_person_who_says_the_day_of_receipt_ends_the_doubt() -> None:
    unsure = received(date(2026, 11, 6), date(2026, 11, 3), confirmed=False)
    asked = outcome(fresh("advies-wms", unsure), TODAY)
    assert running(asked) == {OWN_ADVICE: "2026-12-15"}
    assert "6 november 2026 (bron 0), 3 november 2026 (bron 1)" in asked.to_do[0]
    confirmed = outcome(asked, TODAY, {"ontvangen_op": "2026-11-05"})
    assert running(confirmed) == {OWN_ADVICE: "2026-12-17"}
    assert not any("Bevestig op de zaakkaart" in text for text in confirmed.to_do)


@given(st.lists(st.dates(date(2026, 1, 1), date(2027, 6, 30)), min_size=1, max_size=5))
def test_no_candidate_gives_an_earlier_end_than_the_one_that_counts(days: list[date]) -> None:
    def end(*candidates: date) -> date | None:
        on = received(*candidates, confirmed=False)
        return outcome(fresh("instemming-wms", on), BEGUN).deadlines[0].strict

    counted = end(*days)
    assert counted == min(day for one in days if (day := end(one)))


def test_a_reglement_that_counts_from_completeness_does_so() -> None:
    """WMS 24 lid 1 onder g: complete on 10 November, so until 22 December; until then receipt counts."""
    whole = replace(rules_for("advies-wms"), terms=(replace(ADVICE, starts_when_complete=True),))
    before = told("advies-wms", TODAY, whole)
    assert running(before) == {OWN_ADVICE: "2026-12-15"}
    assert "telt de dag van ontvangst" in term_of(before, OWN_ADVICE).warnings[0].text
    after = outcome(before, TODAY, {"volledig_op": "2026-11-10"}, whole)
    assert running(after) == {OWN_ADVICE: "2026-12-22"}
    assert term_of(after, OWN_ADVICE).warnings == ()
    assert running(told("advies-wms", TODAY, volledig_op="2026-11-10")) == {OWN_ADVICE: "2026-12-15"}


# --- a term without a number -----------------------------------------------------------


@pytest.mark.parametrize("definition", ["advies-wms", "instemming-wor", "instemming-wmcz", "reglement-wms"])
def test_no_number_in_the_reglement_gives_no_date_but_a_warning_and_a_to_do(definition: str) -> None:
    """The law sets no term for the council's answer to an ordinary request; nothing is invented."""
    bare = replace(rules_for(definition), terms=())
    asked = told(definition, TODAY, bare)
    term = term_of(asked, "reglement")
    assert (term.strict, term.last_day, term.advised, term.basis, term.steps) == (None, None, None, None, ())
    assert [warning.code for warning in term.warnings] == ["geen-getal"]
    assert "reglement.toml" in term.warnings[0].text
    assert any(
        text.startswith("Er is nog geen uiterste dag. Vul uw eigen termijn in") for text in asked.to_do
    )
    assert asked.state is ProcedureState.ONTVANGEN


def test_a_day_that_was_agreed_on_is_a_term_of_its_own_without_a_number() -> None:
    bare = replace(rules_for("advies-wor"), terms=())
    known = {"verlengd_tot": "2026-12-18", "reden_verlenging": "afspraak met de bestuurder"}
    agreed = told("advies-wor", TODAY, bare, **known)
    assert running(agreed)["reglement"] == "2026-12-18"
    assert not any("nog geen uiterste dag" in text for text in agreed.to_do)


def test_a_term_beyond_the_calendar_gives_no_date_but_a_warning_and_a_to_do() -> None:
    rules = rules_for("advies-wms")
    short = replace(rules, calendar=replace(rules.calendar, last_year=2026))
    asked = told("advies-wms", date(2026, 12, 1), short, begun="2026-12-01")
    (term,) = asked.deadlines
    assert (term.strict, term.basis) == (None, None)
    assert [warning.code for warning in term.warnings] == ["buiten-kalender"]
    assert any(
        text.startswith("Er is nog geen uiterste dag. Vul uw eigen termijn in") for text in asked.to_do
    )


# --- extension -------------------------------------------------------------------------


def test_an_extension_moves_the_own_term_and_says_why() -> None:
    known = {"verlengd_tot": "2027-01-16", "reden_verlenging": "rector akkoord, ziekte"}
    longer = told("advies-wms", TODAY, **known)
    term = term_of(longer, OWN_ADVICE)
    assert (term.strict, term.last_day, term.advised) == (
        date(2027, 1, 16),
        date(2027, 1, 16),
        date(2027, 1, 15),
    )
    assert term.steps[-1].text == "Verlengd tot en met zaterdag 16 januari 2027 (rector akkoord, ziekte)."
    assert outcome(longer, TODAY, {"verlengd_tot": ""}).deadlines[0].strict == date(2026, 12, 15)


@pytest.mark.parametrize("definition", sorted(DEFINITIONS))
def test_an_extension_never_moves_a_term_of_the_law(definition: str) -> None:
    """LCG 105188-12.05: nobody can change a statutory term."""
    shipped = DEFINITIONS[definition]
    assert all(rule.own_kind is not None for rule in shipped.terms if rule.extended_by)
    known = {
        event.id: "2026-12-01"
        for event in shipped.events
        if event.answer is AnswerKind.DAG and event.id.startswith("besluit")
    }
    plain = told(definition, TODAY, **known)
    longer = outcome(plain, TODAY, {"verlengd_tot": "2027-03-01", "reden_verlenging": "afspraak"})

    def statutory(one: Procedure) -> dict[str, str]:
        return {name: day for name, day in running(one).items() if not name.startswith("reglement")}

    assert statutory(plain) == statutory(longer)


# --- the meeting -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begun", "meeting"),
    [
        ("2026-10-27", date(2026, 12, 8)),
        ("2026-10-26", date(2026, 11, 17)),
        ("2026-12-01", date(2027, 1, 12)),
        ("2027-01-12", None),
        ("2026-11-17", date(2026, 12, 8)),
    ],
)
def test_the_meeting_is_the_last_one_at_which_the_council_is_still_in_time(
    begun: str, meeting: date | None
) -> None:
    """Six weeks after 27 October is 8 December: that meeting is still in time; after 26 October no more."""
    asked = told("instemming-wms", date.fromisoformat(begun), begun=begun)
    assert asked.meeting_day == meeting
    assert any("Er is geen vergadering meer" in text for text in asked.to_do) == (meeting is None)


def test_the_agenda_that_was_told_is_the_meeting() -> None:
    assert told("instemming-wms", BEGUN, op_agenda="2026-11-17").meeting_day == date(2026, 11, 17)


def test_without_a_date_the_next_meeting_is_chosen() -> None:
    bare = replace(rules_for("advies-wms"), terms=())
    assert told("advies-wms", BEGUN, bare).meeting_day == date(2026, 11, 17)
    assert told("advies-wms", BEGUN, replace(bare, meetings=())).meeting_day is None


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_a_chosen_meeting_lies_after_receipt_and_not_after_the_term(day: date) -> None:
    asked = told("instemming-wms", day, begun=day.isoformat())
    strict = day + timedelta(days=42)
    in_time = [row.day for row in rules_for("instemming-wms").meetings if row.day and day < row.day <= strict]
    assert asked.meeting_day == (max(in_time) if in_time else None)


# --- tasks of the plain lists ----------------------------------------------------------


def test_a_list_is_done_when_everything_was_ticked() -> None:
    begun = told("lijst-nieuw-lid", TODAY)
    assert len(begun.to_do) == 4
    asked = ("op_ledenlijst_op", "kennisgemaakt_op", "stukken_gegeven_op", "scholing_op")
    assert outcome(begun, TODAY, dict.fromkeys(asked, "2026-11-10")).to_do == ()


def test_an_election_has_no_days_of_its_own() -> None:
    """No number of days for elections was read in any law; they come from the reglement."""
    assert DEFINITIONS["verkiezing"].terms == ()
    before, after = told("verkiezing", TODAY), told("verkiezing", TODAY, verkiezing_op="2027-03-02")
    assert len(before.to_do) == len(after.to_do) + 1
    assert after.state is ProcedureState.OP_AGENDA


# --- corrections -----------------------------------------------------------------------


def _answers(definition: Definition) -> st.SearchStrategy[dict[str, str]]:
    """Draw an answer for some of the events of a procedure."""
    days = st.dates(date(2026, 9, 1), date(2027, 3, 1)).map(date.isoformat)
    texts = st.sampled_from(["WMS-12-b", "WOR-30", "onduidelijk"])
    kinds = {
        event.id: st.sampled_from([choice.id for choice in event.choices])
        if event.choices
        else texts
        if event.answer is AnswerKind.TEKST
        else days
        for event in definition.events
    }
    return st.fixed_dictionaries({}, optional=kinds)


def _apart(procedure: Procedure) -> Procedure:
    """Leave out what was told, so that only what follows from it is compared."""
    return replace(procedure, events=())


_DAY = r"\d{4}-\d\d-\d\d"
TODAYS = st.dates(date(2026, 9, 1), date(2027, 12, 31))
CASES = st.sampled_from(sorted(DEFINITIONS)).flatmap(
    lambda name: st.tuples(st.just(name), _answers(DEFINITIONS[name]), _answers(DEFINITIONS[name]))
)


@given(CASES, TODAYS)
def test_what_was_taken_back_was_never_told(
    case: tuple[str, dict[str, str], dict[str, str]], today: date
) -> None:
    """First other answers, then these, then everything else taken back: as if only these were told."""
    name, first, second = case
    gone = dict.fromkeys(set(first) - set(second), "")
    detour = outcome(tell(tell(tell(fresh(name), first), second), gone), today)
    assert _apart(detour) == _apart(outcome(fresh(name), today, second))
    assert len(detour.events) >= len(first)


@given(CASES, TODAYS)
def test_withdrawing_everything_gives_the_fresh_procedure(
    case: tuple[str, dict[str, str], dict[str, str]], today: date
) -> None:
    name, first, second = case
    all_told = tell(tell(fresh(name), first), second)
    emptied = tell(all_told, dict.fromkeys({*first, *second}, ""))
    assert _apart(outcome(emptied, today)) == _apart(outcome(fresh(name), today))
    assert all(event.withdrawn_at for event in emptied.events)


@given(CASES, TODAYS, st.randoms(use_true_random=False))
def test_the_order_of_telling_makes_no_difference(
    case: tuple[str, dict[str, str], dict[str, str]], today: date, shuffle: object
) -> None:
    name, answers, _ = case
    order = sorted(answers)
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    other = {field: answers[field] for field in order}
    assert _apart(outcome(fresh(name), today, answers)) == _apart(outcome(fresh(name), today, other))


@given(CASES, TODAYS, TODAYS)
def test_counting_again_changes_nothing(
    case: tuple[str, dict[str, str], dict[str, str]], today: date, earlier: date
) -> None:
    """Neither on the same day, nor by way of another day."""
    name, answers, _ = case
    once = outcome(fresh(name), today, answers)
    again = recount(once, DEFINITIONS[name], rules_for(name), today)
    assert again == once
    detour = outcome(fresh(name), earlier, answers)
    assert recount(detour, DEFINITIONS[name], rules_for(name), today) == once


@given(CASES, TODAYS)
def test_no_term_runs_twice_from_one_day(
    case: tuple[str, dict[str, str], dict[str, str]], today: date
) -> None:
    """Else it would be guarded and said twice; seen on a day on which all that was told has happened."""
    name, answers, _ = case
    today = max([today, *(date.fromisoformat(one) for one in answers.values() if re.fullmatch(_DAY, one))])
    after = outcome(fresh(name), today, {key: one for key, one in answers.items() if key != "afgesloten_op"})
    begun = [(term.term, term.trigger) for term in after.deadlines]
    assert len(begun) == len(set(begun))
    assert {guard.term for guard in after.guards} <= set(running(after))


@given(
    CASES,
    st.lists(
        st.tuples(st.dates(date(2026, 9, 1), date(2027, 12, 1)), st.integers(1, 60)), min_size=1, max_size=3
    ),
)
def test_school_holidays_never_change_a_term_of_the_law(
    case: tuple[str, dict[str, str], dict[str, str]], periods: list[tuple[date, int]]
) -> None:
    """LCG 104437-10.03 and 107894."""
    name, answers, _ = case
    listed = tuple(
        HolidayPeriod(name="vakantie", first=first, last=first + timedelta(days=days), obligatory=True)
        for first, days in sorted(periods)
    )
    rules = rules_for(name)
    pausing = tuple(replace(one, without_school_holidays=True) for one in OWN)
    other = replace(rules, holidays=replace(NOORD, periods=listed), terms=pausing)

    def ends(after: Procedure) -> list[tuple[str, date | None, date | None]]:
        terms = [*after.deadlines, *(one.deadline for one in after.done)]
        own = (one for one in terms if not one.term.startswith("reglement"))
        return sorted((one.term, one.strict, one.last_day) for one in own if one.strict)

    plain = outcome(fresh(name), TODAY, answers, replace(rules, holidays=None))
    assert ends(plain) == ends(outcome(fresh(name), TODAY, answers, other))


def test_an_event_keeps_its_number_and_who_told_it() -> None:
    """A correction withdraws the old answer and adds the new one; nothing is ever struck out."""
    first = tell(fresh("advies-wms"), {"ontvangen_op": "2026-11-03"})
    second = tell(first, {"ontvangen_op": "2026-11-04"}, now=datetime(2026, 11, 5, 9, 0, tzinfo=UTC))
    assert [(one.number, one.answer, one.withdrawn_at is None) for one in second.events] == [
        (1, "2026-11-03", False),
        (2, "2026-11-04", True),
    ]
    assert second.events[0].withdrawn_at == datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
    assert tell(second, {"ontvangen_op": "2026-11-04"}) == second
