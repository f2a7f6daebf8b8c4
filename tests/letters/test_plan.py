"""The letters of the council: every part comes from the dossier; what is unknown is asked, never invented."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest

from pipeline import contexts
from pipeline.letters.plan import (
    OPEN,
    Matter,
    concept_name,
    final_name,
    mail,
    read_name,
    write,
)
from pipeline.letters.words import of_law, words_for
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
    chair=Address(email="v@veenrijk.example", name="Yusuf Demir"), own_addresses=(), relations=(), groups=(),
    pause_minutes=10, fixed_items=(), closing_items=(), papers_days_before=7, public_edition=False,
)  # fmt: skip
RECEIVED = Received(
    at=datetime(2026, 11, 4, 9, tzinfo=UTC),
    basis=ReceivedBasis.RECEIVED_HEADER,
    confirmed=True,
    candidates=(DateCandidate(day=date(2026, 11, 4), source="mail"),),
)
OWN = Deadline(
    term="reglement-termijn_instemming", name="beslissen over instemming", trigger=date(2026, 11, 4),
    strict=date(2026, 12, 16), last_day=date(2026, 12, 16), advised=date(2026, 12, 16), actor=Actor.RAAD,
    steps=(), basis=Basis(law="reglement", article="21", paragraph="", confidence="V"), warnings=(),
)  # fmt: skip
PROPOSAL = replace(
    OWN, term="WMS-6-2", name="reactie op een initiatiefvoorstel", actor=Actor.BEVOEGD_GEZAG,
    strict=date(2027, 2, 4), last_day=date(2027, 2, 4),
    basis=Basis(law="WMS", article="6", paragraph="2", confidence="V"),
)  # fmt: skip
SUSPENSION = replace(
    PROPOSAL, term="WMS-34-1", name="opschorting van de uitvoering", strict=date(2027, 1, 20),
    basis=Basis(law="WMS", article="34", paragraph="1", confidence="V"),
)  # fmt: skip
NULLITY = replace(
    OWN, term="WMS-32-3-nietigheid", name="beroep op nietigheid", strict=date(2027, 2, 23),
    basis=Basis(law="WMS", article="32", paragraph="3", confidence="P"),
)  # fmt: skip
REQUEST = Filed(
    origin=Origin(arrival="a", part="1", name="x.pdf"), kenmerk="2026-0017-01", dossier="2026-0017",
    path="x.pdf", kind=Kind.INSTEMMINGSVERZOEK, title="Vakantierooster", sha256="s", received=RECEIVED,
    facts=Facts(reference="CvB/26-114", document_date=date(2026, 11, 2)),
    judgement=Judgement(
        kind=Kind.INSTEMMINGSVERZOEK, confidence=1, evidence=(), likeliest=(),
        starts_procedure=StartsProcedure.JA,
    ),
)  # fmt: skip
PROCEDURE = Procedure(
    dossier="2026-0017", definition="instemming-wms", paper="2026-0017-01", kind=Kind.INSTEMMINGSVERZOEK,
    title="Vakantierooster", right_holder="personeel", state=ProcedureState.ONTVANGEN, received=RECEIVED,
    deadlines=(OWN,), meeting_day=date(2026, 12, 8), to_do=(),
)  # fmt: skip
CONSENT = Matter(
    procedure=PROCEDURE, name="instemmingsverzoek", known={"ontvangen_op": "2026-11-04"}, request=REQUEST,
    papers=("Vakantierooster", "Bijlage rooster"), council=COUNCIL, today=date(2026, 11, 5),
    term_words="zes weken", right_words="artikel 12 onder c WMS", missing=(), from_complete=False, basis="",
    term=None,
    waits=("WMS-34-1",),
)  # fmt: skip
ADVICE = replace(
    CONSENT,
    procedure=replace(PROCEDURE, definition="advies-wms", kind=Kind.ADVIESAANVRAAG, right_holder="hele raad"),
    name="adviesaanvraag",
    request=replace(REQUEST, kind=Kind.ADVIESAANVRAAG),
    right_words="artikel 11 onder m WMS",
)
SUBJECTS = {
    "ontvangstbevestiging": "Ontvangstbevestiging instemmingsverzoek Vakantierooster",
    "verzoek_om_aanvulling": "Verzoek om aanvulling van uw instemmingsverzoek Vakantierooster",
    "advies": "Advies Vakantierooster",
    "instemming": "Instemming met Vakantierooster",
    "onthouding_instemming": "Geen instemming met Vakantierooster",
    "nader_overleg": "Verzoek om nader overleg over Vakantierooster",
    "beroep_nietigheid": "Beroep op de nietigheid van het besluit over Vakantierooster",
    "uitstel": "Verzoek om uitstel Vakantierooster",
    "herinnering": "Herinnering Vakantierooster",
    "initiatiefvoorstel": "Initiatiefvoorstel Vakantierooster",
    "doorgeleiding": "Ter kennisneming: Vakantierooster",
}
SIGNED_BY_THE_CHAIR = (
    "advies",
    "instemming",
    "onthouding_instemming",
    "nader_overleg",
    "beroep_nietigheid",
    "initiatiefvoorstel",
)


def tell(matter: Matter, **events: str) -> Matter:
    return replace(matter, known={**matter.known, **events})


def with_terms(matter: Matter, *terms: Deadline) -> Matter:
    return replace(matter, procedure=replace(matter.procedure, deadlines=terms))


# --- what all letters share ------------------------------------------------------------


@pytest.mark.parametrize(("template", "subject"), SUBJECTS.items())
def test_every_letter_says_who_writes_about_what(template: str, subject: str) -> None:
    made = write(template, CONSENT)
    assert (made.raad, made.raad_email) == ("CMR Veenrijk College", "cmr@veenrijk.example")
    assert (made.datum, made.ons_kenmerk) == ("5 november 2026", "2026-0017")
    assert (made.betreft, made.onderwerp) == (subject, "‘Vakantierooster’")
    assert (made.soort, made.houder) == ("instemmingsverzoek", "de personeelsgeleding")
    assert (made.secretaris, made.functie) == ("Sanne Bos", "ambtelijk secretaris")
    assert made.voorzitter == ("Yusuf Demir" if template in SIGNED_BY_THE_CHAIR else "")


@pytest.mark.parametrize("template", [name for name in SUBJECTS if name != "doorgeleiding"])
def test_a_letter_goes_to_the_board_under_its_own_reference(template: str) -> None:
    made = write(template, CONSENT)
    assert (made.geadresseerde, made.aanhef) == (("Stichting Veenrijk",), "Geacht bestuur")
    assert made.uw_kenmerk == "CvB/26-114"
    assert write(template, replace(CONSENT, request=None)).uw_kenmerk == ""


@pytest.mark.parametrize("template", SUBJECTS)
def test_a_letter_can_be_written_of_a_case_of_which_nothing_is_known(template: str) -> None:
    """Opened by hand, nothing told, no right, no term, no meeting: nothing is invented and nothing fails."""
    bare = replace(PROCEDURE, paper="", deadlines=(), meeting_day=None, right_holder="hele raad")
    matter = replace(
        CONSENT, procedure=bare, known={}, request=None, papers=(), term_words="", right_words=""
    )
    made = write(template, matter)
    shown = " ".join(str(getattr(made, one.name)) for one in fields(made))
    assert "None" not in shown
    assert "2026-12" not in shown
    assert "16 december" not in shown


@pytest.mark.parametrize(
    ("holder", "text"),
    [
        ("personeel", "de personeelsgeleding"),
        ("ouders", "de oudergeleding"),
        ("leerlingen", "de leerlinggeleding"),
        ("ouders en leerlingen", "de geleding van ouders en leerlingen"),
        ("ouders of leerlingen", "de geleding van ouders of leerlingen"),
        ("hele raad", "de raad"),
        ("iets anders", "de raad"),
    ],
)
def test_who_holds_the_right(holder: str, text: str) -> None:
    matter = replace(CONSENT, procedure=replace(PROCEDURE, right_holder=holder))
    assert write("ontvangstbevestiging", matter).houder == text


# --- ontvangstbevestiging --------------------------------------------------------------


def acknowledgement(matter: Matter) -> contexts.AcknowledgementContext:
    made = write("ontvangstbevestiging", matter)
    assert isinstance(made, contexts.AcknowledgementContext)
    return made


def test_the_acknowledgement_names_the_term_what_it_rests_on_and_the_meeting() -> None:
    made = acknowledgement(CONSENT)
    assert (made.ontvangen_op, made.recht, made.termijn) == ("4 november 2026", "instemming", "zes weken")
    assert made.grondslag == "artikel 21 van het medezeggenschapsreglement"
    assert made.uiterste_datum == "woensdag 16 december 2026"
    assert made.vergadering == "dinsdag 8 december 2026"


COMPLETE_FIRST = replace(CONSENT, from_complete=True)


def test_a_term_that_begins_when_the_request_is_complete_has_no_last_day_before() -> None:
    """WMS 24 lid 1 onder g: the reglement may count from a complete request; receipt starts nothing then."""
    made = acknowledgement(COMPLETE_FIRST)
    begins = "De termijn van zes weken begint op de dag waarop uw verzoek volledig is."
    assert (made.uiterste_datum, made.begin) == ("", begins)
    supplement = write("verzoek_om_aanvulling", COMPLETE_FIRST)
    assert isinstance(supplement, contexts.SupplementContext)
    assert supplement.termijn == begins


@pytest.mark.parametrize("event", ["volledig_op", "verlengd_tot"])
def test_a_request_that_is_complete_or_a_day_that_was_agreed_on_has_a_last_day(event: str) -> None:
    made = acknowledgement(tell(COMPLETE_FIRST, **{event: "2026-11-04"}))
    assert (made.uiterste_datum, made.begin) == ("woensdag 16 december 2026", "")


def test_a_request_for_advice_is_called_that() -> None:
    made = acknowledgement(ADVICE)
    assert (made.soort, made.recht, made.houder) == ("adviesaanvraag", "advies", "de raad")


def test_without_a_number_in_the_reglement_no_date_no_term_and_no_article_is_named() -> None:
    silent = replace(OWN, term="reglement", strict=None, last_day=None, basis=None)
    made = acknowledgement(replace(with_terms(CONSENT, silent), term_words=""))
    assert (made.uiterste_datum, made.grondslag, made.termijn) == ("", "", "")


def test_only_the_term_of_the_reglement_is_that_of_the_council() -> None:
    """A term of the law in the same procedure is not told as if it were the council's own."""
    made = acknowledgement(with_terms(CONSENT, NULLITY))
    assert (made.uiterste_datum, made.grondslag) == ("", "")


def test_a_day_of_receipt_that_is_not_sure_asks_for_confirmation_with_the_other_days() -> None:
    """The earliest counts; 4 and 6 November may be meant as well."""
    days = (date(2026, 11, 6), date(2026, 11, 4), date(2026, 11, 2))
    candidates = tuple(DateCandidate(day=day, source="x") for day in days)
    unsure = replace(RECEIVED, confirmed=False, candidates=candidates)
    matter = replace(CONSENT, known={}, procedure=replace(PROCEDURE, received=unsure))
    assert acknowledgement(matter).ontvangen_op == (
        "2 november 2026 [NOG TE BEVESTIGEN, of 4 november 2026 of 6 november 2026]"
    )
    told = tell(matter, ontvangen_op="2026-11-06")
    assert acknowledgement(told).ontvangen_op == "6 november 2026"


# --- verzoek om aanvulling -------------------------------------------------------------


def supplement(matter: Matter) -> contexts.SupplementContext:
    made = write("verzoek_om_aanvulling", matter)
    assert isinstance(made, contexts.SupplementContext)
    return made


def test_what_is_missing_is_what_the_secretary_says_a_line_for_each() -> None:
    made = supplement(tell(CONSENT, ontbreekt="de begroting; het plan van aanpak;"))
    assert made.ontbreekt == ("de begroting", "het plan van aanpak")
    assert made.ontvangen_op == "4 november 2026"
    assert made.termijn == "De termijn van de raad loopt nu tot en met woensdag 16 december 2026."


def test_what_the_formal_check_found_missing_is_proposed_until_she_says_something() -> None:
    found = replace(CONSENT, missing=("de beweegredenen van het voorgenomen besluit",))
    assert supplement(found).ontbreekt == ("de beweegredenen van het voorgenomen besluit",)
    assert supplement(tell(found, ontbreekt="de bijlage")).ontbreekt == ("de bijlage",)


def test_without_a_last_day_nothing_is_said_of_the_term() -> None:
    assert supplement(with_terms(CONSENT)).termijn == ""


# --- advies, instemming ----------------------------------------------------------------


def advice(matter: Matter) -> contexts.AdviceContext:
    made = write("advies", matter)
    assert isinstance(made, contexts.AdviceContext)
    return made


def test_the_advice_names_the_request_the_right_the_meeting_and_the_talks() -> None:
    made = advice(tell(ADVICE, overleg_op="2026-11-24"))
    assert (made.datum_verzoek, made.recht_tekst) == ("2 november 2026", "artikel 11 onder m van de WMS")
    assert (made.vergadering, made.overleg_op) == ("dinsdag 8 december 2026", "24 november 2026")
    assert (made.uitkomst, made.wor) == ("", False)


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ("positief", "positief"),
        ("voorwaarden", "positief onder voorwaarden"),
        ("negatief", "negatief"),
        ("geen", "geen advies"),
    ],
)
def test_the_outcome_is_the_one_that_was_chosen(chosen: str, text: str) -> None:
    assert advice(tell(ADVICE, strekking=chosen)).uitkomst == text


def test_a_works_council_is_told_so() -> None:
    """WOR 25 lid 4: it needs an overlegvergadering before it advises."""
    assert advice(replace(ADVICE, council=replace(COUNCIL, regime="wor"))).wor


def test_a_request_without_a_date_is_dated_by_its_receipt() -> None:
    assert advice(replace(ADVICE, request=replace(REQUEST, facts=Facts()))).datum_verzoek == "4 november 2026"


@pytest.mark.parametrize(
    ("template", "kind"),
    [
        ("instemming", contexts.ConsentContext),
        ("onthouding_instemming", contexts.ConsentRefusalContext),
    ],
)
def test_consent_and_its_refusal_name_the_request_the_right_and_the_meeting(
    template: str, kind: type[contexts.ConsentContext | contexts.ConsentRefusalContext]
) -> None:
    made = write(template, CONSENT)
    assert isinstance(made, kind)
    assert (made.datum_verzoek, made.recht_tekst, made.vergadering) == (
        "2 november 2026",
        "artikel 12 onder c van de WMS",
        "dinsdag 8 december 2026",
    )


def test_a_right_of_the_council_itself_is_named_by_its_label() -> None:
    made = write("instemming", replace(CONSENT, right_words="Extra recht op de lestabel"))
    assert isinstance(made, contexts.ConsentContext)
    assert made.recht_tekst == "Extra recht op de lestabel"


# --- after a decision ------------------------------------------------------------------


def consultation(matter: Matter) -> contexts.ConsultationContext:
    made = write("nader_overleg", matter)
    assert isinstance(made, contexts.ConsultationContext)
    return made


def test_talks_are_asked_about_what_the_board_told_last() -> None:
    """WMS 17 onder d: before the decision; after it the decision is what was told."""
    announced = replace(
        tell(ADVICE, voornemen_afwijken_op="2027-01-12"), basis="artikel 17 onder d van de WMS"
    )
    made = consultation(announced)
    assert (made.brief_van, made.grondslag) == ("12 januari 2027", "artikel 17 onder d van de WMS")
    assert made.recht_tekst == "artikel 11 onder m van de WMS"
    assert not made.besloten
    decided = consultation(tell(announced, besluit_meegedeeld_op="2027-01-20"))
    assert (decided.brief_van, decided.besloten) == ("20 januari 2027", True)
    assert consultation(ADVICE).grondslag == ""


def test_a_decision_without_a_request_has_been_taken() -> None:
    """The case opened with the decision itself: nothing can be asked before it any more."""
    procedure = replace(ADVICE.procedure, definition="besluit-wms", kind=Kind.BESLUIT_NA_ADVIES)
    assert consultation(replace(ADVICE, procedure=procedure)).besloten


def nullity(matter: Matter) -> contexts.NullityContext:
    made = write("beroep_nietigheid", matter)
    assert isinstance(made, contexts.NullityContext)
    return made


def test_nullity_is_invoked_of_the_decision_that_was_told() -> None:
    made = nullity(replace(tell(CONSENT, besluit_meegedeeld_op="2027-01-12"), term=NULLITY))
    assert made.besluit == "het besluit over ‘Vakantierooster’"
    assert made.meegedeeld_op == "12 januari 2027"
    assert made.grondslag == "artikel 32 lid 3 van de WMS"
    assert made.recht_tekst == "artikel 12 onder c van de WMS"


@pytest.mark.parametrize(("confidence", "is_read"), [("V", True), ("P", False), ("K", False)])
def test_only_what_was_read_verbatim_is_cited_without_a_check(confidence: str, is_read: bool) -> None:  # noqa: FBT001  # a parameter of the test
    basis = Basis(law="WMS", article="32", paragraph="3", confidence=confidence)
    assert nullity(replace(CONSENT, term=replace(NULLITY, basis=basis))).bron_gecontroleerd is is_read


def test_nullity_of_a_decision_of_which_no_day_was_told_leaves_it_to_be_written() -> None:
    """The day of the request is not the day on which the council heard of the decision."""
    assert nullity(replace(CONSENT, term=NULLITY)).meegedeeld_op.startswith("[NOG IN TE VULLEN")


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("artikel 11 onder m WMS", "artikel 11 onder m van de WMS"),
        ("artikel 25 lid 1 onder d WOR", "artikel 25 lid 1 onder d van de WOR"),
        ("artikel 8 Wmcz 2018", "artikel 8 van de Wmcz 2018"),
        ("eigen recht op de kantine", "eigen recht op de kantine"),
    ],
)
def test_a_right_is_cited_with_its_law(words: str, cited: str) -> None:
    assert of_law(words) == cited


def test_nullity_of_what_came_out_by_itself_counts_from_that_day() -> None:
    made = nullity(replace(tell(CONSENT, uitvoering_gebleken_op="2027-01-18"), term=NULLITY))
    assert made.meegedeeld_op == "18 januari 2027"


def test_without_a_term_the_article_is_asked() -> None:
    made = nullity(CONSENT)
    assert made.grondslag.startswith(OPEN)
    assert not made.bron_gecontroleerd


# --- uitstel, herinnering, voorstel, doorgeleiding -------------------------------------


def test_more_time_is_asked_from_the_day_on_which_the_own_term_ends() -> None:
    made = write("uitstel", CONSENT)
    assert isinstance(made, contexts.ExtensionContext)
    assert (made.uiterste_datum, made.gevraagd_tot, made.reden) == ("woensdag 16 december 2026", "", "")
    silent = write("uitstel", with_terms(CONSENT))
    assert isinstance(silent, contexts.ExtensionContext)
    assert silent.uiterste_datum.startswith(OPEN)


def reminder(matter: Matter) -> contexts.ReminderContext:
    made = write("herinnering", matter)
    assert isinstance(made, contexts.ReminderContext)
    return made


def test_the_board_is_reminded_of_what_it_owes_not_of_what_it_must_leave() -> None:
    """During a suspension it only has to wait."""
    made = reminder(with_terms(ADVICE, SUSPENSION, PROPOSAL))
    assert made.wat == "reactie op een initiatiefvoorstel"
    assert made.grondslag == "artikel 6 lid 2 van de WMS"
    assert (made.uiterste_datum, made.verlopen) == ("donderdag 4 februari 2027", False)


@pytest.mark.parametrize(
    ("today", "is_late"), [(date(2027, 2, 4), False), (date(2027, 2, 5), True), (date(2027, 3, 1), True)]
)
def test_a_day_is_past_the_day_after_it(today: date, is_late: bool) -> None:  # noqa: FBT001  # a parameter of the test
    assert reminder(replace(with_terms(ADVICE, PROPOSAL), today=today)).verlopen is is_late


def test_nobody_is_reminded_of_nothing() -> None:
    made = reminder(with_terms(ADVICE, OWN, SUSPENSION))
    assert made.wat.startswith(OPEN)
    assert (made.grondslag, made.uiterste_datum, made.verlopen) == ("", "", False)


def test_a_proposal_says_on_what_it_rests_and_when_the_board_must_answer() -> None:
    """WMS 6 lid 2: three months after receipt on 4 November is 4 February."""
    made = write("initiatiefvoorstel", with_terms(CONSENT, PROPOSAL))
    assert isinstance(made, contexts.ProposalContext)
    assert made.recht_tekst == "artikel 6 lid 2 van de WMS"
    assert made.termijn == (
        "Wij ontvangen uw schriftelijke reactie graag uiterlijk op donderdag 4 februari 2027."
    )


def routing(matter: Matter) -> contexts.RoutingContext:
    made = write("doorgeleiding", matter)
    assert isinstance(made, contexts.RoutingContext)
    return made


@pytest.mark.parametrize(
    ("regime", "holder", "to"),
    [
        ("wms-vo", "personeel", "de oudergeleding en de leerlinggeleding"),
        ("wms-vo", "ouders", "de personeelsgeleding en de leerlinggeleding"),
        ("wms-vo", "ouders en leerlingen", "de personeelsgeleding"),
        ("wms-po", "personeel", "de oudergeleding"),
        ("wms-so", "ouders", "de personeelsgeleding"),
    ],
)
def test_the_other_sections_of_the_council_are_told(regime: str, holder: str, to: str) -> None:
    """WMS 8 lid 6: whoever does not hold the right gets it for information."""
    procedure = replace(PROCEDURE, right_holder=holder)
    made = routing(replace(CONSENT, procedure=procedure, council=replace(COUNCIL, regime=regime)))
    assert made.naar == to
    assert made.geadresseerde == (f"{to[0].upper()}{to[1:]}",)


def test_the_routing_note_names_the_papers_and_greets_members() -> None:
    double = ("Vakantierooster", "Bijlage rooster", "Vakantierooster")
    made = routing(replace(CONSENT, papers=double, basis="artikel 8 lid 6 van de WMS"))
    assert (made.aanhef, made.uw_kenmerk, made.recht) == ("Geachte leden", "", "instemming")
    assert made.stukken == ("Vakantierooster", "Bijlage rooster")
    assert (made.ontvangen_op, made.grondslag) == ("4 november 2026", "artikel 8 lid 6 van de WMS")


# --- names, words, the mail ------------------------------------------------------------


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


def test_a_concept_is_named_after_its_dossier() -> None:
    assert concept_name("2026-0017", "Advies") == "2026-0017 Advies - concept.docx"


def test_a_final_letter_has_a_number_from_the_second() -> None:
    assert final_name("2026-0017", "Herinnering", 1) == "2026-0017 Herinnering.pdf"
    assert final_name("2026-0017", "Herinnering", 2) == "2026-0017 Herinnering 2.pdf"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2026-0017 Advies - concept.docx", ("2026-0017", "Advies")),
        ("2026-0017 Advies - concept (2).docx", ("2026-0017", "Advies")),
        ("2026-0017 Verzoek om nader overleg.docx", ("2026-0017", "Verzoek om nader overleg")),
        ("2026-0017 Advies.pdf", ("2026-0017", "Advies")),
        ("Advies.docx", ("", "")),
        ("2026-17 Advies.docx", ("", "")),
        ("2026-0017.docx", ("", "")),
        ("2026-0017 Advies.odt", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_file_name_tells_dossier_and_letter_or_nothing(name: str, found: tuple[str, str]) -> None:
    assert read_name(name) == found


def test_the_mail_carries_the_letter_and_asks_for_an_answer_to_the_mailbox() -> None:
    made = mail(COUNCIL, "2026-0017", "Advies", "2026-0017 Advies.pdf", to_sections=False)
    assert (made.onderwerp, made.kenmerk) == ("Advies (2026-0017)", "2026-0017")
    assert (made.bestand, made.antwoordadres) == ("2026-0017 Advies.pdf", "cmr@veenrijk.example")
    assert (made.aanhef, made.bevestiging) == ("Geacht bestuur", True)


def test_other_sections_are_greeted_as_members_and_confirm_nothing() -> None:
    """WMS 8 lid 6: the papers are theirs for information only."""
    file = "2026-0017 Ter kennisneming.pdf"
    made = mail(COUNCIL, "2026-0017", "Ter kennisneming", file, to_sections=True)
    assert (made.aanhef, made.bevestiging) == ("Geachte leden", False)


@pytest.mark.parametrize(
    ("regime", "greeting"),
    [("wms-po", "Geacht bestuur"), ("wor", "Geachte bestuurder"), ("wmcz", "Geacht bestuur")],
)
def test_an_or_writes_to_the_bestuurder(regime: str, greeting: str) -> None:
    """WOR 1 lid 1 onder e: an ondernemingsraad deals with the bestuurder."""
    council = replace(COUNCIL, regime=regime)
    assert write("advies", replace(ADVICE, council=council)).aanhef == greeting
    assert mail(council, "2026-0017", "Advies", "a.pdf", to_sections=False).aanhef == greeting


@pytest.mark.parametrize(
    ("regime", "board"),
    [("wms-vo", "het bestuur"), ("wor", "de ondernemer"), ("wmcz", "de zorgaanbieder")],
)
def test_each_law_has_its_own_word_for_who_decides(regime: str, board: str) -> None:
    """WMS: the board of the school; WOR 1 lid 1 onder d; Wmcz 2018."""
    assert replace(COUNCIL, regime=regime).board_words == board
