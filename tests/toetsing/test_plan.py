"""Requests held against the law: complete, sloppy, wrong right, wrong organ, too early, secret, political."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pipeline.settings.checklist import load_checklist
from pipeline.toetsing.case import Assessment, Finding, FindingState, RequestCase
from pipeline.toetsing.checklist import Checklist, RightFacts, Severity
from pipeline.toetsing.plan import check_request
from pipeline.values import Facts, Kind

GEVONDEN, NIET, ZELF, NVT = FindingState
CONFIG = Path(__file__).parents[2] / "config"
RECEIVED = date(2026, 11, 16)


def right(
    name: str,
    article: str,
    kind: str,
    geleding: str,
    label: str,
    *keywords: str,
    organ: str = "mr",
    sectors: tuple[str, ...] = (),
) -> RightFacts:
    return RightFacts(
        id=name,
        law=name.split("-", maxsplit=1)[0],
        article=f"artikel {article}",
        right=kind,
        organ=organ,
        geleding=geleding,
        label=label,
        keywords=keywords,
        sectors=sectors,
    )


FORMATIE = right("WMS-12-b", "12 lid 1 onder b", "instemming", "personeel", "formatie", "formatieplan")
NASCHOLING = right("WMS-12-c", "12 lid 1 onder c", "instemming", "personeel", "nascholing", "nascholing")
VERBOUWING = right("WMS-11-n", "11 onder n", "advies", "hele raad", "nieuwbouw of verbouwing", "verbouwing")
PILOT = right("WMS-11-e", "11 onder e", "advies", "hele raad", "project of experiment", "pilot")
KADER = right("WMS-16-2-a", "16 lid 2 onder a", "advies", "hele raad", "meerjarig beleid", organ="gmr")
BIJDRAGE = right(
    "WMS-14-2-c", "14 lid 2 onder c", "instemming", "ouders", "ouderbijdrage", sectors=("vo", "vso")
)
STATUUT = right("WMS-21-2", "21 lid 2", "instemming", "hele raad", "statuut", organ="gmr of mr")
OVERDRACHT = right("WOR-25-e", "25 lid 1 onder e", "advies", "hele raad", "organisatie", organ="or")
WERKTIJD = right("WOR-27-b", "27 lid 1 onder b", "instemming", "hele raad", "werktijden", organ="or")
BESTUURDER = right("WOR-30", "30 lid 1", "advies", "hele raad", "benoeming bestuurder", organ="or")
RIGHTS = (FORMATIE, NASCHOLING, VERBOUWING, PILOT, KADER, BIJDRAGE, STATUUT, OVERDRACHT, WERKTIJD, BESTUURDER)

COMPLETE = """Aan de personeelsgeleding van de MR
Betreft: instemmingsverzoek formatieplan 2027-2028

Geachte leden,

Wij vragen uw instemming met het voorgenomen besluit over het formatieplan 2027-2028 (artikel 12, eerste lid,
onder b, WMS). De oudergeleding krijgt dit voorstel gelijktijdig ter kennisneming.

De beweegredenen zijn als volgt. Het aantal groepen daalt van twaalf naar elf.

De gevolgen voor het personeel: één leerkracht gaat naar een andere school. De gevolgen voor leerlingen: twee
groepen gaan samen. De gevolgen voor ouders: zij krijgen een andere contactpersoon.

Als maatregel krijgt de combinatiegroep een onderwijsassistent voor acht uur.

De meerjarentabel is als bijlage bijgevoegd.
"""
SLOPPY = """Hoi,

Bijgaand het formatieplan. Graag even instemming van jullie, dan kan het door.

Groet, Kim
"""
ADVICE = """Aan de MR van De Linde

Beste MR,

Wij willen de aula verbouwen en vragen uw advies over dit voorgenomen besluit (artikel 11 onder n WMS).
Waarom: de zaal is te klein. De gevolgen zijn klein: personeel, ouders en leerlingen gebruiken nu de gymzaal.
De maatregelen staan in het draaiboek. Wij bespreken het graag met u op de vergadering van 8 december.
"""
WORKS_COUNCIL = """Aan de ondernemingsraad

Geachte leden,

Wij zijn voornemens de afdelingen Inkoop en Logistiek samen te voegen en vragen uw advies (artikel 25 lid 1
onder e WOR). De reden hiervoor is dat beide afdelingen dezelfde leveranciers hebben. De gevolgen voor
medewerkers, ook wie is ingeleend: twee functies vervallen. Als maatregel geldt het sociaal plan. In de
overlegvergadering van 3 december lichten wij dit toe.
"""
HOURS = """Aan de ondernemingsraad

Wij vragen uw instemming met de voorgenomen regeling van de werktijden (artikel 27 lid 1 onder b WOR). De
reden hiervoor is dat de balie langer open gaat. De gevolgen voor medewerkers: eens per maand een avonddienst.
Wij bespreken dit in de overlegvergadering van 3 december.
"""


@cache
def checklist() -> Checklist:
    return load_checklist(CONFIG)


def request(
    text: str, *cited: RightFacts, kind: Kind = Kind.INSTEMMINGSVERZOEK, **facts: object
) -> RequestCase:
    return RequestCase(
        text=text,
        kind=kind,
        regime="wms-po",
        organ="mr",
        cited=cited,
        facts=Facts(**facts),  # type: ignore[arg-type]
        received=RECEIVED,
    )


def at_or(case: RequestCase) -> RequestCase:
    return replace(case, regime="wor", organ="or")


def held(case: RequestCase) -> Assessment:
    return check_request(case, checklist(), RIGHTS)


def finding(assessment: Assessment, name: str) -> Finding:
    return next(one for one in assessment.findings if one.item == name)


def states(assessment: Assessment) -> dict[str, FindingState]:
    """Give the points of the law that are asked."""
    return {
        one.item: one.state
        for one in assessment.findings
        if one.severity is Severity.WETTELIJK and one.state is not NVT
    }


def told(assessment: Assessment) -> str:
    return " | ".join(assessment.conclusions)


# --- complete and sloppy ---------------------------------------------------------------


def test_a_complete_request_to_the_staff_misses_nothing() -> None:
    """WMS 12 lid 1 onder b, 8 lid 6: everything is there; only 18 (cao) is left to a person."""
    found = held(replace(request(COMPLETE, FORMATIE, addressee="personeelsgeleding"), annexes=1))
    assert states(found) == {
        **dict.fromkeys(("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W10"), GEVONDEN),
        "W18": ZELF,
    }
    assert found.missing == ()
    assert told(found) == (
        "Bij de andere wettelijke punten is een passende zin gevonden; u beslist of het verzoek volledig is. "
        "Beoordeel zelf nog: W18."
    )
    assert (found.right, found.suggested) == (FORMATIE, False)
    assert found.right_holder == "de personeelsgeleding van de MR"


def test_a_point_shows_the_sentence_it_stands_in() -> None:
    found = held(request(COMPLETE, FORMATIE))
    assert finding(found, "W5").sentence == "De beweegredenen zijn als volgt."
    assert finding(found, "W7").sentence == (
        "Als maatregel krijgt de combinatiegroep een onderwijsassistent voor acht uur."
    )
    assert all(len(one.sentence) <= 240 for one in found.findings)


def test_a_sloppy_request_is_not_refused_but_a_letter_can_ask_for_the_rest() -> None:
    """WMS 8 lid 6: beweegredenen, gevolgen and maatregelen are missing; the annex did not come."""
    found = held(request(SLOPPY, subject="Formatieplan"))
    assert found.suggested
    assert found.right == FORMATIE
    assert states(found) == {
        **dict.fromkeys(("W2", "W5", "W6", "W7", "W10"), NIET),
        **dict.fromkeys(("W1", "W3", "W4", "W18"), ZELF),
    }
    assert found.missing == (
        "het recht waarop het verzoek berust: advies of instemming, met artikel en onderdeel",
        "de beweegredenen van het voorgenomen besluit",
        "de te verwachten gevolgen voor personeel, ouders en leerlingen",
        "de maatregelen die het bestuur naar aanleiding van die gevolgen neemt",
        "de bijlagen die het verzoek noemt",
    )
    assert "geweigerd" not in told(found)


def test_the_letter_asks_only_for_the_groups_that_are_not_named() -> None:
    """WMS 8 lid 6: personeel, ouders en leerlingen."""
    text = COMPLETE.replace("De gevolgen voor ouders: zij krijgen een andere contactpersoon.", "")
    found = held(replace(request(text, FORMATIE), annexes=1))
    assert finding(found, "W6").note == "Genoemd: personeel en leerlingen. Niet genoemd: ouders."
    assert found.missing == ("de te verwachten gevolgen voor ouders",)


def test_for_the_whole_council_the_overview_rests_on_our_own_reading() -> None:
    """WMS 8 lid 6 is for a geleding; for the whole council 8 lid 1, confidence K."""
    geleding = finding(held(request(COMPLETE, FORMATIE)), "W5")
    whole = finding(held(request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG)), "W5")
    assert (geleding.basis, geleding.confidence) == ("WMS 8 lid 6", "V")
    assert whole.basis.startswith("eigen lezing van WMS 8 lid 1")
    assert whole.confidence == "K"
    assert "eigen lezing van Stukkenstroom; controleer die" in whole.note


def test_a_decision_that_was_taken_already_is_seen() -> None:
    """WMS 10-16: a te nemen besluit."""
    text = "Aan de MR\n\nVorige week hebben wij besloten de aula te verbouwen. Graag uw advies."
    one = finding(held(request(text, VERBOUWING, kind=Kind.ADVIESAANVRAAG)), "W1")
    assert one.state is NIET
    assert one.sentence == "Vorige week hebben wij besloten de aula te verbouwen."


def test_a_text_that_contradicts_itself_is_left_to_a_person() -> None:
    text = "Aan de MR\nDit voorgenomen besluit is met ingang van 1 november ingevoerd. Graag uw advies."
    one = finding(held(request(text, VERBOUWING, kind=Kind.ADVIESAANVRAAG)), "W1")
    assert one.state is ZELF
    assert "spreekt zichzelf tegen" in one.note


def test_a_box_that_was_not_ticked_says_nothing() -> None:
    text = "Aan de MR\nGevraagd: advies\n☐ maatregelen bijgevoegd\n[ ] beweegredenen\n"
    found = held(request(text, VERBOUWING, kind=Kind.ADVIESAANVRAAG))
    assert finding(found, "W5").state is NIET
    assert finding(found, "W7").state is NIET


# --- right, organ, regime --------------------------------------------------------------


def test_advice_that_is_asked_where_consent_is_due_is_a_question_to_the_board() -> None:
    """WMS 12 lid 1 onder b gives instemming."""
    found = held(request("Wij vragen uw advies over het formatieplan.", FORMATIE, kind=Kind.ADVIESAANVRAAG))
    assert (
        "Het verzoek vraagt advies, maar artikel 12 lid 1 onder b WMS geeft instemming. "
        "Vraag het bestuur welk recht het bedoelt." in found.conclusions
    )
    assert finding(found, "W2").state is ZELF


def test_words_only_ever_suggest_another_right() -> None:
    case = request("Aan de MR\nGraag uw advies.", kind=Kind.ADVIESAANVRAAG, subject="Formatieplan 2027")
    found = held(case)
    assert (found.right, found.suggested) == (FORMATIE, True)
    assert "Dit is een vermoeden." in told(found)
    assert finding(found, "W3").state is GEVONDEN


def test_an_article_that_gives_consent_only_is_held_against_a_request_for_advice() -> None:
    """Artikel 12 lid 1 WMS gives instemming, whatever the onderdeel."""
    case = request("Aan de PMR\nGraag uw advies (artikel 12 lid 1 WMS).", kind=Kind.ADVIESAANVRAAG)
    found = held(replace(case, possible=(FORMATIE, NASCHOLING)))
    assert "het artikel dat het noemt geeft alleen instemming" in told(found)
    assert finding(found, "W2").state is ZELF


def test_a_suggested_right_leaves_the_addressee_to_a_person() -> None:
    found = held(request("Aan de MR\nGraag uw instemming.", subject="Formatieplan", addressee="MR"))
    assert finding(found, "W3").state is ZELF
    assert "heeft de personeelsgeleding van de MR het recht" in finding(found, "W3").note


def test_a_word_in_the_text_does_not_suggest_a_right_other_than_is_asked() -> None:
    text = "Aan de MR\nGraag uw advies over de pilot. Het formatieplan volgt later."
    assert held(request(text, kind=Kind.ADVIESAANVRAAG)).right == PILOT


def test_a_right_is_suggested_among_those_its_article_may_mean() -> None:
    """Artikel 12 lid 1 without onderdeel: consent of the staff is certain, the onderdeel is not."""
    case = replace(request("Aan de PMR\nWij vragen instemming (artikel 12 lid 1 WMS) met de nascholing."),
                   possible=(FORMATIE, NASCHOLING))  # fmt: skip
    found = held(case)
    assert (found.right, found.suggested) == (NASCHOLING, True)
    assert found.right_holder == "de personeelsgeleding van de MR"
    assert finding(found, "W2").state is GEVONDEN
    assert finding(found, "W4").state is NIET


def test_a_request_to_the_whole_council_about_a_right_of_the_staff_is_at_the_wrong_address() -> None:
    found = held(request(COMPLETE.replace("personeelsgeleding van de ", ""), FORMATIE, addressee="MR"))
    assert finding(found, "W3").state is NIET
    assert (
        "Het verzoek is gericht aan MR, maar artikel 12 lid 1 onder b WMS geeft het recht aan de "
        "personeelsgeleding van de MR." in told(found)
    )


def test_a_request_to_one_section_about_a_right_of_all_is_at_the_wrong_address() -> None:
    found = held(request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG, addressee="PMR"))
    assert finding(found, "W3").state is NIET
    assert "geeft het recht aan de MR als geheel" in told(found)


def test_a_request_to_the_gmr_that_came_to_the_mr_is_asked_after() -> None:
    found = held(request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG, addressee="GMR"))
    assert finding(found, "W3").state is NIET
    assert "Vraag het bestuur of het voor de MR is bedoeld." in told(found)


def test_a_right_of_the_gmr_is_not_the_mr_s() -> None:
    """WMS 16 lid 2."""
    found = held(request(ADVICE, KADER, kind=Kind.ADVIESAANVRAAG, addressee="MR"))
    assert "Artikel 16 lid 2 onder a WMS is een recht van de GMR, niet van de MR." in told(found)


def test_the_gmr_may_hold_the_rights_of_the_mr() -> None:
    """WMS 16 lid 1: for matters of all or most schools."""
    case = replace(request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG, addressee="GMR"), organ="gmr")
    assert "is een recht van" not in told(held(case))
    assert finding(held(case), "W3").state is GEVONDEN


@pytest.mark.parametrize("wrong", [OVERDRACHT, BIJDRAGE], ids=["WOR", "VO"])
def test_an_article_of_another_law_or_school_is_not_for_this_council(wrong: RightFacts) -> None:
    """A primary school: not WOR 25, and not WMS 14 either."""
    found = held(request("Aan de MR\nGraag uw instemming.", wrong))
    assert f"Het verzoek noemt {wrong.written}, maar dat artikel geldt niet voor de MR." in told(found)
    assert found.right is None


def test_an_article_without_onderdeel_of_another_school_is_named_too() -> None:
    case = replace(request("Aan de MR\nGraag uw instemming (artikel 14 WMS)."), possible=(BIJDRAGE,))
    assert "Het artikel dat het verzoek noemt, geldt niet voor de MR." in told(held(case))


def test_two_cited_rights_that_differ_are_perhaps_two_requests() -> None:
    found = held(request(COMPLETE, FORMATIE, VERBOUWING))
    assert "verschillende rechten of rechthebbenden" in told(found)
    assert found.right == FORMATIE
    assert finding(found, "W2").state is ZELF


def test_what_changed_in_the_law_is_said_with_the_right() -> None:
    changed = replace(VERBOUWING, later="De tekst na 2017 is niet gelezen.")
    found = held(request(ADVICE, changed, kind=Kind.ADVIESAANVRAAG))
    assert "Let op bij artikel 11 onder n WMS: De tekst na 2017 is niet gelezen." in found.conclusions


def test_points_of_one_right_are_asked_for_that_right_only() -> None:
    """WMS 15 lid 1: 11 onder e needs a regeling van de gevolgen, 11 onder n does not; 21 lid 2 two thirds."""
    pilot = held(request(ADVICE, PILOT, kind=Kind.ADVIESAANVRAAG))
    building = held(request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG))
    statute = held(request("Aan de MR\nWij vragen instemming met twee derde van de leden.", STATUUT))
    assert finding(pilot, "W13").state is NIET
    assert finding(building, "W13").state is NVT
    assert finding(statute, "W17").state is GEVONDEN


def test_a_point_of_a_suggested_right_is_left_to_a_person() -> None:
    case = request("Aan de MR\nGraag uw advies over de pilot.", kind=Kind.ADVIESAANVRAAG)
    assert finding(held(case), "W13").state is ZELF
    assert not any("regeling van de gevolgen" in line for line in held(case).missing)


# --- days ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided", "end", "state"),
    [
        (date(2026, 12, 15), date(2026, 12, 31), NIET),
        (date(2026, 12, 31), date(2026, 12, 31), NIET),
        (date(2027, 1, 1), date(2026, 12, 31), GEVONDEN),
        (date(2026, 11, 16), None, NIET),
        (date(2026, 12, 15), None, ZELF),
        (None, date(2026, 12, 31), ZELF),
    ],
)
def test_advice_must_be_able_to_matter(decided: date | None, end: date | None, state: FindingState) -> None:
    """WMS 17 onder a; the last day of the council's own term is still the council's."""
    case = request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG, decision_date=decided)
    assert finding(held(replace(case, term_end=end)), "W8").state is state


def test_a_decision_before_the_end_of_the_term_is_a_reason_to_ask_for_patience() -> None:
    case = request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG, decision_date=date(2026, 12, 15))
    found = held(replace(case, term_end=date(2026, 12, 31)))
    assert (
        "wil op 15 december 2026 besluiten, maar de termijn van de raad loopt tot en met 31 december 2026"
    ) in told(found)


def test_consent_knows_no_point_of_time_but_an_early_decision_is_named() -> None:
    """WMS 17 is about advice; a decision without consent cannot be taken at all."""
    case = request(COMPLETE, FORMATIE, decision_date=date(2026, 12, 15))
    found = held(replace(case, term_end=date(2026, 12, 31)))
    assert finding(found, "W8").state is NVT
    assert "wil op 15 december 2026 besluiten" in told(found)


def test_the_day_the_board_wishes_does_not_shorten_the_term() -> None:
    case = request(ADVICE, VERBOUWING, kind=Kind.ADVIESAANVRAAG, answer_date=date(2026, 12, 1))
    found = held(replace(case, term_end=date(2026, 12, 31), meeting=date(2026, 12, 8)))
    assert "Dat is een wens: de termijn van de raad loopt tot en met 31 december 2026." in told(found)
    assert "heeft de raad nog niet vergaderd" in told(found)


def test_annexes_are_counted() -> None:
    """WMS 8 lid 1."""
    case = request(COMPLETE, FORMATIE)
    assert finding(held(case), "W10").state is NIET
    assert finding(held(replace(case, annexes=2)), "W10").note.startswith("Er kwamen 2 bijlagen mee")
    without = request(COMPLETE.replace("De meerjarentabel is als bijlage bijgevoegd.", ""), FORMATIE)
    assert finding(held(without), "W10").state is ZELF


# --- WOR and Wmcz ----------------------------------------------------------------------


def test_a_complete_request_under_wor_25_misses_nothing() -> None:
    """WOR 25 lid 2-4; whether it is in time (lid 2) no text without a day can tell."""
    found = held(at_or(request(WORKS_COUNCIL, OVERDRACHT, kind=Kind.ADVIESAANVRAAG, addressee="OR")))
    assert found.title == "Toetsing aan artikel 25 van de Wet op de ondernemingsraden"
    assert states(found) == {
        **dict.fromkeys(("O1", "O3", "O4", "O5", "O6"), GEVONDEN),
        "O2": ZELF,
        "O7": ZELF,
    }
    assert found.missing == ()


def test_wor_25_without_measures_is_incomplete() -> None:
    """WOR 25 lid 3."""
    text = WORKS_COUNCIL.replace("Als maatregel geldt het sociaal plan. ", "")
    text = text.replace("Als maatregel geldt het sociaal plan.", "")
    found = held(at_or(request(text, OVERDRACHT, kind=Kind.ADVIESAANVRAAG)))
    assert found.missing == ("de voorgenomen maatregelen naar aanleiding van die gevolgen",)


def test_wor_27_without_measures_is_complete() -> None:
    """WOR 27 lid 2 asks beweegredenen and gevolgen; 25 lid 3 also asks maatregelen."""
    found = held(at_or(request(HOURS, WERKTIJD)))
    assert states(found) == {
        **dict.fromkeys(("I1", "I2", "I3", "I4"), GEVONDEN),
        "I5": ZELF,
        "I6": ZELF,
    }
    assert found.missing == ()
    assert "Bij de andere wettelijke punten is een passende zin gevonden" in told(found)


def test_an_informal_talk_is_no_overlegvergadering() -> None:
    """WOR 27 lid 2."""
    text = HOURS.replace("de\noverlegvergadering", "een informeel overleg").replace(
        "Wij bespreken dit in de overlegvergadering van 3 december.", "Dit volgt op het informele overleg."
    )
    assert finding(held(at_or(request(text, WERKTIJD))), "I4").state is NIET


def test_the_appointment_of_a_director_has_its_own_list() -> None:
    """WOR 30."""
    text = "Aan de ondernemingsraad\nWij vragen advies over de benoeming van de bestuurder (artikel 30 WOR)."
    found = held(at_or(request(text, BESTUURDER, kind=Kind.ADVIESAANVRAAG)))
    assert states(found) == {"B1": NIET, "B2": ZELF}


def test_a_client_council_is_told_that_there_is_no_list() -> None:
    """Wmcz 2018: its text was not read."""
    case = replace(request("Aan de cliëntenraad\nGraag uw advies.", kind=Kind.ADVIESAANVRAAG), regime="wmcz",
                   organ="clientenraad")  # fmt: skip
    found = held(case)
    assert (found.title, found.findings, found.missing) == ("", (), ())
    assert found.conclusions[0].startswith("Voor de Wmcz 2018 is geen toetsingslijst bekend")


# --- flags -----------------------------------------------------------------------------


def test_politics_has_the_last_word_only_with_a_works_council() -> None:
    """WOR 46d onder b."""
    text = f"{WORKS_COUNCIL}\nDe gemeenteraad heeft over de taken van de gemeente beslist."
    case = request(text, OVERDRACHT, kind=Kind.ADVIESAANVRAAG)
    (flag,) = held(at_or(case)).flags
    assert flag.startswith("Politiek primaat (WOR 46d onder b): “De gemeenteraad heeft")
    assert "advies over die gevolgen" in flag
    assert finding(held(at_or(case)), "O9").state is ZELF
    assert held(case).flags == ()


def test_without_politics_there_is_no_flag() -> None:
    found = held(at_or(request(WORKS_COUNCIL, OVERDRACHT, kind=Kind.ADVIESAANVRAAG)))
    assert found.flags == ()
    assert finding(found, "O9").state is NVT


def test_requested_secrecy_is_quoted_and_what_it_does_not_say_is_named() -> None:
    """Which data, how long, for whom."""
    text = f"{COMPLETE}\nWij vragen u geheimhouding over de namen in de bijlage."
    (flag,) = held(request(text, FORMATIE)).flags
    assert "welke gegevens: “over de namen in de bijlage”" in flag
    assert flag.endswith("Het zegt niet: hoe lang, voor wie. Vraag dat na.")


def test_requested_secrecy_with_a_period_and_persons_is_quoted_whole() -> None:
    text = (
        f"{COMPLETE}\nWij verzoeken u om geheimhouding over de cijfers in bijlage 2, tot 1 februari 2027, "
        "tegenover iedereen buiten de raad."
    )
    (flag,) = held(request(text, FORMATIE)).flags
    assert "welke gegevens: “over de cijfers in bijlage 2”" in flag
    assert "hoe lang: “tot 1 februari 2027”" in flag
    assert "voor wie: “tegenover iedereen buiten de raad”" in flag
    assert "Het zegt niet" not in flag


def test_a_text_of_any_length_is_held_without_harm() -> None:
    """What lies beyond the first 100,000 characters is not looked at."""
    found = held(request("geheimhouding (a ... b " * 50_000, FORMATIE))
    assert len(found.findings) == 24
