"""The letter that confirms receipt: every part of it comes from the dossier, and none is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.contexts import AcknowledgementContext
from pipeline.letters.plan import acknowledgement, acknowledgement_name, words_for
from pipeline.values import (
    Actor,
    Address,
    Basis,
    BylawTerm,
    Council,
    DateCandidate,
    Deadline,
    Facts,
    Filed,
    Judgement,
    Kind,
    Origin,
    Procedure,
    ProcedureState,
    Received,
    ReceivedBasis,
    StartsProcedure,
)

COUNCIL = Council(
    name="CMR Veenrijk College", short="CMR", organ="cmr", regime="wms-vo", region="noord",
    board="Stichting Veenrijk", mailbox=Address(email="cmr@veenrijk.example"),
    secretary=Address(email="s@veenrijk.example", name="Sanne Bos"),
    chair=Address(email="v@veenrijk.example"), own_addresses=(), relations=(), groups=(), pause_minutes=10,
    fixed_items=(), closing_items=(), papers_days_before=7, public_edition=False,
)  # fmt: skip
RECEIVED = Received(
    at=datetime(2026, 11, 4, 9, tzinfo=UTC),
    basis=ReceivedBasis.RECEIVED_HEADER,
    confirmed=True,
    candidates=(DateCandidate(day=date(2026, 11, 4), source="mail"),),
)
TERM = Deadline(
    term="reglement-termijn_instemming", name="termijn van de raad", trigger=date(2026, 11, 4),
    strict=date(2026, 12, 16), last_day=date(2026, 12, 16), advised=date(2026, 12, 16), actor=Actor.RAAD,
    steps=(), basis=Basis(law="reglement", article="21", paragraph="", confidence="V"), warnings=(),
)  # fmt: skip
REQUEST = Filed(
    origin=Origin(arrival="a", part="1", name="x.pdf"), kenmerk="2026-0017-01", dossier="2026-0017",
    path="x.pdf", kind=Kind.INSTEMMINGSVERZOEK, title="Vakantierooster", sha256="s", received=RECEIVED,
    facts=Facts(reference="CvB/26-114"),
    judgement=Judgement(
        kind=Kind.INSTEMMINGSVERZOEK, confidence=1, evidence=(), likeliest=(),
        starts_procedure=StartsProcedure.JA,
    ),
)  # fmt: skip
PROCEDURE = Procedure(
    dossier="2026-0017", kind=Kind.INSTEMMINGSVERZOEK, title="Vakantierooster", right_holder="personeel",
    state=ProcedureState.ONTVANGEN, received=RECEIVED, deadlines=(TERM,),
    meeting_day=date(2026, 12, 8), to_do=(),
)  # fmt: skip


def letter(
    request: Filed = REQUEST, procedure: Procedure = PROCEDURE, words: str = "zes weken"
) -> AcknowledgementContext:
    return acknowledgement(request, procedure, COUNCIL, today=date(2026, 11, 5), term_words=words)


def test_the_letter_goes_from_the_council_to_the_board() -> None:
    made = letter()
    assert (made.raad, made.raad_email) == ("CMR Veenrijk College", "cmr@veenrijk.example")
    assert (made.geadresseerde, made.aanhef) == (("Stichting Veenrijk",), "Geacht bestuur")
    assert (made.secretaris, made.functie) == ("Sanne Bos", "ambtelijk secretaris")


def test_the_letter_says_what_was_received_when_and_under_which_numbers() -> None:
    made = letter()
    assert (made.datum, made.ontvangen_op) == ("5 november 2026", "4 november 2026")
    assert (made.ons_kenmerk, made.uw_kenmerk) == ("2026-0017", "CvB/26-114")
    assert made.betreft == "Ontvangstbevestiging instemmingsverzoek Vakantierooster"
    assert (made.soort, made.onderwerp) == ("instemmingsverzoek", "‘Vakantierooster’")


def test_a_day_of_receipt_that_is_not_sure_asks_for_confirmation_with_the_other_days() -> None:
    """The term counts from 4 November; 2 and 6 November may be meant as well."""
    days = (date(2026, 11, 6), date(2026, 11, 4), date(2026, 11, 2))
    candidates = tuple(DateCandidate(day=day, source="x") for day in days)
    unsure = replace(RECEIVED, confirmed=False, candidates=candidates)
    made = letter(replace(REQUEST, received=unsure))
    assert made.ontvangen_op.startswith("4 november 2026 [NOG TE BEVESTIGEN")
    assert "6 november 2026 of 2 november 2026" in made.ontvangen_op
    alone = letter(replace(REQUEST, received=replace(RECEIVED, confirmed=False)))
    assert "[NOG TE BEVESTIGEN]" in alone.ontvangen_op


def test_the_letter_says_which_term_runs_on_what_it_rests_and_where_it_is_treated() -> None:
    made = letter()
    assert (made.recht, made.houder, made.termijn) == ("instemming", "de personeelsgeleding", "zes weken")
    assert made.grondslag == "artikel 21 van het medezeggenschapsreglement"
    assert made.uiterste_datum == "woensdag 16 december 2026"
    assert made.vergadering == "dinsdag 8 december 2026"


def test_a_request_for_advice_is_called_that() -> None:
    request = replace(REQUEST, kind=Kind.ADVIESAANVRAAG, facts=Facts())
    made = letter(request, replace(PROCEDURE, kind=Kind.ADVIESAANVRAAG))
    assert (made.soort, made.recht, made.uw_kenmerk) == ("adviesaanvraag", "advies", "")


def test_without_a_number_in_the_reglement_no_date_no_term_and_no_article_is_named() -> None:
    silent = replace(TERM, strict=None, last_day=None, basis=None)
    made = letter(procedure=replace(PROCEDURE, deadlines=(silent,), meeting_day=None), words="")
    assert (made.uiterste_datum, made.grondslag, made.termijn, made.vergadering) == ("", "", "", "")
    assert made.ontvangen_op == "4 november 2026"


def test_a_term_of_a_law_names_that_law() -> None:
    basis = Basis(law="WMS", article="34", paragraph="2", confidence="V")
    made = letter(procedure=replace(PROCEDURE, deadlines=(replace(TERM, basis=basis),)))
    assert made.grondslag == "artikel 34 van de WMS"


@pytest.mark.parametrize(
    ("holder", "text"),
    [
        ("personeel", "de personeelsgeleding"),
        ("ouders", "de oudergeleding"),
        ("leerlingen", "de leerlinggeleding"),
        ("ouders_en_leerlingen", "de geleding ouders en leerlingen"),
        ("ouders_of_leerlingen", "de geleding ouders of leerlingen"),
        ("hele raad", "de raad"),
        ("iets anders", "de raad"),
    ],
)
def test_who_holds_the_right(holder: str, text: str) -> None:
    assert letter(procedure=replace(PROCEDURE, right_holder=holder)).houder == text


@pytest.mark.parametrize(
    ("length", "unit", "text"),
    [
        (1, "week", "één week"),
        (6, "week", "zes weken"),
        (1, "maand", "één maand"),
        (3, "maand", "drie maanden"),
        (1, "dag", "één dag"),
        (12, "dag", "twaalf dagen"),
        (13, "dag", "13 dagen"),
        (30, "dag", "30 dagen"),
    ],
)
def test_terms_in_words(length: int, unit: str, text: str) -> None:
    term = BylawTerm(
        kind=Kind.ADVIESAANVRAAG, length=length, unit=unit, article="21", without_school_holidays=False
    )
    assert words_for(term) == text


def test_a_term_that_skips_school_holidays_says_so() -> None:
    term = BylawTerm(
        kind=Kind.ADVIESAANVRAAG, length=6, unit="week", article="21", without_school_holidays=True
    )
    assert words_for(term) == "zes weken buiten de schoolvakanties"


def test_the_concept_is_named_after_its_dossier() -> None:
    assert acknowledgement_name("2026-0017") == "2026-0017 Ontvangstbevestiging - concept.docx"
