"""What a paper is: one small text per rule that must separate it from its neighbours."""

import math
import time
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pipeline.classify.model import model_of
from pipeline.classify.plan import Paper, judge
from pipeline.classify.rules import KindRules
from pipeline.intake.facts import find_facts
from pipeline.settings.kinds import load_kinds
from pipeline.values import (
    Address,
    Caution,
    Classified,
    Council,
    Held,
    Judgement,
    Kind,
    Model,
    Relation,
    Right,
    SenderRole,
    StartsProcedure,
    Verdict,
)

CONFIG = Path(__file__).parents[2] / "config"
COUNCIL = Council(
    name="CMR Veenrijk College", short="CMR", organ="cmr", regime="wms-vo", region="noord",
    board="Stichting Veenrijk", mailbox=Address(email="cmr@veenrijk.example"),
    secretary=Address(email="secretaris@veenrijk.example"),
    chair=Address(email="voorzitter@veenrijk.example"),
    own_addresses=("cmr@veenrijk.example",),
    relations=(Relation(name="CvB", email="cvb@veenrijk.example", role=SenderRole.BEVOEGD_GEZAG),),
    groups=("PMR",), pause_minutes=10, fixed_items=(), closing_items=(), papers_days_before=7,
    public_edition=False,
)  # fmt: skip


@cache
def kinds() -> KindRules:
    return load_kinds(CONFIG)


def verdict_of(text: str, **changes: object) -> Verdict:
    paper = Paper(
        text=text,
        facts=find_facts(text, date(2026, 11, 4), "", ""),
        sender_role=SenderRole.BEVOEGD_GEZAG,
        council=COUNCIL,
    )
    return judge(replace(paper, **changes), kinds())  # type: ignore[arg-type]


def judgement_of(verdict: Verdict) -> Judgement:
    assert verdict.judgement is not None
    return verdict.judgement


ADVICE_REQUEST = """Stichting Veenrijk
Almere, 3 november 2026
Betreft: Adviesaanvraag vakantierooster 2027-2028

Geachte leden van de CMR,

Hierbij leggen wij u het voorgenomen besluit over het vakantierooster 2027-2028 ter advisering voor.
De beweegredenen en de gevolgen voor personeel, ouders en leerlingen vindt u in de bijlage.
Wij ontvangen graag vóór 15 december a.s. uw schriftelijke advies.

Met vriendelijke groet,
namens het college van bestuur,

A. de Wit
voorzitter college van bestuur
"""

CONSENT_REQUEST = """Betreft: Instemmingsverzoek formatieplan

Beste leden van de PMR,

Het formatieplan voor komend schooljaar is klaar. Op grond van artikel 12 lid 1 onder b WMS vragen wij
jullie om instemming met dit plan. Graag ontvangen wij uiterlijk 8 januari jullie schriftelijke instemming.

Hartelijke groet,
Joke Veldman
directeur
"""

OWN_ADVICE = """CMR Veenrijk College
Almere, 9 december 2026
Betreft: advies vakantierooster 2027-2028

Geacht college van bestuur,

Op 3 november 2026 ontvingen wij van u een adviesaanvraag over het vakantierooster 2027-2028. De CMR heeft
de aanvraag besproken in de vergadering van 8 december en brengt hierbij het volgende advies uit. De CMR
adviseert positief, mits de herfstvakantie gelijk loopt met de regio.

Met vriendelijke groet,
namens de CMR,
P. Jansen, voorzitter
"""

DECISION = """Almere, 18 december 2026
Betreft: reactie op uw advies vakantierooster 2027-2028

Geachte leden van de CMR,

Hartelijk dank voor uw advies van 9 december 2026. Wij hebben op 17 december 2026 besloten het vakantierooster
vast te stellen. Uw advies hebben wij overgenomen. Het besluit gaat in per 1 augustus 2027.

Met vriendelijke groet,
namens het college van bestuur,
A. de Wit
"""

MORE_TALK = """Betreft: uw advies fusie

Geachte leden van de CMR,

Dank voor uw advies van 9 december 2026. Wij zijn voornemens van uw advies af te wijken en nodigen u uit voor
nader overleg op 12 januari. Daarna nemen wij een besluit.

Met vriendelijke groet,
namens het college van bestuur,
A. de Wit
"""

MINUTES = """Notulen CMR (concept)
Datum: 3 november 2026
Aanwezig: P. Jansen (voorzitter), K. Smit, L. de Boer
Afwezig m.k.: J. Bos
Notulist: M. Vos

1. Opening
De voorzitter opent de vergadering om 19.30 uur en heet iedereen welkom.
2. Adviesaanvraag vakantierooster
Het college van bestuur verzoekt de CMR om advies. De CMR stemt in met de planning.
3. Rondvraag en sluiting
De voorzitter sluit de vergadering om 21.15 uur.
"""

AGENDA = """Agenda overlegvergadering CMR
Dinsdag 8 december 2026, 19.30 uur, lokaal 1.12

1. Opening en vaststelling agenda (19.30)
2. Ingekomen post
3. Mededelingen directie
4. Formatieplan (= instemmingsrecht art. 12 lid 1b WMS) (19.45)
5. Vakantierooster, ter advisering (= adviesrecht art. 11 WMS) (20.15)
6. Rondvraag
7. Sluiting (21.15)
"""

NEWSLETTER = """Nieuwsbrief medezeggenschap november
In deze nieuwsbrief: advies of instemming, wat is het verschil? Lees meer over adviesaanvragen en
instemmingsverzoeken. Webinar: een goed advies uitbrengen. Vraag nu de handreiking taakbeleid aan.
Wilt u deze mail niet meer ontvangen? Dan kunt u zich hier uitschrijven.
"""

CLEAR = (
    ("adviesaanvraag", ADVICE_REQUEST, Kind.ADVIESAANVRAAG),
    ("instemmingsverzoek", CONSENT_REQUEST, Kind.INSTEMMINGSVERZOEK),
    ("besluit", DECISION, Kind.BESLUIT_NA_ADVIES),
    ("notulen", MINUTES, Kind.NOTULEN),
    ("agenda", AGENDA, Kind.AGENDA),
)


@pytest.mark.parametrize(("text", "kind"), [row[1:] for row in CLEAR], ids=[row[0] for row in CLEAR])
def test_a_clear_paper_of_the_board_is_classified(text: str, kind: Kind) -> None:
    verdict = verdict_of(text)
    assert isinstance(verdict, Classified), verdict
    assert verdict.judgement.kind is kind


@pytest.mark.parametrize("text", [ADVICE_REQUEST, CONSENT_REQUEST])
def test_a_clear_request_of_the_board_starts_a_procedure(text: str) -> None:
    assert judgement_of(verdict_of(text)).starts_procedure is StartsProcedure.JA


@pytest.mark.parametrize(
    ("text", "kind"),
    [(OWN_ADVICE, Kind.ADVIES_OF_INSTEMMING_RAAD), (MINUTES, Kind.NOTULEN), (AGENDA, Kind.AGENDA)],
)
@pytest.mark.parametrize("role", list(SenderRole))
def test_what_is_no_request_never_starts_one_whoever_sends_it(
    text: str, kind: Kind, role: SenderRole
) -> None:
    judgement = judgement_of(verdict_of(text, sender_role=role))
    assert judgement.kind is kind
    assert judgement.starts_procedure is StartsProcedure.NEE


def test_the_advice_of_the_council_itself_is_not_the_request_it_answers() -> None:
    verdict = verdict_of(OWN_ADVICE, sender_role=SenderRole.RAAD)
    assert isinstance(verdict, Classified)
    assert verdict.judgement.subkind == "eigen_advies"


def test_an_unknown_sender_starts_nothing() -> None:
    verdict = verdict_of(ADVICE_REQUEST, sender_role=SenderRole.ONBEKEND)
    assert isinstance(verdict, Held)
    assert judgement_of(verdict).starts_procedure is StartsProcedure.VRAAG
    assert any("afzender" in reason for reason in verdict.reasons)


def test_without_a_council_only_the_kind_is_judged() -> None:
    """Trust is unknown then: a clear request is not held for it, but starts nothing either."""
    verdict = verdict_of(ADVICE_REQUEST, council=None, sender_role=SenderRole.ONBEKEND)
    assert isinstance(verdict, Classified)
    assert verdict.judgement.starts_procedure is StartsProcedure.VRAAG


def test_a_letter_dropped_by_the_secretary_starts_when_the_text_is_plainly_of_the_board() -> None:
    verdict = verdict_of(ADVICE_REQUEST, sender_role=SenderRole.SECRETARIS_MAP)
    assert isinstance(verdict, Classified)
    assert verdict.judgement.starts_procedure is StartsProcedure.JA


def test_a_dropped_request_that_does_not_say_who_asks_is_held() -> None:
    text = (
        "Adviesaanvraag vakantierooster\n\nGraag advies over bijgaand vakantierooster voor 15 december 2026. "
        * 2
    )
    verdict = verdict_of(text, sender_role=SenderRole.SECRETARIS_MAP)
    assert isinstance(verdict, Held)
    assert judgement_of(verdict).starts_procedure is StartsProcedure.VRAAG


def test_talks_before_the_decision_are_never_the_decision() -> None:
    """WMS 17 d: the board talks first; the six weeks begin with the decision."""
    verdict = verdict_of(MORE_TALK)
    assert isinstance(verdict, Held)
    assert any("nader overleg" in reason for reason in verdict.reasons)


def test_a_decision_after_consent_says_what_it_follows() -> None:
    text = """Betreft: besluit formatieplan na instemming

Geachte leden van de PMR,

Dank voor uw instemming van 12 december 2026. Nu u heeft ingestemd, hebben wij op 15 december 2026 besloten
het formatieplan vast te stellen. Het gaat in per 1 augustus 2027.

Met vriendelijke groet,
Joke Veldman, directeur
"""
    judgement = judgement_of(verdict_of(text))
    assert judgement.kind is Kind.BESLUIT_NA_ADVIES
    assert judgement.follows == "instemming"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("Adviesaanvraag", "Concept-adviesaanvraag"), "concept"),
        (("Adviesaanvraag", "Aanvulling op adviesaanvraag"), "lopende zaak"),
        (("Adviesaanvraag", "Herinnering adviesaanvraag"), "lopende zaak"),
        (("ter advisering voor", "ter goedkeuring aan de MR voor"), "goedkeuring"),
        (
            ("uw schriftelijke advies", "uw instemming en uw advies, dus verzoeken wij u om instemming"),
            "instemming",
        ),
        (("leden van de CMR", "leden van de ondernemingsraad"), "ander orgaan"),
        (("leden van de CMR", "leden van de ouderraad"), "ander orgaan"),
        (("leden van de CMR", "leden van de Raad van Toezicht"), "ander orgaan"),
        (("leden van de CMR", "leden van de medezeggenschapsraad van OBS De Regenboog"), "ander orgaan"),
    ],
)
def test_a_doubtful_request_is_held_with_its_reason(change: tuple[str, str], word: str) -> None:
    verdict = verdict_of(ADVICE_REQUEST.replace(*change))
    assert isinstance(verdict, Held), verdict
    assert any(word in reason for reason in verdict.reasons)


@pytest.mark.parametrize(
    "words", ["leden van de MR van Veenrijk", "leden van de CMR van de Stichting Veenrijk"]
)
def test_a_request_that_names_this_council_in_full_is_for_this_council(words: str) -> None:
    assert isinstance(verdict_of(ADVICE_REQUEST.replace("leden van de CMR", words)), Classified)


def test_a_body_that_the_text_speaks_of_is_not_whom_it_is_for() -> None:
    text = ADVICE_REQUEST.replace("Hierbij leggen", "De raad van toezicht is akkoord.\nHierbij leggen")
    assert isinstance(verdict_of(text), Classified)


def test_a_reminder_starts_nothing() -> None:
    """What it reminds of started the procedure, so a reminder is held and never asks for a second one."""
    text = ADVICE_REQUEST.replace("Hierbij leggen wij", "Graag herinneren wij u eraan. Eerder legden wij")
    verdict = verdict_of(text)
    assert isinstance(verdict, Held)
    assert judgement_of(verdict).starts_procedure is StartsProcedure.NEE


def test_an_empty_box_on_a_form_asks_nothing() -> None:
    form = """Aanbiedingsformulier
Aan\tOndernemingsraad
Onderwerp\tVerhuizing naar gebouw C
Gevraagd wordt:
[x] advies (art. 25 WOR)
[ ] instemming (art. 27 WOR)
[ ] ter informatie
Gewenste reactie uiterlijk\t18-12-2026
"""
    assert judgement_of(verdict_of(form)).kind is Kind.ADVIESAANVRAAG


def test_a_reglement_that_describes_requests_is_no_request() -> None:
    text = """Medezeggenschapsreglement

Artikel 1 Begripsbepalingen
Dit reglement verstaat onder raad: de medezeggenschapsraad.
Artikel 21
Het bevoegd gezag stelt de raad in de gelegenheid advies uit te brengen en vraagt de raad tijdig om advies.
"""
    judgement = judgement_of(verdict_of(text))
    assert judgement.kind is Kind.REGLEMENT_STATUUT
    assert judgement.starts_procedure is StartsProcedure.NEE


def test_several_rights_in_one_request_are_held() -> None:
    rights = (
        Right(id="WMS-12-1-b", right="instemming", geleding="personeel"),
        Right(id="WMS-11-n", right="advies", geleding="hele raad"),
    )
    assert isinstance(verdict_of(CONSENT_REQUEST, rights=rights), Held)


def test_a_request_for_advice_that_names_a_right_of_consent_is_held() -> None:
    rights = (Right(id="WMS-12-1-b", right="instemming", geleding="personeel"),)
    assert isinstance(verdict_of(ADVICE_REQUEST, rights=rights), Held)


def test_an_attachment_does_not_become_a_request_by_the_subject_of_its_mail() -> None:
    text = """Vakantierooster 2027-2028

Herfstvakantie 16 t/m 24 oktober 2027
Kerstvakantie 25 december 2027 t/m 9 januari 2028
Voorjaarsvakantie, meivakantie en zomervakantie volgen de regio.
"""
    verdict = verdict_of(text, subject="Adviesaanvraag vakantierooster", file_name="rooster.pdf")
    assert judgement_of(verdict).starts_procedure is not StartsProcedure.JA


@pytest.mark.parametrize("bulk", [True, False])
def test_a_newsletter_about_advice_is_news(bulk: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    verdict = verdict_of(NEWSLETTER, bulk=bulk, is_mail_body=True, sender_role=SenderRole.ONBEKEND)
    assert judgement_of(verdict).kind is Kind.NIEUWSBRIEF
    assert judgement_of(verdict).starts_procedure is StartsProcedure.NEE


def test_a_school_advice_to_a_pupil_is_no_request() -> None:
    text = "Beste ouders,\n\nUw kind krijgt het voorlopig schooladvies. Wij vragen u dit advies te bespreken."
    assert judgement_of(verdict_of(text, sender_role=SenderRole.BEKEND)).kind is not Kind.ADVIESAANVRAAG


@pytest.mark.parametrize("text", ["", "  \n", "Zie bijlage.", "1234 5678 " * 40])
def test_too_little_text_is_held_without_a_guess(text: str) -> None:
    verdict = verdict_of(text)
    assert isinstance(verdict, Held)
    assert verdict.judgement is None


def test_a_bad_scan_is_held() -> None:
    text = "Adv1esaanvr~ag v@kant|er00ster gr^ag ontv&ngen w!j uw adv1es v00r 15 d3cember xkrtpq zzwrtk " * 5
    verdict = verdict_of(text)
    assert isinstance(verdict, Held)
    assert any("leesbaar" in reason for reason in verdict.reasons)


def test_evidence_quotes_the_text_strongest_first_and_short() -> None:
    evidence = judgement_of(verdict_of(ADVICE_REQUEST)).evidence
    weights = [abs(item.weight) for item in evidence]
    assert evidence
    assert weights == sorted(weights, reverse=True)
    assert all(len(item.sentence) <= 240 for item in evidence)
    assert any("ter advisering voor" in item.sentence for item in evidence)


def test_what_is_held_always_says_why() -> None:
    for text in (MORE_TALK, NEWSLETTER, "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do."):
        verdict = verdict_of(text, sender_role=SenderRole.ONBEKEND)
        assert isinstance(verdict, Classified) or verdict.reasons


@pytest.mark.parametrize(
    "text", ["a " * 500_000, "\n" * 1_000_000, "advies " * 140_000, "de raad " * 120_000, "-" * 1_000_000]
)
def test_hostile_text_costs_no_time(text: str) -> None:
    started = time.process_time()
    verdict_of(text, facts=find_facts("", None, "", ""))
    assert time.process_time() - started < 1


def mail(subject: str, text: str) -> Verdict:
    body = f"Beste CMR,\n\n{text}\n\nMet vriendelijke groet,\nAnneke van Houten, bestuurder"
    return verdict_of(body, subject=subject, is_mail_body=True)


ABOUT_A_REQUEST = [
    (
        "Intrekking instemmingsverzoek",
        "Het verzoek om instemming met het taakbeleid trek ik in. Ik kom later terug.",
    ),
    ("Uitstel adviestermijn", "Wij stellen de termijn voor uw advies over de begroting uit tot 15 januari."),
    (
        "RE: Adviesaanvraag begroting",
        "Hebben jullie al een advies over de begroting? Graag ontvangen wij uw advies.",
    ),
    (
        "Adviesaanvraag fusie",
        "In januari ontvangen jullie de adviesaanvraag. Dan vragen wij jullie om advies.",
    ),
    ("begroting", "Hierbij de ontbrekende bijlage bij onze adviesaanvraag van 3 november. Graag uw advies."),
    ("benoeming", "Wij vragen de raad van toezicht om instemming met de benoeming. Dit ter informatie."),
    ("verbouwing", "Uw verzoek om advies te mogen geven wijzen wij af; dit besluit is niet adviesplichtig."),
    (
        "Adviesaanvraag begroting",
        "Zie de bijlage bij deze mail. Heeft u vragen, dan hoor ik dat natuurlijk graag.",
    ),
]


@pytest.mark.parametrize(("subject", "text"), ABOUT_A_REQUEST, ids=[row[0] for row in ABOUT_A_REQUEST])
def test_a_mail_about_a_request_starts_nothing(subject: str, text: str) -> None:
    """It uses every word of a request, and comes from the board."""
    assert judgement_of(mail(subject, text)).starts_procedure is not StartsProcedure.JA


@pytest.mark.parametrize(
    "text",
    [
        "Ik verzoek je in elk geval het advies over de pauzetijden nog niet te versturen naar de directie.",
        "Wij verzoeken u met ons in overleg te treden over uw advies. Daarna zien wij wel weer verder.",
        "Graag jullie advies: zullen we de receptie van de school op 5 of op 6 juni houden?",
    ],
)
def test_one_loose_sentence_starts_nothing(text: str) -> None:
    assert judgement_of(mail("pauzetijden", text)).starts_procedure is not StartsProcedure.JA


def test_a_model_letter_starts_nothing() -> None:
    text = ADVICE_REQUEST.replace("15 december a.s.", "[datum]").replace("A. de Wit", "[naam bestuurder]")
    assert isinstance(verdict_of(text), Held)


def test_a_copy_of_an_old_request_starts_nothing() -> None:
    text = (
        "Ter informatie stuur ik de adviesaanvraag die wij in 2024 hebben gestuurd. Wij vroegen toen advies."
    )
    assert judgement_of(mail("Adviesaanvraag fusie 2024", text)).starts_procedure is not StartsProcedure.JA


def test_minutes_sent_for_approval_are_minutes() -> None:
    """Approving minutes is no right of the law: only what the board asks is doubtful."""
    assert isinstance(
        verdict_of("Hierbij de notulen ter goedkeuring.\n" + MINUTES, is_mail_body=True), Classified
    )


CLOSE = "\n\nMet vriendelijke groet,\n\nJan Bos\n"
COLD = (
    "Beste leden van de MR,\n\nIn lokaal 12 is het koud. Mijn zoon zit daar met zijn jas aan. Kunt u vragen"
)
COLD += " wanneer de verwarming wordt gemaakt?" + CLOSE


def test_words_that_stand_in_either_request_do_not_make_it_two() -> None:
    """``Voorgenomen besluit`` and ``beweegredenen`` go with a request for consent as well."""
    verdict = verdict_of(
        "Aan de CMR\nBetreft: Instemmingsverzoek rooster\n\nGeachte CMR,\n\nHierbij vragen wij uw"
        " instemming met ons voorgenomen besluit over het rooster voor 2027. De beweegredenen staan in de"
        " notitie; ons voornemen is besproken.\n\nnamens het college van bestuur,\n\nJ. de Vries\n"
    )
    assert isinstance(verdict, Classified), verdict
    assert verdict.judgement.starts_procedure is StartsProcedure.JA


def test_a_request_for_consent_that_asks_advice_as_well_is_held() -> None:
    verdict = verdict_of(CONSENT_REQUEST + "\nWij vragen u ook om advies over ons voorgenomen besluit.\n")
    assert isinstance(verdict, Held)
    assert any("zowel" in reason for reason in verdict.reasons)


def test_a_plain_letter_of_a_parent_is_filed_and_starts_nothing() -> None:
    verdict = verdict_of(COLD, sender_role=SenderRole.ONBEKEND, is_mail_body=True)
    assert isinstance(verdict, Classified)
    assert verdict.judgement.kind is Kind.KLACHT_OF_BRIEF_ACHTERBAN
    assert verdict.judgement.starts_procedure is StartsProcedure.NEE


@pytest.mark.parametrize(
    "change",
    [
        ("Mijn zoon zit daar met zijn jas aan.", "Wij leveren kachels."),
        ("Mijn zoon zit daar met zijn jas aan.", "Mijn zoon en ik vragen u om advies over kachels."),
        ("Beste leden van de MR", "Beste meneer Demir"),
        (CLOSE, ""),
        ("In lokaal 12 is het koud.", "Ik wil graag lid worden van de MR."),
    ],
    ids=["a supplier", "a request", "to a person", "not signed", "a candidate"],
)
def test_another_letter_of_a_stranger_is_not_taken_for_one_of_the_constituency(
    change: tuple[str, str],
) -> None:
    text = COLD.replace(*change)
    assert text != COLD
    assert isinstance(verdict_of(text, sender_role=SenderRole.ONBEKEND, is_mail_body=True), Held)


def test_what_the_board_writes_about_a_complaint_is_not_filed_as_one() -> None:
    text = (
        "Geachte leden van de CMR,\n\nEen moeder van een leerling uit klas 2 diende een klacht in. De"
        " klachtencommissie verklaarde de klacht gegrond. Daarover hoort u dit van ons.\n"
    )
    verdict = verdict_of(text)
    assert isinstance(verdict, Held) or verdict.judgement.kind is not Kind.KLACHT_OF_BRIEF_ACHTERBAN


SURVEY = (
    "Uitkomst raadpleging\nAlle 412 medewerkers kregen acht vragen. De meesten zijn het eens met de opzet.\n"
)


def test_an_annex_that_is_nothing_else_is_filed_as_such() -> None:
    verdict = verdict_of(SURVEY, file_name="Bijlage 2 Uitkomst raadpleging.docx")
    assert isinstance(verdict, Classified)
    assert verdict.judgement.kind is Kind.OVERIG


@pytest.mark.parametrize(
    ("text", "name"),
    [(SURVEY, "Uitkomst raadpleging.docx"), (SURVEY + "Wij vragen de CMR om advies.\n", "Bijlage 2.docx")],
)
def test_an_unknown_file_or_an_annex_that_asks_is_held(text: str, name: str) -> None:
    assert isinstance(verdict_of(text, file_name=name), Held)


@pytest.mark.parametrize(
    ("role", "starts"),
    [(SenderRole.BEVOEGD_GEZAG, StartsProcedure.VRAAG), (SenderRole.ONBEKEND, StartsProcedure.NEE)],
)
def test_a_loose_note_of_the_board_may_be_a_request(role: SenderRole, starts: StartsProcedure) -> None:
    verdict = verdict_of(
        "hoi, we gaan de stalling afsluiten, kosten vallen mee, neem jij het mee de 8e?", sender_role=role
    )
    assert isinstance(verdict, Held)
    assert judgement_of(verdict).starts_procedure is starts


def test_the_head_of_a_table_is_no_title() -> None:
    """The column ``Besluit`` of a table below ``Onderwerp`` says nothing of the paper."""
    text = "Overzicht\nOnderwerp\tRecht\tDefinitief besluit\nBegroting\tadvies\tpositief\n" + SURVEY
    verdict = verdict_of(text)
    assert judgement_of(verdict).kind is not Kind.BESLUIT_NA_ADVIES


def test_a_scan_whose_words_are_not_sure_waits() -> None:
    """What makes a sure request of a clean text must not start anything when it was read badly."""
    assert isinstance(verdict_of(ADVICE_REQUEST, certainty=0.61), Classified)
    held = verdict_of(ADVICE_REQUEST, certainty=0.59)
    assert isinstance(held, Held)
    assert "De scan is slecht leesbaar" in held.reasons[0]


def test_a_paper_of_which_pages_were_not_read_waits_with_what_was_said_of_them() -> None:
    """A request may stand on the page that was not read."""
    held = verdict_of(ADVICE_REQUEST, unread="Pagina 2 is een scan en werd niet gelezen.")
    assert isinstance(held, Held)
    assert "Pagina 2 is een scan en werd niet gelezen." in held.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Even een reminder, het is bijna tijd.\nGroeten, Ans\n\nBeste CMR,\nGraag uw advies (art. 11 WMS).",
        "Het advies over de begroting zou dinsdag binnen zijn. Lukt dat nog? Wij ontvangen graag uw advies.",
        "Over de begroting heb ik nog niets van jullie gehoord. Graag jullie advies voor vrijdag 4 december.",
    ],
)
def test_a_reminder_in_loose_words_starts_nothing(text: str) -> None:
    """With the old request below it, or only in its own words."""
    assert judgement_of(mail("begroting", text)).starts_procedure is not StartsProcedure.JA


def test_a_request_that_only_stands_below_a_message_is_asked_about() -> None:
    text = "Dag Marijke,\n\nHier is hij dan nog een keer.\n\nGroet,\nAns\n\n" + ADVICE_REQUEST
    verdict = mail("begroting", text)
    assert isinstance(verdict, Held)
    assert any("onder dit bericht" in reason for reason in verdict.reasons)


def test_the_board_that_asks_by_a_day_and_names_the_article_is_asking() -> None:
    """No word of the trade but the law: a plain letter of the board goes by itself."""
    text = (
        "Geachte leden van de CMR,\n\nWij leggen het voorgenomen besluit over de lestijden aan u voor "
        "op grond van artikel 11 van de WMS. Uw standpunt verwachten wij graag voor 15 december 2026.\n\n"
        "Met vriendelijke groet,\nA. de Wit\nvoorzitter college van bestuur"
    )
    right = Right(id="WMS-11-l", right="advies", geleding="hele raad")
    judgement = judgement_of(verdict_of(text, rights=(right,)))
    assert judgement.starts_procedure is StartsProcedure.JA
    assert judgement.kind is Kind.ADVIESAANVRAAG


def test_a_decision_after_talks_is_a_decision() -> None:
    """Only talks that are still to come hold it."""
    text = DECISION.replace(
        "Uw advies hebben wij", "Na het nader overleg met u is de tekst aangepast. Uw advies is"
    )
    assert isinstance(verdict_of(text), Classified)


def test_the_board_does_not_complain_and_a_trainer_does_not_advise() -> None:
    """Who sends it counts against kinds that hardly come from there."""
    text = "Beste CMR,\n\nDe MR adviseert en stemt in: daarover gaat onze cursus van maart.\n\nGroet,\nJoep"
    kind = judgement_of(verdict_of(text, sender_role=SenderRole.BEKEND)).kind
    assert kind is not Kind.ADVIES_OF_INSTEMMING_RAAD
    complaint = (
        "Beste CMR,\n\nEen moeder van een leerling schreef mij; wij hebben erover gesproken.\n\nGroet,\nAns"
    )
    assert judgement_of(verdict_of(complaint)).kind is not Kind.KLACHT_OF_BRIEF_ACHTERBAN


def test_a_ticked_box_behind_an_empty_one_is_read() -> None:
    """A form has its choices on one line."""
    text = ADVICE_REQUEST.replace(
        "Betreft:", "Gevraagd:\t[ ] instemming\t[x] advies\t[ ] informatie\nBetreft:"
    )
    cues = [item.cue for item in judgement_of(verdict_of(text)).evidence]
    assert "[x] advies" in [cue.lower() for cue in cues]


@pytest.mark.parametrize(
    "text",
    [
        "In mei krijgen jullie van mij een verzoek om in te stemmen met het taakbeleid. De tekst volgt.",
        "Om jullie niet te overvallen: wij vragen straks instemming met het rooster (artikel 10 WMS).",
        "Wij vragen uw instemming met het taakbeleid, maar nu hoeven jullie nog niets te doen.",
    ],
)
def test_a_request_that_is_only_announced_starts_nothing(text: str) -> None:
    assert judgement_of(mail("taakbeleid", text)).starts_procedure is not StartsProcedure.JA


def test_two_matters_with_two_rights_in_one_letter_are_asked_about() -> None:
    text = (
        "Er zijn twee dingen. Graag uw instemming met het privacybeleid, dat ter instemming voorligt. "
        "En misschien kunt u een advies geven over de verhuizing. Wilt u op allebei reageren?"
    )
    verdict = mail("privacy en verhuizing", text)
    assert isinstance(verdict, Held)
    assert any("zowel om advies als om instemming" in reason for reason in verdict.reasons)


def test_a_request_of_months_ago_that_comes_now_is_asked_about() -> None:
    """Somebody sends an old letter along; its term ran long ago."""
    assert isinstance(verdict_of(ADVICE_REQUEST, day=date(2026, 11, 4)), Classified)
    held = verdict_of(ADVICE_REQUEST, day=date(2027, 2, 1))
    assert isinstance(held, Held)
    assert any("oud verzoek" in reason for reason in held.reasons)


@pytest.mark.parametrize(
    "beside",
    [
        "Hierbij ter informatie een afschrift van ons verzoek.",
        "Een herinnering: jullie antwoord hebben we nog niet.",
        "Deze aanvraag trekken wij in.",
        "Dit is nog een concept.",
    ],
)
def test_a_request_that_its_mail_calls_something_else_is_asked_about(beside: str) -> None:
    assert isinstance(verdict_of(ADVICE_REQUEST, beside="Bijgaand ons verzoek."), Classified)
    held = verdict_of(ADVICE_REQUEST, beside=beside)
    assert isinstance(held, Held)
    assert any("De mail waarin dit verzoek zat" in reason for reason in held.reasons)


def test_a_request_forwarded_after_months_or_after_its_answer_day_is_asked_about() -> None:
    forwarded = verdict_of(ADVICE_REQUEST, day=date(2026, 11, 4), first_sent=date(2026, 9, 1))
    assert isinstance(forwarded, Held)
    late = verdict_of(ADVICE_REQUEST, day=date(2026, 12, 16))
    assert isinstance(late, Held)
    assert any("dag die al voorbij was" in reason for reason in late.reasons)


def test_thanks_without_a_decision_start_no_term() -> None:
    thanks = "Wij danken u voor het advies over het vakantierooster. {} Fijn dat het zo snel kon."
    decided = mail(
        "Besluit na advies vakantierooster", thanks.format("Het bestuur heeft besloten het te volgen.")
    )
    assert isinstance(decided, Classified)
    assert decided.judgement.kind is Kind.BESLUIT_NA_ADVIES
    assert isinstance(mail("Advies vakantierooster", thanks.format("Wij komen hierop terug.")), Held)


# --- what was learned ------------------------------------------------------------------


def learned(kind: Kind, chance: float) -> Model:
    """Make a model that gives a kind this chance, whatever it sees, and shares the rest out evenly."""
    rest = (1 - chance) / (len(Kind) - 1)
    bias = tuple(math.log(chance if one is kind else rest) for one in Kind)
    return model_of(
        version="hand", kinds=tuple(Kind), rarity={}, weights={}, bias=bias, temperature=1.0, samples=1
    )


def with_model(text: str, model: Model, **changes: object) -> Verdict:
    paper = Paper(
        text=text, facts=find_facts(text, None, "", ""), sender_role=SenderRole.BEVOEGD_GEZAG, council=COUNCIL
    )
    return judge(replace(paper, **changes), kinds(), model)  # type: ignore[arg-type]


def test_what_was_learned_and_the_cues_together_file_a_paper() -> None:
    verdict = with_model(ADVICE_REQUEST, learned(Kind.ADVIESAANVRAAG, 0.96))
    assert isinstance(verdict, Classified)
    assert verdict.judgement.confidence == pytest.approx(0.96)


def test_what_was_learned_against_strong_cues_is_asked_about_with_both_named() -> None:
    held = with_model(ADVICE_REQUEST, learned(Kind.NOTULEN, 0.99))
    assert isinstance(held, Held)
    assert "“Adviesaanvraag”" in held.reasons[0]
    assert "“Notulen”" in held.reasons[0]


def test_a_low_chance_is_asked_about_although_the_cues_are_plain() -> None:
    assert isinstance(with_model(ADVICE_REQUEST, learned(Kind.ADVIESAANVRAAG, 0.5)), Held)
    assert isinstance(with_model(MINUTES, learned(Kind.NOTULEN, 0.6)), Held)


def test_a_request_that_many_cues_name_needs_less_of_what_was_learned_but_not_little() -> None:
    """A term would begin; without many cues it is 0.96."""
    assert isinstance(with_model(ADVICE_REQUEST, learned(Kind.ADVIESAANVRAAG, 0.54)), Held)
    assert isinstance(with_model(ADVICE_REQUEST, learned(Kind.ADVIESAANVRAAG, 0.56)), Classified)
    assert isinstance(with_model(MINUTES, learned(Kind.NOTULEN, 0.94)), Classified)


@pytest.mark.parametrize(
    "asks",
    [
        "Als de begroting rond is, verzoeken wij u in te stemmen met het besluit over de formatie.",
        "Wij verzoeken de GMR in te stemmen met het besluit over de formatie. U leest hierbij mee.",
        "Op 3 maart verzochten wij u in te stemmen met het voorgenomen besluit over de formatie.",
    ],
)
def test_what_is_asked_later_or_of_others_or_was_asked_before_starts_nothing(asks: str) -> None:
    """However sure what was learned is."""
    text = f"Onderwerp: instemmingsverzoek formatie\n\nGeachte leden van de MR,\n\n{asks}\n\nHet bestuur\n"
    assert isinstance(with_model(text, learned(Kind.INSTEMMINGSVERZOEK, 0.99)), Held)
    plain = text.replace(asks, "Wij verzoeken u in te stemmen met het voorgenomen besluit over de formatie.")
    assert isinstance(with_model(plain, learned(Kind.INSTEMMINGSVERZOEK, 0.99)), Classified)


def test_a_stranger_is_not_put_away_as_overig_by_what_was_learned_alone() -> None:
    """A question of somebody the council stands for may look like nothing."""
    sure = learned(Kind.OVERIG, 0.99)
    assert isinstance(with_model(NOTHING, sure, sender_role=SenderRole.ONBEKEND), Held)
    assert isinstance(with_model(NOTHING, sure, sender_role=SenderRole.BEKEND), Classified)


def test_many_plain_cues_against_what_was_learned_are_asked_about() -> None:
    """The invoice for a course is full of words about courses."""
    verdict = with_model(MINUTES, learned(Kind.FACTUUR, 0.9))
    assert isinstance(verdict, Held)
    assert "\u201cFactuur\u201d" in verdict.reasons[0]


def test_few_cues_give_way_to_what_was_learned() -> None:
    text = f"{NOTHING} De studiedag gaat door."
    verdict = with_model(text, learned(Kind.OVERIG, 0.9))
    assert isinstance(verdict, Held)
    assert verdict.judgement is not None
    assert verdict.judgement.kind is Kind.OVERIG


@pytest.mark.parametrize(
    "words",
    [
        "Daarvoor hebben we volgens mij jullie instemming nodig.",
        "Ik weet eerlijk gezegd niet of dat advies is of instemming.",
        "Als jullie dit liever meteen als adviesaanvraag behandelen, mag dat.",
    ],
)
def test_who_does_not_know_what_he_asks_is_asked(words: str) -> None:
    verdict = verdict_of(ADVICE_REQUEST.replace("Hierbij leggen", f"{words}\nHierbij leggen"))
    assert isinstance(verdict, Held)
    assert any("weet zelf niet zeker" in reason for reason in verdict.reasons)


def test_a_course_that_is_sold_by_a_mailing_list_is_not_news_for_that() -> None:
    text = "Weet u in tien minuten of een begroting klopt? Na deze cursus wel.\n\nTwee avonden in januari."
    assert judgement_of(verdict_of(text, bulk=True, is_mail_body=True)).kind is not Kind.NIEUWSBRIEF


NOTHING = "De kast op de gang is donderdag verplaatst naar het magazijn naast de trap bij de ingang."


def test_without_a_cue_only_what_is_beyond_doubt_and_starts_nothing_is_filed() -> None:
    """A model alone never starts a procedure."""
    assert isinstance(with_model(NOTHING, learned(Kind.OVERIG, 0.98)), Classified)
    assert isinstance(with_model(NOTHING, learned(Kind.OVERIG, 0.9)), Held)
    request = with_model(NOTHING, learned(Kind.ADVIESAANVRAAG, 0.99))
    assert isinstance(request, Held)
    assert judgement_of(request).starts_procedure is not StartsProcedure.JA


def test_a_guess_without_a_cue_is_not_judged_by_what_that_kind_should_say() -> None:
    """It would read: it is not clear what this is, and it is not clear what was decided in it."""
    for kind in (Kind.BESLUIT_NA_ADVIES, Kind.KLACHT_OF_BRIEF_ACHTERBAN, Kind.ADVIESAANVRAAG):
        held = with_model(NOTHING, learned(kind, 0.9))
        assert isinstance(held, Held)
        assert held.reasons == ("Er is geen duidelijke aanwijzing gevonden wat voor stuk dit is.",)
        assert held.cautions == (Caution.NO_CUE,)
    plain = NOTHING.replace("bij de ingang", "bij de kantine")
    decision = with_model(plain, learned(Kind.BESLUIT_NA_ADVIES, 0.98))
    assert isinstance(decision, Held)
    assert "wat het bestuur heeft besloten" in decision.reasons[0]


def test_whom_it_is_to_and_who_asks_are_told_apart_from_other_doubts() -> None:
    other = verdict_of(ADVICE_REQUEST.replace("leden van de CMR", "leden van de ondernemingsraad"))
    strange = verdict_of(ADVICE_REQUEST, sender_role=SenderRole.ONBEKEND)
    scanned = verdict_of(ADVICE_REQUEST, certainty=0.4)
    cautions = [one.cautions for one in (other, strange, scanned) if isinstance(one, Held)]
    assert cautions == [(Caution.OTHER_BODY,), (Caution.SENDER,), (Caution.BADLY_READ,)]


def test_a_reminder_of_the_board_is_not_put_away_however_sure_what_was_learned_is() -> None:
    text = (
        "Geachte raad,\n\nHierbij nogmaals ons verzoek. Wij hebben nog geen reactie ontvangen.\n\nBestuur\n"
    )
    sure = learned(Kind.OVERIG, 0.99)
    verdict = with_model(text, sure)
    assert isinstance(verdict, Held)
    assert any("aanvulling of herinnering" in reason for reason in verdict.reasons)
    assert isinstance(with_model(text, sure, sender_role=SenderRole.BEKEND), Classified)
    assert isinstance(with_model(text, sure, sender_role=SenderRole.BEKEND, council=None), Held)
