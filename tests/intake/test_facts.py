"""What a Dutch text says of itself."""

import time
from datetime import date

import pytest

from pipeline.intake.facts import find_facts

REFERENCE = date(2026, 11, 4)

LETTER = """Stichting Veenrijk
Postbus 12, 1300 AB Almere

Aan de leden van de GMR

Uw kenmerk: GMR-7
Ons kenmerk: CVB/2026-114
Almere, 3 november 2026
Betreft: Adviesaanvraag vakantierooster 2027-2028

Geachte leden van de GMR,

Op 12 oktober jl. spraken wij over het rooster. Wij zijn voornemens dit
met ingang van 1 augustus 2027 in te voeren.
Wij verzoeken u vóór 15 december a.s. advies uit te brengen. Het definitieve besluit nemen wij op
20 januari 2027.

Met vriendelijke groet,

namens het college van bestuur,

drs. J. de Vries
voorzitter
"""


def test_a_whole_letter_is_read() -> None:
    facts = find_facts(LETTER, REFERENCE, "", "")
    assert facts.document_date == date(2026, 11, 3)
    assert facts.answer_date == date(2026, 12, 14)
    assert facts.decision_date == date(2027, 1, 20)
    assert facts.addressee == "GMR"
    assert facts.sender == "drs. J. de Vries"
    assert facts.subject == "Vakantierooster 2027-2028"
    assert facts.reference == "CVB/2026-114"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Almere, 3 november 2026\n\nGeachte raad,", date(2026, 11, 3)),
        (f"Almere, 3 november 2026 {'.' * 60}\n\nGeachte raad,", date(2026, 11, 3)),
        ("'s-Hertogenbosch, 3 november 2026", date(2026, 11, 3)),
        ("Datum: 03-11-2026\nOnderwerp: x", date(2026, 11, 3)),
        ("Datum\n3 november 2026", date(2026, 11, 3)),
        ("Notulen MR d.d. 3 november 2026", date(2026, 11, 3)),
        ("d.d. 3 november 2026", date(2026, 11, 3)),
        ("Geachte raad,\n\nHierbij ons advies.\n\nAlmere, 3 november 2026\nP. Jansen", date(2026, 11, 3)),
        ("Betreft: uw brief d.d. 1 maart 2026\n\nGeachte raad,", None),
        ("Beste raad,\n\nOp 12 oktober 2026 spraken wij elkaar.", None),
        ("Geachte raad,\n\nWij besluiten per 1 augustus 2027.", None),
        ("VOORSTEL aan het bestuur          6 oktober 2026\n\nElke ochtend", date(2026, 10, 6)),
        ("aan       : ondernemingsraad\ndatum     : 4 nov. 2026", date(2026, 11, 4)),
        ("", None),
    ],
)
def test_the_date_of_a_paper_stands_on_its_own_line(text: str, day: date | None) -> None:
    """Never the first date in the text as such."""
    assert find_facts(text, REFERENCE, "", "").document_date == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Graag ontvangen wij uw advies uiterlijk 8 januari.", date(2027, 1, 8)),
        ("Wij ontvangen uw reactie graag vóór vrijdag 18 december 2026.", date(2026, 12, 17)),
        ("Wij vernemen graag op 8 december uw advies te ontvangen.", date(2026, 12, 8)),
        ("Gewenste reactiedatum: 10 december 2026", date(2026, 12, 10)),
        ("Advies gevraagd uiterlijk: 10 december 2026", date(2026, 12, 10)),
        ("Wij vragen om instemming. Reageren kan tot en met 4 december 2026.", date(2026, 12, 4)),
        ("Het rooster gaat in op 1 augustus 2027.", None),
        ("Dank voor uw advies van 9 december 2026.", None),
        ("Aanmelden kan tot 1 december 2026.", None),
        ("Wij zouden uw advies graag ontvangen op 27 november 2026 of eerder.", date(2026, 11, 27)),
        ("Uw beslissing zien wij graag uiterlijk 15\ndecember 2026 tegemoet.", date(2026, 12, 15)),
        ("Gewenste reactie uiterlijk\t18-12-2026", date(2026, 12, 18)),
        ("De directie antwoordt uiterlijk 16 november op de vragen over de adviesaanvraag.", None),
        ("Wij ontvangen uw besluit graag binnen zes weken na dagtekening van deze mail.", date(2026, 12, 16)),
    ],
)
def test_the_day_by_which_an_answer_is_wanted(text: str, day: date | None) -> None:
    assert find_facts(text, REFERENCE, "", "").answer_date == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wij hebben op 17 december 2026 besloten het rooster vast te stellen.", date(2026, 12, 17)),
        ("Het college van bestuur neemt het besluit op 20 januari 2027.", date(2027, 1, 20)),
        ("Besluitdatum: 17 december 2026", date(2026, 12, 17)),
        ("Bij besluit d.d. 17 december 2026 is het plan vastgesteld.", date(2026, 12, 17)),
        ("Wij hebben besloten het rooster per 1 augustus 2027 in te voeren.", None),
        ("Wij hebben besloten, mede op grond van uw advies van 9 december 2026.", None),
    ],
)
def test_the_day_of_a_decision_is_not_the_day_it_takes_effect(text: str, day: date | None) -> None:
    assert find_facts(text, REFERENCE, "", "").decision_date == day


def test_relative_days_count_from_the_date_of_the_paper_not_of_the_mail() -> None:
    text = "Almere, 3 november 2024\n\nGraag ontvangen wij uw advies uiterlijk 15 december a.s."
    assert find_facts(text, REFERENCE, "", "").answer_date == date(2024, 12, 15)


def test_the_address_of_the_sender_wins_over_the_name_below() -> None:
    assert find_facts(LETTER, REFERENCE, "CvB@Veenrijk.example", "").sender == "cvb@veenrijk.example"


def test_the_name_below_is_known_beside_the_address() -> None:
    text = "Beste MR,\n\nEen vraag.\n\nMet vriendelijke groet,\nSaskia Wouters"
    facts = find_facts(text, None, "s@x.example", "")
    assert (facts.sender, facts.signed) == ("s@x.example", "Saskia Wouters")


def test_the_subject_of_the_mail_is_used_when_the_text_has_none() -> None:
    assert (
        find_facts("Beste MR,\n\nZie bijlage.", None, "", "FW: Ter instemming PMR: formatieplan").subject
        == "Formatieplan"
    )


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Geachte leden van de medezeggenschapsraad,", "medezeggenschapsraad"),
        ("Beste MR-leden,", "MR"),
        ("Aan: het college van bestuur", "college van bestuur"),
        ("Geacht college van bestuur,", "college van bestuur"),
        ("Aan de cliëntenraad van De Linde", "cliëntenraad"),
        ("Beste mevrouw De Wit,", ""),
        ("aan       : ondernemingsraad De Hoek", "ondernemingsraad"),
        ("aan de medezeggenschapsraad wordt advies gevraagd in de gevallen van artikel 11", ""),
    ],
)
def test_the_body_that_is_addressed_is_given_as_written(line: str, body: str) -> None:
    assert find_facts(f"{line}\n\nHierbij ons stuk.", None, "", "").addressee.removeprefix("de ") == body


@pytest.mark.parametrize(
    "text",
    [
        "a " * 500_000,
        "\n" * 1_000_000,
        "Datum:\n" * 150_000,
        "voor 3 maart advies " * 50_000,
        "Re: " * 250_000,
        "A, " * 300_000,
    ],
)
def test_hostile_text_costs_no_time(text: str) -> None:
    started = time.process_time()
    find_facts(text, REFERENCE, "", text[:5000])
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Overzicht\nOnderwerp\tRecht\tBesluit\nBegroting\tadvies\tpositief\n", ""),
        ("Overzicht\nOnderwerp\tRecht\nBegroting\tadvies\n", ""),
        ("Onderwerp\nBegroting\tadvies\n", ""),
        ("Aan\tde MR\nOnderwerp\tBegroting 2027\nDatum\t3 november 2026\n", "Begroting 2027"),
        ("Onderwerp:\tBegroting 2027\tBlad 1\n", "Begroting 2027"),
        ("Betreft\nBegroting 2027\n", "Begroting 2027"),
    ],
)
def test_a_table_with_a_column_of_subjects_is_no_subject(text: str, subject: str) -> None:
    assert find_facts(text, REFERENCE, "", "").subject == subject


def test_minutes_are_of_the_day_of_the_meeting() -> None:
    """Neither the minutes that are approved in them nor a day that is mentioned is theirs."""
    text = (
        "Notulen overlegvergadering CMR\nDinsdag 3 november 2026, 19.30 tot 21.40 uur, aula\n"
        "2. Notulen van 15 september 2026\nDe notulen worden vastgesteld.\n"
    )
    assert find_facts(text, date(2026, 11, 18), "", "").document_date == date(2026, 11, 3)


def test_an_item_about_earlier_minutes_is_no_date_of_the_paper() -> None:
    text = "Notulen MR\nAanwezig: allen\n2. Notulen van 15 september 2026\nVastgesteld.\n"
    assert find_facts(text, date(2026, 11, 18), "", "").document_date is None


def test_a_line_that_says_to_whom_a_report_was_sent_is_no_subject() -> None:
    text = "Sociaal jaarverslag\nschooljaar 2025-2026\nTer informatie gezonden aan de medezeggenschapsraad\n"
    assert find_facts(text, None, "", "").subject == ""
