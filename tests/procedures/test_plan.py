"""What a paper opens, and what a filed paper tells of a procedure that runs."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from procedures.telling import DEFINITIONS, received, rules_for, running

from pipeline.procedures.plan import open_by_hand, open_by_paper, opens, told_by
from pipeline.procedures.standing import answers_of
from pipeline.values import (
    Dossier,
    EventSource,
    Evidence,
    Facts,
    Filed,
    Judgement,
    Kind,
    Origin,
    Procedure,
    ProcedureState,
    Received,
    Right,
    StartsProcedure,
)

ALL = tuple(DEFINITIONS.values())
NOW = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
ON = received(date(2026, 11, 3))
UNSURE = received(date(2026, 11, 6), date(2026, 11, 3), date(2026, 11, 5), confirmed=False)
CONSENT = Right(id="WMS-12-b", right="instemming", geleding="personeel")
STAFF = Right(id="WMS-12-c", right="instemming", geleding="personeel")


def paper(
    kind: Kind = Kind.INSTEMMINGSVERZOEK,
    on: Received = ON,
    *,
    starts: StartsProcedure = StartsProcedure.JA,
    rights: tuple[Right, ...] = (),
    follows: str = "",
    facts: Facts | None = None,
    recognised: bool = True,
) -> Filed:
    evidence = (Evidence(cue="kop", sentence="Besluit", weight=9),) if recognised else ()
    guess = Judgement(
        kind=kind,
        confidence=1,
        evidence=evidence,
        likeliest=(),
        starts_procedure=starts,
        rights=rights,
        follows=follows,
    )
    return Filed(
        origin=Origin(arrival="a", part="1", name="x.pdf"),
        kenmerk="2026-0017-01",
        dossier="2026-0017",
        path="x.pdf",
        kind=kind,
        title="Vakantierooster",
        sha256="s",
        received=on,
        facts=Facts(subject="Vakantierooster") if facts is None else facts,
        judgement=guess,
    )


def opened(filed: Filed, definition: str = "instemming-wms", now: datetime = NOW) -> Procedure:
    return open_by_paper(filed, DEFINITIONS[definition], rules_for(definition), now=now)


# --- whether it opens ------------------------------------------------------------------


@pytest.mark.parametrize("regime", ["wms-po", "wor", "wmcz"])
@pytest.mark.parametrize("starts", list(StartsProcedure))
def test_a_request_opens_a_procedure_only_when_it_was_judged_to(regime: str, starts: StartsProcedure) -> None:
    """Trap 16: a concept, a reminder or a newsletter is no request."""
    found = opens(paper(starts=starts), regime, ALL)
    assert (found is not None) == (starts is StartsProcedure.JA)


@pytest.mark.parametrize(("regime", "expected"), [("wms-po", "besluit-wms"), ("wor", "besluit-wor")])
def test_a_decision_always_opens_one_because_its_term_cannot_be_repaired(regime: str, expected: str) -> None:
    found = opens(paper(Kind.BESLUIT_NA_ADVIES, starts=StartsProcedure.NEE), regime, ALL)
    assert found is DEFINITIONS[expected]


def test_other_papers_open_nothing() -> None:
    for kind in (Kind.NIEUWSBRIEF, Kind.AGENDA, Kind.INITIATIEFVOORSTEL, Kind.ADVIES_OF_INSTEMMING_RAAD):
        assert opens(paper(kind), "wms-po", ALL) is None


# --- how it opens ----------------------------------------------------------------------


def test_six_weeks_after_receipt_by_the_councils_own_reglement() -> None:
    """Tuesday 3 November 2026 plus 42 days is Tuesday 15 December 2026."""
    case = opened(paper())
    (term,) = case.deadlines
    assert (term.trigger, term.strict, term.last_day) == (
        date(2026, 11, 3),
        date(2026, 12, 15),
        date(2026, 12, 15),
    )
    assert term.basis is not None
    assert (term.basis.law, term.basis.article) == ("reglement", "21")
    assert (case.dossier, case.title, case.paper, case.state) == (
        "2026-0017",
        "Vakantierooster",
        "2026-0017-01",
        ProcedureState.ONTVANGEN,
    )


def test_a_sure_receipt_is_told_by_the_paper_and_an_unsure_one_by_nobody() -> None:
    """DESIGN, section 2: until a person confirms, the day that gives the council least time counts."""
    (event,) = opened(paper()).events
    assert (event.field, event.answer, event.source, event.paper) == (
        "ontvangen_op",
        "2026-11-03",
        EventSource.POST,
        "2026-0017-01",
    )
    unsure = opened(paper(on=UNSURE))
    assert unsure.events == ()
    assert unsure.deadlines[0].strict == date(2026, 12, 15)
    assert unsure.to_do[0].startswith("Bevestig op de zaakkaart de dag van ontvangst")
    assert "6 november 2026 (bron 0), 3 november 2026 (bron 1)" in unsure.to_do[0]


def test_of_a_paper_that_could_not_be_read_a_person_confirms_the_day_whatever_it_rests_on() -> None:
    """The term runs from its receipt all the same: it is never lost."""
    case = opened(paper(facts=Facts()))
    assert (case.unread, case.events, case.received.confirmed) == (True, (), False)
    assert case.deadlines[0].strict == date(2026, 12, 15)
    assert case.to_do[0].startswith("Uit stuk 2026-0017-01 kon niets worden gelezen")
    assert not opened(paper()).unread


def test_a_paper_was_received_on_its_legal_day() -> None:
    """The candidates of a receipt are days in Amsterdam; the day of the telling is of no account."""
    late = opened(paper(), now=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    assert late.deadlines[0].trigger == date(2026, 11, 3)


def test_one_right_in_the_paper_is_told_and_more_are_left_to_a_person() -> None:
    one, two = opened(paper(rights=(CONSENT,))), opened(paper(rights=(CONSENT, STAFF)))
    assert answers_of(one.events)["recht"] == "WMS-12-b"
    assert one.right_holder == "personeel"
    assert "recht" not in answers_of(two.events)
    assert two.right_holder == "personeel"


def test_a_sure_receipt_leaves_acknowledging_and_checking() -> None:
    tasks = opened(paper()).to_do
    assert len(tasks) == 2
    assert "Stuur de ontvangstbevestiging" in tasks[0]
    assert "volledig" in tasks[1]


@pytest.mark.parametrize(
    ("follows", "nature"),
    [("advies", "na_advies"), ("instemming", None), ("", None)],
)
def test_a_decision_says_what_it_follows_and_when_it_was_taken(follows: str, nature: str | None) -> None:
    """That the council consented is for the council to say: the board may claim it wrongly."""
    decision = paper(Kind.BESLUIT_NA_ADVIES, follows=follows, facts=Facts(decision_date=date(2026, 11, 2)))
    known = answers_of(opened(decision, "besluit-wms").events)
    assert known.get("aard_besluit") == nature
    assert known["besluit_genomen_op"] == "2026-11-02"


def test_a_decision_date_that_is_still_to_come_when_the_letter_arrives_is_not_believed() -> None:
    """A letter of 3 November that speaks of a decision on 1 December announces one."""
    decision = paper(Kind.BESLUIT_NA_ADVIES, facts=Facts(decision_date=date(2026, 12, 1)))
    assert "besluit_genomen_op" not in answers_of(opened(decision, "besluit-wms").events)


def test_a_request_does_not_take_the_date_of_its_intended_decision_for_a_decision() -> None:
    request = paper(Kind.ADVIESAANVRAAG, facts=Facts(decision_date=date(2026, 11, 1)))
    assert set(answers_of(opened(request, "advies-wms").events)) == {"ontvangen_op"}


def test_a_person_opens_one_on_the_day_she_says() -> None:
    """WMS 32 lid 3: 2 November plus 42 days is 14 December 2026."""
    dossier = Dossier(
        number="2026-0018",
        title="Rookbeleid",
        kind=Kind.BESLUIT_NA_ADVIES,
        opened_on=date(2026, 11, 4),
        folder="2026-0018 Rookbeleid",
        year_folder="2026-2027",
    )
    name = "nietigheid-wms"
    case = open_by_hand(dossier, DEFINITIONS[name], date(2026, 11, 2), rules_for(name), now=NOW)
    assert running(case) == {"WMS-32-3-nietigheid": "2026-12-14"}
    assert (case.dossier, case.title, case.paper) == ("2026-0018", "Rookbeleid", "")
    assert case.received.confirmed
    assert [(event.field, event.source) for event in case.events] == [("ontvangen_op", EventSource.DIENST)]


# --- what a paper tells ----------------------------------------------------------------

ADVICE = DEFINITIONS["advies-wms"]
DECISION = paper(Kind.BESLUIT_NA_ADVIES, facts=Facts(decision_date=date(2026, 11, 2)))


def test_a_decision_in_a_running_procedure_tells_when_it_was_taken_and_received() -> None:
    assert dict(told_by(DECISION, ADVICE)) == {
        "besluit_meegedeeld_op": "2026-11-03",
        "besluit_genomen_op": "2026-11-02",
    }


def test_silence_is_not_told_by_any_paper() -> None:
    """No paper records advice or consent of the council: sending its letter, or a person, does."""
    answered = {"advies_uitgebracht_op", "besluit_raad_op", "instemming", "gevolgd"}
    for definition in ALL:
        assert not answered & {event for rule in definition.papers for event, _ in rule.records}


def test_a_paper_that_was_not_recognised_tells_nothing() -> None:
    """A person laid it there; she can say on the zaakkaart what it is."""
    assert told_by(replace(DECISION, judgement=paper(recognised=False).judgement), ADVICE) == ()


def test_a_paper_of_another_kind_tells_nothing() -> None:
    assert told_by(paper(Kind.NOTULEN), ADVICE) == ()


def test_of_an_unsure_receipt_the_earliest_day_is_told() -> None:
    """Counted too early a term is guarded too early; not counted it is missed."""
    unsure = replace(DECISION, received=UNSURE)
    assert dict(told_by(unsure, ADVICE))["besluit_meegedeeld_op"] == UNSURE.earliest.isoformat()


def test_a_decision_that_is_still_to_be_taken_is_not_told() -> None:
    coming = replace(DECISION, facts=Facts(decision_date=date(2026, 12, 1)))
    assert told_by(coming, ADVICE) == (("besluit_meegedeeld_op", "2026-11-03"),)


def test_an_answer_to_an_initiative_is_told_by_its_receipt() -> None:
    """WMS 6 lid 2: the written answer of the board."""
    answer = paper(Kind.REACTIE_INITIATIEF)
    assert told_by(answer, DEFINITIONS["initiatief-wms"]) == (("reactie_ontvangen_op", "2026-11-03"),)
